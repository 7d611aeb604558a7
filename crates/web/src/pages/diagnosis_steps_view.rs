//! The steps that somebody may take with a diagnosis, as forms on its page.

use super::diagnosis_words::address;
use crate::{App, error::PageError, visitor::Visitor};
use askama::Template;
use programme::{
    diagnosis::{DIFFER, EDIT, Eyes, Reading, SIGN, Side, State as How},
    release,
    who::Role,
};
use ui::{Button, Details, Errors, Hidden, SafeHtml, Select, Textarea};

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// Why it is talked about once more.
    pub(super) why: String,
    /// What the adviser sees differently, and of what.
    pub(super) words: String,
    pub(super) statement: String,
    pub(super) point: String,
    /// The school that looks at the same time.
    pub(super) school: String,
}

/// The forms.
#[derive(Template)]
#[template(path = "diagnosis_steps.html")]
pub(super) struct Steps {
    state: String,
    sign_to: String,
    differ_to: String,
    csrf: Hidden,
    /// Laying views open, or agreeing.
    onward: Option<(String, Button)>,
    sign: Option<Button>,
    differ: Option<Differ>,
    beside: Option<(Select, Button)>,
    reopen: Option<Details>,
}
impl askama::filters::HtmlSafe for Steps {}

/// What the adviser sees differently.
struct Differ {
    statement: Select,
    words: Textarea,
    point: Select,
    button: Button,
}

/// The steps that this visitor may take now.
pub(super) async fn of(
    app: &App,
    visitor: &Visitor,
    reading: &Reading,
    typed: &Typed,
    errors: &Errors,
) -> Result<Steps, PageError> {
    let diagnosis = &reading.diagnosis;
    let id = reading.school.id;
    let may_edit = EDIT.directly(&visitor.who, id);
    let csrf = || Hidden::new("csrf", visitor.form_token());
    let agreed = diagnosis.state == How::Agreed;
    let as_adviser = reading.eyes == Eyes::Outside && holds(visitor, Role::Adviser);
    let side = if as_adviser { Side::Adviser } else { Side::School };
    let may_sign = as_adviser || SIGN.directly(&visitor.who, id);
    let to_state = address(diagnosis, "/state");
    let mut beside = None;
    if may_edit && !agreed {
        let choices = release::choices(&app.world, &visitor.who, id).await?;
        let partners: Vec<(String, String)> = choices
            .iter()
            .filter(|choice| choice.to.role == Role::Head && choice.to.organisation != id)
            .map(|choice| (choice.to.organisation.to_string(), choice.organisation.clone()))
            .collect();
        if !partners.is_empty() {
            let select = Select::new("school", "Does another school look at itself at the same time?")
                .hint("It reads that you do, and nothing more. Each reads of the other what is released")
                .option("", "Choose one")
                .options(partners)
                .chosen(&typed.school)
                .errors(errors);
            beside = Some((select, Button::new("Name it").secondary().named("do", "beside").once()));
        }
    }
    Ok(Steps {
        onward: if may_edit { onward(reading) } else { None },
        sign: (agreed && may_sign && reading.meeting.signature(side).is_none()).then(|| {
            let words = if as_adviser { "Sign it as adviser" } else { "Sign it for the school" };
            Button::new(words).once()
        }),
        differ: (agreed && as_adviser && DIFFER.somewhere(&visitor.who).is_ok())
            .then(|| differ(reading, typed, errors)),
        beside,
        reopen: (agreed && may_edit).then(|| reopen(&to_state, &csrf(), typed, errors)),
        csrf: csrf(),
        sign_to: address(diagnosis, "/sign"),
        differ_to: address(diagnosis, "/differ"),
        state: to_state,
    })
}

fn holds(visitor: &Visitor, role: Role) -> bool {
    visitor.who.caller().is_some_and(|caller| caller.roles.iter().any(|held| held.role == role))
}

fn onward(reading: &Reading) -> Option<(String, Button)> {
    let button = |words: &str, what: &str| Button::new(words).named("do", what).once();
    match reading.diagnosis.state {
        How::Alone => {
            let words = "When everybody has answered, views are laid open by themselves. You can also do it now: nobody can give or change a view afterwards.";
            Some((words.to_owned(), button("Look together now", "together").secondary()))
        }
        How::Together if reading.meeting.wants(&reading.diagnosis).is_empty() => {
            let words = "You have a strength and what you will do with it, and something written down in each strand.";
            Some((words.to_owned(), button("We agree", "agree")))
        }
        How::Together | How::Agreed => None,
    }
}

fn differ(reading: &Reading, typed: &Typed, errors: &Errors) -> Differ {
    let statement = Select::new("statement", "Of what do you see it differently?")
        .option("", "The whole")
        .options(reading.diagnosis.statements().map(|one| (one.id.clone(), one.text.clone())))
        .chosen(&typed.statement)
        .errors(errors);
    let words = Textarea::new("words", "What do you see differently?")
        .hint("It stays beside what the school says. The school reads it; it cannot change it")
        .value(&typed.words)
        .errors(errors);
    let points = reading.diagnosis.framework.scale.points.iter();
    let point = Select::new("point", "Which word would you choose for this statement? (optional)")
        .option("", "I do not say")
        .options(points.map(|point| (point.value.to_string(), point.word.clone())))
        .chosen(&typed.point)
        .errors(errors);
    Differ { statement, words, point, button: Button::new("Put it beside").secondary().once() }
}

fn reopen(to: &str, csrf: &Hidden, typed: &Typed, errors: &Errors) -> Details {
    let why = Textarea::new("why", "Why do you talk about it once more?")
        .hint("Signatures go, and others see nothing of it until you agree again. What was written stays")
        .rows(2)
        .value(&typed.why)
        .errors(errors);
    let button = Button::new("Talk about it once more").secondary().named("do", "reopen").once();
    let to = SafeHtml::from(to);
    let form = format!("<form action=\"{to}\" method=\"post\" novalidate>{csrf}{why}{button}</form>");
    let details = Details::new("Somebody has changed their mind?", SafeHtml::vouched("components escape", form));
    if errors.of("why").is_some() { details.open() } else { details }
}
