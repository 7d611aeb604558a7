//! Where have you come from, and where are you now?

use super::diagnosis_words::{Fields, get, on_to};
use super::{
    blocks::{Blocks, hint, points, say},
    plan_words::{Done, way},
    review_words::{SOURCE, letter, path},
    school_record::number,
};
use crate::{App, error::PageError, pictures, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::long_date;
use programme::review::{self, EDIT, READ_NOTES, Reading};
use ui::{Button, Errors, Link, SafeHtml, Table, cells};

/// `GET /organisations/{id}/reviews`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = done
        .is("finished")
        .then(|| done.with_move("Finished. Nothing of it changes any more; who you release it to can read it."));
    page(&app, &visitor, number(&id)?, &Errors::none(), words).await
}

/// `POST /organisations/{id}/reviews`
pub(crate) async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    match review::open(&app.world, &visitor.who, id).await {
        Ok(one) => Ok(on_to(&format!("/organisations/{id}/reviews/{one}"), "opened")),
        Err(error) => {
            let errors = crate::form::wrong_at(error, |_| String::new())?;
            page(&app, &visitor, id, &errors, None).await
        }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    id: i64,
    errors: &Errors,
    done: Option<String>,
) -> Result<Response, PageError> {
    let reading = review::read(&app.world, &visitor.who, id).await?;
    let today = app.world.clock.today();
    let title = title(&reading, today);
    let mut blocks = Blocks::new(&title, &reading.school.name, errors);
    if reading.released {
        blocks = blocks.lead("The school lets you read its reviews, once they are finished.");
    }
    let drawn = path(&reading, today).map(|chart| pictures::figure(chart, SOURCE).id("path"));
    blocks = blocks.block_if(drawn);
    if !reading.reviews.is_empty() {
        blocks = blocks.h2("Reviews, the latest first").block(table(&reading, id));
    }
    if EDIT.directly(&visitor.who, id) {
        let open = reading.reviews.iter().find(|one| one.finished_at.is_none());
        blocks = match open {
            Some(one) => blocks
                .block(Button::new("Go on with the review").link(format!("/organisations/{id}/reviews/{}", one.id))),
            None => blocks.block(super::blocks::form(
                visitor,
                &format!("/organisations/{id}/reviews"),
                [Button::new("Open this term’s review").once().into()],
            )),
        };
        blocks = blocks.block(hint("Four things for each priority: the letter, why, what has changed, what comes next. About five minutes each."));
    }
    if READ_NOTES.directly(&visitor.who, id) {
        blocks = blocks.block(say(Link::new(format!("/organisations/{id}/notes"), "Your adviser’s notes of visits")));
    }
    blocks.show(visitor, way(&reading.school), errors, done)
}

fn title(reading: &Reading, today: kernel::Date) -> String {
    if reading.reviews.iter().any(|one| one.finished_at.is_none()) {
        return "A review is open".to_owned();
    }
    match reading.reviews.first().and_then(|one| one.next_on) {
        None => "No review has been held yet".to_owned(),
        Some(day) if day < today => format!("A review was due on {}", long_date(day)),
        Some(day) => format!("The next review is on {}", long_date(day)),
    }
}

fn table(reading: &Reading, id: i64) -> Table {
    let table = Table::new("Reviews").hidden_caption().head(["Review", "When", "What it says"]).row_heads().wide();
    reading.reviews.iter().fold(table, |table, one| {
        let link = Link::new(format!("/organisations/{id}/reviews/{}", one.id), one.name.as_str());
        let said: Vec<SafeHtml> = reading
            .about(one)
            .into_iter()
            .filter_map(|priority| {
                let line = reading.line(one.id, priority.id)?;
                Some(SafeHtml::join([letter(line.letter).into(), SafeHtml::from(format!(" {}", priority.title))], ""))
            })
            .collect();
        let said = if said.is_empty() { SafeHtml::from("not said yet") } else { points(said) };
        table.row(cells![link, long_date(one.on), said])
    })
}
