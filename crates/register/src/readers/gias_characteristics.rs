//! State primaries and secondaries of July 2022 with the character of their
//! place (a public copy): urban or rural, and deprivation of the neighbourhood.

use super::schools::Keep::{
    Authority, Choice, ChoiceOrNone, Date, Metres, No, Percent, Postcode, Status, Text, Urn, Whole,
};
use super::schools::{SchoolColumn, Schools, columns, may, must};
use super::{Column, Layout};
use crate::school::SchoolField as F;

const TABLE: &[SchoolColumn; 32] = &[
    must(&["urn"], Urn),
    may(&["la_code"], Authority(F::LaCode)),
    may(&["gss_la_code"], No("the authority's three-digit code is kept")),
    may(&["la_name"], Choice(F::LaName)),
    may(&["establishment_number"], Whole(F::EstabNumber)),
    must(&["establishment_name"], Text(F::Name)),
    must(&["establishment_type"], Choice(F::Kind)),
    may(&["establishment_type_group"], Choice(F::KindGroup)),
    may(&["establishment_status"], Status),
    may(&["open_date"], Date(F::Opened)),
    may(&["close_date"], Date(F::Closed)),
    may(&["education_phase"], Choice(F::Phase)),
    may(&["statutory_low_age"], Whole(F::LowAge)),
    may(&["statutory_high_age"], Whole(F::HighAge)),
    may(&["gender"], Choice(F::Gender)),
    may(&["religious_character"], ChoiceOrNone(F::ReligiousCharacter)),
    may(&["gor"], Choice(F::Region)),
    may(&["administrative_district"], Choice(F::District)),
    must(&["urban_rural_indicator"], Choice(F::UrbanRural)),
    may(&["postcode"], Postcode),
    may(&["easting"], Metres(F::Easting)),
    may(&["northing"], Metres(F::Northing)),
    may(&["lsoa_code"], Choice(F::Lsoa)),
    may(&["school_capacity"], Whole(F::Capacity)),
    may(&["number_of_pupils"], Whole(F::Pupils)),
    may(&["percentage_fsm"], Percent(F::FsmPercent)),
    may(&["imd2010_rank"], Whole(F::Imd2010Rank)),
    may(&["imd2010_decile"], Whole(F::Imd2010Decile)),
    may(&["imd2010_income_decile"], Whole(F::Imd2010IncomeDecile)),
    may(&["imd2019_rank"], Whole(F::Imd2019Rank)),
    may(&["imd2019_decile"], Whole(F::Imd2019Decile)),
    may(&["imd2019_income_decile"], Whole(F::Imd2019IncomeDecile)),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// GIAS with the character of the place, July 2022.
pub(super) static GIAS_CHARACTERISTICS: &dyn Layout = &Schools {
    id: "gias-characteristics",
    title: "GIAS, characteristics of state schools in July 2022",
    publisher: "Department for Education",
    table: TABLE,
    columns: &COLUMNS,
};
