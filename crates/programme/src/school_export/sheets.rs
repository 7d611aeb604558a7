//! A school's record as sheets for people, one a noun.

use super::{file::SchoolFile, sheets_diagnosis};
use crate::item::ItemKind;
use kernel::Timestamp;
use papers::sheet::{Cell, Sheet};

/// All sheets.
pub(super) fn of(file: &SchoolFile) -> Vec<Sheet> {
    vec![
        people(file),
        own_words(file),
        versions(file),
        sheets_diagnosis::findings(file),
        sheets_diagnosis::evidence(file),
        sheets_diagnosis::strengths(file),
        releases(file),
        looks(file),
        participations(file),
        deeds(file),
    ]
}

pub(super) fn at(moment: Timestamp) -> Cell {
    Cell::Moment(moment)
}

pub(super) fn text(text: &str) -> Cell {
    Cell::text(text)
}

fn maybe(text: Option<&String>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::text(text))
}

fn people(file: &SchoolFile) -> Sheet {
    let mut sheet =
        Sheet::new("People", ["Name", "E-mail", "Role", "Strand", "Since", "Until", "Why it ended", "Recorded by"]);
    for person in &file.people {
        for role in &person.roles {
            sheet.row([
                text(&person.name),
                maybe(person.email.as_ref()),
                text(&role.role),
                maybe(role.strand.as_ref()),
                Cell::Date(role.since),
                role.until.map_or(Cell::Empty, Cell::Date),
                maybe(role.ended_why.as_ref()),
                text(&role.recorded_by),
            ]);
        }
    }
    sheet
}

fn own_words(file: &SchoolFile) -> Sheet {
    let mut sheet = Sheet::new("In your own words", ["Question", "Answer"]);
    if let Some(view) = &file.self_view {
        for field in ItemKind::SelfView.fields() {
            sheet.row([text(field.question), maybe(view.texts.get(field.key))]);
        }
    }
    sheet
}

fn versions(file: &SchoolFile) -> Sheet {
    let names = ItemKind::SelfView.fields().iter().map(|field| field.question);
    let head: Vec<&str> = ["Version", "When (UTC)", "Who", "Role", "Why"].into_iter().chain(names).collect();
    let mut sheet = Sheet::new("Versions", head);
    for version in file.self_view.iter().flat_map(|view| &view.history) {
        let mut cells = vec![
            Cell::Number(version.number as f64),
            at(version.at),
            text(&version.by),
            text(&version.role),
            maybe(version.why.as_ref()),
        ];
        for field in ItemKind::SelfView.fields() {
            cells.push(match &version.texts {
                Some(texts) => maybe(texts.get(field.key)),
                None => text("erased"),
            });
        }
        sheet.row(cells);
    }
    sheet
}

fn releases(file: &SchoolFile) -> Sheet {
    let head =
        ["What", "To (role)", "To (organisation)", "To (person)", "Until", "Given", "By", "Withdrawn", "By whom"];
    let mut sheet = Sheet::new("Releases", head);
    for release in &file.releases {
        sheet.row([
            text(&release.kind),
            text(&release.to_role),
            text(&release.to_organisation),
            maybe(release.to_person.as_ref()),
            release.until.map_or(Cell::Empty, Cell::Date),
            at(release.granted_at),
            text(&release.granted_by),
            release.withdrawn_at.map_or(Cell::Empty, at),
            maybe(release.withdrawn_by.as_ref()),
        ]);
    }
    sheet
}

fn looks(file: &SchoolFile) -> Sheet {
    let mut sheet = Sheet::new("Who looked", ["When (UTC)", "Who", "Role", "At what"]);
    for look in &file.looks {
        sheet.row([at(look.at), text(&look.name), text(&look.role), text(&look.kind)]);
    }
    sheet
}

fn participations(file: &SchoolFile) -> Sheet {
    let mut sheet = Sheet::new("Programmes", ["Programme", "Cohort", "Joined as", "Joined", "Stands", "Since", "Why"]);
    for one in &file.participations {
        let joined = [text(&one.programme), text(&one.cohort), text(&one.named), Cell::Date(one.joined)];
        if one.statuses.is_empty() {
            sheet.row(joined.clone());
        }
        for status in &one.statuses {
            let stands = [text(&status.status), Cell::Date(status.since), text(&status.reason)];
            sheet.row(joined.iter().cloned().chain(stands));
        }
    }
    sheet
}

fn deeds(file: &SchoolFile) -> Sheet {
    let mut sheet = Sheet::new(
        "What was done",
        ["When (UTC)", "Who", "Role", "What", "To what", "Which", "Before", "After", "Why"],
    );
    for deed in &file.audit {
        sheet.row([
            at(deed.at),
            text(&deed.who),
            text(&deed.role),
            text(&deed.what),
            text(&deed.noun),
            text(&deed.of),
            deed.before.as_ref().map_or(Cell::Empty, |json| text(&json.to_string())),
            deed.after.as_ref().map_or(Cell::Empty, |json| text(&json.to_string())),
            maybe(deed.why.as_ref()),
        ]);
    }
    sheet
}
