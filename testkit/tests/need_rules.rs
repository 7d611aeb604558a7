//! The page of a need rule, through the router on both databases.

use axum::http::StatusCode;
use std::fmt::Write as _;
use testkit::{House, on_both};

/// A register of that many schools, every third of which is in Bristol and the others in
/// Kent, with an inspection each that found them below good; `but` was found good later.
fn files(schools: u32, but: Option<u32>) -> (String, String) {
    let mut register = "urn,la_code,la_name,establishment_number,name,establishment_type_code,\
        establishment_type_name,establishment_status_code,establishment_status_name,phase_type,phase_name,close_date,\
        town,postcode,easting,northing,number_of_pupils,region,high_pupil_premium,last_changed_date,ukprn\n"
        .to_owned();
    let mut inspections = "urn,urn_at_inspection,inspection_start,overall_grade,overall_word,sub_education,\
        sub_behaviour,sub_personal,sub_leadership,sub_eyfs,sub_sixthForm,sources,conflict\n"
        .to_owned();
    for number in 0..schools {
        let urn = 140_000 + number;
        let authority = if number % 3 == 0 { "801,Bristol" } else { "886,Kent" };
        let _ = writeln!(
            register,
            "{urn},{authority},{number:04},School {number:03} & Sons,1,Community school,1,Open,2,Primary,,,TN27 9QT,\
             583351,144445,392,South East,False,2023-09-12,"
        );
        let _ = writeln!(inspections, "{urn},{urn},2012-11-01,3,Requires improvement,,,,3,,,x,");
        if but == Some(urn) {
            let _ = writeln!(inspections, "{urn},{urn},2013-03-01,2,Good,,,,2,,,x,");
        }
    }
    (register, inspections)
}

async fn furnished(house: &House, schools: u32) {
    let (register, inspections) = files(schools, None);
    house.import("gias_2023-11-16.csv", register).await.expect("schools");
    house.import("graded_2026-05-31.csv", inspections).await.expect("inspections");
}

on_both! { few_schools_are_named_at_once many_are_counted_by_authority_and_named_there what_was_found_goes_with_the_register_it_was_found_in }

async fn few_schools_are_named_at_once(house: House) {
    furnished(&house, 9).await;
    let page = house.get("/need-rules/below-good?on=2013-05-01").await;
    assert!(page.body.contains("9 schools meet") && page.body.contains("School 008 &#38; Sons"), "{}", page.body);
    assert!(page.body.contains("Kent: 6") && page.body.contains("Bristol: 3"), "{}", page.body);
}

async fn many_are_counted_by_authority_and_named_there(house: House) {
    furnished(&house, 90).await;
    let here = "/need-rules/below-good?on=2013-05-01&phase=primary";
    let page = house.get(here).await;
    assert!(page.body.contains("90 schools meet"), "{}", page.body);
    let listed = page.body.split_once("id=\"schools\"").map_or("", |(_, rest)| rest);
    assert!(!listed.contains("School 001"), "named where an authority is opened: {listed}");
    let (bristol, kent) = (listed.find("authority=Bristol#schools"), listed.find("authority=Kent#schools"));
    assert!(bristol.is_some() && bristol < kent, "by name: {listed}");
    let kent = house.get(&format!("{here}&authority=Kent")).await;
    assert!(kent.body.contains("60 schools in Kent meet"), "{}", kent.body);
    let listed = kent.body.split_once("id=\"schools\"").map_or("", |(_, rest)| rest);
    assert!(listed.contains("School 001 &#38; Sons") && !listed.contains("School 003"), "{listed}");
    assert!(listed.contains("Requires improvement on 1 November 2012"), "{listed}");
    let nowhere = house.get(&format!("{here}&authority=%3Cb%3ENowhere")).await;
    assert_eq!(nowhere.status, StatusCode::OK);
    assert!(nowhere.body.contains("No school in &#60;b&#62;Nowhere meets"), "{}", nowhere.body);
}

async fn what_was_found_goes_with_the_register_it_was_found_in(house: House) {
    furnished(&house, 9).await;
    let here = "/need-rules/below-good?on=2013-05-01";
    for _ in 0..2 {
        assert!(house.get(here).await.body.contains("9 schools meet"));
    }
    let (_, inspections) = files(9, Some(140_004));
    house.import("graded_2026-06-30.csv", inspections).await.expect("inspections");
    let page = house.get(here).await;
    assert!(page.body.contains("8 schools meet") && !page.body.contains("School 004"), "{}", page.body);
}
