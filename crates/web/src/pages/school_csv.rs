//! A school's inspections and results as tables.

use crate::{
    App,
    api::inspection_view::{believed, inspection_standing},
    csv::{self, cell},
    error::PageError,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use kernel::Urn;
use programme::record::{self, SchoolRecord, Source};
use register::{
    good::RuleSet,
    inspection::{DatedBy, Inspection, Judgement},
    school::Fact,
};

/// `GET /schools/{urn}/inspections.csv`
pub(crate) async fn inspections(
    State(app): State<App>,
    Path(urn): Path<String>,
) -> Result<Response, PageError> {
    let school = school(&app, &urn).await?;
    let good: Vec<String> = RuleSet::all()
        .iter()
        .map(|rule| format!("good_or_equivalent_{}", rule.id))
        .collect();
    let mut headers: Vec<&str> = INSPECTION.to_vec();
    headers.extend(good.iter().map(String::as_str));
    headers.push("source");
    let rows = school
        .inspections
        .iter()
        .flat_map(|inspection| inspection_rows(&school, inspection));
    let text = csv::table(headers, rows)?;
    Ok(csv::download(
        &format!("school-{}-inspections.csv", school.urn),
        text,
    ))
}

/// `GET /schools/{urn}/results.csv`
pub(crate) async fn results(
    State(app): State<App>,
    Path(urn): Path<String>,
) -> Result<Response, PageError> {
    let school = school(&app, &urn).await?;
    let headers = [
        "urn", "dataset", "period", "measure", "value", "state", "marker", "source",
    ];
    let rows = school.results.iter().flat_map(|table| {
        table.measures.iter().map(|(measure, fact, source)| {
            let (value, state, marker) = fact_cells(fact);
            vec![
                school.urn.to_string(),
                table.dataset.key().to_owned(),
                table.period.clone(),
                measure.clone(),
                value,
                state,
                marker,
                source_cell(school.sources.get(source)),
            ]
        })
    });
    let text = csv::table(headers, rows)?;
    Ok(csv::download(
        &format!("school-{}-results.csv", school.urn),
        text,
    ))
}

async fn school(app: &App, urn: &str) -> Result<SchoolRecord, PageError> {
    // The page of what is no URN is not found either.
    let urn: Urn = urn.parse().map_err(|_| PageError::NotFound)?;
    Ok(record::school(&app.world, urn).await?)
}

const INSPECTION: [&str; 18] = [
    "urn",
    "urn_at_inspection",
    "start_date",
    "dated_by",
    "end_date",
    "published",
    "kind",
    "standing",
    "framework",
    "overall",
    "overall_words",
    "category_of_concern",
    "safeguarding",
    "outcome",
    "area",
    "area_code",
    "area_words",
    "area_dated",
];

/// One row an area, so that frameworks with other areas fit one table; one
/// without an area where none was judged.
fn inspection_rows(school: &SchoolRecord, inspection: &Inspection) -> Vec<Vec<String>> {
    let areas: Vec<Option<&Judgement>> = if inspection.judgements.is_empty() {
        vec![None]
    } else {
        inspection.judgements.iter().map(Some).collect()
    };
    let source = believed(inspection).and_then(|id| school.sources.get(&i64::from(id.0)));
    areas
        .into_iter()
        .map(|area| inspection_row(school.urn, inspection, area, source))
        .collect()
}

fn inspection_row(
    urn: Urn,
    inspection: &Inspection,
    area: Option<&Judgement>,
    source: Option<&Source>,
) -> Vec<String> {
    let framework = inspection.framework.get();
    let dated_by = match inspection.dated_by {
        DatedBy::Start => "start",
        DatedBy::End => "end",
    };
    let mut row = vec![
        urn.to_string(),
        inspection.urn_at_inspection.to_string(),
        inspection.start.to_string(),
        dated_by.to_owned(),
        cell(inspection.end),
        cell(inspection.published),
        inspection.kind.key().to_owned(),
        inspection_standing(inspection.standing).to_owned(),
        inspection.framework.key().to_owned(),
        cell(inspection.overall),
        cell(inspection.overall.and_then(|code| framework.label(code))),
        cell(
            inspection
                .category
                .map(register::inspection::Category::code),
        ),
        cell(inspection.safeguarding),
        cell(inspection.outcome.as_deref()),
        cell(area.map(|area| framework.area_label(&area.area))),
        cell(area.and_then(|area| area.code)),
        cell(area.and_then(|area| framework.label(area.code?))),
        cell(area.and_then(|area| area.dated)),
    ];
    row.extend(
        RuleSet::all()
            .iter()
            .map(|rule| cell(rule.good(inspection))),
    );
    row.push(source_cell(source));
    row
}

/// Value, state and marker.
fn fact_cells(fact: &Fact) -> (String, String, String) {
    match fact {
        Fact::Whole(n) => (n.to_string(), String::new(), String::new()),
        Fact::Decimal(n) => (n.to_string(), String::new(), String::new()),
        Fact::Text(text) => (text.clone(), String::new(), String::new()),
        Fact::State { state, marker } => (String::new(), state.words().to_owned(), marker.clone()),
    }
}

fn source_cell(source: Option<&Source>) -> String {
    source.map_or(String::new(), |source| {
        format!("{}; {}", source.words(), source.file_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use register::{
        frameworks::FrameworkId,
        inspection::{InspectionSheet, Origin, SourceId},
        school::State,
    };

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let urn = Urn::new(118_291).unwrap();
        let framework = FrameworkId::from_key("S5_2009").unwrap();
        let mut sheet = InspectionSheet::graded(urn, date(2010, 2, 2), framework);
        sheet.overall = Some(3);
        let origin = Origin {
            source: SourceId(1),
            as_of: date(2026, 5, 31),
            rank: 0,
        };
        let row = inspection_row(urn, &Inspection::new(&sheet, origin), None, None);
        assert_eq!(row.len(), INSPECTION.len() + RuleSet::all().len() + 1);
        assert_eq!(row[9..11], ["3", "Satisfactory"]);
    }

    #[test]
    fn a_state_is_no_value() {
        let fact = Fact::State {
            state: State::Suppressed,
            marker: "SUPP".to_owned(),
        };
        assert_eq!(
            fact_cells(&fact),
            (
                String::new(),
                "held back: too few pupils".to_owned(),
                "SUPP".to_owned()
            )
        );
    }
}
