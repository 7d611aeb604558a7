//! What waits here, what failed and why?

use super::imports::capital;
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use kernel::words::{moment, number};
use programme::{
    Error,
    job::{self, Job, Queue},
    mail, work,
};
use serde::Deserialize;
use ui::{Button, Heading, Hidden, NotificationBanner, SafeHtml, Size, Table, WarningText, cells};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Decision {
    csrf: String,
}

#[derive(Template)]
#[template(path = "admin_jobs.html")]
struct View {
    banner: Option<NotificationBanner>,
    heading: Heading,
    finding: String,
    warnings: Vec<WarningText>,
    failed: Option<Table>,
    running: Option<Table>,
    waiting: Option<Table>,
    /// How many there are that are not shown.
    more: Vec<String>,
    recurring: Option<Table>,
}

/// The two buttons beside a job.
#[derive(Template)]
#[template(path = "admin_job_decide.html")]
struct Decide {
    id: i64,
    csrf: Hidden,
    again: Button,
    give_up: Button,
}

/// `GET /admin/jobs`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let queue = job::queue(&app.world, &visitor.who).await?;
    let title = "What waits here, and what failed?";
    let view = View {
        banner: banner(&input.done),
        heading: Heading::new(title).size(Size::Xl),
        finding: finding(&queue),
        warnings: warnings(&queue, mail::is_set_up(&app.world)).into_iter().map(WarningText::new).collect(),
        failed: failed(&queue, &visitor)?,
        running: running(&queue),
        waiting: waiting(&queue, &visitor)?,
        more: more(&queue),
        recurring: recurring(&queue),
    };
    frame::show(frame::page(&visitor, title).noindex(), &view)
}

/// `POST /admin/jobs/{id}/again`
pub(crate) async fn try_again(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<Decision>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    job::DECIDE.require(&visitor.who)?;
    back(job::try_again(&app.world, &visitor.who, self::id(&id)?).await, "again")
}

/// `POST /admin/jobs/{id}/give-up`
pub(crate) async fn give_up(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<Decision>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    job::DECIDE.require(&visitor.who)?;
    back(job::give_up(&app.world, &visitor.who, self::id(&id)?).await, "given-up")
}

fn id(text: &str) -> Result<i64, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Back to the list, which says what came of it.
fn back(done: Result<(), Error>, what: &str) -> Result<Response, PageError> {
    let what = match done {
        Ok(()) => what,
        Err(Error::Changed) => "busy",
        Err(Error::NotFound) => "gone",
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("/admin/jobs?done={what}")).into_response())
}

fn banner(done: &str) -> Option<NotificationBanner> {
    match done {
        "again" => Some(NotificationBanner::success("It is tried again now")),
        "given-up" => Some(NotificationBanner::success("It was taken out of the queue and will not be done")),
        "busy" => Some(NotificationBanner::important("Nothing was changed: a worker is at it just now")),
        "gone" => Some(NotificationBanner::important("Nothing was changed: it has been done or given up meanwhile")),
        _ => None,
    }
}

/// What matters in the lists.
fn finding(queue: &Queue) -> String {
    let jobs = |count: u64| if count == 1 { "One job".to_owned() } else { format!("{} jobs", capital(&number(count))) };
    let failed = match queue.counts.failed {
        0 => "Nothing failed.".to_owned(),
        1 => "One job failed and waits for you: try it again, or give it up.".to_owned(),
        many => format!("{} failed and wait for you: try them again, or give them up.", jobs(many)),
    };
    let waits = match queue.counts.waits {
        0 => "Nothing waits.".to_owned(),
        1 => "One job waits.".to_owned(),
        many => format!("{} wait.", jobs(many)),
    };
    let workers = match queue.workers.len() {
        0 => String::new(),
        1 => " One worker is there.".to_owned(),
        many => format!(" {} workers are there.", capital(&number(many as u64))),
    };
    format!("{failed} {waits}{workers}")
}

/// What keeps jobs from being done.
fn warnings(queue: &Queue, mail_is_set_up: bool) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    if queue.workers.is_empty() {
        warnings.push("No worker was heard of in the last two minutes, so nothing is done. Run ‘aspire serve’, which has one inside, or ‘aspire work’.");
    } else if !queue.somebody_does(mail::SEND) {
        warnings.push("No worker can send letters: they wait until a mail server is set up.");
    } else if !mail_is_set_up {
        warnings.push("This Aspire has no mail server set up; another one that shares the database sends its letters.");
    }
    warnings
}

/// What a job does, and what it is about.
fn what(queue: &Queue, job: &Job) -> String {
    match queue.about.get(&job.id) {
        Some(about) => format!("{}: {about}", work::words(&job.kind)),
        None => work::words(&job.kind).to_owned(),
    }
}

fn failed(queue: &Queue, visitor: &Visitor) -> Result<Option<Table>, PageError> {
    let mut table = Table::new("Failed, the latest first")
        .caption_size(Size::M)
        .head(["What", "Since", "Why", "Tries", "Decide"])
        .numeric(&[3])
        .wide();
    for job in &queue.failed {
        table = table.row(cells![
            what(queue, job),
            moment(job.failed_at.unwrap_or(job.made_at)),
            why(job),
            job.attempts,
            decide(queue, job, visitor)?,
        ]);
    }
    Ok((!table.is_empty()).then_some(table))
}

fn running(queue: &Queue) -> Option<Table> {
    let table = Table::new("Being done now")
        .caption_size(Size::M)
        .head(["What", "Asked for", "Try", "By", "Another may take it after"])
        .numeric(&[2])
        .wide();
    let table = queue.running.iter().fold(table, |table, job| {
        table.row(cells![
            what(queue, job),
            moment(job.made_at),
            job.attempts,
            job.leased_by.as_deref().unwrap_or("a worker"),
            job.leased_until.map(moment).unwrap_or_default(),
        ])
    });
    (!table.is_empty()).then_some(table)
}

fn waiting(queue: &Queue, visitor: &Visitor) -> Result<Option<Table>, PageError> {
    let mut table = Table::new("Waits, the next first")
        .caption_size(Size::M)
        .head(["What", "Asked for", "Not before", "Tries", "What kept it the last time", "Decide"])
        .numeric(&[3])
        .wide();
    for job in &queue.waiting {
        table = table.row(cells![
            what(queue, job),
            moment(job.made_at),
            moment(job.run_at),
            job.attempts,
            if job.attempts == 0 { "not tried yet".to_owned() } else { why(job) },
            decide(queue, job, visitor)?,
        ]);
    }
    Ok((!table.is_empty()).then_some(table))
}

/// What a job said the last time; a worker that died said nothing.
fn why(job: &Job) -> String {
    let silent = "The worker that tried it stopped without a word";
    let said = job.last_error.as_deref().unwrap_or(silent);
    format!("{}.", capital(said.trim_end_matches('.')))
}

fn decide(queue: &Queue, job: &Job, visitor: &Visitor) -> Result<SafeHtml, PageError> {
    let about = what(queue, job);
    let decide = Decide {
        id: job.id,
        csrf: Hidden::new("csrf", visitor.form_token()),
        again: Button::new(hidden_end(if job.failed { "Try again" } else { "Try now" }, &about)).secondary().once(),
        give_up: Button::new(hidden_end("Give up", &about)).secondary().once(),
    };
    Ok(SafeHtml::of_template(&decide)?)
}

/// ‘Try again’, and for a screen reader what.
fn hidden_end(text: &str, hidden: &str) -> SafeHtml {
    let open = SafeHtml::vouched("a constant", "<span class=\"govuk-visually-hidden\"> (");
    let close = SafeHtml::vouched("a constant", ")</span>");
    SafeHtml::join([text.into(), open, hidden.into(), close], "")
}

/// Where a list is longer than what is shown.
fn more(queue: &Queue) -> Vec<String> {
    let lists =
        [(queue.counts.failed, queue.failed.len(), "failed"), (queue.counts.waits, queue.waiting.len(), "wait")];
    let longer = lists.into_iter().filter(|(all, shown, _)| *all > *shown as u64);
    longer.map(|(all, shown, what)| format!("{shown} of the {all} that {what} are shown.")).collect()
}

fn recurring(queue: &Queue) -> Option<Table> {
    let table =
        Table::new("Done again and again").caption_size(Size::M).head(["What", "Last asked for", "Next"]).wide();
    let table = queue.recurring.iter().fold(table, |table, one| {
        let last = one.made_at.map_or_else(|| "not yet".to_owned(), moment);
        table.row(cells![work::words(&one.kind), last, moment(one.next_at)])
    });
    (!table.is_empty()).then_some(table)
}
