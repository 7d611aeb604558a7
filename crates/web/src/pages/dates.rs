//! Which days are school days here?

use super::{
    blocks::{Blocks, form, hint, points},
    diagnosis_words::{Fields, get, on_to},
    plan_words::{Done, way_to_plan},
    school_record::number,
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::long_date;
use programme::plan::{self, EDIT, OwnDay};
use ui::{Button, DateInput, Errors, Radios, Table, TextInput, cells};

/// `GET /organisations/{id}/dates`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = done
        .is("set")
        .then_some("Set. What is due on a day that is closed now stays as it was; change it where you need to.");
    page(&app, &visitor, number(&id)?, &Fields::new(), &Errors::none(), words).await
}

/// `POST /organisations/{id}/dates`
pub(crate) async fn set(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    let day = typed::date(get(&fields, "day-day"), get(&fields, "day-month"), get(&fields, "day-year"));
    let how = OwnDay::from_key(get(&fields, "how"));
    match plan::set_day(&app.world, &visitor.who, id, day, how, get(&fields, "why")).await {
        Ok(()) => Ok(on_to(&format!("/organisations/{id}/dates"), "set")),
        Err(error) => {
            let errors =
                typed::wrong_at(error, |field| if field == "day" { "day-day".to_owned() } else { field.to_owned() })?;
            page(&app, &visitor, id, &fields, &errors, None).await
        }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    id: i64,
    fields: &Fields,
    errors: &Errors,
    done: Option<&str>,
) -> Result<Response, PageError> {
    let dates = plan::dates(&app.world, &visitor.who, id).await?;
    let today = app.world.clock.today();
    let table = Table::new("Terms to come").head(["Term", "From", "To", "Half-term"]).row_heads().wide();
    let terms = dates.calendar.all_terms().iter().filter(|term| term.last >= today).take(6);
    let table = terms.fold(table, |table, term| {
        let half = term.half_term.map(|days| format!("{} to {}", long_date(days.first), long_date(days.last)));
        table.row(cells![term.name(), long_date(term.first), long_date(term.last), half.unwrap_or_default()])
    });
    let own = dates.own.inset.iter().map(|(day, why)| format!("{}: inset day, {why}", long_date(*day)));
    let closed = dates.own.closed.iter().map(|(days, why)| format!("{}: closed, {why}", long_date(days.first)));
    let open = dates.own.open.iter().map(|day| format!("{}: open", long_date(*day)));
    let own: Vec<String> = own.chain(closed).chain(open).collect();
    let mut blocks = Blocks::new("Which days are school days here", &dates.school.name, errors)
        .lead("What is due falls on a school day. Say where yours differ from the calendar.")
        .block(table)
        .block(hint(format!("Calendar: {}. {}", dates.calendar.name, dates.calendar.source)))
        .h2("Your own days");
    blocks = if own.is_empty() { blocks.say("None yet.") } else { blocks.block(points(own)) };
    if EDIT.directly(&visitor.who, id) {
        let how = Radios::new("how", "How do you keep it?").chosen(get(fields, "how")).errors(errors);
        let parts = [
            DateInput::new("day", "Which day?")
                .value(get(fields, "day-day"), get(fields, "day-month"), get(fields, "day-year"))
                .errors(errors)
                .into(),
            how.choice("inset", "Inset day: staff are in, children are not")
                .choice("closed", "Closed")
                .choice("open", "Open, although the calendar says otherwise")
                .choice("usual", "As the calendar says")
                .into(),
            TextInput::new("why", "What is it for?").value(get(fields, "why")).errors(errors).into(),
            Button::new("Set it").once().into(),
        ];
        blocks = blocks.h2("Set a day").block(form(visitor, &format!("/organisations/{id}/dates"), parts));
    }
    blocks.show(visitor, way_to_plan(&dates.school), errors, done)
}
