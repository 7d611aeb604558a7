//! SQL of decisions beside need rules.

use super::{
    access::MayDecide,
    model::{Decision, DecisionKind},
};
use store::{Conn, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO need_decision (id, rule, urn, kind, reason, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)"
);
statement!(
    OF_RULE,
    "SELECT urn, kind, reason, recorded_at, recorded_by FROM need_decision WHERE rule = $1 ORDER BY recorded_at, id"
);

pub(super) async fn insert(
    tx: &mut Tx,
    _leave: &MayDecide,
    id: i64,
    rule: &str,
    decision: &Decision,
) -> Result<(), StoreError> {
    let values = vec![
        id.into(),
        rule.into(),
        decision.urn.into(),
        decision.kind.key().into(),
        decision.reason.as_str().into(),
        decision.at.into(),
        decision.by.as_str().into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

pub(super) async fn of_rule(conn: &mut Conn, rule: &str) -> Result<Vec<Decision>, StoreError> {
    let mut decisions = Vec::new();
    conn.each(OF_RULE, vec![rule.into()], |row| {
        if let Some(kind) = DecisionKind::from_key(row.str(1)?) {
            decisions.push(Decision {
                urn: row.urn(0)?,
                kind,
                reason: row.text(2)?,
                at: row.moment(3)?,
                by: row.text(4)?,
            });
        }
        Ok(())
    })
    .await?;
    Ok(decisions)
}
