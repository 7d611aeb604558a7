//! Who needs help, by visible rules: versioned files, evaluated on the public
//! record for any day.

mod access;
mod actions;
mod model;
mod store;

pub use access::{DECIDE, may_decide};
pub(crate) use actions::who_meets;
pub use actions::{Decided, Found, decide, needs, rule, rules};
pub(crate) use model::meets;
pub use model::{Decision, DecisionKind, Form, Met, NeedRule, RuleError, Test, evaluate};
