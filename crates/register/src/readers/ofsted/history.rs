//! Graded inspections 2005 to 2026, a public compilation of Ofsted's files.

use super::table::{Block, Table, may, need};

/// One row for each inspection and each URN under which it is listed.
pub static HISTORY: Table = Table {
    id: "inspection-history",
    title: "Graded inspections 2005 to 2026, compiled",
    publisher: "Ofsted, compiled from public copies",
    columns: &[
        need(&["urn"]),
        need(&["urn_at_inspection"]),
        need(&["inspection_start"]),
        need(&["overall_grade"]),
        may(&["overall_word"]),
        may(&["sub_education"]),
        may(&["sub_behaviour"]),
        may(&["sub_personal"]),
        may(&["sub_leadership"]),
        may(&["sub_eyfs"]),
        may(&["sub_sixthForm"]),
        may(&["sources"]),
        may(&["conflict"]),
    ],
    urn: "urn",
    blocks: &[Block {
        date: "inspection_start",
        urn_at: "urn_at_inspection",
        overall: "overall_grade",
        areas: &[
            "sub_education",
            "sub_behaviour",
            "sub_personal",
            "sub_leadership",
            "sub_eyfs",
            "sub_sixthForm",
        ],
        ..Block::GRADED
    }],
    opened: None,
};
