//! A cohort's path and its schools as tables.

use crate::{
    App,
    api::{
        answer::{Asked, Problem},
        cohort_path::{Input, load},
        cohort_path_view::group,
    },
    csv::{self, cell},
    error::PageError,
    visitor::Visitor,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use impact::path::Point;
use programme::cohort::{CohortPath, Member, Published, Sight, Standing};

/// `GET /cohorts/{slug}/path.csv?to=`
pub(crate) async fn path(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    asked: Result<Asked<Input>, Problem>,
) -> Result<Response, PageError> {
    let Asked(input) = asked?;
    let path = load(&app, &visitor.who, &slug, &input).await?;
    let headers = ["series", "date", "good", "known", "share", "low", "high", "declined", "words", "source"];
    let source = source(&path);
    let own = path.points.iter().map(|point| point_row("cohort", point, &source));
    let like = path.like.points.iter().map(|point| point_row("like schools", point, &source));
    let published = path.published.iter().map(published_row);
    let text = csv::table(headers, own.chain(like).chain(published))?;
    Ok(csv::download(&format!("{}-path-to-{}.csv", path.cohort().slug, path.to), text))
}

/// `GET /cohorts/{slug}/schools.csv?to=`
pub(crate) async fn schools(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    asked: Result<Asked<Input>, Problem>,
) -> Result<Response, PageError> {
    let Asked(input) = asked?;
    let path = load(&app, &visitor.who, &slug, &input).await?;
    if path.sight == Sight::SumsOnly {
        return Err(PageError::NotFound);
    }
    let source = source(&path);
    let text = csv::table(SCHOOL, path.members.iter().map(|member| school_row(member, &source)))?;
    Ok(csv::download(&format!("{}-schools-to-{}.csv", path.cohort().slug, path.to), text))
}

/// Where the figures come from and by which rules.
fn source(path: &CohortPath) -> String {
    let cohort = path.cohort();
    format!(
        "Graded inspections and registers as imported here (state {}); need rule {} version {}; good or equivalent by {}",
        path.record.version, cohort.need_rule, cohort.need_version, cohort.good_rule
    )
}

/// Without the digits that only a computer's arithmetic adds.
fn share(share: f64) -> String {
    ((share * 1e6).round() / 1e6).to_string()
}

fn point_row(series: &str, point: &Point, source: &str) -> [String; 10] {
    [
        series.to_owned(),
        point.date.to_string(),
        point.good.to_string(),
        point.known.to_string(),
        share(point.share),
        share(point.low),
        share(point.high),
        point.declined.to_string(),
        String::new(),
        source.to_owned(),
    ]
}

/// What was published has no interval and says nothing of declines.
fn published_row(figure: &Published) -> [String; 10] {
    [
        "published".to_owned(),
        figure.date.to_string(),
        cell(figure.good),
        cell(figure.schools),
        cell(figure.share.map(share)),
        String::new(),
        String::new(),
        String::new(),
        figure.words.clone(),
        figure.source.clone(),
    ]
}

const SCHOOL: [&str; 19] = [
    "named",
    "urn",
    "certainty",
    "note",
    "group",
    "joined_on",
    "joined_as",
    "joined_as_date",
    "joined_as_framework",
    "joined_as_overall",
    "corrected",
    "latest",
    "latest_date",
    "latest_framework",
    "latest_overall",
    "latest_good_or_equivalent",
    "early",
    "named_now",
    "source",
];

fn school_row(member: &Member, source: &str) -> [String; 19] {
    let school = &member.participation;
    let joined = school.baseline.standing.as_ref();
    let latest = member.latest.as_ref();
    [
        school.named.clone(),
        cell(school.urn),
        school.certainty.clone(),
        cell(school.note.as_deref()),
        group(member.group).to_owned(),
        school.joined.to_string(),
        cell(joined.map(Standing::grade)),
        cell(joined.map(|standing| standing.start)),
        cell(joined.map(|standing| standing.framework.as_str())),
        cell(joined.and_then(|standing| standing.overall)),
        (!school.corrections.is_empty()).to_string(),
        cell(latest.map(Standing::grade)),
        cell(latest.map(|standing| standing.start)),
        cell(latest.map(|standing| standing.framework.as_str())),
        cell(latest.and_then(|standing| standing.overall)),
        cell(latest.and_then(|standing| standing.good)),
        member.early.to_string(),
        cell(member.now.as_ref().map(|(_, name)| name.as_str())),
        source.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_was_said_in_words_only_has_no_figures() {
        let said = Published {
            date: date(2015, 6, 30),
            words: "half".to_owned(),
            good: None,
            schools: None,
            share: Some(0.5),
            source: "NAHT, 2015".to_owned(),
        };
        let row = published_row(&said);
        assert_eq!(row.join(","), "published,2015-06-30,,,0.5,,,,half,NAHT, 2015");
    }

    #[test]
    fn a_point_has_its_denominator_and_its_interval() {
        let point = Point {
            date: date(2015, 12, 31),
            good: 15,
            known: 20,
            share: 0.75,
            low: 0.025_000_000_000_000_005,
            high: 0.9,
            declined: 2,
            ever_good: 16,
        };
        assert_eq!(point_row("cohort", &point, "s").join(","), "cohort,2015-12-31,15,20,0.75,0.025,0.9,2,,s");
    }
}
