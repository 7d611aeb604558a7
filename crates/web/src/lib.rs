//! One file a page, one file an API operation; middleware.
//!
//! [`router`] is the whole of it. Each route stands once, in [`routes::ROUTES`],
//! with who may use it; the pages themselves ask `programme`, which decides.

pub mod access;
pub mod api;
mod app;
mod assets;
mod csv;
mod error;
mod form;
mod frame;
mod middleware;
mod ops;
mod pages;
mod pictures;
pub mod routes;
mod visitor;

pub use app::{App, Demo, DemoPerson, Settings};
pub use routes::router;

/// Answers on `listener` until `stop` is done; requests that were begun are finished.
///
/// # Errors
/// What the operating system has against it.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(app)).with_graceful_shutdown(stop).await
}
