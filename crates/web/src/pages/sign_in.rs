//! Not written yet.
use axum::response::Html;
pub(crate) async fn show() -> Html<&'static str> {
    Html("")
}
pub(crate) async fn sign_in() -> Html<&'static str> {
    Html("")
}
pub(crate) async fn sign_out() -> Html<&'static str> {
    Html("")
}
