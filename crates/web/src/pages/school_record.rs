//! What the pages of a school's own record share: the way to them, and how
//! texts, moments and changes are shown.

use crate::{error::PageError, visitor::Visitor};
use kernel::{Timestamp, clock::in_england, words::long_date};
use programme::{audit, item::Piece, organisation::Organisation, release, school_export, self_view};
use ui::{Breadcrumbs, Link, SafeHtml};

/// An id in an address; what is none leads to nothing.
pub(super) fn number(text: &str) -> Result<i64, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// The way to a page of a school's own record.
pub(super) fn way(school: &Organisation) -> Breadcrumbs {
    Breadcrumbs::home().to(format!("/organisations/{}/self-view", school.id), school.name.clone())
}

/// The other pages of the record that this visitor may use.
pub(super) fn also(visitor: &Visitor, school: i64) -> Vec<Link> {
    let pages = [
        (self_view::HISTORY.directly(&visitor.who, school), "self-view/history", "All versions"),
        (release::MANAGE.directly(&visitor.who, school), "releases", "Who can see what"),
        (audit::READ.directly(&visitor.who, school), "history", "What was done, by whom"),
        (school_export::EXPORT.directly(&visitor.who, school), "export", "Take the whole record along"),
        (self_view::ERASE.directly(&visitor.who, school), "self-view/erase", "Erase it for good"),
    ];
    let links = pages.into_iter().filter(|(may, ..)| *may);
    links.map(|(_, path, words)| Link::new(format!("/organisations/{school}/{path}"), words)).collect()
}

/// ‘3 May 2026, 10:32’, as clocks in England show it.
pub(super) fn moment(at: Timestamp) -> String {
    format!("{}, {}", long_date(in_england(at).date()), time(at))
}

/// ‘10:32’.
pub(super) fn time(at: Timestamp) -> String {
    let local = in_england(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// A text that somebody wrote, its paragraphs as paragraphs and its lines as lines.
pub(super) fn prose(text: &str) -> SafeHtml {
    let paragraphs = text.split("\n\n").filter(|part| !part.trim().is_empty()).map(|part| {
        let lines = lines(part.trim());
        SafeHtml::vouched("its lines are escaped", format!("<p class=\"govuk-body\">{lines}</p>"))
    });
    SafeHtml::join(paragraphs, "")
}

fn lines(text: &str) -> SafeHtml {
    SafeHtml::vouched("text is escaped", SafeHtml::from(text).as_str().replace('\n', "<br>"))
}

/// Two versions of a text in one: what came is underlined, what went is struck
/// through, and a screen reader is told which is which.
pub(super) fn marked(pieces: &[Piece]) -> SafeHtml {
    let parts = pieces.iter().map(|piece| match piece {
        Piece::Same(text) => lines(text),
        Piece::New(text) => mark("ins", "added", text),
        Piece::Gone(text) => mark("del", "taken out", text),
    });
    let html = SafeHtml::join(parts, "");
    SafeHtml::vouched("its pieces", format!("<p class=\"govuk-body app-diff\">{html}</p>"))
}

fn mark(tag: &str, words: &str, text: &str) -> SafeHtml {
    let hidden = |words: &str| format!("<span class=\"govuk-visually-hidden\">{words}</span>");
    let (before, after) = (hidden(&format!(" [{words}: ")), hidden("] "));
    let text = lines(text);
    SafeHtml::vouched("text is escaped", format!("<{tag} class=\"app-diff__{tag}\">{before}{text}{after}</{tag}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_said_without_colour_and_nothing_breaks_out() {
        let pieces = [Piece::Same("we ".into()), Piece::Gone("<b>".into()), Piece::New("sing\n& dance".into())];
        let html = marked(&pieces).into_string();
        assert!(html.contains("<del class=\"app-diff__del\">") && html.contains("[taken out: "), "{html}");
        assert!(html.contains("&#60;b&#62;") && html.contains("sing<br>&#38; dance"), "{html}");
        assert_eq!(prose("a\n\n\n\nb\nc <i>").as_str().matches("<p ").count(), 2);
        assert!(prose("a\nb <i>").as_str().contains("a<br>b &#60;i&#62;"));
    }

    #[test]
    fn a_moment_is_said_as_clocks_in_england_show_it() {
        assert_eq!(moment("2026-05-03T09:32:00Z".parse().unwrap()), "3 May 2026, 10:32");
        assert_eq!(moment("2026-11-24T09:32:00Z".parse().unwrap()), "24 November 2026, 09:32");
    }
}
