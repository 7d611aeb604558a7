//! A school hands out papers, and people have their days in their own calendar,
//! told as them.

use crate::looking::School;
use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use icalendar::{Calendar, CalendarComponent, Component as _};
use jiff::civil::date;
use kernel::table::Row;
use programme::{
    plan::{self, NewAction, NewCriterion, NewPriority},
    review::{self, Letter, NewLine},
    who::Role,
};
use std::io::Read as _;
use testkit::{House, Person, Scene, on_both};

on_both! {
    a_school_hands_out_its_papers
    others_read_what_was_released_and_no_more
    the_plan_of_a_full_school_prints_on_three_pages
    a_calendar_follows_by_a_secret_address
}

async fn fetched(house: &House, path: &str, person: &Person) -> (HeaderMap, Vec<u8>) {
    house.bytes(Request::get(path).header(header::COOKIE, &person.cookie).body(Body::empty()).unwrap()).await
}

fn pages(bytes: &[u8]) -> usize {
    lopdf::Document::load_mem(bytes).expect("a PDF").get_pages().len()
}

/// The cells of a workbook's first sheet, in a line each.
fn cells(bytes: Vec<u8>) -> String {
    let mut table = papers::Table::from_bytes("a.xlsx", bytes).expect("a workbook");
    let (mut row, mut all) = (Row::default(), String::new());
    while table.next_row(&mut row).expect("a row") {
        all.push_str(&row.iter().collect::<Vec<_>>().join(" | "));
        all.push('\n');
    }
    all
}

fn words(bytes: Vec<u8>) -> String {
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    parts.by_name("word/document.xml").expect("a document").read_to_string(&mut text).expect("text");
    text
}

async fn a_school_hands_out_its_papers(house: House) {
    let scene = Scene::new(&house, "a").await;
    let head = scene.somebody(Role::Head);
    scene.action(&house, Role::Head).await;
    let at = format!("/organisations/{}/papers", scene.school);
    let list = house.see(&at, head).await.body;
    for paper in ["Governors’ page", "Improvement plan", "Self-evaluation summary", "Termly review", "Your list"] {
        assert!(list.contains(paper), "{paper} in {list}");
    }
    // The leaders read to whom it is released; a paper is never typed.
    assert!(list.contains("the leaders of the school; advisers of Invented: Programme a"), "{list}");
    assert!(list.contains(&format!("{at}/review-{}.pdf", scene.review)), "{list}");
    // Its note was shown and is not final: the school reads it, as a draft.
    assert!(list.contains("Note of the visit on") && list.contains("Draft. Version 2"), "{list}");

    let page = house.see(&format!("{at}/self-evaluation"), head).await.body;
    let (strength, own) = (page.find("everybody reads aloud").unwrap(), page.find("our children sing").unwrap());
    assert!(strength < own, "strengths come first: {page}");
    let page = house.see(&format!("{at}/governors"), head).await.body;
    assert!(page.contains("We work on one thing: ‘a: talk in every lesson’") && page.contains("<svg"), "{page}");
    assert!(page.contains("A, amber"), "{page}");

    for (paper, says) in [
        ("governors", "Questions to ask"),
        ("plan", "Try talk partners"),
        ("self-evaluation", "everybody reads aloud"),
        (&*format!("review-{}", scene.review), "Half the rooms do it"),
        (&*format!("visit-{}", scene.note), "I saw Year 3"),
        ("my-list", "Try talk partners"),
    ] {
        let (headers, pdf) = fetched(&house, &format!("{at}/{paper}.pdf"), head).await;
        assert_eq!(headers[header::CONTENT_TYPE], "application/pdf");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        let name = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(name.starts_with("attachment; filename=\"") && name.contains("Invented School a - version"), "{name}");
        assert_eq!(pages(&pdf), 1, "{paper}");
        let (headers, word) = fetched(&house, &format!("{at}/{paper}.docx"), head).await;
        assert!(headers[header::CONTENT_TYPE].to_str().unwrap().ends_with("wordprocessingml.document"));
        let text = words(word);
        assert!(text.contains(says) && text.contains("Who may see this"), "{paper}: {text}");
        let (headers, excel) = fetched(&house, &format!("{at}/{paper}.xlsx"), head).await;
        assert!(headers[header::CONTENT_TYPE].to_str().unwrap().ends_with("spreadsheetml.sheet"));
        let text = cells(excel);
        assert!(text.contains("Invented: School a") && text.contains("Version"), "{paper}: {text}");
    }
    // A governor begins with the one page.
    let governor = scene.somebody(Role::Governor);
    let start = house.see("/start", governor).await.body;
    assert!(start.contains(&format!("{at}/governors")), "{start}");
    let (_, pdf) = fetched(&house, &format!("{at}/governors.pdf"), governor).await;
    assert_eq!(pages(&pdf), 1);
    for none in ["review-7", "visit-7", "plan.exe", "accounts", &*format!("visit-{}.pdf", scene.note)] {
        let answer = house.see(&format!("{at}/{none}"), governor).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{none}");
    }
}

async fn others_read_what_was_released_and_no_more(house: House) {
    let school = School::new(&house).await;
    school.agreed(&house, "hidden").await;
    let at = format!("/organisations/{}/papers", school.id);
    let new = [("title", "Talk in every lesson"), ("why", "We saw it"), ("whom", "Year 4")];
    let to = house.send(&format!("/organisations/{}/priorities/new", school.id), &school.head, &new).await;
    let priority =
        to.header("location").split(['/', '?']).find_map(|part| part.parse::<i64>().ok().filter(|id| *id != school.id));
    let action = NewAction {
        what: "Try talk partners".to_owned(),
        owner: Some(school.teacher.id),
        due: Some(date(2026, 12, 4)),
        ..NewAction::default()
    };
    let head = house.caller(&school.head).await;
    plan::add(&house.world, &head, school.id, priority.expect("its id"), action).await.unwrap();

    // Whoever works here and was let read nothing has their own list, where they have one.
    let list = house.see(&at, &school.teacher).await.body;
    assert!(list.contains("Your list for the term") && !list.contains("Improvement plan"), "{list}");
    let own = house.see(&format!("{at}/my-list"), &school.teacher).await.body;
    assert!(own.contains("Try talk partners") && own.contains("List of Tom Reed"), "{own}");
    for person in [&school.teacher, &school.governor, &school.adviser] {
        for paper in ["plan", "plan.pdf", "governors", "self-evaluation.docx"] {
            let answer = house.see(&format!("{at}/{paper}"), person).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{paper} as {}", person.name);
        }
    }
    assert_eq!(house.see(&format!("{at}/my-list"), &school.governor).await.status, StatusCode::NOT_FOUND);
    assert!(house.see(&at, &school.adviser).await.body.contains("There is no paper for you yet"));
    let elsewhere = house.school("Invented: Birch Lane", None).await;
    let stranger = house.person("Sam Rowe", Role::Head, elsewhere).await;
    for path in [at.clone(), format!("{at}/plan"), format!("{at}/my-list.pdf")] {
        let answer = house.see(&path, &stranger).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(house.get(&path).await.header("location").starts_with("/sign-in"), "{path}");
    }

    // The plan alone is released to the adviser: they get it, and a governors’
    // page without the diagnosis; the school sees that they looked.
    let form = [("kind", "plan"), ("to", &*format!("adviser-{}", school.programme))];
    house.send(&format!("/organisations/{}/releases", school.id), &school.head, &form).await;
    let list = house.see(&at, &school.adviser).await.body;
    assert!(list.contains("Improvement plan") && !list.contains("Self-evaluation"), "{list}");
    assert!(!list.contains("advisers of"), "to whom else it is released is not told: {list}");
    let looks = format!("/organisations/{}/releases", school.id);
    let before = house.see(&looks, &school.head).await.body.matches("Priya Shah").count();
    let (_, pdf) = fetched(&house, &format!("{at}/plan.pdf"), &school.adviser).await;
    assert_eq!(pages(&pdf), 1);
    let after = house.see(&looks, &school.head).await.body.matches("Priya Shah").count();
    assert_eq!(after, before + 1, "one look more");
    let page = house.see(&format!("{at}/governors"), &school.adviser).await.body;
    assert!(page.contains("Talk in every lesson") && !page.contains("hears children read"), "{page}");
    let whole = house.see(&format!("{at}/governors"), &school.head).await.body;
    assert!(whole.contains("Everybody hears children read"), "{whole}");
    assert_eq!(house.see(&format!("{at}/self-evaluation"), &school.adviser).await.status, StatusCode::NOT_FOUND);
    // Withdrawn, it is gone at once.
    house.send(&format!("{looks}/withdraw"), &school.head, &[("release", "all")]).await;
    assert_eq!(house.see(&format!("{at}/plan.pdf"), &school.adviser).await.status, StatusCode::NOT_FOUND);
}

async fn the_plan_of_a_full_school_prints_on_three_pages(house: House) {
    let school = School::new(&house).await;
    let who = house.caller(&school.head).await;
    let long = "Teachers of Years 3 and 4 plan talk into each lesson in pairs, try it, and watch each other. ";
    for number in 1..=plan::MOST {
        let new = NewPriority {
            title: format!("Priority {number}: talk in every lesson, and reading beyond the phonics screening"),
            why: long.repeat(12),
            whom: "everybody in Years 3 and 4, and those who came to us in the middle of the year".to_owned(),
            ..NewPriority::default()
        };
        let priority = plan::open(&house.world, &who, school.id, new).await.unwrap();
        for _ in 0..3 {
            let criterion = NewCriterion {
                measure: "Lessons seen in which most pupils explain what they think, of ten".to_owned(),
                baseline: "2".to_owned(),
                target: "8".to_owned(),
                by: Some(date(2027, 7, 9)),
                who: "The deputy head and the lead for Pedagogy".to_owned(),
            };
            plan::add_criterion(&house.world, &who, school.id, priority, criterion).await.unwrap();
        }
        for day in 1..=14 {
            let action = NewAction {
                what: long.repeat(2),
                owner: Some(school.lead.id),
                due: Some(date(2026, 12, day)),
                ..NewAction::default()
            };
            plan::add(&house.world, &who, school.id, priority, action).await.unwrap();
        }
    }
    let (_, pdf) = fetched(&house, &format!("/organisations/{}/papers/plan.pdf", school.id), &school.head).await;
    assert!(pages(&pdf) <= 3, "{} pages", pages(&pdf));

    // After a review in which much is to be said of each, the governors’ page is one.
    let one = review::open(&house.world, &who, school.id).await.unwrap();
    let reading = review::read(&house.world, &who, school.id).await.unwrap();
    for (at, priority) in reading.plan.priorities.iter().enumerate() {
        let line = NewLine {
            letter: Some(Letter::ALL[at % 3]),
            reason: long.repeat(4),
            changed: long.repeat(2),
            next_step: long.repeat(3),
            base: 0,
        };
        review::write(&house.world, &who, school.id, one, priority.id, line).await.unwrap();
    }
    review::finish(&house.world, &who, school.id, one, Some(date(2027, 3, 25))).await.unwrap();
    let (_, pdf) = fetched(&house, &format!("/organisations/{}/papers/governors.pdf", school.id), &school.head).await;
    assert_eq!(pages(&pdf), 1);
}

async fn a_calendar_follows_by_a_secret_address(house: House) {
    let scene = Scene::new(&house, "a").await;
    let head = scene.somebody(Role::Head);
    let action = scene.action(&house, Role::Head).await;
    let page = "/account/calendar";
    assert!(house.see("/account", head).await.body.contains(page));
    let made = house.send(page, head, &[("do", "make")]).await.body;
    let (_, after) = made.split_once("/calendar/").unwrap_or_else(|| panic!("{made}"));
    let first = format!("/calendar/{}.ics", after.split(".ics").next().unwrap());
    assert_eq!(first.len(), "/calendar/.ics".len() + 64);
    // It is shown this once.
    assert!(!house.see(page, head).await.body.contains(&first));

    let answer = house.get(&first).await;
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    let calendar: Calendar = answer.body.parse().expect("another reader reads it");
    let events: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
    let named = |uid: &str| events.iter().find(|one| one.get_uid().is_some_and(|own| own.starts_with(uid)));
    let due = named(&format!("action-{action}@")).expect("what is due");
    assert_eq!(due.get_summary(), Some("Something of yours is due (Invented: School a)"));
    assert!(named(&format!("after-review-{}@", scene.review)).is_some(), "{}", answer.body);
    assert!(answer.body.contains("TZID:Europe/London") && answer.body.contains("BYMONTH=3;BYDAY=-1SU"));
    // Nothing that anybody wrote.
    for words in ["talk partners", "talk in every lesson", "amber", "Year 4"] {
        assert!(!answer.body.contains(words), "{words} in {}", answer.body);
    }

    // A teacher's is of what is theirs, and of no review.
    let teacher = scene.somebody(Role::Teacher);
    let made = house.send(page, teacher, &[("do", "make")]).await.body;
    let (_, after) = made.split_once("/calendar/").expect("an address");
    let body = house.get(&format!("/calendar/{}.ics", after.split(".ics").next().unwrap())).await.body;
    assert!(body.contains("BEGIN:VCALENDAR") && !body.contains("BEGIN:VEVENT"), "{body}");

    // A new address stops the old one; switched off, there is none.
    let made = house.send(page, head, &[("do", "make")]).await.body;
    let (_, after) = made.split_once("/calendar/").expect("a new one");
    let second = format!("/calendar/{}.ics", after.split(".ics").next().unwrap());
    assert_eq!(house.get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get(&second).await.status, StatusCode::OK);
    assert!(house.see(page, head).await.body.contains("a calendar last asked on"));
    house.send(page, head, &[("do", "end")]).await;
    for gone in [second.as_str(), "/calendar/x.ics", "/calendar/.ics", second.trim_end_matches(".ics")] {
        assert_eq!(house.get(gone).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
}
