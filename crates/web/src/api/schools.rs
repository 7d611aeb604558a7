//! `GET /api/v1/schools`: find schools.

use super::answer::{Answer, Asked, Problem};
use crate::App;
use axum::extract::State;
use register::public_record::{PublicRecord, School};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Schools where nobody says how many.
const USUAL: usize = 20;
/// The most schools of one answer.
const MOST: usize = 100;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Input {
    /// What you remember of it: name (now or before), town, postcode, local authority, URN or
    /// LAESTAB; slips of typing are forgiven. Without it you get all schools by URN.
    #[param(example = "kingsmead")]
    q: String,
    /// How many schools at most, 1 to 100.
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 20, example = 5)]
    limit: String,
    /// Which page of so many schools, from 1.
    #[param(value_type = u32, minimum = 1, default = 1)]
    page: String,
}

/// Schools that were found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Schools {
    /// How many there are in all.
    total: usize,
    /// What was looked for instead, where nothing is spelt as it was typed.
    understood: Option<String>,
    /// The schools of this page, the best match first.
    schools: Vec<FoundSchool>,
    /// Where this comes from.
    source: String,
}

/// A school in a list.
#[derive(Debug, Serialize, ToSchema)]
struct FoundSchool {
    /// Unique reference number.
    urn: u32,
    /// Name.
    name: String,
    /// Phase of education as published, or of the school it became; empty where nobody says.
    phase: String,
    /// Local authority.
    local_authority: String,
    /// Town.
    town: String,
    /// Postcode.
    postcode: String,
    /// Whether it is open, as far as the register says.
    open: bool,
    /// Authority's and establishment's number, such as 886/2345.
    laestab: Option<String>,
}

/// Find schools
///
/// Schools in England, open and closed, by what one remembers of them. Never in the order of a
/// judgement or a result.
#[utoipa::path(
    get,
    path = "/api/v1/schools",
    operation_id = "findSchools",
    tag = "Schools",
    params(Input),
    responses(
        (status = 200, description = "The schools that were found; none is an answer too.", body = Schools),
        (status = 400, description = "A parameter does not fit.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(app): State<App>,
    Asked(input): Asked<Input>,
) -> Result<Answer<Schools>, Problem> {
    let limit = whole("limit", &input.limit, USUAL, MOST)?;
    let page = whole("page", &input.page, 1, 1_000_000)?;
    let query: String = input.q.trim().chars().take(200).collect();
    let record = app.world.record().await?;
    let skip = (page - 1) * limit;
    let (total, understood, schools) = if query.is_empty() {
        (
            record.len(),
            None,
            record.schools().skip(skip).take(limit).collect(),
        )
    } else {
        let (found, schools) = record.find(&query, skip, limit);
        (found.total, found.understood, schools)
    };
    Ok(Answer(Schools {
        total,
        understood,
        schools: schools
            .into_iter()
            .map(|school| FoundSchool::of(&record, school))
            .collect(),
        source: source(&record),
    }))
}

/// Where a search looks; each school's own answer names the files.
fn source(record: &PublicRecord) -> String {
    format!(
        "The registers of schools as imported here (state {}); /api/v1/schools/{{urn}} names the file and date of each fact",
        record.version
    )
}

impl FoundSchool {
    fn of(record: &PublicRecord, school: &School) -> Self {
        Self {
            urn: school.urn.get(),
            name: school.name.to_string(),
            phase: record.phase(school).to_owned(),
            local_authority: record.authority(school).to_owned(),
            town: record.town(school).to_owned(),
            postcode: school.postcode.to_string(),
            open: record.is_open(school),
            laestab: school.laestab.map(|number| number.to_string()),
        }
    }
}

/// A whole number from 1 to `most`; `usual` where none is given.
fn whole(parameter: &'static str, text: &str, usual: usize, most: usize) -> Result<usize, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(usual);
    }
    match text.parse() {
        Ok(number) if (1..=most).contains(&number) => Ok(number),
        _ => Err(Problem::bad(
            parameter,
            text,
            format!("a whole number from 1 to {most}"),
        )),
    }
}

/// An answer as the reference shows it.
pub(super) fn example() -> impl Serialize {
    Schools {
        total: 1,
        understood: None,
        schools: vec![FoundSchool {
            urn: 118_291,
            name: "Headcorn Primary School".to_owned(),
            phase: "Primary".to_owned(),
            local_authority: "Kent".to_owned(),
            town: "Headcorn".to_owned(),
            postcode: "TN27 9QT".to_owned(),
            open: true,
            laestab: Some("886/2165".to_owned()),
        }],
        source: source(&PublicRecord::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_number_from_1_to_100() {
        assert_eq!(whole("limit", "", USUAL, MOST), Ok(20));
        assert_eq!(whole("limit", " 100 ", USUAL, MOST), Ok(100));
        for wrong in ["0", "101", "-1", "ten", "1e1", "99999999999999999999"] {
            let problem = whole("limit", wrong, USUAL, MOST).unwrap_err();
            assert_eq!(
                problem.expected.as_deref(),
                Some("a whole number from 1 to 100"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_urn_is_a_number() {
        let answer = serde_json::to_value(example()).unwrap();
        assert_eq!(answer["total"], 1);
        assert_eq!(answer["schools"][0]["urn"], 118_291);
        assert!(answer["understood"].is_null());
    }
}
