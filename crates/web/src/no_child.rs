//! Before a school's record takes words that look like a pupil's record, its
//! writer is asked. What they wrote stands on the page, to be changed; whoever
//! says that it is about no single child goes on. A look cannot know, so nothing
//! is refused.

use crate::{
    App,
    error::PageError,
    pages::blocks::{Blocks, form, say},
    visitor::Visitor,
};
use axum::{
    body::{Body, Bytes},
    extract::{Form, FromRequest as _, FromRequestParts as _, Request},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use kernel::pupil::{Sign, looks_like_a_record};
use ui::{Breadcrumbs, Button, Checkboxes, Errors, Hidden, SafeHtml, Textarea};

/// The box that says so, in the form that asks.
const TICKED: &str = "about-no-single-child";

/// Most bytes of a form; a little more than the largest route takes, which says
/// itself what is too large.
const LARGEST: usize = 2 * 1024 * 1024 + 1024;

type Fields = Vec<(String, String)>;

/// Asks before a form with what looks like a pupil's record reaches its page.
pub(crate) async fn ask(app: &App, request: Request, next: Next) -> Response {
    if !may_hold_words(&request) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "this form is too large\n").into_response();
    };
    let fields = fields_of(&bytes).await;
    let signs: Vec<(usize, Sign)> =
        fields.iter().enumerate().filter_map(|(at, (_, value))| Some((at, looks_like_a_record(value)?))).collect();
    let ticked = fields.iter().any(|(name, _)| name == TICKED);
    // A draft is its writer's alone, and is asked about when it is saved.
    let draft = parts.uri.path().ends_with("/self-view/edit")
        && fields.iter().any(|(name, value)| name == "do" && (value == "draft" || value == "next"));
    if !signs.is_empty() && !ticked && !draft {
        let to = parts.uri.path_and_query().map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
        match Visitor::from_request_parts(&mut parts, app).await {
            // Whoever is not signed in, or comes with a form of somebody else's, hears
            // that from the page itself.
            Ok(visitor) if csrf_holds(&visitor, &fields) => {
                return page(&visitor, &to, &fields, &signs).unwrap_or_else(PageError::into_response);
            }
            _ => {}
        }
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

/// A form into a school's record.
fn may_hold_words(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST
        && request.uri().path().starts_with("/organisations/")
        && kind.starts_with("application/x-www-form-urlencoded")
}

async fn fields_of(bytes: &Bytes) -> Fields {
    let mut request = Request::new(Body::from(bytes.clone()));
    *request.method_mut() = Method::POST;
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers_mut().insert(header::CONTENT_TYPE, kind);
    // What is no form is the page's to refuse.
    Form::<Fields>::from_request(request, &()).await.map_or_else(|_| Fields::new(), |Form(fields)| fields)
}

fn csrf_holds(visitor: &Visitor, fields: &Fields) -> bool {
    fields.iter().any(|(name, value)| name == "csrf" && visitor.check_form(value).is_ok())
}

fn page(visitor: &Visitor, to: &str, fields: &Fields, signs: &[(usize, Sign)]) -> Result<Response, PageError> {
    let mut errors = Errors::none();
    let mut parts: Vec<SafeHtml> = Vec::new();
    for (at, (name, value)) in fields.iter().enumerate() {
        match signs.iter().find(|(one, _)| *one == at) {
            Some((_, sign)) => {
                let id = format!("words-{at}");
                errors.add(id.clone(), format!("Take out what looks like {}", sign.words()));
                parts.push(Textarea::new(name, "What you wrote").id(id).value(value).errors(&errors).into());
            }
            None if name == "csrf" => {}
            None => parts.push(Hidden::new(name, value).into()),
        }
    }
    parts.push(
        Checkboxes::new(TICKED, "If it is about no single child")
            .choice("yes", "It is about no single child, so keep it as it stands")
            .small()
            .into(),
    );
    parts.push(Button::new("Save").into());
    let blocks = Blocks::new("This looks like a pupil’s record", "", &errors)
        .lead("Nothing is saved yet. Write about groups and what stands in their way: nothing here keeps a record of a single child.")
        .block(say("If your whole school can read it and no child would be known by it, it belongs here."))
        .block(form(visitor, to, parts));
    blocks.show(visitor, Breadcrumbs::home(), &errors, None::<&str>)
}
