//! The plan: a few priorities that a school chose from its diagnosis, each with
//! how one will know, who does what by when, tests of change, and the difficult
//! decisions beside them.

mod access;
mod actions;
mod arrange;
mod carry;
mod dates;
mod decision;
mod doing;
mod look;
mod meanwhile;
mod measures;
mod model;
mod store;
mod trial;

pub use access::{ACT, CHOOSE, EDIT, MARK, SEE, acts_under};
pub use actions::{Changed, NewPriority, change, close, open};
pub(crate) use actions::{tidy, too_long};
pub use arrange::{Arranged, Owes, arrange, owes};
pub use carry::Carried;
pub(crate) use carry::{Names, carried, erase_due, of_those_who_left, took_over, untie};
pub use dates::{Dates, Due, OwnDay, dates, due, set_day};
pub(crate) use dates::{calendar, terms_on};
pub use decision::{Decided, Decision, Opinion, ask, decide, decisions, opine};
pub use doing::{NewAction, REQUIRED, add, edit, mark};
pub use look::{Choosing, Eyes, Reading, Waiting, acting, action, basis_of, choosing, mine, owners, read};
pub(crate) use look::{how_far, owners_of_due, plan};
pub use meanwhile::{Differing, Meanwhile};
pub use measures::{NewCriterion, NewValue, add_criterion, figure, measure};
pub(crate) use model::keys;
pub use model::{Action, Closing, Criterion, How, MOST, Measured, Plan, Priority, State};
pub(crate) use store::HowFar;
pub use trial::{Step, Trial, Verdict, plan_trial, step_trial};

use crate::{error::Result, item::Field};
use ::store::Conn;

/// It is made of priorities and actions and not of texts.
pub const FIELDS: &[Field] = &[];

/// What is still to be done before one can be released.
pub(crate) async fn wants(conn: &mut Conn, organisation: i64) -> Result<Option<&'static str>> {
    let all = store::priorities(conn, organisation).await?;
    Ok(all.is_empty().then_some("Open a priority first; then your plan can be released"))
}
