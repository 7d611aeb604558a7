//! The wide picture: a statement at the left, its views at the right, word by
//! word.

use super::{Spread, StatementViews, bar, dot, share};
use crate::svg::{DARK, GREY, Ink, Look, RULE, Variant, n, real};
use crate::text::{Weight, cut, width, wrap};

const LEFT: f64 = 8.0;
const SIZE: f64 = 16.0;
const LINE: f64 = SIZE * 1.25;
/// How wide the statements are.
const TEXT: f64 = 296.0;
/// Where the scale begins, and what stands between it and who cannot say.
const SCALE: f64 = 320.0;
const APART: f64 = 14.0;
/// Dots: how far apart, and how many upon one another before bars take over.
const PITCH: f64 = 13.0;
const ROWS: usize = 4;
const BAR: f64 = 52.0;

/// Draws the wide variant.
pub(super) fn draw(spread: &Spread, description: &str) -> String {
    let plan = Plan::of(spread);
    let mut ink = Ink::default();
    let mut y = 4.0;
    for statement in &spread.statements {
        y = row(&plan, statement, y, &mut ink) + 10.0;
    }
    if spread.statements.is_empty() {
        ink.text(LEFT, y + SIZE, Look::of(SIZE).grey(), "empty", "No views yet");
        y += LINE;
    }
    ink.finish(&spread.id, Variant::Wide, y + 4.0, (&spread.title, description))
}

struct Plan<'a> {
    spread: &'a Spread,
    /// How wide a word's column is.
    column: f64,
    /// How many dots stand side by side in it; none where bars are drawn.
    dots: Option<usize>,
    /// The words, each in its lines, and their size.
    words: Vec<Vec<String>>,
    size: f64,
}

impl<'a> Plan<'a> {
    fn of(spread: &'a Spread) -> Self {
        let columns = spread.scale.len() + 1;
        let column = (Variant::Wide.width() - LEFT - SCALE - APART) / real(columns);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dots")]
        let abreast = (((column - 8.0) / PITCH) as usize).max(1);
        let fits = spread.most() <= (abreast * ROWS) as u64;
        // The largest size at which no word is cut, where there is one.
        let all = || spread.scale.iter().chain([&spread.unsure]);
        let whole = |size: f64| {
            all().all(|word| word.split_whitespace().all(|part| width(part, size, Weight::Bold) <= column - 3.0))
        };
        let size = [14.0, 13.0, 12.0, 11.0].into_iter().find(|size| whole(*size)).unwrap_or(11.0);
        let words = all().map(|word| wrap(word, column - 3.0, 2, size, Weight::Bold)).collect();
        Self { spread, column, dots: fits.then_some(abreast), words, size }
    }

    /// The left end of a column; the last one is of those who cannot say.
    fn x(&self, index: usize) -> f64 {
        let apart = if index == self.spread.scale.len() { APART } else { 0.0 };
        SCALE + self.column * real(index) + apart
    }
}

/// Draws a statement's row and gives where it ends.
fn row(plan: &Plan<'_>, statement: &StatementViews, top: f64, ink: &mut Ink) -> f64 {
    let mut y = top;
    for line in wrap(&statement.text, TEXT, 6, SIZE, Weight::Regular) {
        ink.text(LEFT, y + SIZE, Look::of(SIZE), "statement", &line);
        y += LINE;
    }
    let bottom = views(plan, statement, top, ink).max(y + 6.0);
    let rule = format!(r#"stroke="{RULE}" stroke-width="1""#);
    ink.line("row", (LEFT, bottom), (Variant::Wide.width() - LEFT, bottom), &rule);
    bottom
}

fn views(plan: &Plan<'_>, statement: &StatementViews, top: f64, ink: &mut Ink) -> f64 {
    let Some(counts) = plan.spread.shown(statement) else {
        ink.text(SCALE, top + SIZE, Look::of(SIZE - 2.0).grey(), "withheld", &plan.spread.too_few());
        return top + LINE;
    };
    let height = match plan.dots {
        Some(abreast) => {
            let most = usize::try_from(counts.iter().copied().max().unwrap_or(0)).unwrap_or(abreast * ROWS);
            PITCH * real(most.div_ceil(abreast).max(1))
        }
        None => BAR + plan.size * 1.3,
    };
    let base = top + 6.0 + height;
    for (index, count) in counts.iter().enumerate() {
        let open = index == plan.spread.scale.len();
        let middle = plan.x(index) + plan.column / 2.0;
        match plan.dots {
            Some(abreast) => stack(*count, abreast, (middle, base), open, ink),
            None => {
                let tall = BAR * share(*count, plan.spread.most());
                ink.raw(&bar((middle - 14.0, base - tall), (28.0, tall), open));
                let label = cut(&count.to_string(), plan.column - 4.0, plan.size, Weight::Regular);
                ink.text(middle, base - tall - 4.0, Look::of(plan.size).middle(), "count", &label);
            }
        }
    }
    let end = plan.x(plan.spread.scale.len() - usize::from(!plan.spread.scale.is_empty())) + plan.column;
    let rule = format!(r#"stroke="{GREY}" stroke-width="1""#);
    if !plan.spread.scale.is_empty() {
        ink.line("axis", (SCALE, base), (end, base), &rule);
    }
    let aside = plan.x(plan.spread.scale.len());
    ink.line("axis", (aside, base), (aside + plan.column, base), &format!(r#"{rule} stroke-dasharray="2 3""#));
    words(plan, statement, base, ink)
}

/// Dots upon one another, from the left.
fn stack(count: u64, abreast: usize, (middle, base): (f64, f64), open: bool, ink: &mut Ink) {
    let count = usize::try_from(count).unwrap_or(0);
    for index in 0..count {
        let (row, place) = (index / abreast, index % abreast);
        let in_row = (count - row * abreast).min(abreast);
        let x = middle + PITCH * (real(place) - real(in_row - 1) / 2.0);
        ink.raw(&dot(x, base - PITCH * (real(row) + 0.5), 4.8, open));
    }
}

/// The scale's words below the line, and ‘agreed’ below the one that was.
fn words(plan: &Plan<'_>, statement: &StatementViews, base: f64, ink: &mut Ink) -> f64 {
    let mut bottom = base;
    let line = plan.size * 1.2;
    for (index, lines) in plan.words.iter().enumerate() {
        let agreed = statement.agreed == Some(index) && index < plan.spread.scale.len();
        let middle = plan.x(index) + plan.column / 2.0;
        let look = Look::of(plan.size).middle();
        let look = if agreed { look.bold() } else { look.grey() };
        let mut y = base + 6.0;
        for words in lines {
            ink.text(middle, y + plan.size * 0.9, look, "scale", words);
            y += line;
        }
        if agreed {
            let (x, w) = (plan.x(index) + 4.0, plan.column - 8.0);
            ink.raw(&format!(
                r#"<path class="chart-agreed" d="M{} {}h{}" fill="none" stroke="{DARK}" stroke-width="4"/>"#,
                n(x),
                n(base + 2.0),
                n(w)
            ));
            let word = cut("agreed", plan.column - 4.0, plan.size, Weight::Bold);
            ink.text(middle, y + plan.size * 0.9, look, "agreed-label", &word);
            y += line;
        }
        bottom = bottom.max(y);
    }
    bottom + 6.0
}
