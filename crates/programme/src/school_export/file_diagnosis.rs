//! Diagnoses in `school.json`, as types.

use kernel::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A diagnosis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    /// Its number in this file.
    pub number: usize,
    /// The framework's short name.
    pub framework: String,
    /// The framework's version.
    pub framework_version: i64,
    /// The strands that are looked at.
    pub strands: Vec<String>,
    /// The last day for views.
    #[schemars(with = "String")]
    pub due: Date,
    /// Whether views carry names: shown or hidden.
    pub names: String,
    /// How far it has come: alone, together, agreed.
    pub state: String,
    /// When it was opened.
    #[schemars(with = "String")]
    pub opened_at: Timestamp,
    /// By whom.
    pub opened_by: String,
    /// When all views were laid open.
    #[schemars(with = "Option<String>")]
    pub together_at: Option<Timestamp>,
    /// When it was agreed.
    #[schemars(with = "Option<String>")]
    pub agreed_at: Option<Timestamp>,
    /// Who recorded that.
    pub agreed_by: Option<String>,
    /// Who takes part. Numbered from 1 within the diagnosis.
    pub participants: Vec<Participant>,
    /// What people said, as far as it is laid open and three or more did.
    pub views: Vec<View>,
    /// What the group says.
    pub findings: Vec<Finding>,
    /// Evidence, the first first.
    pub evidence: Vec<Evidence>,
    /// Strengths, the first first.
    pub strengths: Vec<Strength>,
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// What the adviser sees differently.
    pub differing: Vec<Differing>,
    /// Schools that look at themselves at the same time.
    pub beside: Vec<Beside>,
}

/// Somebody who takes part in a diagnosis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Their number in the diagnosis.
    pub number: i64,
    /// Their number among this file's people.
    pub person_number: Option<usize>,
    /// Their name then.
    pub name: String,
    /// Their role then.
    pub role: String,
}

/// One person's judgement on a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Of which statement.
    pub statement: String,
    /// Whose, by their number in the diagnosis; none where views carry no names.
    pub participant: Option<i64>,
    /// The point of the scale; none where they cannot say.
    pub answer: Option<i64>,
    /// Why, in a sentence; often empty.
    pub because: String,
    /// When it was given; without names, when all were laid open.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

/// What the group says of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Of which statement.
    pub statement: String,
    /// The point of the scale; none where they did not agree.
    pub judgement: Option<i64>,
    /// Who agreed, by their numbers in the diagnosis.
    pub agreed: Vec<i64>,
    /// What those say who see it differently.
    pub dissent: String,
    /// The number of this version.
    pub version: i64,
    /// When it was written last.
    #[schemars(with = "String")]
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What it shows.
    pub words: String,
    /// Where it is from.
    pub source: String,
    /// Of which day it is.
    #[schemars(with = "String")]
    pub on: Date,
    /// How much it bears: told, seen, checked.
    pub weight: String,
    /// Which statements it serves.
    pub statements: Vec<String>,
    /// When it was added.
    #[schemars(with = "String")]
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// Something the school does well.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Strength {
    /// Under which statement it falls.
    pub statement: String,
    /// What it is.
    pub words: String,
    /// What will be done with it.
    pub put_to_use: String,
    /// When it was added.
    #[schemars(with = "String")]
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// For whom: school or adviser.
    pub side: String,
    /// Their number among this file's people, where they are one.
    pub person_number: Option<usize>,
    /// Their name then.
    pub name: String,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

/// What the adviser sees differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Differing {
    /// Of which statement; empty: of the whole.
    pub statement: String,
    /// The point of the scale that they would choose for it, where they said so.
    #[serde(default)]
    pub point: Option<i64>,
    /// Their name then.
    pub name: String,
    /// In their own words.
    pub words: String,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

/// A school that looks at itself at the same time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// Its name then.
    pub name: String,
    /// When it was named.
    #[schemars(with = "String")]
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}
