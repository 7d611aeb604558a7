//! Sign in with an account that one's organisation gave one.

use super::sign_in::{AFTER, SEVEN_DAYS, cookie};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use programme::elsewhere::{self, Finished};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;
use ui::{Button, Heading, Size};

/// The cookie that ties what was begun to this browser; it lasts as long as one may take.
const STATE: &str = "aspire_elsewhere";
const STATE_SECONDS: u32 = 15 * 60;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BeginInput {
    csrf: String,
}

/// What the provider sends back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FinishInput {
    code: String,
    state: String,
    error: String,
}

#[derive(Template)]
#[template(path = "sign_in_elsewhere.html")]
struct LeaveView {
    heading: Heading,
    name: String,
    address: String,
}

#[derive(Template)]
#[template(path = "sign_in_elsewhere_failed.html")]
struct FailedView {
    heading: Heading,
    words: String,
    signed_in: bool,
}

/// The buttons of the sign-in page: provider and button.
pub(super) fn buttons(app: &App) -> Vec<(String, Button)> {
    let all = app.world.providers.all.iter();
    all.map(|provider| (provider.id.clone(), Button::new(format!("Sign in with {}", provider.name)).secondary()))
        .collect()
}

/// `POST /sign-in/elsewhere/{provider}`: off to the provider.
///
/// Answers with a page that leads on by itself instead of a redirect: the
/// content policy lets a form lead to our own pages only.
pub(crate) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(provider): Path<String>,
    Form(input): Form<BeginInput>,
) -> Result<Response, PageError> {
    // Whoever is signed in asks to connect the two accounts, which changes something.
    if visitor.name().is_some() {
        visitor.check_form(&input.csrf)?;
    }
    let back = redirect(&app, &provider)?;
    let (address, state) = elsewhere::begin(&app.world, &visitor.who, &provider, &back).await?;
    let name = app.world.providers.of(&provider).map_or(String::new(), |provider| provider.name.clone());
    let title = format!("Go on at {name}");
    let view = LeaveView { heading: Heading::new(&title).size(Size::Xl), name, address: address.clone() };
    let page = frame::show(frame::page(&visitor, title).noindex(), &view)?;
    let headers = [
        (header::SET_COOKIE, state_cookie(&app, &state, STATE_SECONDS)),
        (header::REFRESH, format!("0; url={address}")),
    ];
    Ok((headers, page).into_response())
}

/// `GET /sign-in/elsewhere/{provider}`: back from the provider.
pub(crate) async fn finish(
    State(app): State<App>,
    visitor: Visitor,
    Path(provider): Path<String>,
    headers: HeaderMap,
    Query(input): Query<FinishInput>,
) -> Result<Response, PageError> {
    let back = redirect(&app, &provider)?;
    let kept = state_of(&headers);
    let ours: bool = kept.as_bytes().ct_eq(input.state.as_bytes()).into();
    let finished = if input.error.is_empty() && ours && !kept.is_empty() {
        elsewhere::finish(&app.world, &provider, &back, &input.state, &input.code).await?
    } else if input.error.is_empty() {
        Finished::Failed("the answer belongs to another browser or was begun too long ago".to_owned())
    } else {
        Finished::Failed("the provider did not sign them in".to_owned())
    };
    let forget = (header::SET_COOKIE, state_cookie(&app, "", 0));
    let words = match finished {
        Finished::SignedIn(token) => {
            let session = (header::SET_COOKIE, cookie(&app, token.reveal(), SEVEN_DAYS));
            let mut response = (StatusCode::SEE_OTHER, [forget]).into_response();
            for (name, value) in [session, (header::LOCATION, AFTER.to_owned())] {
                let value = value.parse().map_err(|_| PageError::Unexpected("a header".to_owned()))?;
                response.headers_mut().append(name, value);
            }
            return Ok(response);
        }
        Finished::Connected => {
            let to = (header::LOCATION, "/account/elsewhere?done=connected".to_owned());
            return Ok((StatusCode::SEE_OTHER, [forget, to]).into_response());
        }
        Finished::Unknown => {
            "That account is not connected with one here. Sign in with your password, then connect the two on your account page. If you were invited and have no account here yet, follow the link in your invitation first."
        }
        Finished::Taken => "That account is connected with somebody else here. Nothing was changed.",
        Finished::Failed(why) => {
            tracing::warn!(%provider, %why, "a sign-in elsewhere failed");
            "It did not work, and nothing was changed. Try again; if it happens again, sign in with your password and tell whoever runs this Aspire."
        }
    };
    let title = "You are not signed in";
    let view = FailedView {
        heading: Heading::new(title).size(Size::Xl),
        words: words.to_owned(),
        signed_in: visitor.name().is_some(),
    };
    let page = frame::show(frame::page(&visitor, title).noindex(), &view)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, [forget], page).into_response())
}

/// Where the provider sends people back to.
fn redirect(app: &App, provider: &str) -> Result<String, PageError> {
    let provider = app.world.providers.of(provider).ok_or(PageError::NotFound)?;
    Ok(app.world.link(&format!("/sign-in/elsewhere/{}", provider.id)))
}

fn state_cookie(app: &App, value: &str, seconds: u32) -> String {
    let secure = if app.settings.https { "; Secure" } else { "" };
    format!("{STATE}={value}; Path=/sign-in/elsewhere; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

fn state_of(headers: &HeaderMap) -> &str {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == STATE)
        .map_or("", |(_, value)| value)
}
