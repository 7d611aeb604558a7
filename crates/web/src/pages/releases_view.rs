//! The view of who can see what.

use super::{
    diagnosis_words::opened,
    imports::capital,
    school_record::{moment, time, way},
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kernel::{
    Date,
    clock::in_england,
    words::{long_date, number},
};
use programme::{
    diagnosis::{self, Diagnosis, State},
    item::ItemKind,
    organisation,
    release::{self, Choice, Look, Release},
};
use std::collections::BTreeSet;
use ui::{
    Button, DateInput, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, SafeHtml, Search, Select, Size,
};

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) kind: String,
    pub(super) to: String,
    pub(super) until: [String; 3],
    /// Part of the name of a school that takes part too.
    pub(super) school: String,
}

#[derive(Template)]
#[template(path = "releases.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    lead: &'static str,
    id: i64,
    csrf: Hidden,
    now: Vec<Row>,
    withdraw_all: Option<Button>,
    /// Where too many schools take part to name them all.
    find: Option<Search>,
    kind: Select,
    to: Select,
    until: DateInput,
    release: Button,
    ended: Vec<Row>,
    looks: Vec<String>,
}

/// A release in the list.
struct Row {
    who: String,
    what: String,
    until: String,
    given: String,
    /// Which release, or to whom to release it again.
    hidden: Vec<Hidden>,
    button: Option<Button>,
}

/// The page.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    id: i64,
    typed: &Typed,
    errors: &Errors,
    banner: Option<NotificationBanner>,
) -> Result<Response, PageError> {
    let today = app.world.clock.today();
    let all = release::list(&app.world, &visitor.who, id).await?;
    let choices = release::choices(&app.world, &visitor.who, id).await?;
    let looks = release::looks(&app.world, &visitor.who, id).await?;
    let own = Diagnoses::of(app, visitor, id).await?;
    let school = organisation::organisation(&app.world, &visitor.who, id).await?;
    let reaches = |release: &&Release| release.holds(today) && release.to().is_some();
    let (now, ended): (Vec<_>, Vec<_>) = all.iter().partition(reaches);
    let title = title(now.len() as u64);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(&title).caption(&school.name).size(Size::Xl),
        lead: "Your head, your deputies and your strand leads see all of it. Everybody else sees what you release, until the day you say or until you withdraw it, which works at once.",
        id,
        csrf: Hidden::new("csrf", visitor.form_token()),
        withdraw_all: (now.len() > 1)
            .then(|| Button::new("Withdraw all of them").secondary().named("release", "all").once()),
        now: now.into_iter().map(|release| current(release, &own)).collect(),
        kind: Select::new("kind", "What?")
            .options(ItemKind::ALL.iter().map(|kind| (kind.key().to_owned(), capital(kind.ours()))))
            .options(own.agreed().map(|one| (one_key(one.id), format!("Only this diagnosis: {}", opened(one)))))
            .chosen(&typed.kind)
            .errors(errors),
        find: find(&choices, typed),
        to: to(&choices, typed, errors),
        until: DateInput::new("until", "Until which day? (optional)")
            .hint("The last day on which they can see it, such as 31 8 2027. Leave it empty to decide later")
            .value(&typed.until[0], &typed.until[1], &typed.until[2])
            .errors(errors),
        release: Button::new("Let them see it").once(),
        ended: ended.into_iter().map(|release| past(release, &choices, &own, today)).collect(),
        looks: looks.iter().map(|one| look(one, &own)).collect(),
    };
    let mut frame = frame::page(visitor, title).breadcrumbs(way(&school)).noindex().with_error(!errors.is_empty());
    if let Some(banner) = banner {
        frame = frame.banner(banner);
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn title(now: u64) -> String {
    match now {
        0 => "Nobody but your leaders can see anything of yours".to_owned(),
        1 => "One release lets others see something of yours".to_owned(),
        many => format!("{} releases let others see something of yours", capital(&number(many))),
    }
}

/// Up to so many choices of other schools are all named at once; of more, those
/// that were looked for.
const NAMED: usize = 60;

fn many(choices: &[Choice]) -> bool {
    choices.iter().filter(|choice| choice.is_partner()).count() > NAMED
}

fn find(choices: &[Choice], typed: &Typed) -> Option<Search> {
    many(choices).then(|| {
        let part = typed.school.trim();
        let found = offered(choices, typed);
        let schools: BTreeSet<i64> = found.filter(|one| one.is_partner()).map(|one| one.to.organisation).collect();
        let hint = match (part, schools.len() as u64) {
            ("", _) => "Many schools take part with you. Those that you look for can then be chosen below".to_owned(),
            (part, 0) => {
                format!("No school that takes part with you has ‘{part}’ in its name. Try a shorter part of it")
            }
            (_, 1) => "One school found. You can choose it below".to_owned(),
            (_, many) => format!("{} schools found. You can choose them below", capital(&number(many))),
        };
        Search::new("school", "Is it another school? Part of its name")
            .hint(hint)
            .value(typed.school.clone())
            .button("Find the school")
    })
}

/// What can be chosen: of many other schools those that were looked for.
fn offered<'a>(choices: &'a [Choice], typed: &Typed) -> impl Iterator<Item = &'a Choice> {
    let (many, part, chosen) = (many(choices), typed.school.trim().to_lowercase(), typed.to.clone());
    choices.iter().filter(move |choice| {
        let found = !part.is_empty() && choice.organisation.to_lowercase().contains(&part);
        !many || !choice.is_partner() || found || choice.to.key() == chosen
    })
}

fn to(choices: &[Choice], typed: &Typed, errors: &Errors) -> Select {
    let options = offered(choices, typed);
    let options = options.map(|choice| (choice.to.key(), format!("{} ({})", choice.words, choice.group)));
    Select::new("to", "Who may see it?")
        .hint("Those of your own school, of your programme, and schools that take part with you")
        .option("", "Choose one")
        .options(options)
        .chosen(&typed.to)
        .errors(errors)
}

/// The school's diagnoses, by which one is named; none where it cannot have any.
struct Diagnoses(Vec<Diagnosis>);

impl Diagnoses {
    async fn of(app: &App, visitor: &Visitor, id: i64) -> Result<Self, PageError> {
        match diagnosis::list(&app.world, &visitor.who, id).await {
            Ok(list) => Ok(Self(list.all.into_iter().map(|one| one.diagnosis).collect())),
            Err(programme::Error::NotFound) => Ok(Self(Vec::new())),
            Err(other) => Err(other.into()),
        }
    }

    /// Those that can be released.
    fn agreed(&self) -> impl Iterator<Item = &Diagnosis> {
        self.0.iter().filter(|one| one.state == State::Agreed)
    }

    /// What was released or looked at, in words.
    fn said(&self, kind: ItemKind, item: Option<i64>) -> String {
        let Some(id) = item else { return kind.ours().to_owned() };
        match self.0.iter().find(|one| one.id == id) {
            Some(one) => format!("one of your diagnoses: {}", opened(one)),
            None => "one of your diagnoses, which is erased".to_owned(),
        }
    }
}

/// One diagnosis, as a form names it.
fn one_key(id: i64) -> String {
    format!("{}-{id}", ItemKind::Diagnosis.key())
}

fn row(release: &Release, own: &Diagnoses) -> Row {
    Row {
        who: capital(&release.to_words()),
        what: capital(&own.said(release.kind, release.item)),
        until: release.until.map_or_else(|| "You withdraw it".to_owned(), long_date),
        given: format!("{}, by {}", moment(release.granted_at), release.granted_by),
        hidden: Vec::new(),
        button: None,
    }
}

fn current(release: &Release, own: &Diagnoses) -> Row {
    let hidden = vec![Hidden::new("release", release.id.to_string())];
    Row { hidden, button: Some(small("Withdraw", release)), ..row(release, own) }
}

/// A button in a row, which says to a screen reader which row.
fn small(words: &str, release: &Release) -> Button {
    let hidden = SafeHtml::from(format!(": {}", release.to_words()));
    let hidden = SafeHtml::vouched("escaped", format!("<span class=\"govuk-visually-hidden\">{hidden}</span>"));
    Button::new(SafeHtml::join([SafeHtml::from(words), hidden], "")).secondary().once()
}

/// One that ended; it can be given again where they can still be chosen.
fn past(release: &Release, choices: &[Choice], own: &Diagnoses, today: Date) -> Row {
    let ended = match (release.withdrawn_at, &release.withdrawn_by, release.until) {
        (Some(at), Some(by), _) => format!("Withdrawn {}, by {by}", moment(at)),
        (_, _, Some(until)) if until < today => format!("Ran out after {}", long_date(until)),
        _ => "Given in another installation; reaches nobody here".to_owned(),
    };
    let again = release.to().filter(|to| choices.iter().any(|choice| choice.to == *to));
    // One that is talked over once more, or erased, cannot be released now.
    let what = match release.item {
        None => Some(release.kind.key().to_owned()),
        Some(id) => own.agreed().find(|one| one.id == id).map(|one| one_key(one.id)),
    };
    let hidden = again.zip(what).map(|(to, what)| vec![Hidden::new("kind", what), Hidden::new("to", to.key())]);
    Row {
        until: ended,
        button: hidden.is_some().then(|| small("Release again", release)),
        hidden: hidden.unwrap_or_default(),
        ..row(release, own)
    }
}

/// ‘On 3 May 2026 at 10:32, Priya Shah, adviser, read your school in your own words’.
fn look(look: &Look, own: &Diagnoses) -> String {
    let day = long_date(in_england(look.at).date());
    format!(
        "On {day} at {}, {}, {}, read {}.",
        time(look.at),
        look.name,
        look.role.words(),
        own.said(look.kind, look.item)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use programme::{release::To, who::Role};

    fn choices(schools: i64) -> Vec<Choice> {
        let choice = |organisation: i64, name: String, group: &str| Choice {
            to: To { role: Role::Head, organisation, person: None },
            organisation: name,
            person: None,
            words: String::new(),
            group: group.to_owned(),
        };
        let partner = |id: i64| choice(id, format!("Invented: School {id}"), release::PARTNERS);
        std::iter::once(choice(0, "Own".to_owned(), "Your own school")).chain((1..=schools).map(partner)).collect()
    }

    #[test]
    fn of_many_schools_those_are_named_that_were_looked_for() {
        let typed = |school: &str, to: &str| Typed { school: school.to_owned(), to: to.to_owned(), ..Typed::default() };
        let names = |choices: &[Choice], typed: &Typed| offered(choices, typed).count();
        assert_eq!(names(&choices(60), &typed("", "")), 61, "so few are all named");
        let all = choices(100);
        assert_eq!(names(&all, &typed("", "")), 1);
        assert_eq!(names(&all, &typed(" school 10", "")), 3, "School 10, School 100, and one's own");
        assert_eq!(names(&all, &typed("", &all[7].to.key())), 2, "what was chosen stays");
        let says = |school: &str| find(&all, &typed(school, "")).map(|search| search.to_string()).unwrap_or_default();
        assert!(says("").contains("Many schools take part with you"));
        assert!(says("school 10").contains("Two schools found"));
        assert!(says("school 7").contains("11 schools found"), "7 and 70 to 79");
        assert!(says("<b>").contains("No school that takes part with you has ‘&#60;b&#62;’"), "{}", says("<b>"));
        assert!(find(&choices(30), &typed("school", "")).is_none());
    }
}
