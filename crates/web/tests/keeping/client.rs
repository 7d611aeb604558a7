//! A browser of the plainest kind, and a whole Aspire for it.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use kernel::{FixedClock, SystemChance};
use outside::{FakeFetch, mail::FakeMail};
use programme::{
    Who, World,
    person::{self, NewPerson},
};
use std::{collections::HashMap, sync::Arc};
use tower::ServiceExt as _;
use web::{App, Settings};

pub(crate) const EMAIL: &str = "sam@example.org";
pub(crate) const PASSWORD: &str = "a password of some length";

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) cookie: String,
    pub(crate) text: String,
}

impl Answer {
    /// The words of its h1.
    pub(crate) fn heading(&self) -> &str {
        let start = self.text.find("<h1").expect("a heading");
        let rest = &self.text[start..];
        let from = rest.find('>').expect("a heading") + 1;
        &rest[from..rest.find("</h1>").expect("a heading")]
    }

    /// The token of the forms on it.
    pub(crate) fn csrf(&self) -> String {
        let mark = "name=\"csrf\" value=\"";
        let from = self.text.find(mark).expect("a form of ours") + mark.len();
        self.text[from..].split('"').next().unwrap_or_default().to_owned()
    }
}

/// Somebody with a browser.
pub(crate) struct Client {
    router: Router,
    cookie: String,
    pub(crate) csrf: String,
    pub(crate) world: World,
    _folder: tempfile::TempDir,
}

impl Client {
    /// An Aspire with one administrator and an empty register.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("aspire.db").display());
        let db = store::Db::open(&address).await.unwrap();
        let clock = FixedClock::at("2026-09-03T14:05:00Z".parse().unwrap());
        store::migrate::migrate(&db, kernel::Clock::now(&clock)).await.unwrap();
        let files =
            HashMap::from([("https://assets.publishing.service.gov.uk/a/none.csv".to_owned(), b"a,b\n".to_vec())]);
        let world = World::new(db, Arc::new(clock), Arc::new(SystemChance), Arc::new(FakeFetch(files)))
            .with_mail(Arc::new(FakeMail::default()));
        let sam = NewPerson { email: EMAIL.to_owned(), name: "Sam".to_owned(), password: PASSWORD.to_owned() };
        person::create_administrator(&world, &Who::Console, sam).await.unwrap();
        let settings = Settings {
            https: true,
            demo_sign_in: Some((EMAIL.to_owned(), PASSWORD.to_owned())),
            proxies: Vec::new(),
            largest_upload: 100_000,
            demo: None,
        };
        let router = web::router(App::new(world.clone(), settings));
        Self { router, cookie: String::new(), csrf: String::new(), world, _folder: folder }
    }

    /// The same Aspire, signed in.
    pub(crate) async fn signed_in() -> Self {
        let mut client = Self::new().await;
        // An administrator shows a second factor; how that goes has tests of its own.
        let demo = person::DemoOnly::this_is_the_demo();
        let token = person::demo_sign_in(&client.world, &demo, EMAIL, "Firefox on Linux").await.unwrap();
        client.cookie = format!("__Host-aspire_session={}", token.reveal());
        client.csrf = client.get("/imports").await.csrf();
        client
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request.header(header::COOKIE, &self.cookie).body(body).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let text = |name| answer.headers().get(name).map_or_else(String::new, |v| v.to_str().unwrap().to_owned());
        let (to, cookie) = (text(header::LOCATION), text(header::SET_COOKIE));
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        Answer { status, to, cookie, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// A form, without our token.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.join("&"))).await
    }

    /// A form as our pages send it.
    pub(crate) async fn fill(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all).await
    }

    /// The form of an import, in this order; a name with a file's name is a file.
    pub(crate) async fn import(&self, fields: &[(&str, Option<&str>, &str)]) -> Answer {
        let mut body = String::new();
        for (name, file, value) in fields {
            let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\"\r\nContent-Type: text/csv"));
            body += &format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n");
        }
        body += "--edge--\r\n";
        let request = Request::post("/imports/new").header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request, Body::from(body)).await
    }
}
