//! Who asks.

/// Whoever asks for something. Access is decided from this in each noun's
/// `access.rs`, never in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Anybody, not signed in.
    Anyone,
    /// Someone at the command line of the machine that runs Aspire.
    Console,
    /// A person who signed in.
    Person(Caller),
}

/// A person who signed in, in one of their roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The person's id.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// The role in which they act.
    pub role: Role,
}

/// A role. More follow with people and access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Keeps the installation: imports, programmes, people.
    Administrator,
}

impl Role {
    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
        }
    }

    /// The role with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        (key == Self::Administrator.key()).then_some(Self::Administrator)
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

    /// In which role the audit says they acted.
    #[must_use]
    pub fn role(&self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Console => "console",
            Self::Person(caller) => caller.role.key(),
        }
    }

    /// True for an administrator and for the command line, which has the
    /// database file in its hands anyway.
    #[must_use]
    pub fn keeps_the_installation(&self) -> bool {
        match self {
            Self::Anyone => false,
            Self::Console => true,
            Self::Person(caller) => caller.role == Role::Administrator,
        }
    }
}
