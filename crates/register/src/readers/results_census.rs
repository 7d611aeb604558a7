//! The school census in the performance tables: pupils, special needs, first
//! language, free school meals.
//!
//! ‘NA’ stands there for independent schools, of which most of it is not asked.

use super::results::{Keep, ResultColumn, Results, columns, count, must, number};
use super::{Column, Layout};
use crate::results::Dataset;

const TABLE: &[ResultColumn; 25] = &[
    must(&["URN"], Keep::Urn),
    must(&["LA"], Keep::Place),
    must(&["ESTAB"], Keep::Place),
    super::results::may(&["SCHOOLTYPE"], Keep::Words("SCHOOLTYPE")),
    // Pupils on roll, girls, boys.
    must(&["NOR"], Keep::Count("NOR")),
    count(&["NORG"]),
    count(&["NORB"]),
    number(&["PNORG"]),
    number(&["PNORB"]),
    // With a statement or an education, health and care plan.
    must(&["TSENELSE"], Keep::Count("TSENELSE")),
    number(&["PSENELSE"]),
    // With special needs and without either.
    count(&["TSENELK"]),
    number(&["PSENELK"]),
    // First language: other than English, English, not known.
    count(&["NUMEAL"]),
    count(&["NUMENGFL"]),
    count(&["NUMUNCFL"]),
    number(&["PNUMEAL"]),
    number(&["PNUMENGFL"]),
    number(&["PNUMUNCFL"]),
    // Eligible for free school meals now, and at any time in six years.
    count(&["NUMFSM"]),
    number(&["PNUMFSM"]),
    count(&["NUMFSMEVER"]),
    number(&["PNUMFSMEVER"]),
    // The older tables' special needs: with a plan or at School Action Plus.
    count(&["TSENSAP"]),
    number(&["PSENSAP"]),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// The school census in the performance tables.
pub(super) static CENSUS: &dyn Layout = &Results {
    id: "census",
    title: "Performance tables, school census",
    publisher: "Department for Education",
    dataset: Dataset::Census,
    table: TABLE,
    columns: &COLUMNS,
};
