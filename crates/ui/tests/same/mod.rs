//! Compares two pieces of HTML without regard to blanks around tags, the order
//! of attributes, and how a character is escaped.

use std::fmt::Display;

/// Fails, showing both, where they differ.
pub(crate) fn assert_same(ours: impl Display, theirs: &str) {
    let (ours, theirs) = (normal(&ours.to_string()), normal(theirs));
    assert_eq!(ours, theirs, "ours (left) is not govuk-frontend's (right)");
}

/// One tag or text a line.
fn normal(html: &str) -> String {
    let mut lines = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let end = if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |at| at + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        let piece = if piece.starts_with('<') {
            tag(piece)
        } else {
            text(piece)
        };
        if !piece.is_empty() {
            lines.push(piece);
        }
    }
    lines.join("\n")
}

fn text(piece: &str) -> String {
    let words: Vec<&str> = piece.split_whitespace().collect();
    unescaped(&words.join(" "))
}

/// A tag with its attributes in alphabetical order.
fn tag(piece: &str) -> String {
    let inner = piece.trim_matches(['<', '>']).trim_end_matches('/');
    let name_end = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(name_end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        match after.strip_prefix("=\"") {
            Some(value) => {
                let close = value.find('"').expect("a closed attribute");
                attributes.push(format!("{key}={}", text(&value[..close])));
                rest = &value[close + 1..];
            }
            None => {
                attributes.push(key.to_owned());
                rest = after;
            }
        }
    }
    attributes.sort();
    // The order of classes is of no consequence either.
    let attributes =
        attributes
            .into_iter()
            .map(|attribute| match attribute.strip_prefix("class=") {
                Some(classes) => {
                    let mut classes: Vec<&str> = classes.split(' ').collect();
                    classes.sort_unstable();
                    format!("class={}", classes.join(" "))
                }
                None => attribute,
            });
    format!("<{name} {}>", attributes.collect::<Vec<_>>().join(" "))
}

fn unescaped(text: &str) -> String {
    [
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
