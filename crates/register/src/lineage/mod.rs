//! A school through its predecessors and successors.
//!
//! The register states links from both ends, once, twice or contradictorily;
//! [`Lineages::build`] makes one acyclic graph of them, the same whatever the
//! order of the links. Every URN is in exactly one lineage.

mod build;
#[cfg(test)]
mod tests;

pub use build::{Dropped, LineageReport, WhyDropped};

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

impl LinkKind {
    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Predecessor => "predecessor",
            Self::Successor => "successor",
            Self::PredecessorMerged => "predecessor_merged",
            Self::SuccessorMerged => "successor_merged",
            Self::PredecessorSplit => "predecessor_split",
            Self::SuccessorSplit => "successor_split",
            Self::Carried => "carried",
            Self::Other => "other",
        }
    }

    /// The kind with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [
            Self::Predecessor,
            Self::Successor,
            Self::PredecessorMerged,
            Self::SuccessorMerged,
            Self::PredecessorSplit,
            Self::SuccessorSplit,
            Self::Carried,
            Self::Other,
        ]
        .into_iter()
        .find(|kind| kind.key() == key)
    }
}

/// A lineage, named by the lowest URN in it: the same on every import, until a
/// link joins it to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineageId(pub Urn);

/// A direct predecessor or successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kin {
    /// The other school.
    pub urn: Urn,
    /// What it is to the one asked about.
    pub kind: LinkKind,
    /// When the one became the other, where a file says.
    pub established: Option<Date>,
}

/// One predecessor–successor pair, by places in [`Lineages::urns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge {
    before: u32,
    after: u32,
    /// What `before` is to `after`: one of the predecessor kinds, or carried.
    kind: LinkKind,
    established: Option<Date>,
}

/// All lineages. Compact: sorted lists and offsets into them, no map a school.
#[derive(Debug, Clone, Default)]
pub struct Lineages {
    /// All URNs, ascending; elsewhere a school is its place here.
    urns: Vec<Urn>,
    /// Edges by successor, the principal predecessor first.
    edges: Vec<Edge>,
    /// Where the edges to each school start; one more at the end.
    edges_to: Vec<u32>,
    /// Places of edges by predecessor.
    by_before: Vec<u32>,
    /// Where in `by_before` the edges from each school start; one more at the end.
    edges_from: Vec<u32>,
    /// For each school the place of the lowest URN in its lineage.
    lowest: Vec<u32>,
    /// Places of schools by lineage, ascending within each.
    members: Vec<u32>,
    /// For each school where the members of the lineage that it names start;
    /// those that name none have an empty range.
    members_of: Vec<u32>,
    report: LineageReport,
}

impl Lineages {
    /// What was found and left out on the way.
    #[must_use]
    pub fn report(&self) -> &LineageReport {
        &self.report
    }

    /// All URNs, ascending.
    #[must_use]
    pub fn urns(&self) -> &[Urn] {
        &self.urns
    }

    /// The lineage of a school. A school that nobody named is a lineage by itself.
    #[must_use]
    pub fn lineage_of(&self, urn: Urn) -> LineageId {
        let lowest = self
            .place(urn)
            .map(|place| self.urns[self.lowest[place] as usize]);
        LineageId(lowest.unwrap_or(urn))
    }

    /// Its schools, by URN.
    pub fn members(&self, lineage: LineageId) -> impl Iterator<Item = Urn> + '_ {
        let range = self
            .place(lineage.0)
            .map_or(0..0, |place| range(&self.members_of, place));
        self.members[range]
            .iter()
            .map(|place| self.urns[*place as usize])
    }

    /// Lineages with more than one school, by lowest URN.
    pub fn chains(&self) -> impl Iterator<Item = LineageId> + '_ {
        (0..self.urns.len())
            .filter(|place| range(&self.members_of, *place).len() > 1)
            .map(|place| LineageId(self.urns[place]))
    }

    /// Direct predecessors, the principal one first.
    pub fn predecessors(&self, urn: Urn) -> impl Iterator<Item = Kin> + '_ {
        let place = self.place(urn);
        self.edges_before(place).map(|edge| Kin {
            urn: self.urns[edge.before as usize],
            kind: edge.kind,
            established: edge.established,
        })
    }

    /// Direct successors, by URN.
    pub fn successors(&self, urn: Urn) -> impl Iterator<Item = Kin> + '_ {
        let place = self.place(urn);
        self.edges_after(place).map(|edge| Kin {
            urn: self.urns[edge.after as usize],
            kind: match edge.kind {
                LinkKind::PredecessorMerged => LinkKind::SuccessorMerged,
                LinkKind::PredecessorSplit => LinkKind::SuccessorSplit,
                LinkKind::Carried => LinkKind::Carried,
                _ => LinkKind::Successor,
            },
            established: edge.established,
        })
    }

    /// The predecessor that the school most likely was: one that it replaced
    /// rather than took in, named at both ends, the latest, the highest URN.
    #[must_use]
    pub fn principal_predecessor(&self, urn: Urn) -> Option<Urn> {
        self.predecessors(urn).next().map(|kin| kin.urn)
    }

    /// All schools before it with the number of steps, nearest first.
    #[must_use]
    pub fn ancestors(&self, urn: Urn) -> Vec<(Urn, u32)> {
        self.walk(urn, |place, next| {
            next.extend(self.edges_before(Some(place)).map(|edge| edge.before));
        })
    }

    /// All schools after it with the number of steps, nearest first.
    #[must_use]
    pub fn descendants(&self, urn: Urn) -> Vec<(Urn, u32)> {
        self.walk(urn, |place, next| {
            next.extend(self.edges_after(Some(place)).map(|edge| edge.after));
        })
    }

    /// Breadth first from `urn`, not counting itself.
    fn walk(&self, urn: Urn, step: impl Fn(usize, &mut Vec<u32>)) -> Vec<(Urn, u32)> {
        let mut found = Vec::new();
        let Some(start) = self.place(urn) else {
            return found;
        };
        let mut seen = std::collections::BTreeSet::from([start as u32]);
        let (mut now, mut next, mut distance) = (vec![start as u32], Vec::new(), 0);
        while !now.is_empty() {
            distance += 1;
            for place in now.drain(..) {
                step(place as usize, &mut next);
            }
            next.sort_unstable();
            next.retain(|place| seen.insert(*place));
            found.extend(
                next.iter()
                    .map(|place| (self.urns[*place as usize], distance)),
            );
            std::mem::swap(&mut now, &mut next);
        }
        found
    }

    fn place(&self, urn: Urn) -> Option<usize> {
        self.urns.binary_search(&urn).ok()
    }

    fn edges_before(&self, place: Option<usize>) -> impl Iterator<Item = &Edge> {
        let range = place.map_or(0..0, |place| range(&self.edges_to, place));
        self.edges[range].iter()
    }

    fn edges_after(&self, place: Option<usize>) -> impl Iterator<Item = &Edge> {
        let range = place.map_or(0..0, |place| range(&self.edges_from, place));
        self.by_before[range]
            .iter()
            .map(|edge| &self.edges[*edge as usize])
    }
}

/// The range of a school in a list of offsets.
fn range(offsets: &[u32], place: usize) -> std::ops::Range<usize> {
    offsets[place] as usize..offsets[place + 1] as usize
}
