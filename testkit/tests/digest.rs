//! The letter on Mondays: chosen, once a week, only where there is something to
//! say, stopped by its own link.

use crate::looking::School;
use axum::http::StatusCode;
use jiff::civil::date;
use outside::mail::{Outgoing, SendMail as _};
use programme::{
    plan::{self, NewAction, NewPriority},
    who::Role,
};
use testkit::{House, Person, on_both};

on_both! {
    it_comes_once_a_week_and_says_what_is_due
    it_is_stopped_by_its_own_link_without_signing_in
    nobody_gets_what_they_did_not_choose_or_have_no_use_for
    it_tells_by_the_roles_that_somebody_holds_then
}

const TO: &str = "/account/digest";

async fn chooses(house: &House, who: &Person) {
    let done = house.send(TO, who, &[("do", "choose")]).await;
    assert_eq!(done.header("location"), "/account/digest?done=chosen", "{}", done.body);
}

/// The head owns an action that is overdue on the last of November, and one that
/// is due after.
async fn owes(house: &House, school: &School) {
    let (world, head) = (&house.world, house.caller(&school.head).await);
    let new = NewPriority {
        title: "Talk in every lesson".to_owned(),
        why: "Few explain".to_owned(),
        whom: "Year 4".to_owned(),
        ..NewPriority::default()
    };
    let priority = plan::open(world, &head, school.id, new).await.unwrap();
    for day in [date(2026, 11, 26), date(2026, 12, 3), date(2027, 3, 4)] {
        let new = NewAction {
            what: "Try talk partners".to_owned(),
            owner: Some(school.head.id),
            due: Some(day),
            ..NewAction::default()
        };
        plan::add(world, &head, school.id, priority, new).await.unwrap();
    }
}

/// What the worker sent by this moment, the latest first.
async fn sent(house: &House, at: &str) -> Vec<Outgoing> {
    house.clock.set(at.parse().unwrap());
    // What recurs is asked for, and then what came of it.
    while house.work().await > 0 {}
    house.mail.kept().into_iter().filter(|one| one.subject.starts_with("What is due")).collect()
}

/// The link that stops it.
fn stop(letter: &Outgoing) -> String {
    let (_, after) = letter.text.split_once("https://aspire.example.org/digest/").expect("a link");
    format!("/digest/{}", after.split_whitespace().next().unwrap_or_default())
}

async fn it_comes_once_a_week_and_says_what_is_due(house: House) {
    let school = School::new(&house).await;
    owes(&house, &school).await;
    assert!(house.see(TO, &school.head).await.body.contains("A letter on Mondays with what is due"));
    chooses(&house, &school.head).await;
    let page = house.see(TO, &school.head).await.body;
    assert!(page.contains("the next is looked at on 30 November 2026"), "{page}");
    assert!(sent(&house, "2026-11-24T09:30:00Z").await.is_empty(), "this week’s Monday is over");
    assert!(sent(&house, "2026-11-29T23:30:00Z").await.is_empty());
    assert!(sent(&house, "2026-11-30T05:30:00Z").await.is_empty(), "not in the night");
    let all = sent(&house, "2026-11-30T06:45:00Z").await;
    let [one] = all.as_slice() else { panic!("{} letters", all.len()) };
    assert_eq!(one.to, "asha.patel@example.org");
    for words in [
        "Invented: Ashdale Primary: one action of yours is overdue.",
        "Invented: Ashdale Primary: one action of yours is due on 3 December 2026.",
    ] {
        assert!(one.text.contains(words), "{words}: {}", one.text);
    }
    assert!(one.text.contains(&format!("https://aspire.example.org/organisations/{}/plan", school.id)));
    assert!(!one.text.contains("talk") && !one.html.contains("talk"), "nothing that anybody wrote");
    assert!(one.stop.as_deref().is_some_and(|to| to.ends_with(&stop(one))), "its header has the same link");
    // Done twice, on Tuesday once more, it is one letter.
    assert_eq!(sent(&house, "2026-11-30T09:00:00Z").await.len(), 1);
    assert_eq!(sent(&house, "2026-12-01T09:00:00Z").await.len(), 1);
    assert_eq!(sent(&house, "2026-12-03T09:00:00Z").await.len(), 1);
    assert_eq!(sent(&house, "2026-12-07T07:00:00Z").await.len(), 2);
    let head = house.session(school.head.id, &school.head.name).await;
    assert_eq!(house.send(TO, &head, &[("do", "end")]).await.header("location"), "/account/digest?done=ended");
    assert_eq!(sent(&house, "2026-12-14T07:00:00Z").await.len(), 2);
}

async fn it_is_stopped_by_its_own_link_without_signing_in(house: House) {
    let school = School::new(&house).await;
    owes(&house, &school).await;
    chooses(&house, &school.head).await;
    chooses(&house, &school.head).await;
    let first = stop(&sent(&house, "2026-11-30T07:00:00Z").await[0]);
    let second = stop(&sent(&house, "2026-12-07T07:00:00Z").await[0]);
    assert_ne!(first, second);
    // Looking at the page stops nothing: machines look into letters, too.
    assert!(house.get(&first).await.body.contains("Stop the letter on Mondays?"));
    assert_eq!(sent(&house, "2026-12-14T07:00:00Z").await.len(), 3);
    // Also the link of an older letter does, with nothing but the link.
    let stopped = house.post(&first, "", &[("List-Unsubscribe", "One-Click")]).await;
    assert!(stopped.status == StatusCode::OK && stopped.body.contains("No letter comes on Mondays any more"));
    assert_eq!(sent(&house, "2026-12-21T07:00:00Z").await.len(), 3);
    assert!(house.get(&second).await.body.contains("No letter comes on Mondays any more"));
    assert_eq!(house.post(&first, "", &[]).await.status, StatusCode::OK, "twice is as once");
    for other in ["/digest/x", &format!("/digest/{}", "0".repeat(64))] {
        assert_eq!(house.get(other).await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.post(other, "", &[]).await.status, StatusCode::NOT_FOUND);
    }
}

async fn nobody_gets_what_they_did_not_choose_or_have_no_use_for(house: House) {
    let school = School::new(&house).await;
    owes(&house, &school).await;
    // The deputy chose it, and owes nothing; the head owes something, and did not.
    chooses(&house, &school.teacher).await;
    assert!(sent(&house, "2026-11-30T07:00:00Z").await.is_empty());
    assert!(sent(&house, "2026-12-07T07:00:00Z").await.is_empty());
    assert_eq!(house.post(TO, "", &[("do", "choose")]).await.header("location"), "/sign-in");
}

async fn it_tells_by_the_roles_that_somebody_holds_then(house: House) {
    let school = School::new(&house).await;
    let lead = house.person("Lena Fox", Role::ProgrammeLead, school.programme).await;
    for one in [&lead, &school.adviser, &school.deputy] {
        chooses(&house, one).await;
    }
    // A concern that the deputy reads first: the letter says that there is one.
    let concern = [
        ("noticed", "Two days were missed"),
        ("remedy", "Come to the next"),
        ("by_when-day", "18"),
        ("by_when-month", "12"),
        ("by_when-year", "2026"),
    ];
    let new = house.send(&format!("/organisations/{}/concerns/new", school.id), &school.adviser, &concern).await;
    let page = new.header("location").split('?').next().unwrap_or_default().to_owned();
    house.send(&page, &school.adviser, &[("do", "show")]).await;
    let all = sent(&house, "2026-11-30T07:00:00Z").await;
    let to = |name: &str| all.iter().find(|one| one.to.starts_with(name));
    let deputy = to("ben.okoro").expect("the deputy’s");
    assert!(deputy.text.contains("read before anyone else, until 1 December 2026") && deputy.text.contains(&page));
    assert!(!deputy.text.contains("missed"), "{}", deputy.text);
    for one in all.iter().filter(|one| !one.to.starts_with("ben.okoro")) {
        assert!(!one.text.contains("before anyone else"), "{}", one.text);
    }
}
