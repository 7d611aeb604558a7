//! Schools of 2020 with dates of opening and closing (a public copy of the
//! performance tables' list of schools, with its columns renamed).
//!
//! - `Rating` and `Inspect Date` are left aside: the history of graded
//!   inspections carries each grade with its own date.
//! - `Type` is a coarse group, not the register's type.
//! - `Primary`, `Secondary` and `Post 16` are flags of the tables in which a
//!   school appears, not its phase: a sixth-form college that has just opened
//!   is marked primary.
//! - `Other URN` is the school that came before or after, 999999 where several.

use super::schools::Keep::{
    Authority, Choice, ChoiceOrNone, Date, Group, No, OtherUrn, Postcode, StatusCode, Text, Urn, Whole,
};
use super::schools::{SchoolColumn, Schools, columns, may, must};
use super::{Column, Layout};
use crate::school::SchoolField as F;

const ELSEWHERE: &str = "the history of graded inspections carries it with its own date";
const NO_PHASE: &str = "the tables in which it appears, not its phase";

const TABLE: &[SchoolColumn; 21] = &[
    must(&["URN"], Urn),
    must(&["Name"], Text(F::Name)),
    may(&["Street"], Text(F::Street)),
    may(&["City"], Text(F::Town)),
    may(&["Postcode"], Postcode),
    must(&["Status"], StatusCode),
    may(&["Rating"], No(ELSEWHERE)),
    may(&["Inspect Date"], No(ELSEWHERE)),
    must(&["Date Opened"], Date(F::Opened)),
    must(&["Date Closed"], Date(F::Closed)),
    may(&["Type"], Group),
    may(&["Primary"], No(NO_PHASE)),
    may(&["Secondary"], No(NO_PHASE)),
    may(&["Post 16"], No(NO_PHASE)),
    may(&["Age From"], Whole(F::LowAge)),
    may(&["Age To"], Whole(F::HighAge)),
    may(&["Gender"], Choice(F::Gender)),
    may(&["Gender Post 16"], No("the gender of the school is kept")),
    may(&["Religion"], ChoiceOrNone(F::ReligiousCharacter)),
    may(&["Other URN"], OtherUrn),
    may(&["Local Authority"], Authority(F::LaCode)),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// Schools of 2020 with dates of opening and closing.
pub(super) static SCHOOLS_2020: &dyn Layout = &Schools {
    id: "schools-2020",
    title: "Schools in 2020 with dates of opening and closing",
    publisher: "Department for Education",
    table: TABLE,
    columns: &COLUMNS,
};
