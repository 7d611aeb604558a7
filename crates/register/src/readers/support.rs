//! Schools in the government's targeted support (RISE): a list, in which
//! standing is the fact.
//!
//! Its phase column also holds types (‘Special school’, ‘Pupil referral unit’)
//! and is left aside; the register has the phase.

use super::schools::Keep::{Choice, ListedUrn, No, Text};
use super::schools::{SchoolColumn, Schools, columns, may, must};
use super::{Column, Layout};
use crate::school::SchoolField as F;

const TABLE: &[SchoolColumn; 6] = &[
    must(&["School URN"], ListedUrn(F::TargetedSupport)),
    must(&["School Name"], Text(F::Name)),
    must(&["Region"], Choice(F::Region)),
    may(&["Local Authority"], Choice(F::LaName)),
    may(&["Phase of Education"], No("mixes phases and types")),
    may(&["School Type"], Choice(F::Kind)),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// Schools in targeted support (RISE).
pub(super) static RISE: &dyn Layout = &Schools {
    id: "rise",
    title: "Schools in targeted support (RISE)",
    publisher: "Department for Education",
    table: TABLE,
    columns: &COLUMNS,
};
