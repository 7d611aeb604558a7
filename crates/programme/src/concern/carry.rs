//! Concerns as their school takes them along, and as they end.

use super::{
    access,
    model::{Concern, ReadBy, Step},
    store,
};
use crate::{
    World,
    audit::{self, Entry},
    error::Result,
    plan::Names,
    who::Actor,
};
use ::store::{Conn, Tx};
use kernel::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Concerns as a file has them. Ids are numbers within the file. What the school
/// was not shown is its writer's and stays behind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Carried {
    /// Concerns, the first first.
    pub concerns: Vec<Concern>,
    /// Their steps, with what the school said to them.
    pub steps: Vec<Step>,
    /// Who has read them.
    pub readings: Vec<ReadBy>,
}

impl Carried {
    /// Every id, with what it names.
    pub(crate) fn ids(&mut self) -> Vec<(Names, &mut i64)> {
        use Names::{Other, Own};
        let mut all = Vec::new();
        for one in &mut self.concerns {
            all.push((Own("concern"), &mut one.id));
        }
        for one in &mut self.steps {
            all.push((Own("concern_step"), &mut one.id));
            all.push((Other("concern"), &mut one.concern));
        }
        for one in &mut self.readings {
            all.push((Own("concern_reading"), &mut one.id));
            all.push((Other("concern_step"), &mut one.step));
        }
        all
    }

    /// The people who are named, where they are known.
    pub(crate) fn people(&mut self) -> impl Iterator<Item = &mut Option<i64>> {
        let raised = self.concerns.iter_mut().map(|one| &mut one.person);
        let taken = self.steps.iter_mut().map(|one| &mut one.person);
        raised.chain(taken).chain(self.readings.iter_mut().map(|one| &mut one.person))
    }
}

/// The concerns about a school, as far as it was shown them.
pub(crate) async fn carried(conn: &mut Conn, organisation: i64) -> Result<Carried> {
    let mut steps = store::steps(conn, organisation).await?;
    steps.retain(|step| step.shown_at.is_some());
    let mut concerns = store::concerns(conn, organisation).await?;
    concerns.retain(|one| steps.iter().any(|step| step.concern == one.id));
    Ok(Carried { concerns, steps, readings: store::readings(conn, organisation).await? })
}

/// Concerns that came with their school from another installation, their ids ours.
pub(crate) async fn took_over(tx: &mut Tx, organisation: i64, carried: &Carried) -> Result<()> {
    for one in &carried.concerns {
        store::put(tx, organisation, one).await?;
    }
    for one in &carried.steps {
        store::put_step(tx, one).await?;
    }
    for one in &carried.readings {
        store::put_reading(tx, one).await?;
    }
    Ok(())
}

/// Erases concerns that were closed before a moment, which is due by a rule of
/// retention; how many.
pub(crate) async fn erase_due(world: &World, tx: &mut Tx, by: Actor, before: Timestamp, rule: &str) -> Result<u64> {
    let leave = access::erase_due();
    let all = store::due(tx, before).await?;
    let why = format!("erased under rule {rule}");
    for (id, organisation) in &all {
        audit::blank(tx, "concern", *id).await?;
        store::erase(tx, &leave, *id).await?;
        let entry = Entry::of("erase a concern", "concern", *id).within(*organisation);
        let entry = entry.after(json!({"erased": true, "rule": rule})).why(&why);
        audit::record(world, tx, by.clone(), entry).await?;
    }
    Ok(all.len() as u64)
}
