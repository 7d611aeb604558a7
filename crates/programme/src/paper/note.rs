//! The adviser's note of a visit.

use super::words::paragraphs;
use crate::review::{Note, NoteState};
use kernel::{clock::in_england, words::long_date};
use papers::paper::{Block, Level};

pub(super) fn title(note: &Note) -> String {
    format!("Note of the visit on {}", long_date(note.on))
}

pub(super) fn blocks(note: &Note) -> Vec<Block> {
    let mut facts = vec![("Adviser".to_owned(), note.name.clone()), ("Visit".to_owned(), long_date(note.on))];
    match (note.state, note.comment_until, note.final_at) {
        (NoteState::Shown, Some(until), _) => facts.push(("The school may comment until".to_owned(), long_date(until))),
        (NoteState::Final, _, Some(at)) => facts.push(("Final since".to_owned(), long_date(in_england(at).date()))),
        _ => {}
    }
    let mut blocks =
        vec![Block::Facts(facts), Block::Heading(Level::Part, "What was seen, said and agreed".to_owned())];
    blocks.extend(paragraphs(&note.words));
    if note.state != NoteState::Draft {
        blocks.push(Block::Heading(Level::Part, "What the school says to it".to_owned()));
        match note.comment.is_empty() {
            true => blocks.push(Block::Paragraph("The school has written no comment.".to_owned())),
            false => {
                blocks.extend(paragraphs(&note.comment));
                blocks.push(Block::Paragraph(format!("By {}.", note.commented_by)));
            }
        }
    }
    blocks
}
