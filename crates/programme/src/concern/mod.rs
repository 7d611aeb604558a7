//! Concerns about how a school takes part: days that were missed, letters without
//! an answer. They follow the programme's escalation list, one step after the
//! other, and the school reads each step before anyone else but its writer.

mod access;
mod actions;
mod carry;
mod ending;
mod list;
mod look;
mod model;
mod store;

pub use access::{ANSWER, LIST, RAISE, SEE};
pub use actions::{NewConcern, change, discard, next, raise, show};
pub use carry::Carried;
pub(crate) use carry::{carried, erase_due, took_over};
pub(crate) use ending::ended_with;
pub use ending::{answer, close};
pub use list::{ALONE, List, MOST, Planned, list, set_list, shipped};
pub use look::{OfSchool, Read, Reading, mine, of_school, raisable, read, to_answer};
pub use model::{By, Concern, ReadBy, Step};
