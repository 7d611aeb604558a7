//! Every route, once, with who may use it.

use crate::{App, api, assets, middleware, ops, pages};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    routing::{MethodRouter, get, post},
};
use programme::{
    audit, cohort, job, mail, need_rule, record, release,
    rights::{PUBLIC, Right, SIGNED_IN, SIGNED_IN_WRITES},
    school_export, self_view,
};
use std::time::Duration;
use tower_http::{compression::CompressionLayer, timeout::RequestBodyTimeoutLayer};

/// How long somebody who sends a file may say nothing.
const SILENCE: Duration = Duration::from_secs(30);

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
    job::SEE: "GET" "/admin/jobs" => get(pages::admin_jobs::show);
    job::DECIDE: "POST" "/admin/jobs/{id}/again" => post(pages::admin_jobs::try_again);
    job::DECIDE: "POST" "/admin/jobs/{id}/give-up" => post(pages::admin_jobs::give_up);
    mail::SEE: "GET" "/admin/mail" => get(pages::admin_mail::show);
    mail::TRY: "POST" "/admin/mail" => post(pages::admin_mail::send_trial);
    PUBLIC: "GET" "/demo/letters" => get(pages::demo_letters::show);
    self_view::READ: "GET" "/organisations/{id}/self-view" => get(pages::self_view::show);
    self_view::WRITE: "GET POST" "/organisations/{id}/self-view/edit" => get(pages::self_view_edit::show).post(pages::self_view_edit::change);
    self_view::HISTORY: "GET" "/organisations/{id}/self-view/history" => get(pages::self_view_history::show);
    self_view::WRITE: "POST" "/organisations/{id}/self-view/restore" => post(pages::self_view_history::restore);
    self_view::ERASE: "GET POST" "/organisations/{id}/self-view/erase" => get(pages::self_view_erase::show).post(pages::self_view_erase::erase);
    release::MANAGE: "GET POST" "/organisations/{id}/releases" => get(pages::releases::show).post(pages::releases::grant);
    release::MANAGE: "POST" "/organisations/{id}/releases/withdraw" => post(pages::releases::withdraw);
    audit::READ: "GET" "/organisations/{id}/history" => get(pages::school_history::show);
    school_export::EXPORT: "GET POST" "/organisations/{id}/export" => get(pages::school_export::show).post(pages::school_export::download);
    SIGNED_IN: "GET" "/account/data" => get(pages::account_data::show);
    SIGNED_IN: "GET" "/account/data.json" => get(pages::account_data::download);
    PUBLIC: "GET" "/retention" => get(pages::retention::show);
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
        let limit = match route.path {
            "/imports/new" => largest,
            // Two people's texts and a third, as a form writes them.
            "/organisations/{id}/self-view/edit" => 2 * 1024 * 1024,
            _ => 64 * 1024,
        };
        router = router.route(route.path, (route.handler)().layer(DefaultBodyLimit::max(limit)));
    }
    router
        .fallback(api::nothing_here)
        .method_not_allowed_fallback(api::not_this_method)
        .layer(from_fn(middleware::same_origin))
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
        .layer(from_fn_with_state(app.clone(), middleware::headers))
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(from_fn_with_state(app.clone(), middleware::measure))
        .layer(tower_http::timeout::TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(900),
        ))
        .with_state(app)
}
