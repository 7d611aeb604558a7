//! The school names who may see what, until when; withdrawing works at once,
//! expiry by itself; and it reads who looked.

use axum::http::StatusCode;
use programme::{
    cohort::{self, Status},
    item::ItemKind,
    release, retention, self_view,
    who::Role,
};
use testkit::{House, Person, on_both};

store::statement!(DRAFTS, "SELECT person_id FROM draft");

/// A school with its own words, its programme, and everybody around them.
struct Around {
    school: i64,
    programme: i64,
    head: Person,
    /// Nobody of these sees anything without a release.
    others: Vec<(&'static str, Person)>,
}

impl Around {
    fn other(&self, name: &str) -> &Person {
        &self.others.iter().find(|(one, _)| *one == name).unwrap().1
    }

    fn page(&self) -> String {
        format!("/organisations/{}/self-view", self.school)
    }
}

async fn around(house: &House) -> Around {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let partner = house.school("Invented: Oakmere Primary", None).await;
    let stranger = house.school("Invented: Far Away Primary", None).await;
    let programme = house.programme("Invented: Northbridge").await;
    let elsewhere = house.programme("Invented: Southbridge").await;
    for taking in [school, partner] {
        house.takes_part(taking, programme).await;
    }
    house.takes_part(stranger, elsewhere).await;
    let head = house.person("Asha Patel", Role::Head, school).await;
    let funder =
        programme::organisation::seed(&house.world, programme::organisation::Kind::Funder, "Invented: A Trust");
    let funder = funder.await.unwrap();
    let mut others = Vec::new();
    for (name, role, organisation) in [
        ("teacher", Role::Teacher, school),
        ("governor", Role::Governor, school),
        ("adviser", Role::Adviser, programme),
        ("other adviser", Role::Adviser, programme),
        ("lead", Role::ProgrammeLead, programme),
        ("evaluator", Role::Evaluator, programme),
        ("partner’s head", Role::Head, partner),
        ("stranger’s head", Role::Head, stranger),
        ("stranger’s lead", Role::ProgrammeLead, elsewhere),
        ("funder", Role::Funder, funder),
        ("administrator", Role::Administrator, 1),
    ] {
        others.push((name, house.person(&format!("The {name}"), role, organisation).await));
    }
    let all = Around { school, programme, head, others };
    house.accompanies(all.other("adviser"), school, programme).await;
    let edit = format!("{}/edit", all.page());
    let form = [("do", "save"), ("revision", "0"), ("strengths", "Our children sing")];
    assert_eq!(house.send(&edit, &all.head, &form).await.status, StatusCode::SEE_OTHER);
    all
}

async fn release(house: &House, all: &Around, to: &str, until: [&str; 3]) -> testkit::Answer {
    let form = [
        ("kind", "self_view"),
        ("to", to),
        ("until-day", until[0]),
        ("until-month", until[1]),
        ("until-year", until[2]),
    ];
    house.send(&format!("/organisations/{}/releases", all.school), &all.head, &form).await
}

/// Who of the others sees the school's own words.
async fn seers(house: &House, all: &Around) -> Vec<&'static str> {
    let mut seers = Vec::new();
    for (name, person) in &all.others {
        let answer = house.see(&all.page(), person).await;
        match answer.status {
            StatusCode::OK => {
                assert!(answer.body.contains("Our children sing"), "{name}");
                seers.push(*name);
            }
            status => {
                assert_eq!(status, StatusCode::NOT_FOUND, "{name}");
                assert!(!answer.body.contains("Our children") && !answer.body.contains("Ashdale"), "{name}");
            }
        }
    }
    seers
}

async fn nobody_sees_anything_before_it_is_released(house: House) {
    let all = around(&house).await;
    let school = all.school;
    assert!(seers(&house, &all).await.is_empty());
    let gets = ["self-view", "self-view/edit", "self-view/history", "releases", "history", "export"];
    let posts = ["self-view/edit", "self-view/restore", "releases", "releases/withdraw", "export"];
    let form = [("do", "save"), ("revision", "1"), ("version", "1"), ("release", "all"), ("kind", "self_view")];
    for (name, person) in &all.others {
        for path in gets {
            let answer = house.see(&format!("/organisations/{school}/{path}"), person).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "GET {path} as {name}");
            assert!(!answer.body.contains("Our children") && !answer.body.contains("Ashdale"), "GET {path} as {name}");
        }
        for path in posts {
            let answer = house.send(&format!("/organisations/{school}/{path}"), person, &form).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "POST {path} as {name}: {}", answer.body);
        }
        // Only an administrator may erase, unread, what nobody else could.
        let answer = house.see(&format!("/organisations/{school}/self-view/erase"), person).await;
        let expected = if *name == "administrator" { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{name}");
        assert!(!answer.body.contains("Our children"), "{name}");
    }
    // Without signing in, one is asked to.
    for path in gets.into_iter().chain(["self-view/erase"]) {
        let answer = house.get(&format!("/organisations/{school}/{path}")).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
    for path in posts {
        let answer = house.post(&format!("/organisations/{school}/{path}"), "", &form).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
    // What is no school, or no id at all, is nowhere.
    for path in ["/organisations/1/self-view", "/organisations/99/releases", "/organisations/x/history"] {
        assert_eq!(house.see(path, &all.head).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(house.see(&all.page(), &all.head).await.body.contains("Our children sing"), "nothing was changed");
}

async fn a_release_reaches_those_it_names_and_nobody_else(house: House) {
    let all = around(&house).await;
    let (school, programme) = (all.school, all.programme);
    let page = house.see(&format!("/organisations/{school}/releases"), &all.head).await.body;
    assert!(page.contains("Nobody but your leaders can see anything of yours"));
    assert!(page.contains("The adviser, adviser (Who accompanies you)"), "{page}");
    assert!(page.contains("The headteacher of Invented: Oakmere Primary"), "{page}");
    assert!(!page.contains("Far Away"), "who has nothing to do with them cannot be named");

    // One person.
    let adviser = all.other("adviser").id;
    let one = release(&house, &all, &format!("adviser-{programme}-{adviser}"), ["", "", ""]).await;
    assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.body);
    assert_eq!(seers(&house, &all).await, ["adviser"]);
    // Whoever holds a role.
    release(&house, &all, &format!("governor-{school}"), ["", "", ""]).await;
    release(&house, &all, &format!("adviser-{programme}"), ["", "", ""]).await;
    assert_eq!(seers(&house, &all).await, ["governor", "adviser", "other adviser"]);
    let page = house.see(&all.page(), all.other("governor")).await.body;
    assert!(page.contains("The school released it to you, and sees that you looked"));
    assert!(!page.contains("Change it"), "a release lets one read");
    // It shows what it says now, not what it said.
    let history = house.see(&format!("{}/history", all.page()), all.other("adviser")).await;
    assert_eq!(history.status, StatusCode::NOT_FOUND);
    let to_me = release::to_me(&house.world, &house.caller(all.other("adviser")).await).await.unwrap();
    assert_eq!(
        to_me.iter().map(|one| (one.organisation, one.kind)).collect::<Vec<_>>(),
        [(school, ItemKind::SelfView)]
    );
    assert!(release::to_me(&house.world, &house.caller(all.other("lead")).await).await.unwrap().is_empty());

    // Withdrawing works at once; the other release of the adviser still holds.
    let list = release::list(&house.world, &house.caller(&all.head).await, school).await.unwrap();
    let by_name = list.iter().find(|one| one.to_person.is_some()).unwrap().id.to_string();
    let withdraw = format!("/organisations/{school}/releases/withdraw");
    let gone = house.send(&withdraw, &all.head, &[("release", &by_name)]).await;
    assert!(gone.header("location").ends_with("done=withdrawn"), "{}", gone.body);
    assert_eq!(seers(&house, &all).await, ["governor", "adviser", "other adviser"]);
    house.send(&withdraw, &all.head, &[("release", "all")]).await;
    assert!(seers(&house, &all).await.is_empty());
    // What ended can be given again; what was withdrawn cannot be withdrawn twice.
    assert_eq!(house.send(&withdraw, &all.head, &[("release", &by_name)]).await.status, StatusCode::NOT_FOUND);
    let page = house.see(&format!("/organisations/{school}/releases"), &all.head).await.body;
    assert!(page.contains("Release again") && page.contains("Withdrawn 24 November 2026"), "{page}");
}

async fn a_release_ends_by_itself_after_its_last_day(house: House) {
    let all = around(&house).await;
    let to = format!("programme_lead-{}", all.programme);
    let past = release(&house, &all, &to, ["23", "11", "2026"]).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(past.body.contains("today or later") && past.body.contains("href=\"#until-day\""), "{}", past.body);
    let odd = release(&house, &all, &to, ["31", "2", "2027"]).await;
    assert!(odd.body.contains("Enter a last day, such as"), "{}", odd.body);
    assert_eq!(release(&house, &all, &to, ["30", "11", "2026"]).await.status, StatusCode::SEE_OTHER);
    let mut lead = all.other("lead").clone();
    for (now, status) in [
        ("2026-11-24T09:00:00Z", StatusCode::OK),
        ("2026-11-30T23:30:00Z", StatusCode::OK),
        ("2026-12-01T00:10:00Z", StatusCode::NOT_FOUND),
    ] {
        house.clock.set(now.parse().unwrap());
        lead = house.session(lead.id, &lead.name).await;
        assert_eq!(house.see(&all.page(), &lead).await.status, status, "{now}");
    }
    let head = house.session(all.head.id, &all.head.name).await;
    let page = house.see(&format!("/organisations/{}/releases", all.school), &head).await.body;
    assert!(page.contains("Ran out after 30 November 2026"), "{page}");
}

async fn the_school_reads_who_looked(house: House) {
    let all = around(&house).await;
    for to in [format!("adviser-{}", all.programme), format!("governor-{}", all.school)] {
        release(&house, &all, &to, ["", "", ""]).await;
    }
    house.see(&all.page(), &all.head).await;
    house.see(&all.page(), all.other("governor")).await;
    house.see(&all.page(), all.other("lead")).await;
    house.clock.set("2026-11-24T10:32:00Z".parse().unwrap());
    house.see(&all.page(), all.other("adviser")).await;
    let page = house.see(&format!("/organisations/{}/releases", all.school), &all.head).await.body;
    let line = "On 24 November 2026 at 10:32, The adviser, adviser, read your school in your own words.";
    assert!(page.contains(line), "{page}");
    assert_eq!(page.matches("read your school").count(), 1, "only who came from outside, and only who saw something");
    // They can read it about themselves as well.
    let data = house.see("/account/data.json", all.other("adviser")).await.json();
    let looks =
        data["parts"].as_array().unwrap().iter().find(|part| part["what"].as_str().unwrap().contains("looked at"));
    assert_eq!(looks.unwrap()["rows"][0]["school"], "Invented: Ashdale Primary");
}

async fn strengths_come_first(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let head = house.person("Asha Patel", Role::Head, school).await;
    let releases = format!("/organisations/{school}/releases");
    let to = format!("governor-{school}");
    let form = [("kind", "self_view"), ("to", to.as_str())];
    let early = house.send(&releases, &head, &form).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("Write what your school does well first"), "{}", early.body);
    let edit = format!("/organisations/{school}/self-view/edit");
    house.send(&edit, &head, &[("do", "save"), ("revision", "0"), ("strengths", "We sing")]).await;
    assert_eq!(house.send(&releases, &head, &form).await.status, StatusCode::SEE_OTHER);
    // While others can see it, they stay.
    let without = house.send(&edit, &head, &[("do", "save"), ("revision", "1"), ("improve", "Maths")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.body.contains("they read that first"), "{}", without.body);
    // Nobody can be named who is not offered, whatever a form says.
    for to in ["", "head-1", "teacher-99", "adviser-x", "governor-1-2-3"] {
        let forged = house.send(&releases, &head, &[("kind", "self_view"), ("to", to)]).await;
        assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
        assert!(forged.body.contains("Choose who may see it"), "{to}");
    }
}

async fn a_release_ends_with_the_role_it_was_given_for(house: House) {
    let all = around(&house).await;
    let adviser = all.other("adviser");
    release(&house, &all, &format!("adviser-{}-{}", all.programme, adviser.id), ["", "", ""]).await;
    assert_eq!(house.see(&all.page(), adviser).await.status, StatusCode::OK);
    let lead = house.caller(all.other("lead")).await;
    let people = programme::role::people(&house.world, &lead, all.programme).await.unwrap();
    let role = people.iter().find(|member| member.person == adviser.id).unwrap().roles[0].id;
    let today = Some(house.world.clock.today());
    programme::role::end(&house.world, &lead, all.programme, role, today, "a new post").await.unwrap();
    assert_eq!(house.see(&all.page(), adviser).await.status, StatusCode::NOT_FOUND);
}

async fn what_is_due_goes_by_itself_and_what_is_not_stays(house: House) {
    let all = around(&house).await;
    release(&house, &all, &format!("adviser-{}", all.programme), ["30", "11", "2026"]).await;
    house.see(&all.page(), all.other("adviser")).await;
    let edit = format!("{}/edit", all.page());
    house.send(&edit, &all.head, &[("do", "draft"), ("revision", "1"), ("strengths", "We whistle")]).await;
    let swept = async |now: &str| {
        house.clock.set(now.parse().unwrap());
        let all = retention::sweep(&house.world).await.unwrap();
        all.into_iter().filter(|one| one.things > 0).map(|one| one.rule).collect::<Vec<_>>()
    };
    assert!(swept("2026-12-24T09:00:00Z").await.is_empty(), "nothing is due after a month");
    assert_eq!(swept("2027-02-23T09:00:00Z").await, ["draft-90-days"]);
    assert!(swept("2027-02-23T09:00:00Z").await.is_empty(), "twice erases nothing more");
    assert_eq!(swept("2028-12-02T09:00:00Z").await, ["release-2-years", "look-2-years"]);
    // A school that takes part keeps its words as long as it likes; three years after it left they go.
    assert!(swept("2032-01-01T09:00:00Z").await.is_empty());
    let console = programme::Who::Console;
    let slug = cohort::cohorts(&house.world, &programme::Who::Console)
        .await
        .unwrap()
        .into_iter()
        .find(|one| one.programme_id == all.programme);
    let slug = slug.unwrap().slug;
    let view = cohort::cohort(&house.world, &programme::Who::Console, &slug).await.unwrap();
    let named = "Invented: Ashdale Primary";
    let participation = view.participations.iter().find(|one| one.named == named).unwrap().id;
    let left = jiff::civil::date(2032, 1, 1);
    cohort::set_status(&house.world, &console, &slug, participation, Some(Status::Left), Some(left), "done")
        .await
        .unwrap();
    assert!(swept("2034-12-29T09:00:00Z").await.is_empty());
    assert_eq!(swept("2035-01-02T09:00:00Z").await, ["own-words-3-years"]);
    let head = house.session(all.head.id, &all.head.name).await;
    let history = self_view::history(&house.world, &house.caller(&head).await, all.school).await.unwrap();
    assert!(history.revisions.iter().all(|one| one.texts.as_ref().is_none_or(programme::item::Texts::is_empty)));
    let page = house.see(&format!("/organisations/{}/history", all.school), &head).await.body;
    assert!(page.contains("erased under rule own-words-3-years") && page.contains("Aspire, by the clock"), "{page}");
    assert!(page.contains("Erased old entries of the list of who looked"), "{page}");
    assert!(!page.contains("Our children"));
}

async fn a_worker_erases_what_is_due_by_itself(house: House) {
    let all = around(&house).await;
    house.work().await;
    let edit = format!("{}/edit", all.page());
    house.send(&edit, &all.head, &[("do", "draft"), ("revision", "1"), ("strengths", "We whistle")]).await;
    house.clock.set("2027-02-23T09:00:00Z".parse().unwrap());
    house.work().await;
    let swept = retention::sweep(&house.world).await.unwrap();
    assert!(swept.iter().all(|one| one.things == 0), "the draft of ninety days ago is gone already: {swept:?}");
    let mut conn = house.world.db.read().await.unwrap();
    assert!(conn.rows(DRAFTS, Vec::new()).await.unwrap().is_empty());
}

async fn anybody_reads_what_is_kept_how_long(house: House) {
    let page = house.get("/retention").await;
    assert_eq!(page.status, StatusCode::OK);
    for period in retention::periods() {
        assert!(page.body.contains(&period.words()), "{}", period.id);
    }
}

on_both! {
    nobody_sees_anything_before_it_is_released
    a_release_reaches_those_it_names_and_nobody_else
    a_release_ends_by_itself_after_its_last_day
    the_school_reads_who_looked
    strengths_come_first
    a_release_ends_with_the_role_it_was_given_for
    what_is_due_goes_by_itself_and_what_is_not_stays
    a_worker_erases_what_is_due_by_itself
    anybody_reads_what_is_kept_how_long
}
