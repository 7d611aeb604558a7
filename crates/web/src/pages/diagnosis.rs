//! Where does this diagnosis stand, and what is next?

use super::{
    diagnosis_picture::{alike, alike_reckoned},
    diagnosis_steps_view as steps,
    diagnosis_words::{address, finding, opened, status, way},
    imports::capital,
    school_record::{moment, number, prose},
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Response},
};
use kernel::words::{long_date, number as words};
use programme::diagnosis::{self, EDIT, EVIDENCE, Eyes, Reading, Side, State as How, Strand};
use serde::Deserialize;
use ui::{
    Details, ErrorSummary, Errors, Heading, Link, NotificationBanner, SafeHtml, Size, SummaryList, Tag, TagColour,
    TaskList, TaskStatus,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "diagnosis.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    lead: String,
    mine: Option<Link>,
    strengths: Vec<SafeHtml>,
    strands: Option<TaskList>,
    found: Vec<(String, Vec<(String, String)>)>,
    differing: Vec<(String, SafeHtml)>,
    alike: Option<(String, Option<Details>)>,
    facts: SummaryList,
    links: Vec<Link>,
    wants: Vec<String>,
    steps: steps::Steps,
}

/// `GET /organisations/{id}/diagnoses/{diagnosis}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let typed = steps::Typed::default();
    page(&app, &visitor, (id, diagnosis), &typed, &Errors::none(), done(&input.done)).await
}

fn done(what: &str) -> Option<NotificationBanner> {
    let words = match what {
        "opened" => "Opened. Those who take part find it on their start page.",
        "together" => "All views are laid open. Nobody can change theirs any more.",
        "last" => "Yours was the last. All views are laid open, and you look at them together.",
        "agreed" => "Agreed. Now it can be signed, and released to whom you choose.",
        "reopened" => "You talk about it once more. Signatures are gone; what was written is still there.",
        "signed" => "Signed.",
        "differs" => "It stands beside what the school says.",
        "beside" => "The school is named. Each of you keeps its own record.",
        _ => return None,
    };
    Some(NotificationBanner::success(words))
}

/// The page, with what is wrong with a step that was tried.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    (id, diagnosis): (i64, i64),
    typed: &steps::Typed,
    errors: &Errors,
    banner: Option<NotificationBanner>,
) -> Result<Response, PageError> {
    let reading = diagnosis::read(&app.world, &visitor.who, id, diagnosis).await?;
    let may_edit = EDIT.directly(&visitor.who, id);
    let title = title(&reading, may_edit);
    let agreed = reading.diagnosis.state == How::Agreed;
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(&title).caption(opened(&reading.diagnosis)).size(Size::Xl),
        lead: lead(&reading),
        mine: mine(&reading, visitor),
        strengths: strengths(&reading),
        strands: (reading.diagnosis.state == How::Together).then(|| strands(&reading)),
        found: if agreed { found(&reading) } else { Vec::new() },
        differing: differing(&reading),
        alike: reading.beside_adviser().map(|both| (alike(&both), alike_reckoned(&both))),
        facts: facts(&reading, may_edit),
        links: links(&reading, visitor),
        wants: if may_edit && reading.diagnosis.state == How::Together {
            reading.meeting.wants(&reading.diagnosis)
        } else {
            Vec::new()
        },
        steps: steps::of(app, visitor, &reading, typed, errors).await?,
    };
    let mut frame =
        frame::page(visitor, title).breadcrumbs(way(&reading.school)).noindex().with_error(!errors.is_empty());
    if let Some(banner) = banner {
        frame = frame.banner(banner);
    }
    Ok((status(errors), frame::show(frame, &view)?).into_response())
}

fn title(reading: &Reading, may_edit: bool) -> String {
    let (all, done) = (reading.participants.len() as u64, reading.done.len() as u64);
    match (reading.diagnosis.state, reading.eyes) {
        (_, Eyes::Outside) => format!("What {} agreed about itself", reading.school.name),
        (How::Alone, _) if done == 0 && may_edit => "Everybody looks alone first".to_owned(),
        (How::Alone, _) => format!("{} of {} have looked", capital(&words(done)), words(all)),
        (How::Together, _) => "You look together. Start where you differ".to_owned(),
        (How::Agreed, _) => "This is what you agreed".to_owned(),
    }
}

fn lead(reading: &Reading) -> String {
    let diagnosis = &reading.diagnosis;
    match (diagnosis.state, reading.eyes) {
        (How::Alone, _) => format!(
            "Views are given until {}. Nobody sees anybody else’s until all look together, not even the head.",
            long_date(diagnosis.due)
        ),
        (How::Together, _) => "For each statement: how your views spread, what you know, and what you say together. Nothing is averaged, and whoever sees it differently is written down in their own words.".to_owned(),
        (How::Agreed, Eyes::Outside) => "The school released it to you, and sees that you looked. You read how many said what, never who.".to_owned(),
        (How::Agreed, _) => "It stands as you agreed it. Others read it only where you release it.".to_owned(),
    }
}

/// One's own part, for whoever takes part.
fn mine(reading: &Reading, visitor: &Visitor) -> Option<Link> {
    let person = visitor.who.person();
    let takes_part = reading.participants.iter().any(|one| one.person.is_some() && one.person == person);
    let words = match reading.diagnosis.state {
        How::Alone => format!("Give your own view, about {} minutes", words(reading.diagnosis.minutes())),
        How::Together | How::Agreed => "Read what you said yourself".to_owned(),
    };
    takes_part.then(|| Link::new(address(&reading.diagnosis, "/mine"), words))
}

fn strengths(reading: &Reading) -> Vec<SafeHtml> {
    let all = reading.meeting.strengths.iter();
    all.map(|one| {
        let put_to_use = match one.put_to_use.as_str() {
            "" => prose("What you do with it is still to be said."),
            text => prose(&format!("What we do with it: {text}")),
        };
        SafeHtml::join([prose(&one.words), put_to_use], "")
    })
    .collect()
}

/// Strands and how far the group has come with each.
fn strands(reading: &Reading) -> TaskList {
    reading.diagnosis.strands().fold(TaskList::new("strands"), |list, strand| {
        let (written, all) = written(reading, strand);
        let status = match written {
            0 => TaskStatus::Tag(Tag::new("To talk about").colour(TagColour::Blue)),
            some if some == all => TaskStatus::Text("All written down".into()),
            some => TaskStatus::Text(format!("{} of {}", capital(&words(some)), words(all)).into()),
        };
        let to = address(&reading.diagnosis, &format!("/strands/{}", strand.key()));
        list.task(to, &strand.title, Some(&strand.question), status)
    })
}

fn written(reading: &Reading, strand: &Strand) -> (u64, u64) {
    let all = strand.statements().count() as u64;
    let written = strand.statements().filter(|one| reading.meeting.finding(&one.id).is_some()).count() as u64;
    (written, all)
}

/// What was agreed, strand by strand.
fn found(reading: &Reading) -> Vec<(String, Vec<(String, String)>)> {
    let (diagnosis, meeting) = (&reading.diagnosis, &reading.meeting);
    let of = |strand: &Strand| {
        let lines = strand.statements().filter_map(|one| Some((one, meeting.finding(&one.id)?)));
        let lines = lines.map(|(one, what)| {
            let dissent = if what.dissent.is_empty() { "" } else { " Somebody sees it differently." };
            (one.text.clone(), format!("{}{dissent}", finding(diagnosis, reading.eyes, &reading.participants, what)))
        });
        (strand.title.clone(), lines.collect())
    };
    diagnosis.strands().map(of).collect()
}

fn differing(reading: &Reading) -> Vec<(String, SafeHtml)> {
    let all = reading.meeting.differing.iter();
    all.map(|one| {
        let about = reading.diagnosis.statement(&one.statement).map_or("the whole", |(_, one)| one.text.as_str());
        let word = one.point.map(|point| reading.diagnosis.framework.word(point));
        let word = word.map(|word| format!(", would say ‘{word}’")).unwrap_or_default();
        (format!("{}, {}, on ‘{about}’{word}", one.name, moment(one.at)), prose(&one.words))
    })
    .collect()
}

fn facts(reading: &Reading, may_edit: bool) -> SummaryList {
    let (diagnosis, meeting) = (&reading.diagnosis, &reading.meeting);
    let (all, done) = (reading.participants.len() as u64, reading.done.len() as u64);
    let titles: Vec<&str> = diagnosis.strands().map(|strand| strand.title.as_str()).collect();
    let still: Vec<&str> = reading
        .participants
        .iter()
        .filter(|one| !reading.done.contains(&one.number))
        .map(|one| one.name.as_str())
        .collect();
    let signed = |side: Side| meeting.signature(side).map(|one| format!("{}, {}", one.name, moment(one.at)));
    let agreed = diagnosis.agreed_by.as_ref().zip(diagnosis.agreed_at);
    let beside: Vec<&str> = meeting.beside.iter().map(|one| one.name.as_str()).collect();
    let inside = reading.eyes != Eyes::Outside;
    SummaryList::new()
        .row("Looked at", titles.join("; "))
        .row("Who takes part", format!("{}; {} answered everything", capital(&words(all)), words(done)))
        .row_if("Names", inside.then(|| diagnosis.names.words()))
        .row_if(
            "Still to look",
            (may_edit && diagnosis.state == How::Alone && !still.is_empty()).then(|| still.join(", ")),
        )
        .row_if("At the same time", (inside && !beside.is_empty()).then(|| beside.join(", ")))
        .row_if("Agreed", agreed.map(|(by, at)| format!("{}, written down by {by}", moment(at))))
        .row_if("Signed for the school", signed(Side::School))
        .row_if("Signed by the adviser", signed(Side::Adviser))
}

fn links(reading: &Reading, visitor: &Visitor) -> Vec<Link> {
    let (diagnosis, id) = (&reading.diagnosis, reading.school.id);
    let mut links = Vec::new();
    if diagnosis.state == How::Agreed {
        for strand in diagnosis.strands() {
            let to = address(diagnosis, &format!("/strands/{}", strand.key()));
            links.push(Link::new(to, format!("{}: views, evidence and what was agreed", strand.title)));
        }
    }
    if EVIDENCE.directly(&visitor.who, id) {
        links.push(Link::new(address(diagnosis, "/evidence"), "Evidence"));
    }
    if EDIT.directly(&visitor.who, id) && diagnosis.state != How::Alone {
        links.push(Link::new(address(diagnosis, "/strengths"), "Strengths, and what you do with them"));
    }
    if diagnosis.state == How::Agreed && EDIT.directly(&visitor.who, id) {
        links.push(Link::new(format!("/organisations/{id}/releases"), "Let somebody read it"));
    }
    links
}
