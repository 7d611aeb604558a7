//! Opening a diagnosis. What is decided here stands: whoever gives a view knows
//! who reads it.

use super::{
    access,
    framework::{Strand, framework},
    model::{Diagnosis, Names, Participant, State},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    role,
};
use kernel::Date;
use serde_json::json;

/// A diagnosis to be.
#[derive(Debug, Clone, Default)]
pub struct NewDiagnosis {
    /// The framework's short name; its newest version is taken.
    pub framework: String,
    /// The strands, by their names in addresses.
    pub strands: Vec<String>,
    /// Who takes part.
    pub people: Vec<i64>,
    /// The last day for views.
    pub due: Option<Date>,
    /// Whether views carry names.
    pub names: Option<Names>,
}

/// Opens a diagnosis; its id.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`]
/// for whoever may not.
pub async fn open(world: &World, who: &Who, organisation: i64, new: NewDiagnosis) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::open(&mut tx, who, organisation).await?;
    let today = world.clock.today();
    let mut wrong = Vec::new();
    let found = framework(&new.framework, None);
    if found.is_none() {
        wrong.push(FieldError::new("framework", "Choose what you want to go by"));
    }
    let strands: Vec<String> = found
        .into_iter()
        .flat_map(|one| one.strands.iter().map(Strand::key))
        .filter(|key| new.strands.contains(key))
        .collect();
    if found.is_some() && strands.is_empty() {
        wrong.push(FieldError::new("strands", "Choose at least one strand to look at"));
    }
    let participants = participants(&role::everybody(&mut tx, organisation).await?, &new.people, today);
    if participants.is_empty() {
        wrong.push(FieldError::new("people", "Choose who takes part"));
    }
    let due = new.due.filter(|due| *due >= today);
    if due.is_none() {
        wrong.push(FieldError::new("due", "Enter a last day for views that is today or later"));
    }
    if new.names.is_none() {
        wrong.push(FieldError::new("names", "Say whether views carry names: nobody can change it later"));
    }
    let (Some(framework), Some(due), Some(names), true) = (found, due, new.names, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let diagnosis = Diagnosis {
        id: world.id(),
        organisation,
        framework,
        strands,
        due,
        names,
        state: State::Alone,
        opened_at: world.now(),
        opened_by: leave.grant.by.name.clone(),
        together_at: None,
        agreed_at: None,
        agreed_by: None,
    };
    store::insert(&mut tx, &leave, &diagnosis, &participants).await?;
    let after = json!({"framework": framework.id, "version": framework.version, "strands": diagnosis.strands,
        "due": due, "names": names.key(), "participants": participants.len()});
    let entry = Entry::of("open", "diagnosis", diagnosis.id).within(leave.school.id).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(diagnosis.id)
}

/// Those of the school's people who were chosen and hold a role today, by name.
fn participants(members: &[role::Member], chosen: &[i64], today: Date) -> Vec<Participant> {
    let those = members.iter().filter(|member| chosen.contains(&member.person));
    let held = those.filter_map(|member| {
        let role = member.roles.iter().filter(|held| held.on(today)).map(|held| held.role).min()?;
        Some((member, role))
    });
    (1..)
        .zip(held)
        .map(|(number, (member, role))| Participant {
            number,
            person: Some(member.person),
            name: member.name.clone(),
            role: role.key().to_owned(),
        })
        .collect()
}
