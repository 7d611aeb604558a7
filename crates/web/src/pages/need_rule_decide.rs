//! Record an appeal against a need rule, or a decision beside it.

use super::find::encoded;
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::need_rule::{self, DecisionKind, NeedRule};
use serde::Deserialize;
use ui::{
    BackLink, Button, ErrorSummary, Errors, Heading, Hidden, InputMode, Radios, Size, TextInput,
    Textarea, Width,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    urn: String,
    kind: String,
    reason: String,
    /// Where they came from: the day and the phase of the rule's page.
    on: String,
    phase: String,
}

#[derive(Template)]
#[template(path = "need_rule_decide.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    words: String,
    action: String,
    hidden: [Hidden; 3],
    urn: TextInput,
    kind: Radios,
    reason: Textarea,
    button: Button,
}

/// `POST /need-rules/{id}/decisions`
pub(crate) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let rule = need_rule::rule(&id, None).ok_or(PageError::NotFound)?;
    let kind = DecisionKind::from_key(&input.kind);
    match need_rule::decide(
        &app.world,
        &visitor.who,
        rule,
        &input.urn,
        kind,
        &input.reason,
    )
    .await
    {
        Ok(()) => Ok(Redirect::to(&format!("{}done=1", back_to(rule, &input))).into_response()),
        Err(error) => page(&visitor, rule, &input, &form::wrong(error)?),
    }
}

/// The rule's page on the day and for the phase that they looked at; ends where
/// one more parameter can follow.
fn back_to(rule: &NeedRule, input: &Input) -> String {
    let mut address = format!("/need-rules/{}?", rule.id);
    if let Some(on) = form::iso(&input.on) {
        address += &format!("on={on}&");
    }
    if !input.phase.is_empty() {
        address += &format!("phase={}&", encoded(&input.phase));
    }
    address
}

fn page(
    visitor: &Visitor,
    rule: &NeedRule,
    input: &Input,
    errors: &Errors,
) -> Result<Response, PageError> {
    let title = "What was decided, and why?";
    let kinds = DecisionKind::ALL.iter();
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title)
            .caption(format!("{}, version {}", rule.title, rule.version))
            .size(Size::L),
        words: rule.words.clone(),
        action: format!("/need-rules/{}/decisions", rule.id),
        hidden: [
            Hidden::new("csrf", visitor.form_token()),
            Hidden::new("on", &input.on),
            Hidden::new("phase", &input.phase),
        ],
        urn: TextInput::new("urn", "The school’s URN")
            .hint("Six digits, such as 118291")
            .mode(InputMode::Numeric)
            .width(Width::Ten)
            .value(&input.urn)
            .errors(errors),
        kind: kinds
            .fold(Radios::new("kind", "What was decided?"), |radios, kind| {
                radios.choice(kind.key(), kind.words())
            })
            .chosen(&input.kind)
            .errors(errors),
        reason: Textarea::new("reason", "Why?")
            .hint("As you would tell it to the school. Write nothing about a pupil")
            .value(&input.reason)
            .errors(errors),
        button: Button::new("Record it").once(),
    };
    let back =
        BackLink::new(back_to(rule, input).trim_end_matches(['&', '?'])).text("Back to the rule");
    let frame = frame::page(visitor, title)
        .back(back)
        .noindex()
        .with_error(true);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, frame::show(frame, &view)?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_the_same_day() {
        let rule = need_rule::rule("below-good", None).unwrap();
        let input = Input {
            on: "2013-05-01".into(),
            phase: "Middle deemed primary".into(),
            ..Input::default()
        };
        assert_eq!(
            back_to(rule, &input),
            "/need-rules/below-good?on=2013-05-01&phase=Middle%20deemed%20primary&"
        );
        let forged = Input {
            on: "x\r\nSet-Cookie: a".into(),
            ..Input::default()
        };
        assert_eq!(back_to(rule, &forged), "/need-rules/below-good?");
    }
}
