//! Every route, once, with who may use it.

use crate::{
    App, api, assets,
    methods::{Methods, get, post},
    middleware, ops, pages,
};
use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, middleware::from_fn_with_state};
use programme::{
    adviser, audit, cohort, concern, contact, diagnosis, health, job, mail, need_rule, organisation, paper, plan,
    record, release, review,
    rights::{PUBLIC, Right, SIGNED_IN, SIGNED_IN_WRITES},
    role, school_export, self_view, strategy, warning,
};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::{
    compression::CompressionLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

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
    handler: fn() -> Methods,
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
    SIGNED_IN: "GET" "/start" => get(pages::start::show);
    PUBLIC: "GET" "/invitations/{token}" => get(pages::invitation::show);
    PUBLIC: "POST" "/invitations/{token}/accept" => post(pages::invitation::accept);
    PUBLIC: "POST" "/invitations/{token}/decline" => post(pages::invitation::decline);
    cohort::SEE: "GET" "/programmes" => get(pages::programmes::show);
    cohort::SEE: "GET" "/programmes/{slug}" => get(pages::programme::show);
    cohort::SEE: "GET" "/programmes/{slug}/steps" => get(pages::programme_steps::show);
    cohort::SEE: "GET" "/programmes/{slug}/themes" => get(pages::programme_themes::show);
    cohort::SEE: "GET" "/programmes/{slug}/escalation" => get(pages::escalation::show);
    cohort::EDIT: "POST" "/programmes/{slug}/escalation" => post(pages::escalation::change);
    cohort::EDIT: "GET POST" "/programmes/{slug}/edit" => get(pages::programme_edit::show).post(pages::programme_edit::change);
    cohort::EDIT: "GET POST" "/programmes/{slug}/invite" => get(pages::programme_invite::show).post(pages::programme_invite::invite);
    cohort::EDIT: "POST" "/programmes/{slug}/invitations/{invitation}/again" => post(pages::programme_invitations::again);
    cohort::EDIT: "POST" "/programmes/{slug}/invitations/{invitation}/withdraw" => post(pages::programme_invitations::withdraw);
    role::MANAGE_PROGRAMME: "GET POST" "/programmes/{slug}/people" => get(pages::programme_people::show).post(pages::programme_people::invite);
    role::MANAGE_PROGRAMME: "GET POST" "/programmes/{slug}/people/{role}" => get(pages::role_end::show_in_programme).post(pages::role_end::end_in_programme);
    cohort::SEE: "GET" "/programmes/{slug}/schools/{school}" => get(pages::programme_school::show);
    cohort::EDIT: "POST" "/programmes/{slug}/schools/{school}/adviser" => post(pages::programme_school::assign);
    cohort::EDIT: "POST" "/programmes/{slug}/schools/{school}/adviser/{assignment}/end" => post(pages::programme_school::end);
    cohort::EDIT: "POST" "/programmes/{slug}/schools/{school}/status" => post(pages::programme_school::set_status);
    organisation::LIST: "GET" "/organisations" => get(pages::organisations::show);
    organisation::LIST: "GET POST" "/organisations/new" => get(pages::organisation_new::show).post(pages::organisation_new::make);
    organisation::SEE: "GET" "/organisations/{id}" => get(pages::organisation::show);
    role::SEE: "GET" "/organisations/{id}/people" => get(pages::people::show);
    role::MANAGE: "POST" "/organisations/{id}/people" => post(pages::people::give);
    role::MANAGE: "GET POST" "/organisations/{id}/people/{role}" => get(pages::role_end::show).post(pages::role_end::end);
    role::MANAGE: "GET POST" "/organisations/{id}/invite" => get(pages::person_invite::show).post(pages::person_invite::invite);
    role::MANAGE: "POST" "/organisations/{id}/invitations/{invitation}/again" => post(pages::person_invite::again);
    role::MANAGE: "POST" "/organisations/{id}/invitations/{invitation}/withdraw" => post(pages::person_invite::withdraw);
    cohort::LEAVE: "GET POST" "/organisations/{id}/leave" => get(pages::organisation_leave::show).post(pages::organisation_leave::decide);
    contact::RECORD: "GET POST" "/organisations/{id}/contact" => get(pages::contact::show).post(pages::contact::record);
    adviser::OWN: "GET" "/adviser" => get(pages::adviser::show);
    cohort::FUND: "GET" "/funder" => get(pages::funder::show);
    PUBLIC: "POST" "/demo/sign-in" => post(pages::demo_sign_in::sign_in);
    PUBLIC: "GET" "/imports" => get(pages::imports::show);
    record::IMPORT: "GET POST" "/imports/new" => get(pages::import_new::show).post(pages::import_new::start);
    PUBLIC: "GET" "/imports/{id}" => get(pages::import::show);
    health::SEE: "GET" "/admin" => get(pages::admin::show);
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
    diagnosis::SEE: "GET" "/organisations/{id}/diagnoses" => get(pages::diagnoses::show);
    diagnosis::EDIT: "GET POST" "/organisations/{id}/diagnoses/new" => get(pages::diagnosis_new::show).post(pages::diagnosis_new::open);
    diagnosis::SEE: "GET" "/organisations/{id}/diagnoses/{diagnosis}" => get(pages::diagnosis::show);
    diagnosis::EDIT: "POST" "/organisations/{id}/diagnoses/{diagnosis}/state" => post(pages::diagnosis_steps::step);
    diagnosis::SIGN: "POST" "/organisations/{id}/diagnoses/{diagnosis}/sign" => post(pages::diagnosis_steps::sign);
    diagnosis::DIFFER: "POST" "/organisations/{id}/diagnoses/{diagnosis}/differ" => post(pages::diagnosis_steps::differ);
    diagnosis::GIVE: "GET" "/organisations/{id}/diagnoses/{diagnosis}/mine" => get(pages::diagnosis_mine::show);
    diagnosis::GIVE: "GET POST" "/organisations/{id}/diagnoses/{diagnosis}/mine/{strand}" => get(pages::diagnosis_views::show).post(pages::diagnosis_views::give);
    diagnosis::SEE: "GET" "/organisations/{id}/diagnoses/{diagnosis}/strands/{strand}" => get(pages::diagnosis_strand::show);
    diagnosis::EDIT: "GET POST" "/organisations/{id}/diagnoses/{diagnosis}/statements/{statement}" => get(pages::diagnosis_statement::show).post(pages::diagnosis_statement::settle);
    diagnosis::EVIDENCE: "GET POST" "/organisations/{id}/diagnoses/{diagnosis}/evidence" => get(pages::diagnosis_evidence::show).post(pages::diagnosis_evidence::change);
    diagnosis::EDIT: "GET POST" "/organisations/{id}/diagnoses/{diagnosis}/strengths" => get(pages::diagnosis_strengths::show).post(pages::diagnosis_strengths::change);
    PUBLIC: "GET" "/strategies" => get(pages::strategies::list);
    PUBLIC: "GET" "/strategies/{strategy}" => get(pages::strategies::one);
    strategy::SEE: "GET" "/organisations/{id}/strategies" => get(pages::strategies_own::show);
    strategy::ADD: "POST" "/organisations/{id}/strategies" => post(pages::strategies_own::add);
    plan::CHOOSE: "GET" "/organisations/{id}/priorities" => get(pages::priorities::show);
    plan::EDIT: "GET POST" "/organisations/{id}/priorities/new" => get(pages::priority_edit::show_new).post(pages::priority_edit::open);
    plan::SEE: "GET" "/organisations/{id}/priorities/{priority}" => get(pages::priority::show);
    plan::ACT: "POST" "/organisations/{id}/priorities/{priority}" => post(pages::priority::change);
    plan::EDIT: "GET POST" "/organisations/{id}/priorities/{priority}/edit" => get(pages::priority_edit::show).post(pages::priority_edit::change);
    plan::ACT: "GET POST" "/organisations/{id}/priorities/{priority}/actions/new" => get(pages::action_edit::show_new).post(pages::action_edit::add);
    plan::CHOOSE: "GET" "/organisations/{id}/decisions" => get(pages::decisions::show);
    plan::ACT: "POST" "/organisations/{id}/decisions" => post(pages::decisions::change);
    plan::SEE: "GET" "/organisations/{id}/plan" => get(pages::plan::show);
    plan::MARK: "GET POST" "/organisations/{id}/plan/actions/{action}" => get(pages::action::show).post(pages::action::mark);
    plan::ACT: "GET POST" "/organisations/{id}/plan/actions/{action}/edit" => get(pages::action_edit::show).post(pages::action_edit::change);
    plan::CHOOSE: "GET" "/organisations/{id}/dates" => get(pages::dates::show);
    plan::EDIT: "POST" "/organisations/{id}/dates" => post(pages::dates::set);
    review::SEE: "GET" "/organisations/{id}/reviews" => get(pages::reviews::show);
    review::EDIT: "POST" "/organisations/{id}/reviews" => post(pages::reviews::open);
    review::SEE: "GET" "/organisations/{id}/reviews/{review}" => get(pages::review::show);
    review::EDIT: "POST" "/organisations/{id}/reviews/{review}/finish" => post(pages::review::finish);
    review::VIEW: "POST" "/organisations/{id}/reviews/{review}/view" => post(pages::review::see);
    review::EDIT: "GET POST" "/organisations/{id}/reviews/{review}/{priority}" => get(pages::review::show_line).post(pages::review::write);
    warning::SEE: "GET" "/organisations/{id}/warnings" => get(pages::warnings::show);
    concern::SEE: "GET" "/organisations/{id}/concerns" => get(pages::concerns::show);
    concern::RAISE: "GET POST" "/organisations/{id}/concerns/new" => get(pages::concern_new::show).post(pages::concern_new::raise);
    concern::SEE: "GET" "/organisations/{id}/concerns/{concern}" => get(pages::concern::show);
    concern::RAISE: "POST" "/organisations/{id}/concerns/{concern}" => post(pages::concern::go_on);
    concern::ANSWER: "POST" "/organisations/{id}/concerns/{concern}/answer" => post(pages::concern::answer);
    concern::LIST: "GET" "/concerns" => get(pages::concerns_mine::show);
    review::READ_NOTES: "GET" "/organisations/{id}/notes" => get(pages::notes::show);
    review::NOTE: "POST" "/organisations/{id}/notes" => post(pages::notes::write);
    review::COMMENT: "POST" "/organisations/{id}/notes/comment" => post(pages::notes::comment);
    paper::SEE: "GET" "/organisations/{id}/papers" => get(pages::paper_list::show);
    paper::SEE: "GET" "/organisations/{id}/papers/{paper}" => get(pages::paper::show);
    release::MANAGE: "GET POST" "/organisations/{id}/releases" => get(pages::releases::show).post(pages::releases::grant);
    release::MANAGE: "POST" "/organisations/{id}/releases/withdraw" => post(pages::releases::withdraw);
    audit::READ: "GET" "/organisations/{id}/history" => get(pages::school_history::show);
    school_export::EXPORT: "GET POST" "/organisations/{id}/export" => get(pages::school_export::show).post(pages::school_export::download);
    SIGNED_IN: "GET" "/account" => get(pages::account::show);
    SIGNED_IN_WRITES: "GET POST" "/account/confirm" => get(pages::account_confirm::show).post(pages::account_confirm::check);
    SIGNED_IN_WRITES: "GET POST" "/account/password" => get(pages::account_password::show).post(pages::account_password::change);
    SIGNED_IN_WRITES: "GET" "/account/second-factor" => get(pages::account_second_factor::show);
    SIGNED_IN_WRITES: "GET POST" "/account/app" => get(pages::account_app::show).post(pages::account_app::confirm);
    SIGNED_IN_WRITES: "POST" "/account/app/begin" => post(pages::account_app::begin);
    SIGNED_IN_WRITES: "POST" "/account/app/remove" => post(pages::account_second_factor::remove_app);
    SIGNED_IN_WRITES: "POST" "/account/passkeys" => post(pages::account_second_factor::add_passkey);
    SIGNED_IN_WRITES: "POST" "/account/passkeys/begin" => post(pages::account_second_factor::begin_passkey);
    SIGNED_IN_WRITES: "POST" "/account/passkeys/remove" => post(pages::account_second_factor::remove_passkey);
    SIGNED_IN_WRITES: "POST" "/account/recovery-codes" => post(pages::account_second_factor::renew_codes);
    SIGNED_IN: "GET" "/account/sessions" => get(pages::account_sessions::show);
    SIGNED_IN_WRITES: "POST" "/account/sessions/end" => post(pages::account_sessions::end);
    SIGNED_IN_WRITES: "POST" "/account/sessions/end-others" => post(pages::account_sessions::end_others);
    SIGNED_IN_WRITES: "GET POST" "/account/tokens" => get(pages::account_tokens::show).post(pages::account_tokens::make);
    SIGNED_IN_WRITES: "POST" "/account/tokens/revoke" => post(pages::account_tokens::revoke);
    SIGNED_IN_WRITES: "GET POST" "/account/calendar" => get(pages::account_calendar::show).post(pages::account_calendar::change);
    SIGNED_IN_WRITES: "GET POST" "/account/digest" => get(pages::account_digest::show).post(pages::account_digest::change);
    PUBLIC: "GET POST" "/digest/{token}" => get(pages::digest_stop::show).post(pages::digest_stop::stop);
    PUBLIC: "GET" "/calendar/{feed}" => get(pages::calendar::show);
    SIGNED_IN: "GET" "/account/data" => get(pages::account_data::show);
    SIGNED_IN: "GET" "/account/data.json" => get(pages::account_data::download);
    PUBLIC: "GET" "/retention" => get(pages::retention::show);
    PUBLIC: "GET" "/sources" => get(pages::sources::show);
    PUBLIC: "GET" "/accessibility" => get(pages::accessibility::show);
    PUBLIC: "GET" "/help" => get(pages::help::show);
    PUBLIC: "GET" "/help/{role}" => get(pages::guide::show);
    PUBLIC: "GET" "/help/pictures/{name}" => get(pages::guide::picture);
    PUBLIC: "GET" "/api" => get(pages::api_reference::show);
    PUBLIC: "GET" "/api/shapes" => get(pages::api_reference::shapes);
    PUBLIC: "GET POST" "/sign-in" => get(pages::sign_in::show).post(pages::sign_in::sign_in);
    PUBLIC: "GET POST" "/sign-in/code" => get(pages::sign_in_code::show).post(pages::sign_in_code::check);
    PUBLIC: "POST" "/sign-in/passkey" => post(pages::sign_in_passkey::finish);
    PUBLIC: "POST" "/sign-in/passkey/begin" => post(pages::sign_in_passkey::begin);
    PUBLIC: "GET POST" "/forgotten-password" => get(pages::forgotten_password::show).post(pages::forgotten_password::ask);
    PUBLIC: "GET POST" "/new-password/{token}" => get(pages::new_password::show).post(pages::new_password::set);
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
    SIGNED_IN: "GET" "/api/v1/me" => get(api::me::show);
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
        router = router.route(route.path, (route.handler)().router().layer(DefaultBodyLimit::max(limit)));
    }
    let router = router
        .fallback(api::nothing_here)
        .method_not_allowed_fallback(api::not_this_method)
        .layer(from_fn_with_state(app.clone(), middleware::around))
        .with_state(app);
    // Around the router as a whole; a layer of the router's own is one around each route.
    let service = ServiceBuilder::new()
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(900)))
        .service(router);
    Router::new().fallback_service(service)
}
