use super::*;
use crate::inspection::{InspectionSheet, Origin, SourceId, merge};
use jiff::civil::date;

fn urn(number: u32) -> Urn {
    Urn::new(number).unwrap()
}

fn event(number: u32, start: Date, overall: u8) -> Event {
    let framework = FrameworkId::in_force(start).unwrap();
    let mut sheet = InspectionSheet::graded(urn(number), start, framework);
    sheet.overall = Some(overall);
    let origin = Origin {
        source: SourceId(1),
        as_of: date(2020, 1, 1),
        rank: 0,
    };
    Event::of(&merge(None, &sheet, origin).0)
}

fn school(number: u32, phase: &str, opened: Option<Date>, closed: Option<Date>) -> SchoolIn {
    SchoolIn {
        urn: number,
        name: format!("School {number}"),
        phase: phase.to_owned(),
        status: if closed.is_some() { "closed" } else { "open" }.to_owned(),
        opened,
        closed,
        ..SchoolIn::default()
    }
}

/// 100001 became the academy 100002 in 2014, which is a good school since 2016.
fn converted() -> PublicRecord {
    let link = Link {
        urn: urn(100_002),
        other: urn(100_001),
        kind: LinkKind::Predecessor,
        established: Some(date(2014, 9, 1)),
    };
    PublicRecord::of(
        1,
        vec![
            school(100_001, "", None, Some(date(2014, 8, 31))),
            school(100_002, "Primary", None, None),
        ],
        vec![
            event(100_001, date(2010, 2, 2), 3),
            event(100_001, date(2013, 6, 19), 3),
            event(100_002, date(2016, 5, 10), 2),
        ],
        &[link],
    )
}

#[test]
fn a_rule_set_has_its_place_in_an_event() {
    assert!(RuleSet::all().len() <= RULES);
}

#[test]
fn a_school_not_inspected_in_its_own_form_stands_as_its_predecessor() {
    let record = converted();
    let on = |day| {
        record
            .graded_by(urn(100_002), day)
            .iter()
            .map(|e| (e.urn.get(), e.overall))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        on(date(2015, 1, 1)),
        [(100_001, Some(3)), (100_001, Some(3))]
    );
    assert_eq!(on(date(2017, 1, 1)).last(), Some(&(100_002, Some(2))));
    assert!(on(date(2005, 1, 1)).is_empty());
}

#[test]
fn one_school_stands_on_a_day_not_both() {
    let record = converted();
    let existed = |number, day| record.existed_on(record.school(urn(number)).unwrap(), day);
    assert_eq!(
        (
            existed(100_001, date(2013, 5, 1)),
            existed(100_002, date(2013, 5, 1))
        ),
        (true, false)
    );
    assert_eq!(
        (
            existed(100_001, date(2015, 5, 1)),
            existed(100_002, date(2015, 5, 1))
        ),
        (false, true)
    );
}

#[test]
fn what_it_became_is_followed_after_joining() {
    let record = converted();
    let after: Vec<Date> = record
        .graded_after(urn(100_001), date(2013, 5, 1))
        .iter()
        .map(|e| e.start)
        .collect();
    assert_eq!(after, [date(2013, 6, 19), date(2016, 5, 10)]);
    assert_eq!(
        record.phase(record.school(urn(100_001)).unwrap()),
        "Primary",
        "its successor says it"
    );
}

#[test]
fn an_inspection_of_a_school_without_an_entry_is_kept() {
    let record = PublicRecord::of(
        1,
        Vec::new(),
        vec![event(100_009, date(2013, 6, 19), 2)],
        &[],
    );
    assert_eq!(record.events(urn(100_009)).len(), 1);
    assert!(
        record
            .school(urn(100_009))
            .unwrap()
            .name
            .contains("no register entry")
    );
}
