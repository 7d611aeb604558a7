//! What would people have in their post? (In the demonstration only.)

use super::imports::capital;
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::{
    Timestamp,
    words::{moment, number},
};
use programme::mail;
use std::time::{SystemTime, UNIX_EPOCH};
use ui::{Heading, InsetText, Link, SafeHtml, Size};

#[derive(Template)]
#[template(path = "demo_letters.html")]
struct View {
    heading: Heading,
    finding: String,
    letters: Vec<Item>,
}

/// A letter.
struct Item {
    subject: String,
    /// To whom, and when.
    when: String,
    body: InsetText,
}

/// `GET /demo/letters`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Html<String>, PageError> {
    // Elsewhere letters are their readers' alone.
    if !visitor.demo {
        return Err(PageError::NotFound);
    }
    let title = "What is in the post?";
    let letters: Vec<Item> = mail::kept(&app.world)
        .into_iter()
        .map(|letter| Item {
            when: format!("To {}, {}", letter.to, written(letter.at)),
            body: InsetText::new(body(&letter.text)),
            subject: letter.subject,
        })
        .collect();
    let finding = match letters.len() {
        0 => "Nothing yet. In this demonstration letters go to nobody: whatever Aspire would send appears here, with its links.".to_owned(),
        1 => "One letter. In this demonstration letters go to nobody: follow the link as its reader would.".to_owned(),
        many => format!(
            "{} letters, the latest first. In this demonstration letters go to nobody: follow a link as its reader would.",
            capital(&number(many as u64))
        ),
    };
    let view = View { heading: Heading::new(title).size(Size::Xl), finding, letters };
    frame::show(frame::page(&visitor, title).noindex(), &view)
}

fn written(at: SystemTime) -> String {
    let since_1970 = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since_1970.as_micros()).unwrap_or_default();
    Timestamp::from_microsecond(micros).map(moment).unwrap_or_default()
}

/// A letter's text as paragraphs, its addresses as links.
fn body(text: &str) -> SafeHtml {
    let open = || SafeHtml::vouched("a constant", "<p class=\"govuk-body govuk-!-text-break-word\">");
    let close = || SafeHtml::vouched("a constant", "</p>");
    let line = |line: &str| match line.starts_with("https://") || line.starts_with("http://") {
        true => Link::new(line, line).into(),
        false => SafeHtml::from(line),
    };
    let broken = SafeHtml::vouched("a constant", "<br>");
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).map(|paragraph| {
        let mut pieces = vec![open()];
        for (index, one) in paragraph.trim().lines().enumerate() {
            if index > 0 {
                pieces.push(broken.clone());
            }
            pieces.push(line(one));
        }
        pieces.push(close());
        SafeHtml::join(pieces, "")
    });
    SafeHtml::join(paragraphs, "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_link_and_nothing_else_is_markup() {
        let html = body("Hello <b>you</b>.\n\nDo it:\nhttp://127.0.0.1:8080/x/1\n\n--\nAspire").into_string();
        assert!(html.contains("Hello &#60;b&#62;you"), "{html}");
        let link =
            "Do it:<br><a class=\"govuk-link\" href=\"http://127.0.0.1:8080/x/1\">http://127.0.0.1:8080/x/1</a></p>";
        assert!(html.contains(link), "{html}");
        assert_eq!(html.matches("<p class=\"govuk-body govuk-!-text-break-word\">").count(), 3);
    }

    #[test]
    fn a_moment_comes_back_from_the_machine_s_form() {
        let at = UNIX_EPOCH + std::time::Duration::from_secs(1_788_444_300);
        assert_eq!(written(at), "3 September 2026, 14:05 UTC");
    }
}
