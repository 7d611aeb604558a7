//! SQL of contacts.

use super::{
    access::{MayRecord, MaySee},
    model::{Contact, Kind},
};
use crate::{
    cohort::Which,
    error::{Error, Result},
};
use kernel::Date;
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO contact (id, programme_id, organisation_id, kind, on_day, next_day, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    OF_SCHOOL,
    "SELECT id, programme_id, organisation_id, kind, on_day, next_day, recorded_at, recorded_by FROM contact
     WHERE organisation_id = $1 ORDER BY on_day DESC, id DESC"
);
statement!(
    LATELY_OF_PROGRAMME,
    "SELECT id, programme_id, organisation_id, kind, on_day, next_day, recorded_at, recorded_by FROM contact
     WHERE (id IN (
             SELECT (SELECT latest.id FROM contact AS latest
                 WHERE latest.programme_id = $1 AND latest.organisation_id = participation.organisation_id
                 ORDER BY latest.on_day DESC, latest.id DESC LIMIT 1)
             FROM participation JOIN cohort ON cohort.id = participation.cohort_id
             WHERE cohort.programme_id = $1
                 AND (participation.organisation_id = $3 OR $3 = 0)
                 AND ($4 = 0 OR participation.organisation_id IN (
                     SELECT mine.organisation_id FROM adviser_assignment AS mine WHERE mine.person_id = $4)))
         OR (programme_id = $1 AND on_day >= $2))
         AND (organisation_id = $3 OR $3 = 0)
     ORDER BY on_day DESC, id DESC"
);

pub(super) async fn insert(tx: &mut Tx, leave: &MayRecord, new: &Contact) -> Result<(), StoreError> {
    let values = vec![
        new.id.into(),
        new.programme.into(),
        leave.school.into(),
        new.kind.key().into(),
        new.on.into(),
        new.next.into(),
        new.recorded_at.into(),
        new.by.as_str().into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

pub(super) async fn of_school(conn: &mut Conn, leave: &MaySee) -> Result<Vec<Contact>> {
    conn.rows(OF_SCHOOL, vec![leave.0.into()]).await?.iter().map(contact_in).collect()
}

/// Those of a programme since a day, and the latest of each school, for whoever has leave to it.
pub(super) async fn lately(conn: &mut Conn, programme: i64, from: Date, which: Which) -> Result<Vec<Contact>> {
    let [school, adviser] = which.values();
    let values = vec![programme.into(), from.into(), school, adviser];
    conn.rows(LATELY_OF_PROGRAMME, values).await?.iter().map(contact_in).collect()
}

fn contact_in(row: &Row) -> Result<Contact> {
    let kind = row.str(3)?;
    Ok(Contact {
        id: row.int(0)?,
        programme: row.int(1)?,
        school: row.int(2)?,
        kind: Kind::from_key(kind)
            .ok_or_else(|| Error::Unexpected(format!("the database holds a contact of kind ‘{kind}’")))?,
        on: row.date(4)?,
        next: row.opt_date(5)?,
        recorded_at: row.moment(6)?,
        by: row.text(7)?,
    })
}
