//! How did your school's own words come about, and what was different before?

use super::{
    imports::capital,
    school_record::{marked, moment, number, way},
    self_view_edit::answer,
    self_view_edit_view::Shown,
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{Html, Response},
};
use kernel::words::number as words;
use programme::{
    audit::role_words,
    item::{ItemKind, Revision, Texts, compare},
    self_view::{self, History},
};
use serde::Deserialize;
use ui::{Button, Heading, Hidden, Link, SafeHtml, Select, Size, Table, cells};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// The older version.
    from: Option<String>,
    /// The newer one.
    to: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RestoreInput {
    csrf: String,
    version: String,
    revision: String,
}

#[derive(Template)]
#[template(path = "self_view_history.html")]
struct View {
    heading: Heading,
    lead: String,
    id: i64,
    choose: Option<[Select; 2]>,
    compare: Button,
    compared: Option<Compared>,
    table: Option<Table>,
}

struct Compared {
    heading: Heading,
    fields: Vec<(String, SafeHtml)>,
    /// To bring the older one back.
    restore: Option<(Vec<Hidden>, Button)>,
}

/// `GET /organisations/{id}/self-view/history`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let id = number(&id)?;
    let history = self_view::history(&app.world, &visitor.who, id).await?;
    let all = &history.revisions;
    let asked = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i64>().ok());
    let newest = history.revision;
    let to = asked(&input.to).unwrap_or(newest);
    let from = asked(&input.from).unwrap_or(to - 1);
    let title = title(all);
    let view = View {
        heading: Heading::new(&title).caption(&history.school.name).size(Size::Xl),
        lead: lead(all),
        id,
        choose: (all.len() > 1)
            .then(|| [select("from", "Compare version", all, from), select("to", "with version", all, to)]),
        compare: Button::new("Compare").secondary(),
        compared: compared(&visitor, &history, from, to),
        table: (!all.is_empty()).then(|| table(id, all)),
    };
    frame::show(frame::page(&visitor, title).breadcrumbs(way(&history.school)).noindex(), &view)
}

/// `POST /organisations/{id}/self-view/restore`
pub(crate) async fn restore(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<RestoreInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let (id, version, base) = (number(&id)?, number(&input.version)?, number(&input.revision)?);
    let saved = self_view::restore(&app.world, &visitor.who, id, version, base).await?;
    let shown = Shown { texts: Texts::empty(ItemKind::SelfView), base, why: format!("version {version} again") };
    answer(&app, &visitor, id, saved, &shown, "restored").await
}

fn title(all: &[Revision]) -> String {
    match (all.len() as u64, all.last()) {
        (0, _) | (_, None) => "Nothing is written yet, so there is nothing to look back on".to_owned(),
        (1, Some(only)) => format!("One version so far, by {}", only.by),
        (many, Some(last)) => format!("{} versions, the latest by {}", capital(&words(many)), last.by),
    }
}

fn lead(all: &[Revision]) -> String {
    if all.is_empty() {
        return "Every version that you save is kept here, with who saved it, when and why.".to_owned();
    }
    "Nothing that was saved is gone: compare any two versions, and bring an earlier one back if you wish.".to_owned()
}

fn select(name: &str, label: &str, all: &[Revision], chosen: i64) -> Select {
    let options = all.iter().map(|one| (one.number.to_string(), format!("{}, {}", one.number, moment(one.at))));
    Select::new(name, label).options(options).chosen(chosen.to_string())
}

fn compared(visitor: &Visitor, history: &History, from: i64, to: i64) -> Option<Compared> {
    let empty = Texts::empty(ItemKind::SelfView);
    let of = |number: i64| history.revisions.iter().find(|one| one.number == number).and_then(|one| one.texts.as_ref());
    let newer = of(to)?;
    let older = if from == 0 { &empty } else { of(from)? };
    let heading = match from {
        0 => format!("What version {to} says"),
        from => format!("From version {from} to version {to}"),
    };
    let fields = compare(older, newer).into_iter().filter(|one| !one.pieces.is_empty());
    let fields = fields.map(|one| {
        let same = if one.same() { " – unchanged" } else { "" };
        (format!("{}{same}", capital(one.field.name)), marked(&one.pieces))
    });
    let restore = (from > 0 && from != history.revision && self_view::WRITE.directly(&visitor.who, history.school.id))
        .then(|| {
            let hidden = vec![
                Hidden::new("csrf", visitor.form_token()),
                Hidden::new("version", from.to_string()),
                Hidden::new("revision", history.revision.to_string()),
            ];
            (hidden, Button::new(format!("Bring version {from} back")).secondary().once())
        });
    Some(Compared { heading: Heading::new(heading).level(2).size(Size::L), fields: fields.collect(), restore })
}

fn table(id: i64, all: &[Revision]) -> Table {
    let mut table = Table::new("All versions, the latest first")
        .caption_size(Size::M)
        .head(["Version", "When", "Who", "What changed", "Why"])
        .wide();
    for one in all.iter().rev() {
        let words = match (&one.texts, one.what.as_str()) {
            (_, "erase") => "Erased, with all versions before it".to_owned(),
            (None, _) => "Erased since".to_owned(),
            (Some(_), _) => capital(&one.changed.join("; ")),
        };
        let address = format!("/organisations/{id}/self-view/history?from={}&to={}", one.number - 1, one.number);
        let number = match &one.texts {
            Some(_) if one.what != "erase" => Link::new(address, format!("Version {}", one.number)).into(),
            _ => SafeHtml::from(format!("Version {}", one.number)),
        };
        table = table.row(cells![
            number,
            moment(one.at),
            format!("{}, {}", one.by, role_words(&one.role)),
            words,
            one.why.clone().unwrap_or_default(),
        ]);
    }
    table
}
