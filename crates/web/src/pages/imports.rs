//! What has been imported here, and how did it go?

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
pub(super) use kernel::words::moment;
use kernel::words::{figures, long_date, number};
use programme::record::{self, ImportRun, Outcome, RunState, Source};
use ui::{Button, Heading, Link, Size, Table, Tag, TagColour, cells};

#[derive(Template)]
#[template(path = "imports.html")]
struct View {
    heading: Heading,
    finding: String,
    may_import: bool,
    import: Button,
    runs: Option<Table>,
    sources: Option<Table>,
}

/// `GET /imports`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Html<String>, PageError> {
    let runs = record::runs(&app.world).await?;
    let sources = record::sources(&app.world).await?;
    let title = "What has been imported here?";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        finding: finding(&runs, &sources),
        may_import: record::may_import(&visitor.who),
        import: Button::new("Import a file").link("/imports/new"),
        runs: (!runs.is_empty()).then(|| runs_table(&runs)),
        sources: (!sources.is_empty()).then(|| sources_table(sources)),
    };
    frame::show(frame::page(&visitor, title), &view)
}

/// What matters in the lists.
fn finding(runs: &[ImportRun], sources: &[Source]) -> String {
    let files = match sources.len() as u64 {
        0 => "Nothing yet: the record is empty.".to_owned(),
        1 => "One file is in the record.".to_owned(),
        many => format!("{} files are in the record.", capital(&number(many))),
    };
    let running = runs.iter().filter(|run| run.state == RunState::Running).count();
    let last = match (running, runs.first().map(|run| run.state)) {
        (0, Some(RunState::Refused)) => " The last import was refused, so nothing was changed by it.",
        (0, Some(RunState::Interrupted)) => " The last import was interrupted, so nothing was changed by it.",
        (0, _) => "",
        (1, _) => " One is being read now.",
        (_, _) => " Several are being read now.",
    };
    files + last
}

fn runs_table(runs: &[ImportRun]) -> Table {
    let mut table = Table::new("Imports from this page, the latest first")
        .caption_size(Size::M)
        .head(["File", "How it went", "Started", "By"])
        .wide();
    for run in runs {
        table = table.row(cells![
            Link::new(format!("/imports/{}", run.id), &run.file_name),
            state_tag(run),
            moment(run.started_at),
            &run.started_by,
        ]);
    }
    table
}

fn sources_table(sources: Vec<Source>) -> Table {
    let mut table = Table::new("What is in the record")
        .caption_size(Size::M)
        .head(["Source", "As of", "Rows", "Beware"])
        .numeric(&[2])
        .wide();
    for source in sources {
        table = table.row(cells![
            format!("{} ({})", source.title, source.publisher),
            long_date(source.as_of),
            figures(u64::try_from(source.rows_read).unwrap_or_default()),
            source.caveat.unwrap_or_else(|| "nothing known".to_owned()),
        ]);
    }
    table
}

/// How an import stands, in words; the colour says nothing that they do not.
pub(super) fn state_tag(run: &ImportRun) -> Tag {
    let trial = matches!(&run.outcome, Some(Outcome::Report(report)) if report.dry_run);
    match run.state {
        RunState::Running => Tag::new("Being read").colour(TagColour::Blue),
        RunState::Done if trial => Tag::new("Trial, nothing changed").colour(TagColour::Grey),
        RunState::Done => Tag::new("Done").colour(TagColour::Green),
        RunState::Refused => Tag::new("Refused, nothing changed").colour(TagColour::Orange),
        RunState::Interrupted => Tag::new("Interrupted, nothing changed").colour(TagColour::Yellow),
    }
}

/// With a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(state: RunState) -> ImportRun {
        ImportRun {
            id: 1,
            file_name: "a.csv".to_owned(),
            state,
            started_at: "2026-09-03T14:05:59Z".parse().unwrap(),
            finished_at: None,
            started_by: "Sam".to_owned(),
            bytes_total: 0,
            bytes_done: 0,
            outcome: None,
        }
    }

    #[test]
    fn the_first_sentence_says_what_matters() {
        assert_eq!(finding(&[], &[]), "Nothing yet: the record is empty.");
        let words = finding(&[run(RunState::Running), run(RunState::Refused)], &[]);
        assert!(words.ends_with("One is being read now."), "{words}");
        let words = finding(&[run(RunState::Refused), run(RunState::Done)], &[]);
        assert!(words.ends_with("refused, so nothing was changed by it."), "{words}");
    }

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(capital("seven"), "Seven");
        assert_eq!(capital(""), "");
    }
}
