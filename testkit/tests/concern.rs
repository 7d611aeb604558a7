//! A school falls out of touch, and reads first what is said about it, told as
//! those who do it.

use crate::looking::School;
use axum::http::StatusCode;
use jiff::SignedDuration;
use outside::mail::SendMail as _;
use programme::{Who, cohort, retention, who::Role};
use testkit::{Answer, House, Person, on_both};

on_both! {
    the_school_reads_first
    one_step_follows_the_other_and_not_too_early
    a_concern_is_closed_and_what_nobody_else_read_stays_between_two
    nobody_else_is_told_anything
    a_school_that_leaves_closes_it
    a_programme_has_its_own_list
    what_was_closed_long_ago_is_erased
}

fn below(school: &School, path: &str) -> String {
    format!("/organisations/{}/concerns{path}", school.id)
}

const CONCERN: [(&str, &str); 5] = [
    ("noticed", "Nobody came to the Network Days of 1 and 15 October"),
    ("remedy", "Come on 3 December, or say what would help"),
    ("by_when-day", "18"),
    ("by_when-month", "12"),
    ("by_when-year", "2026"),
];

const SHOW: [(&str, &str); 1] = [("do", "show")];

fn done(answer: &Answer, what: &str) {
    let to = answer.header("location");
    assert!(to.ends_with(&format!("done={what}")), "{what}: {} {to} {}", answer.status, answer.body);
}

fn refused(answer: &Answer, words: &str) {
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains(words), "{}", answer.body);
}

/// Somebody raises a concern, as a draft; its page.
async fn raises(house: &House, school: &School, who: &Person) -> String {
    let answer = house.send(&below(school, "/new"), who, &CONCERN).await;
    done(&answer, "drafted");
    answer.header("location").split('?').next().unwrap_or_default().to_owned()
}

/// The step whose answer the page of the school's leaders asks for.
async fn step(house: &House, page: &str, leader: &Person) -> String {
    let body = house.see(page, leader).await.body;
    let (_, after) = body.rsplit_once("name=\"step\"").unwrap_or_else(|| panic!("{body}"));
    let (_, after) = after.split_once("value=\"").expect("its number");
    after.split('"').next().unwrap_or_default().to_owned()
}

async fn answers(house: &House, page: &str, leader: &Person, words: &str) {
    let step = step(house, page, leader).await;
    let form = [("step", step.as_str()), ("answer", words)];
    done(&house.send(&format!("{page}/answer"), leader, &form).await, "answered");
}

/// After some days, with everybody signed in anew.
async fn later(house: &House, school: &mut School, lead: &mut Person, days: i64) {
    house.wait(SignedDuration::from_hours(24 * days));
    for person in [&mut school.adviser, &mut school.head, lead] {
        *person = house.session(person.id, &person.name).await;
    }
}

async fn lead(house: &House, school: &School) -> Person {
    house.person("Lena Fox", Role::ProgrammeLead, school.programme).await
}

fn letters(house: &House) -> Vec<outside::mail::Outgoing> {
    house.mail.kept()
}

async fn the_school_reads_first(house: House) {
    let mut school = School::new(&house).await;
    let mut lead = lead(&house, &school).await;
    let page = raises(&house, &school, &school.adviser).await;
    // A draft is its writer's: nobody else finds it, in no list and in no history.
    for other in [&school.head, &school.deputy, &lead] {
        assert_eq!(house.see(&page, other).await.status, StatusCode::NOT_FOUND, "{}", other.name);
        assert!(!house.see(&below(&school, ""), other).await.body.contains("Raised on"));
    }
    let history = format!("/organisations/{}/history", school.id);
    assert!(!house.see(&history, &school.head).await.body.contains("concern"));
    assert!(house.see(&page, &school.adviser).await.body.contains("Your draft"));
    done(&house.send(&page, &school.adviser, &SHOW).await, "shown");
    // The letter says that there is something, and not what.
    house.work().await;
    let sent: Vec<_> = letters(&house);
    let to: Vec<&str> = sent.iter().map(|one| one.to.as_str()).collect();
    assert!(to.contains(&"asha.patel@example.org") && to.contains(&"ben.okoro@example.org") && to.len() == 2, "{to:?}");
    assert!(sent[0].text.contains(&page) && !sent[0].text.contains("Network"), "{}", sent[0].text);
    // It is the head's next thing, with the day until which nobody else reads it.
    let start = house.see("/start", &school.head).await.body;
    assert!(start.contains("before anyone else") && start.contains(&page), "{start}");
    let read = house.see(&page, &school.head).await.body;
    assert!(read.contains("until 1 December 2026") && read.contains("Nobody came to the Network Days"), "{read}");
    assert!(read.contains("A small plan") && read.contains("not before 8 December 2026"), "{read}");
    assert!(house.see(&history, &school.head).await.body.contains("showed you a concern"));
    // The programme's lead neither reads it nor learns that there is one.
    assert_eq!(house.see(&page, &lead).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.send(&page, &lead, &[("do", "close"), ("why", "So be it")]).await.status, StatusCode::NOT_FOUND);
    assert!(house.see("/concerns", &lead).await.body.contains("No concern is open"));
    // The writer sees who has read it.
    let mine = house.see(&page, &school.adviser).await.body;
    assert!(mine.contains("Asha Patel, headteacher, on 24 November 2026"), "{mine}");
    // Once it is answered, the lead reads it, with the answer beside it.
    answers(&house, &page, &school.head, "We had no cover. December is safe.").await;
    house.work().await;
    let sent = letters(&house);
    assert_eq!(sent.len(), 3, "its writer alone is told");
    let told = sent.iter().find(|one| one.to == "priya.shah@example.org").expect("a letter to its writer");
    assert!(told.text.contains("Asha Patel has answered for Invented: Ashdale Primary"), "{}", told.text);
    assert!(!told.text.contains("cover"), "{}", told.text);
    let read = house.see(&page, &lead).await.body;
    assert!(read.contains("Nobody came") && read.contains("December is safe"), "{read}");
    assert!(house.see("/concerns", &lead).await.body.contains("Ashdale Primary"));
    assert!(house.see(&page, &school.head).await.body.contains("Lena Fox, programme lead, on"));
    assert!(!house.see("/start", &school.head).await.body.contains("before anyone else"));

    // A school that says nothing has its days, and no more.
    let second = raises(&house, &school, &school.adviser).await;
    done(&house.send(&second, &school.adviser, &SHOW).await, "shown");
    later(&house, &mut school, &mut lead, 7).await;
    assert_eq!(house.see(&second, &lead).await.status, StatusCode::NOT_FOUND, "1 December is the school’s");
    later(&house, &mut school, &mut lead, 1).await;
    let read = house.see(&second, &lead).await.body;
    assert!(read.contains("it has not answered yet"), "{read}");
}

async fn one_step_follows_the_other_and_not_too_early(house: House) {
    let mut school = School::new(&house).await;
    let mut lead = lead(&house, &school).await;
    let page = raises(&house, &school, &school.adviser).await;
    let next = [("do", "next"), ("words", "We rang twice. Shall we move a day?")];
    refused(&house.send(&page, &school.adviser, &next).await, "Show this step to the school first");
    done(&house.send(&page, &school.adviser, &SHOW).await, "shown");
    // What was shown stands.
    assert_eq!(house.send(&page, &school.adviser, &CONCERN).await.status, StatusCode::NOT_FOUND);
    answers(&house, &page, &school.deputy, "").await;
    assert!(house.see(&page, &lead).await.body.contains("has read it and adds nothing"));
    refused(&house.send(&page, &school.adviser, &next).await, "may be taken from 8 December 2026");
    later(&house, &mut school, &mut lead, 14).await;
    refused(&house.send(&page, &school.adviser, &[("do", "next")]).await, "what you offer now");
    done(&house.send(&page, &school.adviser, &next).await, "drafted");
    // The second step: the lead read the first, and not this one yet.
    assert!(!house.see(&page, &lead).await.body.contains("We rang twice"));
    assert!(!house.see(&page, &school.head).await.body.contains("We rang twice"));
    refused(&house.send(&page, &lead, &next).await, "Somebody else is taking the next step");
    done(&house.send(&page, &school.adviser, &SHOW).await, "shown");
    let read = house.see(&page, &school.head).await.body;
    assert!(read.contains("2. A small plan") && read.contains("We rang twice"), "{read}");
    assert!(!house.see(&page, &lead).await.body.contains("We rang twice"), "the school first, at each step");
    // After the school's days, but before the list's, nobody goes on.
    later(&house, &mut school, &mut lead, 8).await;
    assert!(house.see(&page, &lead).await.body.contains("We rang twice"));
    refused(&house.send(&page, &lead, &next).await, "may be taken from");
    later(&house, &mut school, &mut lead, 35).await;
    // The third is the lead's.
    refused(&house.send(&page, &school.adviser, &next).await, "The programme lead takes this step");
    done(&house.send(&page, &lead, &next).await, "drafted");
    let discard = house.send(&page, &lead, &[("do", "discard")]).await;
    done(&discard, "discarded");
    assert!(discard.header("location").starts_with(&page), "the concern goes on");
    done(&house.send(&page, &lead, &next).await, "drafted");
    done(&house.send(&page, &lead, &SHOW).await, "shown");
    let read = house.see(&page, &school.head).await.body;
    assert!(read.contains("3. A visit by the programme lead"), "{read}");
}

async fn a_concern_is_closed_and_what_nobody_else_read_stays_between_two(house: House) {
    let mut school = School::new(&house).await;
    let mut lead = lead(&house, &school).await;
    let page = raises(&house, &school, &school.adviser).await;
    let close = [("do", "close"), ("why", "You came on 26 November")];
    refused(&house.send(&page, &school.adviser, &close).await, "put the draft away instead");
    done(&house.send(&page, &school.adviser, &SHOW).await, "shown");
    refused(&house.send(&page, &school.adviser, &[("do", "close")]).await, "Say why it is closed");
    done(&house.send(&page, &school.adviser, &close).await, "closed");
    let read = house.see(&page, &school.head).await.body;
    assert!(read.contains("You came on 26 November"), "{read}");
    // The school may still say something to what it had not answered.
    answers(&house, &page, &school.head, "Thank you").await;
    // A draft that was put away was never there.
    let second = raises(&house, &school, &school.adviser).await;
    done(&house.send(&second, &school.adviser, &[("do", "discard")]).await, "discarded");
    assert_eq!(house.see(&second, &school.adviser).await.status, StatusCode::NOT_FOUND);
    later(&house, &mut school, &mut lead, 30).await;
    assert_eq!(house.see(&page, &lead).await.status, StatusCode::NOT_FOUND);
    refused(&house.send(&page, &school.adviser, &close).await, "closed already");
}

async fn nobody_else_is_told_anything(house: House) {
    let school = School::new(&house).await;
    let page = raises(&house, &school, &school.adviser).await;
    done(&house.send(&page, &school.adviser, &SHOW).await, "shown");
    answers(&house, &page, &school.head, "We come").await;
    let elsewhere = house.programme("Invented: Southbridge").await;
    let strangers = [
        house.person("Olu Stone", Role::ProgrammeLead, elsewhere).await,
        house.person("Pia Hall", Role::Adviser, elsewhere).await,
        // Of the programme, but not of this school.
        house.person("Ada Moss", Role::Adviser, school.programme).await,
        house.person("Eva Lind", Role::Evaluator, school.programme).await,
    ];
    for other in strangers.iter().chain([&school.teacher, &school.lead, &school.governor]) {
        for path in [&page, &below(&school, ""), &below(&school, "/new")] {
            assert_eq!(house.see(path, other).await.status, StatusCode::NOT_FOUND, "{} {path}", other.name);
        }
        assert_eq!(house.send(&page, other, &[("do", "close"), ("why", "x")]).await.status, StatusCode::NOT_FOUND);
        assert!(!house.see("/concerns", other).await.body.contains("Ashdale"), "{}", other.name);
    }
    // A lead of another programme in which the school takes part as well.
    house.takes_part(school.id, elsewhere).await;
    assert_eq!(house.see(&page, &strangers[0]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.see(&below(&school, ""), &strangers[0]).await.status, StatusCode::OK);
    // Nor does an adviser who accompanies it there, though they advise here too.
    let both = house.person("Ivo Berg", Role::Adviser, elsewhere).await;
    house.gives(both.id, Role::Adviser, school.programme).await;
    house.accompanies(&both, school.id, elsewhere).await;
    assert_eq!(house.see(&page, &both).await.status, StatusCode::NOT_FOUND);
    assert!(!house.see("/concerns", &both).await.body.contains("Ashdale"));
    assert!(!house.see(&below(&school, "/new"), &both).await.body.contains("Northbridge"));
    // What looks like a pupil's record is asked about.
    let child = [("noticed", "A boy, dob 03/04/2018, was not in"), CONCERN[1]];
    let asked = house.send(&below(&school, "/new"), &school.adviser, &child).await;
    assert!(asked.body.contains("This looks like a pupil’s record"), "{}", asked.body);
}

async fn a_school_that_leaves_closes_it(house: House) {
    let school = School::new(&house).await;
    let page = raises(&house, &school, &school.adviser).await;
    let draft = raises(&house, &school, &school.adviser).await;
    let late = raises(&house, &school, &school.adviser).await;
    for shown in [&page, &late] {
        done(&house.send(shown, &school.adviser, &SHOW).await, "shown");
    }
    answers(&house, &page, &school.head, "We see it").await;
    let lead = lead(&house, &school).await;
    assert_eq!(house.see(&page, &lead).await.status, StatusCode::OK);
    let parts = cohort::of_school(&house.world, &Who::Console, school.id).await.unwrap();
    let part = parts[0].participation.to_string();
    let leave = [
        ("participation", part.as_str()),
        ("status", "left"),
        ("since-day", "24"),
        ("since-month", "11"),
        ("since-year", "2026"),
        ("reason", "We go another way"),
    ];
    let left = house.send(&format!("/organisations/{}/leave", school.id), &school.head, &leave).await;
    done(&left, "left");
    let read = house.see(&page, &school.head).await.body;
    assert!(read.contains("A concern that is closed") && read.contains("The school leaves the programme"), "{read}");
    assert_eq!(house.see(&page, &school.adviser).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.see(&draft, &school.head).await.status, StatusCode::NOT_FOUND);
    // What the school says to it now is told to nobody who may read it no more.
    house.work().await;
    let sent = letters(&house).len();
    answers(&house, &late, &school.head, "We thank you all the same").await;
    house.work().await;
    assert_eq!(letters(&house).len(), sent);
    // Nor does a lead read it by another programme in which the school goes on.
    let elsewhere = house.programme("Invented: Southbridge").await;
    house.gives(lead.id, Role::ProgrammeLead, elsewhere).await;
    house.takes_part(school.id, elsewhere).await;
    assert_eq!(house.see(&below(&school, ""), &lead).await.status, StatusCode::OK);
    assert_eq!(house.see(&page, &lead).await.status, StatusCode::NOT_FOUND);
}

async fn a_programme_has_its_own_list(house: House) {
    let mut school = School::new(&house).await;
    let mut lead = lead(&house, &school).await;
    let all = cohort::programmes(&house.world).await.unwrap();
    let slug = &all.iter().find(|one| one.id == school.programme).unwrap().slug;
    let to = format!("/programmes/{slug}/escalation");
    assert!(house.see(&to, &lead).await.body.contains("the list that comes with Aspire"));
    assert_eq!(house.see(&to, &school.adviser).await.status, StatusCode::NOT_FOUND);
    let page = raises(&house, &school, &school.adviser).await;
    done(&house.send(&page, &school.adviser, &SHOW).await, "shown");
    let form = [
        ("revision", "0"),
        ("alone", "3"),
        ("name-1", "A cup of tea"),
        ("what-1", "The adviser comes by"),
        ("by-1", "adviser"),
        ("days-1", "5"),
        ("name-2", "A second cup"),
        ("what-2", "Both come by"),
        ("by-2", "adviser"),
        ("days-2", "5"),
    ];
    let too_soon: Vec<_> =
        form.iter().map(|(name, value)| (*name, if *name == "alone" { "1" } else { value })).collect();
    refused(&house.send(&to, &lead, &too_soon).await, "Enter from 3 to 20 school days");
    done(&house.send(&to, &lead, &form).await, "changed");
    let again = house.send(&to, &lead, &form).await;
    assert!(!again.status.is_redirection(), "the second is told of the first’s change: {}", again.status);
    // The step that was taken keeps its words and days; what comes next is new.
    let read = house.see(&page, &school.head).await.body;
    assert!(read.contains("1. A talk") && !read.contains("A cup of tea"), "{read}");
    assert!(read.contains("A second cup") && read.contains("8 December 2026"), "{read}");
    assert!(house.see(&below(&school, ""), &school.head).await.body.contains("A cup of tea"));
    later(&house, &mut school, &mut lead, 14).await;
    let next = [("do", "next"), ("words", "We came by")];
    done(&house.send(&page, &school.adviser, &next).await, "drafted");
    done(&house.send(&page, &school.adviser, &SHOW).await, "shown");
    later(&house, &mut school, &mut lead, 40).await;
    refused(&house.send(&page, &school.adviser, &next).await, "no step after this one");
}

async fn what_was_closed_long_ago_is_erased(house: House) {
    let mut school = School::new(&house).await;
    let mut lead = lead(&house, &school).await;
    let page = raises(&house, &school, &school.adviser).await;
    done(&house.send(&page, &school.adviser, &SHOW).await, "shown");
    answers(&house, &page, &school.head, "We had no cover").await;
    done(&house.send(&page, &school.adviser, &[("do", "close"), ("why", "You came")]).await, "closed");
    later(&house, &mut school, &mut lead, 729).await;
    retention::sweep(&house.world).await.unwrap();
    assert_eq!(house.see(&page, &school.head).await.status, StatusCode::OK);
    later(&house, &mut school, &mut lead, 2).await;
    let swept = retention::sweep(&house.world).await.unwrap();
    assert!(swept.iter().any(|one| one.rule == "concern-2-years" && one.things == 1), "{swept:?}");
    assert_eq!(house.see(&page, &school.head).await.status, StatusCode::NOT_FOUND);
    let history = house.see(&format!("/organisations/{}/history", school.id), &school.head).await.body;
    assert!(history.contains("erased a concern") && !history.contains("no cover"), "{history}");
}
