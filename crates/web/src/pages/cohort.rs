//! A cohort: did its schools become good, did the others?

use super::{cohort_members as members, cohort_words as words};
use crate::{App, error::PageError, form, frame, pictures, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use charts::Mark;
use kernel::words::{figures, long_date, month_and_year, number, percent};
use programme::cohort::{self, CohortPath, Group, Sight, may_edit};
use register::good::RuleSet;
use serde::Deserialize;
use ui::{
    Breadcrumbs, ChartFigure, DateInput, Details, Figures, Findings, Heading, Link, Pagination, SafeHtml, Size, Table,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    to: String,
    #[serde(rename = "to-day")]
    day: String,
    #[serde(rename = "to-month")]
    month: String,
    #[serde(rename = "to-year")]
    year: String,
    /// Which page of its schools.
    page: usize,
}

#[derive(Template)]
#[template(path = "cohort.html")]
struct View {
    heading: Heading,
    finding: Findings,
    conclusion: String,
    missing: Option<String>,
    path_words: String,
    good: Details,
    path: ChartFigure,
    early: Option<String>,
    declines: Option<String>,
    counted: Figures,
    published: Option<Table>,
    published_words: Vec<(String, String)>,
    /// Some school can be followed; else there is no path to draw.
    followable: bool,
    /// Its schools are shown; else sums only.
    whole: bool,
    map: ChartFigure,
    groups: Vec<(Table, Option<Pagination>)>,
    said: Vec<(String, String)>,
    slug: String,
    edit: bool,
    until: DateInput,
}

/// `GET /cohorts/{slug}?to=`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let asked = form::iso(&input.to).or_else(|| form::date(&input.day, &input.month, &input.year));
    let typed = !input.to.is_empty() || !input.day.is_empty() || !input.month.is_empty() || !input.year.is_empty();
    let path = match cohort::path(&app.world, &visitor.who, &slug, asked).await {
        Err(programme::Error::Invalid(_)) => cohort::path(&app.world, &visitor.who, &slug, None).await?,
        path => path?,
    };
    let understood = !typed || asked.is_some_and(|asked| asked == path.to);
    let title = title(&path);
    let view = view(&path, &visitor, &title, understood, input.page);
    let page = frame::page(&visitor, title.clone())
        .breadcrumbs(Breadcrumbs::home().to("/cohorts", "Cohorts"))
        .with_error(!understood);
    frame::show(page, &view)
}

fn title(path: &CohortPath) -> String {
    format!("Did the schools of the {} become good?", path.cohort().name)
}

fn view(path: &CohortPath, visitor: &Visitor, title: &str, understood: bool, page: usize) -> View {
    let cohort = path.cohort();
    let joined = long_date(cohort.joins_on);
    let span = format!("{}, {} to {}", cohort.name, month_and_year(cohort.joins_on), month_and_year(path.to));
    let until = DateInput::new("to", "Follow them up to another day")
        .hint(format!("Any day from {joined} on, for example 31 12 2019"))
        .value(path.to.day().to_string(), path.to.month().to_string(), path.to.year().to_string());
    let until = if understood {
        until
    } else {
        until.error(format!("Enter a day on or after {joined}, when the schools joined"))
    };
    let story = cohort.story.as_ref();
    View {
        heading: Heading::new(title.to_owned()).caption(span).size(Size::Xl),
        finding: Findings::new(words::finding(path)),
        conclusion: words::conclusion(path),
        missing: words::missing(path),
        path_words: format!(
            "Share judged good or equivalent at an inspection after {joined}, among {}schools that met the rule ‘{}’ on that day: {}",
            cohort.phase.as_ref().map_or(String::new(), |phase| format!("{} ", phase.to_lowercase())),
            path.like.rule.title.to_lowercase(),
            path.like.rule.words
        ),
        good: Details::new(
            "What counts as good or equivalent",
            format!("Chosen in advance, as rule {}. {}", cohort.good_rule, good_words(cohort)),
        ),
        path: pictures::figure(pictures::cohort_path(path), source(path)).id("path"),
        early: words::early(path),
        declines: words::declines(path),
        counted: counted(path),
        published: published(path),
        published_words: path.published.iter().map(|figure| (figure.words.clone(), figure.source.clone())).collect(),
        followable: path.known > 0,
        whole: path.sight == Sight::Whole,
        map: map(path),
        groups: members::groups(path, page),
        said: story.map_or(Vec::new(), |story| {
            story.said.iter().map(|line| (line.text.clone(), line.source.clone())).collect()
        }),
        slug: cohort.slug.clone(),
        edit: may_edit(&visitor.who, path.view.programme.id),
        until,
    }
}

fn good_words(cohort: &cohort::Cohort) -> String {
    RuleSet::by_id(&cohort.good_rule).map_or(String::new(), |rule| rule.words.clone())
}

/// Where the path’s figures are from, and what they cannot show.
pub(super) fn source(path: &CohortPath) -> SafeHtml {
    let cohort = path.cohort();
    let caveat = cohort.story.as_ref().map_or("", |story| story.caveat.as_str());
    let text = format!(
        "The shaded area is the exact 95% interval for {} schools. {} {caveat} Source: Ofsted’s graded inspections and the Department for Education’s register, as imported here. Need rule: {}, version {}. Good or equivalent: {}. ",
        number(path.known),
        words::detectable(path).unwrap_or_default(),
        cohort.need_rule,
        cohort.need_version,
        cohort.good_rule
    );
    let csv = Link::new(format!("/cohorts/{}/path.csv?to={}", cohort.slug, path.to), "Download the figures (CSV)");
    SafeHtml::join(
        [
            SafeHtml::from(text),
            csv.into(),
            SafeHtml::from(". "),
            Link::new("/sources", "Where the data come from").into(),
        ],
        "",
    )
}

fn counted(path: &CohortPath) -> Figures {
    let count = |group| path.of(group).count();
    let mut figures = Figures::new()
        .figure(path.members.len(), "schools named in the list")
        .figure(count(Group::Followed), "stood below good on joining and can be followed");
    if count(Group::Elsewhere) > 0 {
        figures = figures.figure(count(Group::Elsewhere), format!("stood elsewhere: {}", elsewhere_words(path)));
    }
    if count(Group::Unseen) > 0 {
        figures = figures.figure(count(Group::Unseen), "cannot be seen in the open data");
    }
    figures
}

/// ‘one inadequate, one outstanding, two good’: by grade, in words.
fn elsewhere_words(path: &CohortPath) -> String {
    let mut grades: Vec<(&str, u64)> = Vec::new();
    for member in path.of(Group::Elsewhere) {
        let grade = member.participation.baseline.standing.as_ref().map_or("not judged", |standing| standing.grade());
        match grades.iter_mut().find(|(known, _)| *known == grade) {
            Some((_, count)) => *count += 1,
            None => grades.push((grade, 1)),
        }
    }
    grades.sort_unstable();
    let words = grades.iter().map(|(grade, count)| format!("{} already {}", number(*count), grade.to_lowercase()));
    words.collect::<Vec<_>>().join(", ")
}

fn published(path: &CohortPath) -> Option<Table> {
    if path.published.is_empty() {
        return None;
    }
    let at = |points, date| impact::path::standing_on(points, date).copied();
    let rows = path.published.iter().map(|figure| {
        let own = at(&path.points, figure.date);
        let like = at(&path.like.points, figure.date);
        let share = |point: Option<impact::path::Point>| {
            point.map_or("–".to_owned(), |point| format!("{} ({})", figures(point.good), percent(point.share)))
        };
        [month_and_year(figure.date), figure.words.clone(), share(own), share(like)]
    });
    let table = Table::new("What was published at the time, and what the records show")
        .caption_size(Size::M)
        .head([
            "By".to_owned(),
            "Published".to_owned(),
            format!("In the records (of {})", figures(path.known)),
            format!("Schools like them (of {})", figures(path.like.known)),
        ])
        .rows(rows)
        .wide();
    Some(table)
}

fn map(path: &CohortPath) -> ChartFigure {
    let classes = [
        ("followed", Mark::Filled),
        ("stood elsewhere on joining", Mark::Square),
        ("cannot be seen in the open data", Mark::Open),
    ];
    let places = path.members.iter().filter_map(|member| {
        let (lat, lng) = member.place?;
        let class = match member.group {
            Group::Followed => 0,
            Group::Elsewhere => 1,
            Group::Unseen => 2,
        };
        Some((member.participation.named.clone(), lat, lng, class))
    });
    let title = format!("Where the {} schools are", number(path.members.len() as u64));
    let source = format!(
        "{}. Places from the Department for Education’s register. {}",
        path.cohort().story.as_ref().map_or("", |story| story.list_source.trim_end_matches('.')),
        pictures::MAP_SOURCE
    );
    pictures::figure(pictures::map(title, &classes, places.collect()), source)
}
