//! GIAS links: which school came before or after which.

use super::values::{self, A_DATE, A_URN};
use super::{About, Column, Columns, Layout, Record, RowReader, Taken};
use crate::lineage::{Link, LinkKind};
use kernel::table::{BadCell, Row};

const URN: usize = 0;
const OTHER: usize = 1;
const KIND: usize = 3;
const DATE: usize = 4;

static COLUMNS: [Column; 5] = [
    Column { names: &["URN"], required: true },
    Column { names: &["LinkURN"], required: true },
    // The other school's own row in the register names it.
    Column { names: &["LinkName"], required: false },
    Column { names: &["LinkType"], required: true },
    Column { names: &["LinkEstablishedDate"], required: false },
];

struct GiasLinks;

/// GIAS, links between establishments.
pub(super) static GIAS_LINKS: &dyn Layout = &GiasLinks;

impl Layout for GiasLinks {
    fn id(&self) -> &'static str {
        "gias-links"
    }

    fn title(&self) -> &'static str {
        "GIAS, links between establishments"
    }

    fn publisher(&self) -> &'static str {
        "Department for Education"
    }

    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn open(&self, columns: &Columns, _: &About) -> Box<dyn RowReader> {
        Box::new(LinkReader { columns: columns.clone() })
    }
}

struct LinkReader {
    columns: Columns,
}

impl RowReader for LinkReader {
    fn read(&mut self, row: &Row, out: &mut Vec<Record>) -> Result<Taken, BadCell> {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(Taken::LeftOut("a blank line"));
        }
        let urn = |index: usize| {
            let cell = self.columns.cell(row, index);
            values::urn(cell).ok_or_else(|| self.columns.bad(row, index, cell, A_URN))
        };
        let (urn, other) = (urn(URN)?, urn(OTHER)?);
        self.columns.check_width(row)?;
        let words = self.columns.cell(row, KIND);
        if words.is_empty() {
            let expected = "a kind of link, such as Predecessor";
            return Err(self.columns.bad(row, KIND, words, expected));
        }
        let cell = self.columns.cell(row, DATE);
        let established = match values::date(cell) {
            None if !values::is_blank(cell) => {
                return Err(self.columns.bad(row, DATE, cell, A_DATE));
            }
            date => date,
        };
        if urn == other {
            return Ok(Taken::LeftOut("a link of a school to itself"));
        }
        out.push(Record::Link(Link { urn, other, kind: kind(words), established }));
        Ok(Taken::Read)
    }
}

/// What the words say that the other school is. Kinds that do not say who came
/// first (‘Result of Amalgamation’ stands in both schools' entries, and so do
/// ‘Merged - …’, ‘Expansion’ and ‘Closure’) and sixth-form centres are no lineage.
fn kind(words: &str) -> LinkKind {
    let words = words.to_ascii_lowercase();
    let (side, how) = words.split_once('-').unwrap_or((&words, ""));
    match (side.trim(), how.trim()) {
        ("predecessor", "merged") => LinkKind::PredecessorMerged,
        ("predecessor", "split school") => LinkKind::PredecessorSplit,
        ("predecessor", _) => LinkKind::Predecessor,
        ("successor", "merged") => LinkKind::SuccessorMerged,
        ("successor", "split school") => LinkKind::SuccessorSplit,
        ("successor", _) => LinkKind::Successor,
        _ => LinkKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_2025_has_its_place() {
        use LinkKind::{
            Other, Predecessor, PredecessorMerged, PredecessorSplit, Successor, SuccessorMerged, SuccessorSplit,
        };
        for (words, expected) in [
            ("Predecessor", Predecessor),
            ("Predecessor - merged", PredecessorMerged),
            ("Predecessor - amalgamated", Predecessor),
            ("Predecessor - Split School", PredecessorSplit),
            ("Successor", Successor),
            ("Successor - merged", SuccessorMerged),
            ("Successor - amalgamated", Successor),
            ("Successor - Split School", SuccessorSplit),
            ("Result of Amalgamation", Other),
            ("Sixth Form Centre School", Other),
            ("Sixth Form Centre Link", Other),
            ("Merged - change in age range", Other),
            ("Merged - expansion of school capacity", Other),
            ("Expansion", Other),
            ("Closure", Other),
            ("Other", Other),
        ] {
            assert_eq!(kind(words), expected, "{words}");
        }
    }
}
