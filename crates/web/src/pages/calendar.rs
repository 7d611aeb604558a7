//! What is due for whoever has this address, as calendars read it.

use crate::{App, error::PageError};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use programme::feed;

/// `GET /calendar/{feed}`, public by its secret: whatever it is not is answered
/// alike.
pub(crate) async fn show(State(app): State<App>, Path(name): Path<String>) -> Result<Response, PageError> {
    let secret = name.strip_suffix(".ics").ok_or(PageError::NotFound)?;
    let text = feed::feed(&app.world, secret).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"aspire.ics\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
