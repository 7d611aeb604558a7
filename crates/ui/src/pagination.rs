//! Pages of a long list.

use askama::Template;


#[derive(Debug, Clone)]
enum Item {
    Page {
        number: usize,
        href: String,
        current: bool,
    },
    Gap,
}

/// Pages of a long list: the first, the last, this one and its neighbours.
/// Nothing at all where there is only one.
#[derive(Debug, Clone, Template)]
#[template(path = "pagination.html")]
pub struct Pagination {
    label: String,
    previous: Option<String>,
    next: Option<String>,
    items: Vec<Item>,
}
component!(Pagination);

impl Pagination {
    /// Page `current` of `total` (both from 1); `href` gives a page's address.
    #[must_use]
    pub fn new(current: usize, total: usize, href: impl Fn(usize) -> String) -> Self {
        let current = current.clamp(1, total.max(1));
        let mut items = Vec::new();
        let mut last = 0;
        for number in 1..=total {
            if number != 1 && number != total && number.abs_diff(current) > 1 {
                continue;
            }
            if number > last + 1 {
                items.push(Item::Gap);
            }
            last = number;
            items.push(Item::Page {
                number,
                href: href(number),
                current: number == current,
            });
        }
        Self {
            label: "Pagination".to_owned(),
            previous: (current > 1).then(|| href(current - 1)),
            next: (current < total).then(|| href(current + 1)),
            items: if total > 1 { items } else { Vec::new() },
        }
    }
}

impl Pagination {
    /// What it is called, where a page has more than one: ‘Pages of schools’.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_needs_no_pages() {
        assert_eq!(Pagination::new(1, 1, |n| n.to_string()).to_string(), "");
        assert_eq!(Pagination::new(1, 0, |n| n.to_string()).to_string(), "");
    }

    #[test]
    fn a_long_list_shows_its_ends_and_neighbours() {
        let pages = Pagination::new(6, 100, |n| format!("?page={n}"));
        let shown: Vec<String> = pages
            .items
            .iter()
            .map(|item| match item {
                Item::Page { number, .. } => number.to_string(),
                Item::Gap => "…".to_owned(),
            })
            .collect();
        assert_eq!(shown.join(" "), "1 … 5 6 7 … 100");
    }
}
