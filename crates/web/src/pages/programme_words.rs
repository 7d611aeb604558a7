//! What the pages of a programme say.

use super::imports::capital;
use kernel::words::{long_date, number};
use programme::{
    cohort::Status,
    overview::{Invited, Line, Movement, Overview, Waiting, Whom},
    role::Vacancy,
};

/// The heading: what waits, in a sentence.
pub(super) fn finding(overview: &Overview) -> String {
    let yours = overview.waits.iter().filter(|wait| wait.whom == Whom::You).count();
    let others = overview.waits.len() - yours;
    match (yours, others) {
        _ if overview.cohorts.is_empty() => "No school can join yet".to_owned(),
        _ if overview.schools.is_empty() => "No school was invited yet".to_owned(),
        (0, 0) => "Nothing waits for anybody".to_owned(),
        (0, others) => format!("Nothing waits for you; {} for others", things(others)),
        (yours, 0) => format!("{} for you", capital(&things(yours))),
        (yours, others) => format!("{} for you, {} for others", capital(&things(yours)), number(others as u64)),
    }
}

fn things(count: usize) -> String {
    match count {
        1 => "one thing waits".to_owned(),
        many => format!("{} things wait", number(many as u64)),
    }
}

/// Beneath the heading: how many schools, and how they stand.
pub(super) fn lead(overview: &Overview) -> String {
    let count = |status: Status| {
        overview.schools.iter().filter(|line| line.status.is_some_and(|(one, _)| one == status)).count()
    };
    let asked = overview.schools.iter().filter(|line| line.participation.is_none()).count();
    let parts: Vec<String> = [
        (count(Status::Joined), "taking part"),
        (count(Status::Paused), "taking a break"),
        (count(Status::Completed), "completed"),
        (count(Status::Left), "left"),
        (asked, "asked and not in yet"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, words)| format!("{} {words}", number(count as u64)))
    .collect();
    match parts.is_empty() {
        true => "A cohort is the schools that join on one day; you invite them, and each head decides.".to_owned(),
        false => format!("{}: {}.", super::programme::schools_words(overview.schools.len()), parts.join(", ")),
    }
}

pub(super) fn waiting(what: &Waiting) -> &'static str {
    match what {
        Waiting::Answer => "The invitation waits for an answer",
        Waiting::Expired => "The invitation ran out without an answer",
        Waiting::Declined => "The invitation was declined",
        Waiting::NoAdviser => "Nobody accompanies the school",
        Waiting::NoHead => "Nobody is headteacher",
        Waiting::Overdue => "The day agreed for the next contact has passed",
        Waiting::Quiet => "No contact since then, and none agreed",
    }
}

pub(super) fn whom(whom: &Whom) -> String {
    match whom {
        Whom::You => "you".to_owned(),
        Whom::Adviser(name) => format!("{name}, adviser"),
        Whom::Head(Some(name)) => format!("{name}, headteacher"),
        Whom::Head(None) => "its headteacher".to_owned(),
    }
}

pub(super) fn moved(what: &Movement) -> String {
    match what {
        Movement::Accepted => "the head accepted".to_owned(),
        Movement::Declined => "the head declined".to_owned(),
        Movement::Status(status, since) => format!("{} from {}", status_words(*status), long_date(*since)),
        Movement::Contact(kind) => format!("in touch ({})", kind.words().to_lowercase()),
        Movement::NewHead(name, _) => format!("{name} is headteacher"),
        Movement::HeadLeft(name, _) => format!("{name} is no longer headteacher"),
    }
}

/// ‘takes a break’.
pub(super) fn status_words(status: Status) -> &'static str {
    match status {
        Status::Joined => "takes part",
        Status::Paused => "takes a break",
        Status::Left => "left",
        Status::Completed => "completed",
    }
}

/// How a school stands, or its invitation.
pub(super) fn standing(line: &Line) -> String {
    match (&line.status, &line.invitation) {
        (Some((status, since)), _) => format!("{} since {}", capital(status_words(*status)), long_date(*since)),
        (None, Some(invited)) => invitation(invited),
        (None, None) => "–".to_owned(),
    }
}

/// How an invitation stands.
pub(super) fn invitation(invited: &Invited) -> String {
    use programme::invitation::State;
    match invited.state {
        State::Open => format!("Asked on {}", long_date(invited.sent)),
        State::Expired => format!("Asked; no answer by {}", long_date(invited.until)),
        State::Declined => match invited.answered {
            Some(day) => format!("Declined on {}", long_date(day)),
            None => "Declined".to_owned(),
        },
        State::Accepted => "Accepted".to_owned(),
        State::Withdrawn => "Invitation taken back".to_owned(),
    }
}

pub(super) fn advisers(line: &Line) -> String {
    match line.advisers.as_slice() {
        [] if line.goes_on => "nobody".to_owned(),
        [] => "–".to_owned(),
        some => some.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", "),
    }
}

pub(super) fn vacant(line: &Line) -> String {
    match line.vacancies.as_slice() {
        [] => "–".to_owned(),
        some if some.len() > 3 => format!("{} of head and strands", number(some.len() as u64)),
        some => some.iter().map(what_is_vacant).collect::<Vec<_>>().join(", "),
    }
}

/// ‘headteacher’, ‘Pedagogy and Curriculum’.
pub(super) fn what_is_vacant(vacancy: &Vacancy) -> String {
    vacancy.strand.map_or_else(|| vacancy.role.words().to_owned(), |strand| strand.words().to_owned())
}

/// A vacancy as a sentence: ‘Nobody leads Leadership since 1 September 2026’.
pub(super) fn vacancy(vacancy: &Vacancy) -> String {
    let what = match vacancy.strand {
        Some(strand) => format!("Nobody leads {}", strand.words()),
        None => format!("Nobody is {}", vacancy.role.words()),
    };
    let since = vacancy.since.map_or_else(String::new, |since| format!(" since {}", long_date(since)));
    let from = vacancy.from.map_or_else(String::new, |from| format!("; somebody will from {}", long_date(from)));
    format!("{what}{since}{from}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use programme::who::{Role, Strand};

    #[test]
    fn a_vacancy_says_since_when_and_until_when() {
        let strand = Vacancy {
            role: Role::StrandLead,
            strand: Some(Strand::Leadership),
            since: Some(date(2026, 9, 1)),
            from: Some(date(2027, 1, 1)),
        };
        assert_eq!(
            vacancy(&strand),
            "Nobody leads Leadership since 1 September 2026; somebody will from 1 January 2027"
        );
        let head = Vacancy { role: Role::Head, strand: None, since: None, from: None };
        assert_eq!((vacancy(&head).as_str(), what_is_vacant(&head).as_str()), ("Nobody is headteacher", "headteacher"));
    }
}
