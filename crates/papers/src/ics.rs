//! A calendar feed, as RFC 5545 has it: what calendars of any kind can read.
//!
//! Times are those of the clock on the wall in England; the feed carries the rule
//! of summer time, so that ten o'clock stays ten o'clock over the change.

use jiff::civil::DateTime;
use kernel::{Date, Timestamp};

use crate::paper::clean;

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What it is called in a calendar: ‘Aspire: Ashdale Primary School’.
    pub name: String,
    /// What happens.
    pub events: Vec<Event>,
}

/// When.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Whole days, from the first to the last, both included.
    Days {
        /// The first.
        first: Date,
        /// The last; taken as the first where it is before it.
        last: Date,
    },
    /// From a time to a time of the clock in England.
    Times {
        /// When it begins.
        from: DateTime,
        /// When it ends; taken as the beginning where it is before it.
        until: DateTime,
    },
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What names this event for ever and nowhere else, such as
    /// ‘action-7@aspire.example’: by it a calendar knows a changed event from a new
    /// one. Control characters are left out.
    pub uid: String,
    /// When it was last changed.
    pub changed: Timestamp,
    /// How often it was changed.
    pub sequence: u32,
    /// When it is.
    pub when: When,
    /// Its title.
    pub summary: String,
    /// More about it; may be empty.
    pub description: String,
    /// Where; may be empty.
    pub place: String,
    /// The address of its page; left out unless it begins with https:// or http://.
    pub url: String,
    /// Called off: a calendar strikes it out.
    pub cancelled: bool,
}

/// The rule of summer time in the United Kingdom since 1996.
const LONDON: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n\
BEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nEND:DAYLIGHT\r\n\
BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\nEND:STANDARD\r\n\
END:VTIMEZONE\r\n";

/// The feed as a file of type `text/calendar; charset=utf-8`. The same feed gives
/// the same bytes.
#[must_use]
pub fn feed(feed: &Feed) -> String {
    let mut out = String::new();
    push(&mut out, "BEGIN", "VCALENDAR");
    push(&mut out, "VERSION", "2.0");
    push(&mut out, "PRODID", "-//Aspire//Aspire//EN");
    push(&mut out, "CALSCALE", "GREGORIAN");
    push(&mut out, "METHOD", "PUBLISH");
    push(&mut out, "NAME", &escape(&feed.name));
    // What most calendars knew before NAME was agreed (RFC 7986).
    push(&mut out, "X-WR-CALNAME", &escape(&feed.name));
    push(&mut out, "X-WR-TIMEZONE", "Europe/London");
    push(&mut out, "REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    out.push_str(LONDON);
    for event in &feed.events {
        write(&mut out, event);
    }
    push(&mut out, "END", "VCALENDAR");
    out
}

fn write(out: &mut String, event: &Event) {
    push(out, "BEGIN", "VEVENT");
    push(out, "UID", &escape(&event.uid.replace(['\r', '\n'], "")));
    let stamp = utc(event.changed);
    push(out, "DTSTAMP", &stamp);
    push(out, "LAST-MODIFIED", &stamp);
    push(out, "SEQUENCE", &event.sequence.to_string());
    match event.when {
        When::Days { first, last } => {
            let last = last.max(first);
            push(out, "DTSTART;VALUE=DATE", &day(first));
            // The end is the day after, which a calendar does not show.
            push(out, "DTEND;VALUE=DATE", &day(last.tomorrow().unwrap_or(last)));
            // Whole days do not make anybody busy.
            push(out, "TRANSP", "TRANSPARENT");
        }
        When::Times { from, until } => {
            push(out, "DTSTART;TZID=Europe/London", &local(from));
            push(out, "DTEND;TZID=Europe/London", &local(until.max(from)));
        }
    }
    push(out, "SUMMARY", &escape(&event.summary));
    for (name, text) in [("DESCRIPTION", &event.description), ("LOCATION", &event.place)] {
        if !text.is_empty() {
            push(out, name, &escape(text));
        }
    }
    if let Some(url) = address(&event.url) {
        push(out, "URL", url);
    }
    push(out, "STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    push(out, "END", "VEVENT");
}

/// An address that can stand as it is.
fn address(url: &str) -> Option<&str> {
    let known = url.starts_with("https://") || url.starts_with("http://");
    (known && url.chars().all(|c| c.is_ascii_graphic())).then_some(url)
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn local(at: DateTime) -> String {
    format!("{}T{:02}{:02}{:02}", day(at.date()), at.hour(), at.minute(), at.second())
}

fn utc(at: Timestamp) -> String {
    format!("{}Z", local(jiff::tz::Offset::UTC.to_datetime(at)))
}

/// Text as a value: a backslash before what means something, `\n` for a line
/// break, nothing of control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

/// A line of the file, folded: at most 75 bytes each, the following ones begin
/// with a blank, and no character is cut in two.
fn push(out: &mut String, name: &str, value: &str) {
    const MOST: usize = 75;
    let mut length = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if length + c.len_utf8() > MOST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
