//! Where do you agree about this strand, and where do you differ?

use super::{
    diagnosis_picture::{picture, reckoned, sentence},
    diagnosis_words::{TOO_FEW, address, apart, evidence, finding, opened, pieces, spread_table, way_below},
    imports::capital,
    school_record::{number, prose},
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use kernel::words::number as words;
use programme::diagnosis::{self, Apart, EDIT, Eyes, Line, Looking, Spread, State as How};
use serde::Deserialize;
use ui::{ChartFigure, Details, Heading, Link, NotificationBanner, SafeHtml, Size, Table};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "diagnosis_strand.html")]
struct View {
    heading: Heading,
    lead: String,
    picture: Option<ChartFigure>,
    agreement: &'static str,
    reckoned: Option<Details>,
    lines: Vec<Shown>,
}

/// One statement.
struct Shown {
    statement: &'static str,
    says: String,
    table: Option<Table>,
    reasons: Vec<String>,
    found: Option<String>,
    dissent: Option<SafeHtml>,
    differing: Vec<(String, SafeHtml)>,
    evidence: Option<Details>,
    write: Option<Link>,
}

/// `GET /organisations/{id}/diagnoses/{diagnosis}/strands/{strand}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis, strand)): Path<(String, String, String)>,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let looking = diagnosis::look(&app.world, &visitor.who, id, diagnosis, &strand).await?;
    let may_write = EDIT.directly(&visitor.who, id) && looking.reading.diagnosis.state == How::Together;
    let title = title(&looking);
    let view = View {
        heading: Heading::new(&title).caption(format!("Look together · {}", looking.strand.title)).size(Size::Xl),
        lead: lead(&looking),
        picture: picture(&looking),
        agreement: looking.agreement.as_ref().map_or("", sentence),
        reckoned: looking.agreement.as_ref().and_then(reckoned),
        lines: looking.lines.iter().map(|line| shown(&looking, line, may_write)).collect(),
    };
    let way = way_below(&looking.reading.school, &looking.reading.diagnosis);
    let mut page = frame::page(&visitor, title).breadcrumbs(way).noindex();
    if input.done == "written" {
        page = page.banner(NotificationBanner::success("Written down. You can change it until you agree."));
    }
    frame::show(page, &view)
}

fn title(looking: &Looking) -> String {
    let answered = looking.lines.iter().filter_map(|line| match &line.spread {
        Spread::Shown(counts) => Some((counts.answered(), counts.apart)),
        Spread::TooFew => None,
    });
    let Some(most) = answered.clone().map(|(many, _)| many).max() else {
        return "Too few of you have looked to show how views spread".to_owned();
    };
    let who = match looking.reading.eyes {
        Eyes::Outside => format!("{} people have looked.", capital(&words(most))),
        Eyes::Leader | Eyes::Participant => format!("{} of you have looked.", capital(&words(most))),
    };
    let differ = answered.clone().any(|(_, apart)| matches!(apart, Apart::Far | Apart::Little));
    match (differ, looking.reading.eyes) {
        (true, Eyes::Outside) => format!("{who} They differ on some"),
        (true, _) => format!("{who} Start where you differ"),
        (false, Eyes::Outside) => format!("{who} They see much alike"),
        (false, _) => format!("{who} You see much alike"),
    }
}

fn lead(looking: &Looking) -> String {
    let diagnosis = &looking.reading.diagnosis;
    let names = match (diagnosis.names, looking.reading.eyes) {
        (_, Eyes::Outside) | (diagnosis::Names::Hidden, _) => "Nobody’s name is shown, and nothing is averaged.",
        (diagnosis::Names::Shown, _) => "Names are shown, as was said before the first view. Nothing is averaged.",
    };
    format!("Each view was given alone. {names} {}.", opened(diagnosis))
}

fn shown(looking: &Looking, line: &Line, may_write: bool) -> Shown {
    let (diagnosis, meeting) = (&looking.reading.diagnosis, &looking.reading.meeting);
    let id = &line.statement.id;
    let found = meeting.finding(id);
    let (says, reasons) = match &line.spread {
        Spread::TooFew => (TOO_FEW.to_owned(), Vec::new()),
        Spread::Shown(counts) => {
            let says = match looking.reading.eyes {
                Eyes::Outside => String::new(),
                Eyes::Leader | Eyes::Participant => apart(counts, diagnosis.state).to_owned(),
            };
            let reason = |(name, text): &(Option<String>, String)| match name {
                Some(name) => format!("{name}: {text}"),
                None => text.clone(),
            };
            (says, counts.reasons.iter().map(reason).collect())
        }
    };
    let with_names = matches!(&line.spread, Spread::Shown(counts) if !counts.who.is_empty());
    let proofs = evidence(meeting.evidence.iter().filter(|one| one.statements.contains(id)));
    let differing = meeting.differing.iter().filter(|one| one.statement == *id);
    Shown {
        statement: &line.statement.text,
        says,
        // The picture of the strand has its table of all numbers; here stands who said what.
        table: if with_names { spread_table(diagnosis.framework, line) } else { None },
        reasons,
        found: found.map(|one| finding(diagnosis, looking.reading.eyes, &looking.reading.participants, one)),
        dissent: found.filter(|one| !one.dissent.is_empty()).map(|one| prose(&one.dissent)),
        differing: differing.map(|one| (one.name.clone(), prose(&one.words))).collect(),
        evidence: (!proofs.is_empty()).then(|| {
            // The words of a summary are a button’s, so they say which.
            let hidden = SafeHtml::from(format!(": {}", line.statement.text));
            let summary = format!("{}<span class=\"govuk-visually-hidden\">{hidden}</span>", pieces(meeting, id));
            Details::new(SafeHtml::vouched("text is escaped", summary), SafeHtml::join(proofs, ""))
        }),
        write: may_write.then(|| {
            let words = if found.is_some() { "Change what you agree" } else { "Write what you agree" };
            Link::new(address(diagnosis, &format!("/statements/{id}")), words)
                .hidden(format!(": {}", line.statement.text))
        }),
    }
}
