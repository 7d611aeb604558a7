//! SQL of diagnoses: themselves and who takes part. What people said is in
//! `views`, what the meeting wrote down in `meeting`.

mod meeting;
mod released;
mod views;
mod whole;

pub(super) use meeting::{
    add_beside, add_differing, add_evidence, add_strength, beside_of, drop_evidence, drop_signatures, drop_strength,
    meeting, settle, sign,
};
pub(super) use released::{agreed_in, fill};
pub use views::GIVEN;
pub(super) use views::{answered, count, give, of_person, of_statement};
pub(super) use whole::{all_views, empty, latest_days, of_those_who_left, take_over, take_over_views};

use super::{
    access::MayOpen,
    framework::framework,
    model::{Diagnosis, Names, Participant, State},
};
use crate::error::{Error, Result};
use kernel::Timestamp;
use store::{Conn, Row, StoreError, Tx, Value, statement};

statement!(
    INSERT,
    "INSERT INTO diagnosis (id, organisation_id, framework, framework_version, strands, due, names, state, opened_at,
         opened_by, together_at, agreed_at, agreed_by, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)"
);
statement!(
    FIND,
    "SELECT id, organisation_id, framework, framework_version, strands, due, names, state, opened_at, opened_by,
         together_at, agreed_at, agreed_by
     FROM diagnosis WHERE id = $1 AND organisation_id = $2"
);
statement!(
    OF_SCHOOL,
    "SELECT id, organisation_id, framework, framework_version, strands, due, names, state, opened_at, opened_by,
         together_at, agreed_at, agreed_by
     FROM diagnosis WHERE organisation_id = $1 ORDER BY opened_at DESC, id DESC"
);
statement!(
    WAITING,
    "SELECT diagnosis.id, diagnosis.organisation_id, diagnosis.framework, diagnosis.framework_version,
         diagnosis.strands, diagnosis.due, diagnosis.names, diagnosis.state, diagnosis.opened_at, diagnosis.opened_by,
         diagnosis.together_at, diagnosis.agreed_at, diagnosis.agreed_by
     FROM diagnosis_participant JOIN diagnosis ON diagnosis.id = diagnosis_participant.diagnosis_id
     WHERE diagnosis_participant.person_id = $1 AND diagnosis.state = 'alone'
     ORDER BY diagnosis.due, diagnosis.id"
);
// Whoever changes something of a diagnosis changes its row first: so one waits
// for another, and finds it in the state in which they believe it is.
// Those who give views change nothing of it and need not wait for each other.
statement!(STANDS, "SELECT id FROM diagnosis WHERE id = $1 AND state = $2");
statement!(HOLD, "UPDATE diagnosis SET revision = revision + 1 WHERE id = $1 AND state = $2");
statement!(
    LAY_OPEN,
    "UPDATE diagnosis SET state = 'together', together_at = $2, revision = revision + 1
     WHERE id = $1 AND state = 'alone'"
);
statement!(
    AGREE,
    "UPDATE diagnosis SET state = 'agreed', agreed_at = $2, agreed_by = $3, revision = revision + 1
     WHERE id = $1 AND state = 'together'"
);
statement!(
    REOPEN,
    "UPDATE diagnosis SET state = 'together', agreed_at = NULL, agreed_by = NULL, revision = revision + 1
     WHERE id = $1 AND state = 'agreed'"
);
statement!(
    ADD_PARTICIPANT,
    "INSERT INTO diagnosis_participant (diagnosis_id, number, person_id, name, role) VALUES ($1, $2, $3, $4, $5)"
);
statement!(
    PARTICIPANTS,
    "SELECT number, person_id, name, role FROM diagnosis_participant WHERE diagnosis_id = $1 ORDER BY number"
);
statement!(NUMBER_OF, "SELECT number FROM diagnosis_participant WHERE diagnosis_id = $1 AND person_id = $2");

pub(super) async fn insert(
    tx: &mut Tx,
    _leave: &MayOpen,
    diagnosis: &Diagnosis,
    participants: &[Participant],
) -> Result<(), StoreError> {
    put(tx, diagnosis, participants).await
}

async fn put(tx: &mut Tx, one: &Diagnosis, participants: &[Participant]) -> Result<(), StoreError> {
    let moment = |at: Option<Timestamp>| Value::from(at);
    let values = vec![
        one.id.into(),
        one.organisation.into(),
        one.framework.id.as_str().into(),
        one.framework.version.into(),
        one.strands.join(" ").into(),
        one.due.into(),
        one.names.key().into(),
        one.state.key().into(),
        one.opened_at.into(),
        one.opened_by.as_str().into(),
        moment(one.together_at),
        moment(one.agreed_at),
        one.agreed_by.clone().into(),
    ];
    tx.execute(INSERT, values).await?;
    for person in participants {
        let values = vec![
            one.id.into(),
            person.number.into(),
            person.person.into(),
            person.name.as_str().into(),
            person.role.as_str().into(),
        ];
        tx.execute(ADD_PARTICIPANT, values).await?;
    }
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, organisation: i64, id: i64) -> Result<Option<Diagnosis>> {
    conn.row(FIND, vec![id.into(), organisation.into()]).await?.as_ref().map(diagnosis_in).transpose()
}

/// All of a school, the latest first.
pub(super) async fn of_school(conn: &mut Conn, organisation: i64) -> Result<Vec<Diagnosis>> {
    conn.rows(OF_SCHOOL, vec![organisation.into()]).await?.iter().map(diagnosis_in).collect()
}

/// Those in which a person takes part and views are still given, the most pressing first.
pub(super) async fn waiting(conn: &mut Conn, person: i64) -> Result<Vec<Diagnosis>> {
    conn.rows(WAITING, vec![person.into()]).await?.iter().map(diagnosis_in).collect()
}

/// Holds a diagnosis in a state to the end of the transaction, beside others who do;
/// false where it is in another by now.
pub(super) async fn stands(tx: &mut Tx, id: i64, state: State) -> Result<bool, StoreError> {
    tx.holds(STANDS, vec![id.into(), state.key().into()]).await
}

/// Holds a diagnosis in a state to the end of the transaction, alone; false where it
/// is in another by now.
pub(super) async fn hold(tx: &mut Tx, id: i64, state: State) -> Result<bool, StoreError> {
    Ok(tx.execute(HOLD, vec![id.into(), state.key().into()]).await? > 0)
}

/// Lays all views open; false where they are already.
pub(super) async fn lay_open(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(LAY_OPEN, vec![id.into(), now.into()]).await? > 0)
}

/// It is agreed; false where it was not looked at together.
pub(super) async fn agree(tx: &mut Tx, id: i64, now: Timestamp, by: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(AGREE, vec![id.into(), now.into(), by.into()]).await? > 0)
}

/// It is talked about once more; false where it was not agreed.
pub(super) async fn reopen(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(REOPEN, vec![id.into()]).await? > 0)
}

pub(super) async fn participants(conn: &mut Conn, id: i64) -> Result<Vec<Participant>, StoreError> {
    let rows = conn.rows(PARTICIPANTS, vec![id.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Participant { number: row.int(0)?, person: row.opt_int(1)?, name: row.text(2)?, role: row.text(3)? })
        })
        .collect()
}

/// A person's number in a diagnosis, where they take part.
pub(super) async fn number_of(conn: &mut Conn, id: i64, person: i64) -> Result<Option<i64>, StoreError> {
    conn.row(NUMBER_OF, vec![id.into(), person.into()]).await?.map(|row| row.int(0)).transpose()
}

fn diagnosis_in(row: &Row) -> Result<Diagnosis> {
    let unknown =
        |what: &str, key: &str| Error::Unexpected(format!("the database holds a diagnosis with {what} ‘{key}’"));
    let (name, version) = (row.str(2)?, row.int(3)?);
    let (names, state) = (row.str(6)?, row.str(7)?);
    Ok(Diagnosis {
        id: row.int(0)?,
        organisation: row.int(1)?,
        framework: framework(name, Some(version)).ok_or_else(|| unknown("framework", &format!("{name} v{version}")))?,
        strands: row.str(4)?.split(' ').map(str::to_owned).collect(),
        due: row.date(5)?,
        names: Names::from_key(names).ok_or_else(|| unknown("names", names))?,
        state: State::from_key(state).ok_or_else(|| unknown("state", state))?,
        opened_at: row.moment(8)?,
        opened_by: row.text(9)?,
        together_at: moment(row, 10)?,
        agreed_at: moment(row, 11)?,
        agreed_by: row.opt_text(12)?,
    })
}

fn moment(row: &Row, column: usize) -> Result<Option<Timestamp>, StoreError> {
    match row.opt_int(column)? {
        Some(_) => row.moment(column).map(Some),
        None => Ok(None),
    }
}
