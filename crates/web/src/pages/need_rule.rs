//! Who needs help: which schools meet this rule on this day, why, since when?

use super::cohort_words::capital;
use crate::{App, app::MapOf, error::PageError, form, frame, pictures, visitor::Visitor};
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
use list::{InAuthority, Listed};
use programme::need_rule::{self, Decided, DecisionKind, NeedRule, may_decide};
use register::public_record::PublicRecord;
use serde::Deserialize;
use ui::{
    Breadcrumbs, Button, ChartFigure, DateInput, Heading, Hidden, Link, NotificationBanner, Radios, SafeHtml, Select,
    Size, Table, TextInput, Textarea, Width, cells,
};

mod list;

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
    authority: String,
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
    authority: Option<Hidden>,
    show: Button,
    map: Option<SafeHtml>,
    listed: Listed,
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
    let typed = !(input.on.is_empty() && input.day.is_empty() && input.month.is_empty() && input.year.is_empty());
    let understood = !typed || asked.is_some();
    let on = asked.unwrap_or_else(|| app.world.clock.today());
    let phase = Some(input.phase.trim().to_owned()).filter(|phase| !phase.is_empty());
    let found = need_rule::needs(&app.world, rule, on, phase.clone()).await?;
    let record = app.world.record().await?;
    let authority = input.authority.trim();
    let schools = list::by_authority(&record, &found.met, authority);
    let place = if authority.is_empty() { String::new() } else { format!(" in {authority}") };
    let title = match schools.len() {
        0 => format!("No school{place} meets ‘{}’", rule.title.to_lowercase()),
        1 => format!("One school{place} meets ‘{}’", rule.title.to_lowercase()),
        many => format!("{} schools{place} meet ‘{}’", figures(many as u64), rule.title.to_lowercase()),
    };
    let here = format!("/need-rules/{id}?on={on}&phase={}", super::find::encoded(&input.phase));
    let day = DateInput::new("on", "On which day?").hint("For example 1 5 2013").value(
        on.day().to_string(),
        on.month().to_string(),
        on.year().to_string(),
    );
    let day = if understood { day } else { day.error("Enter a day, such as 1 5 2013") };
    let view = View {
        heading: Heading::new(title.clone())
            .caption(format!("Rule: {}, version {}", rule.title, rule.version))
            .size(Size::Xl),
        rule,
        summary: format!(
            "On {}{}.",
            long_date(on),
            phase.as_ref().map_or(String::new(), |p| format!(", phase: {}", p.to_lowercase()))
        ),
        on: day,
        phase: phases(&input.phase),
        authority: (!authority.is_empty()).then(|| Hidden::new("authority", authority)),
        show: Button::new("Show").secondary(),
        map: (!schools.is_empty()).then(|| {
            let question = MapOf {
                rule: &rule.id,
                version: rule.version,
                on,
                phase: input.phase.trim().to_lowercase(),
                authority: authority.to_lowercase(),
            };
            let drawn = app.maps.answer(&record, question, |_| map(&record, &schools, rule, on).into());
            SafeHtml::clone(&drawn)
        }),
        listed: list::listed(&schools, authority, &here),
        csv: Link::new(
            format!("/need-rules/{id}/schools.csv?on={on}&phase={}", super::find::encoded(&input.phase)),
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
            ["Primary", "Secondary", "All-through", "Middle deemed primary", "Middle deemed secondary", "16 plus"]
                .map(|phase| (phase, phase)),
        )
        .chosen(match chosen.to_lowercase().as_str() {
            "primary" => "Primary",
            "secondary" => "Secondary",
            _ => chosen,
        })
}

fn map(record: &PublicRecord, schools: &[InAuthority], rule: &NeedRule, on: Date) -> ChartFigure {
    let places = schools.iter().filter_map(|(_, name, met)| {
        let (lat, lng) = record.school(met.urn)?.place?;
        Some(((*name).to_owned(), lat, lng, 0))
    });
    let places: Vec<_> = places.collect();
    let unplaced = schools.len() - places.len();
    let unplaced = if unplaced == 0 {
        String::new()
    } else {
        format!(" {} without a known place are not on the map.", figures(unplaced as u64))
    };
    let title = format!("Schools that meet ‘{}’ on {}", rule.title.to_lowercase(), long_date(on));
    let source = format!(
        "Source: Ofsted and the Department for Education, as imported here; {}.{unplaced} {}",
        rule.source,
        pictures::MAP_SOURCE
    );
    pictures::figure(pictures::map(title, &[("meets the rule", Mark::Filled)], places), source).id("map")
}

fn decisions(record: &PublicRecord, found: &Decided) -> Option<Table> {
    if found.decisions.is_empty() {
        return None;
    }
    let rows = found.decisions.iter().map(|decision| {
        let name =
            record.school(decision.urn).map_or_else(|| decision.urn.to_string(), |school| school.name.to_string());
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
        .fold(Radios::new("kind", "What was decided?"), |radios, kind| radios.choice(kind.key(), kind.words()));
    Decide {
        action: format!("/need-rules/{id}/decisions"),
        csrf: Hidden::new("csrf", visitor.form_token()),
        urn: TextInput::new("urn", "URN of the school").width(Width::Ten),
        kind: kinds,
        reason: Textarea::new("reason", "Why?").rows(3),
        button: Button::new("Record the decision"),
    }
}
