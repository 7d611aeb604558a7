//! The view of a school as its programme's lead sees it.

use super::{imports::capital, programme_words as words};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kernel::words::long_date;
use programme::{
    adviser::{self, Assignment},
    cohort::Status,
    concern, contact,
    invitation::State as Stands,
    overview::{self, Invited, Line},
    role::{self, Member},
    who::Role,
};
use ui::{
    Breadcrumbs, Button, DateInput, ErrorSummary, Errors, Heading, Hidden, Link, NotificationBanner, Radios, Select,
    Size, SummaryList, Textarea,
};

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) person: String,
    pub(super) from: [String; 3],
    pub(super) tie: String,
    pub(super) conflict: String,
    pub(super) ended: Option<i64>,
    pub(super) until: [String; 3],
    pub(super) why: String,
    pub(super) status: String,
    pub(super) since: [String; 3],
    pub(super) reason: String,
}

#[derive(Template)]
#[template(path = "programme_school.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    slug: String,
    school: i64,
    csrf: Hidden,
    facts: SummaryList,
    before: Vec<String>,
    /// Its open or expired invitation, which can be sent again or taken back.
    invitation: Option<(i64, Button, Button)>,
    contact: Option<Button>,
    concerns: bool,
    ends: Vec<End>,
    assign: Option<Assign>,
    no_adviser: bool,
    status: Option<SetStatus>,
}

/// Ending that somebody accompanies the school.
struct End {
    id: i64,
    heading: Heading,
    until: DateInput,
    why: Textarea,
    button: Button,
}

/// Saying who accompanies it.
struct Assign {
    person: Select,
    from: DateInput,
    tie: Radios,
    conflict: Textarea,
    button: Button,
}

/// Saying how it takes part.
struct SetStatus {
    status: Select,
    since: DateInput,
    reason: Textarea,
    button: Button,
}

pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    slug: &str,
    school: i64,
    typed: &Typed,
    errors: &Errors,
    banner: Option<NotificationBanner>,
) -> Result<Response, PageError> {
    let (programme, line) = overview::line(&app.world, &visitor.who, slug, school).await?;
    let advisers = role::people(&app.world, &visitor.who, programme.id).await?;
    // Once it has left, the programme no longer reads on in it.
    let accompanied = match line.goes_on {
        true => adviser::of_school(&app.world, &visitor.who, school).await?,
        false => Vec::new(),
    };
    let before = accompanied.iter().filter(|one| one.until.is_some()).map(ended).collect();
    let title = title(&line);
    let assign = (line.goes_on).then(|| assign(&advisers, typed, errors)).flatten();
    let has_left = matches!(line.status, Some((Status::Left, _)));
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).caption(programme.name.clone()).size(Size::Xl),
        slug: programme.slug.clone(),
        school,
        csrf: Hidden::new("csrf", visitor.form_token()),
        facts: facts(&line),
        before,
        invitation: line.invitation.as_ref().and_then(answerable),
        concerns: line.goes_on && concern::RAISE.somewhere(&visitor.who).is_ok(),
        contact: (line.goes_on && contact::RECORD.directly(&visitor.who, programme.id))
            .then(|| Button::new("Note that you were in touch").link(format!("/organisations/{school}/contact"))),
        ends: line.advisers.iter().filter(|one| one.until.is_none()).map(|one| end(one, typed, errors)).collect(),
        no_adviser: line.goes_on && assign.is_none(),
        assign,
        status: (line.participation.is_some() && !has_left).then(|| set_status(typed, errors)),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home()
        .to("/programmes", "Programmes")
        .to(format!("/programmes/{}", programme.slug), programme.name.clone());
    let mut frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if let Some(banner) = banner {
        frame = frame.banner(banner);
    }
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn title(line: &Line) -> String {
    match line.status {
        Some((status, since)) => format!("{} {} since {}", line.name, words::status_words(status), long_date(since)),
        None => match &line.invitation {
            Some(invited) if invited.state == Stands::Open => format!("{} was asked and has not answered", line.name),
            Some(invited) if invited.state == Stands::Declined => format!("{} declined", line.name),
            _ => format!("{} is not in the programme", line.name),
        },
    }
}

fn facts(line: &Line) -> SummaryList {
    let record = line.urn.map(|urn| Link::new(format!("/schools/{urn}"), format!("What inspectors say of {urn}")));
    let advisers: Vec<String> = line.advisers.iter().map(accompanies).collect();
    let list = SummaryList::new()
        .row_if("Cluster", line.cluster.clone())
        .row("Takes part", words::standing(line))
        .row_if("Invitation", line.invitation.as_ref().map(invited));
    let list = match line.goes_on {
        true => list
            .row("Adviser", if advisers.is_empty() { "Nobody".to_owned() } else { advisers.join("; ") })
            .row(
                "Last contact",
                line.last.as_ref().map_or_else(
                    || "None yet".to_owned(),
                    |contact| format!("{}, {}", contact.kind.words(), long_date(contact.on)),
                ),
            )
            .row("Next contact", line.next().map_or_else(|| "No day agreed".to_owned(), long_date))
            .row(
                "Vacant",
                match line.vacancies.as_slice() {
                    [] => "Nothing".to_owned(),
                    some => some.iter().map(words::vacancy).collect::<Vec<_>>().join(". "),
                },
            ),
        false => list,
    };
    list.row_if("Public record", record)
}

fn invited(invited: &Invited) -> String {
    let to = invited
        .to
        .as_ref()
        .map_or_else(|| "through the head it has here".to_owned(), |(name, email)| format!("{name}, {email}"));
    let until = match invited.state {
        Stands::Open => format!(" Works until {}.", long_date(invited.until)),
        _ => String::new(),
    };
    format!("{}: {to}.{until}", words::invitation(invited))
}

fn accompanies(one: &Assignment) -> String {
    let tie = one.conflict.as_ref().map_or_else(String::new, |tie| format!(" (tie declared: {tie})"));
    format!("{} since {}{tie}", one.name, long_date(one.since))
}

fn ended(one: &Assignment) -> String {
    let until = one.until.map_or_else(String::new, |until| format!(" until {}", long_date(until)));
    let why = one.why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
    format!("{} accompanied it from {}{until}{why}", one.name, long_date(one.since))
}

fn answerable(invited: &Invited) -> Option<(i64, Button, Button)> {
    matches!(invited.state, Stands::Open | Stands::Expired).then(|| {
        (invited.id, Button::new("Send the letter again").once(), Button::new("Take it back").secondary().once())
    })
}

fn end(one: &Assignment, typed: &Typed, errors: &Errors) -> End {
    let mine = typed.ended == Some(one.id);
    let none = Errors::none();
    let errors = if mine { errors } else { &none };
    let [day, month, year] = if mine { typed.until.clone() } else { Default::default() };
    // An id stands once on a page; the form that came back has the plain ones.
    let suffix = if mine { String::new() } else { format!("-{}", one.id) };
    End {
        id: one.id,
        heading: Heading::new(format!("{} no longer accompanies it", one.name)).level(3).size(Size::S),
        until: DateInput::new("until", "From which day?")
            .id(format!("until{suffix}"))
            .value(day, month, year)
            .errors(errors),
        why: Textarea::new("why", "Why? (optional)")
            .id(format!("why{suffix}"))
            .rows(2)
            .value(if mine { typed.why.as_str() } else { "" })
            .errors(errors),
        button: Button::new(format!("End it for {}", one.name)).secondary().once(),
    }
}

fn assign(people: &[Member], typed: &Typed, errors: &Errors) -> Option<Assign> {
    let advisers: Vec<&Member> = people
        .iter()
        .filter(|one| one.roles.iter().any(|held| held.role == Role::Adviser && held.until.is_none()))
        .collect();
    if advisers.is_empty() {
        return None;
    }
    let [day, month, year] = &typed.from;
    Some(Assign {
        person: Select::new("person", "Who accompanies the school?")
            .option("", "Choose an adviser")
            .options(advisers.iter().map(|one| (one.person.to_string(), one.name.clone())))
            .chosen(&typed.person)
            .errors(errors),
        from: DateInput::new("from", "From which day?").value(day, month, year).errors(errors),
        tie: Radios::new("tie", "Do they or their employer have a tie with this school?")
            .hint("For example: they worked there, a relative does, their employer sells it something. Ask them")
            .choice("no", "No")
            .choice("yes", "Yes")
            .chosen(&typed.tie)
            .errors(errors),
        conflict: Textarea::new("conflict", "If yes: what tie?")
            .hint("The school reads this, too")
            .rows(2)
            .value(&typed.conflict)
            .errors(errors),
        button: Button::new("Assign the adviser").once(),
    })
}

fn set_status(typed: &Typed, errors: &Errors) -> SetStatus {
    let [day, month, year] = &typed.since;
    let say = |status: &Status| (status.key(), capital(words::status_words(*status)));
    SetStatus {
        status: Select::new("status", "How does it take part?")
            .hint("Its head can pause and leave as well")
            .option("", "Choose one")
            .options(Status::ALL.iter().map(say))
            .chosen(&typed.status)
            .errors(errors),
        since: DateInput::new("since", "Since which day?").value(day, month, year).errors(errors),
        reason: Textarea::new("reason", "Why?").rows(2).value(&typed.reason).errors(errors),
        button: Button::new("Record how it takes part").once(),
    }
}
