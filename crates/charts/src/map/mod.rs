//! A map of schools over the outlines of England.

mod draw;
mod outlines;
mod project;
#[cfg(test)]
mod tests;

use kernel::words::figures;

use crate::svg::Variant;
use crate::table::{Chart, ChartTable};
pub use outlines::{ATTRIBUTION, BadOutline, Outlines};

/// A school on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// Its name.
    pub name: String,
    /// Latitude in degrees (WGS84).
    pub lat: f64,
    /// Longitude in degrees (WGS84).
    pub lng: f64,
    /// Its class: an index into [`SchoolsMap::classes`].
    pub class: usize,
}

/// The shape of a class's marks. Classes differ by shape and not by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A filled blue circle.
    Filled,
    /// An open circle.
    Open,
    /// A filled dark square.
    Square,
    /// An open triangle.
    Triangle,
}

/// A kind of schools on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DotClass {
    /// What they are called in the key: ‘in the programme’.
    pub name: String,
    /// How they are drawn.
    pub mark: Mark,
}

/// How much of England is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// As much as the dots need, with a margin; all of it without dots.
    Dots,
    /// The whole country.
    England,
}

/// A map, as [`map_of_schools`] draws it.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolsMap {
    /// The chart's id on the page; ids within the picture begin with it.
    pub id: String,
    /// What it shows: ‘The 28 schools of the pilot’.
    pub title: String,
    /// The kinds of schools; a later one is drawn over an earlier one.
    pub classes: Vec<DotClass>,
    /// The schools, in any order. Those whose place is no number, or whose class
    /// there is not, are left out and counted in the description.
    pub dots: Vec<Dot>,
    /// How much is shown.
    pub extent: Extent,
}

/// Above this many schools the table counts by region instead of naming them,
/// and dots carry no names.
const NAMED: usize = 300;

/// Draws a map of schools. [`ATTRIBUTION`] must stand under it.
///
/// The table names the schools by region and name, or, where they are more than
/// 300, counts them by region; it is never in the order of a judgement.
#[must_use]
pub fn map_of_schools(map: &SchoolsMap, outlines: &Outlines) -> Chart {
    let dots: Vec<&Dot> = map
        .dots
        .iter()
        .filter(|dot| {
            dot.class < map.classes.len()
                && (45.0..65.0).contains(&dot.lat)
                && (-15.0..10.0).contains(&dot.lng)
        })
        .collect();
    let description = describe(map, &dots);
    Chart {
        wide: draw::draw(map, &dots, outlines, &description, Variant::Wide),
        narrow: draw::draw(map, &dots, outlines, &description, Variant::Narrow),
        table: table(map, &dots, outlines),
    }
}

fn counts(map: &SchoolsMap, dots: &[&Dot]) -> Vec<usize> {
    let mut counts = vec![0; map.classes.len()];
    for dot in dots {
        counts[dot.class] += 1;
    }
    counts
}

fn describe(map: &SchoolsMap, dots: &[&Dot]) -> String {
    let mut text = format!("Map of {} schools.", figures(dots.len() as u64));
    for (class, count) in map.classes.iter().zip(counts(map, dots)) {
        text += &format!(" {}: {}.", class.name, figures(count as u64));
    }
    let left_out = map.dots.len() - dots.len();
    if left_out > 0 {
        text += &format!(
            " Not on the map, place not known: {}.",
            figures(left_out as u64)
        );
    }
    text
}

fn table(map: &SchoolsMap, dots: &[&Dot], outlines: &Outlines) -> ChartTable {
    const OUTSIDE: &str = "Region not known";
    let mut placed: Vec<(&str, &Dot)> = dots
        .iter()
        .map(|dot| {
            (
                outlines.region_of(dot.lat, dot.lng).unwrap_or(OUTSIDE),
                *dot,
            )
        })
        .collect();
    placed.sort_by_key(|(region, dot)| (*region, dot.name.as_str()));
    let caption = map.title.clone();
    if dots.len() <= NAMED {
        return ChartTable {
            caption,
            headers: ["School", "Region", "On the map as"]
                .map(str::to_owned)
                .to_vec(),
            rows: placed
                .iter()
                .map(|(region, dot)| {
                    vec![
                        dot.name.clone(),
                        (*region).to_owned(),
                        map.classes[dot.class].name.clone(),
                    ]
                })
                .collect(),
        };
    }
    let mut headers = vec!["Region".to_owned()];
    headers.extend(map.classes.iter().map(|class| class.name.clone()));
    headers.push("All".to_owned());
    let rows = placed
        .chunk_by(|a, b| a.0 == b.0)
        .map(|region| {
            let dots: Vec<&Dot> = region.iter().map(|(_, dot)| *dot).collect();
            let mut row = vec![region[0].0.to_owned()];
            row.extend(
                counts(map, &dots)
                    .into_iter()
                    .map(|count| figures(count as u64)),
            );
            row.push(figures(dots.len() as u64));
            row
        })
        .collect();
    ChartTable {
        caption,
        headers,
        rows,
    }
}
