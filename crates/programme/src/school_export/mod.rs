//! A school's whole record as one file, and such a file into another
//! installation. The file is a zip of `school.json`, whose form is
//! `data/schemas/school-export-v1.json`, and of spreadsheets for people.
//!
//! What is in it is what the school owns: its people and their roles, its own
//! words with all their versions, its releases, who looked, how it took part,
//! and what was done. Drafts are not: they are their writers' own. People and
//! things are numbered within the file, so that it says nothing of the database
//! that it comes from and fits into any other.

mod access;
mod diagnoses;
mod file;
mod file_diagnosis;
mod gather;
mod parcel;
mod plans;
mod sheets;
mod sheets_diagnosis;
mod store;
mod take;

pub use access::{EXPORT, IMPORT};
pub use file::{SchoolFile, VERSION, schema};
pub use gather::{Parcel, export};
pub use take::{Imported, import};
