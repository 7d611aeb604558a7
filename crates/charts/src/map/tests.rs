use proptest::prelude::*;

use super::*;
use crate::check::assert_sound;

fn england() -> Outlines {
    Outlines::parse(include_str!("../../../../data/geo/england.outlines")).expect("our own file")
}

fn classes() -> Vec<DotClass> {
    [
        ("needs help", Mark::Open),
        ("in the programme", Mark::Filled),
        ("paused", Mark::Square),
        ("left", Mark::Triangle),
    ]
    .map(|(name, mark)| DotClass {
        name: name.to_owned(),
        mark,
    })
    .to_vec()
}

fn dot(name: &str, lat: f64, lng: f64, class: usize) -> Dot {
    Dot {
        name: name.to_owned(),
        lat,
        lng,
        class,
    }
}

fn map(dots: Vec<Dot>, extent: Extent) -> SchoolsMap {
    SchoolsMap {
        id: "map".into(),
        title: "Schools".into(),
        classes: classes(),
        dots,
        extent,
    }
}

#[test]
fn schools_are_named_on_the_map_and_by_region_in_the_table() {
    let dots = vec![
        dot("St Anne's R&C", 51.27, 0.52, 1),
        dot("Greenhill", 53.32, -1.49, 0),
        dot("Nowhere", f64::NAN, 0.0, 0),
        dot("No class", 52.0, -1.0, 9),
    ];
    let chart = map_of_schools(&map(dots, Extent::Dots), &england());
    assert_sound(&chart);
    assert!(chart.wide.contains("<title>St Anne&#39;s R&amp;C</title>"));
    assert!(chart.wide.contains("Not on the map, place not known: 2."));
    assert_eq!(
        chart.table.rows,
        [
            ["St Anne's R&C", "South East", "in the programme"],
            ["Greenhill", "Yorkshire and The Humber", "needs help"],
        ]
    );
}

#[test]
fn three_thousand_schools_stay_small() {
    let dots = (0..3000_u32)
        .map(|n| {
            let (a, b) = (f64::from(n % 60), f64::from(n / 60));
            dot(
                "A school with a name of some length",
                50.8 + a * 0.07,
                -3.5 + b * 0.08,
                (n % 4) as usize,
            )
        })
        .collect();
    for extent in [Extent::England, Extent::Dots] {
        let chart = map_of_schools(&map(Vec::clone(&dots), extent), &england());
        assert_sound(&chart);
        assert!(chart.wide.len() < 400_000, "{}", chart.wide.len());
        assert!(chart.narrow.len() < 400_000, "{}", chart.narrow.len());
        assert!(chart.table.rows.len() <= 10);
    }
}

#[test]
fn a_map_without_schools_is_the_country() {
    let chart = map_of_schools(&map(Vec::new(), Extent::Dots), &england());
    assert_sound(&chart);
    assert!(chart.wide.contains("chart-regions"));
    let chart = map_of_schools(
        &map(vec![dot("Alone", 52.0, -1.0, 0)], Extent::Dots),
        &Outlines::default(),
    );
    assert_sound(&chart);
    insta::assert_snapshot!("alone_narrow", chart.narrow.replace("><", ">\n<"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn no_dots_end_it(
        places in prop::collection::vec((-100.0..100.0_f64, -200.0..200.0_f64, 0_usize..6, "\\PC{0,20}"), 0..8),
        near in prop::collection::vec((50.0..55.5_f64, -5.0..1.5_f64), 0..8),
    ) {
        let dots = places
            .into_iter()
            .map(|(lat, lng, class, name)| dot(&name, lat, lng, class))
            .chain(near.into_iter().map(|(lat, lng)| dot("Near", lat, lng, 2)))
            .collect();
        assert_sound(&map_of_schools(&map(dots, Extent::Dots), &england()));
    }
}
