use super::{
    letter::{FactorChange, Letter},
    weekly::{WeeklyLine, WeeklyWhat},
};
use kernel::Timestamp;

const LINK: &str = "https://aspire.example.org/invitations/0123456789abcdef";

/// One of each, so that a new letter has to be added here.
fn letters() -> Vec<Letter> {
    let at: Timestamp = "2026-12-08T09:00:00Z".parse().unwrap();
    let (link, by) = (LINK.to_owned(), "Sam O’Neill".to_owned());
    let all = vec![
        Letter::Invitation {
            organisation: "Oakmere Primary".to_owned(),
            role: "governor".to_owned(),
            by: by.clone(),
            link: link.clone(),
            until: at,
        },
        Letter::JoinProgramme {
            programme: "Kent together".to_owned(),
            school: "Oakmere Primary".to_owned(),
            by: by.clone(),
            link: link.clone(),
            until: at,
        },
        Letter::ResetPassword { link: link.clone(), until: at },
        Letter::PasswordChanged { at },
        Letter::SecondFactorChanged { change: FactorChange::Removed, at },
        Letter::SignInFromNewDevice { device: "Firefox on Linux".to_owned(), at },
        Letter::ReadFirst {
            school: "Oakmere Primary".to_owned(),
            by: by.clone(),
            link: link.clone(),
            until: jiff::civil::date(2026, 12, 8),
        },
        Letter::Answered {
            school: "Oakmere Primary".to_owned(),
            by: by.clone(),
            link: link.clone(),
            until: jiff::civil::date(2026, 12, 8),
        },
        Letter::Weekly {
            lines: vec![
                WeeklyLine {
                    place: "Oakmere Primary".to_owned(),
                    what: WeeklyWhat::Due(2, jiff::civil::date(2026, 12, 10)),
                    link: link.clone(),
                },
                WeeklyLine { place: "Kent together".to_owned(), what: WeeklyWhat::Waits(1), link: link.clone() },
            ],
            stop: "https://aspire.example.org/digest/0123".to_owned(),
            until: at,
        },
        Letter::AddressChange { link, until: at },
        Letter::Trial { by },
    ];
    for letter in &all {
        // A letter that is not above does not compile here.
        match letter {
            Letter::Invitation { .. }
            | Letter::JoinProgramme { .. }
            | Letter::ResetPassword { .. }
            | Letter::PasswordChanged { .. }
            | Letter::SecondFactorChanged { .. }
            | Letter::SignInFromNewDevice { .. }
            | Letter::AddressChange { .. }
            | Letter::ReadFirst { .. }
            | Letter::Answered { .. }
            | Letter::Weekly { .. }
            | Letter::Trial { .. } => {}
        }
    }
    all
}

#[test]
fn every_letter_says_the_same_as_text_and_as_html() {
    for letter in letters() {
        let rendered = letter.render("https://aspire.example.org").unwrap();
        let has_link = letter.useful_until().is_some();
        for form in [&rendered.text, &rendered.html] {
            assert_eq!(form.contains(LINK), has_link, "{letter:?}");
            assert!(form.contains("https://aspire.example.org\n") || form.contains("https://aspire.example.org<br>"));
            assert!(!form.contains('!') || form.starts_with("<!DOCTYPE html>"), "{form}");
        }
        for word in ["<img", "<script", "src=", "url("] {
            assert!(!rendered.html.contains(word), "nothing is fetched: {word} in {letter:?}");
        }
        assert_eq!(rendered.html.matches("<h1").count(), 1, "{letter:?}");
        assert!(
            rendered.html.contains("lang=\"en\"") && rendered.html.contains(&format!("<title>{}<", rendered.subject))
        );
        assert!(!rendered.subject.is_empty() && rendered.subject.chars().count() < 78, "{}", rendered.subject);
        let words: String = rendered.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.len() > 80, "{words}");
        assert_ne!(Letter::words(letter.key()), Letter::words("none"), "{letter:?}");
    }
}

#[test]
fn no_letter_speaks_of_judgements_or_children() {
    for letter in letters() {
        let text = letter.render("https://aspire.example.org").unwrap().text.to_lowercase();
        for word in
            ["ofsted", "inadequate", "requires improvement", "special measures", "grade", "rating", "pupil", "child"]
        {
            assert!(!text.contains(word), "{letter:?} says ‘{word}’");
        }
    }
}

#[test]
fn the_invitation_reads_like_this() {
    let rendered = letters()[0].render("https://aspire.example.org").unwrap();
    let expected = "\
Sam O’Neill invites you to Aspire as governor of Oakmere Primary.

Aspire is where the schools of an improvement programme plan, review and help each other.

Accept the invitation:
https://aspire.example.org/invitations/0123456789abcdef

The link works once, until 8 December 2026, 09:00 UTC.

If you did not expect this letter, you need do nothing.

--
Aspire, https://aspire.example.org
Aspire never asks for a password by e-mail.";
    assert_eq!(rendered.text.trim_end(), expected);
    assert_eq!(rendered.subject, "Oakmere Primary invites you to Aspire");
}

#[test]
fn a_name_cannot_write_a_paragraph_or_markup() {
    let letter = Letter::Trial { by: "Sam\n\nPay here: <a href=\"https://evil.example\">now</a>".to_owned() };
    let rendered = letter.render("https://aspire.example.org").unwrap();
    assert!(rendered.text.starts_with("Sam Pay here: "), "{}", rendered.text);
    assert!(!rendered.html.contains("<a "), "{}", rendered.html);
    assert_eq!(format!("{letter:?}"), "Letter(trial, …)");
}

#[test]
fn a_letter_comes_out_of_the_outbox_as_it_went_in() {
    for letter in letters() {
        let json = serde_json::to_string(&letter).unwrap();
        assert_eq!(serde_json::from_str::<Letter>(&json).unwrap(), letter);
    }
}
