//! GIAS, reduced extract of November 2023 (a public copy): establishments open
//! and closed.
//!
//! Its `region` is the area of an office of the department (‘Lancashire and
//! West Yorkshire’), not the region of the country, and is left aside.

use super::schools::Keep::{Authority, Choice, Date, Metres, No, Postcode, Status, Text, Urn, Whole};
use super::schools::{SchoolColumn, Schools, columns, may, must};
use super::{Column, Layout};
use crate::school::SchoolField as F;

const NAME_KEPT: &str = "the name beside it is kept";

const TABLE: &[SchoolColumn; 21] = &[
    must(&["urn"], Urn),
    may(&["la_code"], Authority(F::LaCode)),
    may(&["la_name"], Choice(F::LaName)),
    may(&["establishment_number"], Whole(F::EstabNumber)),
    must(&["name"], Text(F::Name)),
    may(&["establishment_type_code"], No(NAME_KEPT)),
    must(&["establishment_type_name"], Choice(F::Kind)),
    may(&["establishment_status_code"], No(NAME_KEPT)),
    must(&["establishment_status_name"], Status),
    may(&["phase_type"], No(NAME_KEPT)),
    must(&["phase_name"], Choice(F::Phase)),
    may(&["close_date"], Date(F::Closed)),
    may(&["town"], Text(F::Town)),
    may(&["postcode"], Postcode),
    may(&["easting"], Metres(F::Easting)),
    may(&["northing"], Metres(F::Northing)),
    may(&["number_of_pupils"], Whole(F::Pupils)),
    may(&["region"], No("an office's area, not a region")),
    may(&["high_pupil_premium"], No("‘False’ for every school")),
    may(&["last_changed_date"], Date(F::LastChanged)),
    may(&["ukprn"], Whole(F::Ukprn)),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// GIAS, reduced extract of November 2023.
pub(super) static GIAS_2023: &dyn Layout = &Schools {
    id: "gias-2023",
    title: "GIAS, reduced extract of November 2023",
    publisher: "Department for Education",
    table: TABLE,
    columns: &COLUMNS,
};
