//! Views of people on statements, on the school's own scale: how many chose which
//! word. Never averaged: the picture is there so that people talk about what they
//! see differently.

mod narrow;
#[cfg(test)]
mod tests;
mod wide;

use kernel::words::{figures, number};

use crate::table::{Chart, ChartTable};

/// The views on one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementViews {
    /// The statement.
    pub text: String,
    /// How many people chose each word of the scale, in its order. What is beyond
    /// the scale is not drawn; what is missing is none.
    pub counts: Vec<u64>,
    /// How many said that they cannot say.
    pub unsure: u64,
    /// The word that was agreed, by its place in the scale from 0; `None` while
    /// nothing is agreed.
    pub agreed: Option<usize>,
}

/// Views on one statement, or on all statements of a strand as small multiples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// The chart's id on the page; ids within the picture begin with it.
    pub id: String,
    /// What it shows: ‘How eleven of us see Leadership’.
    pub title: String,
    /// The words of the school's scale, the least first.
    pub scale: Vec<String>,
    /// The word of whoever cannot say: ‘I can’t say’.
    pub unsure: String,
    /// The statements, in the order in which they are to be read.
    pub statements: Vec<StatementViews>,
    /// A statement with fewer views than this, and more than none, shows none of
    /// them: 3 where views carry no names, 0 where they do.
    pub fewest: u64,
}

/// Draws views as dots, one a person: filled on the scale, open for whoever
/// cannot say. Where a word has more people than dots have room, bars with their
/// numbers stand for all. What was agreed is underlined and said in words.
#[must_use]
pub fn spread_of_views(spread: &Spread) -> Chart {
    let description = describe(spread);
    Chart { wide: wide::draw(spread, &description), narrow: narrow::draw(spread, &description), table: table(spread) }
}

impl Spread {
    /// The counts of a statement in the scale's order, and of those who cannot
    /// say at the end; none where there are too few to be shown.
    fn shown(&self, statement: &StatementViews) -> Option<Vec<u64>> {
        let mut counts = statement.counts.clone();
        counts.resize(self.scale.len(), 0);
        counts.push(statement.unsure);
        let all = counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
        (all == 0 || all >= self.fewest).then_some(counts)
    }

    /// The most people at one word, of all statements that are shown.
    fn most(&self) -> u64 {
        self.statements.iter().filter_map(|statement| self.shown(statement)?.into_iter().max()).max().unwrap_or(0)
    }

    /// The word that was agreed on.
    fn agreed(&self, statement: &StatementViews) -> Option<&str> {
        statement.agreed.and_then(|place| self.scale.get(place)).map(String::as_str)
    }

    fn too_few(&self) -> String {
        format!("Fewer than {} views: not shown", number(self.fewest))
    }
}

fn describe(spread: &Spread) -> String {
    let mut text = format!("Views on {} statements.", figures(spread.statements.len() as u64));
    for statement in &spread.statements {
        text += &format!(" {}: {}", statement.text, said(spread, statement));
        if let Some(word) = spread.agreed(statement) {
            text += &format!("; agreed: {word}");
        }
        text.push('.');
    }
    text
}

/// ‘2 In places, 6 Mostly; 1 I can’t say’.
fn said(spread: &Spread, statement: &StatementViews) -> String {
    let Some(counts) = spread.shown(statement) else {
        return spread.too_few();
    };
    let words = spread.scale.iter().chain([&spread.unsure]);
    let parts: Vec<String> = counts
        .iter()
        .zip(words)
        .filter(|(count, _)| **count > 0)
        .map(|(count, word)| format!("{} {word}", figures(*count)))
        .collect();
    if parts.is_empty() { "no views yet".to_owned() } else { parts.join(", ") }
}

fn table(spread: &Spread) -> ChartTable {
    let mut headers = vec!["Statement".to_owned()];
    headers.extend(spread.scale.iter().cloned());
    headers.extend([spread.unsure.clone(), "Agreed".to_owned()]);
    let rows = spread
        .statements
        .iter()
        .map(|statement| {
            let mut row = vec![statement.text.clone()];
            match spread.shown(statement) {
                Some(counts) => row.extend(counts.into_iter().map(figures)),
                None => row.extend((0..=spread.scale.len()).map(|_| "not shown".to_owned())),
            }
            row.push(spread.agreed(statement).unwrap_or("not yet").to_owned());
            row
        })
        .collect();
    ChartTable { caption: spread.title.clone(), headers, rows }
}

/// A dot for a person: filled, or open for whoever cannot say.
fn dot(x: f64, y: f64, radius: f64, open: bool) -> String {
    use crate::svg::{BLUE, n};
    let fill = if open { "#ffffff" } else { BLUE };
    format!(
        r#"<circle class="chart-view" cx="{}" cy="{}" r="{}" fill="{fill}" stroke="{BLUE}" stroke-width="1.5"/>"#,
        n(x),
        n(y),
        n(radius)
    )
}

/// A bar for many: filled, or open for whoever cannot say.
fn bar((x, y): (f64, f64), (w, h): (f64, f64), open: bool) -> String {
    use crate::svg::{BLUE, n};
    let fill = if open { "#ffffff" } else { BLUE };
    format!(
        r#"<rect class="chart-views" x="{}" y="{}" width="{}" height="{}" fill="{fill}" stroke="{BLUE}" stroke-width="1.5"/>"#,
        n(x),
        n(y),
        n(w.max(0.0)),
        n(h.max(0.0))
    )
}

/// `part` of `most` as a share, at most 1.
#[expect(clippy::cast_precision_loss, reason = "numbers of people are far below 2^52")]
fn share(part: u64, most: u64) -> f64 {
    if most == 0 { 0.0 } else { (part as f64 / most as f64).min(1.0) }
}
