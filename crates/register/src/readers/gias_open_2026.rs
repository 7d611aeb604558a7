//! Open schools of 2026 with their places on the map (a public copy).
//!
//! Its `ofsted` column is the old single grade with two dates, of which it does
//! not say which belongs to the grade. It is left aside: the history of graded
//! inspections carries each grade with its own date, and one read from here
//! would be a second, vaguer account of the same inspection.

use super::schools::Keep::{Choice, Degrees, No, Postcode, Status, Text, Urn};
use super::schools::{SchoolColumn, Schools, columns, may, must};
use super::{Column, Layout};
use crate::school::SchoolField as F;

const ELSEWHERE: &str = "the history of graded inspections carries it with its own date";

const TABLE: &[SchoolColumn; 10] = &[
    must(&["urn"], Urn),
    must(&["name"], Text(F::Name)),
    must(&["phase"], Choice(F::Phase)),
    must(&["status"], Status),
    must(&["lat"], Degrees(F::Latitude)),
    must(&["lng"], Degrees(F::Longitude)),
    may(&["ofsted"], No(ELSEWHERE)),
    may(&["ofstedDate"], No(ELSEWHERE)),
    may(&["ofstedNewerDate"], No(ELSEWHERE)),
    may(&["postcode"], Postcode),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// Open schools, 2026.
pub(super) static GIAS_OPEN_2026: &dyn Layout = &Schools {
    id: "gias-open-2026",
    title: "GIAS, open schools in 2026 with coordinates",
    publisher: "Department for Education",
    table: TABLE,
    columns: &COLUMNS,
};
