//! SQL of sessions and known devices.

use super::super::session::{OpenSession, Standing};
use crate::{
    error::Result,
    organisation::{self, Organisation},
    role,
    who::Known,
};
use kernel::{Date, Timestamp};
use store::{Conn, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO session (token_sha256, id, person_id, form_token, opened_by, second_factor, device, created_at,
         confirmed_at, seen_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, $9)"
);
statement!(
    /// With the roles held on day $4: every page asks for both.
    SESSION,
    // With each role whether it reaches the organisation that the request is about ($5), and with
    // that one, or else with the role's own: asked one by one they were three ways to the database.
    concat!(
        "SELECT person.id, person.name, session.form_token, session.seen_at, session.id, session.second_factor,
             session.confirmed_at, role_held.role, role_held.organisation_id, role_held.strand,
             organisation.id, organisation.kind, organisation.name, organisation.urn, organisation.group_id, ",
        role::reaches!("$5", "$4"),
        " FROM session JOIN person ON person.id = session.person_id
         LEFT JOIN role_held ON role_held.person_id = person.id AND role_held.since <= $4
             AND (role_held.until IS NULL OR role_held.until > $4)
         LEFT JOIN organisation
             ON organisation.id = CASE WHEN $5 <> 0 THEN $5 ELSE role_held.organisation_id END
         WHERE session.token_sha256 = $1 AND session.expires_at > $2 AND session.seen_at > $3
             AND person.closed_at IS NULL
         ORDER BY role_held.organisation_id, role_held.id"
    )
);
statement!(SEEN, "UPDATE session SET seen_at = $2 WHERE token_sha256 = $1");
statement!(CONFIRMED, "UPDATE session SET confirmed_at = $2 WHERE id = $1");
statement!(STRENGTHENED, "UPDATE session SET second_factor = TRUE, confirmed_at = $2 WHERE id = $1");
statement!(END, "DELETE FROM session WHERE token_sha256 = $1");
statement!(END_ONE, "DELETE FROM session WHERE id = $1 AND person_id = $2");
statement!(END_OTHERS, "DELETE FROM session WHERE person_id = $1 AND id <> $2");
statement!(END_OLD, "DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2");
statement!(
    OPEN,
    "SELECT id, device, opened_by, second_factor, created_at, seen_at FROM session
     WHERE person_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id"
);
statement!(DEVICES, "SELECT device FROM known_device WHERE person_id = $1");
statement!(
    KNOW_DEVICE,
    "INSERT INTO known_device (person_id, device, last_at) VALUES ($1, $2, $3)
     ON CONFLICT (person_id, device) DO UPDATE SET last_at = excluded.last_at"
);

/// A session to be.
pub(in super::super) struct NewSession<'a> {
    pub(in super::super) id: i64,
    pub(in super::super) person: i64,
    pub(in super::super) form_token: &'a str,
    pub(in super::super) opened_by: &'a str,
    pub(in super::super) second_factor: bool,
    pub(in super::super) device: &'a str,
    pub(in super::super) now: Timestamp,
    pub(in super::super) expires: Timestamp,
}

pub(in super::super) async fn insert(tx: &mut Tx, token_sha256: &str, new: &NewSession<'_>) -> Result<(), StoreError> {
    let values = vec![
        token_sha256.into(),
        new.id.into(),
        new.person.into(),
        new.form_token.into(),
        new.opened_by.into(),
        new.second_factor.into(),
        new.device.into(),
        new.now.into(),
        new.expires.into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

pub(in super::super) async fn session(
    conn: &mut Conn,
    token_sha256: &str,
    (now, idle_since): (Timestamp, Timestamp),
    (day, about): (Date, Option<i64>),
) -> Result<Option<Standing>> {
    // No organisation has the id 0.
    let values = vec![token_sha256.into(), now.into(), idle_since.into(), day.into(), about.unwrap_or(0).into()];
    let rows = conn.rows(SESSION, values).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (mut roles, mut belonging) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut organisations: Vec<Organisation> = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(held) = role::held_in(row, 7)? {
            roles.push(held);
            if row.flag(15)? {
                belonging.push(held);
            }
        }
        if let Some(one) = organisation::known_in(row, 10)?
            && !organisations.iter().any(|known| known.id == one.id)
        {
            organisations.push(one);
        }
    }
    let about = about.map(|organisation| (organisation, belonging.into()));
    Ok(Some(Standing {
        person: row.int(0)?,
        name: row.text(1)?,
        form_token: row.text(2)?,
        seen: row.moment(3)?,
        id: row.int(4)?,
        second_factor: row.flag(5)?,
        confirmed: row.moment(6)?,
        roles,
        known: Known { organisations: organisations.into(), about },
    }))
}

pub(in super::super) async fn seen(tx: &mut Tx, token_sha256: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(SEEN, vec![token_sha256.into(), now.into()]).await.map(drop)
}

/// Its person showed again who they are.
pub(in super::super) async fn confirmed(tx: &mut Tx, id: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(CONFIRMED, vec![id.into(), now.into()]).await.map(drop)
}

/// Its person showed a second factor.
pub(in super::super) async fn strengthened(tx: &mut Tx, id: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(STRENGTHENED, vec![id.into(), now.into()]).await.map(drop)
}

pub(in super::super) async fn end(tx: &mut Tx, token_sha256: &str) -> Result<u64, StoreError> {
    tx.execute(END, vec![token_sha256.into()]).await
}

pub(in super::super) async fn end_one(tx: &mut Tx, id: i64, person: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(END_ONE, vec![id.into(), person.into()]).await? > 0)
}

/// Ends all sessions of a person but one; with 0, all.
pub(in super::super) async fn end_others(tx: &mut Tx, person: i64, but: i64) -> Result<u64, StoreError> {
    tx.execute(END_OTHERS, vec![person.into(), but.into()]).await
}

pub(in super::super) async fn end_old(tx: &mut Tx, now: Timestamp, idle_since: Timestamp) -> Result<(), StoreError> {
    tx.execute(END_OLD, vec![now.into(), idle_since.into()]).await.map(drop)
}

/// The sessions of a person that stand, the one used last first.
pub(in super::super) async fn open(
    conn: &mut Conn,
    person: i64,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Vec<OpenSession>, StoreError> {
    let rows = conn.rows(OPEN, vec![person.into(), now.into(), idle_since.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(OpenSession {
                id: row.int(0)?,
                device: row.text(1)?,
                opened_by: row.text(2)?,
                second_factor: row.flag(3)?,
                since: row.moment(4)?,
                seen: row.moment(5)?,
            })
        })
        .collect()
}

/// Browsers in which a person has signed in before.
pub(in super::super) async fn devices(conn: &mut Conn, person: i64) -> Result<Vec<String>, StoreError> {
    conn.rows(DEVICES, vec![person.into()]).await?.iter().map(|row| row.text(0)).collect()
}

pub(in super::super) async fn know_device(
    tx: &mut Tx,
    person: i64,
    device: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(KNOW_DEVICE, vec![person.into(), device.into(), now.into()]).await.map(drop)
}
