//! The public record: schools, lineages, inspections, results; readers of the
//! government's files; frameworks as data. Pure: rows in, facts out.
//!
//! - [`frameworks`]: the inspection frameworks since 2005, as data files.
//! - [`inspection`]: what an inspection said, in the words of its framework.
//! - [`school`]: what the register knows of a school, fact by fact.
//! - [`results`]: published measures with their states.
//! - [`lineage`]: a school through its predecessors and successors.
//! - [`category`]: when a report card puts a school in a category of concern.
//! - [`good`]: the named rules for 'good or equivalent'.
//! - [`readers`]: from the rows of a government file to the records above.

pub mod category;
pub mod find;
pub mod frameworks;
pub mod good;
pub mod inspection;
pub mod lineage;
pub mod place;
pub mod public_record;
pub mod readers;
pub mod results;
pub mod school;
