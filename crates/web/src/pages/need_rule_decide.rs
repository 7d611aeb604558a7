//! Not written yet.
use axum::response::Html;
pub(crate) async fn decide() -> Html<&'static str> {
    Html("")
}
