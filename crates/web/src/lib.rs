//! One file a page, one file an API operation; middleware.
//!
//! [`router`] is the whole of it. Each route stands once, in [`routes::ROUTES`],
//! with who may use it; the pages themselves ask `programme`, which decides.

pub mod access;
pub mod api;
mod app;
mod assets;
mod cookie;
mod csv;
mod device;
mod error;
mod form;
mod frame;
mod guides;
mod methods;
mod middleware;
mod no_child;
mod ops;
mod pages;
mod pictures;
pub mod routes;
mod serve;
mod visitor;

pub use app::{App, Demo, DemoPerson, Settings};
pub use routes::router;
pub use serve::{Certificate, Patience, serve};
