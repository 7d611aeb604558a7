//! A school looks back each term, and its adviser beside it, told as them.

use crate::looking::School;
use axum::http::StatusCode;
use jiff::SignedDuration;
use programme::{review::REQUIRED, who::Role};
use testkit::{Answer, House, Person, on_both};

on_both! {
    a_year_of_one_school
    a_head_leaves_in_the_middle_of_a_review
    the_adviser_notes_a_visit_and_the_school_replies
}

fn below(school: &School, path: &str) -> String {
    format!("/organisations/{}{path}", school.id)
}

fn id_in(answer: &Answer) -> i64 {
    let to = answer.header("location");
    let path = to.split('?').next().unwrap_or_default();
    path.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no id in ‘{to}’: {}", answer.body))
}

async fn opens(house: &House, school: &School, title: &str) -> i64 {
    let form = [("title", title), ("why", "We saw it"), ("whom", "Year 4")];
    id_in(&house.send(&below(school, "/priorities/new"), &school.head, &form).await)
}

fn line<'a>(letter: &'a str, reason: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("letter", letter),
        ("reason", reason),
        ("changed", "Year 3 began"),
        ("next_step", "Year 4 visits"),
        ("revision", "0"),
    ]
}

const NEXT: [(&str, &str); 3] = [("next-day", "27"), ("next-month", "3"), ("next-year", "2027")];

async fn a_year_of_one_school(house: House) {
    let mut school = School::new(&house).await;
    let page = below(&school, "/reviews");
    let none = house.send(&page, &school.head, &[]).await;
    assert!(
        none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("Open a priority first"),
        "{}",
        none.body
    );
    let talk = opens(&house, &school, "Talk in every lesson").await;
    let lead = opens(&house, &school, "Middle leaders lead").await;
    let autumn = id_in(&house.send(&page, &school.head, &[]).await);
    let at = below(&school, &format!("/reviews/{autumn}"));
    assert!(house.send(&page, &school.head, &[]).await.body.contains("A review is open already"));
    assert!(house.see(&at, &school.head).await.body.contains("Two priorities are left"));
    // Four things of each, and never a letter without its reason.
    let empty = house.send(&format!("{at}/{talk}"), &school.head, &[]).await;
    assert_eq!((empty.status, REQUIRED.len()), (StatusCode::UNPROCESSABLE_ENTITY, 4));
    assert_eq!(empty.body.matches("govuk-error-message").count(), 4, "{}", empty.body);
    assert!(house.send(&format!("{at}/{talk}"), &school.head, &line("amber", "")).await.body.contains("Say why"));
    assert!(
        house
            .send(&format!("{at}/{talk}"), &school.head, &line("amber", "Half the rooms do it"))
            .await
            .header("location")
            .ends_with("done=written")
    );
    // The second of two is shown what the first wrote.
    let second = house.send(&format!("{at}/{talk}"), &school.deputy, &line("green", "All rooms do it")).await;
    assert!(
        second.body.contains("Asha Patel wrote while you did") && second.body.contains("Half the rooms do it"),
        "{}",
        second.body
    );
    // Not finished while something is unsaid, nor without the next day.
    let early = house.send(&format!("{at}/finish"), &school.head, &NEXT).await;
    assert!(early.body.contains("Say first where ‘Middle leaders lead’ stands"), "{}", early.body);
    house.send(&format!("{at}/{lead}"), &school.head, &line("red", "Nobody has time")).await;
    assert!(house.send(&format!("{at}/finish"), &school.head, &[]).await.body.contains("your next review"));
    // That Saturday lies in the holidays; the day moves and says so.
    let done = house.send(&format!("{at}/finish"), &school.head, &NEXT).await;
    assert!(done.header("location").contains("done=finished&moved=2027-"), "{}", done.header("location"));
    assert!(
        house
            .send(&format!("{at}/{talk}"), &school.head, &line("green", "x"))
            .await
            .body
            .contains("finished, so nothing")
    );

    // Letters always with their word; the path of the year with its table.
    let all = house.see(&page, &school.head).await.body;
    for words in ["A · amber", "R · red", "<svg", "Next review", "Middle leaders lead"] {
        assert!(all.contains(words), "{words}: {all}");
    }
    // The adviser sees it once it is released, and puts their view beside it.
    assert_eq!(house.see(&at, &school.adviser).await.status, StatusCode::NOT_FOUND);
    let view = [
        ("priority", talk.to_string()),
        ("words", "I saw it in every room".to_owned()),
        ("letter", "green".to_owned()),
    ];
    let view: Vec<(&str, &str)> = view.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(house.send(&format!("{at}/view"), &school.adviser, &view).await.status, StatusCode::NOT_FOUND);
    let to = format!("adviser-{}-{}", school.programme, school.adviser.id);
    house.send(&below(&school, "/releases"), &school.head, &[("kind", "review"), ("to", &to)]).await;
    assert!(house.see(&at, &school.adviser).await.body.contains("Half the rooms do it"));
    assert!(
        house.send(&format!("{at}/view"), &school.adviser, &view).await.header("location").ends_with("done=beside")
    );
    let seen = house.see(&at, &school.head).await.body;
    assert!(
        seen.contains("Half the rooms do it") && seen.contains("G · green") && seen.contains("I saw it in every room"),
        "{seen}"
    );
    // The plan is not released with it, and nothing of it can be changed.
    assert_eq!(house.see(&below(&school, "/plan"), &school.adviser).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        house.send(&format!("{at}/{talk}"), &school.adviser, &line("red", "x")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(house.see(&page, &school.governor).await.status, StatusCode::NOT_FOUND);

    // Spring: one is met and closed, the other goes on; the path remembers both.
    house.wait(SignedDuration::from_hours(24 * 100));
    school.head = house.session(school.head.id, &school.head.name).await;
    let close = [("do", "close"), ("how", "met"), ("why", "24 of 28 explain")];
    house.send(&below(&school, &format!("/priorities/{talk}")), &school.head, &close).await;
    let spring = id_in(&house.send(&page, &school.head, &[]).await);
    let form = house.see(&below(&school, &format!("/reviews/{spring}")), &school.head).await.body;
    assert!(form.contains("One priority is left"), "the closed one is not asked of: {form}");
    let all = house.see(&page, &school.head).await.body;
    assert!(all.contains("met") && all.contains("Spring 2027") && all.contains("Autumn 2026"), "{all}");
}

async fn a_head_leaves_in_the_middle_of_a_review(house: House) {
    let school = School::new(&house).await;
    let talk = opens(&house, &school, "Talk in every lesson").await;
    let review = id_in(&house.send(&below(&school, "/reviews"), &school.head, &[]).await);
    let at = below(&school, &format!("/reviews/{review}"));
    house.send(&format!("{at}/{talk}"), &school.head, &line("amber", "Half the rooms do it")).await;
    // The next head comes; the one before goes.
    let next: Person = house.person("Ola Brandt", Role::Head, school.id).await;
    let people = programme::role::people(&house.world, &programme::Who::Console, school.id).await.unwrap();
    let member = people.iter().find(|one| one.person == school.head.id).unwrap();
    let today = house.world.clock.today();
    programme::role::end(
        &house.world,
        &programme::Who::Console,
        school.id,
        member.roles[0].id,
        Some(today),
        "moved on",
    )
    .await
    .unwrap();
    assert_eq!(house.see(&at, &school.head).await.status, StatusCode::NOT_FOUND, "who has gone sees nothing");
    // What was written stays, with its writer’s name, and the next head goes on.
    let page = house.see(&at, &next).await.body;
    assert!(page.contains("Half the rooms do it") && page.contains("Written by Asha Patel"), "{page}");
    let form = [
        ("letter", "green"),
        ("reason", "All rooms do it"),
        ("changed", "Year 4 too"),
        ("next_step", "Keep on"),
        ("revision", "1"),
    ];
    assert!(house.send(&format!("{at}/{talk}"), &next, &form).await.header("location").ends_with("done=written"));
    assert!(house.send(&format!("{at}/finish"), &next, &NEXT).await.header("location").contains("done=finished"));
    let page = house.see(&at, &next).await.body;
    assert!(page.contains("by Ola Brandt") && page.contains("All rooms do it"), "{page}");
}

async fn the_adviser_notes_a_visit_and_the_school_replies(house: House) {
    let mut school = School::new(&house).await;
    let page = below(&school, "/notes");
    let draft = [("on-day", "20"), ("on-month", "11"), ("on-year", "2026"), ("words", "I saw Year 3. Books are few.")];
    assert!(house.send(&page, &school.adviser, &draft).await.header("location").ends_with("done=drafted"));
    // A draft is the adviser’s own.
    assert!(!house.see(&page, &school.head).await.body.contains("Books are few"));
    let history = house.see(&below(&school, "/history"), &school.head).await.body;
    assert!(!history.contains("draft a note"), "{history}");
    let mine = house.see(&page, &school.adviser).await.body;
    let (_, after) = mine.split_once("name=\"note\"").unwrap_or_else(|| panic!("{mine}"));
    let (_, after) = after.split_once("value=\"").expect("its number");
    let id = after.split('"').next().unwrap_or_default().to_owned();
    let step = |what: &'static str| [("do", what), ("note", id.as_str())];
    // It is not final before the school could comment.
    assert_eq!(house.send(&page, &school.adviser, &step("final")).await.status, StatusCode::NOT_FOUND);
    assert!(house.send(&page, &school.adviser, &step("show")).await.header("location").ends_with("done=shown"));
    let refused = house.send(&page, &school.adviser, &step("final")).await;
    assert!(refused.body.contains("The school may comment until 8 December 2026"), "{}", refused.body);
    let shown = house.see(&page, &school.head).await.body;
    assert!(shown.contains("Books are few") && shown.contains("Comment on it"), "{shown}");
    // Nobody else reads it, not even the programme’s lead; a teacher is told nothing.
    let other = house.person("Lena Fox", Role::ProgrammeLead, school.programme).await;
    assert!(!house.see(&page, &other).await.body.contains("Books are few"));
    assert_eq!(house.see(&page, &school.teacher).await.status, StatusCode::NOT_FOUND);
    let say = [("note", id.as_str()), ("comment", "The library moved that week")];
    assert_eq!(house.send(&format!("{page}/comment"), &school.teacher, &say).await.status, StatusCode::NOT_FOUND);
    assert!(
        house.send(&format!("{page}/comment"), &school.head, &say).await.header("location").ends_with("done=commented")
    );
    // The note’s words are the adviser’s: shown, they stand.
    let anew = [draft[0], draft[1], draft[2], ("words", "Otherwise"), ("note", id.as_str())];
    assert_eq!(house.send(&page, &school.adviser, &anew).await.status, StatusCode::NOT_FOUND);
    assert!(house.send(&page, &school.adviser, &step("final")).await.header("location").ends_with("done=final"));
    let done = house.see(&page, &school.head).await.body;
    assert!(done.contains("Final since") && done.contains("The library moved that week"), "{done}");
    assert!(house.send(&format!("{page}/comment"), &school.head, &say).await.body.contains("nothing of it changes"));

    // A school that says nothing is not waited for beyond its days.
    house.send(&page, &school.adviser, &draft).await;
    let mine = house.see(&page, &school.adviser).await.body;
    let found =
        mine.split("name=\"note\"").skip(1).filter_map(|after| after.split_once("value=\"")?.1.split('"').next());
    let second = found.filter(|other| !other.is_empty() && *other != id).map(str::to_owned).next().expect("the second");
    house.send(&page, &school.adviser, &[("do", "show"), ("note", &second)]).await;
    house.wait(SignedDuration::from_hours(24 * 16));
    school.adviser = house.session(school.adviser.id, &school.adviser.name).await;
    assert!(
        house
            .send(&page, &school.adviser, &[("do", "final"), ("note", &second)])
            .await
            .header("location")
            .ends_with("done=final")
    );
}
