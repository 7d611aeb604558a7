//! Reviews as their school takes them along, and as they end.

use super::{
    access,
    model::{Line, Note, NoteState, Review, View},
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
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Reviews as a file has them. Ids are numbers within the file. A draft of a note
/// is its writer's and stays behind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Carried {
    /// Reviews, the first opened first.
    pub reviews: Vec<Review>,
    /// What they say.
    pub lines: Vec<Line>,
    /// What others see beside it.
    pub views: Vec<View>,
    /// Notes of visits.
    pub notes: Vec<Note>,
}

impl Carried {
    /// Every id, with what it names.
    pub(crate) fn ids(&mut self) -> Vec<(Names, &mut i64)> {
        use Names::{Other, Own};
        let mut all = Vec::new();
        for one in &mut self.reviews {
            all.push((Own("termly_review"), &mut one.id));
        }
        for one in &mut self.lines {
            all.push((Own("review_line"), &mut one.id));
            all.push((Other("termly_review"), &mut one.review));
            all.push((Other("priority"), &mut one.priority));
        }
        for one in &mut self.views {
            all.push((Own("review_view"), &mut one.id));
            all.push((Other("termly_review"), &mut one.review));
            all.extend(one.priority.as_mut().map(|id| (Other("priority"), id)));
        }
        for one in &mut self.notes {
            all.push((Own("visit_note"), &mut one.id));
        }
        all
    }

    /// The people who are named, where they are known.
    pub(crate) fn people(&mut self) -> impl Iterator<Item = &mut Option<i64>> {
        let views = self.views.iter_mut().map(|one| &mut one.person);
        views.chain(self.notes.iter_mut().map(|one| &mut one.person))
    }
}

/// All reviews of a school, and the notes that it was shown.
pub(crate) async fn carried(conn: &mut Conn, organisation: i64) -> Result<Carried> {
    let mut notes = store::notes(conn, organisation).await?;
    notes.retain(|one| one.state != NoteState::Draft);
    Ok(Carried {
        reviews: store::reviews(conn, organisation).await?,
        lines: store::lines(conn, organisation).await?,
        views: store::views(conn, organisation).await?,
        notes,
    })
}

/// Reviews that came with their school from another installation, their ids ours.
pub(crate) async fn took_over(tx: &mut Tx, organisation: i64, carried: &Carried) -> Result<()> {
    for one in &carried.reviews {
        store::put(tx, organisation, one).await?;
    }
    for one in &carried.lines {
        store::put_line(tx, one).await?;
    }
    for one in &carried.views {
        store::put_view(tx, one).await?;
    }
    for one in &carried.notes {
        store::put_note(tx, organisation, one).await?;
    }
    Ok(())
}

/// Erases all reviews of a school with its plan, which is due by a rule of retention.
pub(crate) async fn erase_due(world: &World, tx: &mut Tx, by: Actor, organisation: i64, rule: &str) -> Result<()> {
    let mut all = carried(tx, organisation).await?;
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
    store::erase(tx, &access::erase_due(), organisation).await?;
    let why = format!("erased under rule {rule}");
    let entry = Entry::of("erase", "review", organisation).within(organisation);
    let entry = entry.after(json!({"erased": true, "rule": rule})).why(&why);
    Ok(audit::record(world, tx, by, entry).await?)
}
