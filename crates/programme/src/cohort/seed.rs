//! A cohort that comes with Aspire as data: its programme, its schools, what
//! was published about it.

use super::{
    access,
    join::{NewParticipation, join},
    make::found_organisation,
    model::{Cohort, Programme, Published, ShownTo, Story},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
};
use kernel::Date;
use serde::Deserialize;

/// The file of a cohort.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CohortSeed {
    programme: ProgrammeSeed,
    cohort: CohortFields,
    story: Story,
    published: Vec<Published>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammeSeed {
    slug: String,
    name: String,
    about: String,
    starts: Date,
    ends: Option<Date>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CohortFields {
    slug: String,
    name: String,
    about: String,
    joins_on: Date,
    follow_to: Option<Date>,
    need_rule: String,
    need_version: i64,
    phase: Option<String>,
    good_rule: String,
}

impl CohortSeed {
    /// Reads the file.
    ///
    /// # Errors
    /// What serde has against it.
    pub fn parse(text: &str) -> std::result::Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// Writes a cohort and its schools, all or nothing. Each school's baseline is
/// frozen from the public record as it is now.
///
/// # Errors
/// Where a cohort of that name is there already, or the database said no.
pub async fn seed(world: &World, who: &Who, file: CohortSeed, schools: Vec<NewParticipation>) -> Result<()> {
    let leave = access::make(who)?;
    let record = world.record().await?;
    let programme = Programme {
        id: world.id(),
        slug: file.programme.slug,
        name: file.programme.name,
        about: file.programme.about,
        starts: file.programme.starts,
        ends: file.programme.ends,
        paid_by: None,
        funder: None,
    };
    let cohort = Cohort {
        id: world.id(),
        programme_id: programme.id,
        slug: file.cohort.slug,
        name: file.cohort.name,
        about: file.cohort.about,
        joins_on: file.cohort.joins_on,
        follow_to: file.cohort.follow_to,
        need_rule: file.cohort.need_rule,
        need_version: file.cohort.need_version,
        phase: file.cohort.phase,
        good_rule: file.cohort.good_rule,
        shown_to: ShownTo::Anyone,
        story: Some(file.story),
    };
    let mut tx = world.db.begin().await?;
    if store::cohort(&mut tx, &cohort.slug).await?.is_some() {
        return Err(Error::field("slug", format!("There is a cohort ‘{}’ already", cohort.slug)));
    }
    store::insert_programme(&mut tx, &leave, &programme).await?;
    found_organisation(world, &mut tx, who, &leave, &programme).await?;
    store::insert_cohort(&mut tx, &leave, &cohort).await?;
    for figure in &file.published {
        store::insert_published(&mut tx, &leave, cohort.id, figure).await?;
    }
    for school in schools {
        join(world, &mut tx, &leave.note(), &record, &cohort, school).await?;
    }
    let entry = Entry {
        what: "take over a cohort from its file",
        noun: "cohort",
        id: cohort.id.to_string(),
        organisation: None,
        before: None,
        after: Some(serde_json::json!({"slug": cohort.slug})),
        why: None,
    };
    audit::record(world, &mut tx, who, entry).await?;
    tx.commit().await?;
    Ok(())
}
