//! One story on both databases: files are imported, a school's record is read,
//! a cohort is followed, the administrator keeps it, a backup is restored.

use axum::http::StatusCode;
use programme::{
    diagnosis::GIVEN,
    record::{LOOKUPS, UPSERTS},
};
use std::time::Duration;
use store::{Kind, backup, catalogue::STATEMENTS, migrate, statement};
use testkit::{House, on_both};

statement!(PROGRAMME, "SELECT id FROM programme WHERE id = $1");
statement!(RENAME, "UPDATE programme SET about = '' WHERE id = $1");

const SCHOOLS: &str = "urn,la_code,la_name,establishment_number,name,establishment_type_code,establishment_type_name,establishment_status_code,establishment_status_name,phase_type,phase_name,close_date,town,postcode,easting,northing,number_of_pupils,region,high_pupil_premium,last_changed_date,ukprn
135001,886,Kent,2010,Invented: St Aidan's Primary,1,Community school,1,Open,2,Primary,,Ashdale,TN27 9QT,583500,144200,208,South East,False,2023-11-14,
135002,886,Kent,2011,Invented: Oakmere Primary,1,Community school,1,Open,2,Primary,,Oakmere,TN27 9QU,583900,144900,190,South East,False,2023-11-14,
135003,886,Kent,2012,Invented: Birch Lane Primary,1,Community school,1,Open,2,Primary,,Oakmere,TN27 9QV,584900,145900,90,South East,False,2023-11-14,
";
const INSPECTIONS: &str = "urn,urn_at_inspection,inspection_start,overall_grade,overall_word,sub_education,sub_behaviour,sub_personal,sub_leadership,sub_eyfs,sub_sixthForm,sources,conflict
135001,135001,2011-03-10,3,Satisfactory,,,,,,,x,
135001,135001,2014-02-04,2,Good,,,,,,,x,
135002,135002,2012-03-10,3,Satisfactory,,,,,,,x,
135002,135002,2015-02-04,4,Inadequate,,,,,,,x,
135003,135003,2012-05-10,2,Good,,,,,,,x,
";

async fn filled(house: &House) {
    house.import("gias_2023-11-16.csv", SCHOOLS).await.unwrap();
    house.import("graded_2020-02-29.csv", INSPECTIONS).await.unwrap();
}

async fn every_statement_prepares(house: House) {
    let mut conn = house.world.db.read().await.unwrap();
    let mut names: Vec<&str> = Vec::new();
    for sql in STATEMENTS {
        assert!(!names.contains(&sql.name), "{} stands twice", sql.name);
        names.push(sql.name);
        conn.prepare(sql).await.unwrap_or_else(|error| panic!("{}: {error}", sql.name));
    }
    assert!(names.len() > 40, "the catalogue is gathered at link time");
    for lookup in LOOKUPS {
        lookup.each(&mut conn, &[1, 2], |_| Ok(())).await.unwrap();
    }
    drop(conn);
    let mut tx = house.world.db.begin().await.unwrap();
    for upsert in UPSERTS.iter().chain([&GIVEN]) {
        upsert.prepare(&mut tx).await.unwrap();
    }
    drop(tx);
    house.world.db.tidy().await.unwrap();
    let mut tables: Vec<&str> = backup::TABLES.iter().map(|(table, _)| *table).collect();
    tables.push("schema_migration");
    tables.sort_unstable();
    assert_eq!(house.world.db.table_names().await.unwrap(), tables, "a backup knows every table");
}

/// What one holds, others hold as well, and nobody changes until both have done.
async fn what_is_held_stays(house: House) {
    let db = &house.world.db;
    let id = house.programme("Invented: Northbridge").await;
    let mut one = db.begin().await.unwrap();
    assert!(one.holds(PROGRAMME, vec![id.into()]).await.unwrap());
    assert!(!one.holds(PROGRAMME, vec![(id + 1).into()]).await.unwrap());
    if db.kind() == Kind::Postgres {
        let mut other = db.begin().await.unwrap();
        assert!(other.holds(PROGRAMME, vec![id.into()]).await.unwrap());
    }
    let changing = db.clone();
    let change = tokio::spawn(async move {
        let mut tx = changing.begin().await.unwrap();
        tx.execute(RENAME, vec![id.into()]).await.unwrap();
        tx.commit().await.unwrap();
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!change.is_finished(), "it is held");
    one.commit().await.unwrap();
    change.await.unwrap();
}

async fn the_same_file_twice_changes_nothing(house: House) {
    let first = house.import("gias_2023-11-16.csv", SCHOOLS).await.unwrap();
    assert_eq!((first.schools.new, first.schools.changed, first.rows_read), (3, 0, 3));
    let version = house.world.record().await.unwrap().version;
    let again = house.import("gias_2023-11-16.csv", SCHOOLS).await.unwrap();
    assert!(again.already_imported);
    assert_eq!((again.schools.new, again.schools.changed, again.schools.unchanged), (0, 0, 3));
    assert_eq!(house.world.record().await.unwrap().version, version);
}

async fn a_bad_row_keeps_the_whole_file_out(house: House) {
    let bad = SCHOOLS.replace("135002,", "13500X,");
    let report = house.import("gias_2023-11-16.csv", &bad).await.unwrap();
    assert!(report.refused());
    let cell = &report.bad_rows[0];
    assert_eq!((cell.row, cell.column.as_str(), cell.value.as_str()), (3, "urn", "13500X"));
    assert!(!cell.expected.is_empty());
    assert!(house.world.record().await.unwrap().is_empty(), "nothing was changed");

    let path = house.file("gias_2023-11-16.csv", &bad);
    let report = house.import_order(&path, |order| order.skip_bad_rows = true).await.unwrap();
    assert!(!report.refused());
    assert_eq!((report.schools.new, report.bad_rows.len()), (2, 1));
}

async fn an_older_file_fills_gaps_and_overwrites_nothing(house: House) {
    filled(&house).await;
    let older = SCHOOLS.replace("Oakmere Primary", "Oakmere Junior").replace(",190,", ",,");
    let path = house.file("gias_2019-01-01.csv", older);
    house.import_order(&path, |_| {}).await.unwrap();
    let school = house.get("/api/v1/schools/135002").await.json();
    assert_eq!(school["name"], "Invented: Oakmere Primary");
    assert_eq!(school["former_names"][0], "Invented: Oakmere Junior");
    let found = house.get("/api/v1/schools?q=oakmere%20junior").await.json();
    assert_eq!(found["schools"][0]["urn"], 135_002, "found by what it was called before");
}

async fn a_cohort_is_followed_beside_the_schools_like_them(house: House) {
    filled(&house).await;
    let (cookie, csrf) = house.signed_in().await;
    let form = [
        ("csrf", csrf.as_str()),
        ("name", "Invented: Programme"),
        ("about", ""),
        ("starts-day", "1"),
        ("starts-month", "5"),
        ("starts-year", "2013"),
    ];
    let answer = house.post("/programmes/new", &cookie, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let form = [
        ("csrf", csrf.as_str()),
        ("programme", "invented-programme"),
        ("name", "Invented: Cohort"),
        ("about", ""),
        ("joins_on-day", "1"),
        ("joins_on-month", "5"),
        ("joins_on-year", "2013"),
        ("need_rule", "below-good"),
        ("phase", "Primary"),
        ("good_rule", "standard-v1"),
        ("shown_to", "anyone"),
    ];
    let answer = house.post("/cohorts/new", &cookie, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    for urn in ["135001", "135003"] {
        let form = [("csrf", csrf.as_str()), ("urn", urn)];
        let answer = house.post("/cohorts/invented-cohort/schools", &cookie, &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let path = house.get("/api/v1/cohorts/invented-cohort/path?to=2015-12-31").await.json();
    assert_eq!((&path["schools"], &path["known"]), (&2.into(), &1.into()));
    let last = path["points"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["good"], &last["declined"]), (&1.into(), &0.into()));
    let like = path["like_schools"]["points"].as_array().unwrap().last().unwrap();
    assert_eq!((&like["known"], &like["good"], &like["declined"]), (&1.into(), &0.into(), &1.into()));
    let before = house.get("/api/v1/cohorts/invented-cohort/path?to=2013-04-01").await;
    assert_eq!(before.status, StatusCode::BAD_REQUEST);

    // A later correction of the record leaves the frozen baseline as it was.
    let corrected = INSPECTIONS.replace("2011-03-10,3,Satisfactory", "2011-03-10,2,Good");
    house.import("graded_2021-02-28.csv", corrected).await.unwrap();
    let path = house.get("/api/v1/cohorts/invented-cohort/path?to=2015-12-31").await.json();
    let joined = &path["members"].as_array().unwrap().iter().find(|m| m["urn"] == 135_001).unwrap()["joined_as"];
    assert_eq!(joined["overall"], 3);
}

async fn a_form_without_our_token_changes_nothing(house: House) {
    let (cookie, _) = house.signed_in().await;
    let form = [("csrf", "0".repeat(32)), ("name", "Invented: Forged".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(house.post("/programmes/new", &cookie, &form).await.status, StatusCode::FORBIDDEN);
    assert_eq!(programme::cohort::programmes(&house.world).await.unwrap().len(), 0);
}

async fn a_backup_comes_back_on_the_other_database(house: House) {
    filled(&house).await;
    house.signed_in().await;
    let mut file = Vec::new();
    let rows = backup::backup(&house.world.db, &mut file, house.world.now()).await.unwrap();
    let other = House::sqlite().await;
    assert_eq!(backup::restore(&other.world.db, file.as_slice(), house.world.now()).await.unwrap(), rows);
    let mut again = Vec::new();
    backup::backup(&other.world.db, &mut again, house.world.now()).await.unwrap();
    let plain = |bytes: &[u8]| zstd::decode_all(bytes).unwrap();
    assert_eq!(String::from_utf8(plain(&file)), String::from_utf8(plain(&again)));

    let broken = House::sqlite().await;
    let error = backup::restore(&broken.world.db, &file[..file.len() / 2], house.world.now()).await.unwrap_err();
    assert!(error.to_string().contains("the backup cannot be used"), "{error}");
    assert!(broken.world.record().await.unwrap().is_empty());
    let full = backup::restore(&other.world.db, file.as_slice(), house.world.now()).await.unwrap_err();
    assert!(full.to_string().contains("not empty"), "{full}");
    let mut conn = other.world.db.read().await.unwrap();
    assert_eq!(migrate::version(&mut conn).await.unwrap(), migrate::newest());
}

on_both! {
    every_statement_prepares
    what_is_held_stays
    the_same_file_twice_changes_nothing
    a_bad_row_keeps_the_whole_file_out
    an_older_file_fills_gaps_and_overwrites_nothing
    a_cohort_is_followed_beside_the_schools_like_them
    a_form_without_our_token_changes_nothing
    a_backup_comes_back_on_the_other_database
}
