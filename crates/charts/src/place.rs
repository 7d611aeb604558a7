//! Finding room for labels.
//!
//! Two rules have no exception: labels do not overlap one another or a mark, and
//! none leaves its bounds. A label for which there is no room is left out of the
//! picture (its mark keeps a `<title>`, and the table has it).

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) w: f64,
    pub(crate) h: f64,
}

impl Rect {
    /// A square of `size` around a point.
    pub(crate) fn around((x, y): (f64, f64), size: f64) -> Self {
        Self {
            x: x - size / 2.0,
            y: y - size / 2.0,
            w: size,
            h: size,
        }
    }

    pub(crate) fn right(&self) -> f64 {
        self.x + self.w
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.h
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    fn within(&self, bounds: &Self) -> bool {
        // Sums of fractions: what is flush with the edge is within.
        const DUST: f64 = 1e-6;
        self.x >= bounds.x - DUST
            && self.right() <= bounds.right() + DUST
            && self.y >= bounds.y - DUST
            && self.bottom() <= bounds.bottom() + DUST
    }

    /// How much of this rectangle's width the part of a level or upright line
    /// within it covers; 0 where they do not meet.
    fn covered_by(&self, line: &Segment) -> f64 {
        let across = line.x2.min(self.right()) - line.x1.max(self.x);
        let down = line.y2.min(self.bottom()) - line.y1.max(self.y);
        if across < 0.0 || down < 0.0 {
            return 0.0;
        }
        across.max(down)
    }
}

/// A level or upright piece of a line, its smaller end first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment {
    pub(crate) x1: f64,
    pub(crate) y1: f64,
    pub(crate) x2: f64,
    pub(crate) y2: f64,
}

/// Room for labels, and what is taken of it.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    bounds: Rect,
    taken: Vec<Rect>,
    lines: Vec<Segment>,
}

impl Room {
    pub(crate) fn new(bounds: Rect) -> Self {
        Self {
            bounds,
            taken: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Marks a rectangle as taken.
    pub(crate) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Adds lines that labels should rather not stand on.
    pub(crate) fn avoid(&mut self, lines: impl IntoIterator<Item = Segment>) {
        self.lines.extend(lines);
    }

    /// Room for a label of `w` by `h` near `mark`, no farther than `reach`, and
    /// takes it. Near, at a side and off the lines is best.
    pub(crate) fn place(&mut self, mark: Rect, (w, h): (f64, f64), reach: f64) -> Option<Rect> {
        const GAP: f64 = 3.0;
        let (cx, cy) = (mark.x + mark.w / 2.0, mark.y + mark.h / 2.0);
        let mut best: Option<(f64, Rect)> = None;
        let mut away = 0.0;
        while away <= reach {
            let left = mark.x - GAP - w - away;
            let right = mark.right() + GAP + away;
            let above = mark.y - GAP - h - away;
            let below = mark.bottom() + GAP + away;
            let (middle_x, middle_y) = (cx - w / 2.0, cy - h / 2.0);
            // Above and below, a label may slide along to stay within the bounds.
            let slide = |x: f64| x.min(self.bounds.right() - w).max(self.bounds.x);
            let begin_x = slide(mark.x);
            let end_x = slide(mark.right() - w);
            let middle_x = slide(middle_x);
            let candidates = [
                (right, middle_y, 0.0),
                (left, middle_y, 1.0),
                (begin_x, below, 2.0),
                (begin_x, above, 2.0),
                (end_x, below, 3.0),
                (end_x, above, 3.0),
                (middle_x, below, 3.0),
                (middle_x, above, 3.0),
                (right, below, 3.0),
                (right, above, 3.0),
                (left, below, 4.0),
                (left, above, 4.0),
            ];
            for (x, y, preference) in candidates {
                let rect = Rect { x, y, w, h };
                let roomy = Rect {
                    x: x - 2.0,
                    y: y - 1.0,
                    w: w + 4.0,
                    h: h + 2.0,
                };
                if !rect.within(&self.bounds) || self.taken.iter().any(|t| t.overlaps(&roomy)) {
                    continue;
                }
                let to_mark = along(leader(&mark, &rect));
                if to_mark
                    .iter()
                    .any(|dot| self.taken.iter().any(|t| t.overlaps(dot)))
                {
                    continue;
                }
                let on_lines: f64 = self.lines.iter().map(|line| rect.covered_by(line)).sum();
                // A label farther off needs a leader, one more line to read past.
                let leader = if away > 6.0 { 15.0 } else { 0.0 };
                let cost = preference + 1.5 * away + leader + 0.7 * on_lines.min(80.0);
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, rect));
                }
            }
            // Farther places cost at least their distance.
            if best.is_some_and(|(least, _)| least <= 1.5 * away) {
                break;
            }
            away += 4.0;
        }
        let (_, rect) = best?;
        self.taken.push(rect);
        self.taken.extend(along(leader(&mark, &rect)));
        Some(rect)
    }
}

/// Small squares along a leader, so that labels and leaders keep apart too; none at
/// its ends, where it touches its own mark and label.
fn along(leader: Option<((f64, f64), (f64, f64))>) -> Vec<Rect> {
    let Some(((x1, y1), (x2, y2))) = leader else {
        return Vec::new();
    };
    (1..12)
        .map(|step| {
            let part = f64::from(step) / 12.0;
            Rect::around((x1 + part * (x2 - x1), y1 + part * (y2 - y1)), 1.0)
        })
        .collect()
}

/// A line from a mark to its label where the label does not stand beside it; from
/// edge to edge.
pub(crate) fn leader(mark: &Rect, label: &Rect) -> Option<((f64, f64), (f64, f64))> {
    let (cx, cy) = (mark.x + mark.w / 2.0, mark.y + mark.h / 2.0);
    let to = (
        cx.clamp(label.x, label.right()),
        cy.clamp(label.y, label.bottom()),
    );
    let (dx, dy) = (to.0 - cx, to.1 - cy);
    let far = dx.hypot(dy);
    let reach = mark.w / 2.0;
    if far < reach + 9.0 {
        return None;
    }
    Some(((cx + dx / far * reach, cy + dy / far * reach), to))
}

/// True where a label stands rather left of its mark, so that its text should end
/// at the label's right edge and not begin at its left.
pub(crate) fn hugs_right(mark: &Rect, label: &Rect) -> bool {
    label.x + label.w / 2.0 < mark.x + mark.w / 2.0 - 1.0
}

/// Tops for blocks of given heights that want their middles at given places:
/// in the same order, `gap` apart, between `top` and `bottom`, moved as little as
/// need be. `wanted` is (middle, height), sorted by middle. Where they do not fit
/// together, `None`: the caller leaves one out.
pub(crate) fn spread(wanted: &[(f64, f64)], gap: f64, top: f64, bottom: f64) -> Option<Vec<f64>> {
    let total: f64 = wanted.iter().map(|(_, h)| h + gap).sum::<f64>() - gap;
    if !wanted.is_empty() && total > bottom - top {
        return None;
    }
    // Blocks that touch form a pile, whose place is the mean of what its blocks
    // want; piles that touch are joined, from the top down.
    let mut piles: Vec<(f64, f64, usize)> = Vec::new();
    for &(middle, h) in wanted {
        let mut pile = (middle - h / 2.0, h, 1_usize);
        pile.0 = pile.0.clamp(top, (bottom - pile.1).max(top));
        while let Some(&(start, height, count)) = piles.last() {
            if start + height + gap <= pile.0 {
                break;
            }
            piles.pop();
            #[expect(clippy::cast_precision_loss, reason = "a handful of labels")]
            let (a, b) = (count as f64, pile.2 as f64);
            let offset = height + gap;
            let joined = (start * a + (pile.0 - offset) * b) / (a + b);
            let joined_height = offset + pile.1;
            let place = joined.clamp(top, (bottom - joined_height).max(top));
            pile = (place, joined_height, count + pile.2);
        }
        piles.push(pile);
    }
    let mut tops = Vec::with_capacity(wanted.len());
    let mut heights = wanted.iter().map(|(_, h)| *h);
    for (start, _, count) in piles {
        let mut y = start;
        for h in heights.by_ref().take(count) {
            tops.push(y);
            y += h + gap;
        }
    }
    Some(tops)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_neither_meet_nor_leave(mut wanted in prop::collection::vec((-50.0..350.0_f64, 5.0..40.0_f64), 0..7)) {
            wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
            let total: f64 = wanted.iter().map(|(_, h)| h + 4.0).sum::<f64>() - 4.0;
            match spread(&wanted, 4.0, 0.0, 200.0) {
                None => prop_assert!(total > 200.0),
                Some(tops) => {
                    prop_assert_eq!(tops.len(), wanted.len());
                    let mut end = -4.0;
                    for (top, (_, h)) in tops.iter().zip(&wanted) {
                        prop_assert!(*top >= end + 4.0 - 1e-9);
                        end = top + h;
                        prop_assert!(end <= 200.0 + 1e-9);
                    }
                }
            }
        }

        #[test]
        fn labels_neither_meet_nor_leave(marks in prop::collection::vec((0.0..300.0_f64, 0.0..200.0_f64), 0..12)) {
            let bounds = Rect { x: 0.0, y: 0.0, w: 300.0, h: 200.0 };
            let mut room = Room::new(bounds);
            for mark in &marks {
                room.take(Rect::around(*mark, 10.0));
            }
            let mut placed: Vec<Rect> = Vec::new();
            for mark in &marks {
                if let Some(rect) = room.place(Rect::around(*mark, 10.0), (80.0, 16.0), 60.0) {
                    prop_assert!(rect.within(&bounds));
                    prop_assert!(placed.iter().all(|other| !other.overlaps(&rect)));
                    placed.push(rect);
                }
            }
        }
    }
}
