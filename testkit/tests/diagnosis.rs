//! A school looks at itself: from opening a diagnosis to signing it, told as the
//! people in it.

use crate::looking::{STATEMENTS, STRAND, School};
use axum::http::StatusCode;
use programme::{cohort, who::Role};
use testkit::{House, on_both};

async fn a_school_looks_at_itself_and_agrees(house: House) {
    let school = School::new(&house).await;
    let (head, lead, teacher) = (&school.head, &school.lead, &school.teacher);
    // The head opens it. What is asked is shown on one page.
    let form = house.see(&school.path("/new"), head).await;
    assert!(form.status == StatusCode::OK && form.body.contains("nobody can change it afterwards"), "{}", form.body);
    let empty = house.send(&school.path("/new"), head, &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Choose what you want to go by", "Choose who takes part", "today or later", "Say whether views carry"]
    {
        assert!(empty.body.contains(words), "{words}: {}", empty.body);
    }
    let id = school.opens(&house, "hidden", &[head, lead, teacher]).await;

    // The teacher finds it on their start page, with how long it takes.
    let start = house.see("/start", teacher).await.body;
    assert!(start.contains("Say how you see our school, about four minutes"), "{start}");
    let mine = school.path(&format!("/{id}/mine"));
    let part = house.see(&mine, teacher).await.body;
    assert!(part.contains("No names are shown") && part.contains("Asha Patel, Tom Reed, Zoe Marsh"), "{part}");
    // They answer two, are called away, and go on later on a phone.
    let page = format!("{mine}/{STRAND}");
    let later = house
        .send(
            &page,
            teacher,
            &[("do", "later"), ("p1", "1"), ("p2", "unsure"), ("p1-because", "Our plans stop at Easter")],
        )
        .await;
    assert!(later.header("location").ends_with("/mine?done=kept"), "{}", later.body);
    assert!(house.see(&mine, teacher).await.body.contains("Four left"));
    let again = house.see(&page, teacher).await.body;
    assert!(again.contains("value=\"Our plans stop at Easter\""), "{again}");
    assert!(again.contains("id=\"p1\" name=\"p1\" type=\"radio\" value=\"1\" checked"), "{again}");
    // What is missing is said; what was answered is kept.
    let some = house.send(&page, teacher, &[("do", "next"), ("p1", "1"), ("p2", "unsure"), ("p3", "4")]).await;
    assert_eq!(some.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(some.body.matches("is one</a>").count(), 3, "{}", some.body);
    assert!(house.see(&mine, teacher).await.body.contains("Three left"));
    let done = school.says(&house, id, teacher, &STATEMENTS.map(|one| (one, "1")), "Our plans stop at Easter").await;
    assert!(done.header("location").ends_with("/mine?done=done"), "{}", done.body);
    // A change of mind before all look is nobody's business.
    school
        .says(
            &house,
            id,
            teacher,
            &STATEMENTS.map(|one| (one, if one == "p4" { "4" } else { "1" })),
            "Our plans stop at Easter",
        )
        .await;

    // Nobody sees it, not even the head; that it was done, they see.
    for person in [head, lead, &school.deputy] {
        let hub = house.see(&school.path(&format!("/{id}")), person).await;
        assert!(hub.body.contains("One of three have looked"), "{}", hub.body);
        let strand = house.see(&school.path(&format!("/{id}/strands/{STRAND}")), person).await;
        assert_eq!(strand.status, StatusCode::NOT_FOUND);
        for body in [&hub.body, &house.see(&school.path(&format!("/{id}/evidence")), person).await.body] {
            assert!(!body.contains("Easter"), "{body}");
        }
    }
    let history = house.see(&format!("/organisations/{}/history", school.id), head).await.body;
    assert!(history.contains("Gave their views on a strand") && !history.contains("Easter"), "{history}");

    // With the last, all views are laid open.
    school.says(&house, id, head, &STATEMENTS.map(|one| (one, if one == "p4" { "4" } else { "3" })), "").await;
    let last =
        school.says(&house, id, lead, &STATEMENTS.map(|one| (one, if one == "p4" { "4" } else { "2" })), "").await;
    assert!(last.header("location").ends_with("done=last"), "{}", last.body);
    let strand = house.see(&school.path(&format!("/{id}/strands/{STRAND}")), teacher).await.body;
    assert!(strand.contains("Three of you have looked. Start where you differ"), "{strand}");
    assert!(strand.contains("Our plans stop at Easter") && strand.contains("You all say the same."), "{strand}");
    // A picture with its table, and a sentence on how far they agree; no mark.
    assert!(strand.contains("<svg") && strand.contains("Source: views given alone"), "{strand}");
    assert!(strand.contains("How this is reckoned") && strand.contains("It is no mark"), "{strand}");
    // The one on which all agree comes last.
    let place = |words: &str| strand.find(words).unwrap_or_else(|| panic!("{words}: {strand}"));
    assert!(place("What we teach builds up") < place("Reading is taught well to everyone"));
    // Nobody's view changes any more, and nobody gives one.
    let late = school.gives(&house, id, teacher, "3", "").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("nobody can change theirs"), "{}", late.body);

    // The strand lead ties evidence to two statements of their strand.
    let evidence = school.path(&format!("/{id}/evidence"));
    let piece = [
        ("words", "Four of six year groups begin with what came before"),
        ("source", "Plans of all year groups"),
        ("on-day", "20"),
        ("on-month", "11"),
        ("on-year", "2026"),
        ("weight", "checked"),
        ("statements", "p1"),
        ("statements", "p3"),
        ("statements", "l1"),
    ];
    assert_eq!(house.send(&evidence, lead, &piece).await.status, StatusCode::SEE_OTHER);
    let strand = house.see(&school.path(&format!("/{id}/strands/{STRAND}")), head).await.body;
    assert_eq!(strand.matches("One piece of evidence").count(), 2, "{strand}");
    assert_eq!(house.send(&evidence, teacher, &piece).await.status, StatusCode::NOT_FOUND);

    // Strengths first: without one, and what will be done with it, nothing is agreed.
    let form = [
        ("judgement", "2"),
        ("agreed", "1"),
        ("agreed", "3"),
        ("dissent", "Not in Year 5\r\nand 6"),
        ("revision", "0"),
    ];
    let settled = school.settles(&house, id, "p1", &form).await;
    assert!(
        settled.header("location").contains("/statements/") && settled.header("location").ends_with("done=written")
    );
    let refused = school.step(&house, id, &[("do", "agree")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("one strength, and what you will do with it"), "{}", refused.body);
    school.notes(&house, id, "Everybody hears children read", "").await;
    let refused = school.step(&house, id, &[("do", "agree")]).await;
    assert!(refused.body.contains("what you will do with one of your strengths"), "{}", refused.body);
    school.notes(&house, id, "Year 2 reads to Year 6", "Show it at the next Network Day").await;
    let agreed = school.step(&house, id, &[("do", "agree")]).await;
    assert!(agreed.header("location").ends_with("done=agreed"), "{}", agreed.body);
    let hub = house.see(&school.path(&format!("/{id}")), teacher).await.body;
    for words in [
        "This is what you agreed",
        "Agreed: In places. Asha Patel and Zoe Marsh agree.",
        "Somebody sees it differently",
        "Show it at the next Network Day",
    ] {
        assert!(hub.contains(words), "{words}: {hub}");
    }
    // What is agreed stands.
    assert!(school.settles(&house, id, "p1", &form).await.body.contains("nothing of it changes any more"));
    assert!(school.notes(&house, id, "More", "More").await.body.contains("nothing of it changes any more"));
    assert_eq!(house.send(&evidence, lead, &piece).await.status, StatusCode::UNPROCESSABLE_ENTITY);

    // The head signs.
    let sign = school.path(&format!("/{id}/sign"));
    assert!(house.send(&sign, head, &[]).await.header("location").ends_with("done=signed"));
    assert!(house.send(&sign, head, &[]).await.body.contains("It is signed already"));
    assert_eq!(house.send(&sign, &school.deputy, &[]).await.status, StatusCode::NOT_FOUND);
}

async fn the_adviser_sees_it_once_it_is_released_and_signs_with_a_view_of_their_own(house: House) {
    let school = School::new(&house).await;
    let id = school.agreed(&house, "shown").await;
    let (page, adviser) = (school.path(&format!("/{id}")), &school.adviser);
    let (sign, differ) = (format!("{page}/sign"), format!("{page}/differ"));
    let words = [("statement", "p1"), ("words", "In Year 4 I saw it twice")];
    // Before it is released there is nothing.
    assert_eq!(house.see(&page, adviser).await.status, StatusCode::NOT_FOUND);
    for (to, form) in [(&sign, &[] as &[(&str, &str)]), (&differ, &words)] {
        assert_eq!(house.send(to, adviser, form).await.status, StatusCode::NOT_FOUND);
    }
    let to = format!("adviser-{}-{}", school.programme, adviser.id);
    assert_eq!(school.releases(&house, &to).await.status, StatusCode::SEE_OTHER);
    let seen = house.see(&page, adviser).await.body;
    assert!(seen.contains("What Invented: Ashdale Primary agreed about itself"), "{seen}");
    assert!(seen.contains("Show it at the next Network Day"), "strengths come first: {seen}");
    assert!(seen.contains("Agreed: In places. Two of three agree."), "{seen}");
    assert!(!seen.contains("Tom Reed"), "{seen}");
    // How many said what, never who, though names are shown inside.
    let strand = house.see(&format!("{page}/strands/{STRAND}"), adviser).await.body;
    assert!(strand.contains("Three people have looked"), "{strand}");
    assert!(!strand.contains("How this is reckoned") && !strand.contains("alpha"), "{strand}");
    assert!(!strand.contains("Tom Reed") && !strand.contains("We plan in pairs"), "{strand}");
    assert!(strand.contains("Not in my corridor"), "dissent stays beside what was agreed: {strand}");
    // Their own view stays beside the school's, and both have signed.
    assert!(house.send(&differ, adviser, &[("words", "")]).await.body.contains("Say what you see differently"));
    for (point, statement, says) in
        [("9", "p1", "Choose a word of the scale, or none"), ("1", "", "Choose the statement that your word is about")]
    {
        let form = [("statement", statement), ("point", point), ("words", "In Year 4 I saw it twice")];
        let refused = house.send(&differ, adviser, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(says), "{}", refused.body);
    }
    let with_word = [words[0], words[1], ("point", "3")];
    assert!(house.send(&differ, adviser, &with_word).await.header("location").ends_with("done=differs"));
    let hub = house.see(&page, &school.head).await.body;
    assert!(!hub.contains("The school and its adviser"), "nobody is compared before they sign: {hub}");
    assert!(house.send(&sign, adviser, &[]).await.header("location").ends_with("done=signed"));
    assert!(house.send(&sign, &school.head, &[]).await.header("location").ends_with("done=signed"));
    let hub = house.see(&page, &school.head).await.body;
    for words in [
        "Signed for the school",
        "Signed by the adviser",
        "In Year 4 I saw it twice",
        "What the adviser sees differently",
        "would say ‘",
        "The school and its adviser",
    ] {
        assert!(hub.contains(words), "{words}: {hub}");
    }
    // The school reads that they looked; withdrawn, there is nothing again.
    let releases = house.see(&format!("/organisations/{}/releases", school.id), &school.head).await.body;
    assert!(releases.contains("Priya Shah, adviser, read one of your diagnoses: "), "{releases}");
    house.send(&format!("/organisations/{}/releases/withdraw", school.id), &school.head, &[("release", "all")]).await;
    assert_eq!(house.see(&page, adviser).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.send(&differ, adviser, &words).await.status, StatusCode::NOT_FOUND);
}

async fn dissent_stays_and_a_change_of_mind_is_taken_up(house: House) {
    let school = School::new(&house).await;
    let id = school.agreed(&house, "hidden").await;
    let page = school.path(&format!("/{id}"));
    school.releases(&house, &format!("governor-{}", school.id)).await;
    assert_eq!(house.see(&page, &school.governor).await.status, StatusCode::OK);
    house.send(&format!("{page}/sign"), &school.head, &[]).await;
    // Two weeks later the teacher has changed their mind.
    assert!(school.step(&house, id, &[("do", "reopen")]).await.body.contains("Say why you talk about it once more"));
    let why = [("do", "reopen"), ("why", "Tom has taught next door since")];
    assert!(school.step(&house, id, &why).await.header("location").ends_with("done=reopened"));
    // Signatures are gone, what was written is there, and others see nothing meanwhile.
    let hub = house.see(&page, &school.head).await.body;
    assert!(!hub.contains("Signed for the school") && hub.contains("Show it at the next Network Day"), "{hub}");
    assert_eq!(house.see(&page, &school.governor).await.status, StatusCode::NOT_FOUND);
    let form = [("judgement", "3"), ("agreed", "all"), ("dissent", ""), ("revision", "1")];
    assert_eq!(school.settles(&house, id, "p1", &form).await.status, StatusCode::SEE_OTHER);
    school.step(&house, id, &[("do", "agree")]).await;
    let read = house.see(&page, &school.governor).await.body;
    assert!(read.contains("Agreed: Mostly. All three agree.") && !read.contains("Somebody sees it"), "{read}");
    // What was said before stands in the school's history.
    let head = house.caller(&school.head).await;
    let rows = programme::audit::of_organisation(&house.world, &head, school.id, None).await.unwrap().rows;
    let settled = rows.iter().find(|row| row.what == "settle a statement").unwrap();
    assert_eq!(settled.before.as_ref().unwrap()["dissent"], "Not in my corridor");
    assert!(rows.iter().any(|row| row.what == "talk once more" && row.why.as_deref() == Some(why[1].1)));
}

async fn two_write_down_at_once_and_the_second_sees_the_first(house: House) {
    let school = School::new(&house).await;
    let id = school.opens(&house, "hidden", &[&school.head, &school.lead, &school.teacher]).await;
    school.gives(&house, id, &school.head, "3", "").await;
    school.step(&house, id, &[("do", "together")]).await;
    let page = school.path(&format!("/{id}/statements/p2"));
    let first = [("judgement", "3"), ("agreed", "1"), ("dissent", ""), ("revision", "0")];
    assert_eq!(house.send(&page, &school.deputy, &first).await.status, StatusCode::SEE_OTHER);
    let second =
        [("judgement", "1"), ("agreed", "2"), ("dissent", "Not for those who find it hardest"), ("revision", "0")];
    let conflict = house.send(&page, &school.head, &second).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    for words in [
        "Ben Okoro wrote something else while you were writing",
        "Agreed: Mostly. Asha Patel agrees.",
        "Not for those who find it hardest",
        "name=\"revision\" value=\"1\"",
    ] {
        assert!(conflict.body.contains(words), "{words}: {}", conflict.body);
    }
    let strand = house.see(&school.path(&format!("/{id}/strands/{STRAND}")), &school.head).await.body;
    assert!(strand.contains("Agreed: Mostly"), "nothing was changed");
    // Knowing it, they write theirs; the same once more changes nothing.
    let knowing = [("judgement", "1"), ("agreed", "2"), ("dissent", second[2].1), ("revision", "1")];
    for _ in 0..2 {
        assert_eq!(house.send(&page, &school.head, &knowing).await.status, StatusCode::SEE_OTHER);
    }
    let strand = house.see(&school.path(&format!("/{id}/strands/{STRAND}")), &school.head).await.body;
    assert!(strand.contains("Agreed: Not yet. Tom Reed agrees."), "{strand}");
    // At the very same moment.
    let at_once = |who, judgement| {
        let form = [("judgement", judgement), ("agreed", "1"), ("revision", "0")];
        let page = school.path(&format!("/{id}/statements/p3"));
        let house = &house;
        async move { house.send(&page, who, &form).await.status }
    };
    let (a, b) = tokio::join!(at_once(&school.head, "1"), at_once(&school.deputy, "2"));
    let mut both = [a, b];
    both.sort();
    assert_eq!(both, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
}

async fn two_schools_look_together_each_with_its_own_record(house: House) {
    let school = School::new(&house).await;
    let other = house.school("Invented: Oakmere Primary", None).await;
    house.takes_part(other, school.programme).await;
    let their_head = house.person("Olu Adair", Role::Head, other).await;
    let stranger = house.school("Invented: Far Away Primary", None).await;
    let id = school.opens(&house, "hidden", &[&school.head, &school.lead, &school.teacher]).await;
    let named = school.step(&house, id, &[("do", "beside"), ("school", &other.to_string())]).await;
    assert!(named.header("location").ends_with("done=beside"), "{}", named.body);
    assert!(
        school.step(&house, id, &[("do", "beside"), ("school", &other.to_string())]).await.body.contains("already")
    );
    let refused = school.step(&house, id, &[("do", "beside"), ("school", &stranger.to_string())]).await;
    assert!(refused.body.contains("Choose one of the schools that take part with you"), "{}", refused.body);
    // The other reads that they do, and nothing more.
    let list = house.see(&format!("/organisations/{other}/diagnoses"), &their_head).await.body;
    assert!(list.contains("Invented: Ashdale Primary looks at itself at the same time as you."), "{list}");
    assert!(!list.contains("Read what they agreed"));
    assert_eq!(house.see(&school.path(&format!("/{id}")), &their_head).await.status, StatusCode::NOT_FOUND);
    // Until it is agreed and released to them.
    for person in [&school.head, &school.lead, &school.teacher] {
        school.gives(&house, id, person, "3", "").await;
    }
    school.settles(&house, id, "p1", &[("judgement", "3"), ("agreed", "all"), ("revision", "0")]).await;
    school.notes(&house, id, "We read aloud", "We offer a visit").await;
    school.step(&house, id, &[("do", "agree")]).await;
    school.releases(&house, &format!("head-{other}")).await;
    let list = house.see(&format!("/organisations/{other}/diagnoses"), &their_head).await.body;
    assert!(list.contains("Read what they agreed"), "{list}");
    let looks = || async { house.see(&format!("/organisations/{}/releases", school.id), &school.head).await.body };
    assert!(looks().await.contains("Nobody from outside your school has looked"), "a list is no look");
    assert_eq!(house.see(&school.path(&format!("/{id}")), &their_head).await.status, StatusCode::OK);
    assert!(looks().await.contains("Olu Adair, headteacher, read one of your diagnoses: "));
}

async fn one_diagnosis_is_released_and_not_the_other(house: House) {
    let school = School::new(&house).await;
    let (first, second) = (school.agreed(&house, "hidden").await, school.agreed(&house, "hidden").await);
    let third = school.opens(&house, "hidden", &[&school.head, &school.lead, &school.teacher]).await;
    let page = format!("/organisations/{}/releases", school.id);
    let to = format!("adviser-{}", school.programme);
    let release = async |what: String| house.send(&page, &school.head, &[("kind", &what), ("to", &to)]).await;
    let form = house.see(&page, &school.head).await.body;
    assert!(form.contains(&format!("diagnosis-{first}")) && form.contains("Only this diagnosis: "), "{form}");
    assert!(!form.contains(&format!("diagnosis-{third}")), "one that is not agreed is not offered");
    // Only what is the school's and agreed, and only a diagnosis.
    let elsewhere = house.world.id();
    for what in [format!("diagnosis-{third}"), format!("diagnosis-{elsewhere}"), format!("plan-{first}")] {
        let refused = release(what.clone()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        assert!(refused.body.contains("that is agreed") || refused.body.contains("Open a priority"), "{what}");
    }
    assert_eq!(release(format!("diagnosis-{first}")).await.status, StatusCode::SEE_OTHER);
    let see = async |id: i64| house.see(&school.path(&format!("/{id}")), &school.adviser).await.status;
    assert_eq!((see(first).await, see(second).await), (StatusCode::OK, StatusCode::NOT_FOUND));
    assert!(house.see("/adviser", &school.adviser).await.body.contains("One of the school’s diagnoses"));
    let all = house.see(&page, &school.head).await.body;
    assert!(all.contains("One of your diagnoses: ") && all.contains("read one of your diagnoses: "), "{all}");
    // The programme's steps count it as what it is.
    release(format!("diagnosis-{first}")).await;
    let lead = house.person("Lena Fox", Role::ProgrammeLead, school.programme).await;
    let leads = format!("programme_lead-{}", school.programme);
    let one = format!("diagnosis-{second}");
    house.send(&page, &school.head, &[("kind", &one), ("to", &leads)]).await;
    let slug = cohort::programmes(&house.world).await.unwrap();
    let slug = &slug.iter().find(|one| one.id == school.programme).unwrap().slug;
    let steps = house.see(&format!("/programmes/{slug}/steps"), &lead).await.body;
    assert!(steps.contains("one of the school’s diagnoses"), "{steps}");
    // Withdrawn, it can be released again as what it was.
    house.send(&format!("{page}/withdraw"), &school.head, &[("release", "all")]).await;
    assert_eq!(see(first).await, StatusCode::NOT_FOUND);
    let again = house.see(&page, &school.head).await.body;
    assert!(again.contains(&format!("name=\"kind\" value=\"diagnosis-{first}\"")), "{again}");
}

on_both! {
    a_school_looks_at_itself_and_agrees
    the_adviser_sees_it_once_it_is_released_and_signs_with_a_view_of_their_own
    dissent_stays_and_a_change_of_mind_is_taken_up
    two_write_down_at_once_and_the_second_sees_the_first
    two_schools_look_together_each_with_its_own_record
    one_diagnosis_is_released_and_not_the_other
}
