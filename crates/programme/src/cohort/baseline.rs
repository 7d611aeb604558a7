//! Where a school stood on joining: taken from the public record once, then
//! frozen.

use kernel::{Date, Urn, words::long_date};
use register::{
    frameworks::FrameworkId,
    public_record::{Event, PublicRecord},
};
use serde::{Deserialize, Serialize};

/// Where a school stood on joining.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// By which graded inspection, where the record has one.
    pub standing: Option<Standing>,
    /// The version of the register in memory from which it was taken.
    pub register_version: i64,
    /// The day on which it was frozen.
    pub frozen_on: Date,
}

/// The graded inspection by which a school stood on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The URN that was inspected; a predecessor's where the school had not
    /// been inspected in its own form.
    pub urn: Urn,
    /// Its day.
    pub start: Date,
    /// Its framework's short name.
    pub framework: String,
    /// Overall effectiveness, 1 to 4.
    pub overall: Option<u8>,
    /// Good or equivalent, by the cohort's rule; `None` where it says nothing.
    pub good: Option<bool>,
}

impl Standing {
    /// What an inspection says of where a school stands.
    #[must_use]
    pub fn of(event: &Event, rule: usize) -> Self {
        Self {
            urn: event.urn,
            start: event.start,
            framework: event.framework.key().to_owned(),
            overall: event.overall,
            good: event.is_good(rule),
        }
    }

    /// The grade in the words of its framework.
    #[must_use]
    pub fn grade(&self) -> &'static str {
        let framework = FrameworkId::from_key(&self.framework).map(FrameworkId::get);
        match (framework, self.overall) {
            (Some(framework), Some(grade)) => {
                framework.label(grade).unwrap_or("Not judged overall")
            }
            _ => "Not judged overall",
        }
    }

    /// ‘Satisfactory, 2 February 2010’.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{}, {}", self.grade(), long_date(self.start))
    }
}

/// Where the school stands on `on` in the record as it is now.
#[must_use]
pub fn baseline_of(
    record: &PublicRecord,
    urn: Option<Urn>,
    on: Date,
    rule: usize,
    today: Date,
) -> Baseline {
    let standing = urn.and_then(|urn| {
        record
            .graded_by(urn, on)
            .last()
            .map(|event| Standing::of(event, rule))
    });
    Baseline {
        standing,
        register_version: record.version,
        frozen_on: today,
    }
}
