//! What an inspection said, in the words of its own framework.
//!
//! A reader makes an [`InspectionSheet`]: what one source says. [`merge()`] joins
//! what several sources say of one event into an [`Inspection`], field by
//! field, and remembers who said what.

mod compact;
mod known;
mod merge;
#[cfg(test)]
mod tests;
mod words;

pub use known::{Field, Inspection, InspectionKey, Origin, Said, SourceId};
pub use merge::{Change, LONGEST_VISIT_DAYS, find_event, merge, same_event};
pub use words::{latest_graded, outcome_words};

use crate::frameworks::FrameworkId;
use kernel::{Date, Urn};
use serde::{Deserialize, Serialize};

/// What one source says of one inspection.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectionSheet {
    /// The URN that was inspected: a predecessor's, where the school has since changed its form.
    pub urn_at_inspection: Urn,
    /// The URN under which the file lists it, where that is another.
    pub carried_by: Option<Urn>,
    /// First day on site; the last day where [`Self::dated_by`] says so.
    pub start: Date,
    /// Which day [`Self::start`] is.
    pub dated_by: DatedBy,
    /// Graded, ungraded or monitoring.
    pub kind: InspectionKind,
    /// True where the file tells of it only in passing (‘Previous inspection
    /// start date’). Such columns are sometimes wrong, so that whatever a file
    /// says of the inspection in its own row comes before.
    pub back_reference: bool,
    /// Published or suspended.
    pub standing: Standing,
    /// The framework in force, from the date and, where the file is about one framework only, from the file.
    pub framework: FrameworkId,
    /// Overall effectiveness 1 to 4 in the words of its framework; `None` where none was judged.
    pub overall: Option<u8>,
    /// What was said of each area.
    pub judgements: Vec<Judgement>,
    /// Category of concern.
    pub category: Option<Category>,
    /// Safeguarding effective or met: yes, no, or not said.
    pub safeguarding: Option<bool>,
    /// An ungraded or monitoring inspection's outcome, in the file's words. Never a grade.
    pub outcome: Option<String>,
    /// Ofsted's number, ‘ITS447121’ or ‘10012345’.
    pub number: Option<String>,
    /// Last day on site.
    pub end: Option<Date>,
    /// Publication of the report.
    pub published: Option<Date>,
    /// The type in Ofsted's words: ‘S5 Inspection’.
    pub type_words: Option<String>,
}

impl InspectionSheet {
    /// A graded inspection of `urn` that started on `start`, with nothing else said.
    #[must_use]
    pub fn graded(urn: Urn, start: Date, framework: FrameworkId) -> Self {
        Self {
            urn_at_inspection: urn,
            carried_by: None,
            start,
            dated_by: DatedBy::Start,
            kind: InspectionKind::Graded,
            back_reference: false,
            standing: Standing::Published,
            framework,
            overall: None,
            judgements: Vec::new(),
            category: None,
            safeguarding: None,
            outcome: None,
            number: None,
            end: None,
            published: None,
            type_words: None,
        }
    }
}

/// Which day an inspection's date is: the 2005–2015 file states only the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatedBy {
    /// The first day on site.
    Start,
    /// The last day on site.
    End,
}

/// What kind of visit it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InspectionKind {
    /// Full inspection with grades (section 5, section 8 deemed section 5, report card).
    Graded,
    /// Short or ungraded inspection: keeps, never gives, a grade.
    Ungraded,
    /// Monitoring visit.
    Monitoring,
}

impl InspectionKind {
    /// The short name under which it is stored and exported.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Graded => "graded",
            Self::Ungraded => "ungraded",
            Self::Monitoring => "monitoring",
        }
    }

    /// The kind with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Graded, Self::Ungraded, Self::Monitoring]
            .into_iter()
            .find(|kind| kind.key() == key)
    }
}

/// Whether its outcome stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The outcome is published.
    Published,
    /// Suspended: safeguarding alone fell short and is judged fixable within
    /// three months; no grades until the return visit.
    Suspended,
}

/// What was said of one area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The area's key in its framework file: `leadership`.
    pub area: String,
    /// The code in the framework's scale (1 to 4 before November 2025; 5 to 1
    /// in report cards), or `None` where the file holds no judgement.
    pub code: Option<u8>,
    /// The cell as it stands in the file: ‘2’, ‘9’, ‘8’, ‘Strong standard’, ‘Not judged’.
    pub raw: String,
    /// The day of this area's grade, where it is another than the inspection's
    /// (a monitoring visit can change one area).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Date>,
}

/// A category of concern, in Ofsted's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Category {
    /// Special measures (to November 2025); ‘requires special measures’ since.
    #[serde(rename = "SM")]
    SpecialMeasures,
    /// Notice to improve, to August 2012.
    #[serde(rename = "NTI")]
    NoticeToImprove,
    /// Serious weaknesses, September 2012 to November 2025.
    #[serde(rename = "SWK")]
    SeriousWeaknesses,
    /// Requires significant improvement, from November 2025.
    #[serde(rename = "RSI")]
    RequiresSignificantImprovement,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::SpecialMeasures,
        Self::NoticeToImprove,
        Self::SeriousWeaknesses,
        Self::RequiresSignificantImprovement,
    ];

    /// Ofsted's code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SpecialMeasures => "SM",
            Self::NoticeToImprove => "NTI",
            Self::SeriousWeaknesses => "SWK",
            Self::RequiresSignificantImprovement => "RSI",
        }
    }

    /// The category with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|category| category.code() == code)
    }

    /// In Ofsted's words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SpecialMeasures => "special measures",
            Self::NoticeToImprove => "notice to improve",
            Self::SeriousWeaknesses => "serious weaknesses",
            Self::RequiresSignificantImprovement => "requires significant improvement",
        }
    }
}
