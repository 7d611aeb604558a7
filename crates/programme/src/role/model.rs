//! A role held, and what is vacant.

use crate::{
    error::{Error, FieldError, Result},
    organisation::Kind,
    who::{Role, Strand},
};
use kernel::Date;
use std::collections::HashMap;

/// A role of a person in an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHeld {
    /// Its id.
    pub id: i64,
    /// The person.
    pub person: i64,
    /// The role.
    pub role: Role,
    /// The strand, for a strand lead.
    pub strand: Option<Strand>,
    /// The first day.
    pub since: Date,
    /// The first day without it, where it was ended.
    pub until: Option<Date>,
    /// Why it was ended.
    pub ended_why: Option<String>,
}

impl RoleHeld {
    /// True where it is held on this day.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        Tenure::from(self).on(day)
    }

    /// The role in words, with its strand.
    #[must_use]
    pub fn words(&self) -> String {
        match self.strand {
            Some(strand) => format!("{}, {}", self.role.words(), strand.words()),
            None => self.role.words().to_owned(),
        }
    }
}

/// Somebody with their roles in one organisation, the first first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their roles, also those that ended.
    pub roles: Vec<RoleHeld>,
}

/// A role as far as it tells who leads what, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenure {
    /// The role.
    pub role: Role,
    /// The strand, for a strand lead.
    pub strand: Option<Strand>,
    /// The first day.
    pub since: Date,
    /// The first day without it, where it was ended.
    pub until: Option<Date>,
}

impl Tenure {
    /// True where it is held on this day.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }
}

impl From<&RoleHeld> for Tenure {
    fn from(held: &RoleHeld) -> Self {
        Self { role: held.role, strand: held.strand, since: held.since, until: held.until }
    }
}

/// Who is, or was, head of a school of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// The school.
    pub(crate) school: i64,
    /// Their name.
    pub(crate) name: String,
    /// When.
    pub(crate) held: Tenure,
}

/// Who leads, or led, the schools of a programme.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leaders {
    /// Heads by name, also former ones, the first first.
    pub(crate) heads: Vec<Head>,
    /// Heads of each school, also former ones, the first first; after them strand leads, where
    /// they were asked for.
    pub(crate) posts: HashMap<i64, Vec<Tenure>>,
}

impl Leaders {
    /// Those of a school, its heads first.
    pub(crate) fn of(&self, school: i64) -> &[Tenure] {
        self.posts.get(&school).map_or(&[], Vec::as_slice)
    }
}

/// What nobody holds in a school, though somebody should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancy {
    /// Head, or strand lead.
    pub role: Role,
    /// The strand.
    pub strand: Option<Strand>,
    /// Since when, where somebody held it before.
    pub since: Option<Date>,
    /// From when somebody will hold it, where that is known.
    pub from: Option<Date>,
}

/// What nobody of a school's people holds on a day: its head, its strands.
#[must_use]
pub fn vacancies(people: &[Member], day: Date) -> Vec<Vacancy> {
    let held: Vec<Tenure> = people.iter().flat_map(|one| &one.roles).map(Tenure::from).collect();
    vacant(&held, day)
}

/// Which of head and the five strand leads nobody holds on `day`.
pub(crate) fn vacant(roles: &[Tenure], day: Date) -> Vec<Vacancy> {
    let strands = Strand::ALL.iter().filter_map(|strand| nobody(roles, Role::StrandLead, Some(*strand), day));
    headless(roles, day).into_iter().chain(strands).collect()
}

/// That nobody is head on `day`, where it is so.
pub(crate) fn headless(roles: &[Tenure], day: Date) -> Option<Vacancy> {
    nobody(roles, Role::Head, None, day)
}

fn nobody(roles: &[Tenure], role: Role, strand: Option<Strand>, day: Date) -> Option<Vacancy> {
    let those = || roles.iter().filter(move |held| held.role == role && held.strand == strand);
    if those().any(|held| held.on(day)) {
        return None;
    }
    Some(Vacancy {
        role,
        strand,
        since: those().filter_map(|held| held.until).filter(|until| *until <= day).max(),
        from: those().map(|held| held.since).filter(|since| *since > day).min(),
    })
}

/// A role to be given.
#[derive(Debug, Clone, Copy)]
pub struct NewRole {
    /// To whom.
    pub person: i64,
    /// In which organisation.
    pub organisation: i64,
    /// Which.
    pub role: Role,
    /// The strand, for a strand lead.
    pub strand: Option<Strand>,
    /// From which day.
    pub since: Date,
}

/// Checks that such an organisation has such a role, and a strand lead a strand.
pub(crate) fn checked(kind: Kind, role: Role, strand: Option<Strand>) -> Result<Option<Strand>> {
    if !kind.roles().contains(&role) {
        return Err(Error::Invalid(vec![FieldError::new("role", "Choose one of the roles in the list")]));
    }
    match (role, strand) {
        (Role::StrandLead, None) => {
            Err(Error::Invalid(vec![FieldError::new("strand", "Choose the strand that they lead")]))
        }
        (Role::StrandLead, strand) => Ok(strand),
        // A strand chosen and then another role is no mistake worth a question.
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn held(role: Role, strand: Option<Strand>, since: Date, until: Option<Date>) -> RoleHeld {
        RoleHeld { id: 1, person: 1, role, strand, since, until, ended_why: None }
    }

    #[test]
    fn a_role_is_held_from_its_first_day_to_the_day_before_its_end() {
        let one = held(Role::Head, None, date(2026, 9, 1), Some(date(2027, 1, 1)));
        assert!(!one.on(date(2026, 8, 31)) && one.on(date(2026, 9, 1)));
        assert!(one.on(date(2026, 12, 31)) && !one.on(date(2027, 1, 1)));
    }

    #[test]
    fn what_nobody_holds_is_vacant_since_the_last_one_left() {
        let strand = Some(Strand::Pedagogy);
        let roles = [
            held(Role::Head, None, date(2020, 9, 1), Some(date(2026, 9, 1))),
            held(Role::Head, None, date(2027, 1, 1), None),
            held(Role::StrandLead, strand, date(2026, 9, 1), None),
        ]
        .map(|held| Tenure::from(&held));
        let all = vacant(&roles, date(2026, 11, 1));
        assert_eq!(all.len(), 5, "{all:?}");
        assert_eq!((all[0].since, all[0].from), (Some(date(2026, 9, 1)), Some(date(2027, 1, 1))));
        assert!(all.iter().all(|one| one.strand != strand));
        assert_eq!(vacant(&roles, date(2027, 1, 1)).len(), 4, "the new head has come");
    }

    #[test]
    fn a_strand_lead_leads_a_strand_and_nobody_else_does() {
        assert!(checked(Kind::School, Role::StrandLead, None).is_err());
        assert_eq!(checked(Kind::School, Role::Teacher, Some(Strand::Support)).unwrap(), None);
        assert!(checked(Kind::School, Role::Administrator, None).is_err());
    }
}
