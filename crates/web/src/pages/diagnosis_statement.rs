//! What do you say together of this statement, and who sees it differently?

use super::{
    diagnosis_words::{
        Fields, TOO_FEW, address, all, apart, evidence, finding, get, on_to, spread_table, status, way_below, wrong,
    },
    school_record::{moment, number, prose},
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use programme::diagnosis::{self, EDIT, Finding, Judgement, Line, Looking, NewFinding, Settled, Spread};
use ui::{
    Button, Checkboxes, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, Radios, SafeHtml, Size, Table,
    Textarea,
};

#[derive(Template)]
#[template(path = "diagnosis_statement.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    says: &'static str,
    table: Option<Table>,
    reasons: Vec<String>,
    evidence: Vec<SafeHtml>,
    prompts: &'static [String],
    evidence_to: String,
    theirs: Option<(String, SafeHtml)>,
    to: String,
    hidden: [Hidden; 2],
    judgement: Radios,
    agreed: Checkboxes,
    dissent: Textarea,
    button: Button,
}

/// What stands in the form.
struct Typed {
    judgement: String,
    agreed: Vec<String>,
    dissent: String,
    base: i64,
}

impl Typed {
    fn of(found: Option<&Finding>) -> Self {
        Self {
            judgement: found.map(|one| one.judgement.key()).unwrap_or_default(),
            agreed: found.map(|one| one.agreed.iter().map(i64::to_string).collect()).unwrap_or_default(),
            dissent: found.map(|one| one.dissent.clone()).unwrap_or_default(),
            base: found.map_or(0, |one| one.revision),
        }
    }
}

/// `GET /organisations/{id}/diagnoses/{diagnosis}/statements/{statement}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis, statement)): Path<(String, String, String)>,
) -> Result<Response, PageError> {
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    EDIT.require_directly(&visitor.who, id)?;
    let (looking, line) = diagnosis::look_at(&app.world, &visitor.who, id, diagnosis, &statement).await?;
    let typed = Typed::of(looking.reading.meeting.finding(&statement));
    page(&visitor, &looking, &line, &typed, None, &Errors::none())
}

/// `POST /organisations/{id}/diagnoses/{diagnosis}/statements/{statement}`
pub(crate) async fn settle(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis, statement)): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&diagnosis)?);
    EDIT.require_directly(&visitor.who, id)?;
    let (looking, line) = diagnosis::look_at(&app.world, &visitor.who, id, one, &statement).await?;
    let reading = &looking.reading;
    let ticked = all(&fields, "agreed");
    let everybody = ticked.contains(&"all");
    let those = reading.participants.iter().map(|one| one.number);
    let typed = Typed {
        judgement: get(&fields, "judgement").to_owned(),
        agreed: ticked.iter().map(|one| (*one).to_owned()).collect(),
        dissent: get(&fields, "dissent").to_owned(),
        base: get(&fields, "revision").parse().unwrap_or_default(),
    };
    let new = NewFinding {
        statement: statement.clone(),
        judgement: Judgement::from_key(&typed.judgement, reading.diagnosis.framework),
        agreed: those.filter(|number| everybody || ticked.contains(&number.to_string().as_str())).collect(),
        dissent: typed.dissent.clone(),
        base: typed.base,
    };
    match diagnosis::settle(&app.world, &visitor.who, id, one, new).await {
        Ok(Settled::Done(_) | Settled::Same) => Ok(next(&looking, &statement)),
        Ok(Settled::Meanwhile(theirs)) => {
            // Saving once more from here is knowing what the other wrote.
            let typed = Typed { base: theirs.revision, ..typed };
            page(&visitor, &looking, &line, &typed, Some(&theirs), &Errors::none())
        }
        Err(error) => page(&visitor, &looking, &line, &typed, None, &wrong(error)?),
    }
}

/// The next statement of the strand on which nothing is written yet, or the strand.
fn next(looking: &Looking, done: &str) -> Response {
    let reading = &looking.reading;
    let open = |line: &&Line| line.statement.id != done && reading.meeting.finding(&line.statement.id).is_none();
    match looking.lines.iter().find(open) {
        Some(line) => on_to(&address(&reading.diagnosis, &format!("/statements/{}", line.statement.id)), "written"),
        None => on_to(&address(&reading.diagnosis, &format!("/strands/{}", looking.strand.key())), "written"),
    }
}

fn page(
    visitor: &Visitor,
    looking: &Looking,
    line: &Line,
    typed: &Typed,
    theirs: Option<&Finding>,
    errors: &Errors,
) -> Result<Response, PageError> {
    let reading = &looking.reading;
    let (diagnosis, meeting) = (&reading.diagnosis, &reading.meeting);
    let id = &line.statement.id;
    let (says, reasons) = match &line.spread {
        Spread::TooFew => (TOO_FEW, Vec::new()),
        Spread::Shown(counts) => {
            let reasons = counts.reasons.iter().map(|(name, text)| match name {
                Some(name) => format!("{name}: {text}"),
                None => text.clone(),
            });
            (apart(counts, diagnosis.state), reasons.collect())
        }
    };
    let to = address(diagnosis, &format!("/statements/{id}"));
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(&line.statement.text)
            .caption(format!("Look together · {}", looking.strand.title))
            .size(Size::L),
        says,
        table: spread_table(diagnosis.framework, line),
        reasons,
        evidence: evidence(meeting.evidence.iter().filter(|one| one.statements.contains(id))),
        prompts: &line.statement.evidence,
        evidence_to: address(diagnosis, "/evidence"),
        theirs: theirs.map(|one| {
            let says = finding(diagnosis, reading.eyes, &reading.participants, one);
            let dissent = if one.dissent.is_empty() { SafeHtml::empty() } else { prose(&one.dissent) };
            let words = SafeHtml::join([prose(&says), dissent], "");
            (format!("{} wrote on {}", one.changed_by, moment(one.changed_at)), words)
        }),
        to,
        hidden: [Hidden::new("csrf", visitor.form_token()), Hidden::new("revision", typed.base.to_string())],
        judgement: judgement(looking, &typed.judgement).errors(errors),
        agreed: agreed(looking, typed).errors(errors),
        dissent: Textarea::new("dissent", "What do those say who see it differently? (optional)")
            .hint("In their own words. It stays beside what you agree")
            .rows(3)
            .value(&typed.dissent)
            .errors(errors),
        button: Button::new(if theirs.is_some() { "Write mine all the same" } else { "Write it down" }).once(),
    };
    let strand = address(diagnosis, &format!("/strands/{}", looking.strand.key()));
    let way = way_below(&reading.school, diagnosis).to(strand, &looking.strand.title);
    let mut frame =
        frame::page(visitor, &line.statement.text).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if let Some(theirs) = theirs {
        let words = format!(
            "{} wrote something else while you were writing. Nothing of yours was saved yet.",
            theirs.changed_by
        );
        frame = frame.banner(NotificationBanner::important(words));
    }
    let status = if theirs.is_some() { StatusCode::CONFLICT } else { status(errors) };
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn judgement(looking: &Looking, chosen: &str) -> Radios {
    let scale = &looking.reading.diagnosis.framework.scale;
    let radios = Radios::new("judgement", "What do you say together?").hint(&scale.question).chosen(chosen);
    let radios = scale.points.iter().fold(radios, |radios, point| {
        radios.choice_with_hint(Judgement::Point(point.value).key(), &point.word, &point.means)
    });
    radios.choice(Judgement::NotAgreed.key(), "We do not agree")
}

fn agreed(looking: &Looking, typed: &Typed) -> Checkboxes {
    let participants = &looking.reading.participants;
    let boxes = Checkboxes::new("agreed", "Who agrees?").chosen(&typed.agreed).small();
    let boxes = boxes.choice("all", "Everybody who takes part");
    participants.iter().fold(boxes, |boxes, one| boxes.choice(one.number.to_string(), &one.name))
}
