//! GOV.UK components as typed structs with templates.
//!
//! A component is a file pair: `button.rs` says what it needs,
//! `templates/button.html` how it is written. Each can stand in a page's
//! template as `{{ component }}` without a filter, and wherever [`SafeHtml`] is
//! taken (a table's cell, a summary's value). Text given to a component is
//! escaped by it; HTML can only be given as [`SafeHtml`], which says who vouches.
//!
//! The markup follows govuk-frontend 6.6 and is compared with its fixtures in
//! `tests/fixtures.rs`.

/// Marks a component as HTML that needs no further escaping, and lets it stand
/// where [`SafeHtml`] is taken.
macro_rules! component {
    ($name:ident) => {
        impl askama::filters::HtmlSafe for $name {}

        impl From<$name> for $crate::SafeHtml {
            fn from(component: $name) -> Self {
                Self::vouched(
                    concat!("ui::", stringify!($name), " escapes what it is given"),
                    component.to_string(),
                )
            }
        }
    };
}

mod field;
mod safe;

pub use safe::SafeHtml;

/// Declares the modules of components and re-exports what they offer.
macro_rules! components {
    ($($module:ident: $($name:ident),+;)+) => {
        $(mod $module; pub use $module::{$($name),+};)+
    };
}

components! {
    back_link: BackLink;
    breadcrumbs: Breadcrumbs;
    button: Button;
    chart: ChartFigure;
    checkboxes: Checkboxes;
    date_input: DateInput, DatePart;
    details: Details;
    error_summary: ErrorSummary, Errors;
    fieldset: Fieldset;
    figures: Figures;
    file_upload: FileUpload;
    findings: Findings;
    heading: Heading, Size;
    hidden: Hidden;
    inset_text: InsetText;
    link: Link;
    notification_banner: NotificationBanner;
    page: Assets, Page, SignedIn;
    pagination: Pagination;
    password: Password;
    progress_panel: ProgressPanel;
    radios: Radios;
    results: ResultItem, Results;
    search: Search;
    select: Select;
    source: SourceLine;
    summary_list: SummaryList;
    table: Table;
    tag: Tag, TagColour;
    task_list: TaskList, TaskStatus;
    text_input: InputMode, TextInput, Width;
    textarea: Textarea;
    timeline: Timeline, TimelineItem;
    warning_text: WarningText;
}

/// Cells of different kinds for one row of a [`Table`]: text, numbers and
/// components side by side, `cells!["2015", Link::new("/x", "Report"), 4]`.
#[macro_export]
macro_rules! cells {
    ($($cell:expr),* $(,)?) => { [$($crate::SafeHtml::from($cell)),*] };
}
