//! A paper with everything in it.

use jiff::civil::date;
use papers::paper::{Block, Grid, Level, Marks, Paper, Picture, Status};

/// A picture with a bar and a word.
pub(crate) const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40" font-family="arial, sans-serif"><rect width="40" height="40" fill="#1d70b8"/><text x="44" y="20" font-size="10">Ab</text></svg>"##;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A paper of these blocks.
pub(crate) fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        title: "Improvement plan 2025/26".into(),
        school: "St Anne’s & All Saints <Primary>".into(),
        version: "3".into(),
        date: date(2025, 11, 24),
        status: Status::Draft,
        seen_by: "governors, leaders and our adviser".into(),
        blocks,
    }
}

/// All kinds of blocks, each with words of its own.
pub(crate) fn full() -> Paper {
    paper(vec![
        Block::Heading(Level::Part, "What we do well".into()),
        Block::Paragraph("Children talk about their learning in every class.\nFamilies come in, and come back.".into()),
        Block::List(Marks::Dots, texts(&["Reading talk", "Open mornings"])),
        Block::Heading(Level::Part, "Priorities".into()),
        Block::Heading(Level::Section, "Middle leaders lead".into()),
        Block::Facts(vec![
            ("Why".into(), "Three of four strands rest on the head.".into()),
            ("By when".into(), "20 July 2026".into()),
        ]),
        Block::Table(Grid {
            caption: "Actions this term".into(),
            head: texts(&["Action", "Who", "Due"]),
            rows: vec![
                texts(&["=SUM(A1) is a text", "Zoë O’Neill", "11 December"]),
                texts(&["Timetable for leading", "", "16 January"]),
                texts(&["Short row"]),
            ],
            widths: vec![4, 2, 2],
        }),
        Block::CallOut("Decision".into(), "Leaders get Thursday mornings.".into()),
        Block::List(Marks::Numbers, texts(&["First", "Second"])),
        Block::List(Marks::Numbers, texts(&["Again first"])),
        Block::Picture(Picture {
            svg: SQUARE.into(),
            alt: "A blue bar beside the word Ab".into(),
            caption: "Our path".into(),
        }),
        Block::NewPage,
        Block::Paragraph("The end of the plan.".into()),
    ])
}

/// Its words in the order in which they are to be read.
pub(crate) const WORDS: [&str; 12] = [
    "Improvement plan 2025/26",
    "What we do well",
    "Children talk about",
    "Reading talk",
    "Priorities",
    "Middle leaders lead",
    "Three of four strands",
    "Actions this term",
    "Zoë O’Neill",
    "Leaders get Thursday mornings.",
    "Again first",
    "The end of the plan.",
];
