//! How Ofsted's files write grades, categories, dates and blanks.

use crate::frameworks::Framework;
use crate::inspection::Category;
use crate::readers::Columns;
use kernel::table::{BadCell, Row};
use kernel::{Date, Urn};

/// A row with its columns' places.
pub(super) struct Cells<'a> {
    pub(super) columns: &'a Columns,
    pub(super) row: &'a Row,
}

/// A column of the layout by its place there; `None` where the layout has none.
pub(super) type At = Option<usize>;

/// What a grade's cell says.
pub(super) enum Grade<'a> {
    /// Nothing: the cell is blank or NULL.
    Silent,
    /// No judgement, in the file's words: ‘9’, ‘8’, ‘Not judged’.
    NoJudgement(&'a str),
    /// This code of the framework's scale.
    Code(u8, &'a str),
}

/// 9 is ‘not applicable or not judged’; what 8 means is not documented, so that
/// it is kept as it stands and taken for no judgement.
const NO_JUDGEMENT: [&str; 8] = [
    "8",
    "9",
    "not judged",
    "not applicable",
    "n/a",
    "na",
    "not rated",
    "no judgement",
];

impl<'a> Cells<'a> {
    /// The cell's text; `None` where it is blank or NULL.
    pub(super) fn text(&self, at: At) -> Option<&'a str> {
        let cell = self.columns.cell(self.row, at?);
        (!cell.is_empty() && !cell.eq_ignore_ascii_case("null")).then_some(cell)
    }

    /// The error that a cell is not what was expected.
    pub(super) fn bad(&self, at: At, expected: &str) -> BadCell {
        let at = at.unwrap_or(usize::MAX);
        let (name, cell) = (self.columns.name(at), self.columns.cell(self.row, at));
        BadCell::new(self.row.line(), name, cell, expected)
    }

    pub(super) fn date(&self, at: At) -> Result<Option<Date>, BadCell> {
        let Some(cell) = self.text(at) else {
            return Ok(None);
        };
        match date(cell) {
            Some(date) => Ok(Some(date)),
            None if no_judgement(cell) => Ok(None),
            None => Err(self.bad(at, "a date such as 31/08/2026")),
        }
    }

    pub(super) fn urn(&self, at: At) -> Result<Option<Urn>, BadCell> {
        let Some(cell) = self.text(at) else {
            return Ok(None);
        };
        match cell.parse() {
            Ok(urn) => Ok(Some(urn)),
            Err(_) if no_judgement(cell) => Ok(None),
            Err(_) => Err(self.bad(at, "a URN, six digits")),
        }
    }

    /// One URN, or several: ‘106070|106078’ where a copy of the file could not
    /// tell which of a school's predecessors was inspected.
    pub(super) fn urns(&self, at: At) -> Result<Vec<Urn>, BadCell> {
        match self.text(at) {
            Some(cell) if cell.contains('|') => cell
                .split('|')
                .map(|urn| {
                    urn.parse()
                        .map_err(|_| self.bad(at, "URNs, six digits each"))
                })
                .collect(),
            _ => Ok(self.urn(at)?.into_iter().collect()),
        }
    }

    /// A grade in the framework's scale: the code where files hold codes (the
    /// scales of 1 to 4), else Ofsted's word.
    pub(super) fn grade(&self, at: At, framework: &Framework) -> Result<Grade<'a>, BadCell> {
        let Some(cell) = self.text(at) else {
            return Ok(Grade::Silent);
        };
        let numbered = framework.scale.first().is_some_and(|best| best.code == 1);
        let digit = cell.parse().ok().filter(|_| numbered && cell.len() == 1);
        let code = digit
            .filter(|code| framework.label(*code).is_some())
            .or_else(|| framework.code(cell));
        match code {
            Some(code) => Ok(Grade::Code(code, cell)),
            None if no_judgement(cell) => Ok(Grade::NoJudgement(cell)),
            None => Err(self.bad(at, &expected_grade(framework, numbered))),
        }
    }

    pub(super) fn category(
        &self,
        at: At,
        framework: Option<&Framework>,
    ) -> Result<Option<Category>, BadCell> {
        let Some(cell) = self.text(at) else {
            return Ok(None);
        };
        if no_judgement(cell) || cell.eq_ignore_ascii_case("none") {
            return Ok(None);
        }
        let in_words = |known: &Category| {
            let words = framework.map_or(known.words(), |f| f.category_words(*known));
            cell.eq_ignore_ascii_case(words) || cell.eq_ignore_ascii_case(known.words())
        };
        Category::from_code(&cell.to_ascii_uppercase())
            .or_else(|| Category::ALL.into_iter().find(in_words))
            .map(Some)
            .ok_or_else(|| self.bad(at, "a category of concern: SM, SWK, NTI or RSI, or blank"))
    }

    /// Safeguarding effective or met.
    pub(super) fn safeguarding(&self, at: At) -> Result<Option<bool>, BadCell> {
        let Some(cell) = self.text(at) else {
            return Ok(None);
        };
        match cell.to_ascii_lowercase().as_str() {
            "yes" | "met" => Ok(Some(true)),
            "no" | "not met" => Ok(Some(false)),
            _ if no_judgement(cell) => Ok(None),
            _ => Err(self.bad(at, "Yes or No, or Met or Not met")),
        }
    }

    pub(super) fn flag(&self, at: At) -> Result<Option<bool>, BadCell> {
        let Some(cell) = self.text(at) else {
            return Ok(None);
        };
        match cell.to_ascii_lowercase().as_str() {
            "yes" | "y" => Ok(Some(true)),
            "no" | "n" => Ok(Some(false)),
            _ if no_judgement(cell) => Ok(None),
            _ => Err(self.bad(at, "Yes or No")),
        }
    }
}

fn no_judgement(cell: &str) -> bool {
    NO_JUDGEMENT
        .iter()
        .any(|known| cell.eq_ignore_ascii_case(known))
}

fn expected_grade(framework: &Framework, numbered: bool) -> String {
    let words: Vec<String> = framework
        .scale
        .iter()
        .map(|point| format!("‘{}’", point.label))
        .collect();
    let words = words.join(", ");
    let called = &framework.called;
    if numbered {
        format!("a grade under {called}: 1 to 4 ({words}), 8, 9, NULL or ‘Not judged’")
    } else {
        format!("a grade under {called}: {words}, or blank")
    }
}

/// Days first, as in England, or ISO; with or without a time of midnight.
fn date(cell: &str) -> Option<Date> {
    let day = cell.split([' ', 'T']).next().unwrap_or_default();
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        return civil(&day[..4], &day[4..6], &day[6..]);
    }
    let mut parts = day.split(['/', '-']);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if a.len() == 4 {
        civil(a, b, c)
    } else if c.len() == 4 {
        civil(c, b, a)
    } else {
        None
    }
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if ![year, month, day].into_iter().all(digits) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        .ok()
        .filter(|date| (1900..=2200).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_several_ways() {
        for text in [
            "19/06/2013",
            "2013-06-19",
            "19-06-2013",
            "20130619",
            "2013-06-19 00:00:00",
            "2013-06-19T00:00:00",
            "19/6/2013",
        ] {
            assert_eq!(date(text), Some(jiff::civil::date(2013, 6, 19)), "{text}");
        }
        for text in [
            "",
            "31/02/2013",
            "13/06/19",
            "06/2013",
            "1/2/3/2013",
            "２０１３０６１９",
            "+1/06/2013",
            "99999999",
            "-",
            "//2013",
            "0001-01-01",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
