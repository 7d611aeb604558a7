//! Every route, once, with who may use it.

use crate::{App, api, assets, middleware, ops, pages};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::from_fn,
    routing::{MethodRouter, get, post},
};
use std::time::Duration;
use tower_http::compression::CompressionLayer;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone: the page shows public facts.
    Public,
    /// Whoever keeps the installation.
    Administrator,
}

/// A route.
pub struct Route {
    /// Methods, separated by blanks.
    pub methods: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    handler: fn() -> MethodRouter<App>,
}

macro_rules! routes {
    ($($access:ident $methods:literal $path:literal => $handler:expr;)*) => {
        /// Every route.
        pub static ROUTES: &[Route] = &[$(
            Route { methods: $methods, path: $path, access: Access::$access, handler: || $handler },
        )*];
    };
}

routes! {
    Public "GET" "/" => get(pages::home::show);
    Public "GET" "/schools" => get(pages::find::show);
    Public "GET" "/schools/{urn}" => get(pages::school::show);
    Public "GET" "/schools/{urn}/inspections.csv" => get(pages::school_csv::inspections);
    Public "GET" "/schools/{urn}/results.csv" => get(pages::school_csv::results);
    Public "GET" "/need-rules" => get(pages::need_rules::show);
    Public "GET" "/need-rules/{id}" => get(pages::need_rule::show);
    Public "GET" "/need-rules/{id}/schools.csv" => get(pages::need_rule_csv::schools);
    Administrator "POST" "/need-rules/{id}/decisions" => post(pages::need_rule_decide::decide);
    Public "GET" "/cohorts" => get(pages::cohorts::show);
    Public "GET" "/cohorts/{slug}" => get(pages::cohort::show);
    Public "GET" "/cohorts/{slug}/path.csv" => get(pages::cohort_csv::path);
    Public "GET" "/cohorts/{slug}/schools.csv" => get(pages::cohort_csv::schools);
    Administrator "GET" "/cohorts/{slug}/edit" => get(pages::cohort_edit::show);
    Administrator "POST" "/cohorts/{slug}/schools" => post(pages::cohort_edit::add_school);
    Administrator "POST" "/cohorts/{slug}/status" => post(pages::cohort_edit::set_status);
    Administrator "POST" "/cohorts/{slug}/baseline" => post(pages::cohort_edit::correct_baseline);
    Administrator "GET POST" "/programmes/new" => get(pages::programme_new::show).post(pages::programme_new::create);
    Administrator "GET POST" "/cohorts/new" => get(pages::cohort_new::show).post(pages::cohort_new::create);
    Public "GET" "/imports" => get(pages::imports::show);
    Administrator "GET POST" "/imports/new" => get(pages::import_new::show).post(pages::import_new::start);
    Public "GET" "/imports/{id}" => get(pages::import::show);
    Public "GET" "/sources" => get(pages::sources::show);
    Public "GET" "/accessibility" => get(pages::accessibility::show);
    Public "GET" "/help" => get(pages::help::show);
    Public "GET" "/api" => get(pages::api_reference::show);
    Public "GET POST" "/sign-in" => get(pages::sign_in::show).post(pages::sign_in::sign_in);
    Public "POST" "/sign-out" => post(pages::sign_in::sign_out);
    Public "GET" "/assets/{name}" => get(assets::asset);
    Public "GET" "/api/v1/openapi.json" => get(api::openapi::show);
    Public "GET" "/api/v1/schools" => get(api::schools::list);
    Public "GET" "/api/v1/schools/{urn}" => get(api::school::show);
    Public "GET" "/api/v1/need-rules" => get(api::need_rules::list);
    Public "GET" "/api/v1/need-rules/{id}/schools" => get(api::need_rule_schools::list);
    Public "GET" "/api/v1/cohorts" => get(api::cohorts::list);
    Public "GET" "/api/v1/cohorts/{slug}/path" => get(api::cohort_path::show);
    Public "GET" "/healthz" => get(ops::healthz);
    Public "GET" "/readyz" => get(ops::readyz);
    Public "GET" "/metrics" => get(ops::metrics);
}

/// The whole of it.
pub fn router(app: App) -> Router {
    let largest = usize::try_from(app.settings.largest_upload).unwrap_or(usize::MAX);
    let mut router = Router::new();
    for route in ROUTES {
        let limit = if route.path == "/imports/new" {
            largest
        } else {
            64 * 1024
        };
        router = router.route(
            route.path,
            (route.handler)().layer(DefaultBodyLimit::max(limit)),
        );
    }
    router
        .fallback(api::nothing_here)
        .method_not_allowed_fallback(api::not_this_method)
        .layer(from_fn(middleware::same_origin))
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
        .layer(from_fn(middleware::headers))
        .layer(from_fn(middleware::measure))
        .layer(tower_http::timeout::TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(900),
        ))
        .with_state(app)
}
