//! Sign in with an account that one's organisation gave one.

use super::sign_in;
use crate::{App, cookie, device::From, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use programme::elsewhere::{self, Back, Finished};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;
use ui::{Button, Heading, Size};

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
        visitor.confirmed(&app)?;
    }
    let back = redirect(&app, &provider)?;
    let (address, state) = elsewhere::begin(&app.world, &visitor.who, &provider, &back).await?;
    let name = app.world.providers.of(&provider).map_or(String::new(), |provider| provider.name.clone());
    let title = format!("Go on at {name}");
    let view = LeaveView { heading: Heading::new(&title).size(Size::Xl), name, address: address.clone() };
    let page = frame::show(frame::page(&visitor, title).noindex(), &view)?;
    let headers = [
        (header::SET_COOKIE, cookie::ELSEWHERE.set(app.settings.https, &state)),
        (header::REFRESH, format!("0; url={address}")),
    ];
    Ok((headers, page).into_response())
}

/// `GET /sign-in/elsewhere/{provider}`: back from the provider.
pub(crate) async fn finish(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    Path(provider): Path<String>,
    headers: HeaderMap,
    Query(input): Query<FinishInput>,
) -> Result<Response, PageError> {
    let back = redirect(&app, &provider)?;
    let kept = cookie::ELSEWHERE.of(app.settings.https, &headers).unwrap_or_default();
    let ours: bool = kept.as_bytes().ct_eq(input.state.as_bytes()).into();
    let finished = if input.error.is_empty() && ours && !kept.is_empty() {
        let input = Back { state: &input.state, code: &input.code, device: &from.device };
        elsewhere::finish(&app.world, &provider, &back, input).await?
    } else if input.error.is_empty() {
        Finished::Failed("the answer belongs to another browser or was begun too long ago".to_owned())
    } else {
        Finished::Failed("the provider did not sign them in".to_owned())
    };
    let forget = cookie::ELSEWHERE.forget(app.settings.https);
    let words = match finished {
        Finished::SignedIn(token) => return Ok(sign_in::signed_in(&app, &token, vec![forget])),
        Finished::Half(token) => return Ok(sign_in::half(&app, &token, vec![forget])),
        Finished::Connected => {
            let response = sign_in::see_other("/account/elsewhere?done=connected");
            return Ok(sign_in::with_cookies(response, [forget]));
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
    let response = (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    Ok(sign_in::with_cookies(response, [forget]))
}

/// Where the provider sends people back to.
fn redirect(app: &App, provider: &str) -> Result<String, PageError> {
    let provider = app.world.providers.of(provider).ok_or(PageError::NotFound)?;
    Ok(app.world.link(&format!("/sign-in/elsewhere/{}", provider.id)))
}
