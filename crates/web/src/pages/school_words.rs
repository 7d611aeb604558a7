//! What a school's page says in words.

use kernel::words::long_date;
use register::{
    inspection::{Inspection, InspectionKind, Standing},
    public_record::{PublicRecord, School},
    school::SchoolField,
};

/// ‘Primary · Headcorn · Kent · URN 118291 · LAESTAB 886/2010’.
pub(crate) fn caption(record: &PublicRecord, school: &School) -> String {
    let mut parts: Vec<String> = [
        record.phase(school),
        record.kind(school),
        record.town(school),
        record.authority(school),
    ]
    .iter()
    .filter(|part| !part.is_empty())
    .map(|part| (*part).to_owned())
    .collect();
    parts.push(format!("URN {}", school.urn));
    parts.extend(school.laestab.map(|laestab| format!("LAESTAB {laestab}")));
    parts.join(" · ")
}

/// That it is closed, since when, and what came after.
pub(crate) fn closed(record: &PublicRecord, school: &School) -> Option<String> {
    if record.is_open(school) {
        return None;
    }
    let when = school
        .closed
        .map_or(String::new(), |day| format!(" on {}", long_date(day)));
    let next: Vec<String> = record
        .lineages()
        .successors(school.urn)
        .filter_map(|next| record.school(next.urn))
        .map(|next| format!("{} ({})", next.name, next.urn))
        .collect();
    let after = if next.is_empty() {
        String::new()
    } else {
        format!(" What came after: {}.", next.join("; "))
    };
    Some(format!("This school closed{when}.{after}"))
}

/// What an inspection said, in a table's cell.
pub(crate) fn outcome(inspection: &Inspection) -> String {
    let framework = inspection.framework.get();
    if inspection.standing == Standing::Suspended {
        return "Suspended: no grades until the return visit".to_owned();
    }
    let said = match (inspection.kind, inspection.overall) {
        (InspectionKind::Graded, Some(grade)) => framework.label(grade).unwrap_or("?").to_owned(),
        (InspectionKind::Graded, None) => "No overall grade".to_owned(),
        (_, _) => match &inspection.outcome {
            Some(outcome) => format!("{outcome} (not a grade)"),
            None => "Visit without a grade".to_owned(),
        },
    };
    let category = inspection.category.map_or(String::new(), |category| {
        format!("; {}", framework.category_words(category))
    });
    let safeguarding = match inspection.safeguarding {
        Some(false) => "; safeguarding not met",
        _ => "",
    };
    format!("{said}{category}{safeguarding}")
}

/// ‘1 September 2014 to 31 August 2019’, as far as known.
pub(crate) fn years(school: &School) -> String {
    match (school.opened, school.closed) {
        (Some(opened), Some(closed)) => format!("{} to {}", long_date(opened), long_date(closed)),
        (Some(opened), None) => format!("from {}", long_date(opened)),
        (None, Some(closed)) => format!("to {}", long_date(closed)),
        (None, None) => "not known".to_owned(),
    }
}

/// A status begins a cell, so it has a capital letter.
pub(crate) fn capital_state(field: SchoolField, value: &str) -> String {
    if field == SchoolField::Status {
        super::cohort_words::capital(value)
    } else {
        value.to_owned()
    }
}
