//! Key stage 2 with scaled scores (from 2015/16), the official layout of the
//! performance tables, `england_ks2final.csv`.
//!
//! It has some three hundred columns, of which those are known that describe a
//! school and its disadvantaged pupils; the others are reported as unknown.

use super::results::{Keep, ResultColumn, Results, columns, count, may, must, number};
use super::{Column, Layout};
use crate::results::Dataset;

const REGISTER: Keep = Keep::No("the register has it");

const TABLE: &[ResultColumn; 92] = &[
    must(&["RECTYPE"], Keep::RecordType),
    must(&["URN"], Keep::Urn),
    may(&["LEA"], Keep::Place),
    may(&["ESTAB"], Keep::Place),
    may(&["TIME_PERIOD", "YEAR"], Keep::Year),
    may(&["ALPHAIND"], REGISTER),
    may(&["SCHNAME"], REGISTER),
    may(&["ADDRESS1"], REGISTER),
    may(&["ADDRESS2"], REGISTER),
    may(&["ADDRESS3"], REGISTER),
    may(&["TOWN"], REGISTER),
    may(&["PCODE"], REGISTER),
    may(&["TELNUM"], Keep::No("personal data")),
    may(&["ICLOSE"], REGISTER),
    may(&["NFTYPE"], REGISTER),
    may(&["RELDENOM"], REGISTER),
    may(&["AGERANGE"], REGISTER),
    // Pupils on roll and at the end of the key stage, boys, girls.
    count(&["TOTPUPS"]),
    count(&["TELIG"]),
    count(&["BELIG"]),
    count(&["GELIG"]),
    number(&["PBELIG"]),
    number(&["PGELIG"]),
    // Points at key stage 1; low, middle and high attainment there.
    number(&["TKS1AVERAGE"]),
    count(&["TKS1GROUP_L"]),
    number(&["PTKS1GROUP_L"]),
    count(&["TKS1GROUP_M"]),
    number(&["PTKS1GROUP_M"]),
    count(&["TKS1GROUP_H"]),
    number(&["PTKS1GROUP_H"]),
    // Disadvantaged, first language other than English, special needs.
    count(&["TFSM6CLA1A"]),
    number(&["PTFSM6CLA1A"]),
    count(&["TNOTFSM6CLA1A"]),
    number(&["PTNOTFSM6CLA1A"]),
    count(&["TEALGRP2"]),
    number(&["PTEALGRP2"]),
    count(&["TMOBN"]),
    number(&["PTMOBN"]),
    count(&["SENELK"]),
    number(&["PSENELK"]),
    count(&["SENELE"]),
    number(&["PSENELE"]),
    // Reading, writing and mathematics together.
    must(&["PTRWM_EXP"], Keep::Number("PTRWM_EXP")),
    number(&["PTRWM_HIGH"]),
    // Progress with its 95 per cent interval, and in five bands.
    number(&["READPROG"]),
    number(&["READPROG_LOWER"]),
    number(&["READPROG_UPPER"]),
    number(&["READCOV"]),
    may(&["READPROG_DESCR"], Keep::Words("READPROG_DESCR")),
    number(&["WRITPROG"]),
    number(&["WRITPROG_LOWER"]),
    number(&["WRITPROG_UPPER"]),
    number(&["WRITCOV"]),
    may(&["WRITPROG_DESCR"], Keep::Words("WRITPROG_DESCR")),
    number(&["MATPROG"]),
    number(&["MATPROG_LOWER"]),
    number(&["MATPROG_UPPER"]),
    number(&["MATCOV"]),
    may(&["MATPROG_DESCR"], Keep::Words("MATPROG_DESCR")),
    // Subject by subject: average scaled score, expected and higher standard.
    must(&["READ_AVERAGE"], Keep::Number("READ_AVERAGE")),
    number(&["PTREAD_EXP"]),
    number(&["PTREAD_HIGH"]),
    number(&["PTREAD_AT"]),
    number(&["GPS_AVERAGE"]),
    number(&["PTGPS_EXP"]),
    number(&["PTGPS_HIGH"]),
    number(&["PTGPS_AT"]),
    number(&["MAT_AVERAGE"]),
    number(&["PTMAT_EXP"]),
    number(&["PTMAT_HIGH"]),
    number(&["PTMAT_AT"]),
    // By the teacher's assessment.
    number(&["PTREADTA_EXP"]),
    number(&["PTWRITTA_EXP"]),
    number(&["PTWRITTA_HIGH"]),
    number(&["PTWRITTA_WTS"]),
    number(&["PTWRITTA_AD"]),
    number(&["PTMATTA_EXP"]),
    number(&["PTSCITA_EXP"]),
    // The disadvantaged, and the difference from others nationally.
    number(&["PTRWM_EXP_FSM6CLA1A"]),
    number(&["PTRWM_HIGH_FSM6CLA1A"]),
    number(&["PTRWM_EXP_NOTFSM6CLA1A"]),
    number(&["READPROG_FSM6CLA1A"]),
    number(&["WRITPROG_FSM6CLA1A"]),
    number(&["MATPROG_FSM6CLA1A"]),
    number(&["READ_AVERAGE_FSM6CLA1A"]),
    number(&["MAT_AVERAGE_FSM6CLA1A"]),
    number(&["DIFFN_RWM_EXP"]),
    // Three years together, which small schools need.
    number(&["PTRWM_EXP_3YR"]),
    number(&["PTRWM_HIGH_3YR"]),
    number(&["READ_AVERAGE_3YR"]),
    number(&["GPS_AVERAGE_3YR"]),
    number(&["MAT_AVERAGE_3YR"]),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// Key stage 2 with scaled scores, official.
pub(super) static KS2_SCALED: &dyn Layout = &Results {
    id: "ks2-scaled",
    title: "Performance tables, key stage 2 with scaled scores (from 2016)",
    publisher: "Department for Education",
    dataset: Dataset::Ks2Scaled,
    table: TABLE,
    columns: &COLUMNS,
};
