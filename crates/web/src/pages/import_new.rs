//! Import a file.

use super::{
    import_address,
    import_upload::{self, Typed, Upload},
};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{
        State,
        multipart::{Multipart, MultipartRejection},
    },
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::{AcademicYear, words::figures};
use programme::record::{self, ImportOrder, RunState};
use register::readers::LAYOUTS;
use std::time::Duration;
use tempfile::TempPath;
use ui::{
    Breadcrumbs, Button, Checkboxes, DateInput, ErrorSummary, Errors, FileUpload, Heading, Hidden, InputMode, Select,
    Size, TextInput, Width,
};

/// How often, and how long each time, we wait for a small file to be read
/// before its page is shown: most people then see its report at once.
const LOOKS: u32 = 20;
const LOOK_AGAIN: Duration = Duration::from_millis(75);

#[derive(Template)]
#[template(path = "import_new.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    choose_again: bool,
    csrf: Hidden,
    file: FileUpload,
    address: TextInput,
    layout: Select,
    as_of: DateInput,
    year: TextInput,
    options: Checkboxes,
    button: Button,
}

/// `GET /imports/new`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    record::IMPORT.require(&visitor.who)?;
    page(&app, &visitor, &Typed::default(), &Errors::none(), false)
}

/// `POST /imports/new`
pub(crate) async fn start(
    State(app): State<App>,
    visitor: Visitor,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, PageError> {
    record::IMPORT.require(&visitor.who)?;
    let sent = sent.map_err(|_| PageError::Invalid("this is not our form".to_owned()))?;
    let (typed, upload) = import_upload::receive(&app, &visitor, sent).await?;
    let sent_file = upload.is_some();
    let mut errors = Errors::none();
    let mut order = checked(&typed, &mut errors);
    let kept = file(&app, &typed, upload, &mut order, &mut errors).await?;
    let Some(kept) = kept.filter(|_| errors.is_empty()) else {
        return page(&app, &visitor, &typed, &errors, sent_file);
    };
    order.path = kept.to_path_buf();
    let id = record::start(&app.world, &visitor.who, order, kept).await?;
    for _ in 0..LOOKS {
        if record::run(&app.world, id).await?.state != RunState::Running {
            break;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(Redirect::to(&format!("/imports/{id}")).into_response())
}

/// What was typed, as an order; what does not fit goes to `errors`.
fn checked(typed: &Typed, errors: &mut Errors) -> ImportOrder {
    let layout = Some(typed.layout.clone()).filter(|id| !id.is_empty());
    if layout.as_ref().is_some_and(|id| !LAYOUTS.iter().any(|layout| layout.id() == id)) {
        errors.add("layout", "Choose one of the layouts");
    }
    let [day, month, year] = &typed.as_of;
    let as_of = form::date(day, month, year);
    if as_of.is_none() && typed.as_of.iter().any(|part| !part.is_empty()) {
        errors.add("as_of-day", "Enter a day, such as 31 8 2026, or leave all three boxes empty");
    }
    let starts = typed.year.parse::<i16>().ok().filter(|year| (1990..2100).contains(year));
    if starts.is_none() && !typed.year.is_empty() {
        errors.add("year", "Enter the year in which the academic year starts, such as 2015, or leave it empty");
    }
    ImportOrder {
        layout,
        as_of,
        year: starts.map(AcademicYear::starting),
        dry_run: typed.dry_run,
        skip_bad_rows: typed.skip_bad_rows,
        ..ImportOrder::default()
    }
}

/// The file that was sent or stands at the address; its name goes to `order`.
async fn file(
    app: &App,
    typed: &Typed,
    upload: Option<Upload>,
    order: &mut ImportOrder,
    errors: &mut Errors,
) -> Result<Option<TempPath>, PageError> {
    match (upload, typed.address.as_str()) {
        (Some(upload), "") => {
            order.file_name = if upload.name.is_empty() { "a file without a name".to_owned() } else { upload.name };
            return Ok(Some(upload.file));
        }
        (Some(_), _) => errors.add("file", "Choose a file or enter an address, not both"),
        (None, "") => errors.add("file", "Choose a file, or enter the address of one"),
        (None, address) => match import_address::name_of_allowed(address) {
            Err(why) => errors.add("address", why),
            // Nothing is fetched for a form that comes back anyway.
            Ok(_) if !errors.is_empty() => {}
            Ok(name) => match import_address::fetch(app, address).await? {
                Ok(kept) => {
                    order.file_name = name;
                    return Ok(Some(kept));
                }
                Err(why) => errors.add("address", why),
            },
        },
    }
    Ok(None)
}

fn page(
    app: &App,
    visitor: &Visitor,
    typed: &Typed,
    errors: &Errors,
    choose_again: bool,
) -> Result<Response, PageError> {
    let title = "Which file do you want to import?";
    let chosen = [(typed.dry_run, "dry_run"), (typed.skip_bad_rows, "skip_bad_rows")];
    let [day, month, year] = &typed.as_of;
    let megabytes = figures(app.settings.largest_upload / 1_000_000);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        choose_again,
        csrf: Hidden::new("csrf", visitor.form_token()),
        file: FileUpload::new("file", "A file")
            .hint(format!("CSV or Excel (xlsx), at most {megabytes} MB. The command line takes files of any size"))
            .accept(".csv,.xlsx,text/csv")
            .errors(errors),
        address: TextInput::new("address", "Or the address of a file")
            .hint("An address that starts with https:// on a site of the government, such as one on assets.publishing.service.gov.uk")
            .value(&typed.address)
            .no_spelling()
            .errors(errors),
        layout: Select::new("layout", "What kind of file is it?")
            .option("", "Find out from its columns")
            .options(LAYOUTS.iter().map(|layout| (layout.id(), layout.title())))
            .chosen(&typed.layout)
            .errors(errors),
        as_of: DateInput::new("as_of", "On which day did its facts stand? (optional)")
            .hint("If you leave this empty, the date in the file’s name is taken, and where there is none, today. For example, 31 8 2026")
            .value(day, month, year)
            .errors(errors),
        year: TextInput::new("year", "In which year did the academic year of its results start? (optional)")
            .hint("Only for results that do not say so themselves. For example, 2015 for 2015/16")
            .mode(InputMode::Numeric)
            .width(Width::Four)
            .value(&typed.year)
            .errors(errors),
        options: Checkboxes::new("options", "How should it be read?")
            .choice_with_hint("dry_run", "Only tell me what would change", "Nothing is changed")
            .choice_with_hint(
                "skip_bad_rows",
                "Skip rows that cannot be used",
                "The good rows are taken and every other one is listed. Otherwise one bad row keeps the whole file out",
            )
            .chosen(chosen.into_iter().filter_map(|(is, name)| is.then_some(name))),
        button: Button::new("Import").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title)
        .breadcrumbs(Breadcrumbs::home().to("/imports", "Imports"))
        .noindex()
        .with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_said_by_field() {
        let typed = Typed {
            layout: "none-such".to_owned(),
            as_of: ["31".to_owned(), "13".to_owned(), "2026".to_owned()],
            year: "15".to_owned(),
            ..Typed::default()
        };
        let mut errors = Errors::none();
        let order = checked(&typed, &mut errors);
        assert!(order.as_of.is_none() && order.year.is_none());
        for field in ["layout", "as_of-day", "year"] {
            assert!(errors.of(field).is_some(), "{field}");
        }
    }

    #[test]
    fn nothing_but_a_file_has_to_be_said() {
        let mut errors = Errors::none();
        let order = checked(&Typed::default(), &mut errors);
        assert!(errors.is_empty() && order.layout.is_none() && !order.dry_run);
    }
}
