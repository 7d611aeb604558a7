use super::*;
use proptest::prelude::*;

fn urn(number: u32) -> Urn {
    Urn::new(100_000 + number).unwrap()
}

fn link(a: u32, b: u32, kind: LinkKind, year: Option<i16>) -> Link {
    Link {
        urn: urn(a),
        other: urn(b),
        kind,
        established: year.map(|year| jiff::civil::date(year, 9, 1)),
    }
}

use LinkKind::{Carried, Other, Predecessor, PredecessorMerged, Successor};

fn before(lineages: &Lineages, of: u32) -> Vec<u32> {
    let kin = lineages.predecessors(urn(of));
    kin.map(|kin| kin.urn.get() - 100_000).collect()
}

#[test]
fn a_link_counts_once_from_whichever_end() {
    let links = [
        link(2, 1, Predecessor, None),
        link(1, 2, Successor, Some(2012)),
        link(1, 2, Successor, Some(2012)),
        link(3, 2, Predecessor, None),
        link(4, 1, Other, None),
        link(5, 5, Successor, None),
    ];
    let lineages = Lineages::build([urn(9)], &links);
    assert_eq!(before(&lineages, 2), [1]);
    assert_eq!(lineages.ancestors(urn(3)), [(urn(2), 1), (urn(1), 2)]);
    assert_eq!(lineages.descendants(urn(1)), [(urn(2), 1), (urn(3), 2)]);
    assert_eq!(lineages.lineage_of(urn(3)), LineageId(urn(1)));
    let members: Vec<Urn> = lineages.members(LineageId(urn(1))).collect();
    assert_eq!(members, [urn(1), urn(2), urn(3)]);
    assert_eq!(lineages.lineage_of(urn(4)), LineageId(urn(4)));
    assert_eq!(lineages.lineage_of(urn(77)), LineageId(urn(77)));
    let kin = lineages.predecessors(urn(2)).next().unwrap();
    assert_eq!(kin.established, Some(jiff::civil::date(2012, 9, 1)));
    let report = lineages.report();
    assert_eq!((report.pairs, report.other, report.to_itself), (2, 1, 1));
    assert_eq!(lineages.chains().collect::<Vec<_>>(), [LineageId(urn(1))]);
}

#[test]
fn of_two_contradictory_links_the_firmer_stands() {
    let links = [
        link(1, 2, Predecessor, None),
        link(2, 1, Predecessor, Some(2012)),
    ];
    let lineages = Lineages::build([], &links);
    assert_eq!(before(&lineages, 2), [1]);
    assert_eq!(
        lineages.report().dropped,
        [Dropped {
            predecessor: urn(2),
            successor: urn(1),
            why: WhyDropped::Contradicted
        }]
    );
    // Said at both ends goes before the order of URNs.
    let links = [
        link(1, 2, Predecessor, None),
        link(2, 1, Successor, None),
        link(2, 1, Predecessor, None),
    ];
    assert_eq!(before(&Lineages::build([], &links), 1), [2]);
}

#[test]
fn a_circle_loses_its_undated_link() {
    let links = [
        link(1, 2, Successor, Some(2010)),
        link(2, 3, Successor, None),
        link(3, 1, Successor, Some(2012)),
    ];
    let lineages = Lineages::build([], &links);
    assert_eq!(lineages.report().dropped.len(), 1);
    assert_eq!(lineages.report().dropped[0].predecessor, urn(2));
    assert_eq!(lineages.ancestors(urn(2)), [(urn(1), 1), (urn(3), 2)]);
    assert_eq!(lineages.lineage_of(urn(3)), LineageId(urn(1)));
}

#[test]
fn a_carried_inspection_is_a_hint_only_where_the_register_is_silent() {
    let links = [
        link(2, 1, Predecessor, None),
        link(3, 2, Predecessor, None),
        link(3, 1, Carried, None),
        link(1, 2, Carried, None),
        link(8, 7, Carried, None),
    ];
    let lineages = Lineages::build([], &links);
    assert_eq!(before(&lineages, 3), [2]);
    assert_eq!(before(&lineages, 8), [7]);
    assert_eq!(lineages.report().carried, 1);
    let kin = lineages.successors(urn(7)).next().unwrap();
    assert_eq!(kin.kind, Carried);
}

#[test]
fn the_principal_predecessor_is_replaced_not_taken_in() {
    let links = [
        link(9, 5, PredecessorMerged, Some(2015)),
        link(9, 1, Predecessor, Some(2014)),
        link(9, 2, Predecessor, Some(2012)),
    ];
    let lineages = Lineages::build([], &links);
    assert_eq!(before(&lineages, 9), [1, 2, 5]);
    assert_eq!(lineages.principal_predecessor(urn(9)), Some(urn(1)));
}

fn any_links() -> impl Strategy<Value = Vec<Link>> {
    let kinds = [
        Predecessor,
        Successor,
        PredecessorMerged,
        LinkKind::SuccessorSplit,
        Carried,
        Other,
    ];
    let one =
        (0..25_u32, 0..25_u32, 0..kinds.len(), 0..4_i16).prop_map(move |(a, b, kind, year)| {
            link(a, b, kinds[kind], (year > 0).then_some(2010 + year))
        });
    prop::collection::vec(one, 0..60)
}

proptest! {
    #[test]
    fn any_links_make_lineages(links in any_links(), turn in 0..60_usize) {
        let lineages = Lineages::build((0..30).map(urn), &links);
        // No school is before itself.
        for at in 0..30 {
            let before = lineages.ancestors(urn(at));
            prop_assert!(before.iter().all(|(other, _)| *other != urn(at)));
            for (other, _) in before {
                prop_assert_eq!(lineages.lineage_of(other), lineages.lineage_of(urn(at)));
                prop_assert!(lineages.descendants(other).iter().any(|(back, _)| *back == urn(at)));
            }
        }
        // Every URN is in exactly one lineage.
        let mut ids: Vec<LineageId> = (0..30).map(|at| lineages.lineage_of(urn(at))).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut members: Vec<Urn> = ids.iter().flat_map(|id| lineages.members(*id)).collect();
        members.sort_unstable();
        prop_assert_eq!(members, (0..30).map(urn).collect::<Vec<_>>());
        // The order of the links does not matter.
        let mut turned = links.clone();
        turned.rotate_left(turn % links.len().max(1));
        turned.reverse();
        let again = Lineages::build((0..30).rev().map(urn), &turned);
        prop_assert_eq!(&again.edges, &lineages.edges);
        prop_assert_eq!(&again.lowest, &lineages.lowest);
        prop_assert_eq!(again.report(), lineages.report());
    }
}

#[test]
fn fifty_thousand_urns_in_one_long_circle_still_end() {
    let links: Vec<Link> = (0..50_000)
        .map(|at| link(at, (at + 1) % 50_000, Successor, None))
        .collect();
    let lineages = Lineages::build([], &links);
    assert_eq!(lineages.report().dropped.len(), 1);
    assert_eq!(lineages.chains().count(), 1);
}
