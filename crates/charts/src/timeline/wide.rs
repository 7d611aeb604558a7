//! The wide picture: eras as panels side by side on one time axis.

use kernel::words::month_and_year;

use super::marks::{draw_labels, draw_mark};
use super::{Era, Event, Kind, Timeline};
use crate::axis::Axis;
use crate::place::{Rect, Room, Segment};
use crate::svg::{BLUE, DARK, GREY, Ink, Look, PANEL, RULE, Variant, escape, n};
use crate::text::{Weight, cut, width, wrap};

const LEFT: f64 = 8.0;
const SIZE: f64 = 14.0;
/// Where the panels begin; above them stand the eras' names.
const TOP: f64 = 42.0;
/// The height of one grade's row.
const ROW: f64 = 52.0;
/// Marks of visits without a grade stand on a lane of their own.
const LANE: f64 = 34.0;
/// What the panel of report cards takes at the right.
const CARDS: f64 = 208.0;

/// Where things are.
struct Plan<'a> {
    timeline: &'a Timeline,
    axis: Axis,
    right: f64,
    rows: u8,
    /// The middle of the lane of ungraded visits.
    lane: f64,
    bottom: f64,
}

impl Plan<'_> {
    /// The height at which a grade stands: its word's row within its own era.
    fn y(&self, event: &Event) -> f64 {
        match event.kind {
            Kind::Graded {
                level: Some(level), ..
            } if self.timeline.era_of(event.date).is_some() => {
                TOP + ROW * (f64::from(level.clamp(1, self.rows)) - 0.5)
            }
            _ => self.lane,
        }
    }
}

/// Draws the wide variant.
pub(super) fn draw(timeline: &Timeline, description: &str) -> String {
    let full = Variant::Wide.width();
    let right = if timeline.cards.is_empty() {
        full - LEFT
    } else {
        full - LEFT - CARDS - 16.0
    };
    let rows = timeline
        .eras
        .iter()
        .map(|era| era.words.len())
        .max()
        .and_then(|rows| u8::try_from(rows).ok())
        .map_or(4, |rows| rows.clamp(1, 6));
    let panel_end = TOP + ROW * f64::from(rows);
    let plan = Plan {
        timeline,
        axis: Axis::new(timeline.start(), timeline.today, LEFT, right),
        right,
        rows,
        lane: panel_end + LANE / 2.0,
        bottom: panel_end + LANE,
    };
    let mut ink = Ink::default();
    for (index, era) in timeline.eras.iter().enumerate() {
        draw_era(&plan, era, index, &mut ink);
    }
    let mut room = Room::new(Rect {
        x: LEFT,
        y: TOP + 1.0,
        w: right - LEFT,
        h: plan.bottom - TOP - 1.0,
    });
    if let Some((date, words)) = &timeline.joined {
        draw_joined(&plan, *date, words, &mut room, &mut ink);
    }
    draw_events(&plan, &mut room, &mut ink);
    let mut bottom = draw_predecessors(&plan, &mut ink);
    ink.line(
        "axis",
        (LEFT, bottom),
        (right, bottom),
        &format!(r#"stroke="{GREY}" stroke-width="1""#),
    );
    bottom += plan.axis.draw(&mut ink, bottom, SIZE);
    if !timeline.cards.is_empty() {
        bottom = bottom.max(draw_cards(&plan, right + 16.0, &mut ink));
    }
    ink.finish(
        &timeline.id,
        Variant::Wide,
        bottom + 4.0,
        (&timeline.title, description),
    )
}

/// An era's panel: its name above, a rule for every word. Rules end at the panel's
/// edges, so that no scale seems to go on.
fn draw_era(plan: &Plan<'_>, era: &Era, index: usize, ink: &mut Ink) {
    let end = era.until.unwrap_or(plan.timeline.today);
    if end < plan.timeline.start() || era.from > plan.timeline.today {
        return;
    }
    let (a, b) = (plan.axis.x(era.from) + 1.0, plan.axis.x(end) - 1.0);
    if b - a < 2.0 {
        return;
    }
    let fill = if index.is_multiple_of(2) {
        PANEL
    } else {
        "#fafafa"
    };
    ink.raw(&format!(
        r#"<path class="chart-era" d="M{} {}H{}V{}H{}z" fill="{fill}"><title>{}</title></path>"#,
        n(a),
        n(TOP),
        n(b),
        n(plan.bottom),
        n(a),
        escape(&era.name)
    ));
    for row in 0..era.words.len().min(usize::from(plan.rows)) {
        #[expect(clippy::cast_precision_loss, reason = "at most six rows")]
        let y = TOP + ROW * (row as f64 + 0.5);
        let stroke = format!(r#"stroke="{RULE}" stroke-width="1" stroke-dasharray="2 4""#);
        ink.line("row", (a + 4.0, y), (b - 4.0, y), &stroke);
    }
    let size = SIZE - 1.0;
    let lines = wrap(&era.name, b - a - 2.0, 2, size, Weight::Regular);
    // A panel too narrow for its name keeps it as its title.
    if lines.iter().any(|line| line.ends_with('…')) {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "at most two lines")]
    let mut y = TOP - 6.0 - (lines.len().saturating_sub(1)) as f64 * size * 1.2;
    for line in &lines {
        ink.text(a, y, Look::of(size).grey(), "era-name", line);
        y += size * 1.2;
    }
}

fn draw_joined(plan: &Plan<'_>, date: kernel::Date, words: &str, room: &mut Room, ink: &mut Ink) {
    let x = plan.axis.x(date);
    ink.line(
        "joined",
        (x, TOP),
        (x, plan.bottom),
        &format!(r#"stroke="{DARK}" stroke-width="1.5" stroke-dasharray="1 3""#),
    );
    room.avoid([Segment {
        x1: x,
        y1: TOP,
        x2: x,
        y2: plan.bottom,
    }]);
    let text = cut(words, 160.0, SIZE - 1.0, Weight::Regular);
    let size = (width(&text, SIZE - 1.0, Weight::Regular), SIZE * 1.2);
    let mark = Rect {
        x: x - 1.0,
        y: TOP + 2.0,
        w: 2.0,
        h: size.1,
    };
    if let Some(rect) = room.place(mark, size, 8.0) {
        ink.text(
            rect.x,
            rect.y + SIZE * 0.9,
            Look::of(SIZE - 1.0),
            "joined-label",
            &text,
        );
    }
}

fn draw_events(plan: &Plan<'_>, room: &mut Room, ink: &mut Ink) {
    let events = &plan.timeline.events;
    let marks: Vec<Rect> = events
        .iter()
        .map(|event| Rect::around((plan.axis.x(event.date), plan.y(event)), 15.0))
        .collect();
    for mark in &marks {
        room.take(*mark);
    }
    for (event, mark) in events.iter().zip(&marks) {
        draw_mark(event, (mark.x + mark.w / 2.0, mark.y + mark.h / 2.0), ink);
    }
    draw_labels(events, &marks, room, ink);
}

/// Under the panels, a bar for the time in which the school was another: ‘as
/// Hilltop Infant School’. Returns where they end.
fn draw_predecessors(plan: &Plan<'_>, ink: &mut Ink) -> f64 {
    let mut spans: Vec<(&str, f64, f64)> = Vec::new();
    for event in &plan.timeline.events {
        let Some(name) = &event.as_name else { continue };
        let x = plan.axis.x(event.date);
        match spans.iter_mut().find(|span| span.0 == name.as_str()) {
            Some(span) => *span = (span.0, span.1.min(x), span.2.max(x)),
            None => spans.push((name, x, x)),
        }
    }
    let mut y = plan.bottom + 4.0;
    for (name, a, b) in spans {
        let text = cut(
            &format!("as {name}"),
            plan.right - LEFT - 8.0,
            SIZE - 1.0,
            Weight::Regular,
        );
        let w = width(&text, SIZE - 1.0, Weight::Regular);
        let stroke = format!(r#"stroke="{BLUE}" stroke-width="2""#);
        ink.line(
            "predecessor",
            (a - 6.0, y + 4.0),
            (b + 6.0, y + 4.0),
            &stroke,
        );
        let x = (a - 6.0).min(plan.right - w).max(LEFT);
        ink.text(x, y + 10.0 + SIZE, Look::of(SIZE - 1.0), "as", &text);
        y += SIZE * 2.0;
    }
    if y > plan.bottom + 4.0 {
        y + 6.0
    } else {
        plan.bottom
    }
}

/// The report cards, newest last, each with its date and its counts of areas.
/// Returns where they end.
fn draw_cards(plan: &Plan<'_>, left: f64, ink: &mut Ink) -> f64 {
    let mut y = TOP - 6.0;
    ink.text(
        left,
        y,
        Look::of(SIZE - 1.0).grey(),
        "era-name",
        "Report cards: areas by label",
    );
    y = TOP;
    for card in &plan.timeline.cards {
        let mut lines = vec![(month_and_year(card.date), Weight::Bold)];
        if let Some(name) = &card.as_name {
            lines.push((format!("as {name}"), Weight::Regular));
        }
        lines.extend(card.lines().into_iter().map(|line| (line, Weight::Regular)));
        let lines: Vec<(String, Weight)> = lines
            .into_iter()
            .flat_map(|(line, weight)| {
                wrap(&line, CARDS - 20.0, 2, SIZE, weight)
                    .into_iter()
                    .map(move |line| (line, weight))
            })
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let height = lines.len() as f64 * SIZE * 1.35 + 12.0;
        ink.raw(&format!(
            r#"<path class="chart-card" d="M{} {}h{CARDS}v{}h-{CARDS}z" fill="none" stroke="{GREY}"/>"#,
            n(left),
            n(y + 0.5),
            n(height)
        ));
        let mut baseline = y + 6.0 + SIZE;
        for (line, weight) in lines {
            let look = Look {
                weight,
                ..Look::of(SIZE)
            };
            ink.text(left + 10.0, baseline, look, "card-line", &line);
            baseline += SIZE * 1.35;
        }
        y += height + 8.0;
    }
    y
}
