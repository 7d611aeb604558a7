//! What waits for whom, and what moved: from what the nouns know.

use super::{
    model::{LATELY, Line, Moved, Movement, QUIET_DAYS, Wait, Waiting, Whom},
    programme::Facts,
};
use crate::{cohort::Status, invitation::State, role::Head, who::Role};
use jiff::ToSpan as _;
use kernel::{Date, Timestamp, clock::in_england};
use std::collections::HashMap;

/// What waits for whom, the longest first; of one day by name.
pub(super) fn waits(facts: &Facts, lines: &[Line]) -> Vec<Wait> {
    let mut all: Vec<Wait> = Vec::new();
    for line in lines {
        let Some(organisation) = line.organisation else { continue };
        let mut add = |whom: Whom, what: Waiting, since: Date| {
            all.push(Wait { whom, what, school: line.name.clone(), organisation, since });
        };
        invitation_waits(line, &mut add);
        if line.goes_on {
            school_waits(facts, line, organisation, &mut add);
        }
    }
    all.sort_by(|a, b| (a.since, &a.school).cmp(&(b.since, &b.school)));
    all
}

fn invitation_waits(line: &Line, add: &mut impl FnMut(Whom, Waiting, Date)) {
    let Some(invited) = line.invitation.as_ref().filter(|_| !line.goes_on) else { return };
    match invited.state {
        State::Open => {
            add(Whom::Head(invited.to.as_ref().map(|(name, _)| name.clone())), Waiting::Answer, invited.sent);
        }
        State::Expired => add(Whom::You, Waiting::Expired, invited.until),
        State::Declined if line.participation.is_none() => {
            add(Whom::You, Waiting::Declined, invited.answered.unwrap_or(invited.sent));
        }
        State::Declined | State::Accepted | State::Withdrawn => {}
    }
}

fn school_waits(facts: &Facts, line: &Line, organisation: i64, add: &mut impl FnMut(Whom, Waiting, Date)) {
    let joined = line.status.map_or(facts.today, |(_, since)| since);
    let head = line.vacancies.iter().find(|vacancy| vacancy.role == Role::Head);
    if let Some(vacancy) = head {
        add(Whom::You, Waiting::NoHead, vacancy.since.unwrap_or(joined));
    }
    let Some(adviser) = line.advisers.first() else {
        let ended = facts
            .assignments
            .iter()
            .filter(|one| one.school == organisation)
            .filter_map(|one| one.until)
            .filter(|until| *until <= facts.today)
            .max();
        add(Whom::You, Waiting::NoAdviser, ended.unwrap_or(joined));
        return;
    };
    let theirs = || Whom::Adviser(adviser.name.clone());
    let paused = matches!(line.status, Some((Status::Paused, _)));
    match line.next() {
        Some(next) if next < facts.today => add(theirs(), Waiting::Overdue, next),
        Some(_) => {}
        None if paused => {}
        None => {
            let last = line.last.as_ref().map_or(adviser.since, |contact| contact.on);
            if last < facts.today.saturating_sub(QUIET_DAYS.days()) {
                add(theirs(), Waiting::Quiet, last);
            }
        }
    }
}

/// What happened in the last two weeks, the latest first; of one day by name.
pub(super) fn moved(facts: &Facts, lines: &[Line]) -> Vec<Moved> {
    let from = facts.today.saturating_sub(LATELY.days());
    let day = |at: Timestamp| in_england(at).date();
    let mut names: HashMap<i64, &str> = HashMap::new();
    for line in lines {
        if let Some(organisation) = line.organisation {
            names.entry(organisation).or_insert(&line.name);
        }
    }
    let mut all = Vec::new();
    let mut add = |organisation: i64, on: Date, what: Movement| {
        if on >= from
            && on <= facts.today
            && let Some(school) = names.get(&organisation)
        {
            all.push(Moved { on, school: (*school).to_owned(), organisation, what });
        }
    };
    for one in &facts.invitations {
        if let Some(at) = one.accepted_at {
            add(one.organisation, day(at), Movement::Accepted);
        }
        if let Some(at) = one.declined_at {
            add(one.organisation, day(at), Movement::Declined);
        }
    }
    for school in facts.cohorts.iter().flat_map(|(_, schools)| schools) {
        let Some(organisation) = school.organisation else { continue };
        // That it joined is told by its invitation.
        for row in school.statuses.iter().skip(1) {
            add(organisation, day(row.recorded_at), Movement::Status(row.status, row.since));
        }
    }
    for one in &facts.contacts {
        add(one.school, one.on, Movement::Contact(one.kind));
    }
    for one in &facts.leaders.heads {
        // They stand the first first.
        let first = facts.leaders.of(one.school).first().map_or(one.held.since, |first| first.since);
        heads(one, first, &mut add);
    }
    all.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.school.cmp(&b.school)));
    all
}

/// A change of head is told; the first head of all came with the school.
fn heads(one: &Head, first: Date, add: &mut impl FnMut(i64, Date, Movement)) {
    if first < one.held.since {
        add(one.school, one.held.since, Movement::NewHead(one.name.clone(), one.held.since));
    }
    if let Some(until) = one.held.until {
        add(one.school, until, Movement::HeadLeft(one.name.clone(), until));
    }
}
