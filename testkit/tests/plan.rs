//! A school chooses a few things and acts on them, told as the people in it.

use crate::looking::School;
use axum::http::StatusCode;
use programme::{Who, plan};
use testkit::{Answer, House, Person, on_both};

on_both! {
    a_school_chooses_and_acts
    a_sixth_priority_needs_a_reason
    two_who_change_one_action_lose_nothing
    an_owner_does_their_part_and_sees_no_more
    others_read_it_once_it_is_released
    a_decision_keeps_who_disagreed
    what_looks_like_a_pupils_record_is_asked_about
}

/// The form that opens a priority.
const PRIORITY: [(&str, &str); 4] = [
    ("title", "Talk in every lesson"),
    ("why", "In Year 4 few explain what they think"),
    ("whom", "everybody in Years 3 and 4"),
    ("strand", "pedagogy_and_curriculum"),
];

fn below(school: &School, path: &str) -> String {
    format!("/organisations/{}{path}", school.id)
}

/// The number that ends the path to which an answer leads.
fn id_in(answer: &Answer) -> i64 {
    let to = answer.header("location");
    let path = to.split('?').next().unwrap_or_default();
    path.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no id in ‘{to}’: {}", answer.body))
}

/// Somebody opens a priority; its id.
async fn opens(house: &House, school: &School, who: &Person) -> i64 {
    id_in(&house.send(&below(school, "/priorities/new"), who, &PRIORITY).await)
}

/// The form of an action.
fn action<'a>(what: &'a str, owner: &'a str, day: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("what", what), ("owner", owner), ("due-day", day), ("due-month", "11"), ("due-year", "2026")]
}

/// Where the link to an action with these words leads.
fn link_to(body: &str, what: &str) -> String {
    let at = body.find(&format!("{what}</a>")).unwrap_or_else(|| panic!("no link ‘{what}’: {body}"));
    let (_, after) = body[..at].rsplit_once("href=\"").expect("a link");
    after.split('"').next().unwrap_or_default().to_owned()
}

async fn a_school_chooses_and_acts(house: House) {
    let school = School::new(&house).await;
    let (head, teacher) = (&school.head, &school.teacher);
    let diagnosis = school.agreed(&house, "hidden").await.to_string();
    // Strengths first, then where the diagnosis asks for more.
    let page = house.see(&below(&school, "/priorities"), head).await.body;
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
    assert!(place("Everybody hears children read") < place("Where your diagnosis asks for more"));
    assert!(page.contains("priorities/new?statement=p1"), "{page}");
    let empty = house.send(&below(&school, "/priorities/new"), head, &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Name it in at most", "Say why this one", "Say for whom"] {
        assert!(empty.body.contains(words), "{words}: {}", empty.body);
    }
    let mut form = PRIORITY.to_vec();
    form.extend([("diagnosis", diagnosis.as_str()), ("statements", "p1"), ("strategy", "eef-tl-feedback")]);
    let opened = house.send(&below(&school, "/priorities/new"), head, &form).await;
    let priority = id_in(&opened);
    let at = below(&school, &format!("/priorities/{priority}"));
    let page = house.see(&at, head).await.body;
    for words in
        ["From your diagnosis, agreed on 24 November 2026", "The strategy: Feedback", "What it takes", "6 months"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }

    // How they will know, and how it comes along.
    let criterion = [
        ("do", "criterion"),
        ("measure", "Pupils of Year 4 who explain, of 28"),
        ("baseline", "9"),
        ("target", "20"),
        ("by-day", "18"),
        ("by-month", "12"),
        ("by-year", "2026"),
        ("who", "Zoe Marsh"),
    ];
    assert!(house.send(&at, head, &criterion).await.header("location").contains("done=criterion"));
    let page = house.see(&at, head).await.body;
    assert!(page.contains("from 9 to 20 by 18 December 2026. Who will know: Zoe Marsh"), "{page}");
    let (_, after) = page
        .split_once("name=\"criterion\" type=\"hidden\" value=\"")
        .or_else(|| page.split_once("name=\"criterion\" value=\""))
        .unwrap_or_else(|| panic!("{page}"));
    let criterion = after.split('"').next().unwrap_or_default();
    let value = |value: &'static str, day: &'static str| {
        vec![
            ("do", "value"),
            ("criterion", criterion),
            ("value", value),
            ("on-day", day),
            ("on-month", "11"),
            ("on-year", "2026"),
        ]
    };
    assert!(house.send(&at, head, &value("most", "20")).await.body.contains("Enter a figure"));
    assert!(house.send(&at, head, &value("11", "30")).await.body.contains("today or before"));
    for (how_many, day) in [("9", "3"), ("11", "17")] {
        assert!(house.send(&at, &school.lead, &value(how_many, day)).await.header("location").ends_with("done=value"));
    }
    let page = house.see(&at, head).await.body;
    assert!(page.contains("2 of 10 points: too few") && page.contains("<svg"), "a run chart: {page}");

    // Three things are an action. A Saturday moves to Monday, and says so.
    let new = format!("{at}/actions/new");
    let empty = house.send(&new, head, &[]).await;
    assert_eq!(empty.body.matches("govuk-error-message").count(), 3, "three required fields: {}", empty.body);
    let teacher_id = teacher.id.to_string();
    let added = house.send(&new, head, &action("Try talk partners", &teacher_id, "28")).await;
    assert!(added.header("location").contains("moved=2026-11-30"), "{}", added.header("location"));
    let page = house.see(added.header("location"), head).await.body;
    assert!(page.contains("due on the next: 30 November 2026"), "{page}");
    assert!(
        house
            .send(&new, head, &action("Ask the pupils", &teacher_id, "20"))
            .await
            .header("location")
            .contains("done=added")
    );
    // The teacher finds it where they begin.
    let start = house.see("/start", teacher).await.body;
    assert!(start.contains("One action of yours is overdue"), "{start}");
    let plan = house.see(&below(&school, "/plan"), teacher).await.body;
    assert!(plan.contains("One thing is overdue") && plan.contains("You see what is yours"), "{plan}");
    // Stuck wants a word why; done is done.
    let ask = link_to(&plan, "Ask the pupils");
    assert!(house.send(&ask, teacher, &[("state", "stuck")]).await.body.contains("what it waits for"));
    assert!(
        house
            .send(&ask, teacher, &[("state", "dropped"), ("why", "no time")])
            .await
            .body
            .contains("Whoever leads it can drop it")
    );
    house.send(&ask, teacher, &[("state", "stuck"), ("why", "The tablets are away")]).await;
    let plan = house.see(&below(&school, "/plan"), head).await.body;
    assert!(plan.contains("Stuck") && plan.contains("The tablets are away"), "{plan}");
    assert!(
        house.send(&ask, teacher, &[("state", "done"), ("why", "")]).await.header("location").ends_with("done=marked")
    );
    let plan = house.see(&below(&school, "/plan"), head).await.body;
    assert!(plan.contains("Nothing is overdue") && plan.contains("Of two actions this term, one is done"), "{plan}");
    assert_eq!(plan.matches("Try talk partners</a>").count(), 1, "shown once: {plan}");

    // A test of change: the prediction is written before, and stays.
    let test = [("do", "test"), ("planned", "Talk partners in Year 4, two weeks"), ("prediction", "")];
    assert!(house.send(&at, &school.lead, &test).await.body.contains("before you try it"));
    let test = [("do", "test"), ("planned", "Talk partners in Year 4, two weeks"), ("prediction", "20 of 28 explain")];
    assert!(house.send(&at, &school.lead, &test).await.header("location").ends_with("done=planned"));
    let page = house.see(&at, head).await.body;
    let (_, after) = page.split_once("name=\"test\"").unwrap_or_else(|| panic!("{page}"));
    let (_, after) = after.split_once("value=\"").expect("its number");
    let test = after.split('"').next().unwrap_or_default();
    let learned = [("do", "learned"), ("test", test), ("learned", "Pairs change weekly"), ("verdict", "adapt")];
    assert!(house.send(&at, head, &learned).await.body.contains("Write first what you did"));
    let did = [("do", "did"), ("test", test), ("did", "14 of 28 explained")];
    assert!(house.send(&at, head, &did).await.header("location").ends_with("done=stepped"));
    assert!(house.send(&at, head, &learned).await.header("location").ends_with("done=stepped"));
    let page = house.see(&at, head).await.body;
    for words in ["20 of 28 explain", "14 of 28 explained", "We change it and try again"] {
        assert!(page.contains(words), "{words}: {page}");
    }

    // Closed, it stays.
    assert!(house.send(&at, head, &[("do", "close")]).await.body.contains("Choose how it ends"));
    let close = [("do", "close"), ("how", "met"), ("why", "21 of 28 explain")];
    assert!(house.send(&at, head, &close).await.header("location").ends_with("priorities?done=closed"));
    assert!(house.see(&below(&school, "/priorities"), head).await.body.contains("What you have closed"));
    assert_eq!(
        house.send(&new, head, &action("More", &teacher_id, "30")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

async fn a_sixth_priority_needs_a_reason(house: House) {
    let school = School::new(&house).await;
    for _ in 0..5 {
        opens(&house, &school, &school.deputy).await;
    }
    let form = house.see(&below(&school, "/priorities/new"), &school.head).await.body;
    assert!(form.contains("You have five open already. Why one more?"), "{form}");
    let refused = house.send(&below(&school, "/priorities/new"), &school.head, &PRIORITY).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut with_reason = PRIORITY.to_vec();
    with_reason.push(("beyond", "The boiler decides it for us"));
    let sixth = id_in(&house.send(&below(&school, "/priorities/new"), &school.head, &with_reason).await);
    let page = house.see(&below(&school, &format!("/priorities/{sixth}")), &school.head).await.body;
    assert!(page.contains("Why one more than five: The boiler decides it for us"), "{page}");
}

async fn two_who_change_one_action_lose_nothing(house: House) {
    let school = School::new(&house).await;
    let priority = opens(&house, &school, &school.head).await;
    let at = below(&school, &format!("/priorities/{priority}"));
    let (lead_id, teacher_id) = (school.lead.id.to_string(), school.teacher.id.to_string());
    house.send(&format!("{at}/actions/new"), &school.head, &action("Try talk partners", &lead_id, "30")).await;
    let edit = format!("{}/edit", link_to(&house.see(&at, &school.head).await.body, "Try talk partners"));
    // Both began from version 1. The head gives it to the teacher …
    let mut first = action("Try talk partners", &teacher_id, "30");
    first.push(("revision", "1"));
    assert!(house.send(&edit, &school.head, &first).await.header("location").contains("done=changed"));
    // … the strand lead writes what done looks like, and is shown the other change.
    let mut second = action("Try talk partners", &lead_id, "30");
    second.extend([("revision", "1"), ("done_means", "Each room has tried it twice")]);
    let shown = house.send(&edit, &school.lead, &second).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    assert!(shown.body.contains("Asha Patel changed this while you were writing"), "{}", shown.body);
    assert!(shown.body.contains("Tom Reed") && shown.body.contains("Each room has tried it twice"), "{}", shown.body);
    assert!(shown.body.contains(&format!("value=\"{teacher_id}\" selected")), "theirs is taken over: {}", shown.body);
    let mut settled = action("Try talk partners", &teacher_id, "30");
    settled.extend([("revision", "2"), ("done_means", "Each room has tried it twice")]);
    assert!(house.send(&edit, &school.lead, &settled).await.header("location").contains("done=changed"));
    let page = house.see(edit.trim_end_matches("/edit"), &school.head).await.body;
    assert!(page.contains("Tom Reed") && page.contains("Each room has tried it twice"), "{page}");
}

async fn an_owner_does_their_part_and_sees_no_more(house: House) {
    let school = School::new(&house).await;
    let priority = opens(&house, &school, &school.head).await;
    let at = below(&school, &format!("/priorities/{priority}"));
    let (teacher_id, lead_id) = (school.teacher.id.to_string(), school.lead.id.to_string());
    house.send(&format!("{at}/actions/new"), &school.head, &action("Read to Year 1", &teacher_id, "26")).await;
    house.send(&format!("{at}/actions/new"), &school.head, &action("Talk with the families", &lead_id, "26")).await;
    let plan = house.see(&below(&school, "/plan"), &school.teacher).await.body;
    assert!(plan.contains("Read to Year 1") && !plan.contains("Talk with the families"), "{plan}");
    let page = house.see(&at, &school.teacher).await.body;
    assert!(!page.contains("In Year 4 few explain") && !page.contains("Talk with the families"), "{page}");
    // Another’s action is not there for them, and they change none.
    let others = link_to(&house.see(&at, &school.head).await.body, "Talk with the families");
    let own = link_to(&plan, "Read to Year 1");
    assert_eq!(house.see(&others, &school.teacher).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.send(&others, &school.teacher, &[("state", "done")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.see(&format!("{own}/edit"), &school.teacher).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.send(&format!("{at}/actions/new"), &school.teacher, &[]).await.status, StatusCode::NOT_FOUND);
    for path in ["/priorities", "/decisions", "/dates", "/reviews", "/notes"] {
        assert_eq!(house.see(&below(&school, path), &school.teacher).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // The strand lead acts in their own strand only.
    let mut other = PRIORITY.to_vec();
    other[3] = ("strand", "leadership");
    let other = id_in(&house.send(&below(&school, "/priorities/new"), &school.head, &other).await);
    let new = below(&school, &format!("/priorities/{other}/actions/new"));
    assert_eq!(house.send(&new, &school.lead, &action("A", &lead_id, "26")).await.status, StatusCode::NOT_FOUND);
    // An inset day of the school moves what falls on it.
    let day = [("day-day", "30"), ("day-month", "11"), ("day-year", "2026"), ("how", "inset"), ("why", "Phonics")];
    assert!(house.send(&below(&school, "/dates"), &school.head, &day).await.header("location").ends_with("done=set"));
    let added = house.send(&format!("{at}/actions/new"), &school.head, &action("After the day", &lead_id, "28")).await;
    assert!(added.header("location").contains("moved=2026-12-01"), "{}", added.header("location"));
    // A token that may only read tells what waits, as long as its owner belongs to the school.
    let Who::Person(mut caller) = house.caller(&school.teacher).await else { panic!("a person") };
    caller.reads_only = true;
    assert_eq!(plan::mine(&house.world, &Who::Person(caller.clone())).await.unwrap().len(), 1);
    caller.roles = [].into();
    assert!(plan::mine(&house.world, &Who::Person(caller)).await.unwrap().is_empty());
}

async fn others_read_it_once_it_is_released(house: House) {
    let school = School::new(&house).await;
    let priority = opens(&house, &school, &school.head).await;
    let plan = below(&school, "/plan");
    for person in [&school.governor, &school.adviser] {
        assert_eq!(house.see(&plan, person).await.status, StatusCode::NOT_FOUND, "{}", person.name);
    }
    let to = format!("adviser-{}-{}", school.programme, school.adviser.id);
    let released = house.send(&below(&school, "/releases"), &school.head, &[("kind", "plan"), ("to", &to)]).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    let seen = house.see(&plan, &school.adviser).await;
    assert!(seen.body.contains("The school lets you read its plan"), "{}", seen.body);
    let page = house.see(&below(&school, &format!("/priorities/{priority}")), &school.adviser).await.body;
    assert!(page.contains("Talk in every lesson") && !page.contains("Add an action"), "{page}");
    assert_eq!(house.see(&plan, &school.governor).await.status, StatusCode::NOT_FOUND);
    let releases = house.see(&below(&school, "/releases"), &school.head).await.body;
    assert!(releases.contains("Priya Shah, adviser, read your plan"), "{releases}");
    house.send(&below(&school, "/releases/withdraw"), &school.head, &[("release", "all")]).await;
    assert_eq!(house.see(&plan, &school.adviser).await.status, StatusCode::NOT_FOUND);
}

async fn a_decision_keeps_who_disagreed(house: House) {
    let school = School::new(&house).await;
    let page = below(&school, "/decisions");
    let one = [("do", "ask"), ("question", "Who teaches Year 4?"), ("options", "Tom alone")];
    assert!(house.send(&page, &school.head, &one).await.body.contains("two options or more"));
    let ask = [("do", "ask"), ("question", "Who teaches Year 4?"), ("options", "Tom alone\r\nTom and Zoe in turns")];
    assert!(house.send(&page, &school.head, &ask).await.header("location").ends_with("done=asked"));
    let body = house.see(&page, &school.head).await.body;
    let (_, after) = body.split_once("name=\"decision\"").unwrap_or_else(|| panic!("{body}"));
    let (_, after) = after.split_once("value=\"").expect("its number");
    let id = after.split('"').next().unwrap_or_default();
    let say = [("do", "say"), ("decision", id), ("words", "Turns are too much change for them")];
    assert!(house.send(&page, &school.lead, &say).await.header("location").ends_with("done=said"));
    let decide = [
        ("do", "decide"),
        ("decision", id),
        ("decided", "In turns until Easter"),
        ("agreed", "Asha, Ben"),
        ("dissent", "Zoe: too much change"),
        ("again-day", "19"),
        ("again-month", "3"),
        ("again-year", "2027"),
    ];
    assert_eq!(house.send(&page, &school.lead, &decide).await.status, StatusCode::NOT_FOUND);
    assert!(house.send(&page, &school.head, &decide).await.header("location").ends_with("done=decided"));
    let body = house.see(&page, &school.lead).await.body;
    for words in ["Tom and Zoe in turns", "Zoe Marsh: Turns are too much", "Zoe: too much change", "19 March 2027"] {
        assert!(body.contains(words), "{words}: {body}");
    }
}

async fn what_looks_like_a_pupils_record_is_asked_about(house: House) {
    let school = School::new(&house).await;
    let (head, to) = (&school.head, below(&school, "/priorities/new"));
    let with = |why: &'static str| {
        let mut form = PRIORITY.to_vec();
        form[1].1 = why;
        form
    };
    let asked = house.send(&to, head, &with("Zoe (DOB 12/03/2015) says <b>little</b>")).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in
        ["This looks like a pupil’s record", "Take out what looks like a date of birth", "Nothing is saved yet"]
    {
        assert!(asked.body.contains(words), "{words}: {}", asked.body);
    }
    // What they wrote is there to be changed, and the rest goes with it.
    assert!(asked.body.contains("says &#60;b&#62;little") || asked.body.contains("says &lt;b&gt;little"));
    assert!(asked.body.contains("name=\"title\" value=\"Talk in every lesson\""), "{}", asked.body);
    assert!(!house.see(&below(&school, "/priorities"), head).await.body.contains("Talk in every lesson"));
    // Changed, it is taken; said to be about no child, it is taken as it stands.
    let changed = house.send(&to, head, &with("In Year 4 some say little")).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    let mut ticked = with("A123456789012 is our invoice");
    ticked.push(("about-no-single-child", "yes"));
    let kept = house.send(&to, head, &ticked).await;
    assert!(house.see(kept.header("location"), head).await.body.contains("A123456789012 is our invoice"));
    // Whoever may not write there is told nothing new.
    let foreign = house.send(&to, &school.lead, &with("DOB 12/03/2015")).await;
    assert!(foreign.status == StatusCode::UNPROCESSABLE_ENTITY && !foreign.body.contains("A123456789012"));
    let nobody = house.post(&to, "", &[("csrf", ""), ("why", "DOB 12/03/2015")]).await;
    assert!(nobody.header("location").starts_with("/sign-in") || nobody.status == StatusCode::FORBIDDEN);
}
