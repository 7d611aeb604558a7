//! Not written yet.
use axum::response::Html;
pub(crate) async fn list() -> Html<&'static str> {
    Html("")
}
