//! SQL of what the meeting wrote down.

use super::super::{
    access::{MayDiffer, MayEdit, MayProve, MaySign},
    record::{Beside, Differing, Evidence, Finding, Judgement, Meeting, Side, Signature, Strength, Weight},
};
use crate::error::{Error, Result};
use store::{Conn, Row, StoreError, Tx, Value, catalogue::Sql, statement};

statement!(
    FINDINGS,
    "SELECT statement, value, agreed, dissent, revision, changed_at, changed_by FROM diagnosis_finding
     WHERE diagnosis_id = $1 ORDER BY statement"
);
statement!(
    INSERT_FINDING,
    "INSERT INTO diagnosis_finding (diagnosis_id, statement, value, agreed, dissent, revision, changed_at, changed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    UPDATE_FINDING,
    "UPDATE diagnosis_finding SET value = $3, agreed = $4, dissent = $5, revision = $6, changed_at = $7, changed_by = $8
     WHERE diagnosis_id = $1 AND statement = $2 AND revision = $6 - 1"
);
statement!(
    EVIDENCE,
    "SELECT id, words, source, on_day, strength, statements, added_at, added_by FROM diagnosis_evidence
     WHERE diagnosis_id = $1 ORDER BY id"
);
statement!(
    ADD_EVIDENCE,
    "INSERT INTO diagnosis_evidence (id, diagnosis_id, words, source, on_day, strength, statements, added_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
);
statement!(DROP_EVIDENCE, "DELETE FROM diagnosis_evidence WHERE diagnosis_id = $1 AND id = $2");
statement!(
    STRENGTHS,
    "SELECT id, statement, words, put_to_use, added_at, added_by FROM diagnosis_strength
     WHERE diagnosis_id = $1 ORDER BY id"
);
statement!(
    ADD_STRENGTH,
    "INSERT INTO diagnosis_strength (id, diagnosis_id, statement, words, put_to_use, added_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)"
);
statement!(DROP_STRENGTH, "DELETE FROM diagnosis_strength WHERE diagnosis_id = $1 AND id = $2");
statement!(
    SIGNATURES,
    "SELECT side, person_id, name, at FROM diagnosis_signature WHERE diagnosis_id = $1 ORDER BY at, side"
);
statement!(
    SIGN,
    "INSERT INTO diagnosis_signature (diagnosis_id, side, person_id, name, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (diagnosis_id, side) DO NOTHING"
);
statement!(DROP_SIGNATURES, "DELETE FROM diagnosis_signature WHERE diagnosis_id = $1");
statement!(
    DIFFERING,
    "SELECT id, statement, person_id, name, words, at, judgement FROM diagnosis_differing WHERE diagnosis_id = $1
     ORDER BY id"
);
statement!(
    ADD_DIFFERING,
    "INSERT INTO diagnosis_differing (id, diagnosis_id, statement, person_id, name, words, at, judgement)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    BESIDE,
    "SELECT id, organisation_id, name, added_at, added_by FROM diagnosis_beside WHERE diagnosis_id = $1
     ORDER BY name, id"
);
statement!(
    ADD_BESIDE,
    "INSERT INTO diagnosis_beside (id, diagnosis_id, organisation_id, name, added_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6)"
);
statement!(
    BESIDE_OF,
    "SELECT organisation.id, organisation.name, diagnosis.id FROM diagnosis_beside
     JOIN diagnosis ON diagnosis.id = diagnosis_beside.diagnosis_id
     JOIN organisation ON organisation.id = diagnosis.organisation_id
     WHERE diagnosis_beside.organisation_id = $1 ORDER BY organisation.name, diagnosis.id"
);

/// All that the meeting wrote down.
pub(in crate::diagnosis) async fn meeting(conn: &mut Conn, diagnosis: i64) -> Result<Meeting> {
    Ok(Meeting {
        findings: all(conn, FINDINGS, diagnosis, finding_in).await?,
        evidence: all(conn, EVIDENCE, diagnosis, evidence_in).await?,
        strengths: all(conn, STRENGTHS, diagnosis, strength_in).await?,
        signatures: all(conn, SIGNATURES, diagnosis, signature_in).await?,
        differing: all(conn, DIFFERING, diagnosis, differing_in).await?,
        beside: all(conn, BESIDE, diagnosis, beside_in).await?,
    })
}

async fn all<T>(conn: &mut Conn, sql: &Sql, diagnosis: i64, one: fn(&Row) -> Result<T>) -> Result<Vec<T>> {
    conn.rows(sql, vec![diagnosis.into()]).await?.iter().map(one).collect()
}

/// Writes what the group says of a statement; false where another has come in between.
pub(in crate::diagnosis) async fn settle(tx: &mut Tx, leave: &MayEdit, finding: &Finding) -> Result<bool, StoreError> {
    put_finding(tx, leave.diagnosis.id, finding, finding.revision == 1).await
}

pub(super) async fn put_finding(tx: &mut Tx, diagnosis: i64, finding: &Finding, new: bool) -> Result<bool, StoreError> {
    let agreed: Vec<String> = finding.agreed.iter().map(i64::to_string).collect();
    let values = vec![
        diagnosis.into(),
        finding.statement.as_str().into(),
        finding.judgement.stored().into(),
        agreed.join(" ").into(),
        finding.dissent.as_str().into(),
        finding.revision.into(),
        finding.changed_at.into(),
        finding.changed_by.as_str().into(),
    ];
    let sql = if new { INSERT_FINDING } else { UPDATE_FINDING };
    Ok(tx.execute(sql, values).await? > 0)
}

pub(in crate::diagnosis) async fn add_evidence(
    tx: &mut Tx,
    leave: &MayProve,
    one: &Evidence,
) -> Result<(), StoreError> {
    put_evidence(tx, leave.diagnosis.id, one).await
}

pub(super) async fn put_evidence(tx: &mut Tx, diagnosis: i64, one: &Evidence) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        diagnosis.into(),
        one.words.as_str().into(),
        one.source.as_str().into(),
        one.on.into(),
        one.weight.key().into(),
        one.statements.join(" ").into(),
        one.added_at.into(),
        one.added_by.as_str().into(),
    ];
    tx.execute(ADD_EVIDENCE, values).await.map(drop)
}

pub(in crate::diagnosis) async fn drop_evidence(tx: &mut Tx, leave: &MayProve, id: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(DROP_EVIDENCE, vec![leave.diagnosis.id.into(), id.into()]).await? > 0)
}

pub(in crate::diagnosis) async fn add_strength(tx: &mut Tx, leave: &MayEdit, one: &Strength) -> Result<(), StoreError> {
    put_strength(tx, leave.diagnosis.id, one).await
}

pub(super) async fn put_strength(tx: &mut Tx, diagnosis: i64, one: &Strength) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        diagnosis.into(),
        one.statement.as_str().into(),
        one.words.as_str().into(),
        one.put_to_use.as_str().into(),
        one.added_at.into(),
        one.added_by.as_str().into(),
    ];
    tx.execute(ADD_STRENGTH, values).await.map(drop)
}

pub(in crate::diagnosis) async fn drop_strength(tx: &mut Tx, leave: &MayEdit, id: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(DROP_STRENGTH, vec![leave.diagnosis.id.into(), id.into()]).await? > 0)
}

/// Signs; false where that side has signed already.
pub(in crate::diagnosis) async fn sign(tx: &mut Tx, leave: &MaySign, one: &Signature) -> Result<bool, StoreError> {
    put_signature(tx, leave.diagnosis.id, one).await
}

pub(super) async fn put_signature(tx: &mut Tx, diagnosis: i64, one: &Signature) -> Result<bool, StoreError> {
    let values =
        vec![diagnosis.into(), one.side.key().into(), one.person.into(), one.name.as_str().into(), one.at.into()];
    Ok(tx.execute(SIGN, values).await? > 0)
}

pub(in crate::diagnosis) async fn drop_signatures(tx: &mut Tx, leave: &MayEdit) -> Result<u64, StoreError> {
    tx.execute(DROP_SIGNATURES, vec![leave.diagnosis.id.into()]).await
}

pub(in crate::diagnosis) async fn add_differing(
    tx: &mut Tx,
    leave: &MayDiffer,
    one: &Differing,
) -> Result<(), StoreError> {
    put_differing(tx, leave.diagnosis.id, one).await
}

pub(super) async fn put_differing(tx: &mut Tx, diagnosis: i64, one: &Differing) -> Result<(), StoreError> {
    let values: Vec<Value> = vec![
        one.id.into(),
        diagnosis.into(),
        one.statement.as_str().into(),
        one.person.into(),
        one.name.as_str().into(),
        one.words.as_str().into(),
        one.at.into(),
        one.point.into(),
    ];
    tx.execute(ADD_DIFFERING, values).await.map(drop)
}

pub(in crate::diagnosis) async fn add_beside(tx: &mut Tx, leave: &MayEdit, one: &Beside) -> Result<(), StoreError> {
    put_beside(tx, leave.diagnosis.id, one).await
}

pub(super) async fn put_beside(tx: &mut Tx, diagnosis: i64, one: &Beside) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        diagnosis.into(),
        one.organisation.into(),
        one.name.as_str().into(),
        one.added_at.into(),
        one.added_by.as_str().into(),
    ];
    tx.execute(ADD_BESIDE, values).await.map(drop)
}

/// Schools that said they look at the same time as this one: the school, its
/// name, and which of its diagnoses.
pub(in crate::diagnosis) async fn beside_of(
    conn: &mut Conn,
    organisation: i64,
) -> Result<Vec<(i64, String, i64)>, StoreError> {
    let rows = conn.rows(BESIDE_OF, vec![organisation.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.text(1)?, row.int(2)?))).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn finding_in(row: &Row) -> Result<Finding> {
    Ok(Finding {
        statement: row.text(0)?,
        judgement: Judgement::of(row.opt_int(1)?),
        agreed: words(row.str(2)?).iter().filter_map(|number| number.parse().ok()).collect(),
        dissent: row.text(3)?,
        revision: row.int(4)?,
        changed_at: row.moment(5)?,
        changed_by: row.text(6)?,
    })
}

fn evidence_in(row: &Row) -> Result<Evidence> {
    Ok(Evidence {
        id: row.int(0)?,
        words: row.text(1)?,
        source: row.text(2)?,
        on: row.date(3)?,
        weight: known(Weight::from_key(row.str(4)?), row, 4)?,
        statements: words(row.str(5)?),
        added_at: row.moment(6)?,
        added_by: row.text(7)?,
    })
}

fn strength_in(row: &Row) -> Result<Strength> {
    Ok(Strength {
        id: row.int(0)?,
        statement: row.text(1)?,
        words: row.text(2)?,
        put_to_use: row.text(3)?,
        added_at: row.moment(4)?,
        added_by: row.text(5)?,
    })
}

fn signature_in(row: &Row) -> Result<Signature> {
    Ok(Signature {
        side: known(Side::from_key(row.str(0)?), row, 0)?,
        person: row.opt_int(1)?,
        name: row.text(2)?,
        at: row.moment(3)?,
    })
}

fn differing_in(row: &Row) -> Result<Differing> {
    Ok(Differing {
        id: row.int(0)?,
        statement: row.text(1)?,
        person: row.opt_int(2)?,
        name: row.text(3)?,
        words: row.text(4)?,
        at: row.moment(5)?,
        point: row.opt_int(6)?,
    })
}

fn beside_in(row: &Row) -> Result<Beside> {
    Ok(Beside {
        id: row.int(0)?,
        organisation: row.opt_int(1)?,
        name: row.text(2)?,
        added_at: row.moment(3)?,
        added_by: row.text(4)?,
    })
}

fn known<T>(found: Option<T>, row: &Row, column: usize) -> Result<T> {
    let key = row.str(column)?;
    found.ok_or_else(|| Error::Unexpected(format!("the database holds ‘{key}’ in a diagnosis")))
}
