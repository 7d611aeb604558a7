//! To whom a school can release: its own people, those of its programmes, the
//! schools that take part with it. Nobody else can be named, so that a form
//! tells nobody who else is here.

mod store;

use super::{
    access,
    model::{To, plural},
};
use crate::{Who, World, error::Result, organisation, who::Role};
use ::store::Conn;
use kernel::Date;

/// Somebody to whom a school can release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// To whom.
    pub to: To,
    /// The organisation's name.
    pub organisation: String,
    /// The person's name, where it is one.
    pub person: Option<String>,
    /// In words.
    pub words: String,
    /// Where they belong: the heading over them in a list.
    pub group: String,
}

impl Choice {
    /// True for another school that takes part.
    #[must_use]
    pub fn is_partner(&self) -> bool {
        self.group == PARTNERS
    }
}

/// The heading over schools that take part with one's own.
pub const PARTNERS: &str = "Schools that take part with you";

/// Roles of one's own school that see nothing without a release.
const OWN: &[Role] = &[Role::Governor, Role::TeamLeader, Role::Teacher, Role::PeerReviewer];

/// Roles of a programme.
const PROGRAMME: &[Role] = &[Role::Adviser, Role::ProgrammeLead, Role::Evaluator];

/// Roles of a school that takes part with one's own.
const PARTNER: &[Role] = &[Role::Head, Role::PeerReviewer];

/// To whom a school can release today.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever may not, or the database.
pub async fn choices(world: &World, who: &Who, organisation: i64) -> Result<Vec<Choice>> {
    let mut conn = world.db.read().await?;
    access::oversee(&mut conn, who, organisation).await?;
    all(&mut conn, organisation, world.clock.today()).await
}

/// The one that was chosen, if it is one of them.
pub(super) async fn chosen(conn: &mut Conn, organisation: i64, today: Date, to: To) -> Result<Option<Choice>> {
    Ok(all(conn, organisation, today).await?.into_iter().find(|choice| choice.to == to))
}

async fn all(conn: &mut Conn, school: i64, today: Date) -> Result<Vec<Choice>> {
    let own = organisation::find(conn, school).await?.name;
    let mut all = Vec::new();
    for (person, name, programme, programme_name) in store::advisers(conn, school, today).await? {
        let to = To { role: Role::Adviser, organisation: programme, person: Some(person) };
        all.push(one(to, &programme_name, Some(name), "Who accompanies you"));
    }
    for (programme, name) in store::programmes(conn, school, today).await? {
        for role in PROGRAMME {
            all.push(one(To { role: *role, organisation: programme, person: None }, &name, None, &name));
        }
    }
    for role in OWN {
        all.push(one(To { role: *role, organisation: school, person: None }, &own, None, "Your own school"));
    }
    for (person, name, role) in store::people(conn, school, today).await? {
        if OWN.contains(&role) {
            let to = To { role, organisation: school, person: Some(person) };
            all.push(one(to, &own, Some(name), "Your own school"));
        }
    }
    for (partner, name) in store::partners(conn, school, today).await? {
        for role in PARTNER {
            let to = To { role: *role, organisation: partner, person: None };
            all.push(one(to, &name, None, PARTNERS));
        }
    }
    Ok(all)
}

fn one(to: To, organisation: &str, person: Option<String>, group: &str) -> Choice {
    let words = match (&person, to.role) {
        (Some(name), role) => format!("{name}, {}", role.words()),
        // A school has one head.
        (None, Role::Head) => format!("The {} of {organisation}", to.role.words()),
        (None, role) => format!("The {} of {organisation}", plural(role)),
    };
    Choice { to, organisation: organisation.to_owned(), person, words, group: group.to_owned() }
}
