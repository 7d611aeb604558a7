//! SQL of what people said, each of them alone.

use super::super::{
    access::MayGive,
    model::{Answer, View},
};
use kernel::Timestamp;
use store::{Conn, Row, StoreError, Tx, bulk::Upsert, statement};

/// What one says, in place of what one said before.
pub const GIVEN: Upsert = Upsert {
    table: "diagnosis_view",
    columns: &["id", "diagnosis_id", "statement", "person_id", "value", "because", "given_at"],
    key: &["diagnosis_id", "statement", "person_id"],
    // Views are shown in the order of their ids: who thinks again stays where they were.
    kept: &["id"],
};

statement!(
    OF_PERSON,
    "SELECT statement, person_id, value, because FROM diagnosis_view
     WHERE diagnosis_id = $1 AND person_id = $2 ORDER BY statement"
);
statement!(
    OF_STATEMENT,
    "SELECT statement, person_id, value, because FROM diagnosis_view
     WHERE diagnosis_id = $1 AND statement = $2 ORDER BY id"
);
statement!(COUNT, "SELECT COUNT(*) FROM diagnosis_view WHERE diagnosis_id = $1");
statement!(
    ANSWERED,
    "SELECT person_id, COUNT(*) FROM diagnosis_view
     WHERE diagnosis_id = $1 AND person_id IS NOT NULL GROUP BY person_id ORDER BY person_id"
);

/// Writes one's views of statements, each named once, in place of what one said before.
pub(in crate::diagnosis) async fn give(
    tx: &mut Tx,
    leave: &MayGive,
    views: &[(i64, &str, Answer, String)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = |(id, statement, answer, because): &(i64, &str, Answer, String)| {
        vec![
            (*id).into(),
            leave.diagnosis.id.into(),
            (*statement).into(),
            leave.person.into(),
            answer.stored().into(),
            because.as_str().into(),
            now.into(),
        ]
    };
    GIVEN.put(tx, views.iter().map(row).collect()).await
}

/// What a person said; for themselves.
pub(in crate::diagnosis) async fn of_person(
    conn: &mut Conn,
    diagnosis: i64,
    person: i64,
) -> Result<Vec<View>, StoreError> {
    conn.rows(OF_PERSON, vec![diagnosis.into(), person.into()]).await?.iter().map(view_in).collect()
}

/// What everybody said of a statement.
pub(in crate::diagnosis) async fn of_statement(
    conn: &mut Conn,
    diagnosis: i64,
    statement: &str,
) -> Result<Vec<View>, StoreError> {
    conn.rows(OF_STATEMENT, vec![diagnosis.into(), statement.into()]).await?.iter().map(view_in).collect()
}

/// How many views there are.
pub(in crate::diagnosis) async fn count(conn: &mut Conn, diagnosis: i64) -> Result<i64, StoreError> {
    conn.row(COUNT, vec![diagnosis.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// How many statements each person has answered.
pub(in crate::diagnosis) async fn answered(conn: &mut Conn, diagnosis: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = conn.rows(ANSWERED, vec![diagnosis.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

pub(super) fn view_in(row: &Row) -> Result<View, StoreError> {
    Ok(View {
        statement: row.text(0)?,
        person: row.opt_int(1)?,
        answer: Answer::of(row.opt_int(2)?),
        because: row.text(3)?,
    })
}
