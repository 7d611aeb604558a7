//! The self-evaluation summary: the school's own words and what it agreed.

use super::words::{paragraphs, stop};
use crate::{
    diagnosis::{Basis, Diagnosis, Judgement, Meeting, Side, Strand},
    self_view::SelfView,
};
use kernel::{clock::in_england, words::long_date};
use papers::paper::{Block, Grid, Level, Marks};

pub(super) fn blocks(view: Option<&SelfView>, basis: Option<&Basis>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(basis) = basis {
        strengths(&mut blocks, &basis.meeting);
    }
    if let Some(view) = view {
        blocks.push(Block::Heading(Level::Part, "In our own words".to_owned()));
        for (field, text) in view.texts.fields().filter(|(_, text)| !text.is_empty()) {
            blocks.push(Block::Heading(Level::Section, field.question.to_owned()));
            blocks.extend(paragraphs(text));
        }
    }
    if let Some(basis) = basis {
        agreed(&mut blocks, &basis.diagnosis, &basis.meeting);
    }
    blocks
}

/// Strengths first, each with what will be done with it.
fn strengths(blocks: &mut Vec<Block>, meeting: &Meeting) {
    blocks.push(Block::Heading(Level::Part, "What we do well".to_owned()));
    let said = meeting.strengths.iter().map(|one| match one.put_to_use.is_empty() {
        true => stop(&one.words),
        false => format!("{} What we do with it: {}", stop(&one.words), stop(&one.put_to_use)),
    });
    blocks.push(Block::List(Marks::Dots, said.collect()));
}

fn agreed(blocks: &mut Vec<Block>, diagnosis: &Diagnosis, meeting: &Meeting) {
    let day = diagnosis.agreed_at.map(|at| long_date(in_england(at).date())).unwrap_or_default();
    blocks.push(Block::Heading(Level::Part, "What we say together".to_owned()));
    blocks.push(Block::Paragraph(format!(
        "Agreed on {day}, by ‘{}’, version {}. Everybody said first alone what they see; then all looked together.",
        diagnosis.framework.title, diagnosis.framework.version
    )));
    for strand in diagnosis.strands() {
        blocks.extend(table(strand, diagnosis, meeting));
    }
    if !meeting.differing.is_empty() {
        blocks.push(Block::Heading(Level::Section, "What our adviser sees differently".to_owned()));
        let said = meeting.differing.iter().map(|one| {
            let of = diagnosis.statement(&one.statement).map(|(_, statement)| format!(" (of ‘{}’)", statement.text));
            let word = one.point.map(|point| format!(" They would say ‘{}’.", diagnosis.framework.word(point)));
            format!("{}{}: {}{}", one.name, of.unwrap_or_default(), one.words, word.unwrap_or_default())
        });
        blocks.push(Block::List(Marks::Dots, said.collect()));
    }
    let signed = meeting.signatures.iter().map(|one| {
        let side = if one.side == Side::School { "Signed for the school" } else { "Signed as adviser" };
        (side.to_owned(), format!("{}, {}", one.name, long_date(in_england(one.at).date())))
    });
    let signed: Vec<_> = signed.collect();
    if !signed.is_empty() {
        blocks.push(Block::Facts(signed));
    }
}

/// What was settled in a strand; nothing where nothing was.
fn table(strand: &Strand, diagnosis: &Diagnosis, meeting: &Meeting) -> Option<Block> {
    let rows: Vec<Vec<String>> = strand
        .statements()
        .filter_map(|statement| {
            let found = meeting.finding(&statement.id)?;
            let word = match found.judgement {
                Judgement::Point(value) => diagnosis.framework.word(value).to_owned(),
                Judgement::NotAgreed => "Not agreed".to_owned(),
            };
            // What those say in their own words is on the diagnosis’s page.
            let word = if found.dissent.is_empty() { word } else { format!("{word}. Somebody sees it differently") };
            let pieces = meeting.evidence.iter().filter(|one| one.statements.contains(&statement.id));
            let known: Vec<String> = pieces.map(|one| format!("{} ({})", one.words, one.source)).collect();
            let known = if known.is_empty() { "Nothing written down yet".to_owned() } else { known.join("; ") };
            Some(vec![statement.text.clone(), word, known])
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(Grid {
            caption: strand.title.clone(),
            head: ["Statement", "We say", "How we know"].map(str::to_owned).to_vec(),
            rows,
            widths: vec![4, 2, 4],
        })
    })
}
