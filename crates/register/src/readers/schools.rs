//! What the readers of school registers have in common: a table that says for
//! each column what is kept of it.

use super::values::{self, A_DATE, A_URN, A_WHOLE};
use super::{About, Column, Columns, Layout, Record, RowReader, Taken};
use crate::lineage::{Link, LinkKind};
use crate::school::{Fact, SchoolField, SchoolSheet, State};
use kernel::Urn;
use kernel::table::{BadCell, Row};

/// What is kept of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Keep {
    /// The school's own URN.
    Urn,
    /// Known, and left aside for this reason.
    No(&'static str),
    /// Free text: a name, a street.
    Text(SchoolField),
    /// One of a list of words; fillers such as ‘Not applicable’ are states.
    Choice(SchoolField),
    /// As [`Keep::Choice`], where ‘None’ too says that it does not apply.
    ChoiceOrNone(SchoolField),
    /// The group of types in the performance tables' words, kept in the register's.
    Group,
    /// The status in words, kept in lower case.
    Status,
    /// The status as the register's code, 1 to 4.
    StatusCode,
    /// A whole number, not negative.
    Whole(SchoolField),
    /// An authority's three-digit code; 0 and 999 stand for ‘none’.
    Authority(SchoolField),
    /// A percentage, 0 to 100.
    Percent(SchoolField),
    /// A date.
    Date(SchoolField),
    /// A postcode.
    Postcode,
    /// Metres on the British National Grid.
    Metres(SchoolField),
    /// Degrees of latitude or longitude.
    Degrees(SchoolField),
    /// The school's own URN in a list where standing is the fact: ‘yes’.
    ListedUrn(SchoolField),
    /// The URN of the school that came before or after.
    OtherUrn,
}

impl Keep {
    /// The field in which it ends, where it is a fact.
    fn field(self) -> Option<SchoolField> {
        match self {
            Self::Urn | Self::No(_) | Self::OtherUrn => None,
            Self::Status | Self::StatusCode => Some(SchoolField::Status),
            Self::Group => Some(SchoolField::KindGroup),
            Self::Postcode => Some(SchoolField::Postcode),
            Self::Text(field)
            | Self::Choice(field)
            | Self::ChoiceOrNone(field)
            | Self::Whole(field)
            | Self::Authority(field)
            | Self::Percent(field)
            | Self::Date(field)
            | Self::Metres(field)
            | Self::Degrees(field)
            | Self::ListedUrn(field) => Some(field),
        }
    }
}

/// A column and what is kept of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SchoolColumn {
    pub(super) column: Column,
    pub(super) keep: Keep,
}

/// A column that a file of the layout always has.
pub(super) const fn must(names: &'static [&'static str], keep: Keep) -> SchoolColumn {
    SchoolColumn { column: Column { names, required: true }, keep }
}

/// A column that a file of the layout may have.
pub(super) const fn may(names: &'static [&'static str], keep: Keep) -> SchoolColumn {
    SchoolColumn { column: Column { names, required: false }, keep }
}

/// The columns of a table, for [`Layout::columns`].
pub(super) const fn columns<const N: usize>(table: &[SchoolColumn; N]) -> [Column; N] {
    let mut all = [Column { names: &[], required: false }; N];
    let mut at = 0;
    while at < N {
        all[at] = table[at].column;
        at += 1;
    }
    all
}

/// A register of schools, one school a row.
pub(super) struct Schools {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) publisher: &'static str,
    pub(super) table: &'static [SchoolColumn],
    pub(super) columns: &'static [Column],
}

impl Layout for Schools {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn publisher(&self) -> &'static str {
        self.publisher
    }

    fn columns(&self) -> &'static [Column] {
        self.columns
    }

    fn open(&self, columns: &Columns, _: &About) -> Box<dyn RowReader> {
        let find = |is: fn(Keep) -> bool| self.table.iter().position(|column| is(column.keep));
        let mut plan: Vec<(SchoolField, usize, Keep)> = self
            .table
            .iter()
            .enumerate()
            .filter(|(index, _)| columns.has(*index))
            .filter_map(|(index, column)| Some((column.keep.field()?, index, column.keep)))
            .collect();
        // Facts stand in the fields' order; where two columns say the same, the
        // one that comes first in the table is asked first.
        plan.sort_by_key(|(field, index, _)| (*field, *index));
        Box::new(SchoolReader {
            urn: find(|keep| matches!(keep, Keep::Urn | Keep::ListedUrn(_))).unwrap_or_default(),
            other: find(|keep| keep == Keep::OtherUrn).filter(|index| columns.has(*index)),
            columns: columns.clone(),
            plan,
        })
    }
}

struct SchoolReader {
    columns: Columns,
    urn: usize,
    other: Option<usize>,
    plan: Vec<(SchoolField, usize, Keep)>,
}

impl RowReader for SchoolReader {
    fn read(&mut self, row: &Row, out: &mut Vec<Record>) -> Result<Taken, BadCell> {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(Taken::LeftOut("a blank line"));
        }
        let cell = self.columns.cell(row, self.urn);
        let urn = values::urn(cell).ok_or_else(|| self.columns.bad(row, self.urn, cell, A_URN))?;
        self.columns.check_width(row)?;
        let mut facts: Vec<(SchoolField, Fact)> = Vec::with_capacity(self.plan.len());
        for (field, index, keep) in &self.plan {
            let cell = self.columns.cell(row, *index);
            if values::is_blank(cell) || facts.last().is_some_and(|(last, _)| last == field) {
                continue;
            }
            let fact = fact(*keep, cell).map_err(|expected| self.columns.bad(row, *index, cell, expected))?;
            facts.extend(fact.map(|fact| (*field, fact)));
        }
        leave_out_unknown_ages(&mut facts);
        let link = self.link(row, urn, &facts)?;
        out.push(Record::School(SchoolSheet { urn, facts }));
        out.extend(link.map(Record::Link));
        Ok(Taken::Read)
    }
}

impl SchoolReader {
    /// The link to the school that came before or after: before, where this one
    /// opened lately; after, where it closed; unsaid, where it did both.
    fn link(&self, row: &Row, urn: Urn, facts: &[(SchoolField, Fact)]) -> Result<Option<Link>, BadCell> {
        let Some(index) = self.other else {
            return Ok(None);
        };
        let cell = self.columns.cell(row, index);
        let digits = cell.strip_suffix(".0").unwrap_or(cell);
        // 999999 stands for ‘several’ and leads nowhere.
        if values::is_blank(cell) || digits == "999999" {
            return Ok(None);
        }
        let other = values::urn(digits).ok_or_else(|| self.columns.bad(row, index, cell, A_URN))?;
        let date = |wanted| {
            let (_, fact) = facts.iter().find(|(field, _)| *field == wanted)?;
            fact.date()
        };
        let (kind, established) = match (date(SchoolField::Opened), date(SchoolField::Closed)) {
            (Some(opened), None) => (LinkKind::Predecessor, Some(opened)),
            (None, Some(closed)) => (LinkKind::Successor, Some(closed)),
            _ => (LinkKind::Other, None),
        };
        Ok(Some(Link { urn, other, kind, established }))
    }
}

/// What a cell that is not blank says; `None` where it says nothing after all.
fn fact(keep: Keep, cell: &str) -> Result<Option<Fact>, &'static str> {
    let text = |text: String| Ok(Some(Fact::Text(text)));
    match keep {
        Keep::Urn | Keep::No(_) | Keep::OtherUrn => Ok(None),
        Keep::Text(_) => text(values::tidy(cell)),
        Keep::Choice(_) => Ok(Some(choice(cell))),
        Keep::ChoiceOrNone(_) if cell.eq_ignore_ascii_case("none") => {
            Ok(Some(without_value(State::NotApplicable, cell)))
        }
        Keep::ChoiceOrNone(_) => Ok(Some(choice(cell))),
        Keep::Group => Ok(Some(choice(group(cell)))),
        Keep::Status => text(values::tidy(cell).to_lowercase()),
        Keep::StatusCode => text(status(cell)?.to_owned()),
        Keep::Whole(_) => match values::whole(cell) {
            Some(number) if number >= 0 => Ok(Some(Fact::Whole(number))),
            _ => match values::state(cell) {
                Some(state) => Ok(Some(without_value(state, cell))),
                None => Err(A_WHOLE),
            },
        },
        Keep::Authority(_) => match values::whole(cell) {
            Some(0 | 999) => Ok(None),
            Some(code) if (1..999).contains(&code) => Ok(Some(Fact::Whole(code))),
            _ => Err("an authority’s code of three digits, such as 886"),
        },
        Keep::Percent(_) => match values::decimal(cell) {
            Some(number) if (0.0..=100.0).contains(&number) => Ok(Some(Fact::Decimal(number))),
            _ => match values::state(cell) {
                Some(state) => Ok(Some(without_value(state, cell))),
                None => Err("a percentage from 0 to 100"),
            },
        },
        Keep::Date(_) => match values::date(cell) {
            // The register's filler for a day that nobody knows any more.
            Some(date) if date == jiff::civil::date(1900, 1, 1) => Ok(None),
            Some(date) => text(date.to_string()),
            None => Err(A_DATE),
        },
        Keep::Postcode => text(values::postcode(cell)),
        Keep::Metres(_) => match values::whole(cell) {
            // The grid's corner lies in the sea: 0 stands for ‘not known’.
            Some(0) => Ok(None),
            Some(metres) if (1..1_300_000).contains(&metres) => Ok(Some(Fact::Whole(metres))),
            _ => Err("metres on the National Grid, such as 533498"),
        },
        Keep::Degrees(_) => match values::decimal(cell) {
            // The grid's corner in degrees, so ‘not known’ as well.
            Some(degrees) if degrees == 49.766_821 || degrees == -7.557_149 => Ok(None),
            Some(degrees) if (-180.0..=180.0).contains(&degrees) => Ok(Some(Fact::Decimal(degrees))),
            _ => Err("degrees such as 51.5140"),
        },
        Keep::ListedUrn(_) => text("yes".to_owned()),
    }
}

fn choice(cell: &str) -> Fact {
    match values::filler(cell) {
        Some(state) => without_value(state, cell),
        None => Fact::Text(values::tidy(cell)),
    }
}

fn without_value(state: State, marker: &str) -> Fact {
    Fact::State { state, marker: marker.to_owned() }
}

/// A group as the register names it. Free schools are academies there by law,
/// in a group of their own, which the tables do not tell apart.
fn group(cell: &str) -> &str {
    match cell {
        "Maintained School" => "Local authority maintained schools",
        "Academy" => "Academies",
        "Independent School" => "Independent schools",
        "Special School" => "Special schools",
        "College" => "Colleges",
        other => other,
    }
}

fn status(code: &str) -> Result<&'static str, &'static str> {
    match code {
        "1" => Ok("open"),
        "2" => Ok("closed"),
        "3" => Ok("open, but proposed to close"),
        "4" => Ok("proposed to open"),
        _ => Err("a status code from 1 to 4"),
    }
}

/// A highest age of 0 stands for ‘not known’, and then the lowest says nothing either.
fn leave_out_unknown_ages(facts: &mut Vec<(SchoolField, Fact)>) {
    let unknown = facts.iter().any(|(field, fact)| *field == SchoolField::HighAge && *fact == Fact::Whole(0));
    if unknown {
        facts.retain(|(field, _)| !matches!(field, SchoolField::LowAge | SchoolField::HighAge));
    }
}
