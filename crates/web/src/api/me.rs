//! `GET /api/v1/me`: who a token, or a session, speaks for.

use super::answer::Problem;
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Json,
    extract::{FromRequestParts as _, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use programme::person::{self, Me};
use serde::Serialize;
use utoipa::ToSchema;

/// Whoever asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeView {
    /// Their name.
    name: String,
    /// The address by which they sign in.
    email: String,
    /// They ask with a token, which reads and changes nothing.
    reads_only: bool,
    /// The roles that they hold today and may use here.
    roles: Vec<RoleView>,
}

/// A role that somebody holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleView {
    /// Short name of the role.
    #[schema(examples("head"))]
    role: String,
    /// Short name of the strand, for a strand lead; else null.
    strand: Option<String>,
    /// Where they hold it: the organisation’s id.
    organisation: i64,
    /// The organisation’s name.
    organisation_name: String,
}

/// Who you are here
///
/// Whom a token speaks for, and which roles they hold today. A token is made on one’s account page
/// and sent as ‘Authorization: Bearer …’. This answer is for its owner alone and is not to be kept.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    operation_id = "getMe",
    tag = "You",
    security(("token" = [])),
    responses(
        (status = 200, description = "You.", body = MeView),
        (status = 401, description = "Nobody, or a token that does not work.", body = Problem, content_type = "application/problem+json"),
        (status = 405, description = "Only GET is answered.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(State(app): State<App>, mut parts: Parts) -> Result<Response, Response> {
    let visitor = match Visitor::from_request_parts(&mut parts, &app).await {
        Ok(visitor) => visitor,
        Err(PageError::BadToken) => return Err(nobody(Problem::bad_token())),
        Err(error) => return Err(error.into_response()),
    };
    match person::me(&app.world, &visitor.who).await {
        Ok(me) => Ok(Json(MeView::from(me)).into_response()),
        Err(programme::Error::SignInFirst) => Err(nobody(Problem::nobody())),
        Err(error) => Err(Problem::from(error).into_response()),
    }
}

fn nobody(problem: Problem) -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], problem).into_response()
}

impl From<Me> for MeView {
    fn from(me: Me) -> Self {
        let roles = me.roles.into_iter().map(|(held, name)| RoleView {
            role: held.role.key().to_owned(),
            strand: held.strand.map(|strand| strand.key().to_owned()),
            organisation: held.organisation,
            organisation_name: name,
        });
        Self { name: me.name, email: me.email, reads_only: me.reads_only, roles: roles.collect() }
    }
}

/// An answer as the reference shows it.
pub(super) fn example() -> impl Serialize {
    let head = RoleView {
        role: "head".to_owned(),
        strand: None,
        organisation: 7_259_000_000_000_001,
        organisation_name: "Invented: Ashdale Primary".to_owned(),
    };
    MeView {
        name: "Asha Patel".to_owned(),
        email: "asha.patel@example.org".to_owned(),
        reads_only: true,
        roles: vec![head],
    }
}
