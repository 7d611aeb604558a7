//! The narrow picture: time from top to bottom, one inspection a line, an era a
//! panel. Within a panel a mark stands the farther right the better its grade is
//! in the words of that era.

use kernel::words::month_and_year;

use super::marks::draw_mark;
use super::{Event, Kind, Timeline};
use crate::svg::{GREY, Ink, Look, PANEL, Variant, n};
use crate::text::{Weight, wrap};

const SIZE: f64 = 14.0;
const LINE: f64 = SIZE * 1.3;
const LEFT: f64 = 6.0;
/// What stands between two inspections.
const BETWEEN: f64 = 5.0;
/// Where the marks' column begins and how far apart grades are in it.
const MARKS: f64 = 16.0;
const STEP: f64 = 13.0;
/// Where the words begin.
const WORDS: f64 = 76.0;

/// Draws the narrow variant.
pub(super) fn draw(timeline: &Timeline, description: &str) -> String {
    let mut ink = Ink::default();
    let mut y = 2.0;
    let mut joined = timeline.joined.as_ref();
    let mut events = timeline.events.iter().peekable();
    while let Some(first) = events.peek() {
        let era = timeline.era_of(first.date);
        let mut group: Vec<&Event> = Vec::new();
        while let Some(event) = events.next_if(|event| timeline.era_of(event.date) == era) {
            group.push(event);
        }
        if let Some((date, words)) = joined
            && group.first().is_some_and(|event| *date < event.date)
        {
            y = joined_line(*date, words, y, &mut ink);
            joined = None;
        }
        let name = era.map_or("Other inspections", |era| era.name.as_str());
        let ranks = era.map_or(0, |era| era.words.len());
        y = heading(name, y, &mut ink);
        y = panel(&group, ranks, y, &mut joined, &mut ink);
    }
    if let Some((date, words)) = joined {
        y = joined_line(*date, words, y, &mut ink);
    }
    if !timeline.cards.is_empty() {
        y = cards(timeline, y, &mut ink);
    }
    if timeline.events.is_empty() && timeline.cards.is_empty() {
        ink.text(
            LEFT,
            y + SIZE,
            Look::of(SIZE).grey(),
            "empty",
            "No inspections known",
        );
        y += LINE;
    }
    ink.finish(
        &timeline.id,
        Variant::Narrow,
        y + 6.0,
        (&timeline.title, description),
    )
}

fn room() -> f64 {
    Variant::Narrow.width() - LEFT * 2.0
}

fn heading(name: &str, mut y: f64, ink: &mut Ink) -> f64 {
    for line in wrap(name, room(), 3, SIZE, Weight::Regular) {
        ink.text(LEFT, y + SIZE, Look::of(SIZE).grey(), "era-name", &line);
        y += LINE;
    }
    y + 2.0
}

fn joined_line(date: kernel::Date, words: &str, mut y: f64, ink: &mut Ink) -> f64 {
    y += 4.0;
    let text = format!("{}: {words}", month_and_year(date));
    let stroke = format!(r#"stroke="{GREY}" stroke-width="1.5" stroke-dasharray="1 3""#);
    ink.line("joined", (LEFT, y), (LEFT + room(), y), &stroke);
    y += 4.0;
    for line in wrap(&text, room(), 3, SIZE, Weight::Regular) {
        ink.text(LEFT, y + SIZE, Look::of(SIZE), "joined-label", &line);
        y += LINE;
    }
    y + 6.0
}

/// One line of text in a panel, with the mark that stands before it.
struct Row<'a> {
    text: String,
    weight: Weight,
    colour: &'static str,
    mark: Option<&'a Event>,
}

fn panel(
    group: &[&Event],
    ranks: usize,
    top: f64,
    joined: &mut Option<&(kernel::Date, String)>,
    ink: &mut Ink,
) -> f64 {
    let words = LEFT + room() - WORDS - 6.0;
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut before: Option<&String> = None;
    for event in group {
        if let Some((date, what)) = *joined
            && *date < event.date
        {
            let text = format!("{}: {what}", month_and_year(*date));
            rows.extend(
                wrap(&text, words, 2, SIZE, Weight::Regular)
                    .into_iter()
                    .map(|text| Row {
                        text,
                        weight: Weight::Regular,
                        colour: GREY,
                        mark: None,
                    }),
            );
            *joined = None;
        }
        let weight = if event.graded() {
            Weight::Bold
        } else {
            Weight::Regular
        };
        for (index, text) in wrap(event.words(), words, 2, SIZE, weight)
            .into_iter()
            .enumerate()
        {
            rows.push(Row {
                text,
                weight,
                colour: crate::svg::DARK,
                mark: (index == 0).then_some(*event),
            });
        }
        let mut below = month_and_year(event.date);
        // A name is said once for all that follows under it; the open marks go on.
        if let Some(name) = &event.as_name
            && before != Some(name)
        {
            below += &format!(", as {name}");
        }
        before = event.as_name.as_ref();
        rows.extend(
            wrap(&below, words, 2, SIZE, Weight::Regular)
                .into_iter()
                .map(|text| Row {
                    text,
                    weight: Weight::Regular,
                    colour: GREY,
                    mark: None,
                }),
        );
    }
    #[expect(clippy::cast_precision_loss, reason = "a few dozen lines")]
    let height = rows.len() as f64 * LINE + group.len() as f64 * BETWEEN + 8.0;
    ink.raw(&format!(
        r#"<path class="chart-era" d="M{LEFT} {}h{}v{}h-{}z" fill="{PANEL}"/>"#,
        n(top),
        n(room()),
        n(height),
        n(room())
    ));
    let mut y = top + 4.0 - BETWEEN / 2.0;
    for row in rows {
        if let Some(event) = row.mark {
            y += BETWEEN;
            draw_mark(event, (mark_x(event, ranks), y + SIZE * 0.68), ink);
        }
        let look = Look {
            weight: row.weight,
            colour: row.colour,
            ..Look::of(SIZE)
        };
        ink.text(WORDS, y + SIZE, look, "grade", &row.text);
        y += LINE;
    }
    top + height + 8.0
}

fn mark_x(event: &Event, ranks: usize) -> f64 {
    match event.kind {
        Kind::Graded {
            level: Some(level), ..
        } if ranks > 0 => {
            let ranks = u8::try_from(ranks).unwrap_or(4).clamp(1, 5);
            MARKS + STEP * f64::from(ranks - level.clamp(1, ranks))
        }
        _ => MARKS,
    }
}

fn cards(timeline: &Timeline, y: f64, ink: &mut Ink) -> f64 {
    let mut y = heading("Report cards: areas by label", y, ink);
    for card in &timeline.cards {
        let mut lines = vec![(month_and_year(card.date), Weight::Bold)];
        if let Some(name) = &card.as_name {
            lines.push((format!("as {name}"), Weight::Regular));
        }
        lines.extend(card.lines().into_iter().map(|line| (line, Weight::Regular)));
        let top = y;
        y += 6.0;
        for (line, weight) in lines {
            for text in wrap(&line, room() - 20.0, 2, SIZE, weight) {
                let look = Look {
                    weight,
                    ..Look::of(SIZE)
                };
                ink.text(LEFT + 10.0, y + SIZE, look, "card-line", &text);
                y += LINE;
            }
        }
        y += 6.0;
        ink.raw(&format!(
            r#"<path class="chart-card" d="M{LEFT} {}h{}v{}h-{}z" fill="none" stroke="{GREY}"/>"#,
            n(top + 0.5),
            n(room()),
            n(y - top),
            n(room())
        ));
        y += 8.0;
    }
    y
}
