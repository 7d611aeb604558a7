//! Key stage 2 under levels (to 2014/15), the official layout of the
//! performance tables.

use super::results::{Keep, ResultColumn, Results, columns, count, may, must, number};
use super::{Column, Layout};
use crate::results::Dataset;

const TABLE: &[ResultColumn; 43] = &[
    must(&["RECTYPE"], Keep::RecordType),
    must(&["URN"], Keep::Urn),
    may(&["PCODE"], Keep::No("the register has it")),
    may(&["TELNUM"], Keep::No("personal data")),
    // Pupils at the end of the key stage.
    count(&["TELIG"]),
    count(&["BELIG"]),
    count(&["GELIG"]),
    // Low, middle and high attainment seven years before.
    count(&["TKS1EXP_L"]),
    number(&["PKS1EXP_L"]),
    count(&["TKS1EXP_M"]),
    number(&["PKS1EXP_M"]),
    count(&["TKS1EXP_H"]),
    number(&["PKS1EXP_H"]),
    // Disadvantaged: free school meals or looked after.
    count(&["TFSMCLA"]),
    number(&["PTFSMCLA"]),
    // Level 4 and above in reading, writing and mathematics; 4B; level 5.
    number(&["PTREADWRITTAMATX"]),
    number(&["PTREADWRITTAMATBX"]),
    number(&["PTREADWRITTAMATAX"]),
    number(&["PTREADX"]),
    number(&["PTREADBX"]),
    number(&["PTREADAX"]),
    number(&["PTREADAT"]),
    number(&["PTMATX"]),
    number(&["PTMATBX"]),
    number(&["PTMATAX"]),
    number(&["PTWRITTAX"]),
    number(&["PTWRITTAAX"]),
    number(&["PTGPSX"]),
    // Two levels or more of progress, of all pupils and of groups.
    number(&["PT2MATH12"]),
    number(&["PT2READ12"]),
    number(&["PT2WRITTA12"]),
    number(&["PT2MATH12_B"]),
    number(&["PT2MATH12_G"]),
    number(&["PT2MATH12_L"]),
    number(&["PT2MATH12_M"]),
    number(&["PT2MATH12_H"]),
    // Average points, and the level that they are worth: ‘4B’.
    must(&["TAPS"], Keep::Number("TAPS")),
    may(&["AVGLEVEL"], Keep::Words("AVGLEVEL")),
    // Gaps between the disadvantaged and others, percentage points.
    number(&["GAPN_3YR_RWMX_FSMCLA"]),
    number(&["GAPN_2YR_PRREAD_NOTFSMCLA"]),
    number(&["GAPN_2YR_PRWRIT_NOTFSMCLA"]),
    number(&["GAPN_3YR_PRMAT_NOTFSMCLA"]),
    may(&["ALPHAIND", "ICLOSE"], Keep::No("the register has it")),
];
static COLUMNS: [Column; TABLE.len()] = columns(TABLE);

/// Key stage 2 under levels.
pub(super) static KS2_LEVELS: &dyn Layout = &Results {
    id: "ks2-levels",
    title: "Performance tables, key stage 2 under levels (to 2015)",
    publisher: "Department for Education",
    dataset: Dataset::Ks2Levels,
    table: TABLE,
    columns: &COLUMNS,
};
