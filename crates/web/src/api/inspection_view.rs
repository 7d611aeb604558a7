//! An inspection as the API tells of it: in the words of its own framework.

use super::parts::Day;
use programme::record::Source;
use register::{
    good::RuleSet,
    inspection::{DatedBy, Field, Inspection, Judgement, SourceId, Standing},
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// An inspection. Outcomes of different frameworks are never translated into one another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InspectionView {
    /// The URN that was inspected.
    pub(super) urn_at_inspection: u32,
    /// First day on site; the last, where `dated_by` says so.
    pub(super) start_date: Day,
    /// Which day that is: start; or end, for some inspections from 2005 to 2015 of which only the
    /// last day is published.
    #[schema(examples("start"))]
    pub(super) dated_by: &'static str,
    /// Last day on site, where published.
    pub(super) end_date: Option<Day>,
    /// Day on which the report was published, where known.
    pub(super) published: Option<Day>,
    /// graded; ungraded (keeps, never gives, a grade); monitoring.
    #[schema(examples("graded"))]
    pub(super) kind: &'static str,
    /// Short name of the framework under which it was made, such as S5_2012b.
    pub(super) framework: String,
    /// Overall effectiveness, 1 (best) to 4; null where none was judged, so always since September 2024.
    #[schema(minimum = 1, maximum = 4)]
    pub(super) overall: Option<u8>,
    /// Ofsted’s word for it under that framework: 3 is ‘Satisfactory’ to August 2012.
    pub(super) overall_words: Option<String>,
    /// What was said of each area, by the area’s short name within the framework.
    pub(super) judgements: BTreeMap<String, JudgementView>,
    /// Category of concern: SM, NTI, SWK or RSI; null for none.
    pub(super) category_of_concern: Option<String>,
    /// The category in Ofsted’s words.
    pub(super) category_words: Option<String>,
    /// Safeguarding effective or met; null where not said.
    pub(super) safeguarding: Option<bool>,
    /// What an ungraded or monitoring inspection said, in Ofsted’s words. Never a grade.
    pub(super) outcome: Option<String>,
    /// published; or suspended: no grades until the return visit.
    #[schema(examples("published"))]
    pub(super) standing: &'static str,
    /// Whether it was an inspection of a school that this one came from.
    pub(super) predecessor: bool,
    /// Whether it found the school good or equivalent, by each named rule; null where the rule says
    /// nothing of such an inspection.
    pub(super) good_or_equivalent: BTreeMap<String, Option<bool>>,
    /// The file that is believed on its outcome.
    pub(super) source: Option<InspectionSource>,
}

/// What was said of one area.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JudgementView {
    /// Ofsted’s title of the area.
    pub(super) area: String,
    /// The code in the framework’s scale: 1 (best) to 4, in report cards 5 (best) to 1; null where
    /// there is no judgement.
    pub(super) code: Option<u8>,
    /// Ofsted’s word for the code.
    pub(super) label: Option<String>,
    /// The cell as it stands in the file.
    pub(super) raw: String,
    /// The day of this grade, where it is another than the inspection’s.
    pub(super) dated: Option<Day>,
}

/// The file behind an inspection.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InspectionSource {
    /// Its id among the answer’s sources.
    pub(super) id: i64,
    /// What the file is.
    pub(super) title: String,
    /// The file’s name.
    pub(super) file: String,
    /// The day on which its facts stood.
    pub(super) as_of: Day,
}

impl InspectionView {
    /// An inspection on the record of the school `urn`.
    pub(super) fn of(
        inspection: &Inspection,
        urn: kernel::Urn,
        sources: &HashMap<i64, Source>,
    ) -> Self {
        let framework = inspection.framework.get();
        Self {
            urn_at_inspection: inspection.urn_at_inspection.get(),
            start_date: Day(inspection.start),
            dated_by: match inspection.dated_by {
                DatedBy::Start => "start",
                DatedBy::End => "end",
            },
            end_date: inspection.end.map(Day),
            published: inspection.published.map(Day),
            kind: inspection.kind.key(),
            framework: inspection.framework.key().to_owned(),
            overall: inspection.overall,
            overall_words: inspection
                .overall
                .and_then(|code| framework.label(code))
                .map(str::to_owned),
            // By area and then by day, so the newest grade of an area stays.
            judgements: inspection
                .judgements
                .iter()
                .map(|judged| (judged.area.clone(), JudgementView::of(inspection, judged)))
                .collect(),
            category_of_concern: inspection
                .category
                .map(|category| category.code().to_owned()),
            category_words: inspection
                .category
                .map(|category| framework.category_words(category).to_owned()),
            safeguarding: inspection.safeguarding,
            outcome: inspection.outcome.clone(),
            standing: inspection_standing(inspection.standing),
            predecessor: inspection.of_school() != urn,
            good_or_equivalent: RuleSet::all()
                .iter()
                .map(|rule| (rule.id.clone(), rule.good(inspection)))
                .collect(),
            source: believed(inspection)
                .and_then(|id| sources.get(&i64::from(id.0)))
                .map(InspectionSource::of),
        }
    }
}

/// Whether an outcome stands, as one word.
pub(crate) fn inspection_standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Published => "published",
        Standing::Suspended => "suspended",
    }
}

/// Who is believed on what matters most of it: its overall grade, else its
/// outcome, else its first area, else that it took place.
pub(crate) fn believed(inspection: &Inspection) -> Option<SourceId> {
    inspection
        .source_of(Field::Overall)
        .or_else(|| inspection.source_of(Field::Outcome))
        .or_else(|| {
            inspection
                .judgements
                .first()
                .and_then(|first| inspection.source_of_area(&first.area))
        })
        .or_else(|| inspection.source_of(Field::Framework))
        .or_else(|| inspection.said_by.first().map(|said| said.origin.source))
}

impl JudgementView {
    fn of(inspection: &Inspection, judged: &Judgement) -> Self {
        let framework = inspection.framework.get();
        Self {
            area: framework.area_label(&judged.area).to_owned(),
            code: judged.code,
            label: judged
                .code
                .and_then(|code| framework.label(code))
                .map(str::to_owned),
            raw: judged.raw.clone(),
            dated: judged.dated.map(Day),
        }
    }
}

impl InspectionSource {
    fn of(source: &Source) -> Self {
        Self {
            id: source.id,
            title: source.title.clone(),
            file: source.file_name.clone(),
            as_of: Day(source.as_of),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use jiff::civil::date;
    use kernel::Urn;
    use register::{
        frameworks::FrameworkId,
        inspection::{InspectionSheet, Origin},
    };

    pub(in crate::api) fn urn(number: u32) -> Urn {
        Urn::new(number).expect("a URN")
    }

    pub(in crate::api) fn source(id: i64) -> Source {
        Source {
            id,
            layout: "ofsted-history".to_owned(),
            title: "Graded inspections".to_owned(),
            publisher: "Ofsted".to_owned(),
            licence: "OGL v3".to_owned(),
            file_name: "graded.csv".to_owned(),
            sha256: String::new(),
            as_of: date(2026, 5, 31),
            caveat: None,
            rows_read: 1,
        }
    }

    fn satisfactory() -> Inspection {
        let framework = FrameworkId::from_key("S5_2009").expect("a framework");
        let mut sheet = InspectionSheet::graded(urn(118_291), date(2010, 2, 2), framework);
        sheet.overall = Some(3);
        let area = framework.get().areas[0].key.clone();
        sheet.judgements.push(Judgement {
            area,
            code: Some(2),
            raw: "2".to_owned(),
            dated: None,
        });
        Inspection::new(
            &sheet,
            Origin {
                source: SourceId(7),
                as_of: date(2026, 5, 31),
                rank: 0,
            },
        )
    }

    #[test]
    fn an_inspection_speaks_in_the_words_of_its_framework() {
        let view = InspectionView::of(
            &satisfactory(),
            urn(118_291),
            &HashMap::from([(7, source(7))]),
        );
        let json = serde_json::to_value(view).unwrap();
        assert_eq!(json["overall"], 3);
        assert_eq!(json["overall_words"], "Satisfactory");
        assert_eq!(json["start_date"], "2010-02-02");
        assert_eq!(json["framework"], "S5_2009");
        assert_eq!(json["good_or_equivalent"]["standard-v1"], false);
        assert_eq!(json["predecessor"], false);
        assert_eq!(json["source"]["file"], "graded.csv");
        assert_eq!(json["source"]["as_of"], "2026-05-31");
        assert!(json["category_of_concern"].is_null());
        let judged = json["judgements"]
            .as_object()
            .unwrap()
            .values()
            .next()
            .unwrap();
        assert_eq!(
            (&judged["code"], &judged["label"]),
            (&2.into(), &"Good".into())
        );
    }

    #[test]
    fn a_predecessor_s_inspection_is_shown_as_such() {
        let view = InspectionView::of(&satisfactory(), urn(140_000), &HashMap::new());
        assert!(view.predecessor);
        assert!(
            view.source.is_none(),
            "a source that is not there is not made up"
        );
    }
}
