//! An adviser's school.

use kernel::Date;

/// That an adviser accompanies a school in a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Its id.
    pub id: i64,
    /// The programme.
    pub programme: i64,
    /// The school.
    pub school: i64,
    /// The school's name.
    pub school_name: String,
    /// The adviser.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// The first day.
    pub since: Date,
    /// The first day without, where it was ended.
    pub until: Option<Date>,
    /// Why it was ended.
    pub why: Option<String>,
    /// What tie with the school was declared, where there is one.
    pub conflict: Option<String>,
}

impl Assignment {
    /// True where it holds on this day.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }
}
