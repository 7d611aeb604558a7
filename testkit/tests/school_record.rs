//! A school writes of itself: drafts, versions, two people at once, bringing an
//! earlier version back, erasing it for good.

use axum::http::StatusCode;
use programme::{self_view, who::Role};
use testkit::{Answer, House, Person, on_both};

const OLD: &str = "Our children read every day";

async fn school(house: &House) -> (i64, Person) {
    let school = house.school("Invented: Ashdale Primary", Some(135_001)).await;
    let head = house.person("Asha Patel", Role::Head, school).await;
    (school, head)
}

/// The form as a browser sends it.
async fn save(house: &House, school: i64, who: &Person, revision: &str, texts: &[(&str, &str)]) -> Answer {
    let mut form = vec![("do", "save"), ("revision", revision), ("why", "after the staff meeting")];
    form.extend_from_slice(texts);
    house.send(&format!("/organisations/{school}/self-view/edit"), who, &form).await
}

async fn a_school_writes_and_reads_its_own_words(house: House) {
    let (school, head) = school(&house).await;
    let page = format!("/organisations/{school}/self-view");
    let empty = house.see(&page, &head).await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.body.contains("Nothing is written yet. Begin with what you do well"));

    let edit = house.see(&format!("{page}/edit"), &head).await;
    assert!(edit.body.contains("What do we do well?") && edit.body.contains("name=\"revision\" value=\"0\""));
    let texts = [("strengths", OLD), ("improve", "Writing <in> maths"), ("visitors", ""), ("help", "")];
    let saved = save(&house, school, &head, "0", &texts).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let read = house.see(&page, &head).await.body;
    assert!(read.contains(OLD) && read.contains("Writing &#60;in&#62; maths"), "{read}");
    assert!(read.contains("Only your leaders can see it"));

    // What was done stands in the school's record, in words.
    let history = house.see(&format!("/organisations/{school}/history"), &head).await.body;
    assert!(history.contains("Asha Patel, headteacher") && history.contains("Changed your school in your own words"));
    assert!(history.contains("after the staff meeting"));

    // The same once more changes nothing; too long a text is refused with its place.
    let same = save(&house, school, &head, "1", &texts).await;
    assert!(same.header("location").ends_with("done=same"));
    let long = "a".repeat(10_001);
    let refused = save(&house, school, &head, "1", &[("strengths", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Shorten ‘what we do well’ to 10,000 characters"));
    // A form without our token does nothing.
    let forged = house.post(&format!("{page}/edit"), &head.cookie, &[("csrf", "x"), ("do", "save")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

async fn a_draft_waits_for_its_writer_alone(house: House) {
    let (school, head) = school(&house).await;
    let deputy = house.person("Ben Okoro", Role::Deputy, school).await;
    let edit = format!("/organisations/{school}/self-view/edit");
    // Without JavaScript: by the button.
    let form = [("do", "draft"), ("revision", "0"), ("strengths", "half a sen")];
    let kept = house.send(&edit, &head, &form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let page = house.see(kept.header("location"), &head).await.body;
    assert!(page.contains("half a sen") && page.contains("Kept as a draft"), "{page}");
    // Who comes back is asked; nothing is lost by looking.
    let asked = house.see(&edit, &head).await.body;
    assert!(asked.contains("A draft of yours from 09:00 is here") && asked.contains("cannot be undone"), "{asked}");
    // Nobody else knows of it.
    let other = house.see(&edit, &deputy).await.body;
    assert!(!other.contains("half a sen") && !other.contains("A draft of yours"));
    // A question at a time: each answer is kept, and the next one comes.
    let step = house.send(&edit, &head, &[("do", "next"), ("step", "strengths"), ("strengths", "a sentence")]).await;
    assert!(step.header("location").ends_with("draft=go&step=improve"), "{}", step.header("location"));
    let second = house.see(step.header("location"), &head).await.body;
    assert!(second.contains("Question 2 of 4") && second.contains("What do we want to get better at?"));
    let last = house.send(&edit, &head, &[("do", "next"), ("step", "help"), ("help", "time")]).await;
    let all = house.see(last.header("location"), &head).await.body;
    assert!(all.contains("a sentence") && all.contains(">time</textarea>"), "{all}");
    // Saving it ends it; putting it away as well.
    save(&house, school, &head, "0", &[("strengths", "a sentence")]).await;
    assert!(!house.see(&edit, &head).await.body.contains("A draft of yours"));
    house.send(&edit, &head, &[("do", "draft"), ("revision", "1"), ("strengths", "another")]).await;
    let away = house.send(&edit, &head, &[("do", "away")]).await;
    assert!(away.header("location").ends_with("done=away"));
    assert!(!house.see(&edit, &head).await.body.contains("another"));
}

async fn a_draft_is_not_asked_about_as_a_pupils_record(house: House) {
    let (school, head) = school(&house).await;
    let edit = format!("/organisations/{school}/self-view/edit");
    let asks = "This looks like a pupil’s record";
    let words = "Zoe (DOB 12/03/2015) reads aloud";
    // A draft is its writer's alone, and may be half a thought.
    for what in [[("do", "draft"), ("step", "")], [("do", "next"), ("step", "strengths")]] {
        let form = [what[0], what[1], ("revision", "0"), ("strengths", words)];
        let kept = house.send(&edit, &head, &form).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    }
    assert!(house.see(&format!("{edit}?draft=go"), &head).await.body.contains("DOB 12/03/2015"));
    // Saved, it is asked about; and so is the draft of anything else.
    let asked = save(&house, school, &head, "0", &[("strengths", words)]).await;
    assert!(asked.status == StatusCode::UNPROCESSABLE_ENTITY && asked.body.contains(asks), "{}", asked.body);
    let form = [("do", "draft"), ("question", words), ("options", "One\nTwo")];
    let asked = house.send(&format!("/organisations/{school}/decisions"), &head, &form).await;
    assert!(asked.body.contains(asks), "{}", asked.body);
    let page = format!("/organisations/{school}/self-view");
    assert!(!house.see(&page, &head).await.body.contains("DOB"), "nothing of it was saved");
}

async fn a_script_keeps_a_draft_and_is_told_when(house: House) {
    let (school, head) = school(&house).await;
    let request = |body: String| {
        axum::http::Request::post(format!("/organisations/{school}/self-view/edit"))
            .header("cookie", &head.cookie)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .unwrap()
    };
    let body = format!("csrf={}&revision=0&strengths=typed&do=draft", head.csrf);
    let answer = house.ask(request(body)).await;
    assert_eq!((answer.status, answer.json()["saved"].as_str()), (StatusCode::OK, Some("09:00")));
    // A script that is late, after the form was saved, leaves no draft behind.
    save(&house, school, &head, "0", &[("strengths", "typed")]).await;
    house.ask(request(format!("csrf={}&revision=0&strengths=typed&do=draft", head.csrf))).await;
    let edit = house.see(&format!("/organisations/{school}/self-view/edit"), &head).await.body;
    assert!(!edit.contains("A draft of yours"));
}

async fn two_write_at_once_and_nothing_is_lost(house: House) {
    let (school, head) = school(&house).await;
    let deputy = house.person("Ben Okoro", Role::Deputy, school).await;
    let edit = format!("/organisations/{school}/self-view/edit");
    save(&house, school, &head, "0", &[("strengths", OLD), ("improve", "Writing")]).await;
    // Both begin from version 1; the deputy saves first.
    let first = [("strengths", "Our children read every day, at home too"), ("improve", "Writing"), ("help", "Time")];
    save(&house, school, &deputy, "1", &first).await;
    let second = [("strengths", "Our children sing every day"), ("improve", "Writing in maths"), ("help", "")];
    let conflict = save(&house, school, &head, "1", &second).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    let page = &conflict.body;
    assert!(page.contains("Ben Okoro changed it while you were writing"), "{page}");
    for part in ["at home too", "sing", "Only you changed this.", "Only Ben Okoro changed this.", "both changed this"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.contains("<ins class=\"app-diff__ins\">") && page.contains("[added: "));
    // Nothing was saved, and what was written waits as a draft.
    let read = house.see(&format!("/organisations/{school}/self-view"), &head).await.body;
    assert!(read.contains("at home too") && !read.contains("sing"));
    assert!(house.see(&edit, &head).await.body.contains("A draft of yours"));

    // Not having chosen for what both changed, one is asked again.
    let mine = [
        ("do", "settle"),
        ("base", "1"),
        ("revision", "2"),
        ("mine-strengths", "Our children sing every day"),
        ("mine-improve", "Writing in maths"),
        ("mine-visitors", ""),
        ("mine-help", ""),
        ("pick-improve", "mine"),
        ("pick-help", "theirs"),
    ];
    let asked = house.send(&edit, &head, &mine).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("Choose which text to keep for ‘what we do well’"), "{}", asked.body);
    assert!(asked.body.contains("href=\"#pick-strengths\""));
    // A third text for one, mine for another, theirs for the third.
    let third = "Our children sing and read every day, at home too";
    let mut chosen = mine.to_vec();
    chosen.extend([("pick-strengths", "third"), ("third-strengths", third)]);
    let settled = house.send(&edit, &head, &chosen).await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
    let read = house.see(&format!("/organisations/{school}/self-view"), &head).await.body;
    for text in [third, "Writing in maths", "Time"] {
        assert!(read.contains(text), "{text}");
    }
    assert!(!house.see(&edit, &head).await.body.contains("A draft of yours"), "the draft is settled, too");
    // Somebody who chose on the ground of version 2 while version 3 came is asked once more.
    let late = house.send(&edit, &deputy, &chosen).await;
    assert!(late.header("location").ends_with("done=same"), "they chose the same, so nothing is to settle");
    let other: Vec<(&str, &str)> = chosen
        .iter()
        .map(|(name, text)| (*name, if *name == "third-strengths" { "Yet another" } else { text }))
        .collect();
    assert_eq!(house.send(&edit, &deputy, &other).await.status, StatusCode::CONFLICT);
}

async fn two_at_the_very_same_moment(house: House) {
    let (school, head) = school(&house).await;
    let deputy = house.person("Ben Okoro", Role::Deputy, school).await;
    let (one, two) = ([("strengths", "one")], [("strengths", "two")]);
    let (a, b) = tokio::join!(save(&house, school, &head, "0", &one), save(&house, school, &deputy, "0", &two));
    let mut both = [a.status, b.status];
    both.sort();
    assert_eq!(both, [StatusCode::SEE_OTHER, StatusCode::CONFLICT], "{}\n{}", a.body, b.body);
}

async fn versions_are_compared_and_brought_back(house: House) {
    let (school, head) = school(&house).await;
    let page = format!("/organisations/{school}/self-view");
    save(&house, school, &head, "0", &[("strengths", OLD)]).await;
    save(&house, school, &head, "1", &[("strengths", "Our children sing every day")]).await;
    let history = house.see(&format!("{page}/history"), &head).await.body;
    assert!(history.contains("Two versions, the latest by Asha Patel"), "{history}");
    assert!(history.contains("[taken out: </span>read") && history.contains("[added: </span>sing"), "{history}");
    assert!(history.contains("Bring version 1 back"));
    let back = house.send(&format!("{page}/restore"), &head, &[("version", "1"), ("revision", "2")]).await;
    assert!(back.header("location").ends_with("done=restored"), "{}", back.body);
    assert!(house.see(&page, &head).await.body.contains(OLD));
    let history = house.see(&format!("{page}/history?from=2&to=3"), &head).await.body;
    assert!(history.contains("Three versions") && history.contains("version 1 again"), "{history}");
    // Undoing the undoing is the same again; a version that never was is nowhere.
    house.send(&format!("{page}/restore"), &head, &[("version", "2"), ("revision", "3")]).await;
    assert!(house.see(&page, &head).await.body.contains("sing"));
    let none = house.send(&format!("{page}/restore"), &head, &[("version", "9"), ("revision", "4")]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

async fn erasing_says_first_that_it_cannot_be_undone(house: House) {
    let (school, head) = school(&house).await;
    let page = format!("/organisations/{school}/self-view");
    save(&house, school, &head, "0", &[("strengths", OLD)]).await;
    save(&house, school, &head, "1", &[("strengths", "They sing")]).await;
    house
        .send(&format!("{page}/edit"), &head, &[("do", "draft"), ("revision", "2"), ("strengths", "They dance")])
        .await;
    let ask = house.see(&format!("{page}/erase"), &head).await.body;
    assert!(ask.contains("This cannot be undone. It takes all two versions and every draft of it"), "{ask}");
    let wrong = house.send(&format!("{page}/erase"), &head, &[("confirm", "yes")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = house.send(&format!("{page}/erase"), &head, &[("confirm", "invented: ashdale  primary")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // No text of it is left anywhere in the database.
    let mut backup = Vec::new();
    store::backup::backup(&house.world.db, &mut backup, house.world.now()).await.unwrap();
    let all = String::from_utf8(zstd::decode_all(backup.as_slice()).unwrap()).unwrap();
    for text in [OLD, "They sing", "They dance", "after the staff meeting"] {
        assert!(!all.contains(text), "{text} is still there");
    }
    // That it was erased is known, and one can begin anew.
    let history = house.see(&format!("{page}/history"), &head).await.body;
    assert!(history.contains("Erased, with all versions before it") && history.contains("Erased since"), "{history}");
    assert!(house.see(&page, &head).await.body.contains("Nothing is written yet"));
    save(&house, school, &head, "3", &[("strengths", "A new beginning")]).await;
    assert!(house.see(&page, &head).await.body.contains("A new beginning"));
    // An administrator can erase without ever reading it.
    let administrator = house.person("Sam Field", Role::Administrator, 1).await;
    assert_eq!(house.see(&page, &administrator).await.status, StatusCode::NOT_FOUND);
    let ask = house.see(&format!("{page}/erase"), &administrator).await;
    assert!(ask.status == StatusCode::OK && !ask.body.contains("A new beginning"));
}

async fn the_history_in_the_database_replays_to_the_present(house: House) {
    let (school, head) = school(&house).await;
    let who = house.caller(&head).await;
    let words = ["", "a", "a b", "b\nc"];
    // Every pair of texts follows every other, in a fixed order.
    for step in 0..40_usize {
        let of = |at: usize| words[(step * (at + 3) / (at + 1)) % words.len()].to_owned();
        let texts = programme::item::Texts::from(programme::item::ItemKind::SelfView, |key| {
            of(["strengths", "improve", "visitors", "help"].iter().position(|one| *one == key).unwrap())
        });
        let base = self_view::begin(&house.world, &who, school).await.unwrap().revision;
        let new = self_view::NewText { organisation: school, texts, base, why: String::new() };
        self_view::save(&house.world, &who, new).await.unwrap();
        let now = self_view::begin(&house.world, &who, school).await.unwrap();
        let history = self_view::history(&house.world, &who, school).await.unwrap();
        if let Some(last) = history.revisions.last() {
            assert_eq!((last.texts.as_ref(), last.number), (Some(&now.texts), now.revision));
        }
    }
    let history = self_view::history(&house.world, &who, school).await.unwrap();
    assert!(history.revisions.len() > 20, "{}", history.revisions.len());
}

on_both! {
    a_school_writes_and_reads_its_own_words
    a_draft_waits_for_its_writer_alone
    a_draft_is_not_asked_about_as_a_pupils_record
    a_script_keeps_a_draft_and_is_told_when
    two_write_at_once_and_nothing_is_lost
    two_at_the_very_same_moment
    versions_are_compared_and_brought_back
    erasing_says_first_that_it_cannot_be_undone
    the_history_in_the_database_replays_to_the_present
}
