//! What the readers of results have in common: a table that says for each
//! column which measure it is, by the official file's own name for it.

use super::values::{self, A_MEASURE, A_URN};
use super::{About, Column, Columns, Layout, Record, RowReader, Taken};
use crate::results::{Dataset, ResultSheet};
use crate::school::Fact;
use kernel::table::{BadCell, Row};

/// What is kept of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Keep {
    /// The school's URN.
    Urn,
    /// The kind of row: 1 and 2 are schools, the others totals.
    RecordType,
    /// Authority or establishment number; ‘NAT’, ‘PRI’ and the like mark a total.
    Place,
    /// The academic year of the row.
    Year,
    /// Known, and left aside for this reason.
    No(&'static str),
    /// A whole number of pupils.
    Count(&'static str),
    /// A number with decimals, or a percentage (0 to 100).
    Number(&'static str),
    /// A word or code: ‘4B’.
    Words(&'static str),
}

/// A column and what is kept of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ResultColumn {
    pub(super) column: Column,
    pub(super) keep: Keep,
}

/// A column that a file of the layout always has.
pub(super) const fn must(names: &'static [&'static str], keep: Keep) -> ResultColumn {
    ResultColumn { column: Column { names, required: true }, keep }
}

/// A column that a file of the layout may have.
pub(super) const fn may(names: &'static [&'static str], keep: Keep) -> ResultColumn {
    ResultColumn { column: Column { names, required: false }, keep }
}

/// A count under its official name, which a file may have.
pub(super) const fn count(name: &'static [&'static str; 1]) -> ResultColumn {
    may(name, Keep::Count(name[0]))
}

/// A number under its official name, which a file may have.
pub(super) const fn number(name: &'static [&'static str; 1]) -> ResultColumn {
    may(name, Keep::Number(name[0]))
}

/// The columns of a table, for [`Layout::columns`].
pub(super) const fn columns<const N: usize>(table: &[ResultColumn; N]) -> [Column; N] {
    let mut all = [Column { names: &[], required: false }; N];
    let mut at = 0;
    while at < N {
        all[at] = table[at].column;
        at += 1;
    }
    all
}

/// A table of results, one school a row.
pub(super) struct Results {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) publisher: &'static str,
    pub(super) dataset: Dataset,
    pub(super) table: &'static [ResultColumn],
    pub(super) columns: &'static [Column],
}

impl Layout for Results {
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

    fn open(&self, columns: &Columns, about: &About) -> Box<dyn RowReader> {
        let plan: Vec<(usize, Keep)> = self
            .table
            .iter()
            .enumerate()
            .filter(|(index, _)| columns.has(*index))
            .map(|(index, column)| (index, column.keep))
            .collect();
        let period = about.year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        Box::new(ResultReader { dataset: self.dataset, columns: columns.clone(), plan, period })
    }
}

struct ResultReader {
    dataset: Dataset,
    columns: Columns,
    plan: Vec<(usize, Keep)>,
    /// Of rows that do not say theirs.
    period: String,
}

impl RowReader for ResultReader {
    fn read(&mut self, row: &Row, out: &mut Vec<Record>) -> Result<Taken, BadCell> {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(Taken::LeftOut("a blank line"));
        }
        if self.is_total(row) {
            return Ok(Taken::LeftOut("a total for England or an authority"));
        }
        self.columns.check_width(row)?;
        let (mut urn, mut period) = (None, None);
        let mut measures = Vec::with_capacity(self.plan.len());
        for (index, keep) in &self.plan {
            let cell = self.columns.cell(row, *index);
            let bad = |expected| self.columns.bad(row, *index, cell, expected);
            match keep {
                Keep::Urn => urn = Some(values::urn(cell).ok_or_else(|| bad(A_URN))?),
                Keep::Year if !cell.is_empty() => {
                    let year = values::academic_year(cell);
                    period = Some(year.ok_or_else(|| bad("a year such as 2018"))?.to_string());
                }
                Keep::RecordType if !matches!(cell, "1" | "2") => {
                    return Err(bad("a kind of row from 1 to 5"));
                }
                Keep::Count(name) | Keep::Number(name) | Keep::Words(name) if !cell.is_empty() => {
                    let fact = measure(*keep, cell).ok_or_else(|| bad(A_MEASURE))?;
                    measures.push(((*name).to_owned(), fact));
                }
                _ => {}
            }
        }
        // Every results layout requires its URN column, so that it is in the plan.
        let Some(urn) = urn else {
            return Ok(Taken::LeftOut("a row without a school"));
        };
        if measures.is_empty() {
            return Ok(Taken::LeftOut("a school without any result"));
        }
        out.push(Record::Results(ResultSheet {
            urn,
            dataset: self.dataset,
            period: period.unwrap_or_else(|| self.period.clone()),
            measures,
        }));
        Ok(Taken::Read)
    }
}

impl ResultReader {
    fn is_total(&self, row: &Row) -> bool {
        self.plan.iter().any(|(index, keep)| {
            let cell = self.columns.cell(row, *index);
            match keep {
                Keep::RecordType => matches!(cell, "3" | "4" | "5"),
                Keep::Urn | Keep::Place => {
                    matches!(cell, "NAT" | "PRI" | "SEC" | "SPE" | "SPEC" | "LA")
                }
                _ => false,
            }
        })
    }
}

/// What a measure's cell that is not empty says; `None` where it cannot be.
fn measure(keep: Keep, cell: &str) -> Option<Fact> {
    if let Some(state) = values::state(cell) {
        return Some(Fact::State { state, marker: cell.to_owned() });
    }
    match keep {
        Keep::Words(_) => Some(Fact::Text(values::tidy(cell))),
        Keep::Count(_) if !cell.ends_with('%') => {
            values::whole(cell).map(Fact::Whole).or_else(|| values::decimal(cell).map(Fact::Decimal))
        }
        _ => values::decimal(cell).map(Fact::Decimal),
    }
}
