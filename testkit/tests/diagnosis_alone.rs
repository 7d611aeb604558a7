//! What nobody sees of a diagnosis: views that are given alone, views of too few,
//! names where none were promised, anything for whoever is not asked.

use crate::looking::{STATEMENTS, STRAND, School};
use axum::http::StatusCode;
use programme::{
    Who,
    cohort::{self, Status},
    retention,
    who::Role,
};
use testkit::{House, on_both};

async fn fewer_than_three_are_never_told_apart(house: House) {
    let school = School::new(&house).await;
    for names in ["hidden", "shown"] {
        let id = school.opens(&house, names, &[&school.head, &school.teacher]).await;
        school.gives(&house, id, &school.head, "4", "I see it daily").await;
        school.gives(&house, id, &school.teacher, "1", "Not in my corridor").await;
        for page in [format!("/{id}/strands/{STRAND}"), format!("/{id}/statements/p1"), format!("/{id}")] {
            let body = house.see(&school.path(&page), &school.head).await.body;
            for told in ["Not in my corridor", "I see it daily", "<td class=\"govuk-table__cell"] {
                assert!(!body.contains(told), "{page}: {told}: {body}");
            }
        }
        let strand = house.see(&school.path(&format!("/{id}/strands/{STRAND}")), &school.teacher).await.body;
        assert!(strand.contains("Too few to show"), "{strand}");
        // They can talk and agree all the same, and each reads what they said themselves.
        let form = [("judgement", "none"), ("revision", "0")];
        assert_eq!(school.settles(&house, id, "p1", &form).await.status, StatusCode::SEE_OTHER);
        let own = house.see(&school.path(&format!("/{id}/mine")), &school.teacher).await.body;
        assert!(own.contains("Not in my corridor") && !own.contains("I see it daily"), "{own}");
    }
}

async fn names_stand_beside_views_only_where_it_was_said_before(house: House) {
    let school = School::new(&house).await;
    let strand = |id: i64| school.path(&format!("/{id}/strands/{STRAND}"));
    let hidden = school.agreed(&house, "hidden").await;
    let shown = school.agreed(&house, "shown").await;
    for person in [&school.head, &school.lead, &school.teacher, &school.deputy] {
        let body = house.see(&strand(hidden), person).await.body;
        assert!(body.contains("Nobody’s name is shown") && body.contains("We plan in pairs"), "{body}");
        assert!(!body.contains("Tom Reed:") && !body.contains("Tom Reed</td>"), "{body}");
        let body = house.see(&strand(shown), person).await.body;
        assert!(body.contains("Zoe Marsh: We plan in pairs") && body.contains("Asha Patel, Zoe Marsh"), "{body}");
    }
    // It is fixed: there is no way to say otherwise afterwards.
    let more = [("do", "names"), ("names", "shown")];
    school.step(&house, hidden, &more).await;
    assert!(house.see(&strand(hidden), &school.head).await.body.contains("Nobody’s name is shown"));
}

async fn whoever_is_not_asked_sees_nothing(house: House) {
    let school = School::new(&house).await;
    let other = house.school("Invented: Oakmere Primary", None).await;
    house.takes_part(other, school.programme).await;
    let mut others = vec![
        ("a teacher who takes no part", house.person("Una Voss", Role::Teacher, school.id).await),
        ("a governor", school.governor.clone()),
        ("the adviser", school.adviser.clone()),
        ("an administrator", house.person("Sam Field", Role::Administrator, 1).await),
    ];
    for (role, place) in
        [(Role::ProgrammeLead, school.programme), (Role::Evaluator, school.programme), (Role::Head, other)]
    {
        others.push(("somebody else", house.person(&format!("The {}", role.words()), role, place).await));
    }
    let open = school.opens(&house, "hidden", &[&school.head, &school.lead, &school.teacher]).await;
    let agreed = school.agreed(&house, "hidden").await;
    for id in [open, agreed] {
        for (name, person) in &others {
            for below in [
                "",
                "/mine",
                &format!("/mine/{STRAND}"),
                &format!("/strands/{STRAND}"),
                "/statements/p1",
                "/evidence",
                "/strengths",
            ] {
                let answer = house.see(&school.path(&format!("/{id}{below}")), person).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "GET {below} as {name}");
                assert!(!answer.body.contains("Ashdale") && !answer.body.contains("corridor"), "{below} as {name}");
            }
            let form = [("do", "together"), ("p1", "3"), ("words", "x"), ("judgement", "1"), ("agreed", "1")];
            for below in
                ["/state", "/sign", "/differ", &format!("/mine/{STRAND}"), "/statements/p1", "/evidence", "/strengths"]
            {
                let answer = house.send(&school.path(&format!("/{id}{below}")), person, &form).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "POST {below} as {name}: {}", answer.body);
            }
        }
    }
    // What is released is the agreed one; of the other there is still nothing.
    school.releases(&house, &format!("programme_lead-{}", school.programme)).await;
    let lead = &others[4].1;
    assert_eq!(house.see(&school.path(&format!("/{agreed}")), lead).await.status, StatusCode::OK);
    assert_eq!(house.see(&school.path(&format!("/{open}")), lead).await.status, StatusCode::NOT_FOUND);
    let list = house.see(&school.path(""), lead).await.body;
    assert!(list.contains(&format!("/diagnoses/{agreed}")) && !list.contains(&format!("/diagnoses/{open}")), "{list}");
    // The strand lead leads Pedagogy and may add nothing elsewhere; another school's id leads nowhere.
    let foreign = format!("/organisations/{other}/diagnoses/{agreed}");
    assert_eq!(house.see(&foreign, &school.head).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.see(&foreign, &others[6].1).await.status, StatusCode::NOT_FOUND);
    // Nothing of it can be opened before something is agreed and released.
    let early = school.asks(&house, "hidden", &[]).await;
    assert!(early.body.contains("Choose who takes part"), "{}", early.body);
}

async fn ninety_people_answer_at_once_and_nothing_is_lost(house: House) {
    let school = School::new(&house).await;
    let mut people = Vec::new();
    for number in 0..90 {
        people.push(house.person(&format!("Person {number}"), Role::Teacher, school.id).await);
    }
    let id = school.opens(&house, "hidden", &people.iter().collect::<Vec<_>>()).await;
    let (house, school) = (std::sync::Arc::new(house), std::sync::Arc::new(school));
    let giving = people.iter().cloned().enumerate().map(|(at, person)| {
        let (house, school) = (house.clone(), school.clone());
        tokio::spawn(async move {
            let answer = ["1", "2", "3", "4", "unsure"][at % 5];
            school.gives(&house, id, &person, answer, "").await.header("location").to_owned()
        })
    });
    let mut last = 0;
    for given in giving.collect::<Vec<_>>() {
        let to = given.await.unwrap();
        assert!(to.contains("done="), "{to}");
        last += usize::from(to.ends_with("done=last"));
    }
    assert_eq!(last, 1, "one of them was the last, and laid all open");
    let strand = house.see(&school.path(&format!("/{id}/strands/{STRAND}")), &school.head).await.body;
    assert!(strand.contains("90 of you have looked"), "{strand}");
    assert_eq!(strand.matches(">18</td>").count(), 5 * STATEMENTS.len(), "{strand}");
    let page = house.see(&school.path(&format!("/{id}/statements/p1")), &school.head).await.body;
    assert!(page.len() < 100_000, "{} bytes", page.len());
}

async fn a_teacher_has_at_most_three_fields_a_statement_and_one_of_them_required(house: House) {
    let school = School::new(&house).await;
    let id = school.opens(&house, "hidden", &[&school.head, &school.lead, &school.teacher]).await;
    let page = house.see(&school.path(&format!("/{id}/mine/{STRAND}")), &school.teacher).await.body;
    let mut names: Vec<&str> = page.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    names.sort_unstable();
    names.dedup();
    for statement in STATEMENTS {
        let fields = names.iter().filter(|name| name.split('-').next() == Some(statement)).count();
        assert_eq!(fields, 2, "{statement}: {names:?}");
    }
    // Without the optional sentence it is done.
    let done = school.gives(&house, id, &school.teacher, "2", "").await;
    assert!(done.header("location").ends_with("done=done"), "{}", done.body);
    let long = "a".repeat(501);
    assert!(school.gives(&house, id, &school.teacher, "2", &long).await.body.contains("Shorten your sentence on p1"));
    let lost = [("do", "later"), ("p2-because", "A sentence without an answer")];
    let lost = house.send(&school.path(&format!("/{id}/mine/{STRAND}")), &school.lead, &lost).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        lost.body.contains("so that your sentence can be kept") && lost.body.contains("A sentence without an answer")
    );
}

async fn three_years_after_the_school_left_it_goes(house: House) {
    let school = School::new(&house).await;
    let id = school.agreed(&house, "shown").await;
    let slug = cohort::cohorts(&house.world, &Who::Console).await.unwrap()[0].slug.clone();
    let part = cohort::cohort(&house.world, &Who::Console, &slug).await.unwrap().participations[0].id;
    let left = Some(jiff::civil::date(2027, 1, 1));
    house.clock.set("2027-01-01T09:00:00Z".parse().unwrap());
    cohort::set_status(&house.world, &Who::Console, &slug, part, Some(Status::Left), left, "done").await.unwrap();
    let erased = async |now: &str| {
        house.clock.set(now.parse().unwrap());
        let all = retention::sweep(&house.world).await.unwrap();
        all.iter().find(|one| one.rule == "diagnosis-3-years").unwrap().things
    };
    assert_eq!(erased("2029-12-30T09:00:00Z").await, 0);
    assert_eq!(erased("2030-01-02T09:00:00Z").await, 1);
    assert_eq!(erased("2030-01-02T09:00:00Z").await, 0, "twice erases nothing more");
    let head = house.session(school.head.id, &school.head.name).await;
    assert_eq!(house.see(&school.path(&format!("/{id}")), &head).await.status, StatusCode::NOT_FOUND);
    // That there was one stays known; what it said is nowhere in the database.
    let history = house.see(&format!("/organisations/{}/history", school.id), &head).await.body;
    assert!(history.contains("Erased a diagnosis, with all that was said in it"), "{history}");
    let mut backup = Vec::new();
    store::backup::backup(&house.world.db, &mut backup, house.world.now()).await.unwrap();
    let all = String::from_utf8(zstd::decode_all(backup.as_slice()).unwrap()).unwrap();
    for text in ["Not in my corridor", "We plan in pairs", "Everybody hears children read", "next Network Day"] {
        assert!(!all.contains(text), "{text} is still there");
    }
}

on_both! {
    three_years_after_the_school_left_it_goes
    fewer_than_three_are_never_told_apart
    names_stand_beside_views_only_where_it_was_said_before
    whoever_is_not_asked_sees_nothing
    ninety_people_answer_at_once_and_nothing_is_lost
    a_teacher_has_at_most_three_fields_a_statement_and_one_of_them_required
}
