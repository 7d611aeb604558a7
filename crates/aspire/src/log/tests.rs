//! That the log says what happened and names nobody.

use super::lines;
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use kernel::{FixedClock, SystemChance};
use outside::FakeFetch;
use programme::{
    Who, World,
    person::{NewPerson, create_administrator},
};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use tower::ServiceExt as _;
use tracing_subscriber::fmt::MakeWriter;
use web::{App, Settings};

const EMAIL: &str = "sam.o.neill@school.example";
const NAME: &str = "Samira Neill-Okafor";
const PASSWORD: &str = "a password of some length";

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

async fn world(folder: &tempfile::TempDir) -> World {
    let address = format!("sqlite:{}", folder.path().join("aspire.db").display());
    let db = store::Db::open(&address).await.unwrap();
    let clock = FixedClock::at("2026-09-03T14:05:00Z".parse().unwrap());
    store::migrate::migrate(&db, kernel::Clock::now(&clock)).await.unwrap();
    World::new(db, Arc::new(clock), Arc::new(SystemChance), Arc::new(FakeFetch::default()))
}

/// Both stories in one test, because a process has one log and every thread
/// that works in the background has to write to it.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_what_happened_and_names_nobody() {
    let kept = Kept::default();
    tracing::subscriber::set_global_default(lines("trace", kept.clone())).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let world = world(&folder).await;
    let sam = NewPerson { email: EMAIL.into(), name: NAME.into(), password: PASSWORD.into() };
    let person = create_administrator(&world, &Who::Console, sam).await.unwrap();
    let settings = Settings { https: true, largest_upload: 1_000, ..Settings::default() };
    let router = web::router(App::new(world.clone(), settings));

    let form = |password: &str| format!("email={}&password={}", EMAIL.replace('@', "%40"), password.replace(' ', "+"));
    let sign_in = |password: &str| {
        Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form(password)))
            .unwrap()
    };
    let wrong = router.clone().oneshot(sign_in("another password")).await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let done = router.clone().oneshot(sign_in(PASSWORD)).await.unwrap();
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let cookie = done.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let token = cookie.split_once('=').unwrap().1.to_owned();
    let page = Request::get(format!("/schools?q={NAME}").replace(' ', "%20")).header(header::COOKIE, &cookie);
    let page = router.clone().oneshot(page.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let reference = page.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert!(String::from_utf8(to_bytes(page.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap().contains(NAME));

    let text = kept.text();
    let line = text.lines().find(|line| line.contains(&reference) && line.contains("answered")).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["method"], &line["route"]), (&"GET".into(), &"/schools".into()));
    assert_eq!((&line["status"], &line["level"]), (&200.into(), &"INFO".into()));
    assert!(line["timestamp"].is_string() && line["ms"].is_number());
    for secret in
        [EMAIL, "sam.o.neill", NAME, "Samira", PASSWORD, "a+password", &token, &token[..16], "another password"]
    {
        assert!(!text.contains(secret), "‘{secret}’ is in the log");
    }

    // Whoever is refused can be told apart from others, by number.
    let refused = Request::get("/organisations/1").header(header::COOKIE, &cookie);
    let refused = router.clone().oneshot(refused.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    let reference = refused.headers()["x-request-id"].to_str().unwrap().to_owned();
    let text = kept.text();
    let line = text.lines().find(|line| line.contains(&reference) && line.contains("refused")).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["person"], &line["level"]), (&person.into(), &"WARN".into()));
    assert_eq!(line["route"], "/organisations/{id}");

    // What fails gives the reader the reference under which the log has the reason.
    world.db.close().await;
    let broken = router.oneshot(Request::get("/cohorts").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(broken.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let reference = broken.headers()["x-request-id"].to_str().unwrap().to_owned();
    let body = to_bytes(broken.into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(body.contains(&format!("tell whoever runs this Aspire: reference {reference}.")), "{body}");
    let text = kept.text();
    let line = text.lines().find(|line| line.contains("a page failed")).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["span"]["reference"], reference.as_str());
    assert!(line["error"].is_string());
}
