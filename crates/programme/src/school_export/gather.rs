//! Gathering a school's whole record.

use super::{
    access, diagnoses,
    file::{Deed, Look, Participation, Release, SchoolFile, SelfView, VERSION, Version},
    parcel,
    plans::{self, Known, New, Parts},
    sheets, store,
};
use crate::{
    Who, World,
    audit::{self, AuditRow, Entry},
    concern, diagnosis,
    error::{Error, Result},
    item::{ItemKind, Texts, revisions},
    plan, release, review, self_view,
};
use ::store::Conn;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap};

/// A file to take along.
#[derive(Debug)]
pub struct Parcel {
    /// Its name.
    pub name: String,
    /// Its bytes: a zip.
    pub bytes: Vec<u8>,
}

/// A school's whole record as one file. That it was taken is noted in the record.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn export(world: &World, who: &Who, organisation: i64) -> Result<Parcel> {
    let mut conn = world.db.snapshot().await?;
    let leave = access::export(&mut conn, who, organisation).await?;
    // As when it is taken over, all that a school has in one future.
    let file = Box::pin(gather(world, &mut conn, organisation)).await?;
    drop(conn);
    let mut tx = world.db.begin().await?;
    let entry = Entry::of("export the school", "organisation", organisation).within(organisation);
    audit::record(world, &mut tx, &leave.0.by, entry).await?;
    tx.commit().await?;
    let name = format!("{}-{}.zip", slug(&file.school.name), world.clock.today());
    let packed = tokio::task::spawn_blocking(move || parcel::pack(&file, &sheets::of(&file))).await;
    let bytes = packed.map_err(|error| Error::Unexpected(error.to_string()))??;
    Ok(Parcel { name, bytes })
}

fn slug(name: &str) -> String {
    let words = name.to_lowercase();
    let parts: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "school".to_owned() } else { parts.join("-") }
}

/// Numbers in the file of what has an id in the database.
#[derive(Debug, Default)]
struct Numbers {
    school: i64,
    people: HashMap<i64, usize>,
    roles: HashMap<i64, usize>,
    releases: HashMap<i64, usize>,
    participations: HashMap<i64, usize>,
    diagnoses: HashMap<i64, usize>,
    others: Known,
}

async fn gather(world: &World, conn: &mut Conn, organisation: i64) -> Result<SchoolFile> {
    let school = store::school(conn, organisation).await?;
    let mut numbers = Numbers { school: organisation, ..Numbers::default() };
    let mut people = Vec::new();
    for (id, person, roles) in store::people(conn, organisation).await? {
        numbers.people.insert(id, person.number);
        numbers.roles.extend(roles.into_iter().zip(&person.roles).map(|(id, role)| (id, role.number)));
        people.push(person);
    }
    let carried = diagnosis::carried(conn, organisation).await?;
    numbers.diagnoses = carried.iter().zip(1..).map(|(one, number)| (one.diagnosis.id, number)).collect();
    let diagnoses = carried
        .iter()
        .zip(1..)
        .map(|(one, number)| diagnoses::row(number, one, |id| numbers.people.get(&id).copied()))
        .collect();
    let (mut plan, mut reviews) =
        (plan::carried(conn, organisation).await?, review::carried(conn, organisation).await?);
    let mut concerns = concern::carried(conn, organisation).await?;
    numbers.others = numbered(&numbers, Parts { plan: &mut plan, reviews: &mut reviews, concerns: &mut concerns })?;
    let mut releases = release::all_of_organisation(conn, organisation).await?;
    // One of a diagnosis that stays behind would be one of all diagnoses elsewhere.
    releases.retain(|release| release.item.is_none_or(|id| numbers.diagnoses.contains_key(&id)));
    releases.sort_by_key(|release| release.id);
    numbers.releases = releases.iter().zip(1..).map(|(release, number)| (release.id, number)).collect();
    let releases = releases.iter().map(|release| release_row(&numbers, release)).collect();
    let participations = participations(conn, organisation, &mut numbers).await?;
    let rows = audit::all_of_organisation(conn, organisation).await?;
    let looks = release::all_looks(conn, organisation).await?.into_iter().map(|look| Look {
        at: look.at,
        kind: look.kind.key().to_owned(),
        item: look.item.and_then(|id| numbers.diagnoses.get(&id).copied()),
        name: look.name,
        role: look.role.key().to_owned(),
    });
    let looks = looks.collect();
    Ok(SchoolFile {
        aspire_school: VERSION,
        exported_at: world.now(),
        self_view: own_words(conn, organisation, &rows).await?,
        school,
        people,
        diagnoses,
        plan,
        reviews,
        concerns,
        releases,
        looks,
        participations,
        audit: rows.into_iter().map(|row| numbers.deed(row)).collect(),
    })
}

/// Puts numbers in the place of ids.
fn numbered(numbers: &Numbers, parts: Parts<'_>) -> Result<Known> {
    let number = |map: &HashMap<i64, usize>, id: i64| map.get(&id).and_then(|number| i64::try_from(*number).ok());
    let (mut own, diagnosis) = (plans::counting(), |id| number(&numbers.diagnoses, id));
    let person = |id| number(&numbers.people, id);
    let mut new = New { own: &mut own, diagnosis: &diagnosis, person: &person };
    plans::translate(parts, &mut new).map_err(Error::Unexpected)
}

/// Here and elsewhere in one order, which a second export keeps.
async fn participations(conn: &mut Conn, school: i64, numbers: &mut Numbers) -> Result<Vec<Participation>> {
    let mut all = store::participations(conn, school).await?;
    all.sort_by(|(_, a), (_, b)| {
        (a.joined, &a.programme, &a.cohort, &a.named).cmp(&(b.joined, &b.programme, &b.cohort, &b.named))
    });
    for ((id, participation), number) in all.iter_mut().zip(1..) {
        participation.number = number;
        numbers.participations.insert(*id, number);
    }
    Ok(all.into_iter().map(|(_, participation)| participation).collect())
}

async fn own_words(conn: &mut Conn, organisation: i64, rows: &[AuditRow]) -> Result<Option<SelfView>> {
    let Some(view) = self_view::find(conn, organisation).await? else {
        return Ok(None);
    };
    Ok(Some(SelfView {
        texts: map(&view.texts),
        version: view.revision,
        changed_at: view.changed_at,
        changed_by: view.changed_by,
        history: versions(rows.iter().filter(|row| row.noun == ItemKind::SelfView.key()).cloned().collect()),
    }))
}

/// The versions that these rows lead through.
#[expect(clippy::needless_pass_by_value, reason = "rows are gathered for this alone")]
pub(super) fn versions(rows: Vec<AuditRow>) -> Vec<Version> {
    revisions(ItemKind::SelfView, &rows)
        .into_iter()
        .map(|one| Version {
            number: one.number,
            at: one.at,
            by: one.by,
            role: one.role,
            why: one.why,
            texts: one.texts.as_ref().map(map),
        })
        .collect()
}

fn map(texts: &Texts) -> BTreeMap<String, String> {
    texts.fields().map(|(field, text)| (field.key.to_owned(), text.to_owned())).collect()
}

fn release_row(numbers: &Numbers, release: &release::Release) -> Release {
    Release {
        number: numbers.releases.get(&release.id).copied().unwrap_or_default(),
        kind: release.kind.key().to_owned(),
        item: release.item.and_then(|id| numbers.diagnoses.get(&id).copied()),
        to_role: release.role.key().to_owned(),
        to_own_school: release.to_organisation == Some(numbers.school),
        to_organisation: release.to_organisation_name.clone(),
        to_person: release.to_person_name.clone(),
        to_person_number: release.to_person.and_then(|id| numbers.people.get(&id).copied()),
        until: release.until,
        granted_at: release.granted_at,
        granted_by: release.granted_by.clone(),
        withdrawn_at: release.withdrawn_at,
        withdrawn_by: release.withdrawn_by.clone(),
    }
}

impl Numbers {
    fn deed(&self, row: AuditRow) -> Deed {
        Deed {
            at: row.at,
            person_number: row.person.and_then(|id| self.people.get(&id).copied()),
            who: row.who,
            role: row.role,
            what: row.what,
            of: self.of(&row.noun, &row.noun_id),
            noun: row.noun,
            before: row.before.map(|json| self.people_in(json)),
            after: row.after.map(|json| self.people_in(json)),
            why: row.why,
        }
    }

    /// Which one, by its number in the file.
    fn of(&self, noun: &str, id: &str) -> String {
        let number = id.parse::<i64>().ok();
        let known = |map: &HashMap<i64, usize>| {
            let number = map.get(&number?)?;
            Some(format!("{}:{number}", if noun == "item_release" { "release" } else { noun }))
        };
        let found = match noun {
            "person" => known(&self.people),
            "role" => known(&self.roles),
            "item_release" => known(&self.releases),
            "participation" => known(&self.participations),
            "diagnosis" => known(&self.diagnoses),
            noun if noun == "organisation" || noun == "school_dates" || ItemKind::from_key(noun).is_some() => {
                (number == Some(self.school)).then(|| "school".to_owned())
            }
            noun => {
                let mut others = self.others.iter();
                let found = others.find(|((known, id), _)| *known == noun && Some(*id) == number);
                found.map(|(_, number)| format!("{noun}:{number}"))
            }
        };
        // What came from elsewhere says so already.
        found.unwrap_or_else(|| if id.starts_with(ELSEWHERE) { id.to_owned() } else { format!("{ELSEWHERE}{id}") })
    }

    /// The same with people by their number in the file.
    fn people_in(&self, mut json: Json) -> Json {
        if let Some(id) = json["person"].as_i64() {
            json["person"] = self.of("person", &id.to_string()).into();
        }
        json
    }
}

/// What is not in the file.
const ELSEWHERE: &str = "elsewhere:";
