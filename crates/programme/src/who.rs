//! Who asks, and in which roles.

use crate::organisation::Organisation;
use kernel::Date;
use std::sync::Arc;

/// Whoever asks for something. Access is decided from this in each noun's
/// `access.rs`, never in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Anybody, not signed in.
    Anyone,
    /// Someone at the command line of the machine that runs Aspire, who has the
    /// database in their hands anyway.
    Console,
    /// A person who signed in.
    Person(Caller),
}

/// A person who signed in, with the roles they hold today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The person's id.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their roles today. A role that asks for a second factor is not among
    /// them while the session was opened without one.
    pub roles: Arc<[Held]>,
    /// They ask with a token of theirs that may only read.
    pub reads_only: bool,
    /// The day it is for them, on which roles hold or do not.
    pub today: Date,
    /// What their session found out with their roles.
    pub known: Known,
}

/// What was found out with somebody's roles, so that it is not asked again in the same
/// request: the organisation that the request is about, and how they belong to it; of a
/// request that is about none, those in which they hold a role. It decides nothing;
/// rights do, by what it says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    pub(crate) organisations: Arc<[Organisation]>,
    pub(crate) about: Option<(i64, Arc<[Held]>)>,
}

impl Known {
    /// An organisation, where it is known.
    pub(crate) fn organisation(&self, id: i64) -> Option<&Organisation> {
        self.organisations.iter().find(|one| one.id == id)
    }

    /// How they belong to an organisation by roles held elsewhere, as
    /// [`crate::role::belonging`] wants it; nothing where that was not asked.
    pub(crate) fn belonging(&self, organisation: i64) -> Option<&[Held]> {
        self.about.as_ref().filter(|(about, _)| *about == organisation).map(|(_, held)| &**held)
    }
}

/// A role that somebody holds today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: Role,
    /// The organisation in which they hold it.
    pub organisation: i64,
    /// The strand, for a strand lead.
    pub strand: Option<Strand>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $variant:ident $key:literal $words:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$one])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The short name under which it is stored.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// In words, as they stand in a sentence.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }

            /// The one with this short name.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}

words! {
    /// What somebody is in an organisation.
    Role {
        /// Keeps the installation: imports, programmes, people, health.
        Administrator "administrator" "administrator",
        /// Leads a programme.
        ProgrammeLead "programme_lead" "programme lead",
        /// Accompanies schools of a programme.
        Adviser "adviser" "adviser",
        /// Leads a school.
        Head "head" "headteacher",
        /// Deputises for the head.
        Deputy "deputy" "deputy head",
        /// Leads one of the five strands in a school.
        StrandLead "strand_lead" "strand lead",
        /// Leads an Achievement Team.
        TeamLeader "team_leader" "Achievement Team leader",
        /// Teaches.
        Teacher "teacher" "teacher",
        /// Governs a school.
        Governor "governor" "governor",
        /// Reviews other schools.
        PeerReviewer "peer_reviewer" "peer reviewer",
        /// Pays for a programme; sees aggregates only.
        Funder "funder" "funder",
        /// Evaluates a programme.
        Evaluator "evaluator" "evaluator",
    }
}

words! {
    /// One of the five strands.
    Strand {
        /// Leadership.
        Leadership "leadership" "Leadership",
        /// Assessment for Learning.
        Assessment "assessment_for_learning" "Assessment for Learning",
        /// Pedagogy and Curriculum.
        Pedagogy "pedagogy_and_curriculum" "Pedagogy and Curriculum",
        /// The Learning Environment.
        Environment "learning_environment" "The Learning Environment",
        /// Student and Family Support.
        Support "student_and_family_support" "Student and Family Support",
    }
}

impl Role {
    /// True for roles that reach beyond one school and so ask for a second
    /// factor at sign-in.
    #[must_use]
    pub const fn needs_second_factor(self) -> bool {
        matches!(self, Self::Administrator | Self::Adviser)
    }

    /// True for those who lead a school: whom a programme is told.
    #[must_use]
    pub const fn leads_school(self) -> bool {
        matches!(self, Self::Head | Self::Deputy | Self::StrandLead)
    }
}

/// Who did something, as the audit keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person, where it was one.
    pub person: Option<i64>,
    /// Their name.
    pub name: String,
    /// The role in which they did it.
    pub role: &'static str,
}

impl From<&Who> for Actor {
    fn from(who: &Who) -> Self {
        Self { person: who.person(), name: who.name().to_owned(), role: who.role() }
    }
}

impl From<&Actor> for Actor {
    fn from(actor: &Actor) -> Self {
        actor.clone()
    }
}

impl Who {
    /// How the audit names them.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Anyone => "anyone",
            Self::Console => "the command line",
            Self::Person(caller) => &caller.name,
        }
    }

    /// The person's id, where it is one.
    #[must_use]
    pub fn person(&self) -> Option<i64> {
        match self {
            Self::Person(caller) => Some(caller.id),
            Self::Anyone | Self::Console => None,
        }
    }

    /// The person who signed in, where it is one.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        match self {
            Self::Person(caller) => Some(caller),
            Self::Anyone | Self::Console => None,
        }
    }

    /// The role that speaks for them where no right was asked for; the first they hold.
    #[must_use]
    pub fn role(&self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Console => "console",
            Self::Person(caller) => caller.roles.iter().map(|held| held.role).min().map_or("person", Role::key),
        }
    }

    /// As `role`, for the audit.
    #[must_use]
    pub fn acting(&self, role: Role) -> Actor {
        Actor { person: self.person(), name: self.name().to_owned(), role: role.key() }
    }
}
