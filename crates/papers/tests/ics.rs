//! A feed is what RFC 5545 says, and a second reader finds in it what went in.

use icalendar::parser::{read_calendar, unfold};
use jiff::civil::{DateTime, date};
use papers::ics::{Event, Feed, When, feed};
use proptest::prelude::*;

fn event(uid: &str, when: When) -> Event {
    Event {
        uid: uid.into(),
        changed: "2026-03-01T09:00:00Z".parse().expect("a moment"),
        sequence: 2,
        when,
        summary: "Network Day".into(),
        description: String::new(),
        place: String::new(),
        url: String::new(),
        cancelled: false,
    }
}

fn at(text: &str) -> DateTime {
    text.parse().expect("a time")
}

/// The values of a property in all events as the second reader has them, without
/// what escaped them.
fn values(text: &str, name: &str) -> Vec<String> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).expect("the second reader reads it");
    calendar
        .components
        .iter()
        .filter(|component| component.name == "VEVENT")
        .flat_map(|component| component.properties.iter().filter(|property| property.name == name))
        .map(|property| property.val.to_string())
        .collect()
}

#[test]
fn ten_o_clock_stays_ten_o_clock_over_the_change_to_summer_time() {
    let before = event("a@x", When::Times { from: at("2026-03-27T10:00"), until: at("2026-03-27T12:00") });
    let after = event("b@x", When::Times { from: at("2026-03-30T10:00"), until: at("2026-03-30T12:00") });
    let text = feed(&Feed { name: "Ashdale".into(), events: vec![before, after] });
    assert!(text.contains("DTSTART;TZID=Europe/London:20260327T100000\r\n"));
    assert!(text.contains("DTSTART;TZID=Europe/London:20260330T100000\r\n"));
    // The feed carries its own rule, by which the second is an hour earlier in UTC.
    for line in [
        "TZID:Europe/London",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETTO:+0100",
    ] {
        assert!(text.contains(&format!("{line}\r\n")), "{line}");
    }
    assert_eq!(values(&text, "DTSTART"), ["20260327T100000", "20260330T100000"]);
}

#[test]
fn whole_days_end_on_the_day_after() {
    let days = When::Days { first: date(2026, 10, 26), last: date(2026, 10, 30) };
    let turned = When::Days { first: date(2026, 12, 31), last: date(2026, 1, 1) };
    let text = feed(&Feed { name: "x".into(), events: vec![event("a@x", days), event("b@x", turned)] });
    assert_eq!(values(&text, "DTSTART"), ["20261026", "20261231"]);
    assert_eq!(values(&text, "DTEND"), ["20261031", "20270101"]);
}

#[test]
fn the_same_event_keeps_its_name_and_the_same_feed_its_bytes() {
    let one = event("action-7@aspire.example", When::Days { first: date(2026, 9, 1), last: date(2026, 9, 1) });
    let mut later = one.clone();
    later.summary = "Network Day, moved".into();
    later.sequence = 3;
    later.cancelled = true;
    let text = |event: &Event| feed(&Feed { name: "x".into(), events: vec![event.clone()] });
    assert_eq!(text(&one), text(&one));
    assert_eq!(values(&text(&one), "UID"), values(&text(&later), "UID"));
    assert_eq!(values(&text(&later), "SEQUENCE"), ["3"]);
    assert_eq!(values(&text(&later), "STATUS"), ["CANCELLED"]);
}

#[test]
fn an_address_that_is_none_is_left_out() {
    let mut one = event("a@x", When::Days { first: date(2026, 9, 1), last: date(2026, 9, 1) });
    one.url = "https://aspire.example/actions/7".into();
    let mut other = one.clone();
    other.url = "javascript:alert(1)\r\nATTACH:x".into();
    let text = feed(&Feed { name: "x".into(), events: vec![one, other] });
    assert_eq!(values(&text, "URL"), ["https://aspire.example/actions/7"]);
    assert!(!text.contains("javascript"));
}

proptest! {
    #[test]
    fn any_text_survives(summary in any::<String>(), description in "\\PC{0,200}", place in "[;,:\\\\\"\\n a-zé学🏫]{0,120}") {
        let mut one = event("a@x", When::Days { first: date(2026, 9, 1), last: date(2026, 9, 1) });
        (one.summary, one.description, one.place) = (summary.clone(), description.clone(), place.clone());
        let text = feed(&Feed { name: summary.clone(), events: vec![one] });
        for line in text.strip_suffix("\r\n").expect("lines end").split("\r\n") {
            prop_assert!(line.len() <= 75, "{line:?}");
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
        let one_of = |name: &str| values(&text, name).into_iter().next().unwrap_or_default();
        prop_assert_eq!(one_of("SUMMARY"), papers::paper::clean(&summary));
        prop_assert_eq!(one_of("DESCRIPTION"), papers::paper::clean(&description));
        prop_assert_eq!(one_of("LOCATION"), papers::paper::clean(&place));
        prop_assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 1);
    }
}
