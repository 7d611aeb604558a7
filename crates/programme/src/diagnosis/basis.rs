//! What an agreed diagnosis says, for another noun that has leave to read the
//! school's record.

use super::{
    model::{Diagnosis, State},
    record::Meeting,
    store,
};
use crate::error::Result;
use ::store::Conn;

/// An agreed diagnosis with what the group wrote down.
#[derive(Debug, Clone)]
pub struct Basis {
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// What the meeting wrote down.
    pub meeting: Meeting,
}

/// A diagnosis of a school, where it is agreed.
pub(crate) async fn basis(conn: &mut Conn, organisation: i64, id: i64) -> Result<Option<Basis>> {
    let found = store::find(conn, organisation, id).await?.filter(|one| one.state == State::Agreed);
    with_meeting(conn, found).await
}

/// The latest diagnosis of a school that is agreed.
pub(crate) async fn latest_basis(conn: &mut Conn, organisation: i64) -> Result<Option<Basis>> {
    let all = store::of_school(conn, organisation).await?;
    with_meeting(conn, all.into_iter().find(|one| one.state == State::Agreed)).await
}

/// When each diagnosis of a school was agreed, the first first.
pub(crate) async fn agreed_on(conn: &mut Conn, organisation: i64) -> Result<Vec<kernel::Timestamp>> {
    let all = store::of_school(conn, organisation).await?;
    let mut moments: Vec<_> = all.into_iter().filter_map(|one| one.agreed_at).collect();
    moments.sort_unstable();
    Ok(moments)
}

async fn with_meeting(conn: &mut Conn, found: Option<Diagnosis>) -> Result<Option<Basis>> {
    match found {
        Some(diagnosis) => {
            let meeting = store::meeting(conn, diagnosis.id).await?;
            Ok(Some(Basis { diagnosis, meeting }))
        }
        None => Ok(None),
    }
}
