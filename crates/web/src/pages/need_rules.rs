//! Not written yet.
use axum::response::Html;
pub(crate) async fn show() -> Html<&'static str> {
    Html("")
}
