//! An inspection as all sources together tell of it.

use super::{Category, DatedBy, InspectionKind, Judgement, Standing};
use crate::frameworks::FrameworkId;
use kernel::{Date, Urn};
use serde::{Deserialize, Serialize};

/// An imported file, by the number that the caller gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub u32);

/// Where a sheet comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub source: SourceId,
    /// The day on which its facts stood; the later one is believed.
    pub as_of: Date,
    /// Comes before the day: a higher rank is believed over a lower one
    /// whatever their days. 0 unless a source is known to be better or worse.
    pub rank: u8,
}

/// A source that spoke of an inspection, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The source.
    pub origin: Origin,
    /// True where it told of the inspection only in passing.
    pub back_reference: bool,
}

/// How much a source is believed: own row, rank, day, number.
pub(super) type Weight = (bool, u8, Date, SourceId);

impl Said {
    /// Of two, the greater is believed. By source number last, so that the
    /// order of imports does not matter.
    pub(super) fn weight(&self) -> Weight {
        let Origin {
            source,
            as_of,
            rank,
        } = self.origin;
        (!self.back_reference, rank, as_of, source)
    }
}

/// A part of an inspection that a source may state. Judgements carry their own source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// [`Inspection::framework`] and [`Inspection::start`].
    Framework,
    /// [`Inspection::standing`].
    Standing,
    /// [`Inspection::overall`].
    Overall,
    /// [`Inspection::category`].
    Category,
    /// [`Inspection::safeguarding`].
    Safeguarding,
    /// [`Inspection::outcome`].
    Outcome,
    /// [`Inspection::number`].
    Number,
    /// [`Inspection::end`].
    End,
    /// [`Inspection::published`].
    Published,
    /// [`Inspection::type_words`].
    TypeWords,
}

/// How many [`Field`]s there are.
pub(super) const FIELDS: usize = 10;
/// Nobody stated the field.
pub(super) const NOBODY: u8 = u8::MAX;

/// An inspection as all sources together tell of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// The URN that was inspected.
    pub urn_at_inspection: Urn,
    /// Graded, ungraded or monitoring.
    pub kind: InspectionKind,
    /// First day on site; the last where [`Self::dated_by`] says so.
    pub start: Date,
    /// Which day [`Self::start`] is.
    pub dated_by: DatedBy,
    /// Other URNs under which files list it, ascending.
    pub carried_by: Vec<Urn>,
    /// Published or suspended.
    pub standing: Standing,
    /// The framework under which it was made.
    pub framework: FrameworkId,
    /// Overall effectiveness in the scale of its framework.
    pub overall: Option<u8>,
    /// What was said of each area, by the area's key and then by its day; a
    /// grade that a monitoring visit changed stands beside the older one.
    pub judgements: Vec<Judgement>,
    /// Category of concern.
    pub category: Option<Category>,
    /// Safeguarding effective or met.
    pub safeguarding: Option<bool>,
    /// An ungraded or monitoring outcome, in the file's words. Never a grade.
    pub outcome: Option<String>,
    /// Ofsted's number.
    pub number: Option<String>,
    /// Last day on site.
    pub end: Option<Date>,
    /// Publication of the report.
    pub published: Option<Date>,
    /// The type in Ofsted's words.
    pub type_words: Option<String>,
    /// Who spoke of it, in the order in which they were read.
    pub said_by: Vec<Said>,
    /// For each field the place in `said_by` of the source that is believed.
    pub(super) field_by: [u8; FIELDS],
    /// The same for each judgement.
    pub(super) judgement_by: Vec<u8>,
}

/// What tells one inspection from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InspectionKey {
    /// The URN that was inspected.
    pub urn_at_inspection: Urn,
    /// Graded, ungraded or monitoring.
    pub kind: InspectionKind,
    /// First day, or the last where only that is known.
    pub start: Date,
}

impl Inspection {
    /// What tells it from others.
    #[must_use]
    pub fn key(&self) -> InspectionKey {
        InspectionKey {
            urn_at_inspection: self.urn_at_inspection,
            kind: self.kind,
            start: self.start,
        }
    }

    /// The school whose inspection this was.
    ///
    /// Mostly the URN that was inspected. But where two schools merged under
    /// the older number of one of them, the register dates that number anew,
    /// and copies of the inspection histories then put everything before down
    /// to the other school. A number given before 2005 was there itself, so an
    /// inspection that is listed under it is its own.
    #[must_use]
    pub fn of_school(&self) -> Urn {
        let listed = self.carried_by.iter().find(|urn| urn.given_before_2005());
        listed.copied().unwrap_or(self.urn_at_inspection)
    }

    /// Whose word a field is.
    #[must_use]
    pub fn source_of(&self, field: Field) -> Option<SourceId> {
        let said = self
            .said_by
            .get(usize::from(self.field_by[field as usize]))?;
        Some(said.origin.source)
    }

    /// Whose word the judgement of an area is.
    #[must_use]
    pub fn source_of_area(&self, area: &str) -> Option<SourceId> {
        let at = self.judgements.iter().rposition(|j| j.area == area)?;
        let said = self.said_by.get(usize::from(*self.judgement_by.get(at)?))?;
        Some(said.origin.source)
    }

    /// The judgement of an area, by its key: the newest, where a monitoring
    /// visit has changed it since.
    #[must_use]
    pub fn judgement(&self, area: &str) -> Option<&Judgement> {
        self.judgements.iter().rfind(|j| j.area == area)
    }

    /// The inspection as it stood on a day: without grades that a monitoring
    /// visit gave after it.
    #[must_use]
    pub fn as_it_stood(&self, day: Date) -> std::borrow::Cow<'_, Self> {
        let later = |judgement: &Judgement| judgement.dated.is_some_and(|dated| dated > day);
        if !self.judgements.iter().any(later) {
            return std::borrow::Cow::Borrowed(self);
        }
        let mut then = self.clone();
        let kept = |judgement: &&Judgement| !later(judgement);
        then.judgements = self.judgements.iter().filter(kept).cloned().collect();
        then.judgement_by = std::iter::zip(&self.judgements, &self.judgement_by)
            .filter(|(judgement, _)| !later(judgement))
            .map(|(_, by)| *by)
            .collect();
        std::borrow::Cow::Owned(then)
    }

    /// The newest code of an area, by its key.
    #[must_use]
    pub fn code(&self, area: &str) -> Option<u8> {
        self.judgement(area)?.code
    }

    /// True for a published graded inspection of which a grade is known.
    #[must_use]
    pub fn has_grade(&self) -> bool {
        self.kind == InspectionKind::Graded
            && self.standing == Standing::Published
            && (self.overall.is_some() || self.judgements.iter().any(|j| j.code.is_some()))
    }
}
