//! Long lists, a page at a time.

use kernel::Page;
use ui::Pagination;

/// How many rows a page shows.
const ROWS: usize = 50;

/// The page of this number.
pub(super) fn numbered(number: usize) -> Page {
    Page { number, rows: ROWS }
}

/// A page of a long list, from 1, and the way to the others where there are
/// any; a page that there is not is the last one.
pub(super) fn page<T>(all: &[T], page: usize, href: impl Fn(usize) -> String) -> (&[T], Option<Pagination>) {
    let page = numbered(page);
    let pages = page.pages(all.len());
    (&all[page.of(all.len())], (pages > 1).then(|| Pagination::new(page.number.clamp(1, pages), pages, href)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_on_one_page() {
        let all: Vec<usize> = (0..120).collect();
        let shown: Vec<usize> = (1..=3).flat_map(|number| page(&all, number, |n| n.to_string()).0.to_vec()).collect();
        assert_eq!(shown, all);
        assert_eq!(page(&all, 9, |n| n.to_string()).0, &all[100..], "the last one");
        assert_eq!(page(&all, 0, |n| n.to_string()).0, &all[..50]);
        assert!(page(&all[..50], 1, |n| n.to_string()).1.is_none());
        assert!(page::<usize>(&[], 1, |n| n.to_string()).0.is_empty());
    }
}
