//! A school through its predecessors and successors.

use kernel::{Date, Urn};
use serde::{Deserialize, Serialize};

/// A link as a file states it, from the point of view of `urn`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// The school in whose entry the link stands.
    pub urn: Urn,
    /// The school that it points to.
    pub other: Urn,
    /// What the other is to it.
    pub kind: LinkKind,
    /// When it was established, where the file says.
    pub established: Option<Date>,
}

/// What the other school is to the one in whose entry the link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// The other came before (conversion, amalgamation, or not said which).
    Predecessor,
    /// The other came after.
    Successor,
    /// The other came before, and several merged into this one.
    PredecessorMerged,
    /// The other came after, and this one merged into it.
    SuccessorMerged,
    /// The other came before and was split into several.
    PredecessorSplit,
    /// The other came after, and this one was split into several.
    SuccessorSplit,
    /// An inspection file lists an inspection of the other under this one.
    Carried,
    /// Another relation (shared sixth form, expansion): no lineage.
    Other,
}
