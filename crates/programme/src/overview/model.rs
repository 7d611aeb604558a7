//! What an overview tells.

use crate::{
    adviser::Assignment,
    cohort::{Cohort, Programme, Status},
    contact::Contact,
    invitation::State,
    role::Vacancy,
};
use kernel::{Date, Urn};

/// Days without contact after which a school has gone quiet: half a term.
pub const QUIET_DAYS: i32 = 42;

/// Days that count as ‘lately’.
pub(super) const LATELY: i32 = 14;

/// A school of a programme.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its organisation, where it has one.
    pub organisation: Option<i64>,
    /// The participation, where it takes or took part.
    pub participation: Option<i64>,
    /// The cohort's name in addresses.
    pub cohort: String,
    /// Its name.
    pub name: String,
    /// Its number in the register.
    pub urn: Option<Urn>,
    /// Its cluster; asked only of those that are shown.
    pub cluster: Option<String>,
    /// How its participation stands, and since when.
    pub status: Option<(Status, Date)>,
    /// Who accompanies it today.
    pub advisers: Vec<Assignment>,
    /// The latest contact.
    pub last: Option<Contact>,
    /// The invitation that was written last.
    pub invitation: Option<Invited>,
    /// What nobody holds; strands are asked only of those that are shown.
    pub vacancies: Vec<Vacancy>,
    /// It takes part or takes a break.
    pub goes_on: bool,
}

impl Line {
    /// The day agreed for the next contact; none once it no longer takes part.
    #[must_use]
    pub fn next(&self) -> Option<Date> {
        self.last.as_ref().filter(|_| self.goes_on).and_then(|contact| contact.next)
    }
}

/// How a school's invitation stands.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The invitation.
    pub id: i64,
    /// To whom it was written, at which address; nothing where it went to the head
    /// whom the school has here already.
    pub to: Option<(String, String)>,
    /// How it stands.
    pub state: State,
    /// The day it was written or sent again.
    pub sent: Date,
    /// The last day on which it can be answered.
    pub until: Date,
    /// The day it was answered, where it was.
    pub answered: Option<Date>,
}

/// For whom something waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    /// The programme's leads.
    You,
    /// An adviser.
    Adviser(String),
    /// A head, by name where the programme knows it.
    Head(Option<String>),
}

/// What waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// An invitation waits for an answer.
    Answer,
    /// An invitation ran out.
    Expired,
    /// An invitation was declined.
    Declined,
    /// Nobody accompanies the school.
    NoAdviser,
    /// Nobody is head.
    NoHead,
    /// The day agreed for the next contact has passed.
    Overdue,
    /// There was no contact for a long time.
    Quiet,
}

/// Something that waits for somebody.
#[derive(Debug, Clone)]
pub struct Wait {
    /// For whom.
    pub whom: Whom,
    /// What.
    pub what: Waiting,
    /// The school.
    pub school: String,
    /// The school's organisation.
    pub organisation: i64,
    /// Since when.
    pub since: Date,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// A head accepted.
    Accepted,
    /// A head declined.
    Declined,
    /// How the participation stands was noted.
    Status(Status, Date),
    /// They were in touch.
    Contact(crate::contact::Kind),
    /// Somebody became head.
    NewHead(String, Date),
    /// A head left.
    HeadLeft(String, Date),
}

/// Something that happened lately.
#[derive(Debug, Clone)]
pub struct Moved {
    /// On which day.
    pub on: Date,
    /// The school.
    pub school: String,
    /// The school's organisation.
    pub organisation: i64,
    /// What.
    pub what: Movement,
}

/// A programme as its lead sees it.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The programme.
    pub programme: Programme,
    /// Its cohorts, by name.
    pub cohorts: Vec<Cohort>,
    /// Its schools, by name.
    pub schools: Vec<Line>,
    /// What waits for whom, the longest first.
    pub waits: Vec<Wait>,
    /// What happened in the last two weeks, the latest first.
    pub moved: Vec<Moved>,
    /// The day it is.
    pub today: Date,
}
