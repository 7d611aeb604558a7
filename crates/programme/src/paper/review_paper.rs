//! A termly review: where each priority stands, why, and what others see.

use super::words::{capital, paragraphs, short};
use crate::review::{Letter, Reading, Review, View};
use kernel::words::long_date;
use papers::paper::{Block, Grid, Level};

pub(super) fn blocks(reading: &Reading, one: &Review) -> Vec<Block> {
    let held = ("Held on".to_owned(), long_date(one.on));
    let mut facts = vec![held];
    if !one.finished_by.is_empty() {
        facts.push(("Finished by".to_owned(), one.finished_by.clone()));
    }
    facts.extend(one.next_on.map(|day| ("Next review".to_owned(), long_date(day))));
    let mut blocks = vec![Block::Facts(facts)];
    let about = reading.about(one);
    let rows = about.iter().map(|priority| {
        let line = reading.line(one.id, priority.id);
        let letter = line.map_or_else(|| "Not said yet".to_owned(), |line| word(line.letter));
        let next = line.map_or_else(String::new, |line| short(&line.next_step, 160));
        vec![priority.title.clone(), letter, next]
    });
    blocks.push(Block::Table(Grid {
        caption: "Where each priority stands".to_owned(),
        head: ["Priority", "It is", "What comes next"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        widths: vec![4, 3, 5],
    }));
    for priority in about {
        blocks.push(Block::Heading(Level::Part, priority.title.clone()));
        match reading.line(one.id, priority.id) {
            None => blocks.push(Block::Paragraph("Nothing is said of it yet.".to_owned())),
            Some(line) => blocks.push(Block::Facts(vec![
                ("It is".to_owned(), word(line.letter)),
                ("Why".to_owned(), line.reason.clone()),
                ("What has changed".to_owned(), line.changed.clone()),
                ("What comes next".to_owned(), line.next_step.clone()),
            ])),
        }
        others(&mut blocks, reading, one, Some(priority.id));
    }
    let whole = reading.views.iter().any(|view| view.review == one.id && view.priority.is_none());
    if whole {
        blocks.push(Block::Heading(Level::Part, "What others see of the whole".to_owned()));
        others(&mut blocks, reading, one, None);
    }
    blocks
}

/// A letter with its word.
pub(super) fn word(letter: Letter) -> String {
    format!("{}, {}", letter.letter(), letter.words())
}

fn others(blocks: &mut Vec<Block>, reading: &Reading, one: &Review, priority: Option<i64>) {
    for view in reading.views.iter().filter(|view| view.review == one.id && view.priority == priority) {
        blocks.push(Block::Heading(Level::Section, says(view)));
        blocks.extend(paragraphs(&view.words));
    }
}

fn says(view: &View) -> String {
    let role = capital(crate::audit::role_words(&view.role));
    let letter = view.letter.map(|letter| format!(": {}", word(letter)));
    format!("{role} {}{}", view.name, letter.unwrap_or_default())
}
