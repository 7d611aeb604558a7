//! The demo's programme, loaded on both databases: every invented school is at
//! the step that its story says, and everybody has a next thing.

use crate::{demo_file::DemoFile, demo_programme, demo_terms_file};
use jiff::ToSpan as _;
use kernel::Date;
use programme::{
    Who, World, concern, diagnosis, organisation,
    person::{DemoOnly, demo_sign_in},
    plan, review,
    who::{Caller, Held, Known, Role},
};
use std::collections::{BTreeMap, BTreeSet};
use testkit::House;

testkit::on_both!(every_school_is_at_the_step_that_its_story_says everybody_has_a_next_thing);

/// Ids of schools by name.
async fn schools(world: &World) -> BTreeMap<String, i64> {
    let all = organisation::of_kind(world, &Who::Console, organisation::Kind::School).await.expect("the organisations");
    all.into_iter().map(|one| (one.name, one.id)).collect()
}

fn deputy(organisation: i64, today: Date) -> Who {
    let roles = [Held { role: Role::Deputy, organisation, strand: None }].into();
    Who::Person(Caller { id: 1, name: "a deputy".to_owned(), roles, reads_only: true, today, known: Known::default() })
}

async fn every_school_is_at_the_step_that_its_story_says(house: House) {
    demo_programme::load(&house.world).await.expect("the demo loads");
    let (world, today) = (&house.world, house.world.clock.today());
    let ids = schools(world).await;
    let mut overdue = BTreeMap::new();
    for story in demo_terms_file::read().expect("the stories") {
        let (id, name) = (ids[&story.school], story.school.as_str());
        let who = deputy(id, today);
        let whole = plan::read(world, &who, id).await.expect(name).plan;
        assert_eq!(whole.priorities.len(), story.plan.len(), "{name}");
        for (one, told) in
            whole.priorities.iter().map(|one| (one, story.plan.iter().find(|told| told.title == one.title)))
        {
            let told = told.unwrap_or_else(|| panic!("{name}: ‘{}’", one.title));
            assert_eq!(
                one.closed.as_ref().map(|closed| closed.how.key()),
                told.closed.as_ref().map(|one| one.how.as_str())
            );
            assert_eq!(one.opened_on, today.saturating_sub(told.opened.days()), "{name}");
            assert_eq!(
                one.diagnosis.is_some(),
                !told.from.is_empty(),
                "{name}: ‘{}’ says from what it grew",
                one.title
            );
            assert_eq!(one.statements, told.from, "{name}");
        }
        for action in &whole.actions {
            let told = story.plan.iter().flat_map(|one| &one.actions).find(|told| told.what == action.what);
            let told = told.unwrap_or_else(|| panic!("{name}: ‘{}’", action.what));
            let state = told.marks.last().map_or("open", |mark| mark.state.as_str());
            assert_eq!(action.state.key(), state, "{name}: ‘{}’", action.what);
        }
        overdue.insert(story.school.clone(), whole.actions.iter().filter(|one| one.overdue(today)).count());
        let reviews = review::read(world, &who, id).await.expect(name);
        let finished = reviews.reviews.iter().filter(|one| one.finished_at.is_some()).count();
        let names: BTreeSet<&str> = reviews.reviews.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), reviews.reviews.len(), "{name}: a review a term");
        if story.plan.iter().any(|one| one.opened > 300) {
            assert!(finished >= 2, "{name}: {finished} reviews");
        }
        let (_, notes) = review::notes(
            world,
            &Who::Person(Caller {
                id: 1,
                name: String::new(),
                roles: [Held { role: Role::Head, organisation: id, strand: None }].into(),
                reads_only: true,
                known: Known::default(),
                today,
            }),
            id,
        )
        .await
        .expect(name);
        assert_eq!(notes.len(), story.notes.iter().filter(|note| note.shown.is_some()).count(), "{name}");
        let concerns = concern::of_school(world, &who, id).await.expect(name).all;
        assert_eq!(concerns.len(), usize::from(story.concern.is_some()), "{name}");
        assert!(concerns.iter().all(|one| !one.waits_for_school()), "{name} has answered");
        let looked = diagnosis::list(world, &who, id).await.expect(name);
        assert!(looked.all.iter().any(|one| one.diagnosis.agreed_at.is_some()), "{name} has looked at itself");
    }
    let most = overdue.iter().max_by_key(|(_, many)| **many).map(|(name, _)| name.as_str());
    assert_eq!(most, Some("Invented: Fallow Road Primary"), "one school struggles: {overdue:?}");
    assert!(overdue.values().filter(|many| **many > 0).count() >= 5, "{overdue:?}");
}

async fn everybody_has_a_next_thing(house: House) {
    demo_programme::load(&house.world).await.expect("the demo loads");
    let file = DemoFile::read().expect("the file");
    let all = file.sign_ins(("admin@demo.example", "four networks, thirty schools"));
    let demo = DemoOnly::this_is_the_demo();
    let mut seen = BTreeSet::new();
    for one in all.as_array().expect("an array").iter().skip(1) {
        let email = one["email"].as_str().expect("an address");
        if seen.insert(email) {
            let token = demo_sign_in(&house.world, &demo, email, "a test").await.expect(email);
            let cookie = format!("__Host-aspire_session={}", token.reveal());
            let start = house.get_as("/start", &cookie).await;
            assert_eq!(start.status, 200, "{email}");
            assert!(start.body.contains("govuk-button--start"), "{email} has a next thing");
        }
    }
    assert!(seen.len() > 100, "{}", seen.len());
}

/// Whatever today is, also in the holidays.
#[tokio::test(flavor = "multi_thread")]
async fn it_loads_in_the_holidays_and_on_the_first_day_of_a_term() {
    for day in ["2026-08-12T09:00:00Z", "2026-09-03T09:00:00Z", "2027-01-02T09:00:00Z"] {
        let house = House::sqlite().await;
        house.clock.set(day.parse().expect("a moment"));
        demo_programme::load(&house.world).await.unwrap_or_else(|why| panic!("{day}: {why}"));
    }
}

#[test]
fn every_invented_school_has_a_story_whose_days_follow_one_another() {
    let file = DemoFile::read().expect("the file");
    let stories = demo_terms_file::read().expect("the stories");
    let told: BTreeSet<&str> = stories.iter().map(|one| one.school.as_str()).collect();
    let schools: BTreeSet<&str> = file.schools.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(told, schools);
    for one in stories.iter().flat_map(|story| &story.plan) {
        for action in &one.actions {
            assert!(action.ago <= one.opened, "‘{}’ comes after its priority", action.what);
            assert!(-action.due_in < action.ago, "‘{}’ was not overdue when it was added", action.what);
            assert!(action.marks.iter().all(|mark| mark.ago < action.ago), "‘{}’ was marked later", action.what);
            let stuck = |state: &str| ["stuck", "dropped"].contains(&state);
            assert!(action.marks.iter().all(|mark| !stuck(&mark.state) || !mark.why.is_empty()), "‘{}’", action.what);
        }
        for measure in &one.measures {
            let many = i32::try_from(measure.values.split_whitespace().count()).expect("a few");
            let first = measure.last + measure.every * (many - 1).max(0);
            assert!(many == 0 || first <= one.opened, "‘{}’ was first measured {first} days ago", measure.measure);
        }
    }
    let charts = stories.iter().flat_map(|story| &story.plan).flat_map(|one| &one.measures);
    let long = charts.filter(|one| one.values.split_whitespace().count() >= 10).count();
    assert!(long >= 12, "{long} measures are long enough for the rules of a run chart");
}

#[test]
fn nothing_in_the_stories_looks_like_a_pupils_record() {
    for text in demo_terms_file::texts() {
        assert_eq!(kernel::pupil::looks_like_a_record(text), None, "{text}");
    }
}
