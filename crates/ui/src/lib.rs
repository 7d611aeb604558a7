//! GOV.UK components as typed structs with templates.
