//! Every route, once, with who may use it.

use crate::{App, api, assets, middleware, ops, pages};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::from_fn,
    routing::{MethodRouter, get, post},
};
use programme::{
    cohort, need_rule, record,
    rights::{PUBLIC, Right, SIGNED_IN, SIGNED_IN_WRITES},
};
use std::time::Duration;
use tower_http::compression::CompressionLayer;

/// A route.
pub struct Route {
    /// Methods, separated by blanks.
    pub methods: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// Who may use it: the right that its handler asks for.
    pub right: &'static Right,
    handler: fn() -> MethodRouter<App>,
}

macro_rules! routes {
    ($($right:path: $methods:literal $path:literal => $handler:expr;)*) => {
        /// Every route.
        pub static ROUTES: &[Route] = &[$(
            Route { methods: $methods, path: $path, right: &$right, handler: || $handler },
        )*];
    };
}

routes! {
    PUBLIC: "GET" "/" => get(pages::home::show);
    PUBLIC: "GET" "/schools" => get(pages::find::show);
    PUBLIC: "GET" "/schools/{urn}" => get(pages::school::show);
    PUBLIC: "GET" "/schools/{urn}/inspections.csv" => get(pages::school_csv::inspections);
    PUBLIC: "GET" "/schools/{urn}/results.csv" => get(pages::school_csv::results);
    PUBLIC: "GET" "/need-rules" => get(pages::need_rules::show);
    PUBLIC: "GET" "/need-rules/{id}" => get(pages::need_rule::show);
    PUBLIC: "GET" "/need-rules/{id}/schools.csv" => get(pages::need_rule_csv::schools);
    need_rule::DECIDE: "POST" "/need-rules/{id}/decisions" => post(pages::need_rule_decide::decide);
    PUBLIC: "GET" "/cohorts" => get(pages::cohorts::show);
    PUBLIC: "GET" "/cohorts/{slug}" => get(pages::cohort::show);
    PUBLIC: "GET" "/cohorts/{slug}/path.csv" => get(pages::cohort_csv::path);
    PUBLIC: "GET" "/cohorts/{slug}/schools.csv" => get(pages::cohort_csv::schools);
    cohort::EDIT: "GET" "/cohorts/{slug}/edit" => get(pages::cohort_edit::show);
    cohort::EDIT: "POST" "/cohorts/{slug}/schools" => post(pages::cohort_edit::add_school);
    cohort::EDIT: "POST" "/cohorts/{slug}/status" => post(pages::cohort_edit::set_status);
    cohort::EDIT: "POST" "/cohorts/{slug}/baseline" => post(pages::cohort_edit::correct_baseline);
    cohort::MAKE: "GET POST" "/programmes/new" => get(pages::programme_new::show).post(pages::programme_new::create);
    cohort::MAKE: "GET POST" "/cohorts/new" => get(pages::cohort_new::show).post(pages::cohort_new::create);
    PUBLIC: "GET" "/imports" => get(pages::imports::show);
    record::IMPORT: "GET POST" "/imports/new" => get(pages::import_new::show).post(pages::import_new::start);
    PUBLIC: "GET" "/imports/{id}" => get(pages::import::show);
    PUBLIC: "GET" "/sources" => get(pages::sources::show);
    PUBLIC: "GET" "/accessibility" => get(pages::accessibility::show);
    PUBLIC: "GET" "/help" => get(pages::help::show);
    PUBLIC: "GET" "/api" => get(pages::api_reference::show);
    PUBLIC: "GET POST" "/sign-in" => get(pages::sign_in::show).post(pages::sign_in::sign_in);
    PUBLIC: "POST GET" "/sign-in/elsewhere/{provider}" => post(pages::sign_in_elsewhere::begin).get(pages::sign_in_elsewhere::finish);
    SIGNED_IN: "GET" "/account/elsewhere" => get(pages::account_elsewhere::show);
    SIGNED_IN_WRITES: "POST" "/account/elsewhere/disconnect" => post(pages::account_elsewhere::disconnect);
    PUBLIC: "POST" "/sign-out" => post(pages::sign_in::sign_out);
    PUBLIC: "GET" "/assets/{name}" => get(assets::asset);
    PUBLIC: "GET" "/api/v1/openapi.json" => get(api::openapi::show);
    PUBLIC: "GET" "/api/v1/schools" => get(api::schools::list);
    PUBLIC: "GET" "/api/v1/schools/{urn}" => get(api::school::show);
    PUBLIC: "GET" "/api/v1/need-rules" => get(api::need_rules::list);
    PUBLIC: "GET" "/api/v1/need-rules/{id}/schools" => get(api::need_rule_schools::list);
    PUBLIC: "GET" "/api/v1/cohorts" => get(api::cohorts::list);
    PUBLIC: "GET" "/api/v1/cohorts/{slug}/path" => get(api::cohort_path::show);
    PUBLIC: "GET" "/healthz" => get(ops::healthz);
    PUBLIC: "GET" "/readyz" => get(ops::readyz);
    PUBLIC: "GET" "/metrics" => get(ops::metrics);
}

/// The whole of it.
pub fn router(app: App) -> Router {
    let largest = usize::try_from(app.settings.largest_upload).unwrap_or(usize::MAX);
    let mut router = Router::new();
    for route in ROUTES {
        let limit = if route.path == "/imports/new" { largest } else { 64 * 1024 };
        router = router.route(route.path, (route.handler)().layer(DefaultBodyLimit::max(limit)));
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
