//! Somebody else changed it while you were writing: what shall it say?

use super::{
    school_record::{marked, moment, way},
    self_view_edit_view::Shown,
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use programme::{
    item::{Field, FieldMerge, Meanwhile, Pick, Texts, compare},
    self_view,
};
use std::collections::HashMap;
use ui::{Button, ErrorSummary, Errors, Heading, Hidden, Radios, SafeHtml, Size, Textarea};

/// What was chosen so far.
#[derive(Debug)]
pub(super) struct Typed {
    /// Field by field.
    pub(super) picks: HashMap<&'static str, Option<Pick>>,
    /// Third texts.
    pub(super) third: Texts,
    /// Why.
    pub(super) why: String,
    /// The revision from which the writer began.
    pub(super) base: i64,
}

impl Typed {
    /// Nothing is chosen where both changed a field; where only one did, theirs
    /// is what one expects.
    pub(super) fn begin(both: &Meanwhile, shown: &Shown) -> Self {
        let picks = both.fields().map(|(field, what)| {
            let pick = match what {
                FieldMerge::OnlyMine => Some(Pick::Mine),
                FieldMerge::OnlyTheirs => Some(Pick::Theirs),
                FieldMerge::Same | FieldMerge::Both => None,
            };
            (field.key, pick)
        });
        Self { picks: picks.collect(), third: Texts::empty(both.mine.kind()), why: shown.why.clone(), base: shown.base }
    }
}

#[derive(Template)]
#[template(path = "self_view_conflict.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    lead: String,
    id: i64,
    hidden: Vec<Hidden>,
    differing: Vec<Differing>,
    button: Button,
}

/// A field that is not the same in both.
struct Differing {
    question: &'static str,
    what: String,
    before: SafeHtml,
    theirs: SafeHtml,
    mine: SafeHtml,
    by: String,
    pick: Radios,
    third: Textarea,
}

/// Both changes beside each other, to choose from field by field.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    id: i64,
    both: &Meanwhile,
    typed: &Typed,
    errors: &Errors,
) -> Result<Response, PageError> {
    let school = self_view::begin(&app.world, &visitor.who, id).await?.school;
    let title = format!("{} changed it while you were writing", both.by);
    let differing = both.fields().filter(|(_, what)| *what != FieldMerge::Same);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(&title).caption(&school.name).size(Size::Xl),
        lead: format!(
            "They saved it on {}. Nothing of yours is lost: it is kept as your draft. Choose for each question which text to keep, or write a third.",
            moment(both.at)
        ),
        id,
        hidden: hidden(visitor, both, typed),
        differing: differing.map(|(field, what)| one(field, what, both, typed, errors)).collect(),
        button: Button::new("Save what I chose").named("do", "settle").once(),
    };
    let frame = frame::page(visitor, title).breadcrumbs(way(&school)).noindex().with_error(!errors.is_empty());
    let status = if errors.is_empty() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn hidden(visitor: &Visitor, both: &Meanwhile, typed: &Typed) -> Vec<Hidden> {
    let mine = both.mine.fields().map(|(field, text)| Hidden::new(format!("mine-{}", field.key), text));
    [
        Hidden::new("csrf", visitor.form_token()),
        Hidden::new("base", typed.base.to_string()),
        Hidden::new("revision", both.revision.to_string()),
        Hidden::new("why", &typed.why),
    ]
    .into_iter()
    .chain(mine)
    .collect()
}

fn one(field: &'static Field, what: FieldMerge, both: &Meanwhile, typed: &Typed, errors: &Errors) -> Differing {
    let key = field.key;
    let by = &both.by;
    let told = match what {
        FieldMerge::OnlyMine => "Only you changed this.".to_owned(),
        FieldMerge::OnlyTheirs => format!("Only {by} changed this."),
        FieldMerge::Both | FieldMerge::Same => format!("You and {by} both changed this."),
    };
    let shown = |texts: &Texts| {
        let comparison = compare(&both.base, texts).into_iter().find(|one| one.field.key == key);
        let empty = texts.of(key).is_empty();
        match comparison {
            Some(comparison) if !(empty && comparison.pieces.is_empty()) => marked(&comparison.pieces),
            _ => SafeHtml::vouched("a constant", "<p class=\"govuk-body\">Nothing.</p>"),
        }
    };
    let pick = typed.picks.get(key).copied().flatten();
    Differing {
        question: field.question,
        what: told,
        before: shown(&both.base),
        theirs: shown(&both.theirs),
        mine: shown(&both.mine),
        by: by.clone(),
        pick: Radios::new(format!("pick-{key}"), format!("What shall it say about ‘{}’?", field.name))
            .choice(Pick::Theirs.key(), format!("What {by} wrote"))
            .choice(Pick::Mine.key(), "What I wrote")
            .choice(Pick::Third.key(), "A third text, which I write below")
            .chosen(pick.map_or("", Pick::key))
            .errors(errors),
        third: Textarea::new(format!("third-{key}"), format!("A third text for ‘{}’", field.name))
            .hint("Used where you choose a third text. It begins with yours")
            .rows(6)
            .value(if typed.third.of(key).is_empty() { both.mine.of(key) } else { typed.third.of(key) }),
    }
}
