//! SQL of sign-ins elsewhere.

use super::model::Connected;
use kernel::Timestamp;
use outside::oidc::Secrets;
use store::{Conn, StoreError, Tx, statement};

statement!(
    BEGIN,
    "INSERT INTO elsewhere_begun (state_sha256, provider, nonce, verifier, person_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6)"
);
statement!(
    BEGUN,
    "SELECT nonce, verifier, person_id FROM elsewhere_begun
     WHERE state_sha256 = $1 AND provider = $2 AND created_at > $3"
);
statement!(END, "DELETE FROM elsewhere_begun WHERE state_sha256 = $1");
statement!(FORGET, "DELETE FROM elsewhere_begun WHERE created_at <= $1");
statement!(
    PERSON,
    "SELECT person.id, person.name FROM elsewhere_account JOIN person ON person.id = elsewhere_account.person_id
     WHERE elsewhere_account.provider = $1 AND elsewhere_account.subject = $2 AND person.closed_at IS NULL"
);
statement!(
    CONNECT,
    "INSERT INTO elsewhere_account (provider, subject, person_id, known_as, connected_at) VALUES ($1, $2, $3, $4, $5)"
);
statement!(DISCONNECT, "DELETE FROM elsewhere_account WHERE provider = $1 AND person_id = $2");
statement!(
    ACCOUNTS,
    "SELECT provider, known_as, connected_at FROM elsewhere_account WHERE person_id = $1 ORDER BY provider"
);

pub(super) async fn begin(
    tx: &mut Tx,
    state_sha256: &str,
    provider: &str,
    secrets: &Secrets,
    person: Option<i64>,
    now: Timestamp,
) -> Result<(), StoreError> {
    // So that nobody can fill the table by beginning and never coming back.
    tx.execute(FORGET, vec![(now - jiff::SignedDuration::from_mins(super::model::MINUTES)).into()]).await?;
    let values = vec![
        state_sha256.into(),
        provider.into(),
        secrets.nonce.as_str().into(),
        secrets.verifier.as_str().into(),
        person.into(),
        now.into(),
    ];
    tx.execute(BEGIN, values).await.map(drop)
}

/// Nonce, verifier and who asked, once: what was begun is over with this.
pub(super) async fn take(
    tx: &mut Tx,
    state_sha256: &str,
    provider: &str,
    since: Timestamp,
) -> Result<Option<(String, String, Option<i64>)>, StoreError> {
    let row = tx.row(BEGUN, vec![state_sha256.into(), provider.into(), since.into()]).await?;
    // Of two that come with the same state at once, one deletes the row.
    if tx.execute(END, vec![state_sha256.into()]).await? == 0 {
        return Ok(None);
    }
    tx.execute(FORGET, vec![since.into()]).await?;
    row.map(|row| Ok((row.text(0)?, row.text(1)?, row.opt_int(2)?))).transpose()
}

/// Whose account here this one opens.
pub(super) async fn person(
    conn: &mut Conn,
    provider: &str,
    subject: &str,
) -> Result<Option<(i64, String)>, StoreError> {
    let row = conn.row(PERSON, vec![provider.into(), subject.into()]).await?;
    row.map(|row| Ok((row.int(0)?, row.text(1)?))).transpose()
}

pub(super) async fn connect(
    tx: &mut Tx,
    provider: &str,
    subject: &str,
    person: i64,
    known_as: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values = vec![provider.into(), subject.into(), person.into(), known_as.into(), now.into()];
    tx.execute(CONNECT, values).await.map(drop)
}

pub(super) async fn disconnect(tx: &mut Tx, provider: &str, person: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(DISCONNECT, vec![provider.into(), person.into()]).await? > 0)
}

pub(super) async fn accounts(conn: &mut Conn, person: i64) -> Result<Vec<Connected>, StoreError> {
    let rows = conn.rows(ACCOUNTS, vec![person.into()]).await?;
    rows.iter()
        .map(|row| Ok(Connected { provider: row.text(0)?, known_as: row.text(1)?, since: row.moment(2)? }))
        .collect()
}
