//! What an organisation is.

use crate::{
    error::{Error, FieldError, Result},
    who::Role,
};
use kernel::Urn;

/// The organisation in which administrators hold their role: this Aspire.
pub const INSTALLATION: i64 = 1;

/// What kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// This Aspire itself.
    Installation,
    /// A programme; its id is the programme's.
    Programme,
    /// A school.
    School,
    /// A trust, a federation, a local authority.
    Group,
    /// An organisation that helps schools.
    Supporter,
    /// An organisation that pays.
    Funder,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Installation, Self::Programme, Self::School, Self::Group, Self::Supporter, Self::Funder];

    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Installation => "installation",
            Self::Programme => "programme",
            Self::School => "school",
            Self::Group => "group",
            Self::Supporter => "supporter",
            Self::Funder => "funder",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Installation => "This Aspire",
            Self::Programme => "Programme",
            Self::School => "School",
            Self::Group => "Trust, federation or authority",
            Self::Supporter => "Supporting organisation",
            Self::Funder => "Funder",
        }
    }

    /// The kind with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The roles that people hold in such an organisation.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Installation => &[Role::Administrator],
            Self::Programme => &[Role::ProgrammeLead, Role::Adviser, Role::Evaluator],
            Self::School => &[
                Role::Head,
                Role::Deputy,
                Role::StrandLead,
                Role::TeamLeader,
                Role::Teacher,
                Role::Governor,
                Role::PeerReviewer,
            ],
            Self::Group | Self::Supporter => &[Role::PeerReviewer],
            Self::Funder => &[Role::Funder],
        }
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: i64,
    /// What kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// The school in the register, where it is one.
    pub urn: Option<Urn>,
    /// The group it belongs to.
    pub group: Option<i64>,
}

/// An organisation to be.
#[derive(Debug, Clone)]
pub struct NewOrganisation {
    /// What kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// The school in the register, where it is one.
    pub urn: Option<Urn>,
    /// The group it belongs to.
    pub group: Option<i64>,
}

impl NewOrganisation {
    /// Checks the fields.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what does not fit.
    pub(super) fn checked(self) -> Result<Self> {
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 150 {
            return Err(Error::Invalid(vec![FieldError::new("name", "Enter a name of at most 150 characters")]));
        }
        Ok(Self { name, ..self })
    }
}
