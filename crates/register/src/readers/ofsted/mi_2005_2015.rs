//! Management information, 1 September 2005 to 31 August 2015: one row an
//! inspection, with its last day only; the header stands in row 2.

use super::table::{Block, Kind, Table, may, need};
use crate::inspection::DatedBy;

/// Official names as best known, and those of the cleaned copies.
pub static EVENTS_2005_2015: Table = Table {
    id: "ofsted-2005-2015",
    title: "Ofsted inspections, September 2005 to August 2015",
    publisher: "Ofsted",
    columns: &[
        need(&["URN"]),
        may(&["LAESTAB"]),
        may(&["School name", "school_name"]),
        may(&[
            "Phase of education",
            "Ofsted phase",
            "ofsted_phase",
            "phase_of_education",
        ]),
        may(&["Type of education", "type_of_education"]),
        may(&["Local authority", "local_authority"]),
        may(&["Region", "region"]),
        may(&["Postcode", "postcode"]),
        may(&["Inspection number", "inspection_number"]),
        may(&["Inspection type", "inspection_type"]),
        need(&["Inspection end date", "inspection_end_date"]),
        may(&["First published date", "first_published_date"]),
        need(&["Overall effectiveness", "overall_effectiveness"]),
        may(&["Category", "Category of concern", "category"]),
        may(&["Sixth form provision", "sixth_form_provision"]),
        may(&["Early years provision", "early_years_provision"]),
        need(&[
            "How well do pupils achieve?",
            "How well do pupils achieve",
            "how_well_do_pupils_achieve",
        ]),
        may(&["Quality of teaching", "quality_of_teaching"]),
        may(&[
            "Behaviour and safety of pupils",
            "behaviour_and_safety_of_pupils",
        ]),
        may(&["Leadership and management", "leadership_and_management"]),
    ],
    urn: "URN",
    blocks: &[Block {
        kind: Kind::ByWords,
        dated_by: DatedBy::End,
        date: "Inspection end date",
        published: "First published date",
        number: "Inspection number",
        type_words: "Inspection type",
        overall: "Overall effectiveness",
        category: "Category",
        areas: &[
            "How well do pupils achieve?",
            "Quality of teaching",
            "Behaviour and safety of pupils",
            "Leadership and management",
            "Early years provision",
            "Sixth form provision",
        ],
        ..Block::GRADED
    }],
    opened: None,
};
