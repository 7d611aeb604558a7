//! SQL of invitations.

use super::{
    access::{MayAnswer, MayInvite},
    model::Invitation,
};
use crate::{
    cohort::Which,
    error::{Error, Result},
    who::{Role, Strand},
};
use kernel::Timestamp;
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO invitation (id, token_sha256, email, name, organisation_id, role, strand, cohort_id, invited_by,
         invited_by_name, created_at, expires_at, asked_keeper)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
);
statement!(
    BY_TOKEN,
    "SELECT invitation.id, invitation.email, invitation.name, invitation.organisation_id, organisation.name,
         invitation.role, invitation.strand, invitation.cohort_id, invitation.invited_by_name, invitation.created_at,
         invitation.expires_at, invitation.accepted_at, invitation.declined_at, invitation.withdrawn_at,
         invitation.asked_keeper
     FROM invitation JOIN organisation ON organisation.id = invitation.organisation_id
     WHERE invitation.token_sha256 = $1"
);
statement!(
    BY_ID,
    "SELECT invitation.id, invitation.email, invitation.name, invitation.organisation_id, organisation.name,
         invitation.role, invitation.strand, invitation.cohort_id, invitation.invited_by_name, invitation.created_at,
         invitation.expires_at, invitation.accepted_at, invitation.declined_at, invitation.withdrawn_at,
         invitation.asked_keeper
     FROM invitation JOIN organisation ON organisation.id = invitation.organisation_id
     WHERE invitation.id = $1"
);
statement!(
    OF_ORGANISATION,
    "SELECT invitation.id, invitation.email, invitation.name, invitation.organisation_id, organisation.name,
         invitation.role, invitation.strand, invitation.cohort_id, invitation.invited_by_name, invitation.created_at,
         invitation.expires_at, invitation.accepted_at, invitation.declined_at, invitation.withdrawn_at,
         invitation.asked_keeper
     FROM invitation JOIN organisation ON organisation.id = invitation.organisation_id
     WHERE invitation.organisation_id = $1
     ORDER BY invitation.created_at DESC, invitation.id DESC"
);
statement!(
    OF_PROGRAMME,
    "SELECT invitation.id, invitation.email, invitation.name, invitation.organisation_id, organisation.name,
         invitation.role, invitation.strand, invitation.cohort_id, invitation.invited_by_name, invitation.created_at,
         invitation.expires_at, invitation.accepted_at, invitation.declined_at, invitation.withdrawn_at,
         invitation.asked_keeper
     FROM invitation JOIN organisation ON organisation.id = invitation.organisation_id
     JOIN cohort ON cohort.id = invitation.cohort_id
     WHERE cohort.programme_id = $1
         AND (invitation.organisation_id = $2 OR $2 = 0)
         AND ($3 = 0 OR invitation.organisation_id IN (
             SELECT mine.organisation_id FROM adviser_assignment AS mine WHERE mine.person_id = $3))
     ORDER BY organisation.name, invitation.created_at DESC, invitation.id DESC"
);
statement!(
    RENEW,
    "UPDATE invitation SET token_sha256 = $2, expires_at = $3
     WHERE id = $1 AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"
);
statement!(
    WITHDRAW,
    "UPDATE invitation SET withdrawn_at = $2
     WHERE id = $1 AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"
);
statement!(
    ACCEPT,
    "UPDATE invitation SET accepted_at = $2, accepted_by = $3
     WHERE id = $1 AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"
);
statement!(
    DECLINE,
    "UPDATE invitation SET declined_at = $2
     WHERE id = $1 AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"
);

pub(super) async fn insert(
    tx: &mut Tx,
    leave: &MayInvite,
    new: &Invitation,
    token_sha256: &str,
) -> Result<(), StoreError> {
    let values = vec![
        new.id.into(),
        token_sha256.into(),
        new.email.as_str().into(),
        new.name.as_str().into(),
        new.organisation.into(),
        new.role.key().into(),
        new.strand.map(Strand::key).into(),
        new.cohort.into(),
        leave.0.person.into(),
        new.by.as_str().into(),
        new.created_at.into(),
        new.expires_at.into(),
        new.asked_keeper.into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

pub(super) async fn by_token(conn: &mut Conn, token_sha256: &str) -> Result<Option<Invitation>> {
    conn.row(BY_TOKEN, vec![token_sha256.into()]).await?.as_ref().map(invitation_in).transpose()
}

pub(super) async fn by_id(conn: &mut Conn, id: i64) -> Result<Option<Invitation>> {
    conn.row(BY_ID, vec![id.into()]).await?.as_ref().map(invitation_in).transpose()
}

pub(super) async fn of_organisation(conn: &mut Conn, _leave: &MayInvite, organisation: i64) -> Result<Vec<Invitation>> {
    conn.rows(OF_ORGANISATION, vec![organisation.into()]).await?.iter().map(invitation_in).collect()
}

/// Of schools to a programme, for whoever has leave to it.
pub(super) async fn of_programme(conn: &mut Conn, programme: i64, which: Which) -> Result<Vec<Invitation>> {
    let [school, adviser] = which.values();
    conn.rows(OF_PROGRAMME, vec![programme.into(), school, adviser]).await?.iter().map(invitation_in).collect()
}

/// Another secret and another last moment; false where it was answered or withdrawn.
pub(super) async fn renew(
    tx: &mut Tx,
    _leave: &MayInvite,
    id: i64,
    token_sha256: &str,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(RENEW, vec![id.into(), token_sha256.into(), expires_at.into()]).await? > 0)
}

pub(super) async fn withdraw(tx: &mut Tx, _leave: &MayInvite, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(WITHDRAW, vec![id.into(), now.into()]).await? > 0)
}

pub(super) async fn accept(tx: &mut Tx, leave: &MayAnswer, person: i64, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(ACCEPT, vec![leave.0.id.into(), now.into(), person.into()]).await? > 0)
}

pub(super) async fn decline(tx: &mut Tx, leave: &MayAnswer, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(DECLINE, vec![leave.0.id.into(), now.into()]).await? > 0)
}

fn invitation_in(row: &Row) -> Result<Invitation> {
    let role = row.str(5)?;
    let moment = |column: usize| -> Result<Option<Timestamp>> {
        Ok(row.opt_int(column)?.map(|_| row.moment(column)).transpose()?)
    };
    Ok(Invitation {
        id: row.int(0)?,
        email: row.text(1)?,
        name: row.text(2)?,
        organisation: row.int(3)?,
        organisation_name: row.text(4)?,
        role: Role::from_key(role)
            .ok_or_else(|| Error::Unexpected(format!("the database holds an invitation to a role ‘{role}’")))?,
        strand: row.opt_text(6)?.as_deref().and_then(Strand::from_key),
        cohort: row.opt_int(7)?,
        by: row.text(8)?,
        created_at: row.moment(9)?,
        expires_at: row.moment(10)?,
        accepted_at: moment(11)?,
        declined_at: moment(12)?,
        withdrawn_at: moment(13)?,
        asked_keeper: row.opt_flag(14)?.unwrap_or(false),
    })
}
