//! A school's record: what do inspectors say, since when, under which rules,
//! under which name?

use super::school_words as words;
use crate::{App, error::PageError, frame, pictures, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use kernel::{Urn, words::long_date};
use programme::record::{self, SchoolRecord};
use register::{
    inspection::{Inspection, latest_graded, outcome_words},
    public_record::{PublicRecord, School},
    school::{Fact, SchoolField},
};
use ui::{
    Breadcrumbs, ChartFigure, Findings, Heading, InsetText, Link, SafeHtml, Size, SourceLine,
    SummaryList, Table, cells,
};

#[derive(Template)]
#[template(path = "school.html")]
struct View {
    urn: String,
    heading: Heading,
    latest: Findings,
    closed: Option<InsetText>,
    timeline: Option<ChartFigure>,
    inspections: Option<Table>,
    inspection_notes: Vec<String>,
    lineage: Option<Table>,
    results: Vec<(Table, SourceLine)>,
    facts: SummaryList,
    sources: Vec<(String, String)>,
}

/// `GET /schools/{urn}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(urn): Path<String>,
) -> Result<Html<String>, PageError> {
    let urn: Urn = urn.parse().map_err(|_| PageError::NotFound)?;
    let known = record::school(&app.world, urn).await?;
    let register = known.record.clone();
    let school = register.school(urn).ok_or(PageError::NotFound)?;
    let title = school.name.to_string();
    let today = app.world.clock.today();
    let timeline = (!known.inspections.is_empty()).then(|| {
        let chart = pictures::timeline(&register, urn, &title, &known.inspections, today);
        pictures::figure(chart, inspection_source(&known)).id("timeline")
    });
    let view = View {
        urn: urn.to_string(),
        heading: Heading::new(title.clone())
            .caption(words::caption(&register, school))
            .size(Size::Xl),
        latest: Findings::new(latest(&register, school, &known.inspections, today)),
        closed: words::closed(&register, school).map(InsetText::new),
        timeline,
        inspections: (!known.inspections.is_empty()).then(|| inspections(&known, urn)),
        inspection_notes: notes(&known.inspections),
        lineage: lineage(&register, urn),
        results: results(&known),
        facts: facts(&known),
        sources: used_sources(&known),
    };
    let page = frame::page(&visitor, title)
        .breadcrumbs(Breadcrumbs::home().to("/schools", "Find a school"));
    frame::show(page, &view)
}

fn latest(
    record: &PublicRecord,
    school: &School,
    inspections: &[Inspection],
    today: kernel::Date,
) -> String {
    match latest_graded(inspections, today) {
        Some(latest) if latest.of_school() == school.urn => format!("{}.", latest.words()),
        Some(latest) => {
            let before = record
                .school(latest.of_school())
                .map_or("its predecessor", |before| &before.name);
            format!(
                "{}. This was said of {before}, from which the school came; it has had no graded inspection in its own form.",
                latest.words()
            )
        }
        None => "No graded inspection of this school is in the record.".to_owned(),
    }
}

fn inspection_source(known: &SchoolRecord) -> SafeHtml {
    let mut ids: Vec<i64> = known
        .inspections
        .iter()
        .flat_map(|inspection| {
            inspection
                .said_by
                .iter()
                .map(|said| i64::from(said.origin.source.0))
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Vec<String> = ids
        .iter()
        .filter_map(|id| known.sources.get(id))
        .map(|source| match &source.caveat {
            Some(caveat) => format!("{}. {caveat}", source.words()),
            None => format!("{}.", source.words()),
        })
        .collect();
    let csv = Link::new(
        format!("/schools/{}/inspections.csv", known.urn),
        "Download the inspections (CSV)",
    );
    SafeHtml::join(
        [
            SafeHtml::from(format!("Source: {} ", names.join(" "))),
            csv.into(),
        ],
        "",
    )
}

fn inspections(known: &SchoolRecord, urn: Urn) -> Table {
    let rows = known.inspections.iter().rev().map(|inspection| {
        let framework = inspection.framework.get();
        let as_whom = if inspection.of_school() == urn {
            "This school".to_owned()
        } else {
            let before = known.record.school(inspection.of_school());
            before.map_or_else(
                || inspection.of_school().to_string(),
                |before| format!("{} ({})", before.name, before.urn),
            )
        };
        let areas: Vec<String> = inspection
            .judgements
            .iter()
            .map(|judged| {
                let label = judged
                    .code
                    .and_then(|code| framework.label(code))
                    .unwrap_or(&judged.raw);
                let dated = judged.dated.filter(|day| *day != inspection.start);
                let dated = dated.map_or(String::new(), |day| format!(" ({})", long_date(day)));
                format!("{}: {label}{dated}", framework.area_label(&judged.area))
            })
            .collect();
        cells![
            long_date(inspection.start),
            words::outcome(inspection),
            areas.join("; "),
            framework.called.clone(),
            as_whom
        ]
    });
    Table::new("Every inspection in the record, the latest first")
        .caption_size(Size::M)
        .head(["Day", "What was said", "Areas", "Rules", "Said of"])
        .rows(rows)
        .small()
        .wide()
}

/// What outcomes that are no grades mean, each once.
fn notes(inspections: &[Inspection]) -> Vec<String> {
    let mut notes: Vec<String> = inspections
        .iter()
        .filter_map(|inspection| {
            Some(outcome_words(
                inspection.framework.get(),
                inspection.outcome.as_ref()?,
            ))
        })
        .collect();
    notes.sort();
    notes.dedup();
    notes
}

fn lineage(record: &PublicRecord, urn: Urn) -> Option<Table> {
    let lineages = record.lineages();
    let row = |(other, _): &(Urn, u32), what: &str| {
        let school = record.school(*other);
        let name = school.map_or_else(
            || format!("School {other}"),
            |school| school.name.to_string(),
        );
        let years = school.map_or(String::new(), words::years);
        cells![
            Link::new(format!("/schools/{other}"), name),
            other.to_string(),
            what.to_owned(),
            years
        ]
    };
    let before = lineages.ancestors(urn);
    let after = lineages.descendants(urn);
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let rows = after
        .iter()
        .map(|kin| row(kin, "Came after"))
        .chain(before.iter().map(|kin| row(kin, "Came before")));
    let table = Table::new("Schools it came from and became")
        .caption_size(Size::M)
        .head(["School", "URN", "How", "From and to"]);
    Some(table.rows(rows).wide())
}

fn results(known: &SchoolRecord) -> Vec<(Table, SourceLine)> {
    let tables = known.results.iter().map(|table| {
        let rows = table
            .measures
            .iter()
            .map(|(measure, fact, _)| [measure.clone(), value(fact)]);
        let period = if table.period == "undated" {
            "year not stated in the file"
        } else {
            &table.period
        };
        let source = table
            .measures
            .first()
            .and_then(|(_, _, id)| known.sources.get(id));
        let source = source.map_or(String::new(), |source| {
            format!(
                "Source: {}. {}",
                source.words(),
                source.caveat.as_deref().unwrap_or_default()
            )
        });
        let caption = format!("{}, {period}", table.dataset.title());
        (
            Table::new(caption)
                .caption_size(Size::S)
                .head(["Measure", "Value"])
                .rows(rows)
                .small(),
            SourceLine::new(source),
        )
    });
    tables.collect()
}

/// A value as a table shows it; a state in words with its marker.
pub(crate) fn value(fact: &Fact) -> String {
    match fact {
        Fact::Whole(number) => number.to_string(),
        Fact::Decimal(number) => number.to_string(),
        Fact::Text(text) => text.clone(),
        Fact::State { state, marker } => format!("{} ({marker})", state.words()),
    }
}

fn facts(known: &SchoolRecord) -> SummaryList {
    known
        .facts
        .iter()
        .fold(SummaryList::new(), |list, (field, fact, source)| {
            let shown = match (field, fact.date()) {
                (
                    SchoolField::Opened
                    | SchoolField::Closed
                    | SchoolField::CensusDate
                    | SchoolField::LastChanged,
                    Some(day),
                ) => long_date(day),
                _ => words::capital_state(*field, &value(fact)),
            };
            let dated = known.sources.get(source).map_or(String::new(), |source| {
                format!(" ({})", long_date(source.as_of))
            });
            let dated = SafeHtml::from(ui::SourceLine::new(dated));
            list.row(
                field.label(),
                SafeHtml::join([SafeHtml::from(shown), dated], ""),
            )
        })
}

fn used_sources(known: &SchoolRecord) -> Vec<(String, String)> {
    let facts = known.facts.iter().map(|(_, _, source)| *source);
    let results = known
        .results
        .iter()
        .flat_map(|table| table.measures.iter().map(|(_, _, source)| *source));
    let mut ids: Vec<i64> = facts.chain(results).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.iter()
        .filter_map(|id| known.sources.get(id))
        .map(|source| (source.words(), source.caveat.clone().unwrap_or_default()))
        .collect()
}
