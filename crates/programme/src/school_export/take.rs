//! A school from another installation: all of it or nothing.

use super::{
    access, diagnoses,
    file::{Deed, Person, School, SchoolFile},
    gather::versions,
    parcel,
    plans::{self, Known, New, Parts},
    store,
};
use crate::{
    Who, World,
    audit::{self, AuditRow, Entry},
    concern, diagnosis,
    error::{Error, Result},
    item::{ItemKind, Texts},
    organisation::Kind,
    plan, release, review, self_view,
    who::{Role, Strand},
};
use ::store::Tx;
use kernel::Urn;
use serde_json::{Value as Json, json};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The school's id here.
    pub organisation: i64,
    /// Its name.
    pub name: String,
    /// People who are new here and have to be invited: name and address.
    pub to_invite: Vec<(String, String)>,
    /// How many had an account here already.
    pub known: usize,
}

/// Brings a school from another installation. Its people come without
/// passwords; what it released to somebody elsewhere reaches nobody here.
///
/// # Errors
/// [`Error::BadFile`] for a file that is damaged, of a newer form, or does not
/// fit together, and where the school is here already. Nothing is changed then.
pub async fn import(world: &World, who: &Who, file_name: &str, bytes: Vec<u8>) -> Result<Imported> {
    let leave = access::import(who)?;
    let name = file_name.to_owned();
    let opened = tokio::task::spawn_blocking(move || parcel::open(&name, &bytes)).await;
    let file = opened.map_err(|error| Error::Unexpected(error.to_string()))??;
    let bad = |why: String| Error::BadFile { file: file_name.to_owned(), why };
    check(&file).map_err(bad)?;
    let mut tx = world.db.begin().await?;
    if store::is_here(&mut tx, &file.school).await? {
        return Err(bad(format!("‘{}’ is here already", file.school.name)));
    }
    let mut ids = Ids { school: world.id(), ..Ids::default() };
    let group = match &file.school.group {
        Some(name) => Some(group(world, &mut tx, name).await?),
        None => None,
    };
    store::insert_organisation(&mut tx, ids.school, Kind::School.key(), &file.school, group).await?;
    let mut done =
        Imported { organisation: ids.school, name: file.school.name.clone(), to_invite: Vec::new(), known: 0 };
    for person in &file.people {
        take_person(world, &mut tx, person, &mut ids, &mut done).await?;
    }
    // All that a school has in one future: boxed, so that callers need no room for it.
    Box::pin(take_items(world, &mut tx, &file, &mut ids)).await?;
    for deed in &file.audit {
        audit::took_over(&mut tx, ids.school, &ids.row(world.id(), deed)).await?;
    }
    // In the record of this installation, not of the school: its own says what
    // was done in it, wherever that was.
    let after = json!({"name": file.school.name, "urn": file.school.urn, "exported_at": file.exported_at});
    let entry = Entry::of("import the school", "organisation", ids.school).after(after);
    audit::record(world, &mut tx, &leave.0.by, entry).await?;
    tx.commit().await?;
    Ok(done)
}

/// Ids here of what has a number in the file.
#[derive(Debug, Default)]
struct Ids {
    school: i64,
    people: Vec<i64>,
    roles: Vec<i64>,
    releases: Vec<i64>,
    participations: Vec<i64>,
    diagnoses: Vec<i64>,
    others: Known,
}

/// The one with this number, counted from 1.
fn at(ids: &[i64], number: usize) -> Option<i64> {
    number.checked_sub(1).and_then(|index| ids.get(index)).copied()
}

async fn group(world: &World, tx: &mut Tx, name: &str) -> Result<i64> {
    if let Some(id) = store::group_here(tx, name).await? {
        return Ok(id);
    }
    let id = world.id();
    let new = School { name: name.to_owned(), urn: None, group: None, entered_at: world.now() };
    store::insert_organisation(tx, id, Kind::Group.key(), &new, None).await?;
    Ok(id)
}

async fn take_person(world: &World, tx: &mut Tx, person: &Person, ids: &mut Ids, done: &mut Imported) -> Result<()> {
    let here = match &person.email {
        Some(email) => store::person_here(tx, email).await?,
        None => None,
    };
    let id = match (here, &person.email) {
        (Some(id), _) => {
            done.known += 1;
            id
        }
        (None, Some(email)) => {
            let id = world.id();
            store::insert_person(tx, id, person, email, None).await?;
            done.to_invite.push((person.name.clone(), email.clone()));
            id
        }
        // Their account was closed; its address is nobody's to know.
        (None, None) => {
            let id = world.id();
            store::insert_person(tx, id, person, &format!("closed-{id}@aspire.invalid"), Some(world.now())).await?;
            id
        }
    };
    ids.people.push(id);
    for role in &person.roles {
        let held = world.id();
        store::insert_role(tx, held, id, ids.school, role).await?;
        ids.roles.push(held);
    }
    Ok(())
}

async fn take_items(world: &World, tx: &mut Tx, file: &SchoolFile, ids: &mut Ids) -> Result<()> {
    for one in &file.diagnoses {
        let carried = {
            let (next, person) = (|| world.id(), |number| at(&ids.people, number));
            let new = diagnoses::Ids { school: ids.school, next: &next, person: &person };
            diagnoses::carried(one, &new).map_err(Error::Unexpected)?
        };
        diagnosis::took_over(world, tx, &carried).await?;
        ids.diagnoses.push(carried.diagnosis.id);
    }
    take_plan(world, tx, file, ids).await?;
    for one in &file.releases {
        let id = world.id();
        let release = release::Release {
            id,
            kind: ItemKind::stored(&one.kind)?,
            item: one.item.and_then(|number| at(&ids.diagnoses, number)),
            role: role(&one.to_role)?,
            to_organisation: one.to_own_school.then_some(ids.school),
            to_organisation_name: one.to_organisation.clone(),
            to_person: one.to_person_number.and_then(|number| at(&ids.people, number)),
            to_person_name: one.to_person.clone(),
            until: one.until,
            granted_at: one.granted_at,
            granted_by: one.granted_by.clone(),
            withdrawn_at: one.withdrawn_at,
            withdrawn_by: one.withdrawn_by.clone(),
        };
        release::took_over(tx, ids.school, &release).await?;
        ids.releases.push(id);
    }
    for one in &file.looks {
        let (kind, role) = (ItemKind::stored(&one.kind)?, role(&one.role)?);
        let item = one.item.and_then(|number| at(&ids.diagnoses, number));
        let look = release::Look { id: world.id(), at: one.at, kind, item, person: None, name: one.name.clone(), role };
        release::took_over_look(tx, ids.school, &look).await?;
    }
    for one in &file.participations {
        let id = world.id();
        store::insert_elsewhere(tx, id, ids.school, one).await?;
        ids.participations.push(id);
    }
    if let Some(one) = &file.self_view {
        let texts = Texts::from(ItemKind::SelfView, |key| one.texts.get(key).cloned().unwrap_or_default());
        let view = self_view::SelfView {
            texts,
            revision: one.version,
            changed_at: one.changed_at,
            changed_by: one.changed_by.clone(),
        };
        self_view::took_over(tx, ids.school, &view).await?;
    }
    Ok(())
}

async fn take_plan(world: &World, tx: &mut Tx, file: &SchoolFile, ids: &mut Ids) -> Result<()> {
    let (mut plan, mut reviews, mut concerns) = (file.plan.clone(), file.reviews.clone(), file.concerns.clone());
    ids.others = ids.ours(world, Parts { plan: &mut plan, reviews: &mut reviews, concerns: &mut concerns })?;
    plan::took_over(world, tx, ids.school, &plan).await?;
    review::took_over(tx, ids.school, &reviews).await?;
    concern::took_over(tx, ids.school, &concerns).await
}

fn role(key: &str) -> Result<Role> {
    Role::from_key(key).ok_or_else(|| Error::Unexpected(format!("a role ‘{key}’ was not checked")))
}

impl Ids {
    /// Puts ids of this installation in the place of numbers.
    fn ours(&self, world: &World, parts: Parts<'_>) -> Result<Known> {
        let id = |ids: &[i64], number: i64| at(ids, usize::try_from(number).ok()?);
        let (diagnosis, person) = (|number| id(&self.diagnoses, number), |number| id(&self.people, number));
        let mut own = |_: &'static str| world.id();
        let mut new = New { own: &mut own, diagnosis: &diagnosis, person: &person };
        plans::translate(parts, &mut new).map_err(Error::Unexpected)
    }

    fn row(&self, id: i64, deed: &Deed) -> AuditRow {
        AuditRow {
            id,
            at: deed.at,
            who: deed.who.clone(),
            person: deed.person_number.and_then(|number| at(&self.people, number)),
            role: deed.role.clone(),
            what: deed.what.clone(),
            noun: deed.noun.clone(),
            noun_id: self.of(&deed.of),
            before: deed.before.clone().map(|json| self.people_in(json)),
            after: deed.after.clone().map(|json| self.people_in(json)),
            why: deed.why.clone(),
        }
    }

    fn of(&self, of: &str) -> String {
        if of == "school" {
            return self.school.to_string();
        }
        let found = of.split_once(':').and_then(|(noun, number)| {
            let ids = match noun {
                "person" => &self.people,
                "role" => &self.roles,
                "release" => &self.releases,
                "participation" => &self.participations,
                "diagnosis" => &self.diagnoses,
                noun => {
                    let number: i64 = number.parse().ok()?;
                    let mut others = self.others.iter();
                    return others.find(|((known, old), _)| *known == noun && *old == number).map(|(_, id)| *id);
                }
            };
            at(ids, number.parse().ok()?)
        });
        found.map_or_else(|| of.to_owned(), |id| id.to_string())
    }

    fn people_in(&self, mut json: Json) -> Json {
        let found = json["person"].as_str().and_then(|of| of.strip_prefix("person:")?.parse().ok());
        if let Some(id) = found.and_then(|number| at(&self.people, number)) {
            json["person"] = id.into();
        }
        json
    }
}

/// Whether the file fits together; why not, as a sentence's end.
fn check(file: &SchoolFile) -> Result<(), String> {
    if file.school.name.trim().is_empty() || file.school.name.chars().count() > 150 {
        return Err("its school has no name".to_owned());
    }
    if let Some(urn) = file.school.urn.filter(|urn| Urn::new(*urn).is_none()) {
        return Err(format!("{urn} is no URN"));
    }
    let numbered = |name: &str, numbers: &[usize]| {
        let right = numbers.iter().zip(1..).all(|(number, expected)| *number == expected);
        if right { Ok(()) } else { Err(format!("its {name} are not numbered 1, 2, 3 …")) }
    };
    numbered("people", &file.people.iter().map(|one| one.number).collect::<Vec<_>>())?;
    numbered("roles", &file.people.iter().flat_map(|one| &one.roles).map(|one| one.number).collect::<Vec<_>>())?;
    numbered("releases", &file.releases.iter().map(|one| one.number).collect::<Vec<_>>())?;
    numbered("participations", &file.participations.iter().map(|one| one.number).collect::<Vec<_>>())?;
    numbered("diagnoses", &file.diagnoses.iter().map(|one| one.number).collect::<Vec<_>>())?;
    check_people(file)?;
    check_diagnoses(file)?;
    plans::check(&file.plan, (&file.reviews, &file.concerns), file.people.len(), file.diagnoses.len())?;
    for one in &file.releases {
        known_kind(&one.kind)?;
        known_role(&one.to_role)?;
    }
    for one in &file.looks {
        known_kind(&one.kind)?;
        known_role(&one.role)?;
    }
    check_history(file)
}

fn check_people(file: &SchoolFile) -> Result<(), String> {
    for (index, person) in file.people.iter().enumerate() {
        let who = format!("person {}", person.number);
        if person.name.trim().is_empty() || person.name.chars().count() > 100 {
            return Err(format!("{who} has no name, or one longer than 100 characters"));
        }
        if let Some(email) = &person.email {
            let folded = email.trim().to_lowercase() == *email;
            if !folded || !email.contains('@') || email.len() > 254 || email.contains(char::is_whitespace) {
                return Err(format!("{who} has ‘{email}’ where an e-mail address in small letters was expected"));
            }
            if file.people[..index].iter().any(|other| other.email.as_ref() == Some(email)) {
                return Err(format!("two people have the address {email}"));
            }
        }
        for role in &person.roles {
            let known = Role::from_key(&role.role).filter(|role| Kind::School.roles().contains(role));
            if known.is_none() {
                return Err(format!("{who} has a role ‘{}’, which a school has not", role.role));
            }
            if role.strand.as_deref().is_some_and(|strand| Strand::from_key(strand).is_none()) {
                return Err(format!("{who} leads a strand that is none of the five"));
            }
        }
    }
    Ok(())
}

/// What can be read as a diagnosis fits together.
fn check_diagnoses(file: &SchoolFile) -> Result<(), String> {
    let nobody = diagnoses::Ids { school: 0, next: &|| 0, person: &|_| None };
    for one in &file.diagnoses {
        let strangers = one.participants.iter().filter_map(|one| one.person_number);
        if let Some(number) = strangers.into_iter().find(|number| *number == 0 || *number > file.people.len()) {
            return Err(format!("diagnosis {} names person {number}, who is not in it", one.number));
        }
        diagnoses::carried(one, &nobody)?;
    }
    let items = file.releases.iter().map(|one| one.item).chain(file.looks.iter().map(|one| one.item));
    match items.flatten().find(|number| *number == 0 || *number > file.diagnoses.len()) {
        Some(number) => Err(format!("it speaks of a diagnosis {number} that is not in it")),
        None => Ok(()),
    }
}

fn known_kind(key: &str) -> Result<(), String> {
    ItemKind::from_key(key)
        .map(drop)
        .ok_or_else(|| format!("it speaks of a kind ‘{key}’ that this Aspire does not know"))
}

fn known_role(key: &str) -> Result<(), String> {
    Role::from_key(key).map(drop).ok_or_else(|| format!("it speaks of a role ‘{key}’ that this Aspire does not know"))
}

/// The history must lead to what the school says now, and the list of versions
/// must be what the history says: else one of them was changed by hand.
fn check_history(file: &SchoolFile) -> Result<(), String> {
    let no_ids = Ids::default();
    let rows = file.audit.iter().filter(|deed| deed.noun == ItemKind::SelfView.key());
    let rows: Vec<AuditRow> = rows.zip(1..).map(|(deed, id)| no_ids.row(id, deed)).collect();
    let versions = versions(rows);
    let Some(view) = &file.self_view else {
        return if versions.is_empty() {
            Ok(())
        } else {
            Err("it has a history of the school’s own words, but not the words".to_owned())
        };
    };
    let last = versions.last().and_then(|version| version.texts.as_ref());
    if last != Some(&view.texts) || versions.last().map(|version| version.number) != Some(view.version) {
        return Err("the history of the school’s own words does not lead to what they are now".to_owned());
    }
    if versions != view.history {
        return Err("the versions of the school’s own words are not what its history says".to_owned());
    }
    let known = |key: &String| ItemKind::SelfView.fields().iter().any(|field| field.key == key);
    match view.texts.keys().find(|key| !known(key)) {
        Some(key) => Err(format!("it has a text ‘{key}’ that this Aspire does not know")),
        None => Ok(()),
    }
}
