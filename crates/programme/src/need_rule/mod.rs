//! Who needs help, by visible rules: versioned files, evaluated on the public
//! record for any day.

mod access;
mod actions;
mod model;
mod store;

pub use access::may_decide;
pub use actions::{Decided, decide, needs, rule, rules};
pub use model::{Decision, DecisionKind, Form, Met, NeedRule, RuleError, Test, evaluate};
