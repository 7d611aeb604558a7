//! Style sheet, script and icon: built in, and named by their content, so that
//! browsers may keep them for ever.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::OnceLock,
};

static CSS: &str = include_str!("../../../assets/dist/aspire.css");
static JS: &str = include_str!("../../../assets/dist/aspire.js");
static ICON: &str = include_str!("../../../assets/dist/aspire.svg");

struct Named {
    css: String,
    js: String,
    icon: String,
}

fn named() -> &'static Named {
    static NAMED: OnceLock<Named> = OnceLock::new();
    NAMED.get_or_init(|| {
        let name = |text: &str, ending: &str| {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            format!("aspire-{:016x}.{ending}", hasher.finish())
        };
        Named {
            css: name(CSS, "css"),
            js: name(JS, "js"),
            icon: name(ICON, "svg"),
        }
    })
}

/// Where pages find them.
pub(crate) fn addresses() -> ui::Assets {
    let named = named();
    ui::Assets {
        css: format!("/assets/{}", named.css),
        js: format!("/assets/{}", named.js),
        icon: format!("/assets/{}", named.icon),
    }
}

/// `GET /assets/{name}`
pub(crate) async fn asset(Path(name): Path<String>) -> Response {
    let named = named();
    let (kind, text) = match name.as_str() {
        name if name == named.css => ("text/css; charset=utf-8", CSS),
        name if name == named.js => ("text/javascript; charset=utf-8", JS),
        name if name == named.icon => ("image/svg+xml", ICON),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, text).into_response()
}
