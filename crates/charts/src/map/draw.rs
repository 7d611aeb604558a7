//! Drawing the map: land, borders, dots, key.

use kernel::words::figures;

use super::outlines::{Area, Outlines};
use super::project::{View, clip, plane};
use super::{Dot, DotClass, Extent, Mark, NAMED, SchoolsMap, counts};
use crate::svg::{BLUE, DARK, GREY, Ink, Look, PANEL, Variant, escape, n};
use crate::text::{Weight, cut};

/// South-west and north-east corners of the whole country, in degrees.
const ENGLAND: [(f64, f64); 2] = [(-5.9, 49.9), (1.9, 55.85)];

/// Districts are drawn where they are at least about this large: a kilometre is
/// this many units.
const DISTRICTS_FROM: f64 = 2.2;

/// What the scale takes of the width under the map.
const SCALE: f64 = 110.0;

/// Draws one variant.
pub(super) fn draw(
    map: &SchoolsMap,
    dots: &[&Dot],
    outlines: &Outlines,
    description: &str,
    variant: Variant,
) -> String {
    let view = view(map, dots, variant);
    let mut ink = Ink::default();
    ink.raw(&format!(
        r#"<svg x="0" y="0" width="{w}" height="{h}" viewBox="0 0 {w} {h}" overflow="hidden">"#,
        w = n(view.width),
        h = n(view.height)
    ));
    let land = outlines
        .regions
        .iter()
        .map(|area| rings(area, &view))
        .collect::<String>();
    ink.raw(&format!(
        r#"<path class="chart-land" d="{land}" fill="{PANEL}" fill-rule="evenodd" stroke="none"/>"#
    ));
    if view.per_kilometre() >= DISTRICTS_FROM {
        let districts = outlines
            .districts
            .iter()
            .map(|area| rings(area, &view))
            .collect::<String>();
        ink.raw(&format!(
            r##"<path class="chart-districts" d="{districts}" fill="none" stroke="#d8d8d8" stroke-width="0.8"/>"##
        ));
    }
    ink.raw(&format!(
        r##"<path class="chart-regions" d="{land}" fill="none" stroke="#a9adb0" stroke-width="1" stroke-linejoin="round"/>"##
    ));
    for (index, class) in map.classes.iter().enumerate() {
        draw_dots(class, index, dots, &view, &mut ink);
    }
    ink.raw("</svg>");
    let scale_end = scale_bar(&view, &mut ink);
    let bottom = key(map, dots, view.height + 14.0, variant, &mut ink).max(scale_end);
    ink.finish(&map.id, variant, bottom, (&map.title, description))
}

fn view(map: &SchoolsMap, dots: &[&Dot], variant: Variant) -> View {
    let heights = match variant {
        Variant::Wide => (320.0, 620.0),
        Variant::Narrow => (240.0, 480.0),
    };
    let places: Vec<(f64, f64)> = match map.extent {
        Extent::Dots if !dots.is_empty() => {
            dots.iter().map(|dot| plane((dot.lng, dot.lat))).collect()
        }
        _ => {
            let [(west, south), (east, north)] = ENGLAND;
            [(west, south), (east, south), (-2.0, south), (-2.0, north)]
                .map(plane)
                .to_vec()
        }
    };
    let ends = |values: Vec<f64>, least: f64| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // A margin of a twelfth, and never less than `least` across.
        let half = ((high - low) * 7.0 / 12.0).max(least / 2.0);
        let middle = f64::midpoint(low, high);
        (middle - half, middle + half)
    };
    // 30 km: a town and what lies around it.
    let least = 30.0 / 6_371.0;
    let (x1, x2) = ends(places.iter().map(|p| p.0).collect(), least);
    let (y1, y2) = ends(places.iter().map(|p| p.1).collect(), least);
    View::fit(((x1, y1), (x2, y2)), variant.width(), heights)
}

/// An area's rings as path data in half units, cut to a little more than the view.
/// Points are snapped to a grid rather than thinned along the line, so that
/// neighbours keep one common border.
fn rings(area: &Area, view: &View) -> String {
    const EDGE: f64 = 6.0;
    let mut d = String::new();
    for ring in &area.rings {
        let points: Vec<(f64, f64)> = ring.iter().map(|point| view.at(*point)).collect();
        let points = clip(
            points,
            (-EDGE, -EDGE),
            (view.width + EDGE, view.height + EDGE),
        );
        let mut snapped: Vec<(i32, i32)> = points
            .iter()
            .map(|(x, y)| {
                #[expect(clippy::cast_possible_truncation, reason = "cut to the view")]
                let snap = |v: f64| (v * 2.0).round() as i32;
                (snap(*x), snap(*y))
            })
            .collect();
        snapped.dedup();
        if snapped.len() < 3 {
            continue;
        }
        let half = |v: i32| n(f64::from(v) / 2.0);
        let mut before = snapped[0];
        d += &format!("M{} {}l", half(before.0), half(before.1));
        for (index, point) in snapped[1..].iter().enumerate() {
            let (dx, dy) = (point.0 - before.0, point.1 - before.1);
            if index > 0 && dx >= 0 {
                d.push(' ');
            }
            d += &half(dx);
            if dy >= 0 {
                d.push(' ');
            }
            d += &half(dy);
            before = *point;
        }
        d.push('z');
    }
    d
}

fn shape(mark: Mark, (x, y): (f64, f64), r: f64) -> String {
    let r2 = n(2.0 * r);
    let rr = n(r);
    match mark {
        Mark::Filled | Mark::Open => format!(
            "M{} {}a{rr} {rr} 0 1 0 {r2} 0a{rr} {rr} 0 1 0-{r2} 0",
            n(x - r),
            n(y)
        ),
        Mark::Square => format!("M{} {}h{r2}v{r2}h-{r2}z", n(x - r), n(y - r)),
        Mark::Triangle => format!(
            "M{} {}l{} {}h-{}z",
            n(x),
            n(y - r * 1.2),
            n(r * 1.1),
            n(r * 2.0),
            n(r * 2.2)
        ),
    }
}

/// A mark's fill and outline; thin outlines for small marks.
fn ink_of(mark: Mark, r: f64) -> String {
    let (rim, line) = (n((r * 0.25).min(1.0)), n((r * 0.4).min(1.5)));
    match mark {
        Mark::Filled => format!(r##"fill="{BLUE}" stroke="#ffffff" stroke-width="{rim}""##),
        Mark::Open => format!(r##"fill="#ffffff" stroke="{DARK}" stroke-width="{line}""##),
        Mark::Square => format!(r##"fill="{DARK}" stroke="#ffffff" stroke-width="{rim}""##),
        Mark::Triangle => format!(r##"fill="#ffffff" stroke="{DARK}" stroke-width="{line}""##),
    }
}

fn draw_dots(class: &DotClass, index: usize, dots: &[&Dot], view: &View, ink: &mut Ink) {
    let many = dots.len() > NAMED;
    let r = match dots.len() {
        count if count <= NAMED => 5.0,
        count if count <= 1_000 => view.width * 0.003 + 0.6,
        _ => view.width * 0.0015 + 1.0,
    };
    let mine = dots.iter().filter(|dot| dot.class == index);
    let look = ink_of(class.mark, r);
    if many {
        // One path for all: a few bytes a dot.
        let d: String = mine
            .map(|dot| shape(class.mark, view.at((dot.lng, dot.lat)), r))
            .collect();
        if !d.is_empty() {
            ink.raw(&format!(r#"<path class="chart-dots" d="{d}" {look}/>"#));
        }
        return;
    }
    for dot in mine {
        ink.raw(&format!(
            r#"<path class="chart-dot" d="{}" {look}><title>{}</title></path>"#,
            shape(class.mark, view.at((dot.lng, dot.lat)), r),
            escape(&dot.name)
        ));
    }
}

/// The scale under the map, at the right: a bar and its length in kilometres.
/// Returns where it ends.
fn scale_bar(view: &View, ink: &mut Ink) -> f64 {
    const SIZE: f64 = 13.0;
    let kilometre = view.per_kilometre();
    let length = [200, 100, 50, 20, 10, 5, 2]
        .into_iter()
        .find(|km| f64::from(*km) * kilometre <= SCALE - 20.0)
        .unwrap_or(1);
    let y = view.height + 10.0;
    let (a, b) = (
        view.width - 6.0 - f64::from(length) * kilometre,
        view.width - 6.0,
    );
    ink.raw(&format!(
        r#"<path class="chart-scale-bar" d="M{} {}v5H{}v-5" fill="none" stroke="{GREY}" stroke-width="1.5"/>"#,
        n(a),
        n(y),
        n(b)
    ));
    let look = Look::of(SIZE).grey().end();
    ink.text(b, y + 8.0 + SIZE, look, "scale", &format!("{length} km"));
    y + 12.0 + SIZE
}

/// The key under the map, one line a class. Returns where it ends.
fn key(map: &SchoolsMap, dots: &[&Dot], top: f64, variant: Variant, ink: &mut Ink) -> f64 {
    let size = variant.text_size();
    let mut y = top;
    for (class, count) in map.classes.iter().zip(counts(map, dots)) {
        ink.raw(&format!(
            r#"<path class="chart-dot" d="{}" {}/>"#,
            shape(class.mark, (10.0, y + size * 0.5), 5.5),
            ink_of(class.mark, 5.5)
        ));
        let text = format!("{} ({})", class.name, figures(count as u64));
        let text = cut(&text, variant.width() - 28.0 - SCALE, size, Weight::Regular);
        ink.text(24.0, y + size * 0.85, Look::of(size), "key", &text);
        y += size * 1.5;
    }
    y
}
