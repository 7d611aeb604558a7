//! Roles that people hold in organisations, from a day to a day. A change of
//! head and a strand without a lead are dated facts, and so is everything else
//! about who does what: rows are ended, never deleted.

mod access;
mod actions;
mod model;
mod store;

pub use access::{MANAGE, MANAGE_PROGRAMME, SEE};
pub(crate) use actions::{add_strand_leads, belonging, everybody, given, held, held_in, leaders, may_manage, reaching};
pub use actions::{end, give, may_change, people, present, seed};
pub(crate) use model::{Head, Leaders, checked, headless, vacant};
pub use model::{Member, NewRole, RoleHeld, Tenure, Vacancy, vacancies};
pub(crate) use store::reaches;
