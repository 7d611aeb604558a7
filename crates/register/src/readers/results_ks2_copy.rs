//! Key stage 2 with scaled scores, 2016 to 2018, in a public copy that renamed
//! the columns; the measures go by their official names here.
//!
//! The copy says ‘Writing’ where it means two things. `Writing Progress` is
//! writing. `Writing Score`, `Writing Meet Std` and `Writing Exceed Std` are
//! grammar, punctuation and spelling: writing has no scaled score, and the
//! averages over all schools are those published for grammar, punctuation and
//! spelling (2016: 104.0, 73 % and 23 %), not for writing (74 % and 15 %).

use super::results::{Keep, ResultColumn, Results, columns, may, must};
use super::{Column, Layout};
use crate::results::Dataset;

const BAND: Keep = Keep::No("the description beside it says it in words");

const TABLE: &[ResultColumn; 25] = &[
    must(&["URN"], Keep::Urn),
    must(&["KS2 Pupils"], Keep::Count("TELIG")),
    may(&["KS2 Boys"], Keep::Count("BELIG")),
    may(&["KS2 Girls"], Keep::Count("GELIG")),
    must(&["Reading Progress"], Keep::Number("READPROG")),
    must(&["Reading Score"], Keep::Number("READ_AVERAGE")),
    may(&["Reading Meet Std"], Keep::Number("PTREAD_EXP")),
    may(&["Reading Exceed Std"], Keep::Number("PTREAD_HIGH")),
    may(&["Reading Progress Band"], BAND),
    may(&["Reading Progress Desc"], Keep::Words("READPROG_DESCR")),
    may(&["Writing Progress"], Keep::Number("WRITPROG")),
    may(&["Writing Score"], Keep::Number("GPS_AVERAGE")),
    may(&["Writing Meet Std"], Keep::Number("PTGPS_EXP")),
    may(&["Writing Exceed Std"], Keep::Number("PTGPS_HIGH")),
    may(&["Writing Progress Band"], BAND),
    may(&["Writing Progress Desc"], Keep::Words("WRITPROG_DESCR")),
    may(&["Maths Progress"], Keep::Number("MATPROG")),
    may(&["Maths Score"], Keep::Number("MAT_AVERAGE")),
    may(&["Maths Meet Std"], Keep::Number("PTMAT_EXP")),
    may(&["Maths Exceed Std"], Keep::Number("PTMAT_HIGH")),
    may(&["Maths Progress Band"], BAND),
    may(&["Maths Progress Desc"], Keep::Words("MATPROG_DESCR")),
    must(&["Overall Meet Std"], Keep::Number("PTRWM_EXP")),
    may(&["Overall Exceed Std"], Keep::Number("PTRWM_HIGH")),
    may(&["Academic Year"], Keep::Year),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// Key stage 2 with scaled scores, 2016 to 2018, public copy.
pub(super) static KS2_COPY: &dyn Layout = &Results {
    id: "ks2-scaled-copy",
    title: "Key stage 2 with scaled scores, 2016 to 2018, public copy",
    publisher: "Department for Education",
    dataset: Dataset::Ks2Scaled,
    table: TABLE,
    columns: &COLUMNS,
};
