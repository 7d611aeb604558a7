//! What every picture must keep to, checked on its text.

use crate::table::Chart;
use crate::text::{Weight, width};

/// A text of a picture and the most room it may take.
struct Label {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Panics unless both pictures are well formed, keep to the Content Security
/// Policy, hold numbers only, and have labels that neither meet nor leave.
pub(crate) fn assert_sound(chart: &Chart) {
    for picture in [&chart.wide, &chart.narrow] {
        assert_well_formed(picture);
        for wrong in ["NaN", "inf\"", " style=", "<style", "<script", "onload"] {
            assert!(
                !tags(picture).any(|(tag, _)| tag.contains(wrong)),
                "{wrong} in {picture}"
            );
        }
        assert_labels(picture);
    }
    for row in &chart.table.rows {
        assert_eq!(row.len(), chart.table.headers.len());
        assert!(
            !row.iter()
                .any(|cell| cell.contains("NaN") || cell.contains("inf%")),
            "{row:?}"
        );
    }
}

/// Each tag with the text that follows it.
fn tags(picture: &str) -> impl Iterator<Item = (&str, &str)> {
    picture
        .split('<')
        .skip(1)
        .map(|piece| piece.split_once('>').expect("a tag ends"))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name)
        .and_then(|value| value.parse().ok())
        .expect("a number")
}

/// Tags nest, attributes are quoted, and nothing that needs escaping is left bare.
fn assert_well_formed(picture: &str) {
    let mut open: Vec<&str> = Vec::new();
    for (tag, text) in tags(picture) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{picture}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        assert_eq!(
            tag.matches('"').count(),
            2 * tag.matches("=\"").count(),
            "{tag}"
        );
        for (at, _) in tag.match_indices('&').chain(text.match_indices('&')) {
            let rest = if tag.contains('&') {
                &tag[at..]
            } else {
                &text[at..]
            };
            let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
            assert!(
                known.iter().any(|entity| rest.starts_with(entity)),
                "{rest}"
            );
        }
        assert!(!text.contains('>'), "{text}");
    }
    assert!(open.is_empty(), "{open:?}");
}

fn labels(picture: &str) -> Vec<Label> {
    tags(picture)
        .filter(|(tag, _)| tag.starts_with("text "))
        .map(|(tag, text)| {
            let (x, y, size) = (number(tag, "x"), number(tag, "y"), number(tag, "font-size"));
            let weight = if tag.contains("font-weight") {
                Weight::Bold
            } else {
                Weight::Regular
            };
            let text = text
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
            let w = width(&text, size, weight);
            let left = match attribute(tag, "text-anchor") {
                Some("end") => x - w,
                Some("middle") => x - w / 2.0,
                _ => x,
            };
            Label {
                text,
                left,
                right: left + w,
                // Capitals and digits: what ascends and descends may come closer.
                top: y - size * 0.75,
                bottom: y + size * 0.1,
            }
        })
        .collect()
}

fn assert_labels(picture: &str) {
    let (frame, _) = tags(picture).next().expect("a picture");
    let frame: Vec<f64> = attribute(frame, "viewBox")
        .expect("a viewBox")
        .split(' ')
        .map(|value| value.parse().expect("a number"))
        .collect();
    // Numbers are written to a tenth.
    let slack = 0.2;
    let labels = labels(picture);
    for (index, a) in labels.iter().enumerate() {
        assert!(
            a.left >= -slack
                && a.right <= frame[2] + slack
                && a.top >= -slack
                && a.bottom <= frame[3] + slack,
            "‘{}’ leaves the picture: {picture}",
            a.text
        );
        for b in &labels[..index] {
            let apart = a.left + slack >= b.right
                || b.left + slack >= a.right
                || a.top + slack >= b.bottom
                || b.top + slack >= a.bottom;
            assert!(apart, "‘{}’ meets ‘{}’: {picture}", a.text, b.text);
        }
    }
}
