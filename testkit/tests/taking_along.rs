//! A school takes its whole record along, a person takes what is held about
//! them, and a second installation reads what the first one wrote.

use crate::whole::{STRAND, concerned, gives, looked_together, open, planned, reviewed};
use axum::http::StatusCode;
use programme::{
    Error, Who,
    cohort::{self, Status},
    diagnosis::Names,
    release::{self, NewRelease, To},
    school_export::{self, SchoolFile},
    self_view,
    who::Role,
};
use std::io::{Cursor, Read as _, Write as _};
use testkit::{House, Person, on_both};

store::statement!(OF_ANOTHER, "UPDATE item_release SET item_id = $2 WHERE id = $1");

/// A school about which there is something of everything.
async fn lived_in(house: &House) -> (i64, Person) {
    let group = programme::organisation::Kind::Group;
    let group = programme::organisation::seed(&house.world, group, "Invented: A Trust").await.unwrap();
    let new = programme::organisation::NewOrganisation {
        kind: programme::organisation::Kind::School,
        name: "Invented: Ashdale Primary".to_owned(),
        urn: "135001".parse().ok(),
        group: Some(group),
    };
    let school = programme::organisation::create(&house.world, &Who::Console, new).await.unwrap();
    let programme = house.programme("Invented: Northbridge").await;
    house.takes_part(school, programme).await;
    let head = house.person("Asha Patel", Role::Head, school).await;
    let lead = house.person("Zoë O’Neill", Role::StrandLead, school).await;
    let governor = house.person("Gwen Lloyd", Role::Governor, school).await;
    let adviser = house.person("Priya Shah", Role::Adviser, programme).await;
    let who = house.caller(&head).await;

    // A role that ended, and one that was given.
    let people = programme::role::people(&house.world, &who, school).await.unwrap();
    let role = people.iter().find(|member| member.person == lead.id).unwrap().roles[0].id;
    let today = house.world.clock.today();
    let teacher = programme::role::NewRole {
        person: lead.id,
        organisation: school,
        role: Role::Teacher,
        strand: None,
        since: today,
    };
    programme::role::give(&house.world, &who, teacher).await.unwrap();
    programme::role::end(&house.world, &who, school, role, Some(today), "wants to teach").await.unwrap();

    // Words, their versions, one erased in between.
    let edit = format!("/organisations/{school}/self-view/edit");
    for (revision, text) in [("0", "We sing"), ("1", "=SUM(1)"), ("2", "We read\nevery day")] {
        house
            .send(&edit, &head, &[("do", "save"), ("revision", revision), ("strengths", text), ("why", "a meeting")])
            .await;
    }
    self_view::erase(&house.world, &who, school, "Invented: Ashdale Primary").await.unwrap();
    for (revision, text) in [("4", "We sing again"), ("5", "We sing and read")] {
        house.send(&edit, &head, &[("do", "save"), ("revision", revision), ("strengths", text)]).await;
    }
    // Releases of every form, a look, a withdrawal.
    let until = Some(jiff::civil::date(2027, 8, 31));
    let kind = programme::item::ItemKind::SelfView;
    for (role, organisation, person, until) in [
        (Role::Adviser, programme, Some(adviser.id), until),
        (Role::Adviser, programme, None, None),
        (Role::Governor, school, Some(governor.id), None),
        (Role::Teacher, school, None, until),
    ] {
        if let Some(adviser) = person.filter(|person| *person == adviser.id) {
            let adviser = Person { id: adviser, ..head.clone() };
            house.accompanies(&adviser, school, programme).await;
        }
        let to = To { role, organisation, person };
        release::grant(&house.world, &who, NewRelease { organisation: school, kind, item: None, to, until })
            .await
            .unwrap();
    }
    assert_eq!(house.see(&format!("/organisations/{school}/self-view"), &adviser).await.status, StatusCode::OK);
    let all = release::list(&house.world, &who, school).await.unwrap();
    let teachers = all.iter().find(|one| one.role == Role::Teacher).unwrap().id;
    release::withdraw(&house.world, &who, school, teachers).await.unwrap();
    concerned(house, school, &head, &adviser).await;
    // It paused.
    let slug = cohort::cohorts(&house.world, &programme::Who::Console).await.unwrap()[0].slug.clone();
    let view = cohort::cohort(&house.world, &programme::Who::Console, &slug).await.unwrap();
    let (id, paused) = (view.participations[0].id, jiff::civil::date(2026, 10, 1));
    let world = &house.world;
    cohort::set_status(world, &Who::Console, &slug, id, Some(Status::Paused), Some(paused), "a new building")
        .await
        .unwrap();
    let people = [&head, &lead, &governor];
    // Each is a story of its own: boxed, so that this one has no room for all of them.
    let agreed = Box::pin(looked_together(house, school, &people, Names::Shown, Some((programme, &adviser)))).await;
    Box::pin(looked_together(house, school, &people, Names::Hidden, None)).await;
    let open = open(house, school, &people, Names::Hidden).await;
    gives(house, school, open, &head, "Nobody knows yet").await;
    let priorities = Box::pin(planned(house, school, &head, agreed)).await;
    Box::pin(reviewed(house, school, &head, &adviser, priorities)).await;
    (school, head)
}

fn inside(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut content = Vec::new();
    zip.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_end(&mut content).unwrap();
    content
}

fn zipped(json: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("school.json", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(json).unwrap();
    zip.finish().unwrap().into_inner()
}

async fn refused(house: &House, bytes: Vec<u8>) -> String {
    match school_export::import(&house.world, &Who::Console, "a.zip", bytes).await {
        Err(Error::BadFile { why, .. }) => why,
        other => panic!("it should be refused: {other:?}"),
    }
}

async fn a_second_installation_reads_what_the_first_wrote(house: House) {
    let (school, _) = Box::pin(lived_in(&house)).await;
    let parcel = school_export::export(&house.world, &Who::Console, school).await.unwrap();
    assert_eq!(parcel.name, "invented-ashdale-primary-2026-11-24.zip");
    let first = String::from_utf8(inside(&parcel.bytes, "school.json")).unwrap();
    let file: SchoolFile = serde_json::from_str(&first).unwrap();
    assert_eq!((file.people.len(), file.releases.len(), file.looks.len(), file.participations.len()), (3, 5, 2, 1));
    // Of a diagnosis as much as its head is told, and no more.
    let [named, unnamed, alone] = file.diagnoses.as_slice() else { panic!("{:?}", file.diagnoses) };
    assert_eq!((named.views.len(), unnamed.views.len(), alone.views.len()), (18, 18, 0));
    assert!(named.views.iter().all(|view| view.participant.is_some()));
    assert!(unnamed.views.iter().all(|view| view.participant.is_none() && Some(view.at) == unnamed.together_at));
    assert!(first.contains("We plan in pairs") && !first.contains("Nobody knows yet"));
    assert_eq!((named.signatures.len(), named.differing.len(), named.beside.len()), (2, 1, 1));
    assert_eq!(file.self_view.as_ref().unwrap().history.len(), 6);
    assert!(file.audit.len() > 10 && file.school.group.as_deref() == Some("Invented: A Trust"));
    assert!(!first.contains(&school.to_string()), "it says nothing of the database it comes from");

    // Into an empty house, and out again: the same, also from there into the other database.
    for other in [Some(House::sqlite().await), House::postgres().await].into_iter().flatten() {
        let taken = school_export::import(&other.world, &Who::Console, "a.zip", parcel.bytes.clone()).await.unwrap();
        assert_eq!((taken.name.as_str(), taken.to_invite.len(), taken.known), ("Invented: Ashdale Primary", 3, 0));
        let again = school_export::export(&other.world, &Who::Console, taken.organisation).await.unwrap();
        let second = String::from_utf8(inside(&again.bytes, "school.json")).unwrap();
        assert_eq!(first, second);
        // Twice is refused, and changes nothing.
        assert!(refused(&other, parcel.bytes.clone()).await.contains("is here already"));

        // So do its diagnoses, with names where they were shown and without where not.
        let who = other.session(person_named(&other, &taken, "Asha Patel").await, "Asha Patel").await;
        let list = other.see(&format!("/organisations/{}/diagnoses", taken.organisation), &who).await.body;
        let ids: Vec<&str> = list.split("/diagnoses/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let ids: Vec<&str> = ids.into_iter().filter(|id| id.parse::<i64>().is_ok()).collect();
        let strand = format!("/organisations/{}/diagnoses/{}/strands/{STRAND}", taken.organisation, ids[ids.len() - 1]);
        let named = other.see(&strand, &who).await.body;
        assert!(named.contains("Asha Patel: We plan in pairs") && named.contains("I saw it once"), "{named}");

        // So do its plan and its reviews, and what others drafted stays behind.
        let plan = other.see(&format!("/organisations/{}/plan", taken.organisation), &who).await.body;
        assert!(plan.contains("waits for books") && plan.contains("after ‘First’"), "{plan}");
        let reviews = other.see(&format!("/organisations/{}/reviews", taken.organisation), &who).await.body;
        assert!(reviews.contains("A · amber</strong> Books"), "{reviews}");
        let notes = other.see(&format!("/organisations/{}/notes", taken.organisation), &who).await.body;
        assert!(notes.contains("Not that week") && !first.contains("A draft stays behind"), "{notes}");

        // So do concerns, as far as the school was shown them.
        let concerns = &file.concerns;
        assert_eq!((concerns.concerns.len(), concerns.steps.len(), concerns.readings.len()), (2, 2, 2));
        let list = other.see(&format!("/organisations/{}/concerns", taken.organisation), &who).await.body;
        assert!(list.contains("The school has answered") && list.contains("They wrote"), "{list}");

        // It lives on there: the head reads it, its history leads to the present, its releases hold.
        let head = other.session(person_named(&other, &taken, "Asha Patel").await, "Asha Patel").await;
        let page = format!("/organisations/{}/self-view", taken.organisation);
        assert!(other.see(&page, &head).await.body.contains("We sing and read"));
        let history = other.see(&format!("{page}/history"), &head).await.body;
        assert!(
            history.contains("Six versions") && history.contains("Erased, with all versions before it"),
            "{history}"
        );
        let governor = other.session(person_named(&other, &taken, "Gwen Lloyd").await, "Gwen Lloyd").await;
        assert_eq!(other.see(&page, &governor).await.status, StatusCode::OK);
        // What was released to somebody elsewhere reaches nobody here, not even their namesake in that role.
        let programme = other.programme("Invented: Northbridge").await;
        let adviser = other.person("Priya Shah", Role::Adviser, programme).await;
        assert_eq!(other.see(&page, &adviser).await.status, StatusCode::NOT_FOUND);
        let releases = other.see(&format!("/organisations/{}/releases", taken.organisation), &head).await.body;
        assert!(releases.contains("Given in another installation; reaches nobody here"), "{releases}");
    }
}

async fn person_named(house: &House, taken: &school_export::Imported, name: &str) -> i64 {
    let people = programme::role::people(&house.world, &Who::Console, taken.organisation).await.unwrap();
    people.into_iter().find(|member| member.name == name).unwrap().person
}

async fn a_release_of_what_stays_behind_stays_behind(house: House) {
    let (school, head) = lived_in(&house).await;
    let exported = async || {
        let parcel = school_export::export(&house.world, &Who::Console, school).await.unwrap();
        let file: SchoolFile = serde_json::from_slice(&inside(&parcel.bytes, "school.json")).unwrap();
        file.releases.into_iter().filter(|one| one.kind == "diagnosis").map(|one| one.item).collect::<Vec<_>>()
    };
    assert_eq!(exported().await, [Some(1)]);
    let all = release::list(&house.world, &house.caller(&head).await, school).await.unwrap();
    let one = all.iter().find(|one| one.item.is_some()).unwrap().id;
    let mut tx = house.world.db.begin().await.unwrap();
    tx.execute(OF_ANOTHER, vec![one.into(), house.world.id().into()]).await.unwrap();
    tx.commit().await.unwrap();
    // Elsewhere it would be a release of all diagnoses.
    assert!(exported().await.is_empty());
}

async fn whoever_has_an_account_already_keeps_it(house: House) {
    let (school, _) = Box::pin(lived_in(&house)).await;
    let parcel = school_export::export(&house.world, &Who::Console, school).await.unwrap();
    let other = House::sqlite().await;
    let elsewhere = other.school("Invented: Elsewhere", None).await;
    let gwen = other.person("Gwen Lloyd", Role::Head, elsewhere).await;
    let taken = school_export::import(&other.world, &Who::Console, "a.zip", parcel.bytes).await.unwrap();
    assert_eq!((taken.to_invite.len(), taken.known), (2, 1));
    let caller = other.caller(&gwen).await;
    let roles: Vec<Role> = caller.caller().unwrap().roles.iter().map(|held| held.role).collect();
    assert!(roles.contains(&Role::Head) && roles.contains(&Role::Governor));
}

async fn a_file_that_does_not_fit_is_refused_whole(house: House) {
    let (school, _) = Box::pin(lived_in(&house)).await;
    let parcel = school_export::export(&house.world, &Who::Console, school).await.unwrap();
    let text = String::from_utf8(inside(&parcel.bytes, "school.json")).unwrap();
    let other = House::sqlite().await;
    let changed = |from: &str, to: &str| {
        let new = text.replacen(from, to, 1);
        assert_ne!(new, text, "{from}");
        zipped(new.as_bytes())
    };
    for (bytes, why) in [
        (parcel.bytes[..parcel.bytes.len() / 2].to_vec(), "damaged"),
        (b"PK".to_vec(), "no zip file"),
        (changed("\"aspire_school\": 1", "\"aspire_school\": 2"), "newer Aspire"),
        (changed("\"role\": \"strand_lead\"", "\"role\": \"administrator\""), "which a school has not"),
        (changed("asha.patel@example.org", "gwen.lloyd@example.org"), "two people have the address"),
        (changed("\"urn\": 135001", "\"urn\": 5"), "5 is no URN"),
        (changed("\"number\": 2", "\"number\": 7"), "not numbered"),
        (changed("\"since\": \"2020-09-01\"", "\"since\": \"2020-99-01\""), "line"),
        (changed("\"name\": \"Invented: Ashdale Primary\"", "\"nom\": \"x\""), "unknown field"),
        (
            changed("\"strengths\": \"We sing and read\"", "\"strengths\": \"We rule\""),
            "does not lead to what they are now",
        ),
        (changed("\"kind\": \"self_view\"", "\"kind\": \"later\""), "does not know"),
        (changed("\"framework\": \"five-strands\"", "\"framework\": \"six-strands\""), "framework ‘six-strands v1’"),
        (changed("\"names\": \"shown\"", "\"names\": \"perhaps\""), "diagnosis 1 has names ‘perhaps’"),
        (changed("\"judgement\": 2", "\"judgement\": 7"), "point ‘7’"),
        (changed("\"criterion\": 1", "\"criterion\": 3"), "a criterion 3 that is not in it"),
        (changed("\"after\": 2", "\"after\": 1"), "comes after itself"),
        (changed("\"local:1\"", "\"local:2\""), "a strategy 2 that is not in it"),
        (changed("\"letter\": \"amber\"", "\"letter\": \"blue\""), "unknown variant"),
        (changed("\"item\": 1", "\"item\": 9"), "a diagnosis 9 that is not in it"),
    ] {
        let said = refused(&other, bytes).await;
        assert!(said.contains(why), "{why}: {said}");
    }
    let schools = programme::organisation::of_kind(&other.world, &Who::Console, programme::organisation::Kind::School);
    assert!(schools.await.unwrap().is_empty(), "nothing was changed by any of them");
    assert!(school_export::import(&other.world, &Who::Console, "a.zip", zipped(text.as_bytes())).await.is_ok());
}

async fn the_head_downloads_it_and_a_spreadsheet_is_in_it(house: House) {
    let (school, head) = lived_in(&house).await;
    let path = format!("/organisations/{school}/export");
    let page = house.see(&path, &head).await.body;
    assert!(page.contains("names and addresses of your people"));
    let request = axum::http::Request::post(&path)
        .header("cookie", &head.cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(format!("csrf={}", head.csrf)));
    let (headers, bytes) = house.bytes(request.unwrap()).await;
    assert_eq!(headers["content-type"], "application/zip");
    assert_eq!(headers["content-disposition"], "attachment; filename=\"invented-ashdale-primary-2026-11-24.zip\"");
    let csv = String::from_utf8(inside(&bytes, "csv/people.csv")).unwrap();
    assert!(
        csv.contains("Zoë O’Neill,zoë.o’neill@example.org,strand_lead,pedagogy_and_curriculum,2020-09-01,2026-11-24"),
        "{csv}"
    );
    let mut book = papers::Table::from_bytes("school.xlsx", inside(&bytes, "school.xlsx")).unwrap();
    assert_eq!(book.sheets().len(), 10);
    book.choose_sheet("In your own words").unwrap();
    let mut row = kernel::table::Row::default();
    let mut all = Vec::new();
    while book.next_row(&mut row).unwrap() {
        all.push(row.iter().map(str::to_owned).collect::<Vec<_>>());
    }
    assert_eq!(all[1], ["What do we do well?", "We sing and read"]);
    // That it was taken stands in the record.
    let history = house.see(&format!("/organisations/{school}/history"), &head).await.body;
    assert!(history.contains("Took a copy of the whole record"), "{history}");
    // A deputy does not take it.
    let deputy = house.person("Ben Okoro", Role::Deputy, school).await;
    assert_eq!(house.send(&path, &deputy, &[]).await.status, StatusCode::NOT_FOUND);
}

async fn a_person_takes_what_is_held_about_them(house: House) {
    let (school, head) = lived_in(&house).await;
    house
        .send(
            &format!("/organisations/{school}/self-view/edit"),
            &head,
            &[("do", "draft"), ("revision", "6"), ("help", "tea")],
        )
        .await;
    let page = house.see("/account/data", &head).await;
    assert_eq!(page.status, StatusCode::OK);
    let answer = house.see("/account/data.json", &head).await;
    assert!(answer.header("content-disposition").contains("what-aspire-holds-about-me.json"));
    let held = answer.json();
    let part = |words: &str| {
        let parts = held["parts"].as_array().unwrap();
        parts.iter().find(|part| part["what"].as_str().unwrap().contains(words)).unwrap()["rows"]
            .as_array()
            .unwrap()
            .clone()
    };
    assert_eq!(part("your account")[0]["email"], "asha.patel@example.org");
    assert_eq!(part("your roles")[0]["role"], "head");
    assert_eq!(part("did not save")[0]["texts"]["help"], "tea");
    assert!(part("what you did").iter().any(|row| row["what"] == "release"));
    assert_eq!(part("signed in").len(), 1);
    assert_eq!((part("in which you take part").len(), part("your views in diagnoses").len()), (3, 18));
    assert_eq!(part("your views in diagnoses")[0]["because"], "We plan in pairs");
    assert_eq!(part("diagnoses that you signed")[0]["side"], "school");
    assert_eq!((part("actions of plans").len(), part("what you think of decisions").len()), (2, 1));
    for other in ["Gwen", "gwen.lloyd", "argon2", "Priya"] {
        let told = part("your account")
            .iter()
            .chain(&part("your roles"))
            .chain(&part("signed in"))
            .any(|row| row.to_string().contains(other));
        assert!(!told, "{other}");
    }
    // Nobody reads it of somebody else: there is no address for that.
    assert_eq!(house.get("/account/data").await.header("location"), "/sign-in");
}

on_both! {
    a_release_of_what_stays_behind_stays_behind
    a_second_installation_reads_what_the_first_wrote
    whoever_has_an_account_already_keeps_it
    a_file_that_does_not_fit_is_refused_whole
    the_head_downloads_it_and_a_spreadsheet_is_in_it
    a_person_takes_what_is_held_about_them
}

/// Every column of the schema that says about whom a row is.
#[test]
fn subject_access_knows_every_table_about_people() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let mut table = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ").or_else(|| line.strip_prefix("ALTER TABLE ")) {
                rest.split([' ', '(']).next().unwrap().clone_into(&mut table);
            }
            let column = line.split_once("ADD COLUMN ").map_or(line, |(_, column)| column);
            let column = column.split(' ').next().unwrap_or_default();
            let about = column.ends_with("person_id") || line.contains("REFERENCES person") || column == "invited_by";
            if about && !column.is_empty() && !line.starts_with("CREATE INDEX") && !line.starts_with("INSERT") {
                found.push((table.clone(), column.to_owned()));
            }
        }
    }
    assert!(found.len() >= 10, "the migrations are read: {found:?}");
    let told = programme::subject_access::TOLD;
    let missing: Vec<_> =
        found.iter().filter(|(table, column)| !told.iter().any(|(t, c)| t == table && c == column)).collect();
    assert!(
        missing.is_empty(),
        "tell these in programme/src/subject_access (a statement, and a line in TOLD), or say there why not: {missing:?}"
    );
}
