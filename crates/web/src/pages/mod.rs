//! One file a page: input, handler, view, tests.

pub(crate) mod accessibility;
pub(crate) mod api_reference;
pub(crate) mod cohort;
pub(crate) mod cohort_csv;
pub(crate) mod cohort_edit;
mod cohort_edit_view;
pub(crate) mod cohort_new;
pub(crate) mod cohorts;
pub(crate) mod find;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod import;
mod import_address;
pub(crate) mod import_new;
mod import_report;
mod import_upload;
pub(crate) mod imports;
pub(crate) mod need_rule;
pub(crate) mod need_rule_csv;
pub(crate) mod need_rule_decide;
pub(crate) mod need_rules;
pub(crate) mod programme_new;
pub(crate) mod school;
pub(crate) mod school_csv;
pub(crate) mod sign_in;
pub(crate) mod sources;
