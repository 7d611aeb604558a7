//! From figures to pictures, each with its source line and its table.

use charts::{
    ATTRIBUTION, CardCount, Chart, Dot, DotClass, Era, Event, Extent, Kind, Mark, Outlines,
    ReportCard, SchoolsMap, Timeline, map_of_schools, path_of_a_cohort, timeline_of_a_school,
};
use impact::path::Point;
use kernel::{
    Date,
    words::{figures, number, percent},
};
use programme::cohort::{CohortPath, Group};
use register::{
    frameworks::{Framework, FrameworkId},
    inspection::{Inspection, InspectionKind, Standing},
    public_record::PublicRecord,
};
use std::sync::OnceLock;
use ui::{ChartFigure, SafeHtml, Table};

/// A picture on a page: both its forms, where it is from, and its table.
pub(crate) fn figure(chart: Chart, source: impl Into<SafeHtml>) -> ChartFigure {
    let svg = |text| SafeHtml::vouched("charts escapes all text in its pictures", text);
    let table = Table::new(chart.table.caption.clone())
        .hidden_caption()
        .head(chart.table.headers)
        .rows(chart.table.rows);
    ChartFigure::new(
        svg(chart.wide),
        svg(chart.narrow),
        source,
        table.small().wide(),
    )
}

/// The path of a cohort beside that of the schools like them.
pub(crate) fn cohort_path(path: &CohortPath) -> Chart {
    let cohort = path.cohort();
    let unseen = path.of(Group::Unseen).count() as u64;
    let missing = (unseen > 0 && path.known > 0).then(|| charts::Missing {
        if_none: path.bounds.if_none,
        if_all: path.bounds.if_all,
        if_none_label: format!(
            "{} if none of the {} unseen",
            percent(path.bounds.if_none),
            number(unseen)
        ),
        if_all_label: format!("{} if all", percent(path.bounds.if_all)),
    });
    path_of_a_cohort(&charts::CohortPath {
        id: "path".to_owned(),
        title: format!(
            "Share judged good or equivalent at an inspection after {}",
            kernel::words::long_date(cohort.joins_on)
        ),
        from: cohort.joins_on,
        until: path.to,
        cohort: line("Schools of the cohort", &path.points),
        others: (path.like.known > 0).then(|| line("Schools like them", &path.like.points)),
        published: path
            .published
            .iter()
            .filter_map(|figure| {
                let label = format!("published: {}", figure.words);
                Some(charts::Published {
                    date: figure.date,
                    share: figure.share?,
                    label,
                })
            })
            .collect(),
        missing,
    })
}

fn line(name: &str, points: &[Point]) -> charts::Line {
    let step = |point: &Point| charts::Step {
        date: point.date,
        good: point.good,
        known: point.known,
        low: point.low,
        high: point.high,
        declined: point.declined,
    };
    charts::Line {
        name: name.to_owned(),
        steps: points.iter().map(step).collect(),
    }
}

fn outlines() -> &'static Outlines {
    static OUTLINES: OnceLock<Outlines> = OnceLock::new();
    OUTLINES.get_or_init(|| {
        // Our own file; a test reads it.
        Outlines::parse(include_str!("../../../data/geo/england.outlines")).unwrap_or_default()
    })
}

/// What stands under every map.
pub(crate) const MAP_SOURCE: &str = ATTRIBUTION;

/// A school on a map: name, latitude, longitude, class.
pub(crate) type Place = (String, f32, f32, usize);

/// A map of schools.
pub(crate) fn map(title: String, classes: &[(&str, Mark)], places: Vec<Place>) -> Chart {
    let dots = places.into_iter().map(|(name, lat, lng, class)| Dot {
        name,
        lat: f64::from(lat),
        lng: f64::from(lng),
        class,
    });
    let classes = classes.iter().map(|(name, mark)| DotClass {
        name: (*name).to_owned(),
        mark: *mark,
    });
    let map = SchoolsMap {
        id: "map".to_owned(),
        title,
        classes: classes.collect(),
        dots: dots.collect(),
        extent: Extent::Dots,
    };
    map_of_schools(&map, outlines())
}

/// What inspectors said of a school since 2005.
pub(crate) fn timeline(
    record: &PublicRecord,
    urn: kernel::Urn,
    name: &str,
    inspections: &[Inspection],
    today: Date,
) -> Chart {
    let as_name = |inspection: &Inspection| {
        (inspection.of_school() != urn).then(|| {
            let before = record.school(inspection.of_school());
            before.map_or_else(
                || inspection.of_school().to_string(),
                |school| school.name.to_string(),
            )
        })
    };
    let (mut events, mut cards) = (Vec::new(), Vec::new());
    for inspection in inspections {
        let framework = inspection.framework.get();
        let graded = inspection.kind == InspectionKind::Graded;
        if inspection.standing == Standing::Suspended {
            events.push(Event {
                date: inspection.start,
                kind: Kind::Suspended,
                as_name: as_name(inspection),
            });
        } else if let (true, Some(grade)) = (graded, inspection.overall) {
            let word = framework.label(grade).unwrap_or("?").to_owned();
            let kind = Kind::Graded {
                word,
                level: framework.rank(grade),
            };
            events.push(Event {
                date: inspection.start,
                kind,
                as_name: as_name(inspection),
            });
        } else if graded {
            cards.push(card(framework, inspection, as_name(inspection)));
        } else {
            let outcome = inspection
                .outcome
                .clone()
                .unwrap_or_else(|| "visit".to_owned());
            events.push(Event {
                date: inspection.start,
                kind: Kind::Ungraded { outcome },
                as_name: as_name(inspection),
            });
        }
    }
    timeline_of_a_school(&Timeline {
        id: "timeline".to_owned(),
        title: format!("What inspectors said of {name}"),
        from: None,
        today,
        eras: eras(),
        events,
        cards,
        joined: None,
    })
}

fn card(framework: &Framework, inspection: &Inspection, as_name: Option<String>) -> ReportCard {
    let counts = framework.scale.iter().filter_map(|point| {
        let areas = inspection
            .judgements
            .iter()
            .filter(|judged| judged.code == Some(point.code))
            .count();
        (areas > 0).then(|| CardCount {
            label: point.label.clone(),
            areas: u32::try_from(areas).unwrap_or(u32::MAX),
        })
    });
    let mut notes = Vec::new();
    if let Some(met) = inspection.safeguarding {
        notes.push(format!(
            "Safeguarding: {}",
            if met { "met" } else { "not met" }
        ));
    }
    if let Some(category) = inspection.category {
        notes.push(framework.category_words(category).to_owned());
    }
    ReportCard {
        date: inspection.start,
        counts: counts.collect(),
        notes,
        as_name,
    }
}

/// The stretches in which overall grades had the same words: until August 2012
/// with ‘satisfactory’, until August 2024 with ‘requires improvement’, none since.
fn eras() -> Vec<Era> {
    let mut eras: Vec<Era> = Vec::new();
    for framework in FrameworkId::all().map(FrameworkId::get) {
        let words: Vec<String> = match framework.overall {
            Some(_) => framework
                .scale
                .iter()
                .map(|point| point.label.clone())
                .collect(),
            None => Vec::new(),
        };
        match eras.last_mut() {
            Some(last) if last.words == words => last.until = framework.to,
            _ => {
                let name = match (framework.overall.is_some(), eras.is_empty()) {
                    (true, true) => "With ‘satisfactory’",
                    (true, false) => "With ‘requires improvement’",
                    (false, _) => "No overall grade",
                };
                eras.push(Era {
                    name: name.to_owned(),
                    from: framework.from,
                    until: framework.to,
                    words,
                });
            }
        }
    }
    eras
}

/// ‘17 of 20’.
pub(crate) fn of(point: &Point) -> String {
    format!("{} of {}", figures(point.good), figures(point.known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_can_be_read() {
        assert!(Outlines::parse(include_str!("../../../data/geo/england.outlines")).is_ok());
    }

    #[test]
    fn there_are_three_eras_of_overall_grades() {
        let eras = eras();
        assert_eq!(eras.len(), 3);
        assert!(eras[0].words.contains(&"Satisfactory".to_owned()));
        assert!(eras[1].words.contains(&"Requires improvement".to_owned()));
        assert!(eras[2].words.is_empty());
        assert_eq!(eras[2].until, None);
    }
}
