//! Not written yet.
use axum::response::Html;
pub(crate) async fn path() -> Html<&'static str> {
    Html("")
}
pub(crate) async fn schools() -> Html<&'static str> {
    Html("")
}
