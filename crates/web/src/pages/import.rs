//! One import: how far is it, what did it do, what was wrong?

use super::{
    import_report::{self, ReportView},
    imports::{capital, moment, state_tag},
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use kernel::words::figures;
use programme::record::{self, ImportReport, ImportRun, Outcome, RunState};
use ui::{BackLink, Button, Heading, ProgressPanel, SafeHtml, Size, SummaryList};

/// Seconds between two looks at a running import.
const EVERY: u32 = 2;

#[derive(Template)]
#[template(path = "import.html")]
struct View {
    heading: Heading,
    facts: SummaryList,
    panel: Option<ProgressPanel>,
    /// What happened, and what to do; paragraphs.
    says: Vec<String>,
    report: Option<ReportView>,
    again: Option<Button>,
}

#[derive(Template)]
#[template(path = "import_progress.html")]
struct Progress {
    id: i64,
    words: String,
    done: i64,
    total: i64,
}

/// `GET /imports/{id}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    let id: i64 = id.parse().map_err(|_| PageError::NotFound)?;
    let run = record::run(&app.world, id).await?;
    let (title, says) = told(&run);
    let report = match &run.outcome {
        Some(Outcome::Report(report)) => Some(import_report::view(report)),
        _ => None,
    };
    let panel = match run.state {
        RunState::Running => Some(ProgressPanel::new("progress", progress(&run)?).refresh(EVERY)),
        _ => None,
    };
    let view = View {
        heading: Heading::new(title.clone())
            .caption(format!("Import of {}", run.file_name))
            .size(Size::L),
        facts: SummaryList::new()
            .row("How it went", state_tag(&run))
            .row(
                "Started",
                format!("{}, by {}", moment(run.started_at), run.started_by),
            )
            .row_if("Ended", run.finished_at.map(moment)),
        panel,
        says,
        report,
        again: (run.state != RunState::Running && record::may_import(&visitor.who)).then(|| {
            Button::new("Import a file")
                .link("/imports/new")
                .secondary()
        }),
    };
    let page = frame::page(&visitor, title).back(BackLink::new("/imports").text("Back to imports"));
    frame::show(page, &view)
}

fn progress(run: &ImportRun) -> Result<SafeHtml, PageError> {
    // The server writes what it has read in chunks, so the last of them may be
    // at work while every byte is read; a bar that is full says no more than that.
    let (done, total) = (run.bytes_done.max(0), run.bytes_total.max(1));
    let done = done.min(total);
    let words = format!("{} of {} read", bytes(done), bytes(run.bytes_total.max(0)));
    Ok(SafeHtml::of_template(&Progress {
        id: run.id,
        words,
        done,
        total,
    })?)
}

/// ‘77 MB’: no more digits than anybody wants.
fn bytes(count: i64) -> String {
    let count = u64::try_from(count).unwrap_or_default();
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{} kB", count / 1_000),
        _ => format!("{} MB", figures(count / 1_000_000)),
    }
}

/// The heading, and what to say below it.
fn told(run: &ImportRun) -> (String, Vec<String>) {
    let says = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    match (run.state, &run.outcome) {
        (RunState::Running, _) => (
            format!("Reading {}", run.file_name),
            says(&["Until it has come to its end, nothing is changed. You may leave this page and come back."]),
        ),
        (RunState::Interrupted, _) => (
            "Nothing was changed: the import was interrupted".to_owned(),
            says(&["Aspire stopped while it read the file. The record is as it was before. Import the file again."]),
        ),
        (RunState::Refused, Some(Outcome::Refused(why))) => (
            "Nothing was changed: this file cannot be used".to_owned(),
            vec![
                format!("{}.", capital(why.trim_end_matches('.'))),
                "Check that it is the file you meant. If it is, choose its layout instead of having it detected: what it lacks is then said by name.".to_owned(),
            ],
        ),
        (_, Some(Outcome::Report(report))) if report.refused() => refused_rows(report),
        (_, Some(Outcome::Report(report))) => (import_report::heading(report), import_report::notes(report)),
        (_, _) => (
            "Nothing is known of how this import ended".to_owned(),
            says(&["Look at the sources in the record to see whether its file is among them."]),
        ),
    }
}

fn refused_rows(report: &ImportReport) -> (String, Vec<String>) {
    let heading = match report.bad_rows_total {
        1 => "Nothing was changed: one row cannot be used".to_owned(),
        many => format!("Nothing was changed: {} rows cannot be used", figures(many)),
    };
    let what = "Correct what is listed below and import the file again. Or import it again and choose ‘Skip rows that cannot be used’: the good rows are taken then, and every other one is listed.";
    (heading, vec![what.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(state: RunState, outcome: Option<Outcome>) -> ImportRun {
        ImportRun {
            id: 7,
            file_name: "a <b>.csv".to_owned(),
            state,
            started_at: "2026-09-03T14:05:59Z".parse().unwrap(),
            finished_at: None,
            started_by: "Sam".to_owned(),
            bytes_total: 77_000_000,
            bytes_done: 1_500_000,
            outcome,
        }
    }

    #[test]
    fn progress_is_said_and_drawn_and_can_be_asked_for_again() {
        let html = progress(&run(RunState::Running, None))
            .unwrap()
            .into_string();
        assert!(html.contains("1 MB of 77 MB read"), "{html}");
        assert!(
            html.contains("max=\"77000000\" value=\"1500000\""),
            "{html}"
        );
        assert!(
            html.contains("<label for=\"bar\">") && html.contains("href=\"/imports/7\""),
            "{html}"
        );
    }

    #[test]
    fn what_was_not_done_is_said_first() {
        let why = "no row among the first 2 is the header of a known layout".to_owned();
        for (state, outcome) in [
            (RunState::Interrupted, None),
            (RunState::Refused, Some(Outcome::Refused(why))),
        ] {
            let (heading, says) = told(&run(state, outcome));
            assert!(heading.starts_with("Nothing was changed: "), "{heading}");
            assert!(!says.is_empty());
        }
    }
}
