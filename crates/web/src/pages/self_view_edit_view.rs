//! The views of a school's own words while they are written.

use super::{
    school_record::{moment, prose, time, way},
    self_view_edit::Input,
};
use crate::{error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use programme::{
    draft::Draft,
    item::{Field, ItemKind, Texts},
    organisation::Organisation,
    self_view::Writing,
};
use ui::{
    Button, Details, ErrorSummary, Errors, Heading, Hidden, Link, NotificationBanner, SafeHtml, Size, TextInput,
    Textarea,
};

/// What stands in the form.
#[derive(Debug)]
pub(super) struct Shown {
    /// The texts.
    pub(super) texts: Texts,
    /// The revision from which they came.
    pub(super) base: i64,
    /// Why.
    pub(super) why: String,
}

#[derive(Template)]
#[template(path = "self_view_edit.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    lead: &'static str,
    id: i64,
    hidden: [Hidden; 2],
    texts: Vec<Textarea>,
    why: TextInput,
    buttons: [Button; 2],
    steps: String,
}

#[derive(Template)]
#[template(path = "self_view_step.html")]
struct StepView {
    id: i64,
    hidden: [Hidden; 3],
    text: Textarea,
    progress: String,
    button: Button,
    back: Option<Link>,
    all: String,
}

#[derive(Template)]
#[template(path = "self_view_which.html")]
struct WhichView {
    heading: Heading,
    id: i64,
    csrf: Hidden,
    read: Details,
    go_on: Button,
    put_away: Button,
}

/// The form, on one page or one question of it.
pub(super) fn page(
    visitor: &Visitor,
    writing: &Writing,
    shown: &Shown,
    input: &Input,
    errors: &Errors,
) -> Result<Response, PageError> {
    let fields = ItemKind::SelfView.fields();
    if let Some(at) = fields.iter().position(|field| field.key == input.step) {
        return step(visitor, writing, shown, at);
    }
    let id = writing.school.id;
    let title = "Write your school in your own words";
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).caption(&writing.school.name).size(Size::Xl),
        lead: if writing.released {
            "Others can see it once you save it. What you type is kept as a draft that only you see."
        } else {
            "Nobody outside your leaders sees it until you release it. What you type is kept as a draft that only you see."
        },
        id,
        hidden: [Hidden::new("csrf", visitor.form_token()), Hidden::new("revision", shown.base.to_string())],
        texts: shown.texts.fields().map(|(field, text)| textarea(field, text).errors(errors)).collect(),
        why: TextInput::new("why", "Why do you change it? (optional)")
            .hint("For the list of versions, such as ‘after the staff meeting’")
            .value(&shown.why)
            .errors(errors),
        buttons: [
            Button::new("Save").named("do", "save").once(),
            Button::new("Save as draft").secondary().named("do", "draft").once(),
        ],
        steps: format!("/organisations/{id}/self-view/edit?draft=go&step={}", fields[0].key),
    };
    let way = way(&writing.school);
    let mut frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if let Some(banner) = done(&input.done) {
        frame = frame.banner(banner);
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn textarea(field: &Field, text: &str) -> Textarea {
    Textarea::new(field.key, field.question).hint(field.hint).rows(7).size(Size::M).value(text)
}

fn done(what: &str) -> Option<NotificationBanner> {
    let words = match what {
        "draft" => "Kept as a draft. Only you see it, here, until you save it.",
        "steps" => "All four are kept as your draft. Read them once more, then save.",
        _ => return None,
    };
    Some(NotificationBanner::success(words))
}

fn step(visitor: &Visitor, writing: &Writing, shown: &Shown, at: usize) -> Result<Response, PageError> {
    let fields = ItemKind::SelfView.fields();
    let (field, id) = (&fields[at], writing.school.id);
    let back = at.checked_sub(1).map(|before| {
        let to = format!("/organisations/{id}/self-view/edit?draft=go&step={}", fields[before].key);
        Link::new(to, "Back to the question before")
    });
    let view = StepView {
        id,
        hidden: [
            Hidden::new("csrf", visitor.form_token()),
            Hidden::new("revision", shown.base.to_string()),
            Hidden::new("step", field.key),
        ],
        text: textarea(field, shown.texts.of(field.key)).size(Size::L).as_heading(),
        progress: format!("Question {} of {}", at + 1, fields.len()),
        button: Button::new("Keep it and go on").named("do", "next").once(),
        back,
        all: format!("/organisations/{id}/self-view/edit?draft=go"),
    };
    let frame = frame::page(visitor, field.question).breadcrumbs(way(&writing.school)).noindex();
    Ok(frame::show(frame, &view)?.into_response())
}

/// A draft is here: go on with it, or put it away?
pub(super) fn which(visitor: &Visitor, school: &Organisation, draft: &Draft) -> Result<Response, PageError> {
    let title = format!("A draft of yours from {} is here", time(draft.saved_at));
    let parts = draft.texts.fields().filter(|(_, text)| !text.is_empty()).map(|(field, text)| {
        let heading = Heading::new(field.question).level(2).size(Size::S);
        SafeHtml::join([heading.into(), prose(text)], "")
    });
    let read = SafeHtml::join(parts, "");
    let view = WhichView {
        heading: Heading::new(&title).caption(moment(draft.saved_at)).size(Size::Xl),
        id: school.id,
        csrf: Hidden::new("csrf", visitor.form_token()),
        read: Details::new("Read the draft", read),
        go_on: Button::new("Go on with it").link(format!("/organisations/{}/self-view/edit?draft=go", school.id)),
        put_away: Button::new("Put it away").warning().named("do", "away").once(),
    };
    let frame = frame::page(visitor, title).breadcrumbs(way(school)).noindex();
    Ok(frame::show(frame, &view)?.into_response())
}
