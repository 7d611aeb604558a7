//! Letters on both databases: with the change or not at all, until they are
//! sent or refused, and never shown with their links.

use axum::http::StatusCode;
use jiff::SignedDuration;
use outside::mail::{MailError, NoMail, Outgoing, Security, SendMail as _, Smtp, SmtpSettings};
use programme::{
    Who,
    mail::{self, Letter, State},
    work,
};
use std::sync::Arc;
use store::{backup, catalogue::Sql};
use testkit::{House, on_both};

const TO: &str = "head@oakmere.example";

/// How many jobs are done again and again: forgetting old letters, erasing what is
/// due, closing accounts.
const RECURRING: usize = 4;
const SECRET: &str = "0123456789abcdef";

/// Writes a letter with a link that works for an hour.
async fn write(house: &House, to: &str) -> i64 {
    let until = house.world.now() + SignedDuration::from_hours(1);
    write_until(house, to, until).await
}

async fn write_until(house: &House, to: &str, until: kernel::Timestamp) -> i64 {
    let link = house.world.link(&format!("/password/{SECRET}"));
    let mut tx = house.world.db.begin().await.unwrap();
    let id = mail::send(&house.world, &mut tx, to, &Letter::ResetPassword { link, until }).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn state(house: &House, id: i64) -> State {
    let outbox = mail::outbox(&house.world, &Who::Console).await.unwrap();
    outbox.letters.iter().find(|letter| letter.id == id).expect("the outbox remembers it").state
}

/// What the database holds of the letter's link.
async fn kept(house: &House, id: i64) -> Option<String> {
    let text = "SELECT letter_json FROM letter WHERE id = $1";
    let mut conn = house.world.db.read().await.unwrap();
    let row = conn.row(&Sql { name: "a test's", text }, vec![id.into()]).await.unwrap();
    row.expect("the letter is known").opt_text(0).unwrap()
}

fn passing(why: &str) -> MailError {
    MailError::Passing(why.to_owned())
}

async fn a_letter_goes_with_its_change_and_goes_once(house: House) {
    let until = house.world.now() + SignedDuration::from_hours(1);
    let mut tx = house.world.db.begin().await.unwrap();
    let letter = Letter::ResetPassword { link: house.world.link("/x"), until };
    mail::send(&house.world, &mut tx, TO, &letter).await.unwrap();
    drop(tx);
    assert_eq!(house.work().await, RECURRING, "only what recurs");
    assert!(house.mail.kept().is_empty(), "without the change there is no letter");
    let mut tx = house.world.db.begin().await.unwrap();
    for wrong in ["nobody", "a b@example.org", "a@b@\n.org", "<a@b.org>", "@b.org", "a@"] {
        assert!(mail::send(&house.world, &mut tx, wrong, &letter).await.is_err(), "{wrong}");
    }
    drop(tx);

    let id = write(&house, TO).await;
    assert!(kept(&house, id).await.unwrap().contains(SECRET), "while it waits");
    house.work().await;
    house.work().await;
    let sent: Vec<Outgoing> = house.mail.kept();
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].to.as_str(), sent[0].id.as_str()), (TO, id.to_string().as_str()));
    assert!(sent[0].text.contains(&format!("https://aspire.example.org/password/{SECRET}\n")), "{}", sent[0].text);
    assert_eq!(state(&house, id).await, State::Sent);
    assert_eq!(kept(&house, id).await, None, "its link is gone");
}

async fn a_busy_server_is_asked_again(house: House) {
    house.mail.refuse(TO, passing("the mail server refused this recipient: 451 busy"));
    let id = write(&house, TO).await;
    house.work().await;
    assert!(house.mail.kept().is_empty());
    assert_eq!(state(&house, id).await, State::Waits);
    let (cookie, _) = house.signed_in().await;
    let page = house.get_as("/admin/mail", &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in
        ["One waits.", TO, "Waits for its next try", "451 busy. Tried once in vain.", "Link for a new password"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let page = house.get_as("/admin/jobs", &cookie).await;
    for words in ["Nothing failed. One job waits. One worker is there.", "Send a letter", TO, "451 busy.", "Try now"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    house.wait(SignedDuration::from_mins(1));
    house.work().await;
    assert_eq!(house.mail.kept().len(), 1);
    assert_eq!(state(&house, id).await, State::Sent);
}

async fn a_bounce_is_shown_and_not_tried_again(house: House) {
    let why = "the mail server refused this recipient: 550 5.1.1 no such mailbox";
    house.mail.refuse(TO, MailError::Final(why.to_owned()));
    let id = write(&house, TO).await;
    house.work().await;
    house.wait(SignedDuration::from_mins(30));
    assert_eq!(house.work().await, 0);
    assert_eq!((state(&house, id).await, kept(&house, id).await), (State::Refused, None));
    let (cookie, _) = house.signed_in().await;
    let page = house.get_as("/admin/mail", &cookie).await.body;
    for words in ["One was refused for good.", "The mail server refused this recipient: 550 5.1.1 no such mailbox."] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(house.get_as("/admin/jobs", &cookie).await.body.contains("Nothing failed. Nothing waits."));
}

async fn a_letter_that_is_of_no_use_any_more_is_not_sent(house: House) {
    house.mail.refuse(TO, passing("busy"));
    let id = write(&house, TO).await;
    house.work().await;
    house.wait(SignedDuration::from_hours(2));
    house.work().await;
    assert!(house.mail.kept().is_empty());
    assert_eq!((state(&house, id).await, kept(&house, id).await), (State::TooLate, None));
}

/// A letter that was tried until it counts as failed.
async fn failed(house: &House) -> i64 {
    for _ in 0..14 {
        house.mail.refuse(TO, passing("mail.example.org:25 cannot be reached: connection refused"));
    }
    let id = write_until(house, TO, house.world.now() + SignedDuration::from_hours(24 * 14)).await;
    for _ in 0..14 {
        assert_eq!(state(house, id).await, State::Waits);
        house.work().await;
        house.wait(SignedDuration::from_hours(6));
    }
    assert_eq!(state(house, id).await, State::Failed);
    id
}

/// The id of the only job on the page of jobs.
fn job_on(page: &str) -> String {
    let (_, after) = page.split_once("action=\"/admin/jobs/").expect("a job that can be decided on");
    after.split('/').next().unwrap().to_owned()
}

async fn what_failed_can_be_tried_again(house: House) {
    let id = failed(&house).await;
    let (cookie, csrf) = house.signed_in().await;
    let page = house.get_as("/admin/jobs", &cookie).await.body;
    for words in ["One job failed and waits for you", "Mail.example.org:25 cannot be reached: connection refused.", TO]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(house.get_as("/admin/mail", &cookie).await.body.contains("could not be sent, and can be tried again"));
    let path = format!("/admin/jobs/{}/again", job_on(&page));
    let forged = house.post(&path, &cookie, &[("csrf", "0000")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let done = house.post(&path, &cookie, &[("csrf", &csrf)]).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/admin/jobs?done=again"));
    assert!(house.get_as("/admin/jobs?done=again", &cookie).await.body.contains("It is tried again now"));
    house.work().await;
    assert_eq!(house.mail.kept().len(), 1);
    assert_eq!((state(&house, id).await, kept(&house, id).await), (State::Sent, None));
    let again = house.post(&path, &cookie, &[("csrf", &csrf)]).await;
    assert_eq!(again.header("location"), "/admin/jobs?done=gone");
    assert_eq!(audited(&house, "try a job again").await, 1);
}

async fn what_failed_can_be_given_up(house: House) {
    let id = failed(&house).await;
    let (cookie, csrf) = house.signed_in().await;
    let job = job_on(&house.get_as("/admin/jobs", &cookie).await.body);
    let done = house.post(&format!("/admin/jobs/{job}/give-up"), &cookie, &[("csrf", &csrf)]).await;
    assert_eq!(done.header("location"), "/admin/jobs?done=given-up");
    assert_eq!((state(&house, id).await, kept(&house, id).await), (State::GivenUp, None));
    assert!(house.get_as("/admin/mail", &cookie).await.body.contains("Given up"));
    house.work().await;
    assert!(house.mail.kept().is_empty());
    assert_eq!(audited(&house, "give a job up").await, 1);
}

async fn audited(house: &House, what: &str) -> i64 {
    let text = "SELECT COUNT(*) FROM audit WHERE what = $1";
    let mut conn = house.world.db.read().await.unwrap();
    conn.row(&Sql { name: "a test's", text }, vec![what.into()]).await.unwrap().unwrap().int(0).unwrap()
}

async fn without_a_mail_server_letters_wait_and_the_pages_say_so(house: House) {
    let id = write(&house, TO).await;
    let without = house.world.clone().with_mail(Arc::new(NoMail));
    work::runner(&without).until_idle().await.unwrap();
    assert_eq!(state(&house, id).await, State::Waits);
    let (cookie, _) = house.signed_in().await;
    let page = house.get_as("/admin/jobs", &cookie).await.body;
    assert!(page.contains("No worker can send letters: they wait until a mail server is set up."), "{page}");
    house.wait(SignedDuration::from_mins(10));
    let page = house.get_as("/admin/jobs", &cookie).await.body;
    assert!(page.contains("No worker was heard of in the last two minutes"), "{page}");
    let router = web::router(web::App::new(without, web::Settings { https: true, ..web::Settings::default() }));
    let request = axum::http::Request::get("/admin/mail").header("cookie", &cookie).body(axum::body::Body::empty());
    let answer = tower::ServiceExt::oneshot(router, request.unwrap()).await.unwrap();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    assert!(String::from_utf8_lossy(&body).contains("No mail server is set up here, so letters wait."));
    house.work().await;
    assert_eq!(state(&house, id).await, State::Sent);
}

async fn a_trial_letter_shows_whether_mail_works(house: House) {
    let (cookie, csrf) = house.signed_in().await;
    assert!(house.get_as("/admin/mail", &cookie).await.body.contains("None yet."));
    let wrong = house.post("/admin/mail", &cookie, &[("csrf", &csrf), ("email", "nobody")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#email\"") && wrong.body.contains("value=\"nobody\""), "{}", wrong.body);
    let sent = house.post("/admin/mail", &cookie, &[("csrf", &csrf), ("email", " keeper@example.org ")]).await;
    assert_eq!(sent.header("location"), "/admin/mail?done=trial");
    house.work().await;
    let letters = house.mail.kept();
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "keeper@example.org"));
    assert!(letters[0].text.starts_with("Sam O’Neill tried whether"), "{}", letters[0].text);
    assert_eq!(audited(&house, "send a trial letter").await, 1);
}

async fn links_and_pages_are_for_those_they_are_for(house: House) {
    write(&house, TO).await;
    house.mail.refuse("other@example.org", passing("busy"));
    write(&house, "other@example.org").await;
    house.work().await;
    write(&house, TO).await;
    let (cookie, csrf) = house.signed_in().await;
    for path in ["/admin/mail", "/admin/jobs"] {
        let page = house.get_as(path, &cookie).await.body;
        assert!(page.contains("other@example.org") && !page.contains(SECRET), "{path}: {page}");
        let stranger = house.get(path).await;
        assert_eq!((stranger.status, stranger.header("location")), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
    for path in ["/admin/mail", "/admin/jobs/1/again", "/admin/jobs/1/give-up"] {
        let stranger = house.post(path, "", &[("csrf", &csrf)]).await;
        assert_eq!((stranger.status, stranger.header("location")), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
    assert_eq!(house.get_as("/demo/letters", &cookie).await.status, StatusCode::NOT_FOUND, "no demonstration");
    let answer = house.post("/admin/jobs/x/again", &cookie, &[("csrf", &csrf)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

async fn a_restored_letter_waits_for_somebody_to_say_so(house: House) {
    let id = write(&house, TO).await;
    let mut file = Vec::new();
    backup::backup(&house.world.db, &mut file, house.world.now()).await.unwrap();
    house.work().await;
    assert_eq!(house.mail.kept().len(), 1, "sent after the backup");
    let other = House::sqlite().await;
    backup::restore(&other.world.db, file.as_slice(), other.world.now()).await.unwrap();
    // Both houses count ids from the same moment; a restored Aspire lives later.
    other.wait(SignedDuration::from_mins(1));
    other.work().await;
    assert!(other.mail.kept().is_empty(), "a copy surprises nobody");
    assert_eq!(state(&other, id).await, State::Failed);
    let (cookie, csrf) = other.signed_in().await;
    let page = other.get_as("/admin/jobs", &cookie).await.body;
    assert!(page.contains("It waited when the backup was made"), "{page}");
    other.post(&format!("/admin/jobs/{}/again", job_on(&page)), &cookie, &[("csrf", &csrf)]).await;
    other.work().await;
    assert_eq!(other.mail.kept().len(), 1, "nor is it lost");
}

async fn the_outbox_forgets_after_ninety_days(house: House) {
    let id = write(&house, TO).await;
    house.work().await;
    house.wait(SignedDuration::from_hours(24 * 89));
    house.work().await;
    assert_eq!(state(&house, id).await, State::Sent);
    house.wait(SignedDuration::from_hours(24 * 2));
    house.work().await;
    assert_eq!(mail::outbox(&house.world, &Who::Console).await.unwrap().all, 0);
}

/// The whole way, to a real server: see xtask/src/smtp_server.py.
async fn a_letter_arrives_at_a_real_server(mut house: House) {
    let Ok(address) = std::env::var("ASPIRE_TEST_SMTP") else { return };
    let folder = std::env::var("ASPIRE_TEST_SMTP_FOLDER").expect("the server's directory");
    let (host, port) = address.split_once(':').expect("host:port");
    let settings = SmtpSettings {
        host: host.to_owned(),
        port: port.parse().unwrap(),
        security: Security::None,
        user: None,
        password: None,
        from: "Aspire <aspire@example.org>".to_owned(),
    };
    house.world = house.world.clone().with_mail(Arc::new(Smtp::new(&settings).unwrap()));
    let unique = house.world.secret::<4>();
    let to = format!("busy-once-{}-{unique}@example.org", house.address.len());
    let (sent, bounced) = (write(&house, &to).await, write(&house, "nobody@example.org").await);
    house.work().await;
    assert_eq!((state(&house, sent).await, state(&house, bounced).await), (State::Waits, State::Refused));
    house.wait(SignedDuration::from_mins(1));
    house.work().await;
    assert_eq!(state(&house, sent).await, State::Sent);
    let letters = std::fs::read_dir(format!("{folder}/box")).unwrap().flatten();
    let letters: Vec<String> = letters.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
    let ours: Vec<&String> = letters.iter().filter(|letter| letter.starts_with(&format!("{to}\n"))).collect();
    assert_eq!(ours.len(), 1, "once, in {} letters", letters.len());
    for words in [&format!("Message-ID: <letter-{sent}@example.org>"), "Choose a new password", SECRET] {
        assert!(ours[0].contains(words), "{words}: {}", ours[0]);
    }
}

on_both! {
    a_letter_goes_with_its_change_and_goes_once
    a_busy_server_is_asked_again
    a_bounce_is_shown_and_not_tried_again
    a_letter_that_is_of_no_use_any_more_is_not_sent
    what_failed_can_be_tried_again
    what_failed_can_be_given_up
    without_a_mail_server_letters_wait_and_the_pages_say_so
    a_trial_letter_shows_whether_mail_works
    links_and_pages_are_for_those_they_are_for
    a_restored_letter_waits_for_somebody_to_say_so
    the_outbox_forgets_after_ninety_days
    a_letter_arrives_at_a_real_server
}
