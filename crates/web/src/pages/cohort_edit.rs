//! Not written yet.
use axum::response::Html;
pub(crate) async fn show() -> Html<&'static str> {
    Html("")
}
pub(crate) async fn add_school() -> Html<&'static str> {
    Html("")
}
pub(crate) async fn set_status() -> Html<&'static str> {
    Html("")
}
pub(crate) async fn correct_baseline() -> Html<&'static str> {
    Html("")
}
