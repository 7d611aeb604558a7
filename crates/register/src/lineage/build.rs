//! From links as files state them to lineages.

use super::{Edge, Lineages, Link, LinkKind};
use kernel::{Date, Urn};
use std::cmp::Reverse;

/// What was found and left out while building.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineageReport {
    /// Links given.
    pub links: usize,
    /// Links of a kind that makes no lineage.
    pub other: usize,
    /// Links from a school to itself.
    pub to_itself: usize,
    /// Pairs known only because one lists the other's inspection.
    pub carried: usize,
    /// Predecessor–successor pairs that were kept.
    pub pairs: usize,
    /// Pairs that were left out, with the reason.
    pub dropped: Vec<Dropped>,
}

/// A pair that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    /// As the links had it.
    pub predecessor: Urn,
    /// As the links had it.
    pub successor: Urn,
    /// Why not.
    pub why: WhyDropped,
}

/// Why a pair was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyDropped {
    /// Other links say it the other way round, and more firmly.
    Contradicted,
    /// With firmer links it would make a school its own predecessor.
    Circle,
}

/// All statements of one direction of one pair. The greater is firmer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Firmness {
    /// Stated by the register of schools, not inferred from an inspection file.
    registered: bool,
    /// Stated in the entry of the one, of the other, or of both: 1 or 2.
    ends: u8,
    dated: bool,
    /// URNs are given in order of time, so that a predecessor has the lower one.
    in_order: bool,
    /// The earlier date is firmer, to have one answer.
    earlier: Reverse<Option<Date>>,
    /// The lower URNs, to have one answer.
    lower: Reverse<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Pair {
    edge: Edge,
    firmness: Firmness,
}

/// One statement: places of predecessor and successor, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Statement {
    before: u32,
    after: u32,
    /// 0 in the predecessor's entry, 1 in the successor's, 2 in an inspection file.
    stated_in: u8,
    /// 0 plain, 1 split, 2 merged; the more telling one is kept.
    how: u8,
    established: Option<Date>,
}

impl Lineages {
    /// The lineages of all `urns` and of every URN in `links`.
    ///
    /// Both directions and repetitions count once. Where links contradict each
    /// other or close a circle, the less firm is left out and reported: one from
    /// an inspection file before one from the register, stated at one end before
    /// both, undated before dated, against the order of URNs before along it.
    #[must_use]
    pub fn build<'a>(
        urns: impl IntoIterator<Item = Urn>,
        links: impl IntoIterator<Item = &'a Link>,
    ) -> Self {
        let mut report = LineageReport::default();
        let links: Vec<&Link> = links.into_iter().collect();
        let mut urns: Vec<Urn> = urns.into_iter().collect();
        urns.extend(links.iter().flat_map(|link| [link.urn, link.other]));
        urns.sort_unstable();
        urns.dedup();

        let statements = statements(&urns, &links, &mut report);
        let pairs = pairs(&urns, &statements, &mut report);
        let pairs = without_needless_carried(urns.len(), pairs, &mut report);
        let mut pairs = without_circles(&urns, pairs, &mut report);
        report.dropped.sort_unstable();
        report.pairs = pairs.len();

        pairs.sort_unstable_by_key(|pair| {
            let edge = pair.edge;
            let taken_in = edge.kind == LinkKind::PredecessorMerged;
            let firm = (pair.firmness.registered, pair.firmness.ends);
            let newest = Reverse((edge.established, edge.before));
            (edge.after, taken_in, Reverse(firm), newest)
        });
        let mut sets = Sets::new(urns.len());
        for pair in &pairs {
            sets.join(pair.edge.before, pair.edge.after);
        }
        Self::laid_out(urns, &pairs, &mut sets, report)
    }

    fn laid_out(urns: Vec<Urn>, pairs: &[Pair], sets: &mut Sets, report: LineageReport) -> Self {
        let edges: Vec<Edge> = pairs.iter().map(|pair| pair.edge).collect();
        let mut by_before: Vec<u32> = (0..edges.len() as u32).collect();
        by_before.sort_unstable_by_key(|edge| {
            let edge = edges[*edge as usize];
            (edge.before, edge.after)
        });
        let lowest: Vec<u32> = (0..urns.len() as u32)
            .map(|place| sets.lowest(place))
            .collect();
        let mut members: Vec<u32> = (0..urns.len() as u32).collect();
        members.sort_unstable_by_key(|place| (lowest[*place as usize], *place));
        Self {
            edges_to: offsets(urns.len(), edges.iter().map(|edge| edge.after)),
            edges_from: offsets(urns.len(), edges.iter().map(|edge| edge.before)),
            members_of: offsets(urns.len(), lowest.iter().copied()),
            urns,
            edges,
            by_before,
            lowest,
            members,
            report,
        }
    }
}

/// Where each school's entries start in a list that is sorted by school.
fn offsets(schools: usize, of: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut offsets = vec![0; schools + 1];
    for place in of {
        offsets[place as usize + 1] += 1;
    }
    for place in 0..schools {
        offsets[place + 1] += offsets[place];
    }
    offsets
}

fn statements(urns: &[Urn], links: &[&Link], report: &mut LineageReport) -> Vec<Statement> {
    report.links = links.len();
    // Every URN of a link is in the list: it was put there.
    let place = |urn: Urn| urns.binary_search(&urn).unwrap_or_default() as u32;
    let mut statements = Vec::with_capacity(links.len());
    for link in links {
        let (other_is_before, how) = match link.kind {
            LinkKind::Predecessor => (true, 0),
            LinkKind::PredecessorSplit => (true, 1),
            LinkKind::PredecessorMerged => (true, 2),
            LinkKind::Successor => (false, 0),
            LinkKind::SuccessorSplit => (false, 1),
            LinkKind::SuccessorMerged => (false, 2),
            LinkKind::Carried => (true, 0),
            LinkKind::Other => {
                report.other += 1;
                continue;
            }
        };
        if link.urn == link.other {
            report.to_itself += 1;
            continue;
        }
        let (urn, other) = (place(link.urn), place(link.other));
        let (before, after) = if other_is_before {
            (other, urn)
        } else {
            (urn, other)
        };
        statements.push(Statement {
            before,
            after,
            stated_in: match link.kind {
                LinkKind::Carried => 2,
                _ => u8::from(other_is_before),
            },
            how,
            established: link.established,
        });
    }
    statements.sort_unstable();
    statements.dedup();
    statements
}

/// One pair for each two schools, in the direction that is stated more firmly.
fn pairs(urns: &[Urn], statements: &[Statement], report: &mut LineageReport) -> Vec<Pair> {
    let same_direction = |a: &Statement, b: &Statement| (a.before, a.after) == (b.before, b.after);
    let mut pairs: Vec<Pair> = statements.chunk_by(same_direction).map(pair).collect();
    let ends = |pair: &Pair| {
        let Edge { before, after, .. } = pair.edge;
        (before.min(after), before.max(after))
    };
    pairs.sort_unstable_by_key(|pair| (ends(pair), Reverse(pair.firmness)));
    let mut kept: Vec<Pair> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        if kept.last().is_some_and(|last| ends(last) == ends(&pair)) {
            report
                .dropped
                .push(dropped(urns, &pair, WhyDropped::Contradicted));
        } else {
            kept.push(pair);
        }
    }
    kept
}

/// What all statements of one direction say together. Never empty.
fn pair(statements: &[Statement]) -> Pair {
    let registered = || {
        statements
            .iter()
            .filter(|statement| statement.stated_in < 2)
    };
    let (before, after) = (statements[0].before, statements[0].after);
    let established = statements
        .iter()
        .filter_map(|statement| statement.established)
        .min();
    let ends = (0..2).filter(|end| registered().any(|statement| statement.stated_in == *end));
    let kind = match registered().map(|statement| statement.how).max() {
        None => LinkKind::Carried,
        Some(0) => LinkKind::Predecessor,
        Some(1) => LinkKind::PredecessorSplit,
        Some(_) => LinkKind::PredecessorMerged,
    };
    Pair {
        edge: Edge {
            before,
            after,
            kind,
            established,
        },
        firmness: Firmness {
            registered: kind != LinkKind::Carried,
            ends: ends.count() as u8,
            dated: established.is_some(),
            in_order: before < after,
            earlier: Reverse(established),
            lower: Reverse((before, after)),
        },
    }
}

/// A file that lists an inspection under a later URN hints at a link only where
/// the register does not connect the two, directly or over others: a
/// grandparent's inspection does not make it a parent.
fn without_needless_carried(
    schools: usize,
    pairs: Vec<Pair>,
    report: &mut LineageReport,
) -> Vec<Pair> {
    let mut sets = Sets::new(schools);
    for pair in pairs.iter().filter(|pair| pair.firmness.registered) {
        sets.join(pair.edge.before, pair.edge.after);
    }
    let mut kept = pairs;
    kept.retain(|pair| {
        pair.firmness.registered || sets.lowest(pair.edge.before) != sets.lowest(pair.edge.after)
    });
    report.carried = kept.iter().filter(|pair| !pair.firmness.registered).count();
    kept
}

/// Leaves out the least firm pairs until no school is its own predecessor.
fn without_circles(urns: &[Urn], pairs: Vec<Pair>, report: &mut LineageReport) -> Vec<Pair> {
    let core = circle_core(urns.len(), &pairs);
    let in_core = |pair: &Pair| core[pair.edge.before as usize] && core[pair.edge.after as usize];
    let (mut doubtful, mut kept): (Vec<Pair>, Vec<Pair>) = pairs.into_iter().partition(in_core);
    doubtful.sort_unstable_by_key(|pair| Reverse(pair.firmness));
    // Only few pairs come here: a search for each of them is cheap enough.
    let mut after: std::collections::BTreeMap<u32, Vec<u32>> = std::collections::BTreeMap::new();
    let mut seen = vec![u32::MAX; urns.len()];
    for (turn, pair) in doubtful.into_iter().enumerate() {
        let mut open = vec![pair.edge.after];
        let mut closes = false;
        while let Some(place) = open.pop() {
            if place == pair.edge.before {
                closes = true;
                break;
            }
            if std::mem::replace(&mut seen[place as usize], turn as u32) != turn as u32 {
                open.extend(after.get(&place).into_iter().flatten());
            }
        }
        if closes {
            report
                .dropped
                .push(dropped(urns, &pair, WhyDropped::Circle));
        } else {
            after
                .entry(pair.edge.before)
                .or_default()
                .push(pair.edge.after);
            kept.push(pair);
        }
    }
    kept
}

/// Schools that may be in a circle: what is left when those without a
/// predecessor, and then those without a successor, are taken away again and again.
fn circle_core(schools: usize, pairs: &[Pair]) -> Vec<bool> {
    let mut core = vec![true; schools];
    for forward in [true, false] {
        let ends = |pair: &Pair| {
            let Edge { before, after, .. } = pair.edge;
            if forward {
                (before, after)
            } else {
                (after, before)
            }
        };
        let mut by_from: Vec<(u32, u32)> = pairs.iter().map(ends).collect();
        by_from.sort_unstable();
        let starts = offsets(schools, by_from.iter().map(|(from, _)| *from));
        let mut incoming = vec![0_u32; schools];
        for (from, to) in &by_from {
            incoming[*to as usize] += u32::from(core[*from as usize]);
        }
        let mut open: Vec<usize> = (0..schools)
            .filter(|place| core[*place] && incoming[*place] == 0)
            .collect();
        while let Some(place) = open.pop() {
            core[place] = false;
            for (_, to) in &by_from[super::range(&starts, place)] {
                let to = *to as usize;
                incoming[to] = incoming[to].saturating_sub(1);
                if incoming[to] == 0 && core[to] {
                    open.push(to);
                }
            }
        }
    }
    core
}

fn dropped(urns: &[Urn], pair: &Pair, why: WhyDropped) -> Dropped {
    Dropped {
        predecessor: urns[pair.edge.before as usize],
        successor: urns[pair.edge.after as usize],
        why,
    }
}

/// Disjoint sets, each known by its lowest member.
struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    fn new(size: usize) -> Self {
        Self {
            parent: (0..size as u32).collect(),
        }
    }

    fn lowest(&mut self, place: u32) -> u32 {
        let mut place = place;
        while self.parent[place as usize] != place {
            let above = self.parent[self.parent[place as usize] as usize];
            self.parent[place as usize] = above;
            place = above;
        }
        place
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.lowest(a), self.lowest(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}
