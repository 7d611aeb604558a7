//! Actions: adding and changing them, and saying where they stand.

use super::{
    access,
    actions::{Changed, not_closed, tidy, too_long},
    dates::{Due, calendar, due},
    meanwhile::{Field, kept, meanwhile},
    model::{Action, State},
    store::{self, MayWrite},
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    role,
};
use ::store::{StoreError, Tx};
use kernel::Date;
use serde_json::{Value as Json, json};

/// An action to be, or as somebody changes it. Three things are asked; the rest
/// may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewAction {
    /// What is to be done.
    pub what: String,
    /// Who owns it.
    pub owner: Option<i64>,
    /// By which day.
    pub due: Option<Date>,
    /// Who helps; may be empty.
    pub supporter: String,
    /// What ‘done’ looks like; may be empty.
    pub done_means: String,
    /// After which other action.
    pub after: Option<i64>,
}

/// The fields without which there is no action.
pub const REQUIRED: &[&str] = &["what", "owner", "due"];

/// Adds an action under a priority: its id, and when it is due.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`]
/// for whoever may not.
pub async fn add(world: &World, who: &Who, organisation: i64, priority: i64, new: NewAction) -> Result<(i64, Due)> {
    let mut tx = world.db.begin().await?;
    let leave = access::act(&mut tx, who, organisation, priority).await?;
    not_closed(&leave.priority)?;
    let id = world.id();
    let fits = checked(world, &mut tx, organisation, id, &new, None).await?;
    let by = leave.grant.by.name.clone();
    let one = Action {
        id,
        priority,
        what: fits.what,
        owner: Some(fits.owner.0),
        owner_name: fits.owner.1,
        due: fits.due.on,
        supporter: fits.supporter,
        done_means: fits.done_means,
        after: new.after,
        state: State::Open,
        state_why: String::new(),
        state_on: None,
        state_by: String::new(),
        revision: 1,
        changed_at: world.now(),
        changed_by: by,
    };
    store::insert_action(&mut tx, &leave, &one).await?;
    let entry = Entry::of("add an action", "plan_action", id).within(leave.school.id).after(says(&one));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok((id, fits.due))
}

/// Changes an action: how that went, and when it is due. The second of two is
/// shown what the first did.
///
/// # Errors
/// As [`add`].
pub async fn edit(
    world: &World,
    who: &Who,
    organisation: i64,
    id: i64,
    new: NewAction,
    base: i64,
) -> Result<(Changed, Due)> {
    let mut tx = world.db.begin().await?;
    let old = store::action(&mut tx, organisation, id).await?;
    // Whoever may not act is told nothing, not even whether there is one.
    let priority = old.as_ref().map_or(0, |old| old.priority);
    let leave = access::act(&mut tx, who, organisation, priority).await?;
    let old = old.ok_or(Error::NotFound)?;
    not_closed(&leave.priority)?;
    let fits = checked(world, &mut tx, organisation, id, &new, Some(&old)).await?;
    let one = Action {
        what: fits.what,
        owner: Some(fits.owner.0),
        owner_name: fits.owner.1,
        due: fits.due.on,
        supporter: fits.supporter,
        done_means: fits.done_means,
        after: new.after,
        revision: old.revision + 1,
        changed_at: world.now(),
        changed_by: leave.grant.by.name.clone(),
        ..old.clone()
    };
    if texts(&one) == texts(&old) {
        return Ok((Changed::Same, fits.due));
    }
    if base != old.revision {
        let history = audit::of(&mut tx, "plan_action", id).await?;
        let both = meanwhile(&history, base, FIELDS, &texts(&old), &texts(&one), &old.changed_by, old.revision);
        return Ok((Changed::Meanwhile(Box::new(both)), fits.due));
    }
    written(store::update_action(&mut tx, MayWrite::Acting(&leave), &one).await)?;
    let entry = Entry::of("change an action", "plan_action", id).within(leave.school.id);
    audit::record(world, &mut tx, &leave.grant.by, entry.before(says(&old)).after(says(&one))).await?;
    tx.commit().await?;
    Ok((Changed::Done(one.revision), fits.due))
}

/// Says where an action stands. Its owner says that it is done, stuck or open
/// again; only who may change it drops it.
///
/// # Errors
/// [`Error::Invalid`] for stuck or dropped without a word why; [`Error::NotFound`]
/// for whoever may not.
pub async fn mark(world: &World, who: &Who, organisation: i64, id: i64, state: Option<State>, why: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::mark(&mut tx, who, organisation, id).await?;
    let why = tidy(why);
    let mut wrong = Vec::new();
    match state {
        None => wrong.push(FieldError::new("state", "Choose where it stands")),
        Some(State::Dropped) if !leave.acts => {
            wrong.push(FieldError::new("state", "Whoever leads it can drop it; say that it is stuck"));
        }
        Some(State::Stuck) if why.is_empty() => {
            wrong.push(FieldError::new("why", "Say in a word what it waits for"));
        }
        Some(State::Dropped) if why.is_empty() => wrong.push(FieldError::new("why", "Say why you drop it")),
        Some(_) => {}
    }
    too_long(&mut wrong, "why", &why);
    let (Some(state), true) = (state, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let (old, by) = (&leave.action, leave.grant.by.name.clone());
    let one = Action {
        state,
        state_why: why.clone(),
        state_on: (state != State::Open).then(|| world.clock.today()),
        state_by: by.clone(),
        revision: old.revision + 1,
        changed_at: world.now(),
        changed_by: by,
        ..old.clone()
    };
    let before = json!({"revision": old.revision, "state": old.state.key()});
    let mut after = says(&one);
    after["state"] = state.key().into();
    written(store::update_action(&mut tx, MayWrite::Marking(&leave), &one).await)?;
    let entry = Entry::of("say where an action stands", "plan_action", id).within(leave.school.id);
    let entry = entry.before(before).after(after);
    let entry = if why.is_empty() { entry } else { entry.why(&why) };
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

fn written(done: Result<bool, StoreError>) -> Result<()> {
    match done {
        Ok(true) => Ok(()),
        Ok(false) | Err(StoreError::Conflict(_)) => Err(Error::Changed),
        Err(other) => Err(other.into()),
    }
}

/// What of an action people write, in the order of [`FIELDS`].
fn texts(one: &Action) -> Vec<String> {
    vec![
        one.what.clone(),
        one.owner_name.clone(),
        one.due.to_string(),
        one.supporter.clone(),
        one.done_means.clone(),
        one.after.map(|id| id.to_string()).unwrap_or_default(),
    ]
}

const FIELDS: &[Field] = &[
    Field { key: "what", name: "what is to be done" },
    Field { key: "owner", name: "who owns it" },
    Field { key: "due", name: "by when" },
    Field { key: "supporter", name: "who helps" },
    Field { key: "done_means", name: "what ‘done’ looks like" },
    Field { key: "after", name: "after which other" },
];

fn says(one: &Action) -> Json {
    kept(FIELDS, &texts(one), one.revision)
}

/// An action whose fields fit.
struct Fits {
    what: String,
    owner: (i64, String),
    due: Due,
    supporter: String,
    done_means: String,
}

async fn checked(
    world: &World,
    tx: &mut Tx,
    organisation: i64,
    id: i64,
    new: &NewAction,
    old: Option<&Action>,
) -> Result<Fits> {
    let (what, supporter, done_means) = (tidy(&new.what), tidy(&new.supporter), tidy(&new.done_means));
    let mut wrong = Vec::new();
    if what.is_empty() || what.chars().count() > 300 {
        wrong.push(FieldError::new("what", "Say what is to be done, in at most 300 characters"));
    }
    let today = world.clock.today();
    let members = role::everybody(tx, organisation).await?;
    let here = members.iter().find(|one| Some(one.person) == new.owner && one.roles.iter().any(|held| held.on(today)));
    // Whoever has left may stay beside what they had; nobody else gets it to them.
    let kept = old.filter(|old| old.owner.is_some() && old.owner == new.owner);
    let owner = match (here, kept) {
        (Some(member), _) => Some((member.person, member.name.clone())),
        (None, Some(old)) => old.owner.map(|id| (id, old.owner_name.clone())),
        (None, None) => None,
    };
    if owner.is_none() {
        wrong.push(FieldError::new("owner", "Choose who owns it, of the people of your school"));
    }
    if new.due.is_none() {
        wrong.push(FieldError::new("due", "Enter the day by which it is done"));
    }
    if let Some(after) = new.after {
        let actions = store::actions(tx, organisation).await?;
        if !may_follow(&actions, id, after) {
            wrong.push(FieldError::new("after", "Choose another action that does not itself come after this one"));
        }
    }
    too_long(&mut wrong, "supporter", &supporter);
    too_long(&mut wrong, "done_means", &done_means);
    let (Some(owner), Some(day), true) = (owner, new.due, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let due = due(&calendar(world, tx, organisation).await?, day);
    Ok(Fits { what, owner, due, supporter, done_means })
}

/// True where `id` may come after `after`: it is there, and does not lead back.
fn may_follow(actions: &[Action], id: i64, after: i64) -> bool {
    let mut at = Some(after);
    for _ in 0..=actions.len() {
        match at {
            None => return true,
            Some(one) if one == id => return false,
            Some(one) => match actions.iter().find(|other| other.id == one) {
                None => return false,
                Some(found) => at = found.after,
            },
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{super::arrange::tests::action, *};

    #[test]
    fn nothing_comes_after_itself() {
        let mut all = vec![action(1, 10), action(2, 10), action(3, 10)];
        all[1].after = Some(1);
        all[2].after = Some(2);
        assert!(may_follow(&all, 4, 3) && may_follow(&all, 3, 1));
        assert!(!may_follow(&all, 1, 3), "a circle");
        assert!(!may_follow(&all, 1, 1) && !may_follow(&all, 1, 9));
    }

    #[test]
    fn a_new_action_asks_three_things() {
        assert_eq!(REQUIRED.len(), 3);
    }
}
