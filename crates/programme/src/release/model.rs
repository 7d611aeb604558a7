//! What a release is.

use crate::{
    item::ItemKind,
    who::{Caller, Role},
};
use kernel::{Date, Timestamp};

/// To whom: whoever holds a role in an organisation, or one person as long as
/// they hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct To {
    /// The role.
    pub role: Role,
    /// The organisation in which they hold it.
    pub organisation: i64,
    /// Only this one of them.
    pub person: Option<i64>,
}

impl To {
    /// As a form carries it: `adviser-12`, `adviser-12-7`.
    #[must_use]
    pub fn key(self) -> String {
        match self.person {
            Some(person) => format!("{}-{}-{person}", self.role.key(), self.organisation),
            None => format!("{}-{}", self.role.key(), self.organisation),
        }
    }

    /// The one that a form carries.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let mut parts = key.split('-');
        let (role, organisation) = (Role::from_key(parts.next()?)?, parts.next()?.parse().ok()?);
        let person = parts.next().map(str::parse).transpose().ok()?;
        parts.next().is_none().then_some(Self { role, organisation, person })
    }

    /// True where it reaches this caller, by the roles they hold today.
    pub(super) fn reaches(self, caller: &Caller) -> bool {
        let holds = caller.roles.iter().any(|held| held.role == self.role && held.organisation == self.organisation);
        holds && self.person.is_none_or(|person| person == caller.id)
    }
}

/// A release to be.
#[derive(Debug, Clone, Copy)]
pub struct NewRelease {
    /// Whose thing it is.
    pub organisation: i64,
    /// What kind of thing.
    pub kind: ItemKind,
    /// Only this one; else all of the kind.
    pub item: Option<i64>,
    /// Who may see it.
    pub to: To,
    /// The last day on which they may; without one, until it is withdrawn.
    pub until: Option<Date>,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its id.
    pub id: i64,
    /// What kind of thing.
    pub kind: ItemKind,
    /// Only this one; else all of the kind.
    pub item: Option<i64>,
    /// The role of whoever may see it.
    pub role: Role,
    /// The organisation in which they hold it; none where it came with the
    /// school from elsewhere, and reaches nobody.
    pub to_organisation: Option<i64>,
    /// Its name when it was released.
    pub to_organisation_name: String,
    /// Only this person.
    pub to_person: Option<i64>,
    /// Their name when it was released.
    pub to_person_name: Option<String>,
    /// The last day.
    pub until: Option<Date>,
    /// When it was released.
    pub granted_at: Timestamp,
    /// By whom.
    pub granted_by: String,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// By whom.
    pub withdrawn_by: Option<String>,
}

impl Release {
    /// To whom, where that is known here.
    #[must_use]
    pub fn to(&self) -> Option<To> {
        // One that named a person must not become one to everybody in their role.
        if self.to_person.is_some() != self.to_person_name.is_some() {
            return None;
        }
        Some(To { role: self.role, organisation: self.to_organisation?, person: self.to_person })
    }

    /// True where it holds on this day.
    #[must_use]
    pub fn holds(&self, today: Date) -> bool {
        self.withdrawn_at.is_none() && self.until.is_none_or(|until| today <= until)
    }

    /// To whom, in words: ‘Priya Shah, adviser, Invented: Programme’, ‘advisers
    /// of Invented: Programme’.
    #[must_use]
    pub fn to_words(&self) -> String {
        match &self.to_person_name {
            Some(name) => format!("{name}, {}, {}", self.role.words(), self.to_organisation_name),
            None => format!("{} of {}", plural(self.role), self.to_organisation_name),
        }
    }
}

/// Those who hold a role, in words: ‘advisers’.
#[must_use]
pub fn plural(role: Role) -> String {
    format!("{}s", role.words())
}

/// Something that was released to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToMe {
    /// Whose thing it is.
    pub organisation: i64,
    /// Their name.
    pub name: String,
    /// What kind of thing.
    pub kind: ItemKind,
    /// Only this one; else all of the kind.
    pub item: Option<i64>,
    /// The last day.
    pub until: Option<Date>,
}
