//! Several sources, one event.

use super::known::{FIELDS, Field, Inspection, NOBODY, Origin, Said, Weight};
use super::{DatedBy, InspectionSheet, Judgement};
use crate::frameworks::FrameworkId;
use kernel::Date;

/// The most days between the first and the last day on site: a last day is
/// taken for that of an inspection which started so many days before.
pub const LONGEST_VISIT_DAYS: i32 = 10;

/// What a sheet did to what was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The inspection was not known.
    New,
    /// Something about it is different now.
    Changed,
    /// Nothing is different, but one more source says so (`said_by` is longer).
    Confirmed,
    /// Nothing is different; the record need not be written.
    Unchanged,
}

/// True where both tell of one event: the same school and kind of visit, and
/// the same day; or a last day at most [`LONGEST_VISIT_DAYS`] after a first one.
#[must_use]
pub fn same_event(known: &Inspection, sheet: &InspectionSheet) -> bool {
    if known.urn_at_inspection != sheet.urn_at_inspection || known.kind != sheet.kind {
        return false;
    }
    let few_days = |first: Date, last: Date| {
        first
            .until(last)
            .is_ok_and(|span| (0..=LONGEST_VISIT_DAYS).contains(&span.get_days()))
    };
    match (known.dated_by, sheet.dated_by) {
        (DatedBy::Start, DatedBy::End) => few_days(known.start, sheet.start),
        (DatedBy::End, DatedBy::Start) => few_days(sheet.start, known.start),
        _ => known.start == sheet.start,
    }
}

/// Of what is known of a school, the place of the inspection of which the sheet
/// tells: one of the same day before one that is only a few days off, and of
/// those the nearest.
#[must_use]
pub fn find_event(known: &[Inspection], sheet: &InspectionSheet) -> Option<usize> {
    let days = |inspection: &Inspection| {
        let span = inspection.start.until(sheet.start);
        span.map_or(i32::MAX, |span| span.get_days().abs())
    };
    known
        .iter()
        .enumerate()
        .filter(|(_, inspection)| same_event(inspection, sheet))
        .min_by_key(|(_, inspection)| (days(inspection), inspection.start))
        .map(|(at, _)| at)
}

/// Joins what a sheet says to what is known of the same event.
///
/// Field by field the more believed source wins: a file's own row before a
/// back-reference, then the higher rank, then the later day. What only the
/// other knew is kept; a blank never erases. The order in which files are read
/// does not matter, and reading one twice changes nothing. A first day replaces
/// a last day as the event's date, so that the result may have another
/// [`Inspection::key`] than `known`.
#[must_use]
pub fn merge(
    known: Option<&Inspection>,
    sheet: &InspectionSheet,
    origin: Origin,
) -> (Inspection, Change) {
    let Some(known) = known else {
        return (Inspection::new(sheet, origin), Change::New);
    };
    let mut merged = known.clone();
    let spoke_before = merged.said_by.len();
    merged.take(sheet, origin);
    let confirmed = merged.said_by.len() != spoke_before;
    let change = match (merged.says_the_same_as(known), confirmed) {
        (false, _) => Change::Changed,
        (true, true) => Change::Confirmed,
        (true, false) => Change::Unchanged,
    };
    (merged, change)
}

impl Inspection {
    /// What one sheet alone says.
    #[must_use]
    pub fn new(sheet: &InspectionSheet, origin: Origin) -> Self {
        let mut new = Self {
            urn_at_inspection: sheet.urn_at_inspection,
            kind: sheet.kind,
            start: sheet.start,
            dated_by: sheet.dated_by,
            carried_by: Vec::new(),
            standing: sheet.standing,
            framework: sheet.framework,
            overall: None,
            judgements: Vec::new(),
            category: None,
            safeguarding: None,
            outcome: None,
            number: None,
            end: None,
            published: None,
            type_words: None,
            said_by: Vec::new(),
            field_by: [NOBODY; FIELDS],
            judgement_by: Vec::new(),
        };
        new.take(sheet, origin);
        new
    }

    fn says_the_same_as(&self, other: &Self) -> bool {
        self.key() == other.key()
            && (self.dated_by, self.standing, self.framework)
                == (other.dated_by, other.standing, other.framework)
            && (self.overall, self.category, self.safeguarding)
                == (other.overall, other.category, other.safeguarding)
            && (self.end, self.published) == (other.end, other.published)
            && self.carried_by == other.carried_by
            && self.judgements == other.judgements
            && (&self.outcome, &self.number, &self.type_words)
                == (&other.outcome, &other.number, &other.type_words)
    }

    /// The place in `said_by` of this source, adding it where it is new.
    fn place(&mut self, said: Said) -> u8 {
        let known = self
            .said_by
            .iter()
            .position(|other| *other == said)
            .unwrap_or_else(|| {
                self.said_by.push(said);
                self.said_by.len() - 1
            });
        // The 255th source and those after it share a place: nobody imports so many.
        u8::try_from(known).unwrap_or(NOBODY - 1)
    }

    /// Whether a new word, by the source at `new`, goes before the one by `old`.
    fn believes(&self, new: u8, old: u8) -> bool {
        // On a tie the first stays: one file that contradicts itself is read from the top.
        self.weight(new) > self.weight(old)
    }

    fn wins(&mut self, field: Field, new: u8) -> bool {
        let old = self.field_by[field as usize];
        let wins = old == NOBODY || self.believes(new, old);
        if wins {
            self.field_by[field as usize] = new;
        }
        wins
    }

    fn take(&mut self, sheet: &InspectionSheet, origin: Origin) {
        let said = Said {
            origin,
            back_reference: sheet.back_reference,
        };
        let by = self.place(said);
        if let Some(urn) = sheet
            .carried_by
            .filter(|urn| *urn != self.urn_at_inspection)
            && let Err(at) = self.carried_by.binary_search(&urn)
        {
            self.carried_by.insert(at, urn);
        }
        self.take_dates(sheet, by);
        if self.wins(Field::Standing, by) {
            self.standing = sheet.standing;
        }
        macro_rules! take {
            ($field:ident, $name:ident) => {
                if sheet.$name.is_some() && self.wins(Field::$field, by) {
                    self.$name = sheet.$name.clone();
                }
            };
        }
        if sheet.framework == self.framework {
            // A grade of another framework is never put beside this one's.
            take!(Overall, overall);
            for judgement in &sheet.judgements {
                self.take_judgement(judgement, by);
            }
        }
        take!(Category, category);
        take!(Safeguarding, safeguarding);
        take!(Outcome, outcome);
        take!(Number, number);
        take!(Published, published);
        take!(TypeWords, type_words);
    }

    fn take_dates(&mut self, sheet: &InspectionSheet, by: u8) {
        let first_day_known = self.dated_by == DatedBy::Start;
        let says_first_day = sheet.dated_by == DatedBy::Start;
        if says_first_day && !first_day_known {
            // The date so far was the last day.
            if self.end.is_none() {
                self.end = Some(self.start);
            }
            self.start = sheet.start;
            self.dated_by = DatedBy::Start;
            self.change_framework(sheet.framework);
            self.field_by[Field::Framework as usize] = by;
        } else if (says_first_day == first_day_known) && self.wins(Field::Framework, by) {
            self.change_framework(sheet.framework);
        }
        let end = sheet.end.or((!says_first_day).then_some(sheet.start));
        if end.is_some() && self.wins(Field::End, by) {
            self.end = end;
        }
    }

    fn change_framework(&mut self, framework: FrameworkId) {
        if self.framework != framework {
            self.framework = framework;
            self.overall = None;
            self.field_by[Field::Overall as usize] = NOBODY;
            self.judgements.clear();
            self.judgement_by.clear();
        }
    }

    /// Grades of one area on different days stand side by side.
    fn take_judgement(&mut self, new: &Judgement, by: u8) {
        let order = |known: &Judgement| (&*known.area, known.dated).cmp(&(&*new.area, new.dated));
        let at = match self.judgements.binary_search_by(order) {
            Ok(at) => at,
            Err(at) => {
                self.judgements.insert(at, new.clone());
                self.judgement_by.insert(at, by);
                return;
            }
        };
        // ‘9’, ‘8’ and ‘Not judged’ say less than a grade.
        let known = (
            self.judgements[at].code.is_some(),
            self.weight(self.judgement_by[at]),
        );
        if (new.code.is_some(), self.weight(by)) > known {
            self.judgements[at] = new.clone();
            self.judgement_by[at] = by;
        }
    }

    fn weight(&self, at: u8) -> Option<Weight> {
        self.said_by.get(usize::from(at)).map(Said::weight)
    }
}
