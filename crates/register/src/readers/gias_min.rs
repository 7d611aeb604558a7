//! GIAS, reduced extract of June 2024 (a public copy): names, phase and status
//! of every establishment, open and closed.

use super::schools::Keep::{Choice, Status, Text, Urn};
use super::schools::{SchoolColumn, Schools, columns, may, must};
use super::{Column, Layout};
use crate::school::SchoolField as F;

const TABLE: &[SchoolColumn; 6] = &[
    must(&["urn"], Urn),
    must(&["name"], Text(F::Name)),
    must(&["local_authority_name"], Choice(F::LaName)),
    must(&["phase_of_education"], Choice(F::Phase)),
    may(&["gender"], Choice(F::Gender)),
    must(&["status"], Status),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// GIAS, reduced extract of June 2024.
pub(super) static GIAS_MIN: &dyn Layout = &Schools {
    id: "gias-min",
    title: "GIAS, reduced extract of June 2024",
    publisher: "Department for Education",
    table: TABLE,
    columns: &COLUMNS,
};
