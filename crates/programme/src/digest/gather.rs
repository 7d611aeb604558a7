//! What a weekly letter says to somebody: what their calendar says of two weeks,
//! what is overdue, and what waits for them.

use crate::{
    Who, World, cohort, concern,
    error::{Error, Result},
    feed::{self, Dated, What},
    mail::{WeeklyLine, WeeklyWhat},
    overview::{self, Whom},
    who::{Caller, Role},
};
use kernel::Date;
use std::collections::BTreeMap;

/// So many days ahead the letter looks.
const AHEAD: i32 = 14;

/// What there is to say, by place; nothing where nothing waits.
pub(super) async fn lines(world: &World, caller: &Caller) -> Result<Vec<WeeklyLine>> {
    let who = Who::Person(caller.clone());
    let dated = feed::days_of(world, caller).await?;
    let mut all = of_days(&dated, caller.today, |path| world.link(path));
    for school in schools_led(caller) {
        let waits = match concern::to_answer(world, &who, school).await {
            Ok(waits) => waits,
            Err(Error::NotFound) => continue,
            Err(other) => return Err(other),
        };
        for (concern, until) in waits {
            let link = world.link(&format!("/organisations/{school}/concerns/{concern}"));
            let place = crate::organisation::organisation(world, &who, school).await?.name;
            all.push(WeeklyLine { place, what: WeeklyWhat::ReadFirst(until), link });
        }
    }
    let leads = |programme: i64| {
        caller.roles.iter().any(|held| held.role == Role::ProgrammeLead && held.organisation == programme)
    };
    if caller.roles.iter().any(|held| held.role == Role::ProgrammeLead) {
        for programme in cohort::mine(world, &who).await?.into_iter().filter(|one| leads(one.id)) {
            let overview = overview::overview(world, &who, &programme.slug, kernel::Page::NONE).await?;
            let yours = overview.waits.iter().filter(|wait| wait.whom == Whom::You).count() as u64;
            if yours > 0 {
                let link = world.link(&format!("/programmes/{}", programme.slug));
                all.push(WeeklyLine { place: programme.name, what: WeeklyWhat::Waits(yours), link });
            }
        }
    }
    all.sort();
    Ok(all)
}

fn schools_led(caller: &Caller) -> Vec<i64> {
    let heads = caller.roles.iter().filter(|held| matches!(held.role, Role::Head | Role::Deputy));
    let mut all: Vec<i64> = heads.map(|held| held.organisation).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What falls on days up to two weeks ahead, and what is behind.
fn of_days(dated: &[Dated], today: Date, link: impl Fn(&str) -> String) -> Vec<WeeklyLine> {
    let last = today.saturating_add(jiff::Span::new().days(AHEAD));
    let mut all = Vec::new();
    // Of actions how many are overdue, how many come, and when the first.
    let mut actions: BTreeMap<i64, (&str, u64, u64, Date)> = BTreeMap::new();
    for one in dated.iter().filter(|one| one.day <= last) {
        let below = |path: &str| link(&format!("/organisations/{}{path}", one.organisation));
        let mut say = |what, path: &str| all.push(WeeklyLine { place: one.school.clone(), what, link: below(path) });
        match one.what {
            What::Action(_) => {
                let (_, overdue, due, first) =
                    actions.entry(one.organisation).or_insert((&one.school, 0, 0, Date::MAX));
                if one.day < today {
                    *overdue += 1;
                } else {
                    *due += 1;
                    *first = one.day.min(*first);
                }
            }
            What::View(id) => say(WeeklyWhat::View(one.day), &format!("/diagnoses/{id}/mine")),
            What::Review(_) if one.day < today => say(WeeklyWhat::ReviewMissed(one.day), "/reviews"),
            What::Review(_) => say(WeeklyWhat::Review(one.day), "/reviews"),
            What::Contact(_) if one.day < today => {}
            What::Contact(_) => say(WeeklyWhat::Contact(one.day), ""),
        }
    }
    for (organisation, (school, overdue, due, first)) in actions {
        let to = link(&format!("/organisations/{organisation}/plan"));
        let mut say = |what| all.push(WeeklyLine { place: school.to_owned(), what, link: to.clone() });
        if overdue > 0 {
            say(WeeklyWhat::Overdue(overdue));
        }
        if due > 0 {
            say(WeeklyWhat::Due(due, first));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kernel::Timestamp;

    fn dated(what: What, day: Date) -> Dated {
        let (school, changed) = ("Ashdale".to_owned(), Timestamp::UNIX_EPOCH);
        Dated { what, school, organisation: 7, day, changed, sequence: 1 }
    }

    #[test]
    fn two_weeks_and_what_is_behind_and_no_more() {
        let today = date(2026, 11, 30);
        let all = [
            dated(What::Action(1), date(2026, 11, 2)),
            dated(What::Action(2), date(2026, 12, 14)),
            dated(What::Action(3), date(2026, 12, 3)),
            dated(What::Action(4), date(2026, 12, 15)),
            dated(What::Contact(1), date(2026, 11, 29)),
            dated(What::Review(1), date(2026, 11, 27)),
            dated(What::View(9), date(2026, 12, 1)),
        ];
        let lines = of_days(&all, today, str::to_owned);
        let said: Vec<WeeklyWhat> = lines.iter().map(|one| one.what).collect();
        assert_eq!(
            said,
            [
                WeeklyWhat::ReviewMissed(date(2026, 11, 27)),
                WeeklyWhat::View(date(2026, 12, 1)),
                WeeklyWhat::Overdue(1),
                WeeklyWhat::Due(2, date(2026, 12, 3)),
            ]
        );
        assert_eq!(lines[1].link, "/organisations/7/diagnoses/9/mine");
        assert!(of_days(&[], today, str::to_owned).is_empty());
    }
}
