//! Report cards with short codes, a public extract of Ofsted's file.

use super::table::{Block, Table, may, need};

/// One row for each report card: ‘strong’, ‘expected’, ‘needs-attention’ …
pub static REPORT_CARDS: Table = Table {
    id: "report-cards",
    title: "Report cards since November 2025, extract",
    publisher: "Ofsted, public extract",
    columns: &[
        need(&["urn"]),
        may(&["school_name"]),
        need(&["inspection_start"]),
        need(&["safeguarding"]),
        may(&["concern"]),
        may(&["inclusion"]),
        need(&["curriculum"]),
        may(&["achievement"]),
        may(&["behaviour"]),
        may(&["personal"]),
        may(&["earlyYears"]),
        may(&["postSixteen"]),
        need(&["leadership"]),
    ],
    urn: "urn",
    blocks: &[Block {
        framework: Some("EIF_2025_report_card"),
        date: "inspection_start",
        safeguarding: "safeguarding",
        category: "concern",
        areas: &[
            "inclusion",
            "curriculum",
            "achievement",
            "behaviour",
            "personal",
            "earlyYears",
            "postSixteen",
            "leadership",
        ],
        ..Block::GRADED
    }],
    opened: None,
};
