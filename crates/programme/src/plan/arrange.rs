//! How a plan is laid out: each action stands in one place, and in one only.

use super::model::{Action, Plan};
use kernel::{
    Date,
    calendar::{Calendar, Term},
};

/// A plan laid out for a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arranged<'a> {
    /// The term it is about: today's, or in holidays the next; none where the
    /// calendar knows neither.
    pub term: Option<Term>,
    /// What this term asks: overdue, stuck, due, and done since it began, by day.
    pub now: Vec<&'a Action>,
    /// What comes later, by term; the last without a term.
    pub later: Vec<(Option<Term>, Vec<&'a Action>)>,
    /// What was done or dropped before this term, the latest first, and what
    /// stands under priorities that are closed.
    pub behind: Vec<&'a Action>,
}

/// Lays a plan out for a day.
#[must_use]
pub fn arrange<'a>(plan: &'a Plan, calendar: &Calendar, today: Date) -> Arranged<'a> {
    let term = calendar.term_on_or_after(today);
    let mut arranged = Arranged { term, ..Arranged::default() };
    for action in &plan.actions {
        let closed = plan.priority(action.priority).is_none_or(|one| one.closed.is_some());
        match (closed, action.state.waits(), term) {
            (true, ..) => arranged.behind.push(action),
            (false, true, Some(term)) if action.due > term.last => later(&mut arranged.later, calendar, action),
            (false, true, _) => arranged.now.push(action),
            (false, false, Some(term)) if action.state_on.unwrap_or(action.due) >= term.first => {
                arranged.now.push(action);
            }
            (false, false, _) => arranged.behind.push(action),
        }
    }
    arranged.now.sort_by_key(|one| (one.due, one.id));
    arranged.behind.sort_by_key(|one| std::cmp::Reverse((one.state_on.unwrap_or(one.due), one.id)));
    // Those without a term lie beyond all that is known.
    arranged.later.sort_by_key(|(term, _)| term.map_or(Date::MAX, |term| term.first));
    for (_, actions) in &mut arranged.later {
        actions.sort_by_key(|one| (one.due, one.id));
    }
    arranged
}

fn later<'a>(all: &mut Vec<(Option<Term>, Vec<&'a Action>)>, calendar: &Calendar, action: &'a Action) {
    let term = calendar.term_on_or_after(action.due);
    match all.iter_mut().find(|(known, _)| *known == term) {
        Some((_, actions)) => actions.push(action),
        None => all.push((term, vec![action])),
    }
}

/// What somebody owes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owes<'a> {
    /// Its day has passed.
    pub overdue: Vec<&'a Action>,
    /// Due by the coming Sunday.
    pub this_week: Vec<&'a Action>,
    /// Due after that, within 14 days.
    pub fortnight: Vec<&'a Action>,
    /// Due later.
    pub later: Vec<&'a Action>,
}

/// Sorts what waits by how soon it is due.
#[must_use]
pub fn owes<'a>(actions: impl IntoIterator<Item = &'a Action>, today: Date) -> Owes<'a> {
    let days = |days: i32| today.saturating_add(jiff::Span::new().days(days));
    let sunday = days(6 - i32::from(today.weekday().to_monday_zero_offset()));
    let mut all = Owes::default();
    for action in actions {
        match action.due {
            _ if !action.state.waits() => {}
            due if due < today => all.overdue.push(action),
            due if due <= sunday => all.this_week.push(action),
            due if due <= days(14) => all.fortnight.push(action),
            _ => all.later.push(action),
        }
    }
    all
}

#[cfg(test)]
pub(super) mod tests {
    use super::{
        super::model::{Closing, How, Priority, State},
        *,
    };
    use crate::calendar::calendar_for;
    use jiff::civil::date;
    use kernel::Timestamp;
    use proptest::prelude::*;

    pub(in crate::plan) fn action(id: i64, priority: i64) -> Action {
        Action {
            id,
            priority,
            what: String::new(),
            owner: Some(1),
            owner_name: String::new(),
            due: date(2026, 11, 24),
            supporter: String::new(),
            done_means: String::new(),
            after: None,
            state: State::Open,
            state_why: String::new(),
            state_on: None,
            state_by: String::new(),
            revision: 1,
            changed_at: Timestamp::UNIX_EPOCH,
            changed_by: String::new(),
        }
    }

    fn priority(id: i64, closed: bool) -> Priority {
        let on = date(2026, 10, 1);
        Priority {
            id,
            title: String::new(),
            why: String::new(),
            whom: String::new(),
            strand: None,
            strategy: None,
            diagnosis: None,
            statements: Vec::new(),
            beyond: String::new(),
            opened_on: on,
            opened_by: String::new(),
            closed: closed.then(|| Closing { on, how: How::Met, why: String::new(), by: String::new() }),
            revision: 1,
            changed_at: Timestamp::UNIX_EPOCH,
            changed_by: String::new(),
        }
    }

    fn day() -> impl Strategy<Value = Date> {
        (0..1_500_i32).prop_map(|days| date(2025, 1, 1).saturating_add(jiff::Span::new().days(days)))
    }

    fn any_action() -> impl Strategy<Value = Action> {
        (0..4_i64, day(), 0..4_usize, proptest::option::of(day())).prop_map(|(under, due, state, on)| Action {
            due,
            state: State::ALL[state],
            state_on: on,
            ..action(0, under)
        })
    }

    proptest! {
        /// Whatever day it is and whatever is planned: each action once.
        #[test]
        fn no_plan_shows_an_action_twice_or_loses_one(
            actions in proptest::collection::vec(any_action(), 0..40), today in day(),
        ) {
            let mut actions = actions;
            for (id, action) in (1..).zip(&mut actions) {
                action.id = id;
            }
            // One priority is not there at all: even so nothing is lost.
            let priorities = vec![priority(0, false), priority(1, true), priority(2, false)];
            let plan = Plan { priorities, actions, ..Plan::default() };
            let arranged = arrange(&plan, calendar_for(None).unwrap(), today);
            let later = arranged.later.iter().flat_map(|(_, actions)| actions);
            let mut shown: Vec<i64> =
                arranged.now.iter().chain(later).chain(&arranged.behind).map(|one| one.id).collect();
            shown.sort_unstable();
            let all: Vec<i64> = (1..=i64::try_from(plan.actions.len()).unwrap()).collect();
            prop_assert_eq!(shown, all);
        }

        /// Of what waits, each is owed once; nothing else is.
        #[test]
        fn what_waits_is_owed_once(actions in proptest::collection::vec(any_action(), 0..40), today in day()) {
            let owed = owes(&actions, today);
            let many = owed.overdue.len() + owed.this_week.len() + owed.fortnight.len() + owed.later.len();
            prop_assert_eq!(many, actions.iter().filter(|one| one.state.waits()).count());
        }
    }

    #[test]
    fn this_term_comes_first_and_the_rest_by_term() {
        let mut plan = Plan { priorities: vec![priority(0, false)], ..Plan::default() };
        let days = [date(2026, 9, 10), date(2026, 12, 1), date(2027, 2, 2), date(2027, 6, 1), date(2099, 1, 1)];
        plan.actions = (1..).zip(days).map(|(id, due)| Action { due, ..action(id, 0) }).collect();
        let arranged = arrange(&plan, calendar_for(None).unwrap(), date(2026, 11, 24));
        assert_eq!(
            arranged.now.iter().map(|one| one.id).collect::<Vec<_>>(),
            [1, 2],
            "what is overdue, and what is due"
        );
        let names: Vec<_> = arranged.later.iter().map(|(term, _)| term.map(|term| term.name())).collect();
        assert_eq!(names, [Some("Spring 2027".to_owned()), Some("Summer 2027".to_owned()), None]);
    }

    #[test]
    fn a_week_ends_on_sunday_and_a_fortnight_after_fourteen_days() {
        let tuesday = date(2026, 11, 24);
        let days =
            [date(2026, 11, 23), tuesday, date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 8), date(2026, 12, 9)];
        let actions: Vec<Action> = (1..).zip(days).map(|(id, due)| Action { due, ..action(id, 0) }).collect();
        let owed = owes(&actions, tuesday);
        let ids = |all: &[&Action]| all.iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!((ids(&owed.overdue), ids(&owed.this_week)), (vec![1], vec![2, 3]));
        assert_eq!((ids(&owed.fortnight), ids(&owed.later)), (vec![4, 5], vec![6]));
    }
}
