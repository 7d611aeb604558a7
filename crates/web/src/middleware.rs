//! What happens around every request.

use crate::{App, no_child};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::{cell::Cell, sync::atomic::Ordering, time::Instant};
use tracing::Instrument as _;

/// Only our own files; no inline script or style; no frame around us.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// For a year, use nothing but https here. Other names of the domain are not ours to speak for.
const HTTPS_ONLY: &str = "max-age=31536000";

/// Carries a request's reference to whoever asks about it.
const REFERENCE_HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static REFERENCE: String;
    /// The number of whoever is signed in, once that is known.
    static CALLER: Cell<Option<i64>>;
}

/// Notes who asks, in case they are refused.
pub(crate) fn called_by(person: Option<i64>) {
    // Outside of a request there is nobody to note.
    let _ = CALLER.try_with(|caller| caller.set(person));
}

/// The reference of the request that is being answered, by which its lines in
/// the log are found; `None` outside of one.
pub(crate) fn reference() -> Option<String> {
    REFERENCE.try_with(Clone::clone).ok()
}

/// Everything that is done around a handler, in one layer: each further one is
/// cloned with all that lie within it, for every request.
pub(crate) async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let within = async |request: Request| {
        let mut response = if is_foreign(&request) { foreign() } else { no_child::ask(&app, request, next).await };
        secure(app.settings.https, response.headers_mut());
        response
    };
    measured(&app, request, within).await
}

/// Sets the security headers of ASVS 5.0 chapter 3.4.
fn secure(https: bool, headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// Turns away what another site makes a browser send: a changing request whose
/// origin is not ours. Browsers say where it comes from; other clients have no
/// session to abuse.
fn is_foreign(request: &Request) -> bool {
    !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        && comes_from_elsewhere(request.headers())
}

fn foreign() -> Response {
    (StatusCode::FORBIDDEN, "this request came from another site\n").into_response()
}

fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("host").unwrap_or_default();
    let origin_host = text("origin").map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host));
    text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"))
        || origin_host.is_some_and(|origin| origin != host)
}

/// Gives each request a reference, counts it and how long it took, and writes
/// one line. The line names the route, never the path or what came with it: a
/// path or a query may hold what somebody looked for or whom they meant. Whoever is
/// signed in and was refused stands there with their number: who tries one door after
/// another can be found, and nobody is named.
async fn measured(app: &App, request: Request, within: impl AsyncFnOnce(Request) -> Response) -> Response {
    let started = Instant::now();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = known(request.method());
    let reference = format!("{:x}", app.world.id());
    let span = tracing::error_span!("request", %reference);
    let answering = async { (within(request).await, CALLER.with(Cell::get)) };
    let answering = CALLER.scope(Cell::new(None), REFERENCE.scope(reference.clone(), answering));
    let (mut response, caller) = answering.instrument(span).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    metrics::counter!(
        "http_requests_total", "method" => method, "route" => route.clone(), "status" => status.to_string()
    )
    .increment(1);
    metrics::histogram!("http_request_seconds", "route" => route.clone()).record(took.as_secs_f64());
    // Each duration waits to be put into its bucket, and nobody may ever ask for the metrics.
    if app.counted.fetch_add(1, Ordering::Relaxed) % 4096 == 4095 {
        app.metrics.run_upkeep();
    }
    let ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
    tracing::info!(method, route, status, ms, reference, "answered");
    if matches!(status, 401 | 403 | 404 | 429) {
        tracing::warn!(method, route, status, person = caller, reference, "refused");
    }
    if let Ok(value) = HeaderValue::from_str(&reference) {
        response.headers_mut().insert(REFERENCE_HEADER, value);
    }
    response
}

/// A method's name; a caller's own invention is not taken over.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn a_change_that_another_site_makes_a_browser_send_is_foreign() {
        let asked = |method: &str, name: &str, value: &str| {
            let request = Request::builder().method(method).header("host", "aspire.example.org").header(name, value);
            is_foreign(&request.body(Body::empty()).unwrap())
        };
        assert!(asked("POST", "sec-fetch-site", "cross-site"));
        assert!(asked("POST", "sec-fetch-site", "same-site"), "a neighbour is another site");
        assert!(asked("POST", "origin", "https://elsewhere.example.org"));
        assert!(asked("POST", "origin", "null"), "a page without an origin");
        assert!(!asked("POST", "sec-fetch-site", "same-origin"));
        assert!(!asked("POST", "origin", "https://aspire.example.org"));
        assert!(!asked("POST", "accept", "*/*"), "no browser: it has no session to abuse");
        assert!(!asked("GET", "sec-fetch-site", "cross-site"), "a link from elsewhere");
    }
}
