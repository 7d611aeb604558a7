use super::*;
use crate::inspection::{Category, InspectionSheet, Judgement, Origin, SourceId};
use jiff::civil::{Date, date};
use kernel::Urn;

fn inspection(
    start: Date,
    overall: Option<u8>,
    areas: &[(&str, u8)],
    safeguarding: Option<bool>,
) -> Inspection {
    let framework = FrameworkId::in_force(start).unwrap();
    let mut sheet = InspectionSheet::graded(Urn::new(100_000).unwrap(), start, framework);
    sheet.overall = overall;
    sheet.safeguarding = safeguarding;
    sheet.judgements = areas
        .iter()
        .map(|(area, code)| Judgement {
            area: (*area).to_owned(),
            code: Some(*code),
            raw: code.to_string(),
            dated: None,
        })
        .collect();
    Inspection::new(
        &sheet,
        Origin {
            source: SourceId(1),
            as_of: start,
            rank: 0,
        },
    )
}

fn by(rule: &str, inspection: &Inspection) -> Option<bool> {
    Rule::by_name(rule).unwrap().good(inspection)
}

const CARD: [(&str, u8); 6] = [
    ("inclusion", 4),
    ("curriculum_and_teaching", 3),
    ("achievement", 3),
    ("attendance_and_behaviour", 3),
    ("personal_development", 5),
    ("leadership", 3),
];

fn card(change: &[(&str, u8)], safeguarding: Option<bool>) -> Inspection {
    let mut areas: Vec<(&str, u8)> = CARD.to_vec();
    for (area, code) in change {
        areas.retain(|(known, _)| known != area);
        areas.push((area, *code));
    }
    inspection(date(2026, 1, 13), None, &areas, safeguarding)
}

#[test]
fn the_files_are_valid() {
    let rules = data::rules(include_str!("../../../../data/good-rules/rules.json")).unwrap();
    let names: Vec<&str> = rules.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(
        names,
        ["GE_OE", "GE_2425", "GE_dfe", "GE_core", "GE_strict"]
    );
    let ids: Vec<&str> = RuleSet::all().iter().map(|set| set.id.as_str()).collect();
    assert_eq!(ids, ["standard-v1", "strict-v1"]);
    for set in RuleSet::all() {
        for framework in FrameworkId::all() {
            assert!(
                set.rule_for(framework).is_some(),
                "{} {}",
                set.id,
                framework.key()
            );
        }
    }
}

#[test]
fn the_overall_grade_decides_while_there_was_one() {
    let on = |y, grade| inspection(date(y, 5, 1), Some(grade), &[], None);
    assert_eq!(by("GE_OE", &on(2013, 2)), Some(true));
    assert_eq!(by("GE_OE", &on(2011, 3)), Some(false));
    assert_eq!(by("GE_OE", &on(2024, 1)), Some(true));
    assert_eq!(by("GE_2425", &on(2024, 1)), None, "says nothing of it");
    assert_eq!(by("GE_strict", &on(2024, 1)), None, "says nothing of it");
    let none = inspection(date(2013, 5, 1), None, &[("leadership", 1)], None);
    assert_eq!(by("GE_OE", &none), None, "not guessed from an area");
}

#[test]
fn the_rule_of_2024_25_needs_both_areas() {
    let on = |areas: &[(&str, u8)]| inspection(date(2025, 1, 14), None, areas, Some(true));
    let both = on(&[
        ("quality_of_education", 2),
        ("leadership", 1),
        ("behaviour", 4),
    ]);
    assert_eq!(by("GE_2425", &both), Some(true));
    assert_eq!(by("GE_OE", &both), None);
    assert_eq!(
        by(
            "GE_2425",
            &on(&[("quality_of_education", 3), ("leadership", 2)])
        ),
        Some(false)
    );
    assert_eq!(by("GE_2425", &on(&[("leadership", 2)])), None);
    assert_eq!(by("GE_2425", &on(&[("leadership", 3)])), Some(false));
}

#[test]
fn report_cards_by_three_rules() {
    let all = |card: &Inspection| {
        [
            by("GE_dfe", card),
            by("GE_core", card),
            by("GE_strict", card),
        ]
    };
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(all(&card(&[], yes)), [yes, yes, yes]);
    assert_eq!(all(&card(&[("achievement", 2)], yes)), [yes, yes, no]);
    assert_eq!(
        all(&card(&[("curriculum_and_teaching", 2)], yes)),
        [yes, no, no]
    );
    assert_eq!(all(&card(&[("leadership", 2)], yes)), [no, no, no]);
    assert_eq!(all(&card(&[("early_years", 2)], yes)), [yes, yes, no]);
    assert_eq!(all(&card(&[("early_years", 3)], yes)), [yes, yes, yes]);
    assert_eq!(all(&card(&[], None)), [yes, yes, None]);
    let mut concern = card(&[], no);
    concern.category = Some(Category::RequiresSignificantImprovement);
    assert_eq!(
        all(&concern),
        [no, no, no],
        "never in a category of concern"
    );
}

#[test]
fn visits_without_grades_give_no_result() {
    let set = RuleSet::by_id("standard-v1").unwrap();
    let mut visit = inspection(date(2025, 1, 14), Some(1), &[("leadership", 1)], None);
    visit.outcome = Some("School remains Outstanding".to_owned());
    for kind in [InspectionKind::Ungraded, InspectionKind::Monitoring] {
        visit.kind = kind;
        assert_eq!((set.good(&visit), set.below_good(&visit)), (None, None));
        assert_eq!(overall_rank(&visit), None);
    }
    let mut paused = card(&[], Some(false));
    paused.standing = Standing::Suspended;
    assert_eq!(set.good(&paused), None);
}

#[test]
fn a_set_takes_the_rule_of_the_framework() {
    let good = |set: &str, inspection: &Inspection| RuleSet::by_id(set).unwrap().good(inspection);
    let weak = card(&[("achievement", 2)], Some(true));
    assert_eq!(good("standard-v1", &weak), Some(true));
    assert_eq!(good("strict-v1", &weak), Some(false));
    let old = inspection(date(2013, 6, 19), Some(2), &[], None);
    assert_eq!(good("strict-v1", &old), Some(true));
}

#[test]
fn a_fall_is_by_rank_and_only_between_overall_grades() {
    let on = |y, grade| inspection(date(y, 5, 1), Some(grade), &[], None);
    assert_eq!(declined(&on(2009, 3), &on(2013, 3)), Some(false));
    assert_eq!(declined(&on(2009, 1), &on(2013, 2)), Some(true));
    assert_eq!(declined(&on(2009, 1), &card(&[], Some(true))), None);
}

#[test]
fn a_wrong_set_is_told_why() {
    let wrong = |rules: &str| {
        let text = format!(
            r#"{{"id": "x", "version": 1, "name": "x", "words": "x", "rules": [{rules}]}}"#
        );
        RuleSet::parse(&text).unwrap_err().to_string()
    };
    assert!(wrong("\"GE_none\"").contains("there is no rule ‘GE_none’"));
    assert!(wrong("\"GE_dfe\", \"GE_strict\"").contains("both speak of EIF_2025_report_card"));
    let own = r#"{"name": "own", "words": "x", "frameworks": ["EIF_2019"], "areas": ["leadership"],
        "at_least": "WORD"}"#;
    assert!(wrong(own).contains("‘WORD’ is not in the scale of EIF_2019"));
    assert!(
        RuleSet::parse("{}")
            .unwrap_err()
            .to_string()
            .contains("missing field")
    );
}
