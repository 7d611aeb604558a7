//! Who needs help: which schools meet this rule on this day, why, since when?

use super::cohort_words::capital;
use crate::{App, error::PageError, form, frame, pictures, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use charts::Mark;
use kernel::{
    Date,
    words::{figures, long_date},
};
use programme::need_rule::{self, Decided, DecisionKind, Met, NeedRule, may_decide};
use register::public_record::PublicRecord;
use serde::Deserialize;
use ui::{
    Breadcrumbs, Button, ChartFigure, DateInput, Details, Heading, Hidden, Link,
    NotificationBanner, Radios, SafeHtml, Select, Size, Table, TextInput, Textarea, Width, cells,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    on: String,
    #[serde(rename = "on-day")]
    day: String,
    #[serde(rename = "on-month")]
    month: String,
    #[serde(rename = "on-year")]
    year: String,
    phase: String,
    done: String,
}

#[derive(Template)]
#[template(path = "need_rule.html")]
struct View {
    heading: Heading,
    rule: &'static NeedRule,
    summary: String,
    on: DateInput,
    phase: Select,
    show: Button,
    map: Option<ChartFigure>,
    authorities: Vec<Details>,
    none: bool,
    csv: Link,
    decisions: Option<Table>,
    decide: Option<Decide>,
}

/// The form for an appeal or a decision.
struct Decide {
    action: String,
    csrf: Hidden,
    urn: TextInput,
    kind: Radios,
    reason: Textarea,
    button: Button,
}

/// `GET /need-rules/{id}?on=&phase=`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let rule = need_rule::rule(&id, None).ok_or(PageError::NotFound)?;
    let asked = form::iso(&input.on).or_else(|| form::date(&input.day, &input.month, &input.year));
    let typed = !(input.on.is_empty()
        && input.day.is_empty()
        && input.month.is_empty()
        && input.year.is_empty());
    let understood = !typed || asked.is_some();
    let on = asked.unwrap_or_else(|| app.world.clock.today());
    let phase = Some(input.phase.trim().to_owned()).filter(|phase| !phase.is_empty());
    let found = need_rule::needs(&app.world, rule, on, phase.clone()).await?;
    let record = app.world.record().await?;
    let total = figures(found.met.len() as u64);
    let title = match found.met.len() {
        0 => format!("No school meets ‘{}’", rule.title.to_lowercase()),
        1 => format!("One school meets ‘{}’", rule.title.to_lowercase()),
        _ => format!("{total} schools meet ‘{}’", rule.title.to_lowercase()),
    };
    let day = DateInput::new("on", "On which day?")
        .hint("For example 1 5 2013")
        .value(
            on.day().to_string(),
            on.month().to_string(),
            on.year().to_string(),
        );
    let day = if understood {
        day
    } else {
        day.error("Enter a day, such as 1 5 2013")
    };
    let view = View {
        heading: Heading::new(title.clone())
            .caption(format!("Rule: {}, version {}", rule.title, rule.version))
            .size(Size::Xl),
        rule,
        summary: format!(
            "On {}{}.",
            long_date(on),
            phase
                .as_ref()
                .map_or(String::new(), |p| format!(", phase: {}", p.to_lowercase()))
        ),
        on: day,
        phase: phases(&input.phase),
        show: Button::new("Show").secondary(),
        map: (!found.met.is_empty()).then(|| map(&record, &found.met, rule, on)),
        authorities: by_authority(&record, &found.met),
        none: found.met.is_empty(),
        csv: Link::new(
            format!(
                "/need-rules/{id}/schools.csv?on={on}&phase={}",
                super::find::encoded(&input.phase)
            ),
            "Download the list (CSV)",
        ),
        decisions: decisions(&record, &found),
        decide: may_decide(&visitor.who).then(|| decide_form(&id, &visitor)),
    };
    let page = frame::page(&visitor, title)
        .breadcrumbs(Breadcrumbs::home().to("/need-rules", "Who needs help"))
        .with_error(!understood);
    let page = if input.done.is_empty() {
        page
    } else {
        page.banner(NotificationBanner::success("The decision is recorded."))
    };
    frame::show(page, &view)
}

fn phases(chosen: &str) -> Select {
    Select::new("phase", "Phase")
        .option("", "All phases")
        .options(
            [
                "Primary",
                "Secondary",
                "All-through",
                "Middle deemed primary",
                "Middle deemed secondary",
                "16 plus",
            ]
            .map(|phase| (phase, phase)),
        )
        .chosen(match chosen.to_lowercase().as_str() {
            "primary" => "Primary",
            "secondary" => "Secondary",
            _ => chosen,
        })
}

fn map(record: &PublicRecord, met: &[Met], rule: &NeedRule, on: Date) -> ChartFigure {
    let places = met.iter().filter_map(|met| {
        let school = record.school(met.urn)?;
        let (lat, lng) = school.place?;
        Some((school.name.to_string(), lat, lng, 0))
    });
    let places: Vec<_> = places.collect();
    let unplaced = met.len() - places.len();
    let unplaced = if unplaced == 0 {
        String::new()
    } else {
        format!(
            " {} without a known place are not on the map.",
            figures(unplaced as u64)
        )
    };
    let title = format!(
        "Schools that meet ‘{}’ on {}",
        rule.title.to_lowercase(),
        long_date(on)
    );
    let source = format!(
        "Source: Ofsted and the Department for Education, as imported here; {}.{unplaced} {}",
        rule.source,
        pictures::MAP_SOURCE
    );
    pictures::figure(
        pictures::map(title, &[("meets the rule", Mark::Filled)], places),
        source,
    )
    .id("map")
}

/// The schools by authority and name: never by severity.
fn by_authority(record: &PublicRecord, met: &[Met]) -> Vec<Details> {
    let mut rows: Vec<(&str, &str, &Met)> = met
        .iter()
        .filter_map(|met| {
            let school = record.school(met.urn)?;
            let authority = record.authority(school);
            Some((
                if authority.is_empty() {
                    "Authority not known"
                } else {
                    authority
                },
                &*school.name,
                met,
            ))
        })
        .collect();
    rows.sort_by(|a, b| (a.0, a.1, a.2.urn).cmp(&(b.0, b.1, b.2.urn)));
    let few = rows.len() <= 60;
    rows.chunk_by(|a, b| a.0 == b.0)
        .map(|group| {
            let authority = group.first().map_or("", |row| row.0);
            let table = Table::new(format!("Schools in {authority}"))
                .hidden_caption()
                .head(["School", "Since", "Why"])
                .rows(group.iter().map(|(_, name, met)| {
                    cells![
                        Link::new(format!("/schools/{}", met.urn), *name),
                        long_date(met.since),
                        met.reason.clone()
                    ]
                }));
            let details = Details::new(
                format!("{authority}: {}", figures(group.len() as u64)),
                table.small().wide(),
            );
            if few { details.open() } else { details }
        })
        .collect()
}

fn decisions(record: &PublicRecord, found: &Decided) -> Option<Table> {
    if found.decisions.is_empty() {
        return None;
    }
    let rows = found.decisions.iter().map(|decision| {
        let name = record.school(decision.urn).map_or_else(
            || decision.urn.to_string(),
            |school| school.name.to_string(),
        );
        cells![
            Link::new(format!("/schools/{}", decision.urn), name),
            decision.kind.words(),
            capital(&decision.reason),
            long_date(jiff::tz::Offset::UTC.to_datetime(decision.at).date())
        ]
    });
    Some(
        Table::new("Appeals and decisions beside the rule")
            .caption_size(Size::M)
            .head(["School", "What", "Why", "Recorded"])
            .rows(rows)
            .wide(),
    )
}

fn decide_form(id: &str, visitor: &Visitor) -> Decide {
    let kinds = DecisionKind::ALL
        .iter()
        .fold(Radios::new("kind", "What was decided?"), |radios, kind| {
            radios.choice(kind.key(), kind.words())
        });
    Decide {
        action: format!("/need-rules/{id}/decisions"),
        csrf: Hidden::new("csrf", visitor.form_token()),
        urn: TextInput::new("urn", "URN of the school").width(Width::Ten),
        kind: kinds,
        reason: Textarea::new("reason", "Why?").rows(3),
        button: Button::new("Record the decision"),
    }
}
