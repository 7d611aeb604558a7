//! The view of a cohort's schools while they are edited.

use super::{
    imports::{capital, moment},
    long_list,
};
use crate::error::PageError;
use askama::Template;
use kernel::words::{long_date, number};
use programme::cohort::{Baseline, CohortView, Participation, Standing, Status};
use register::public_record::PublicRecord;
use ui::{
    Button, DateInput, ErrorSummary, Errors, Heading, Hidden, InputMode, Link, Pagination, Select, Size, Table,
    TextInput, Textarea, Width, cells,
};

/// What was typed, and whose forms are shown.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) school: Option<i64>,
    pub(super) urn: String,
    pub(super) status: String,
    pub(super) since: [String; 3],
    pub(super) reason: String,
    pub(super) correction: String,
    /// Which page of the schools.
    pub(super) page: usize,
}

#[derive(Template)]
#[template(path = "cohort_edit.html")]
pub(super) struct View {
    summary: ErrorSummary,
    heading: Heading,
    slug: String,
    joins: String,
    finding: String,
    csrf: Hidden,
    chosen: Option<School>,
    urn: TextInput,
    add: Button,
    schools: Option<Table>,
    pages: Option<Pagination>,
}

/// The school whose forms are shown.
struct School {
    heading: Heading,
    id: Hidden,
    /// The register's page of it, where it is known which school it is.
    record: Option<Link>,
    note: String,
    baselines: Table,
    statuses: Table,
    status: Select,
    since: DateInput,
    reason: Textarea,
    set: Button,
    correction: Textarea,
    correct: Button,
}

/// The view; not found where the school whose forms are asked for is not in the cohort.
pub(super) fn view(
    title: &str,
    record: &PublicRecord,
    cohort: &CohortView,
    csrf: &str,
    typed: &Typed,
    errors: &Errors,
) -> Result<View, PageError> {
    let schools = &cohort.participations;
    let slug = &cohort.cohort.slug;
    let (shown, pages) = long_list::page(schools, typed.page, |page| format!("/cohorts/{slug}/edit?page={page}"));
    let chosen = match typed.school {
        Some(id) => Some(schools.iter().find(|school| school.id == id).ok_or(PageError::NotFound)?),
        None => None,
    };
    let finding = match schools.len() as u64 {
        0 => "None yet. Add the first by its URN.".to_owned(),
        1 => "One school.".to_owned(),
        many => format!("{} schools, in alphabetical order.", capital(&number(many))),
    };
    Ok(View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        slug: cohort.cohort.slug.clone(),
        joins: long_date(cohort.cohort.joins_on),
        finding,
        csrf: Hidden::new("csrf", csrf),
        chosen: chosen.map(|school| forms(record, school, typed, errors)),
        urn: TextInput::new("urn", "URN of a school to add")
            .hint("Six digits, such as 118291")
            .mode(InputMode::Numeric)
            .width(Width::Ten)
            .value(&typed.urn)
            .errors(errors),
        add: Button::new("Add the school").once(),
        schools: (!schools.is_empty()).then(|| table(&cohort.cohort.slug, shown)),
        pages,
    })
}

fn table(slug: &str, schools: &[Participation]) -> Table {
    let mut table = Table::new("The cohort’s schools")
        .caption_size(Size::M)
        .head(["School", "URN", "Stood on joining", "Now"])
        .row_heads()
        .wide();
    for school in schools {
        let urn = school.urn.map_or_else(|| "not known which".to_owned(), |urn| urn.to_string());
        let corrected = if school.corrections.is_empty() { "" } else { " (corrected)" };
        table = table.row(cells![
            Link::new(format!("/cohorts/{slug}/edit?school={}", school.id), &school.named),
            urn,
            format!("{}{corrected}", stood(&school.baseline)),
            now(school),
        ]);
    }
    table
}

/// Where a baseline says the school stood.
fn stood(baseline: &Baseline) -> String {
    baseline.standing.as_ref().map_or_else(|| "no graded inspection in the record".to_owned(), Standing::words)
}

/// How its participation stands, by the latest day.
fn now(school: &Participation) -> String {
    let latest = school.statuses.iter().max_by_key(|row| row.since);
    latest.map_or_else(String::new, |row| format!("{} since {}", row.status.words(), long_date(row.since)))
}

fn forms(record: &PublicRecord, school: &Participation, typed: &Typed, errors: &Errors) -> School {
    let known = school.urn.and_then(|urn| record.school(urn));
    let [day, month, year] = &typed.since;
    let note = school.note.as_deref().map_or_else(String::new, |note| format!(" {note}"));
    School {
        heading: Heading::new(&school.named).level(2).size(Size::L).id("school"),
        id: Hidden::new("participation", school.id.to_string()),
        record: known
            .map(|known| Link::new(format!("/schools/{}", known.urn), format!("Public record of {}", known.name))),
        note: format!("How sure it is that this is the school: {}.{note}", school.certainty),
        baselines: baselines(school),
        statuses: statuses(school),
        status: Select::new("status", "How does its participation stand?")
            .option("", "Choose one")
            .options(Status::ALL.iter().map(|status| (status.key(), status.words())))
            .chosen(&typed.status)
            .errors(errors),
        since: DateInput::new("since", "Since which day?").value(day, month, year).errors(errors),
        reason: Textarea::new("reason", "Why?").rows(3).value(&typed.reason).errors(errors),
        set: Button::new("Record how it stands").once(),
        correction: Textarea::new("reason", "Why is the baseline to be corrected?")
            .id("baseline-reason")
            .hint("For example: an inspection before joining was missing from the record and has been imported since")
            .rows(3)
            .value(&typed.correction)
            .errors(errors),
        correct: Button::new("Correct the baseline").secondary().once(),
    }
}

fn baselines(school: &Participation) -> Table {
    let mut table =
        Table::new("Where it stood on joining").caption_size(Size::M).head(["Recorded", "It stood", "Why"]).wide().row(
            cells![
                format!("Frozen on {}", long_date(school.frozen.frozen_on)),
                stood(&school.frozen),
                "Taken from the public record when it was added",
            ],
        );
    for correction in &school.corrections {
        table = table.row(cells![
            format!("Corrected {}, by {}", moment(correction.at), correction.by),
            stood(&correction.baseline),
            &correction.reason,
        ]);
    }
    table
}

fn statuses(school: &Participation) -> Table {
    let mut table =
        Table::new("How its participation went").caption_size(Size::M).head(["Since", "Status", "Why"]).wide();
    for row in &school.statuses {
        table = table.row(cells![long_date(row.since), row.status.words(), &row.reason]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Date;
    use programme::cohort::{Correction, StatusRow};

    fn baseline(overall: u8) -> Baseline {
        let standing = Standing {
            urn: "118291".parse().unwrap(),
            start: Date::constant(2012, 5, 3),
            framework: "S5_2012a".to_owned(),
            overall: Some(overall),
            good: Some(overall < 3),
        };
        Baseline {
            standing: Some(standing),
            met_rule: true,
            register_version: 1,
            frozen_on: Date::constant(2026, 9, 1),
        }
    }

    fn school() -> Participation {
        let recorded_at = "2026-09-03T14:05:59Z".parse().unwrap();
        let row =
            |id, status, since, reason: &str| StatusRow { id, status, since, reason: reason.to_owned(), recorded_at };
        Participation {
            id: 5,
            organisation: None,
            urn: "118291".parse().ok(),
            named: "St Mary's <Infants>".to_owned(),
            certainty: "likely".to_owned(),
            note: None,
            joined: Date::constant(2013, 5, 1),
            baseline: baseline(2),
            frozen: baseline(3),
            corrections: vec![Correction {
                baseline: baseline(2),
                reason: "an inspection was missing".to_owned(),
                at: "2026-09-03T14:05:59Z".parse().unwrap(),
                by: "Sam".to_owned(),
            }],
            statuses: vec![
                row(2, Status::Left, Date::constant(2014, 9, 1), "became an academy"),
                row(1, Status::Joined, Date::constant(2013, 5, 1), "joined with its cohort"),
            ],
        }
    }

    #[test]
    fn the_frozen_baseline_stays_beside_its_correction() {
        let html = baselines(&school()).to_string();
        assert!(html.contains("Frozen on 1 September 2026") && html.contains("Satisfactory, 3 May 2012"), "{html}");
        assert!(html.contains("Good, 3 May 2012") && html.contains("an inspection was missing"), "{html}");
    }

    #[test]
    fn the_list_says_how_each_stands() {
        let html = table("pilot", &[school()]).to_string();
        assert!(html.contains("Good, 3 May 2012 (corrected)"), "{html}");
        assert!(html.contains("Left since 1 September 2014"), "{html}");
        assert!(html.contains("St Mary&#39;s &#60;Infants&#62;") && html.contains("edit?school=5"), "{html}");
    }
}
