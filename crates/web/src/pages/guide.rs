//! What does somebody in my role come here for?

use crate::{
    error::PageError,
    frame,
    guides::{self, Block, Guide, Inline},
    visitor::Visitor,
};
use askama::Template;
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use ui::{Heading, Size};

#[derive(Template)]
#[template(path = "guide.html")]
struct View {
    heading: Heading,
    guide: &'static Guide,
}

/// A picture, with its size, so that nothing jumps while it loads.
struct Picture {
    width: u32,
    height: u32,
}

impl View {
    fn picture(name: &str) -> Picture {
        let (width, height) = guides::picture(name).and_then(guides::size).unwrap_or_default();
        Picture { width, height }
    }
}

/// `GET /help/{role}`
pub(crate) async fn show(visitor: Visitor, Path(role): Path<String>) -> Result<Html<String>, PageError> {
    let guide = guides::guide(&role).ok_or(PageError::NotFound)?;
    let view = View { heading: Heading::new(guide.title.clone()).size(Size::Xl), guide };
    frame::show(frame::page(&visitor, guide.title.clone()), &view)
}

/// `GET /help/pictures/{name}`
pub(crate) async fn picture(Path(name): Path<String>) -> Response {
    match name.strip_suffix(".png").and_then(guides::picture) {
        Some(bytes) => {
            let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "public, max-age=3600")];
            (headers, bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_guide_says_is_escaped_and_its_pictures_have_words() {
        for guide in guides::all() {
            let html = View { heading: Heading::new("x"), guide }.render().unwrap();
            assert_eq!(html.matches("<img ").count(), html.matches(" alt=\"").count());
            assert!(!html.contains("**") && !html.contains("<!--"), "{}", guide.key);
            assert!(html.contains("/help/pictures/"), "{}", guide.key);
        }
    }
}
