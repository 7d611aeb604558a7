//! Diagnoses as sheets for people.

use super::{
    file::SchoolFile,
    file_diagnosis::Diagnosis,
    sheets::{at, text},
};
use crate::diagnosis::{Framework, framework};
use papers::sheet::{Cell, Sheet};

fn of(one: &Diagnosis) -> Option<&'static Framework> {
    framework(&one.framework, Some(one.framework_version))
}

fn statement(one: &Diagnosis, id: &str) -> Cell {
    let found = of(one).and_then(|framework| framework.statement(id));
    found.map_or_else(|| text(id), |(_, statement)| text(&statement.text))
}

/// What the group says, and how many said what alone.
pub(super) fn findings(file: &SchoolFile) -> Sheet {
    let head = ["Opened (UTC)", "Statement", "Said together", "Who agreed", "Seen differently", "By", "When (UTC)"];
    let mut sheet = Sheet::new("What you say together", head);
    for one in &file.diagnoses {
        for finding in &one.findings {
            let word = finding.judgement.map_or_else(
                || "not agreed".to_owned(),
                |value| of(one).map_or_else(|| value.to_string(), |framework| framework.word(value).to_owned()),
            );
            let those = one.participants.iter().filter(|person| finding.agreed.contains(&person.number));
            let names: Vec<&str> = those.map(|person| person.name.as_str()).collect();
            sheet.row([
                at(one.opened_at),
                statement(one, &finding.statement),
                text(&word),
                text(&names.join(", ")),
                text(&finding.dissent),
                text(&finding.changed_by),
                at(finding.changed_at),
            ]);
        }
    }
    sheet
}

/// Evidence.
pub(super) fn evidence(file: &SchoolFile) -> Sheet {
    let mut sheet = Sheet::new("Evidence", ["Opened (UTC)", "Statement", "What it shows", "Source", "Of", "How known"]);
    for one in &file.diagnoses {
        for piece in &one.evidence {
            for id in &piece.statements {
                sheet.row([
                    at(one.opened_at),
                    statement(one, id),
                    text(&piece.words),
                    text(&piece.source),
                    Cell::Date(piece.on),
                    text(&piece.weight),
                ]);
            }
        }
    }
    sheet
}

/// Strengths.
pub(super) fn strengths(file: &SchoolFile) -> Sheet {
    let mut sheet = Sheet::new("Strengths", ["Opened (UTC)", "Statement", "What you do well", "What you do with it"]);
    for one in &file.diagnoses {
        for strength in &one.strengths {
            sheet.row([
                at(one.opened_at),
                statement(one, &strength.statement),
                text(&strength.words),
                text(&strength.put_to_use),
            ]);
        }
    }
    sheet
}
