//! SQL of early warnings.

use kernel::Timestamp;
use store::{Conn, StoreError, statement};

statement!(
    LAST_SIGN_IN,
    "SELECT CAST(MAX((SELECT MAX(audit.at) FROM audit
         WHERE audit.person_id = role_held.person_id AND audit.what = 'sign in')) AS BIGINT)
     FROM role_held WHERE role_held.organisation_id = $1"
);

/// When somebody who has, or had, a role in a school last signed in.
pub(super) async fn last_sign_in(conn: &mut Conn, organisation: i64) -> Result<Option<Timestamp>, StoreError> {
    match conn.row(LAST_SIGN_IN, vec![organisation.into()]).await? {
        Some(row) if row.opt_int(0)?.is_some() => row.moment(0).map(Some),
        _ => Ok(None),
    }
}
