//! The JSON API and the tables for download, through the router on both databases.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use programme::{
    Who,
    cohort::{self, CohortSeed, NewParticipation},
};
use testkit::{House, on_both};

const SCHOOLS: &str = "\
urn,la_code,la_name,establishment_number,name,establishment_type_code,establishment_type_name,establishment_status_code,establishment_status_name,phase_type,phase_name,close_date,town,postcode,easting,northing,number_of_pupils,region,high_pupil_premium,last_changed_date,ukprn
118291,886,Kent,2165,Headcorn Primary School,1,Community school,1,Open,2,Primary,,Headcorn,TN27 9QT,583351,144445,392,South East,False,2023-09-12,10073353
118292,886,Kent,2166,=Abbey Primary School,1,Community school,1,Open,2,Primary,,Hove,TN27 9QU,583351,144445,200,South East,False,2023-09-12,10073354
118293,801,Bristol,2167,Zion Primary School,1,Community school,1,Open,2,Primary,,Bristol,BS1 4ND,358000,172000,200,South West,False,2023-09-12,10073355
118294,801,Bristol,4167,Harbour School,1,Community school,1,Open,4,Secondary,,Bristol,BS1 4ND,358000,172000,200,South West,False,2023-09-12,10073356
";

const INSPECTIONS: &str = "\
urn,urn_at_inspection,inspection_start,overall_grade,overall_word,sub_education,sub_behaviour,sub_personal,sub_leadership,sub_eyfs,sub_sixthForm,sources,conflict
118291,118291,2006-09-27,3,Satisfactory,,,,,,,x,
118291,118291,2010-02-02,3,Satisfactory,,,,,,,x,
118291,118291,2013-06-19,2,Good,,,,2,,,x,
118292,118292,2012-10-01,3,Requires improvement,,,,2,,,x,
118292,118292,2014-10-01,2,Good,,,,2,,,x,
118293,118293,2012-11-01,3,Requires improvement,,,,3,,,x,
118294,118294,2012-11-01,3,Requires improvement,,,,3,,,x,
";

/// A house with four schools, and a cohort of one of them and of one that
/// nobody can find.
async fn furnished(house: &House) {
    house.import("gias_2023-11-16.csv", SCHOOLS).await.expect("schools");
    house.import("graded_2026-05-31.csv", INSPECTIONS).await.expect("inspections");
    let file = CohortSeed::parse(include_str!("../../data/pilot/cohort.json")).expect("the pilot’s file");
    let school = |named: &str, urn: Option<u32>| NewParticipation {
        named: named.to_owned(),
        urn: urn.and_then(kernel::Urn::new),
        certainty: "certain".to_owned(),
        note: None,
        organisation: None,
    };
    let schools = vec![school("Headcorn Primary School", Some(118_291)), school("Nowhere School", None)];
    cohort::seed(&house.world, &Who::Console, file, schools).await.expect("a cohort");
}

on_both! { schools_are_found need_rules_are_asked a_cohort_is_followed what_does_not_fit_is_said tables_are_plain }

async fn schools_are_found(house: House) {
    furnished(&house).await;
    let answer = house.get("/api/v1/schools?q=headcorn&limit=5").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("cache-control"), "public, max-age=60");
    let found = answer.json();
    assert_eq!(found["total"], 1);
    assert_eq!(found["schools"][0]["urn"], 118_291);
    assert_eq!(found["schools"][0]["laestab"], "886/2165");
    assert_eq!(found["schools"][0]["open"], true);
    let all = house.get("/api/v1/schools?limit=1&page=2").await.json();
    assert_eq!((&all["total"], &all["schools"][0]["urn"]), (&4.into(), &118_292.into()));

    let school = house.get("/api/v1/schools/118291").await.json();
    assert_eq!(school["name"], "Headcorn Primary School");
    assert_eq!(school["local_authority"], "Kent");
    assert_eq!(school["lineage"][0]["relation"], "self");
    let inspections = school["inspections"].as_array().expect("a list");
    assert_eq!(inspections.len(), 3);
    assert_eq!(inspections[1]["overall_words"], "Satisfactory");
    assert_eq!(inspections[1]["framework"], "S5_2009");
    assert_eq!(inspections[2]["good_or_equivalent"]["standard-v1"], true);
    let source = &inspections[2]["source"];
    assert_eq!(source["as_of"], "2026-05-31", "{source}");
    let sources = school["sources"].as_array().expect("a list");
    assert!(sources.iter().any(|known| known["id"] == source["id"]), "{school}");
    let pupils = school["characteristics"].as_array().and_then(|all| all.iter().find(|one| one["key"] == "pupils"));
    assert_eq!(pupils.expect("pupils")["value"], 392);
}

async fn need_rules_are_asked(house: House) {
    furnished(&house).await;
    let rules = house.get("/api/v1/need-rules").await.json();
    assert!(rules["need_rules"].as_array().expect("a list").iter().any(|rule| rule["id"] == "below-good"));
    let met = house.get("/api/v1/need-rules/below-good/schools?on=2013-05-01&phase=primary").await.json();
    assert_eq!(met["total"], 3);
    let urns: Vec<_> = met["schools"].as_array().expect("a list").iter().map(|school| school["urn"].clone()).collect();
    assert_eq!(urns, [118_293, 118_292, 118_291], "by authority, then by name");
    assert_eq!(met["schools"][2]["since"], "2006-09-27");
    assert_eq!(met["schools"][2]["reason"], "Satisfactory on 2 February 2010");
    assert_eq!(met["rule"]["version"], 1);
    assert!(!met["sources"].as_array().expect("a list").is_empty());
    let today = house.get("/api/v1/need-rules/below-good/schools?on=&phase=").await.json();
    assert_eq!((&today["on"], &today["total"]), (&"2026-11-24".into(), &2.into()));
}

async fn a_cohort_is_followed(house: House) {
    furnished(&house).await;
    let cohorts = house.get("/api/v1/cohorts").await.json();
    assert_eq!(cohorts["cohorts"][0]["slug"], "naht-aspire-pilot");
    let path = house.get("/api/v1/cohorts/naht-aspire-pilot/path?to=2015-12-31").await.json();
    assert_eq!((&path["schools"], &path["known"], &path["unseen"]), (&2.into(), &1.into(), &1.into()));
    assert_eq!(path["early"]["good"], 1);
    let last =
        |points: &serde_json::Value| points.as_array().and_then(|points| points.last().cloned()).expect("a point");
    let own = last(&path["points"]);
    assert_eq!((&own["date"], &own["good"], &own["share"]), (&"2015-12-31".into(), &1.into(), &1.0.into()));
    let like = last(&path["like_schools"]["points"]);
    assert_eq!((&like["good"], &like["known"]), (&1.into(), &2.into()), "the participant is not among them");
    assert_eq!(path["published"][0]["words"], "6 of 30");
    assert_eq!(path["bounds"]["if_none"], 0.5);
    assert_eq!(path["members"][0]["joined_as"]["words"], "Satisfactory, 2 February 2010");
    assert_eq!(path["members"][1]["group"], "unseen");
    assert!(path["caveat"].as_str().is_some_and(|words| words.contains("2017")));
    let own_end = house.get("/api/v1/cohorts/naht-aspire-pilot/path?to=").await.json();
    assert_eq!(own_end["to"], "2015-12-31");
}

async fn what_does_not_fit_is_said(house: House) {
    furnished(&house).await;
    let path = "/api/v1/cohorts/naht-aspire-pilot/path";
    for (address, parameter) in [
        ("/api/v1/schools?limit=0".to_owned(), "limit"),
        ("/api/v1/schools?limit=101".to_owned(), "limit"),
        ("/api/v1/schools?page=x".to_owned(), "page"),
        ("/api/v1/schools/12x".to_owned(), "urn"),
        ("/api/v1/need-rules/below-good/schools?on=01/05/2013".to_owned(), "on"),
        ("/api/v1/need-rules/below-good/schools?on=2013-05-01&phase=Primry".to_owned(), "phase"),
        (format!("{path}?to=soon"), "to"),
        (format!("{path}?to=2013-04-30"), "to"),
    ] {
        let answer = house.get(&address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        let problem = answer.json();
        assert_eq!(problem["parameter"], parameter, "{address}");
        assert!(problem["expected"].is_string() && problem["value"].is_string(), "{address}");
    }
    for address in [
        "/api/v1/schools/999999",
        "/api/v1/need-rules/nothing/schools",
        "/api/v1/cohorts/nothing/path",
        "/api/v1/nothing",
        "/api/v2/schools",
        "/api/",
    ] {
        let answer = house.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        assert_eq!(answer.json()["status"], 404, "{address}");
    }
    for address in ["/api/v1/schools/%FF", "/api/v1/schools?q=a&q=b"] {
        let answer = house.get(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
    }
    let delete = Request::builder().method(Method::DELETE).uri("/api/v1/schools").body(Body::empty());
    let answer = house.ask(delete.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.json()["status"], 405);
    assert!(house.get("/api").await.body.contains("What a program can ask"));
    let page = house.get("/nothing").await;
    assert!(page.status == StatusCode::NOT_FOUND && page.body.contains("<h1"), "elsewhere it is a page");
}

async fn tables_are_plain(house: House) {
    furnished(&house).await;
    let width = |line: &str| line.split(',').count();
    for (address, first, lines) in [
        ("/schools/118291/inspections.csv", "urn,urn_at_inspection,predecessor,start_date", 4),
        ("/schools/118291/results.csv", "urn,dataset,period,measure,value,state,marker,source", 1),
        ("/need-rules/below-good/schools.csv?on=2013-05-01&phase=PRIMARY", "rule,rule_version,on,", 4),
        ("/cohorts/naht-aspire-pilot/path.csv?to=2015-12-31", "series,date,good,known,share,low,high,declined", 17),
        ("/cohorts/naht-aspire-pilot/schools.csv", "named,urn,", 3),
    ] {
        let answer = house.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        assert!(answer.header("content-type").starts_with("text/csv"), "{address}");
        assert!(answer.header("content-disposition").starts_with("attachment; filename="), "{address}");
        assert!(answer.body.starts_with(first), "{address}: {}", answer.body);
        assert_eq!(answer.body.lines().count(), lines, "{address}: {}", answer.body);
        assert!(width(answer.body.lines().next().unwrap_or_default()) > 5, "{address}");
        assert!(answer.body.lines().next().is_some_and(|header| header.contains("source")), "{address}");
    }
    let met = house.get("/need-rules/below-good/schools.csv?on=2013-05-01").await;
    assert!(met.body.contains(",'=Abbey Primary School,"), "no formula: {}", met.body);
    for (address, status) in [
        ("/schools/999999/inspections.csv", StatusCode::NOT_FOUND),
        ("/schools/x/results.csv", StatusCode::NOT_FOUND),
        ("/need-rules/nothing/schools.csv", StatusCode::NOT_FOUND),
        ("/need-rules/below-good/schools.csv?on=x", StatusCode::BAD_REQUEST),
        ("/cohorts/nothing/path.csv", StatusCode::NOT_FOUND),
        ("/cohorts/naht-aspire-pilot/path.csv?to=x", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(house.get(address).await.status, status, "{address}");
    }
}
