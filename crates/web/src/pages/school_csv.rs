//! Not written yet.
use axum::response::Html;
pub(crate) async fn inspections() -> Html<&'static str> {
    Html("")
}
pub(crate) async fn results() -> Html<&'static str> {
    Html("")
}
