//! `school.json`, as types; `data/schemas/school-export-v1.json` is made of them.

use super::file_diagnosis::Diagnosis;
use crate::{concern, plan, review};
use kernel::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The form of the file that this Aspire writes.
pub const VERSION: u32 = 1;

/// A school's whole record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchoolFile {
    /// The form of this file: 1.
    pub aspire_school: u32,
    /// When it was made.
    #[schemars(with = "String")]
    pub exported_at: Timestamp,
    /// The school.
    pub school: School,
    /// Its people, also those whose roles have ended. Numbered from 1.
    pub people: Vec<Person>,
    /// The school in its own words, where it has written them.
    pub self_view: Option<SelfView>,
    /// Its diagnoses, the first first. Numbered from 1.
    #[serde(default)]
    pub diagnoses: Vec<Diagnosis>,
    /// Its plan. Whatever has an id there is numbered from 1.
    #[serde(default)]
    pub plan: plan::Carried,
    /// Its reviews, and notes of visits that it was shown.
    #[serde(default)]
    pub reviews: review::Carried,
    /// Concerns about how it takes part, as far as it was shown them.
    #[serde(default)]
    pub concerns: concern::Carried,
    /// Whom it let see what, also what has ended. Numbered from 1.
    pub releases: Vec<Release>,
    /// Who from outside looked at what, the first first.
    pub looks: Vec<Look>,
    /// How it took part in programmes. Numbered from 1.
    pub participations: Vec<Participation>,
    /// What was done in its record, the first first.
    pub audit: Vec<Deed>,
}

/// The school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// Its name.
    pub name: String,
    /// Its Unique Reference Number, where it is in the register.
    pub urn: Option<u32>,
    /// The trust, federation or authority it belongs to.
    pub group: Option<String>,
    /// When it was entered in the first installation.
    #[schemars(with = "String")]
    pub entered_at: Timestamp,
}

/// Somebody with a role in the school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their number in this file.
    pub number: usize,
    /// Their name.
    pub name: String,
    /// Their e-mail address; none where their account was closed.
    pub email: Option<String>,
    /// When their account was made.
    #[schemars(with = "String")]
    pub since: Timestamp,
    /// Their roles in the school, the first first.
    pub roles: Vec<Role>,
}

/// A role that somebody holds or held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its number in this file.
    pub number: usize,
    /// Which: head, deputy, strand_lead, team_leader, teacher, governor, peer_reviewer.
    pub role: String,
    /// The strand, for a strand lead.
    pub strand: Option<String>,
    /// The first day.
    #[schemars(with = "String")]
    pub since: Date,
    /// The first day without it.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// Why it ended.
    pub ended_why: Option<String>,
    /// When it was recorded.
    #[schemars(with = "String")]
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: String,
}

/// The school in its own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelfView {
    /// What it says now: strengths, improve, visitors, help.
    pub texts: BTreeMap<String, String>,
    /// The number of this version.
    pub version: i64,
    /// When it was changed last.
    #[schemars(with = "String")]
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
    /// All versions, the first first, for reading: they follow from `audit`.
    pub history: Vec<Version>,
}

/// A version of the school in its own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// When it was made.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// In which role.
    pub role: String,
    /// Why, where a reason was given.
    pub why: Option<String>,
    /// What it said; none where it was erased.
    pub texts: Option<BTreeMap<String, String>>,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Its number in this file.
    pub number: usize,
    /// What kind of thing: self_view, diagnosis.
    pub kind: String,
    /// Only the one of the kind that has this number in the file.
    #[serde(default)]
    pub item: Option<usize>,
    /// The role of whoever may see it.
    pub to_role: String,
    /// They hold it in the school itself; else elsewhere, and in another
    /// installation the release reaches nobody.
    pub to_own_school: bool,
    /// The name of the organisation in which they hold it.
    pub to_organisation: String,
    /// Only this person.
    pub to_person: Option<String>,
    /// Their number in this file, where they are one of the school's people.
    pub to_person_number: Option<usize>,
    /// The last day.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// When it was given.
    #[schemars(with = "String")]
    pub granted_at: Timestamp,
    /// By whom.
    pub granted_by: String,
    /// When it was withdrawn.
    #[schemars(with = "Option<String>")]
    pub withdrawn_at: Option<Timestamp>,
    /// By whom.
    pub withdrawn_by: Option<String>,
}

/// That somebody from outside looked at something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// At what kind of thing.
    pub kind: String,
    /// At which of the kind, by its number in the file.
    #[serde(default)]
    pub item: Option<usize>,
    /// Their name.
    pub name: String,
    /// In which role.
    pub role: String,
}

/// How the school took part in a programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Participation {
    /// Its number in this file.
    pub number: usize,
    /// The programme's name.
    pub programme: String,
    /// The cohort's name.
    pub cohort: String,
    /// The name under which the school joined.
    pub named: String,
    /// How sure it is which school of the register it is.
    pub certainty: String,
    /// A note on that.
    pub note: Option<String>,
    /// The day on which it joined.
    #[schemars(with = "String")]
    pub joined: Date,
    /// Where it stood on joining, as frozen then.
    pub baseline: Json,
    /// Corrections of that, the first first.
    pub corrections: Vec<Correction>,
    /// How it went on, the first first.
    pub statuses: Vec<Status>,
}

/// A correction of a baseline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The baseline as corrected.
    pub baseline: Json,
    /// Why.
    pub reason: String,
    /// When it was recorded.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// How a participation stands from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// joined, paused, left or completed.
    pub status: String,
    /// From which day.
    #[schemars(with = "String")]
    pub since: Date,
    /// Why.
    pub reason: String,
    /// When it was recorded.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deed {
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// By whom.
    pub who: String,
    /// Their number in this file, where they are one of the school's people.
    pub person_number: Option<usize>,
    /// In which role.
    pub role: String,
    /// What.
    pub what: String,
    /// To what kind of thing.
    pub noun: String,
    /// To which one: school, person:1, role:1, release:1, participation:1,
    /// diagnosis:1, or elsewhere:… for what is not in this file.
    pub of: String,
    /// How it was before.
    pub before: Option<Json>,
    /// How it was afterwards.
    pub after: Option<Json>,
    /// Why.
    pub why: Option<String>,
}

/// The schema of `school.json`, as `data/schemas/school-export-v1.json` holds it.
#[must_use]
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(SchoolFile);
    schema.insert("title".to_owned(), "A school’s whole record, exported from Aspire".into());
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    /// To renew it, put what `schema()` gives into the file: the test prints how.
    #[test]
    fn the_schema_in_data_is_that_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/schemas/school-export-v1.json");
        if std::env::var_os("ASPIRE_RENEW").is_some() {
            std::fs::write(path, super::schema()).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == super::schema(),
            "the types of school.json have changed. A change that older files do not fit is version 2; \
             else renew: ASPIRE_RENEW=1 cargo test -p aspire-programme the_schema_in_data"
        );
    }
}
