//! What stands in a feed, and how it is said.

use kernel::{Date, Timestamp};
use papers::ics::{Event, When};

/// What falls on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// An action of theirs is due.
    Action(i64),
    /// The last day for their views in a diagnosis.
    View(i64),
    /// The review that follows this one.
    Review(i64),
    /// The contact that was agreed at this one.
    Contact(i64),
}

/// What falls on a day, where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) what: What,
    /// The school's name.
    pub(crate) school: String,
    pub(crate) organisation: i64,
    pub(crate) day: Date,
    pub(crate) changed: Timestamp,
    /// How often it was changed, from 1.
    pub(crate) sequence: i64,
}

/// The host of an address, by which events have names that nothing else has.
pub(super) fn host(address: &str) -> String {
    let after = address.split_once("://").map_or(address, |(_, after)| after);
    after.split(['/', ':']).next().unwrap_or_default().to_owned()
}

pub(super) fn event(one: &Dated, host: &str, address: &str) -> Event {
    let (name, summary, page) = said(one);
    Event {
        uid: format!("{name}@{host}"),
        changed: one.changed,
        sequence: u32::try_from(one.sequence - 1).unwrap_or_default(),
        when: When::Days { first: one.day, last: one.day },
        summary: format!("{summary} ({})", one.school),
        description: "What it is about stands on its page, where you sign in.".to_owned(),
        place: String::new(),
        url: format!("{address}/organisations/{}{page}", one.organisation),
        cancelled: false,
    }
}

/// What an event is named by for ever, what it says, and its page.
fn said(one: &Dated) -> (String, &'static str, String) {
    match one.what {
        What::Action(id) => (format!("action-{id}"), "Something of yours is due", format!("/plan/actions/{id}")),
        What::View(id) => (format!("view-{id}"), "Last day to say how you see it", format!("/diagnoses/{id}/mine")),
        What::Review(id) => (format!("after-review-{id}"), "The next review", "/reviews".to_owned()),
        What::Contact(id) => {
            (format!("after-contact-{id}"), "Contact agreed between school and adviser", String::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_event_keeps_its_name_and_leads_to_its_page() {
        let one = Dated {
            what: What::Action(7),
            school: "Invented: Ashdale".to_owned(),
            organisation: 3,
            day: date(2027, 3, 28),
            changed: Timestamp::UNIX_EPOCH,
            sequence: 2,
        };
        let event = event(&one, &host("https://aspire.example.org:8443/x"), "https://aspire.example.org:8443");
        assert_eq!((event.uid.as_str(), event.sequence), ("action-7@aspire.example.org", 1));
        assert_eq!(event.summary, "Something of yours is due (Invented: Ashdale)");
        assert_eq!(event.url, "https://aspire.example.org:8443/organisations/3/plan/actions/7");
    }
}
