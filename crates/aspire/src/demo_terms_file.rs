//! What the invented schools did in their terms, as it stands in the files.
//!
//! Days are counted back from the day on which the demo is loaded; `by_in` and
//! `due_in` count forward from it, so that less than none has passed.

use crate::{demo_file::Diagnosis, say::Why};
use serde::Deserialize;

static FILES: [&str; 4] = [
    include_str!("../../../data/demo/beckside.json"),
    include_str!("../../../data/demo/highmoor.json"),
    include_str!("../../../data/demo/quayside.json"),
    include_str!("../../../data/demo/westfields.json"),
];

/// All stories, one a school.
pub(crate) fn read() -> Result<Vec<Story>, Why> {
    let mut all = Vec::new();
    for file in FILES {
        all.extend(serde_json::from_str::<Vec<Story>>(file)?);
    }
    Ok(all)
}

/// The files as they stand, for the tests that read their words.
#[cfg(test)]
pub(crate) fn texts() -> [&'static str; 4] {
    FILES
}

/// What a school did.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Story {
    pub(crate) school: String,
    /// How it looked at itself, before those that stand in the file of people.
    pub(crate) diagnosis: Option<Diagnosis>,
    #[serde(default)]
    pub(crate) plan: Vec<Priority>,
    #[serde(default)]
    pub(crate) decisions: Vec<Decision>,
    #[serde(default)]
    pub(crate) notes: Vec<Note>,
    #[serde(default)]
    pub(crate) releases: Vec<Release>,
    /// The review of this term.
    pub(crate) review_now: Option<ReviewNow>,
    /// What others see beside a finished review.
    #[serde(default)]
    pub(crate) views: Vec<Beside>,
    /// A concern about how it takes part, as far as it has come.
    pub(crate) concern: Option<Concern>,
    /// The school took its export on this day.
    pub(crate) exported: Option<i32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Priority {
    pub(crate) opened: i32,
    pub(crate) title: String,
    pub(crate) why: String,
    pub(crate) whom: String,
    pub(crate) strand: String,
    #[serde(default)]
    pub(crate) strategy: String,
    /// Statements of the diagnosis that was agreed last.
    #[serde(default)]
    pub(crate) from: Vec<String>,
    pub(crate) closed: Option<Closed>,
    #[serde(default)]
    pub(crate) measures: Vec<Measure>,
    #[serde(default)]
    pub(crate) actions: Vec<Action>,
    #[serde(default)]
    pub(crate) tests: Vec<Test>,
    /// What its reviews say, the last one last; of a school that has held fewer
    /// reviews since, the first are left out.
    pub(crate) reviews: Vec<Said>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closed {
    pub(crate) ago: i32,
    pub(crate) how: String,
    pub(crate) why: String,
}

/// A success criterion, and its values: one every so many days, the last so many
/// days ago.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Measure {
    pub(crate) measure: String,
    #[serde(default)]
    pub(crate) baseline: String,
    pub(crate) target: String,
    pub(crate) by_in: i32,
    pub(crate) who: String,
    #[serde(default)]
    pub(crate) every: i32,
    #[serde(default)]
    pub(crate) last: i32,
    #[serde(default)]
    pub(crate) values: String,
    /// A note on the last value.
    #[serde(default)]
    pub(crate) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Action {
    pub(crate) ago: i32,
    pub(crate) what: String,
    pub(crate) owner: String,
    pub(crate) due_in: i32,
    #[serde(default)]
    pub(crate) helper: String,
    #[serde(default)]
    pub(crate) done_means: String,
    #[serde(default)]
    pub(crate) marks: Vec<Mark>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mark {
    pub(crate) ago: i32,
    pub(crate) state: String,
    #[serde(default)]
    pub(crate) why: String,
}

/// A test of change, as far as it has come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Test {
    pub(crate) ago: i32,
    pub(crate) planned: String,
    pub(crate) prediction: String,
    pub(crate) did: Option<Words>,
    pub(crate) learned: Option<Learned>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) ago: i32,
    pub(crate) words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Learned {
    pub(crate) ago: i32,
    pub(crate) words: String,
    pub(crate) verdict: String,
    #[serde(default)]
    pub(crate) then: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    pub(crate) letter: String,
    pub(crate) reason: String,
    pub(crate) changed: String,
    pub(crate) next: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    pub(crate) ago: i32,
    pub(crate) question: String,
    pub(crate) options: Vec<String>,
    #[serde(default)]
    pub(crate) opinions: Vec<Opinion>,
    pub(crate) decided: Option<Decided>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opinion {
    pub(crate) who: String,
    pub(crate) ago: i32,
    pub(crate) words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decided {
    pub(crate) ago: i32,
    pub(crate) words: String,
    pub(crate) agreed: String,
    #[serde(default)]
    pub(crate) dissent: String,
    pub(crate) again_in: Option<i32>,
}

/// An adviser's note of a visit, as far as it has come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Note {
    pub(crate) ago: i32,
    pub(crate) words: String,
    pub(crate) shown: Option<i32>,
    pub(crate) comment: Option<Words>,
    #[serde(rename = "final")]
    pub(crate) made_final: Option<i32>,
}

/// A concern: written, shown to the school, answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Concern {
    pub(crate) ago: i32,
    pub(crate) noticed: String,
    pub(crate) remedy: String,
    /// By when, in days from then.
    pub(crate) within: i32,
    pub(crate) shown: i32,
    pub(crate) answer: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Release {
    pub(crate) ago: i32,
    pub(crate) kind: String,
    /// `adviser`: who accompanies the school; `governors`: its own; `programme`:
    /// those who lead it.
    pub(crate) to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewNow {
    pub(crate) ago: i32,
    pub(crate) finished: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Beside {
    pub(crate) ago: i32,
    /// Its priority, by place from 0; none: the whole.
    pub(crate) priority: Option<usize>,
    pub(crate) letter: Option<String>,
    pub(crate) words: String,
}
