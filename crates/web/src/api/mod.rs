//! One file an operation of the JSON API.

pub(crate) mod cohort_path;
pub(crate) mod cohorts;
pub(crate) mod need_rule_schools;
pub(crate) mod need_rules;
pub(crate) mod openapi;
pub(crate) mod school;
pub(crate) mod schools;
