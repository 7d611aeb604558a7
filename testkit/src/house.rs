//! A whole Aspire in a test: database, clock that stands still, seeded chance,
//! fake outside, and the router in front.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use kernel::{Clock as _, FixedClock, SeededChance, SystemClock, Timestamp};
use outside::{FakeFetch, mail::FakeMail};
use programme::{
    Who, World,
    elsewhere::Providers,
    person::{NewPerson, create_administrator},
    record::{self, ImportOrder, ImportReport},
    work,
};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use store::{Db, migrate};
use tower::ServiceExt as _;
use web::{App, Settings};

/// The administrator of every house.
const EMAIL: &str = "head@example.org";
const PASSWORD: &str = "a long enough password";

/// A whole Aspire. Its database goes away with it.
pub struct House {
    /// The world, for actions.
    pub world: World,
    /// The clock, to be moved.
    pub clock: Arc<FixedClock>,
    /// Letters that were sent.
    pub mail: Arc<FakeMail>,
    /// The database's address.
    pub address: String,
    router: Router,
    folder: tempfile::TempDir,
}

/// What the router answered.
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// Where it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.body))
    }

    /// A cookie of ours that the answer sets, as the browser sends it back.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut own = set.filter(|cookie| cookie.starts_with(&format!("__Host-{name}=")));
        own.next()?.split(';').next().map(str::to_owned)
    }

    /// A header as text; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl House {
    /// On a fresh SQLite file.
    ///
    /// # Panics
    /// Where it cannot be made.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::on(address, folder).await
    }

    /// On a fresh database of the PostgreSQL server that `ASPIRE_TEST_POSTGRES`
    /// names; `None` without it.
    ///
    /// # Panics
    /// Where it cannot be made.
    pub async fn postgres() -> Option<Self> {
        let server = std::env::var("ASPIRE_TEST_POSTGRES").ok()?;
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("aspire_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let made = Db::open(&server).await.expect("the PostgreSQL server answers");
        made.create_database(&name).await.expect("a database of its own");
        made.close().await;
        let (base, _) = server.rsplit_once('/').expect("an address with a database");
        let folder = tempfile::tempdir().expect("a temporary folder");
        Some(Self::on(format!("{base}/{name}"), folder).await)
    }

    /// On a database that a real program is to serve as well: the clock stands
    /// at the machine's now.
    ///
    /// # Panics
    /// Where it cannot be opened.
    pub async fn at(address: &str) -> Self {
        Self::on_at(address.to_owned(), tempfile::tempdir().expect("a temporary folder"), SystemClock.now()).await
    }

    async fn on(address: String, folder: tempfile::TempDir) -> Self {
        let now: Timestamp = "2026-11-24T09:00:00Z".parse().expect("a moment");
        Self::on_at(address, folder, now).await
    }

    async fn on_at(address: String, folder: tempfile::TempDir, now: Timestamp) -> Self {
        let clock = Arc::new(FixedClock::at(now));
        let db = Db::open(&address).await.expect("the database opens");
        migrate::migrate(&db, now).await.expect("the schema is made");
        let mail = Arc::new(FakeMail::default());
        let world = World::new(db, clock.clone(), Arc::new(SeededChance::of(7)), Arc::new(FakeFetch::default()))
            .with_mail(mail.clone())
            .with_address("https://aspire.example.org");
        let router = router(&world);
        Self { world, clock, mail, address, router, folder }
    }

    /// The same house, where people may sign in with accounts of these providers.
    #[must_use]
    pub fn with_providers(self, providers: Providers) -> Self {
        let world = self.world.clone().with_providers(providers);
        Self { router: router(&world), world, ..self }
    }

    /// A file with this content in the house's folder.
    ///
    /// # Panics
    /// Where it cannot be written.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("the file is written");
        path
    }

    /// Imports a file at the command line.
    ///
    /// # Errors
    /// As [`record::import`].
    pub async fn import(&self, name: &str, content: impl AsRef<[u8]>) -> programme::error::Result<ImportReport> {
        let path = self.file(name, content);
        self.import_order(&path, |_| {}).await
    }

    /// Imports a file with other wishes.
    ///
    /// # Errors
    /// As [`record::import`].
    pub async fn import_order(
        &self,
        path: &Path,
        change: impl FnOnce(&mut ImportOrder),
    ) -> programme::error::Result<ImportReport> {
        let file_name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let mut order = ImportOrder { file_name, path: path.to_owned(), ..ImportOrder::default() };
        change(&mut order);
        record::import(&self.world, &Who::Console, &order, &|_, _| {}).await
    }

    /// Does every job that is due; how many there were.
    ///
    /// # Panics
    /// Where the database does not answer.
    pub async fn work(&self) -> usize {
        work::runner(&self.world).until_idle().await.expect("the queue is worked off")
    }

    /// Moves the clock on.
    pub fn wait(&self, how_long: jiff::SignedDuration) {
        self.clock.set(self.world.now() + how_long);
    }

    /// A request to the router.
    ///
    /// # Panics
    /// Where the answer cannot be read.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("the body can be read");
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// `GET path` by anyone.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_as(path, "").await
    }

    /// `GET path` with a session's cookie.
    ///
    /// # Panics
    /// Where the path is none.
    pub async fn get_as(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty());
        self.ask(request.expect("a request")).await
    }

    /// `POST path` with a form, with a session's cookie.
    ///
    /// # Panics
    /// Where the path is none.
    pub async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")));
        self.ask(request.expect("a request")).await
    }

    /// Makes the administrator and signs them in as if they had shown a second
    /// factor; the cookie and the form token.
    ///
    /// # Panics
    /// Where that fails.
    pub async fn signed_in(&self) -> (String, String) {
        let person = NewPerson { email: EMAIL.into(), name: "Sam O’Neill".into(), password: PASSWORD.into() };
        let id = create_administrator(&self.world, &Who::Console, person).await.expect("an administrator");
        let sam = self.session(id, "Sam O’Neill").await;
        (sam.cookie, sam.csrf)
    }
}

fn router(world: &World) -> Router {
    let settings = Settings { https: true, largest_upload: 1024 * 1024, ..Settings::default() };
    web::router(App::new(world.clone(), settings))
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
