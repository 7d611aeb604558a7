//! Rights: what each role may, as tables that are asked where data are read and
//! printed by `aspire access`.
//!
//! A noun's `access.rs` names its rights as constants and makes its own leave
//! (`MayEdit` …) of a [`Grant`], so that nobody who lacks the right has a
//! function to call. A caller without it gets [`Error::NotFound`], as if there
//! were no such thing; a caller who has not signed in, [`Error::SignInFirst`].

use crate::{
    Who,
    error::{Error, Result},
    role,
    who::{Actor, Caller, Role},
};
use store::Conn;

/// How far a role reaches with a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere in the installation.
    All,
    /// Where they belong: their school, their programme, the schools they
    /// accompany, what is their own or was released to them.
    Own,
    /// Nowhere.
    None,
}

impl Reach {
    /// As `aspire access --json` says it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Own => "own",
            Self::None => "none",
        }
    }
}

/// A right: which roles may, and how far.
#[derive(Debug)]
pub struct Right {
    /// Its name: ‘cohort.edit’.
    pub name: &'static str,
    /// Anybody may, signed in or not.
    pub public: bool,
    /// Whoever has signed in may, about themselves, in whatever role.
    pub person: bool,
    /// It changes something, which a token for reading may not.
    pub writes: bool,
    /// Roles that may, and how far; all others may not.
    pub roles: &'static [(Role, Reach)],
}

/// Anybody may read it: published facts, and pages that tell how to use them.
pub const PUBLIC: Right = Right { name: "public", public: true, person: false, writes: false, roles: &[] };

/// Whoever has signed in reads what is theirs: account, start page.
pub const SIGNED_IN: Right = Right::of_person("signed-in", false);

/// Whoever has signed in changes what is theirs.
pub const SIGNED_IN_WRITES: Right = Right::of_person("signed-in.write", true);

/// That somebody may do something, in which role, and where.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Who, in the role that gave the right.
    pub by: Actor,
    /// That role; none at the command line and where it is one's own person.
    pub role: Option<Role>,
}

impl Right {
    /// A right to read of these roles.
    #[must_use]
    pub const fn read(name: &'static str, roles: &'static [(Role, Reach)]) -> Self {
        Self { name, public: false, person: false, writes: false, roles }
    }

    /// A right to change something of these roles.
    #[must_use]
    pub const fn write(name: &'static str, roles: &'static [(Role, Reach)]) -> Self {
        Self { name, public: false, person: false, writes: true, roles }
    }

    const fn of_person(name: &'static str, writes: bool) -> Self {
        Self { name, public: false, person: true, writes, roles: &[] }
    }

    /// How far a role reaches.
    #[must_use]
    pub fn reach(&self, role: Role) -> Reach {
        if self.public {
            return Reach::All;
        }
        if self.person {
            return Reach::Own;
        }
        self.roles.iter().find(|(one, _)| *one == role).map_or(Reach::None, |(_, reach)| *reach)
    }

    /// Leave in the whole installation.
    ///
    /// # Errors
    /// [`Error::SignInFirst`], or [`Error::NotFound`] for whoever may not.
    pub fn everywhere(&self, who: &Who) -> Result<Grant> {
        let caller = match self.asker(who)? {
            Asker::Console => return Ok(console()),
            Asker::Caller(caller) => caller,
        };
        caller
            .roles
            .iter()
            .find(|held| self.reach(held.role) == Reach::All)
            .map(|held| granted(who, held.role))
            .ok_or(Error::NotFound)
    }

    /// Leave in one organisation: by a role that reaches everywhere, by a role
    /// held in it, or by one that belongs to it otherwise ([`role::belonging`]):
    /// an adviser's school, a programme lead's school.
    ///
    /// # Errors
    /// [`Error::SignInFirst`], [`Error::NotFound`] for whoever may not, the database.
    pub async fn over(&self, conn: &mut Conn, who: &Who, organisation: i64) -> Result<Grant> {
        let caller = match self.asker(who)? {
            Asker::Console => return Ok(console()),
            Asker::Caller(caller) => caller,
        };
        for held in caller.roles.iter() {
            let reach = self.reach(held.role);
            if reach == Reach::All || (reach == Reach::Own && held.organisation == organisation) {
                return Ok(granted(who, held.role));
            }
        }
        for held in role::belonging(conn, caller, organisation).await? {
            if self.reach(held.role) == Reach::Own {
                return Ok(granted(who, held.role));
            }
        }
        Err(Error::NotFound)
    }

    /// The programmes through which [`Self::over`] gives leave in an organisation
    /// that takes part in them; for what is read by those of one programme only.
    ///
    /// # Errors
    /// The database.
    pub async fn through(&self, conn: &mut Conn, who: &Who, organisation: i64) -> Result<Vec<i64>> {
        let Some(caller) = who.caller() else {
            return Ok(Vec::new());
        };
        let mut all = role::belonging(conn, caller, organisation).await?;
        all.retain(|held| self.reach(held.role) == Reach::Own);
        Ok(all.into_iter().map(|held| held.organisation).collect())
    }

    /// Leave to list what is one's own: to whoever holds a role with this right
    /// anywhere.
    ///
    /// # Errors
    /// [`Error::SignInFirst`], or [`Error::NotFound`] for whoever may not.
    pub fn somewhere(&self, who: &Who) -> Result<Grant> {
        let caller = match self.asker(who)? {
            Asker::Console => return Ok(console()),
            Asker::Caller(caller) => caller,
        };
        let held = caller.roles.iter().find(|held| self.reach(held.role) != Reach::None);
        held.map(|held| granted(who, held.role)).ok_or(Error::NotFound)
    }

    /// As [`Self::everywhere`], for a page that shows a form before anything is done.
    ///
    /// # Errors
    /// As [`Self::everywhere`].
    pub fn require(&self, who: &Who) -> Result<()> {
        self.everywhere(who).map(drop)
    }

    /// As [`Self::directly`], for a page that shows a form before anything is done.
    ///
    /// # Errors
    /// [`Error::SignInFirst`], or [`Error::NotFound`] for whoever may not.
    pub fn require_directly(&self, who: &Who, organisation: i64) -> Result<()> {
        match who {
            Who::Anyone => Err(Error::SignInFirst),
            who if self.directly(who, organisation) => Ok(()),
            _ => Err(Error::NotFound),
        }
    }

    /// True where [`Self::over`] gives leave by a role that reaches everywhere or
    /// is held in the organisation itself; for a page that offers it.
    #[must_use]
    pub fn directly(&self, who: &Who, organisation: i64) -> bool {
        match self.asker(who) {
            Ok(Asker::Console) => true,
            Ok(Asker::Caller(caller)) => caller.roles.iter().any(|held| match self.reach(held.role) {
                Reach::All => true,
                Reach::Own => held.organisation == organisation,
                Reach::None => false,
            }),
            Err(_) => false,
        }
    }

    /// Leave about one's own person.
    ///
    /// # Errors
    /// [`Error::SignInFirst`]; [`Error::NotFound`] for a token that may not.
    pub fn own<'a>(&self, who: &'a Who) -> Result<&'a Caller> {
        match self.asker(who)? {
            Asker::Caller(caller) => Ok(caller),
            Asker::Console => Err(Error::NotFound),
        }
    }

    /// The organisations in which the caller holds a role with this right
    /// themselves; for lists of what is one's own.
    #[must_use]
    pub fn organisations(&self, who: &Who) -> Vec<i64> {
        let mut all: Vec<i64> = who
            .caller()
            .into_iter()
            .flat_map(|caller| caller.roles.iter())
            .filter(|held| self.reach(held.role) != Reach::None)
            .map(|held| held.organisation)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn asker<'a>(&self, who: &'a Who) -> Result<Asker<'a>> {
        match who {
            Who::Anyone => Err(Error::SignInFirst),
            Who::Console => Ok(Asker::Console),
            Who::Person(caller) if self.writes && caller.reads_only => Err(Error::NotFound),
            Who::Person(caller) => Ok(Asker::Caller(caller)),
        }
    }
}

enum Asker<'a> {
    Console,
    Caller(&'a Caller),
}

fn console() -> Grant {
    Grant { by: Actor::from(&Who::Console), role: None }
}

fn granted(who: &Who, role: Role) -> Grant {
    Grant { by: who.acting(role), role: Some(role) }
}
