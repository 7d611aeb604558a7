//! Keeping an Aspire, from its pages: sign in, import a file, follow a cohort.

mod client;

use axum::http::StatusCode;
use client::{Answer, Client, EMAIL, PASSWORD};
use programme::{
    mail::{self, Letter},
    work,
};

const SMALL: &str = include_str!("../../../../e2e/small.csv");

/// Every page of these rooms that anyone may read.
const PUBLIC: [&str; 8] =
    ["/sign-in", "/cohorts", "/need-rules", "/imports", "/sources", "/accessibility", "/help", "/demo/letters"];

fn well_made(path: &str, answer: &Answer) {
    let heading = answer.heading();
    assert!(answer.text.contains(&format!("<title>{heading} – Aspire</title>")), "{path}: {heading}");
    assert_eq!(answer.text.matches("<h1").count(), 1, "{path}");
    assert!(!answer.text.contains(" style="), "{path}");
}

#[tokio::test]
async fn an_empty_aspire_says_what_to_do_first() {
    let stranger = Client::new().await;
    for path in PUBLIC {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        well_made(path, &answer);
    }
    assert!(stranger.get("/imports").await.text.contains("the record is empty"));
    assert!(stranger.get("/need-rules").await.text.contains("import a file of inspections first"));
    assert!(stranger.get("/cohorts").await.text.contains("None yet."));
    assert!(stranger.get("/sign-in").await.text.contains(EMAIL), "the demonstration says with what");
    assert_eq!(stranger.get("/imports/x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/imports/1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_stranger_is_sent_to_sign_in() {
    let stranger = Client::new().await;
    for path in ["/imports/new", "/programmes/new", "/cohorts/new", "/cohorts/a/edit"] {
        let answer = stranger.get(path).await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
    let empty = [("csrf", "")];
    for path in [
        "/programmes/new",
        "/cohorts/new",
        "/cohorts/a/schools",
        "/cohorts/a/status",
        "/cohorts/a/baseline",
        "/need-rules/below-good/decisions",
        "/imports/new",
    ] {
        let answer = stranger.post(path, &empty).await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
}

#[tokio::test]
async fn signing_in_tells_nothing_to_who_guesses() {
    let stranger = Client::new().await;
    let known = stranger.post("/sign-in", &[("email", EMAIL), ("password", "wrong")]).await;
    let unknown = stranger.post("/sign-in", &[("email", "nobody@example.org"), ("password", "wrong")]).await;
    assert_eq!((known.status, unknown.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(known.text, unknown.text.replace("value=\"nobody@example.org\"", &format!("value=\"{EMAIL}\"")));
    assert!(known.text.contains("Enter the e-mail address and password you signed up with"));
    assert!(known.text.contains("<title>Error: Sign in – Aspire</title>") && known.cookie.is_empty());
    let empty = stranger.post("/sign-in", &[]).await;
    assert!(empty.text.contains("Enter your e-mail address") && empty.text.contains("Enter your password"));
    for _ in 0..9 {
        stranger.post("/sign-in", &[("email", EMAIL), ("password", "wrong")]).await;
    }
    let waits = stranger.post("/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(waits.text.contains("Wait 10 minutes") && waits.cookie.is_empty());
}

#[tokio::test]
async fn signing_in_and_out_again() {
    let stranger = Client::new().await;
    let answer = stranger.post("/sign-in", &[("email", " SAM@example.org "), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/start"));
    for part in ["__Host-aspire_session=", "; Path=/", "; Max-Age=604800", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(answer.cookie.contains(part), "{}", answer.cookie);
    }
    let sam = Client::signed_in().await;
    assert_eq!(sam.get("/sign-in").await.to, "/start", "who is signed in need not sign in");
    assert_eq!(sam.post("/sign-out", &[("csrf", "x")]).await.status, StatusCode::FORBIDDEN);
    let out = sam.fill("/sign-out", &[]).await;
    assert_eq!((out.status, out.to.as_str()), (StatusCode::SEE_OTHER, "/"));
    assert!(out.cookie.starts_with("__Host-aspire_session=; ") && out.cookie.contains("Max-Age=0"), "{}", out.cookie);
    assert_eq!(sam.get("/imports/new").await.to, "/sign-in", "the session is over");
    assert_eq!(sam.fill("/sign-out", &[]).await.to, "/", "and may be ended again");
}

#[tokio::test]
async fn a_file_is_imported_and_its_report_read() {
    let sam = Client::signed_in().await;
    well_made("/imports/new", &sam.get("/imports/new").await);
    let csrf = ("csrf", None, sam.csrf.as_str());
    let small = ("file", Some("small_31_August_2026.csv"), SMALL);
    let trial = sam.import(&[csrf, small, ("options", None, "dry_run")]).await;
    assert_eq!(trial.status, StatusCode::SEE_OTHER);
    let report = sam.get(&trial.to).await;
    assert!(report.heading().starts_with("This would bring"), "{}", report.heading());
    let done = sam.import(&[csrf, small]).await;
    let report = sam.get(&done.to).await;
    well_made(&done.to, &report);
    assert!(report.heading().contains("2 inspections: all new"), "{}", report.heading());
    assert!(report.text.contains("31 August 2026 (from the file’s name)"), "{}", report.text);
    let again = sam.get(&sam.import(&[csrf, small]).await.to).await;
    assert!(again.text.contains("This very file was imported before."), "{}", again.text);
    let all = sam.get("/imports").await;
    assert!(all.text.contains("One file is in the record.") && all.text.contains("Trial, nothing changed"));
    assert!(sam.get("/sources").await.text.contains("small_31_August_2026.csv"));
}

#[tokio::test]
async fn what_cannot_be_used_changes_nothing() {
    let sam = Client::signed_in().await;
    let csrf = ("csrf", None, sam.csrf.as_str());
    let shopping = sam.import(&[csrf, ("file", Some("shopping.csv"), "bread,butter\n2,1\n")]).await;
    let report = sam.get(&shopping.to).await;
    assert_eq!(report.heading(), "Nothing was changed: this file cannot be used");
    assert!(report.text.contains("header of a known layout"), "{}", report.text);
    let bad = SMALL.replace("15/05/2013", "31/13/2013");
    let report = sam.get(&sam.import(&[csrf, ("file", Some("bad.csv"), &bad)]).await.to).await;
    assert_eq!(report.heading(), "Nothing was changed: one row cannot be used");
    assert!(report.text.contains("‘31/13/2013’") && report.text.contains("Inspection end date"), "{}", report.text);
    let skip = ("options", None, "skip_bad_rows");
    let report = sam.get(&sam.import(&[csrf, ("file", Some("bad.csv"), &bad), skip]).await.to).await;
    assert!(report.heading().contains("1 inspection: all new"), "{}", report.heading());
    assert!(report.text.contains("One row could not be used and was left out."), "{}", report.text);
}

#[tokio::test]
async fn a_form_that_does_not_fit_comes_back() {
    let sam = Client::signed_in().await;
    let csrf = ("csrf", None, sam.csrf.as_str());
    let small = ("file", Some("small.csv"), SMALL);
    for (fields, status) in [
        (vec![small, csrf], StatusCode::FORBIDDEN),
        (vec![("csrf", None, "x"), small], StatusCode::FORBIDDEN),
        (vec![small], StatusCode::FORBIDDEN),
        (vec![csrf], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![csrf, ("file", Some(""), "")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![csrf, small, ("year", None, "soon")], StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(sam.import(&fields).await.status, status, "{fields:?}");
    }
    let large = "x".repeat(100_001);
    assert_eq!(sam.import(&[csrf, ("file", Some("a.csv"), &large)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let typed = sam.import(&[csrf, small, ("year", None, "<soon>"), ("options", None, "dry_run")]).await;
    assert!(typed.text.contains("value=\"&#60;soon&#62;\"") && typed.text.contains("href=\"#year\""));
    assert!(typed.text.contains("value=\"dry_run\" checked") && typed.text.contains("Choose it again."));
    assert!(sam.get("/imports").await.text.contains("the record is empty"));
}

#[tokio::test]
async fn only_the_government_s_sites_are_fetched() {
    let sam = Client::signed_in().await;
    let csrf = ("csrf", None, sam.csrf.as_str());
    for address in ["http://127.0.0.1", "http://[::1]", "https://gov.uk.evil.example", "https://www.gov.uk:1/a.csv"] {
        let answer = sam.import(&[csrf, ("address", None, address)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(answer.text.contains("href=\"#address\"") && answer.text.contains(address), "{}", answer.text);
    }
    let missing = sam.import(&[csrf, ("address", None, "https://www.gov.uk/a.csv")]).await;
    assert!(missing.text.contains("could not be fetched: 404 Not Found"), "{}", missing.text);
    let there = ("address", None, "https://assets.publishing.service.gov.uk/a/none.csv");
    let report = sam.get(&sam.import(&[csrf, there]).await.to).await;
    assert!(report.text.contains("none.csv") && report.heading().starts_with("Nothing was changed"));
}

#[tokio::test]
async fn a_cohort_is_made_and_edited() {
    let sam = Client::signed_in().await;
    let csrf = ("csrf", None, sam.csrf.as_str());
    sam.import(&[csrf, ("file", Some("small.csv"), SMALL)]).await;
    assert!(sam.get("/cohorts/new").await.text.contains("Make the programme first."));
    let wrong = sam.fill("/programmes/new", &[("about", "Kept <b>")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("href=\"#starts-day\"") && wrong.text.contains("Kept &#60;b&#62;"));
    let day = [("starts-day", "1"), ("starts-month", "9"), ("starts-year", "2013")];
    let made = sam.fill("/programmes/new", &[&[("name", "Kent Together")], day.as_slice()].concat()).await;
    assert_eq!(made.to, "/cohorts/new?programme=kent-together", "{}", made.text);
    well_made("/cohorts/new", &sam.get(&made.to).await);
    let wrong = sam.fill("/cohorts/new", &[("name", "First")]).await;
    for id in ["programme", "joins_on-day", "need_rule", "good_rule"] {
        assert!(
            wrong.text.contains(&format!("href=\"#{id}\"")) && wrong.text.contains(&format!("id=\"{id}\"")),
            "{id}"
        );
    }
    let made = sam
        .fill(
            "/cohorts/new",
            &[
                ("name", "First"),
                ("programme", "kent-together"),
                ("joins_on-day", "1"),
                ("joins_on-month", "9"),
                ("joins_on-year", "2013"),
                ("need_rule", "below-good"),
                ("good_rule", "standard-v1"),
                ("phase", "Primary"),
            ],
        )
        .await;
    assert_eq!(made.to, "/cohorts/first/edit?done=cohort", "{}", made.text);
    let wrong = sam.fill("/cohorts/first/schools", &[("urn", "999 991")]).await;
    assert!(wrong.text.contains("six digits") && wrong.text.contains("value=\"999 991\""));
    assert_eq!(sam.fill("/cohorts/first/schools", &[("urn", "999991")]).await.to, "/cohorts/first/edit?done=school");
    let list = sam.get("/cohorts/first/edit?done=school").await;
    well_made("/cohorts/first/edit", &list);
    assert!(list.text.contains("One school.") && list.text.contains("its baseline frozen"), "{}", list.text);
    let id = list.text.split("edit?school=").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    changes_of_a_school(&sam, &id).await;
    assert!(sam.get("/cohorts").await.text.contains("one school"));
    assert_eq!(sam.get("/cohorts/none/edit").await.status, StatusCode::NOT_FOUND);
    assert_eq!(sam.get("/cohorts/first/edit?school=1").await.status, StatusCode::NOT_FOUND);
}

async fn changes_of_a_school(sam: &Client, id: &str) {
    let path = format!("/cohorts/first/edit?school={id}");
    assert!(sam.get(&path).await.text.contains("The frozen baseline stays as it is."));
    let wrong = sam.fill("/cohorts/first/status", &[("participation", id), ("status", "left")]).await;
    assert!(
        wrong.text.contains("href=\"#since-day\"") && wrong.text.contains("value=\"left\" selected"),
        "{}",
        wrong.text
    );
    let left = [
        ("participation", id),
        ("status", "left"),
        ("reason", "became an academy"),
        ("since-day", "1"),
        ("since-month", "9"),
        ("since-year", "2014"),
    ];
    assert_eq!(sam.fill("/cohorts/first/status", &left).await.to, format!("{path}&done=status"));
    let wrong = sam.fill("/cohorts/first/baseline", &[("participation", id)]).await;
    assert!(wrong.text.contains("href=\"#baseline-reason\"") && wrong.text.contains("id=\"baseline-reason\""));
    let why = [("participation", id), ("reason", "an inspection was missing")];
    assert_eq!(sam.fill("/cohorts/first/baseline", &why).await.to, format!("{path}&done=baseline"));
    let shown = sam.get(&path).await.text;
    for words in ["Frozen on 3 September 2026", "an inspection was missing", "became an academy", "1 September 2014"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert_eq!(sam.post("/cohorts/first/status", &left).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_decision_stands_beside_a_rule() {
    let sam = Client::signed_in().await;
    let csrf = ("csrf", None, sam.csrf.as_str());
    sam.import(&[csrf, ("file", Some("small.csv"), SMALL)]).await;
    let path = "/need-rules/below-good/decisions";
    let wrong = sam.fill(path, &[("urn", "123456"), ("on", "2013-09-01")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("There is no school 123456") && wrong.text.contains("value=\"2013-09-01\""));
    let wrong = sam.fill(path, &[("urn", "999991")]).await;
    assert!(wrong.text.contains("href=\"#kind\"") && wrong.text.contains("id=\"kind\""), "{}", wrong.text);
    let fields = [("urn", "999991"), ("kind", "exclude"), ("reason", "closing"), ("on", "2013-09-01")];
    assert_eq!(sam.fill(path, &fields).await.to, "/need-rules/below-good?on=2013-09-01&done=1");
    assert_eq!(sam.fill("/need-rules/none/decisions", &fields).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_demonstration_shows_its_letters_to_whom_they_are_not() {
    let sam = Client::signed_in().await;
    for path in ["/admin/jobs", "/admin/mail"] {
        let page = sam.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        well_made(path, &page);
    }
    assert!(sam.get("/demo/letters").await.text.contains("Nothing yet."));
    let (link, now) = (sam.world.link("/password/0123456789"), kernel::Clock::now(sam.world.clock.as_ref()));
    let letter = Letter::ResetPassword { link: link.clone(), until: now + jiff::SignedDuration::from_hours(1) };
    let mut tx = sam.world.db.begin().await.unwrap();
    mail::send(&sam.world, &mut tx, "head@oakmere.example", &letter).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(sam.fill("/admin/mail", &[("email", "keeper@example.org")]).await.to, "/admin/mail?done=trial");
    let page = sam.get("/admin/jobs").await;
    for words in ["Two jobs wait.", "No worker was heard of", "Trial letter, to keeper@example.org", "not tried yet"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    work::runner(&sam.world).until_idle().await.unwrap();
    let page = sam.get("/demo/letters").await;
    well_made("/demo/letters", &page);
    let to = "To head@oakmere.example, 3 September 2026, 14:05 UTC";
    for words in ["Two letters, the latest first.", to, &format!("href=\"{link}\""), "Sam tried whether letters"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(!sam.get("/admin/mail").await.text.contains("0123456789"));
}
