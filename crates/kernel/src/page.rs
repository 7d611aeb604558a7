//! Which rows of a long list are shown.

use std::ops::Range;

/// A page of a long list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Its number, from 1.
    pub number: usize,
    /// How many rows a page has.
    pub rows: usize,
}

impl Page {
    /// No row of any list.
    pub const NONE: Self = Self { number: 1, rows: 0 };

    /// How many pages a list of so many rows has; an empty one has one, with nothing on it.
    #[must_use]
    pub fn pages(self, all: usize) -> usize {
        all.div_ceil(self.rows.max(1)).max(1)
    }

    /// Which of so many rows are on it. A page that there is not is the last one.
    #[must_use]
    pub fn of(self, all: usize) -> Range<usize> {
        let from = (self.number.clamp(1, self.pages(all)) - 1) * self.rows;
        from..all.min(from + self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_there_is_not_is_the_last_one() {
        let page = |number| Page { number, rows: 50 };
        assert_eq!(page(1).of(120), 0..50);
        assert_eq!(page(3).of(120), 100..120);
        assert_eq!(page(9).of(120), 100..120);
        assert_eq!(page(0).of(120), 0..50);
        assert_eq!(page(1).of(0), 0..0);
        assert_eq!(page(2).of(50), 0..50);
        assert_eq!(Page::NONE.of(120), 0..0);
    }
}
