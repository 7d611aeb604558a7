//! Writing SVG: escaping, numbers, and the frame that every picture has.

use crate::text::Weight;

pub(crate) const BLUE: &str = "#1d70b8";
pub(crate) const DARK: &str = "#0b0c0c";
pub(crate) const GREY: &str = "#505a5f";
pub(crate) const RULE: &str = "#cecece";
pub(crate) const BAND: &str = "#dbe9f5";
pub(crate) const PANEL: &str = "#f3f2f1";

/// A number as SVG wants it: one decimal at most. What is no number is 0, so
/// that a picture of impossible data is still a picture.
pub(crate) fn n(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let tenths = (value * 10.0).round() / 10.0;
    // Minus nothing is nothing.
    let tenths = if tenths == 0.0 { 0.0 } else { tenths };
    format!("{tenths}")
}

/// A number of things as a length to reckon with.
#[expect(clippy::cast_precision_loss, reason = "numbers of marks and lines are far below 2^52")]
pub(crate) fn real(count: usize) -> f64 {
    count as f64
}

/// `text` with the five characters escaped that mean something in SVG, and
/// without those that XML 1.0 forbids.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// `id` as it may stand in an attribute and be pointed at: letters, digits, `-`
/// and `_`; ‘chart’ where nothing is left.
pub(crate) fn id(id: &str) -> String {
    let kept: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    if kept.is_empty() { "chart".to_owned() } else { kept }
}

/// Which of the two pictures of a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    Wide,
    Narrow,
}

impl Variant {
    /// The viewBox's width.
    pub(crate) fn width(self) -> f64 {
        match self {
            Self::Wide => 800.0,
            Self::Narrow => 360.0,
        }
    }

    /// The size of text. Narrow pictures shrink to 320 px on the smallest
    /// phones, wide ones to about 640 px in a column.
    pub(crate) fn text_size(self) -> f64 {
        match self {
            Self::Wide => 16.0,
            Self::Narrow => 14.0,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// Where a text stands in relation to its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) colour: &'static str,
    pub(crate) anchor: Anchor,
    /// A white rim, for text that may stand on a line.
    pub(crate) rim: bool,
}

impl Look {
    pub(crate) fn of(size: f64) -> Self {
        Self { size, weight: Weight::Regular, colour: DARK, anchor: Anchor::Start, rim: false }
    }

    pub(crate) fn grey(self) -> Self {
        Self { colour: GREY, ..self }
    }

    pub(crate) fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub(crate) fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    pub(crate) fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    pub(crate) fn rimmed(self) -> Self {
        Self { rim: true, ..self }
    }
}

/// The inside of a picture while it is drawn.
#[derive(Debug, Default)]
pub(crate) struct Ink(String);

impl Ink {
    /// Adds an element that is written out already.
    pub(crate) fn raw(&mut self, element: &str) {
        self.0.push_str(element);
    }

    /// Adds a text with its baseline at `y`.
    pub(crate) fn text(&mut self, x: f64, y: f64, look: Look, class: &str, text: &str) {
        let anchor = match look.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = match look.weight {
            Weight::Regular => "",
            Weight::Bold => r#" font-weight="700""#,
        };
        let rim = if look.rim {
            r##" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke""##
        } else {
            ""
        };
        self.raw(&format!(
            r#"<text class="chart-{class}" x="{}" y="{}" font-size="{}" fill="{}"{anchor}{weight}{rim}>{}</text>"#,
            n(x),
            n(y),
            n(look.size),
            look.colour,
            escape(text)
        ));
    }

    /// Adds a straight line.
    pub(crate) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64), stroke: &str) {
        self.raw(&format!(
            r#"<path class="chart-{class}" d="M{} {}L{} {}" fill="none" {stroke}/>"#,
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1)
        ));
    }

    /// What was drawn so far, to stand within another picture.
    pub(crate) fn into_inside(self) -> String {
        self.0
    }

    /// The whole `<svg>` element. `name` is the page's id for the chart.
    pub(crate) fn finish(
        self,
        name: &str,
        variant: Variant,
        height: f64,
        (title, description): (&str, &str),
    ) -> String {
        let id = format!("{}-{}", id(name), variant.name());
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{id}-title {id}-desc" font-family="arial, sans-serif"><title id="{id}-title">{}</title><desc id="{id}-desc">{}</desc>{}</svg>"#,
            variant.name(),
            n(variant.width()),
            n(height),
            escape(title),
            escape(description),
            self.0
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("St Anne's <R&C>\u{0}\"x\""), "St Anne&#39;s &lt;R&amp;C&gt;&quot;x&quot;");
        assert_eq!(id("path of/ünits\"-1"), "pathofnits-1");
        assert_eq!(id("…"), "chart");
    }

    #[test]
    fn numbers_are_short_and_finite() {
        assert_eq!(n(1.0), "1");
        assert_eq!(n(-0.04), "0");
        assert_eq!(n(12.345), "12.3");
        assert_eq!(n(f64::NAN), "0");
    }
}
