//! The list of schools of the performance tables (‘spine’), XLSX or CSV.
//!
//! As in its public copy `schools-2020`, the flags for primary, secondary and
//! post-16 say in which tables a school appears, not its phase; `MINORGROUP` is
//! a coarse group beside the type proper, `NFTYPE`.

use super::schools::Keep::{
    Authority, Choice, ChoiceOrNone, Date, Group, No, OtherUrn, Postcode, StatusCode, Text, Urn, Whole,
};
use super::schools::{SchoolColumn, Schools, columns, may, must};
use super::{Column, Layout};
use crate::school::SchoolField as F;

const NO_PHASE: &str = "the tables in which it appears, not its phase";
const NOT_NEEDED: &str = "nothing here asks for it";

const TABLE: &[SchoolColumn; 31] = &[
    must(&["URN"], Urn),
    may(&["LA"], Authority(F::LaCode)),
    may(&["ESTAB"], Whole(F::EstabNumber)),
    may(&["LAESTAB"], No("its two parts are kept")),
    must(&["SCHNAME"], Text(F::Name)),
    may(&["OTHERSCHNAME"], No("the other school's own row names it")),
    may(&["STREET"], Text(F::Street)),
    may(&["LOCALITY"], Text(F::Locality)),
    may(&["ADDRESS3"], No(NOT_NEEDED)),
    may(&["TOWN"], Text(F::Town)),
    may(&["POSTCODE"], Postcode),
    may(&["TELNUM"], No("personal data")),
    must(&["ICLOSE"], StatusCode),
    may(&["OPENDATE"], Date(F::Opened)),
    may(&["CLOSEDATE"], Date(F::Closed)),
    may(&["ISNEW"], No("the date of opening says it")),
    may(&["MINORGROUP"], Group),
    must(&["NFTYPE"], Choice(F::Kind)),
    may(&["OTHERNFTYPE"], No("the other school's own row says it")),
    may(&["ISPRIMARY"], No(NO_PHASE)),
    may(&["ISSECONDARY"], No(NO_PHASE)),
    may(&["ISPOST16"], No(NO_PHASE)),
    may(&["AGEL"], Whole(F::LowAge)),
    may(&["AGEH"], Whole(F::HighAge)),
    may(&["GENDER"], Choice(F::Gender)),
    may(&["SIXFGENDER"], No("the gender of the school is kept")),
    may(&["RELDENOM"], ChoiceOrNone(F::ReligiousCharacter)),
    may(&["ADMPOL"], Choice(F::Admissions)),
    may(&["OTHERURN"], OtherUrn),
    may(&["NEWACFLAG"], No(NOT_NEEDED)),
    may(&["RE-BROKERED"], No(NOT_NEEDED)),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// The performance tables' list of schools.
pub(super) static SPINE: &dyn Layout = &Schools {
    id: "spine",
    title: "Performance tables, list of schools",
    publisher: "Department for Education",
    table: TABLE,
    columns: &COLUMNS,
};
