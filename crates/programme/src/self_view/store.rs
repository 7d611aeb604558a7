//! SQL of a school in its own words.

use super::{
    access::{MayErase, MayWrite},
    model::SelfView,
};
use crate::{
    error::Result,
    item::{ItemKind, Texts},
};
use kernel::{Date, Timestamp};
use store::{Conn, StoreError, Tx, Value, statement};

statement!(
    FIND,
    "SELECT strengths, improve, visitors, help, revision, changed_at, changed_by FROM self_view
     WHERE organisation_id = $1"
);
statement!(
    INSERT,
    "INSERT INTO self_view (organisation_id, strengths, improve, visitors, help, revision, changed_at, changed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    UPDATE,
    "UPDATE self_view SET strengths = $2, improve = $3, visitors = $4, help = $5, revision = $6, changed_at = $7,
         changed_by = $8
     WHERE organisation_id = $1 AND revision = $6 - 1"
);
// The last day of a school's participations, where all of them have ended, and
// nobody has changed the text since.
statement!(
    OF_THOSE_WHO_LEFT,
    "SELECT self_view.organisation_id FROM self_view
     WHERE self_view.changed_at < $2
         AND self_view.strengths || self_view.improve || self_view.visitors || self_view.help <> ''
         AND EXISTS (SELECT 1 FROM participation WHERE participation.organisation_id = self_view.organisation_id)
         AND NOT EXISTS (
             SELECT 1 FROM participation
             WHERE participation.organisation_id = self_view.organisation_id
                 AND NOT EXISTS (
                     SELECT 1 FROM participation_status AS ended
                     WHERE ended.participation_id = participation.id
                         AND ended.status IN ('left', 'completed') AND ended.since < $1
                         AND NOT EXISTS (SELECT 1 FROM participation_status AS later
                             WHERE later.participation_id = ended.participation_id AND later.id > ended.id)))
     ORDER BY self_view.organisation_id"
);

pub(crate) async fn find(conn: &mut Conn, organisation: i64) -> Result<Option<SelfView>> {
    let row = conn.row(FIND, vec![organisation.into()]).await?;
    row.map(|row| {
        let mut texts = Texts::empty(ItemKind::SelfView);
        for (column, key) in ["strengths", "improve", "visitors", "help"].into_iter().enumerate() {
            texts.set(key, row.str(column)?);
        }
        Ok(SelfView { texts, revision: row.int(4)?, changed_at: row.moment(5)?, changed_by: row.text(6)? })
    })
    .transpose()
}

/// Writes the next version; false where another has come in between.
pub(super) async fn write(
    tx: &mut Tx,
    leave: &MayWrite,
    texts: &Texts,
    revision: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let values = values(leave.school.id, texts, revision, now, &leave.grant.by.name);
    put(tx, values, revision).await
}

/// Empties it, as its next version.
pub(super) async fn empty(tx: &mut Tx, leave: &MayErase, revision: i64, now: Timestamp) -> Result<bool, StoreError> {
    let values = values(leave.school.id, &Texts::empty(ItemKind::SelfView), revision, now, &leave.by.name);
    put(tx, values, revision).await
}

async fn put(tx: &mut Tx, values: Vec<Value>, revision: i64) -> Result<bool, StoreError> {
    let sql = if revision == 1 { INSERT } else { UPDATE };
    Ok(tx.execute(sql, values).await? > 0)
}

/// One that came with its school from another installation.
pub(crate) async fn took_over(tx: &mut Tx, organisation: i64, view: &SelfView) -> Result<(), StoreError> {
    let values = values(organisation, &view.texts, view.revision, view.changed_at, &view.changed_by);
    tx.execute(INSERT, values).await.map(drop)
}

/// Schools whose every participation ended before `day`, and whose text nobody
/// has changed since `before`.
pub(crate) async fn of_those_who_left(conn: &mut Conn, day: Date, before: Timestamp) -> Result<Vec<i64>, StoreError> {
    conn.rows(OF_THOSE_WHO_LEFT, vec![day.into(), before.into()]).await?.iter().map(|row| row.int(0)).collect()
}

fn values(organisation: i64, texts: &Texts, revision: i64, at: Timestamp, by: &str) -> Vec<Value> {
    let text = |key: &str| Value::from(texts.of(key));
    vec![
        organisation.into(),
        text("strengths"),
        text("improve"),
        text("visitors"),
        text("help"),
        revision.into(),
        at.into(),
        by.into(),
    ]
}
