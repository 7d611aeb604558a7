//! Write your school in your own words: on one page or a question at a time,
//! with a draft kept on the server meanwhile.

use super::{
    school_record::{number, time},
    self_view_conflict::{self, Typed},
    self_view_edit_view as view,
};
use crate::{App, error::PageError, form, visitor::Visitor};
use axum::{
    Form, Json,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    item::{self, ItemKind, Pick, Texts},
    self_view::{self, Keep, NewText, Saved},
};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use ui::Errors;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// Go on with the draft.
    draft: String,
    /// One question at a time: which.
    pub(super) step: String,
    /// What was just done.
    pub(super) done: String,
}

/// What a form of these pages carries: texts by their field's name.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(HashMap<String, String>);

impl Fields {
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The texts whose names begin so.
    fn texts(&self, before: &str) -> Texts {
        Texts::from(ItemKind::SelfView, |key| self.get(&format!("{before}{key}")).to_owned())
    }

    fn revision(&self, name: &str) -> Result<i64, PageError> {
        number(self.get(name))
    }
}

/// `GET /organisations/{id}/self-view/edit`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    let writing = self_view::begin(&app.world, &visitor.who, id).await?;
    match &writing.draft {
        // Two beginnings: which one to go on with is the writer's to say.
        Some(draft) if input.draft.is_empty() => view::which(&visitor, &writing.school, draft),
        Some(draft) => {
            let (texts, base) = (draft.texts.clone(), draft.base);
            view::page(&visitor, &writing, &view::Shown { texts, base, why: String::new() }, &input, &Errors::none())
        }
        None => {
            let (texts, base) = (writing.texts.clone(), writing.revision);
            view::page(&visitor, &writing, &view::Shown { texts, base, why: String::new() }, &input, &Errors::none())
        }
    }
}

/// `POST /organisations/{id}/self-view/edit`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(input): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(input.get("csrf"))?;
    let id = number(&id)?;
    match input.get("do") {
        "away" => {
            self_view::put_away(&app.world, &visitor.who, id).await?;
            Ok(Redirect::to(&format!("/organisations/{id}/self-view?done=away")).into_response())
        }
        "draft" => keep(&app, &visitor, id, &headers, &input).await,
        "next" => next(&app, &visitor, id, &input).await,
        "settle" => settle(&app, &visitor, id, &input).await,
        _ => {
            let (texts, base) = (input.texts(""), input.revision("revision")?);
            save(&app, &visitor, id, NewText { organisation: id, texts, base, why: input.get("why").to_owned() }).await
        }
    }
}

/// Keeps a draft: asked by the page's script every few seconds, or by a button.
async fn keep(
    app: &App,
    visitor: &Visitor,
    id: i64,
    headers: &HeaderMap,
    input: &Fields,
) -> Result<Response, PageError> {
    let (texts, base) = (input.texts(""), input.revision("revision")?);
    let wants_json = headers.get(header::ACCEPT).is_some_and(|kind| kind.as_bytes() == b"application/json");
    let keep = Keep { organisation: id, texts: texts.clone(), base };
    match self_view::keep_draft(&app.world, &visitor.who, keep).await {
        Ok(at) if wants_json => Ok(Json(json!({"saved": time(at)})).into_response()),
        Ok(_) => {
            let to = format!("/organisations/{id}/self-view/edit?draft=go&done=draft");
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => again(app, visitor, id, view::Shown { texts, base, why: String::new() }, error).await,
    }
}

/// One question is answered: kept in the draft, and on to the next.
async fn next(app: &App, visitor: &Visitor, id: i64, input: &Fields) -> Result<Response, PageError> {
    let writing = self_view::begin(&app.world, &visitor.who, id).await?;
    let (mut texts, base) = match writing.draft {
        Some(draft) => (draft.texts, draft.base),
        None => (writing.texts, input.revision("revision")?),
    };
    let fields = ItemKind::SelfView.fields();
    let at = fields.iter().position(|field| field.key == input.get("step")).ok_or(PageError::NotFound)?;
    texts.set(fields[at].key, input.get(fields[at].key));
    let keep = Keep { organisation: id, texts: texts.clone(), base };
    if let Err(error) = self_view::keep_draft(&app.world, &visitor.who, keep).await {
        return again(app, visitor, id, view::Shown { texts, base, why: String::new() }, error).await;
    }
    let step = fields.get(at + 1).map_or_else(|| "&done=steps".to_owned(), |field| format!("&step={}", field.key));
    Ok(Redirect::to(&format!("/organisations/{id}/self-view/edit?draft=go{step}")).into_response())
}

/// Two changes are brought together as the writer chose.
async fn settle(app: &App, visitor: &Visitor, id: i64, input: &Fields) -> Result<Response, PageError> {
    let (mine, base, seen) = (input.texts("mine-"), input.revision("base")?, input.revision("revision")?);
    let theirs = self_view::version(&app.world, &visitor.who, id, seen).await?;
    let pick = |key: &str| Pick::from_key(input.get(&format!("pick-{key}")));
    let third = |key: &str| input.get(&format!("third-{key}")).to_owned();
    let why = input.get("why").to_owned();
    match item::resolve(ItemKind::SelfView, &theirs, &mine, pick, third) {
        Ok(texts) => save(app, visitor, id, NewText { organisation: id, texts, base: seen, why }).await,
        Err(error) => {
            let errors = form::wrong_at(error, |field| format!("pick-{field}"))?;
            let new = NewText { organisation: id, texts: mine, base, why };
            let Some(both) = self_view::since(&app.world, &visitor.who, &new).await? else {
                return Ok(Redirect::to(&format!("/organisations/{id}/self-view?done=same")).into_response());
            };
            let picks = ItemKind::SelfView.fields().iter().map(|field| (field.key, pick(field.key)));
            let typed = Typed { picks: picks.collect(), third: input.texts("third-"), why: new.why.clone(), base };
            self_view_conflict::page(app, visitor, id, &both, &typed, &errors).await
        }
    }
}

async fn save(app: &App, visitor: &Visitor, id: i64, new: NewText) -> Result<Response, PageError> {
    let shown = view::Shown { texts: new.texts.clone(), base: new.base, why: new.why.clone() };
    match self_view::save(&app.world, &visitor.who, new).await {
        Ok(saved) => answer(app, visitor, id, saved, &shown, "saved").await,
        Err(error) => again(app, visitor, id, shown, error).await,
    }
}

/// What follows on saving: the page as it is now, or both changes beside each other.
pub(super) async fn answer(
    app: &App,
    visitor: &Visitor,
    id: i64,
    saved: Saved,
    shown: &view::Shown,
    done: &str,
) -> Result<Response, PageError> {
    let done = match saved {
        Saved::Done(_) => done,
        Saved::Same => "same",
        Saved::Meanwhile(both) => {
            let typed = Typed::begin(&both, shown);
            return self_view_conflict::page(app, visitor, id, &both, &typed, &Errors::none()).await;
        }
    };
    Ok(Redirect::to(&format!("/organisations/{id}/self-view?done={done}")).into_response())
}

/// The form with what is wrong with it.
async fn again(
    app: &App,
    visitor: &Visitor,
    id: i64,
    shown: view::Shown,
    error: programme::Error,
) -> Result<Response, PageError> {
    let errors = form::wrong(error)?;
    let writing = self_view::begin(&app.world, &visitor.who, id).await?;
    view::page(visitor, &writing, &shown, &Input::default(), &errors)
}
