//! Absence in the performance tables.

use super::results::{Keep, ResultColumn, Results, columns, may, must, number};
use super::{Column, Layout};
use crate::results::Dataset;

const TABLE: &[ResultColumn; 8] = &[
    must(&["URN"], Keep::Urn),
    must(&["LA"], Keep::Place),
    must(&["ESTAB"], Keep::Place),
    // Sessions missed, per cent of those possible.
    must(&["PERCTOT"], Keep::Number("PERCTOT")),
    number(&["PERCUA"]),
    // Pupils who missed 10 (to 2014/15: 15; to 2009/10: 20) per cent or more.
    number(&["PPERSABS10"]),
    number(&["PPERSABS15"]),
    may(&["PPERSABS20"], Keep::Number("PPERSABS20")),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// Absence in the performance tables.
pub(super) static ABSENCE: &dyn Layout = &Results {
    id: "absence",
    title: "Performance tables, absence",
    publisher: "Department for Education",
    dataset: Dataset::Absence,
    table: TABLE,
    columns: &COLUMNS,
};
