//! SQL of what many schools agreed.

use super::super::{
    access::MaySeeReleased,
    record::Judgement,
    released::{Offer, Released},
};
use std::collections::HashMap;
use store::{Conn, StoreError, bulk::Lookup, statement};

statement!(
    AGREED,
    "SELECT organisation_id, id, framework, framework_version FROM diagnosis
     WHERE state = 'agreed' AND organisation_id IN (
         SELECT participation.organisation_id FROM participation
         JOIN cohort ON cohort.id = participation.cohort_id WHERE cohort.programme_id = $1)
     ORDER BY organisation_id, opened_at DESC, id DESC"
);
const FINDINGS_OF: Lookup =
    Lookup { table: "diagnosis_finding", columns: &["diagnosis_id", "statement", "value"], key: "diagnosis_id" };
const STRENGTHS_OF: Lookup = Lookup {
    table: "diagnosis_strength",
    columns: &["diagnosis_id", "statement", "words", "put_to_use", "id"],
    key: "diagnosis_id",
};

/// Agreed diagnoses of a programme's schools, by school, the latest first: the
/// school, the diagnosis, its framework and the version of that. Which of them may
/// be read is for the caller to ask.
pub(in crate::diagnosis) async fn agreed_in(
    conn: &mut Conn,
    programme: i64,
) -> Result<Vec<(i64, i64, (String, i64))>, StoreError> {
    let rows = conn.rows(AGREED, vec![programme.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?, (row.text(2)?, row.int(3)?)))).collect()
}

/// Reads what was agreed and what is done well into each.
pub(in crate::diagnosis) async fn fill(
    conn: &mut Conn,
    _leave: &MaySeeReleased,
    all: &mut [Released],
) -> Result<(), StoreError> {
    let ids: Vec<i64> = all.iter().map(|one| one.id).collect();
    let mut places: HashMap<i64, &mut Released> = all.iter_mut().map(|one| (one.id, one)).collect();
    FINDINGS_OF
        .each(conn, &ids, |row| {
            if let Some(place) = places.get_mut(&row.int(0)?) {
                place.findings.push((row.text(1)?, Judgement::of(row.opt_int(2)?)));
            }
            Ok(())
        })
        .await?;
    let mut strengths: Vec<(i64, i64, Offer)> = Vec::new();
    STRENGTHS_OF
        .each(conn, &ids, |row| {
            let offer = Offer { statement: row.text(1)?, words: row.text(2)?, put_to_use: row.text(3)? };
            strengths.push((row.int(4)?, row.int(0)?, offer));
            Ok(())
        })
        .await?;
    // The first first, whatever order the database gives them in.
    strengths.sort_by_key(|(id, ..)| *id);
    for (_, diagnosis, offer) in strengths {
        if let Some(place) = places.get_mut(&diagnosis) {
            place.strengths.push(offer);
        }
    }
    Ok(())
}
