//! The narrow picture: a statement, and below it a line for each word.

use super::{Spread, StatementViews, bar, dot, share};
use crate::svg::{DARK, Ink, Look, RULE, Variant, n, real};
use crate::text::{Weight, cut, wrap};

const LEFT: f64 = 6.0;
const SIZE: f64 = 14.0;
const LINE: f64 = SIZE * 1.35;
/// Where dots begin, and how far apart they are.
const DOTS: f64 = 118.0;
const PITCH: f64 = 12.0;
/// The most dots in a line: ‘agreed’ stands behind them.
const MOST: u64 = 14;

/// Draws the narrow variant.
pub(super) fn draw(spread: &Spread, description: &str) -> String {
    let mut ink = Ink::default();
    let mut y = 4.0;
    let room = Variant::Narrow.width() - LEFT * 2.0;
    for (index, statement) in spread.statements.iter().enumerate() {
        if index > 0 {
            let rule = format!(r#"stroke="{RULE}" stroke-width="1""#);
            ink.line("row", (LEFT, y), (LEFT + room, y), &rule);
            y += 8.0;
        }
        for line in wrap(&statement.text, room, 8, SIZE, Weight::Bold) {
            ink.text(LEFT, y + SIZE, Look::of(SIZE).bold(), "statement", &line);
            y += LINE;
        }
        y = lines(spread, statement, y + 4.0, &mut ink) + 8.0;
    }
    if spread.statements.is_empty() {
        ink.text(LEFT, y + SIZE, Look::of(SIZE).grey(), "empty", "No views yet");
        y += LINE;
    }
    ink.finish(&spread.id, Variant::Narrow, y + 4.0, (&spread.title, description))
}

fn lines(spread: &Spread, statement: &StatementViews, top: f64, ink: &mut Ink) -> f64 {
    let Some(counts) = spread.shown(statement) else {
        ink.text(LEFT, top + SIZE, Look::of(SIZE).grey(), "withheld", &spread.too_few());
        return top + LINE;
    };
    let most = spread.most();
    let mut y = top;
    for (index, (count, word)) in counts.iter().zip(spread.scale.iter().chain([&spread.unsure])).enumerate() {
        let open = index == spread.scale.len();
        let agreed = statement.agreed == Some(index) && !open;
        let look = if agreed { Look::of(SIZE).bold() } else { Look::of(SIZE) };
        let word = cut(word, DOTS - LEFT - 18.0, SIZE, look.weight);
        ink.text(LEFT + 8.0, y + SIZE, look, "scale", &word);
        if agreed {
            ink.raw(&format!(
                r#"<path class="chart-agreed" d="M{} {}v{}" fill="none" stroke="{DARK}" stroke-width="4"/>"#,
                n(LEFT + 2.0),
                n(y + 2.0),
                n(LINE - 4.0)
            ));
        }
        let middle = y + SIZE * 0.65;
        let mut end = DOTS;
        if most <= MOST {
            for place in 0..usize::try_from(*count).unwrap_or(0) {
                ink.raw(&dot(DOTS + PITCH * (real(place) + 0.5), middle, 4.5, open));
                end = DOTS + PITCH * real(place + 1);
            }
        } else {
            let long = 110.0 * share(*count, most);
            ink.raw(&bar((DOTS, middle - 5.0), (long, 10.0), open));
            let label = cut(&count.to_string(), 50.0, SIZE, Weight::Regular);
            ink.text(DOTS + long + 6.0, y + SIZE, Look::of(SIZE), "count", &label);
            end = DOTS + long + 6.0 + crate::text::width(&label, SIZE, Weight::Regular);
        }
        if agreed {
            ink.text(end + 8.0, y + SIZE, Look::of(SIZE).bold(), "agreed-label", "agreed");
        }
        y += LINE;
    }
    y
}
