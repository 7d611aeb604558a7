//! A plan as its school takes it along, and as it ends.

use super::{
    access,
    decision::{Decision, Opinion},
    model::{Action, Criterion, Measured, Priority},
    store,
    trial::Trial,
};
use crate::{
    World,
    audit::{self, Entry},
    error::Result,
    strategy,
    who::Actor,
};
use ::store::{Conn, Tx};
use kernel::{Date, Timestamp, calendar::OwnDates};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A plan as a file has it. Ids are numbers within the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Carried {
    /// The school's own strategies.
    pub strategies: Vec<strategy::Own>,
    /// Priorities, the first opened first.
    pub priorities: Vec<Priority>,
    /// Success criteria, the first added first.
    pub criteria: Vec<Criterion>,
    /// What was measured.
    pub measured: Vec<Measured>,
    /// Actions, the first added first.
    pub actions: Vec<Action>,
    /// Tests of change, the first planned first.
    pub trials: Vec<Trial>,
    /// Decisions, the first asked first.
    pub decisions: Vec<Decision>,
    /// What people think of them.
    pub opinions: Vec<Opinion>,
    /// When the school is open, where that is not what its calendar says.
    #[schemars(with = "serde_json::Value")]
    pub dates: OwnDates,
    /// How often those were changed.
    pub dates_version: i64,
}

/// What an id in what is carried names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Names {
    /// Something of the noun with this name in the audit, whose id is here.
    Own(&'static str),
    /// Something of that noun that is named here.
    Other(&'static str),
}

impl Carried {
    /// Every id, with what it names: in files they are numbers, so that what is
    /// taken out and brought in is the same.
    pub(crate) fn ids(&mut self) -> Vec<(Names, &mut i64)> {
        use Names::{Other, Own};
        let mut all = Vec::new();
        for one in &mut self.strategies {
            all.push((Own("strategy"), &mut one.id));
        }
        for one in &mut self.priorities {
            all.push((Own("priority"), &mut one.id));
            all.extend(one.diagnosis.as_mut().map(|id| (Other("diagnosis"), id)));
        }
        for one in &mut self.criteria {
            all.push((Own("criterion"), &mut one.id));
            all.push((Other("priority"), &mut one.priority));
        }
        for one in &mut self.measured {
            all.push((Own("criterion_value"), &mut one.id));
            all.push((Other("criterion"), &mut one.criterion));
        }
        for one in &mut self.actions {
            all.push((Own("plan_action"), &mut one.id));
            all.push((Other("priority"), &mut one.priority));
        }
        for one in &mut self.trials {
            all.push((Own("change_test"), &mut one.id));
            all.push((Other("priority"), &mut one.priority));
        }
        for one in &mut self.decisions {
            all.push((Own("decision"), &mut one.id));
        }
        for one in &mut self.opinions {
            all.push((Own("decision_view"), &mut one.id));
            all.push((Other("decision"), &mut one.decision));
        }
        all
    }

    /// Ids of actions that are named by others; known only once all are numbered.
    pub(crate) fn after(&mut self) -> impl Iterator<Item = &mut i64> {
        self.actions.iter_mut().filter_map(|one| one.after.as_mut())
    }

    /// The people who are named, where they are known.
    pub(crate) fn people(&mut self) -> impl Iterator<Item = &mut Option<i64>> {
        let owners = self.actions.iter_mut().map(|one| &mut one.owner);
        owners.chain(self.opinions.iter_mut().map(|one| &mut one.person))
    }

    /// Names of the school's own strategies within priorities.
    pub(crate) fn strategies_named(&mut self) -> impl Iterator<Item = &mut String> {
        self.priorities.iter_mut().filter_map(|one| one.strategy.as_mut())
    }
}

/// All of a school's plan.
pub(crate) async fn carried(conn: &mut Conn, organisation: i64) -> Result<Carried> {
    let (dates, dates_version) = store::dates(conn, organisation).await?;
    let mut carried = Carried {
        strategies: strategy::all_of(conn, organisation).await?,
        priorities: store::priorities(conn, organisation).await?,
        criteria: store::criteria(conn, organisation).await?,
        measured: store::measured(conn, organisation).await?,
        actions: store::actions(conn, organisation).await?,
        trials: store::tests(conn, organisation).await?,
        decisions: store::decisions(conn, organisation).await?,
        opinions: store::opinions(conn, organisation).await?,
        dates,
        dates_version,
    };
    carried.measured.sort_by_key(|one| one.id);
    carried.actions.sort_by_key(|one| one.id);
    Ok(carried)
}

/// A plan that came with its school from another installation, its ids ours.
pub(crate) async fn took_over(world: &World, tx: &mut Tx, organisation: i64, carried: &Carried) -> Result<()> {
    for one in &carried.strategies {
        strategy::took_over(tx, organisation, one).await?;
    }
    for one in &carried.priorities {
        store::put(tx, organisation, one).await?;
    }
    for one in &carried.criteria {
        store::put_criterion(tx, one).await?;
    }
    for one in &carried.measured {
        store::put_measured(tx, one).await?;
    }
    // What comes after another must find it there.
    let mut left: Vec<&Action> = carried.actions.iter().collect();
    while !left.is_empty() {
        let before = left.len();
        let waits: Vec<i64> = left.iter().map(|one| one.id).collect();
        let (now, later): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|one| one.after.is_none_or(|after| !waits.contains(&after)));
        for one in now {
            store::put_action(tx, one).await?;
        }
        left = later;
        if left.len() == before {
            return Err(crate::Error::Unexpected("actions of a plan come after one another in a circle".to_owned()));
        }
    }
    for one in &carried.trials {
        store::put_test(tx, one).await?;
    }
    for one in &carried.decisions {
        store::put_decision(tx, organisation, one).await?;
    }
    for one in &carried.opinions {
        store::put_opinion(tx, one).await?;
    }
    if carried.dates_version > 0 {
        store::take_over_dates(tx, organisation, &carried.dates, carried.dates_version, world.now()).await?;
    }
    Ok(())
}

/// Schools whose plan's time is over.
pub(crate) async fn of_those_who_left(conn: &mut Conn, day: Date, before: Timestamp) -> Result<Vec<i64>> {
    Ok(store::of_those_who_left(conn, day, before).await?)
}

/// Takes the ties of priorities to a diagnosis away, which is due to be erased.
pub(crate) async fn untie(tx: &mut Tx, diagnosis: i64) -> Result<()> {
    Ok(store::untie(tx, &access::erase_due(), diagnosis).await.map(drop)?)
}

/// Erases what is due by a rule of retention, within its transaction: that there
/// was a plan stays known, what it said does not.
pub(crate) async fn erase_due(world: &World, tx: &mut Tx, by: Actor, organisation: i64, rule: &str) -> Result<()> {
    let mut all = carried(conn(tx), organisation).await?;
    let named: Vec<(&'static str, i64)> = all
        .ids()
        .into_iter()
        .filter_map(|(names, id)| match names {
            Names::Own(noun) => Some((noun, *id)),
            Names::Other(_) => None,
        })
        .collect();
    for (noun, id) in named {
        audit::blank(tx, noun, id).await?;
    }
    audit::blank(tx, "school_dates", organisation).await?;
    store::erase(tx, &access::erase_due(), organisation).await?;
    strategy::erase_all(tx, organisation).await?;
    let why = format!("erased under rule {rule}");
    let entry = Entry::of("erase", "plan", organisation).within(organisation);
    let entry = entry.after(json!({"erased": true, "rule": rule})).why(&why);
    Ok(audit::record(world, tx, by, entry).await?)
}

fn conn(tx: &mut Tx) -> &mut Conn {
    tx
}
