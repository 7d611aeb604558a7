//! What a programme sees of a school's year, told as its lead, its school and
//! somebody who has nothing to do with it.

use axum::http::StatusCode;
use jiff::civil::date;
use kernel::Page;
use programme::{Who, cluster, cohort, overview, who::Role};
use testkit::{House, Scene, on_both};

on_both! {
    a_lead_sees_that_something_was_done_and_what_was_released_and_no_more
    of_a_school_that_left_nothing_is_read_whatever_it_released
    others_are_told_nothing_of_either
    schools_that_are_shown_come_with_cluster_and_strands
}

async fn a_lead_sees_that_something_was_done_and_what_was_released_and_no_more(house: House) {
    let scene = Scene::new(&house, "North").await;
    let (lead, head) = (scene.somebody(Role::ProgrammeLead), scene.somebody(Role::Head));
    let (steps, themes) = (format!("/programmes/{}/steps", scene.slug), format!("/programmes/{}/themes", scene.slug));
    let releases = format!("/organisations/{}/releases", scene.school);

    // The school has let the programme's leads read its diagnosis: they read its strength.
    let page = house.see(&themes, lead).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("One of one school has released a diagnosis to you"), "{}", page.body);
    assert!(page.body.contains("North: everybody reads aloud"), "{}", page.body);
    // It agreed on a low word, and one school is too few to say that schools need help.
    assert!(page.body.contains("No statement on which three schools agreed"), "{}", page.body);
    assert!(!page.body.contains("Where schools need help"), "{}", page.body);
    // And the school is told who looked.
    let looks = house.see(&releases, head).await.body;
    assert!(looks.contains("The programme lead of North"), "{looks}");

    let page = house.see(&steps, lead).await.body;
    assert!(page.contains("One of one school has agreed its diagnosis"), "{page}");
    assert!(page.contains("the school’s diagnoses") && page.contains("the school’s reviews"), "{page}");
    // Shares of one school are not told.
    assert!(page.contains("not shown") && !page.contains("100%"), "{page}");

    // It takes everything back: that something was done is still seen, what it said no longer.
    let back = house.send(&format!("{releases}/withdraw"), head, &[("release", "all")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let page = house.see(&themes, lead).await.body;
    assert!(page.contains("No school has released a diagnosis to you yet"), "{page}");
    assert!(!page.contains("everybody reads aloud"), "{page}");
    let page = house.see(&steps, lead).await.body;
    assert!(page.contains("One of one school has agreed its diagnosis"), "{page}");
    for words in ["everybody reads aloud", "talk in every lesson", "Half the rooms do it", "the school’s diagnoses"] {
        assert!(!page.contains(words), "{words}: {page}");
    }
}

async fn of_a_school_that_left_nothing_is_read_whatever_it_released(house: House) {
    let scene = Scene::new(&house, "North").await;
    let (lead, head) = (scene.somebody(Role::ProgrammeLead), scene.somebody(Role::Head));
    let parts = cohort::of_school(&house.world, &Who::Console, scene.school).await.unwrap();
    let part = parts[0].participation.to_string();
    // It leaves and withdraws nothing.
    let form = [
        ("participation", part.as_str()),
        ("status", "left"),
        ("since-day", "24"),
        ("since-month", "11"),
        ("since-year", "2026"),
        ("reason", "It joined a trust"),
    ];
    let left = house.send(&format!("/organisations/{}/leave", scene.school), head, &form).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    let page = house.see(&format!("/programmes/{}/themes", scene.slug), lead).await.body;
    assert!(page.contains("No school has released a diagnosis to you yet"), "{page}");
    // What was not shown was not looked at.
    let looks = house.see(&format!("/organisations/{}/releases", scene.school), head).await.body;
    assert!(!looks.contains("The programme lead of North"), "{looks}");
}

async fn others_are_told_nothing_of_either(house: House) {
    let (north, south) = (Scene::new(&house, "North").await, Scene::new(&house, "South").await);
    for below in ["steps", "themes"] {
        let path = format!("/programmes/{}/{below}", north.slug);
        for role in [Role::Head, Role::Adviser, Role::Teacher, Role::Funder, Role::Evaluator] {
            let answer = house.see(&path, north.somebody(role)).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} at {path}", role.words());
        }
        let stranger = house.see(&path, south.somebody(Role::ProgrammeLead)).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND, "{path}");
    }
}

async fn schools_that_are_shown_come_with_cluster_and_strands(house: House) {
    let (world, console) = (&house.world, &Who::Console);
    let programme = house.programme("Invented: Northbridge").await;
    let slug = cohort::programmes(world).await.unwrap().remove(0).slug;
    let oak = cluster::make(world, console, programme, "Oak").await.unwrap();
    for name in ["Invented: Ash", "Invented: Birch", "Invented: Cedar"] {
        let school = house.school(name, None).await;
        house.takes_part(school, programme).await;
        cluster::place(world, console, programme, oak, school, date(2026, 9, 1)).await.unwrap();
        // It has a head, and one strand of five has its lead.
        let head = house.person(name, Role::Head, school).await;
        house.gives(head.id, Role::StrandLead, school).await;
    }
    for number in [1, 2] {
        let page = Page { number, rows: 2 };
        let schools = overview::overview(world, console, &slug, page).await.unwrap().schools;
        let told: Vec<(Option<&str>, usize)> =
            schools.iter().map(|line| (line.cluster.as_deref(), line.vacancies.len())).collect();
        let (shown, not) = ((Some("Oak"), 4), (None, 0));
        assert_eq!(told, if number == 1 { [shown, shown, not] } else { [not, not, shown] });
    }
}
