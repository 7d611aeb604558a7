//! What is the next thing for you to do?

use super::imports::capital;
use crate::{
    App,
    error::PageError,
    frame,
    guides::{self, Guide},
    visitor::Visitor,
};
use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::{Date, words::long_date};
use programme::{
    invitation,
    organisation::Kind,
    start::{self, Next, Section},
    who::{Held, Role},
};
use ui::{Button, Heading, Link, Size};

#[derive(Template)]
#[template(path = "start.html")]
struct View {
    heading: Heading,
    lead: String,
    sections: Vec<Shown>,
    guides: Vec<&'static Guide>,
}

/// One organisation.
struct Shown {
    heading: Heading,
    roles: String,
    say: String,
    go: Option<Button>,
    /// Where everything else of the place stands.
    page: Option<Link>,
}

/// `GET /start`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Result<Response, PageError> {
    let name = visitor.signed_in()?.name.clone();
    if let Some(token) = super::invitation::kept(&app, &headers)
        && invitation::is_open(&app.world, &token).await?
    {
        // The letter led here by way of signing in; the page itself forgets it.
        return Ok(Redirect::to(&format!("/invitations/{token}")).into_response());
    }
    if visitor.session().is_ok_and(|session| session.lacks) {
        return second_factor_first(&visitor, &name);
    }
    let sections = start::sections(&app.world, &visitor.who).await?;
    let today = app.world.clock.today();
    let title = match sections.as_slice() {
        [] => "There is nothing for you here yet".to_owned(),
        [one] => first_words(&one.next, today),
        many => format!("Your next things, in {} places", kernel::words::number(many.len() as u64)),
    };
    let lead = match sections.as_slice() {
        [] => format!("{name}, you have no role in any school or programme now. Whoever invites you gives you one."),
        [one] => words(one, today).0,
        _ => format!("{name}, here is what comes next for you, place by place."),
    };
    let several = sections.len() > 1;
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        lead,
        guides: guides_of(&sections),
        sections: sections.iter().map(|section| shown(section, today, several)).collect(),
    };
    Ok(frame::show(frame::page(&visitor, title).noindex(), &view)?.into_response())
}

/// Whoever holds a role that asks for a second factor sets one up before anything else.
fn second_factor_first(visitor: &Visitor, name: &str) -> Result<Response, PageError> {
    let title = "Set up a second factor first";
    let say = "An app on your phone that shows six digits, or a passkey. About 3 minutes, once.";
    let section = Shown {
        heading: Heading::new("What you need").level(2).size(Size::M),
        roles: String::new(),
        say: say.to_owned(),
        go: Some(Button::new("Set it up").link("/account/second-factor").start()),
        page: None,
    };
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        lead: format!(
            "{name}, what you do here reaches beyond one school. So a password alone is not enough: with it alone you see what anybody sees."
        ),
        sections: vec![section],
        guides: Vec::new(),
    };
    Ok(frame::show(frame::page(visitor, title).noindex(), &view)?.into_response())
}

/// The guides for the roles that somebody holds, once each.
fn guides_of(sections: &[Section]) -> Vec<&'static Guide> {
    let keys: Vec<&str> =
        sections.iter().flat_map(|section| &section.roles).map(|held| guides::of(held.role)).collect();
    guides::all().iter().filter(|guide| keys.contains(&guide.key)).collect()
}

fn shown(section: &Section, today: Date, several: bool) -> Shown {
    let (say, go) = words(section, today);
    let place = section.organisation.name.clone();
    // Where there is one place only, the page's lead has said it.
    let (heading, say) = match several {
        true => (first_words(&section.next, today), say),
        false => (place.clone(), String::new()),
    };
    let roles: Vec<String> = section.roles.iter().map(role_words).collect();
    let roles = capital(&roles.join(", "));
    let page = format!("/organisations/{}", section.organisation.id);
    let leads_elsewhere = go.as_ref().is_none_or(|(href, _)| *href != page);
    let page = (section.organisation.kind == Kind::School && leads_elsewhere)
        .then(|| Link::new(page, "Your school’s page").hidden(format!(": {place}")));
    Shown {
        heading: Heading::new(heading).level(2).size(Size::M),
        roles: if several { format!("{place} · {roles}") } else { roles },
        say,
        go: go.map(|(href, text)| Button::new(text).link(href).start()),
        page,
    }
}

fn role_words(held: &Held) -> String {
    match held.strand {
        Some(strand) => format!("{}, {}", held.role.words(), strand.words()),
        None => held.role.words().to_owned(),
    }
}

/// The finding: what is next, in a few words.
fn first_words(next: &Next, today: Date) -> String {
    match next {
        Next::Import => "The record is empty: import the register first".to_owned(),
        Next::MakeProgramme => "Make the first programme".to_owned(),
        Next::FailedJobs(1) => "A job failed: see why".to_owned(),
        Next::FailedJobs(many) => format!("{many} jobs failed: see why"),
        Next::MakeCohort(_) => "Say which schools join together".to_owned(),
        Next::InviteSchools(_) => "Invite the first schools".to_owned(),
        Next::Waits(_, 1) => "One thing waits for you".to_owned(),
        Next::Waits(_, many) => format!("{} things wait for you", capital(&kernel::words::number(*many as u64))),
        Next::OthersWait(..) | Next::AllPlanned | Next::Nothing => "Nothing waits for you".to_owned(),
        Next::NoSchools => "No school is yours yet".to_owned(),
        Next::Contact(_, name, day) if *day < today => format!("You meant to see {name} on {}", long_date(*day)),
        Next::Contact(_, name, day) if *day == today => format!("You see {name} today"),
        Next::Contact(_, name, day) => format!("You see {name} next, on {}", long_date(*day)),
        Next::Quiet(_, name, _) => format!("{name} has gone quiet"),
        Next::InvitePeople => "Invite the people you work with".to_owned(),
        Next::Vacant(strand) => format!("Nobody leads {}", strand.words()),
        Next::NoHead => "Nobody is headteacher here now".to_owned(),
        Next::GiveViews(_, _, minutes, _) => {
            format!("Say how you see our school, about {} minutes", kernel::words::number(*minutes))
        }
        Next::Owes(_, 0, week) => format!("{} due this week", actions(*week)),
        Next::Owes(_, overdue, _) => format!("{} overdue", actions(*overdue)),
        Next::WriteSelfView => "Say in your own words how your school is".to_owned(),
        Next::ReadFirst(..) => "Something for you to read before anyone else".to_owned(),
        Next::Paused(day) => format!("Your school takes a break since {}", long_date(*day)),
        Next::Read(_, name, ..) => format!("{name} lets you read something"),
        Next::Governors(_, name) => format!("How {name} stands, on one page"),
        Next::Sums => "See how the programme stands".to_owned(),
        Next::Cohort(_, name) => format!("Read the path of {name}"),
    }
}

/// Why, and where one goes.
fn words(section: &Section, today: Date) -> (String, Option<(String, &'static str)>) {
    let id = section.organisation.id;
    let (say, to, text) = match &section.next {
        Next::Import => (
            "Schools and inspections come from files that the government publishes. About 10 minutes.".to_owned(),
            "/imports".to_owned(),
            "See what to import",
        ),
        Next::MakeProgramme => (
            "A programme is what schools join. Its lead invites them. About 5 minutes.".to_owned(),
            "/programmes/new".to_owned(),
            "Make a programme",
        ),
        Next::FailedJobs(_) => (
            "What was tried often enough and did not work waits for somebody to decide.".to_owned(),
            "/admin/jobs".to_owned(),
            "Look at the jobs",
        ),
        Next::MakeCohort(slug) => (
            "A cohort is the schools that join on one day. What counts as good is chosen now. About 5 minutes.".to_owned(),
            format!("/cohorts/new?programme={slug}"),
            "Make a cohort",
        ),
        Next::InviteSchools(slug) => (
            "Pick them by the need rule or by hand; each head gets a letter and decides. About 2 minutes a school.".to_owned(),
            format!("/programmes/{slug}/invite"),
            "Invite schools",
        ),
        Next::Waits(slug, _) => (
            "An invitation ran out, a school has no adviser or no head: what waits for whom stands on one page.".to_owned(),
            format!("/programmes/{slug}"),
            "See what waits",
        ),
        Next::OthersWait(slug, others) => (
            match others {
                0 => "Nothing waits for anybody else either.".to_owned(),
                1 => "One thing waits for somebody else.".to_owned(),
                many => format!("{} things wait for others.", capital(&kernel::words::number(*many as u64))),
            },
            format!("/programmes/{slug}"),
            "See the programme",
        ),
        Next::NoSchools => return ("The programme’s lead says which schools you accompany.".to_owned(), None),
        Next::Contact(_, name, day) => (
            match *day < today {
                true => format!("Note that you saw {name}, or agree another day."),
                false => "Read first what you must know of the school.".to_owned(),
            },
            "/adviser".to_owned(),
            "See your schools",
        ),
        Next::Quiet(_, _, last) => (
            match last {
                Some(day) => format!("You were last in touch on {}, and no day is agreed.", long_date(*day)),
                None => "You have not been in touch yet, and no day is agreed.".to_owned(),
            },
            "/adviser".to_owned(),
            "See your schools",
        ),
        Next::AllPlanned => (
            "Each of your schools has a day, and none is within two weeks.".to_owned(),
            "/adviser".to_owned(),
            "See your schools",
        ),
        Next::InvitePeople => (
            "Deputies, strand leads, teachers: they do their part themselves. About a minute each.".to_owned(),
            format!("/organisations/{id}/invite"),
            "Invite somebody",
        ),
        Next::Vacant(_) | Next::NoHead => (
            "Somebody may do several things, in a small school several strands.".to_owned(),
            format!("/organisations/{id}/people"),
            "See who does what",
        ),
        Next::GiveViews(school, diagnosis, _, due) => (
            format!(
                "Alone first, by {}; then all look together. You can stop after each page and go on later.",
                long_date(*due)
            ),
            format!("/organisations/{school}/diagnoses/{diagnosis}/mine"),
            "Give your view",
        ),
        Next::Owes(school, overdue, week) => (
            match (*overdue, *week) {
                (0, _) => "Say when it is done, or what it waits for. A minute each.".to_owned(),
                (_, 0) => "Say that it is done, or what it waits for. A minute each.".to_owned(),
                (_, week) => format!("{} due this week as well. Say what is done, or what it waits for.", actions(week)),
            },
            format!("/organisations/{school}/plan"),
            "See what is yours",
        ),
        Next::WriteSelfView => (
            "Four short texts; what you do well comes first. Nobody outside your school reads them until you let them. About 20 minutes, and you can stop in between.".to_owned(),
            format!("/organisations/{id}/self-view/edit"),
            "Write it",
        ),
        Next::ReadFirst(school, concern, until) => (
            match *until < today {
                true => "Somebody wrote to you about how the programme goes. Your answer stands beside it. About 5 minutes.".to_owned(),
                false => format!(
                    "Somebody wrote to you about how the programme goes. Until {} nobody else reads it; your answer stands beside it. About 5 minutes.",
                    long_date(*until)
                ),
            },
            format!("/organisations/{school}/concerns/{concern}"),
            "Read it and answer",
        ),
        Next::Paused(_) => (
            "Nothing is asked of you until your school goes on.".to_owned(),
            format!("/organisations/{id}/leave"),
            "Go on, or leave",
        ),
        Next::Read(school, _, path, words) => (
            format!("You may read {words}."),
            format!("/organisations/{school}/{path}"),
            "Read it",
        ),
        Next::Governors(school, _) => (
            "What it does well, what it works on, how far it is, and what you may ask. Three minutes.".to_owned(),
            format!("/organisations/{school}/papers/governors"),
            "Read the page",
        ),
        Next::Sums => (
            "You see sums, where there are enough schools that none can be told from them.".to_owned(),
            "/funder".to_owned(),
            "See the sums",
        ),
        Next::Cohort(slug, _) => (
            "The path comes with that of the schools like them, and with what its size can show.".to_owned(),
            format!("/cohorts/{slug}"),
            "Read it",
        ),
        Next::Nothing => return nothing(section),
    };
    (say, Some((to, text)))
}

/// ‘One action of yours is’, ‘Three actions of yours are’.
fn actions(many: usize) -> String {
    let words = capital(&kernel::words::number(many as u64));
    if many == 1 { format!("{words} action of yours is") } else { format!("{words} actions of yours are") }
}

/// Nothing to do; where one may look.
fn nothing(section: &Section) -> (String, Option<(String, &'static str)>) {
    let say = "When something does, it stands here.".to_owned();
    let id = section.organisation.id;
    let to = match section.organisation.kind {
        Kind::School => Some((format!("/organisations/{id}"), "See your school’s page")),
        Kind::Group | Kind::Supporter => Some((format!("/organisations/{id}"), "See its page")),
        Kind::Installation if section.roles.iter().any(|held| held.role == Role::Administrator) => {
            Some(("/organisations".to_owned(), "See who is here"))
        }
        _ => None,
    };
    (say, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use programme::{organisation::Organisation, who::Strand};

    fn section(next: Next) -> Section {
        let organisation = Organisation {
            id: 7,
            kind: Kind::School,
            name: "Invented: Ashdale Primary".to_owned(),
            urn: None,
            group: None,
        };
        let held = Held { role: Role::Head, organisation: 7, strand: None };
        Section { organisation, roles: vec![held], next }
    }

    #[test]
    fn a_day_that_has_passed_is_said_to_have_passed() {
        let today = date(2026, 11, 24);
        let to = |day| Next::Contact(7, "Ashdale".to_owned(), day);
        assert_eq!(first_words(&to(date(2026, 11, 25)), today), "You see Ashdale next, on 25 November 2026");
        assert_eq!(first_words(&to(today), today), "You see Ashdale today");
        assert_eq!(first_words(&to(date(2026, 11, 1)), today), "You meant to see Ashdale on 1 November 2026");
    }

    #[test]
    fn what_is_next_leads_somewhere() {
        let today = date(2026, 11, 24);
        let (_, to) = words(&section(Next::Vacant(Strand::Support)), today);
        assert_eq!(to.unwrap().0, "/organisations/7/people");
        let one = shown(&section(Next::Nothing), today, false);
        assert!(one.say.is_empty() && one.go.is_some(), "a place always has a way on");
    }
}
