//! What answers at an address, by method.
//!
//! axum makes its own machinery for each type of handler, some sixty functions each. With
//! several hundred handlers that was half the time of compiling this crate, so all of them
//! have one type here.

use crate::App;
use axum::{
    extract::Request,
    handler::Handler,
    response::Response,
    routing::{self, MethodRouter},
};
use std::{pin::Pin, sync::Arc};

/// An answer in the making; axum boxes that of every asynchronous function so.
type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A handler whose type is forgotten.
#[derive(Clone)]
struct Any(Arc<dyn Fn(Request, App) -> Answering + Send + Sync>);

impl Handler<(), App> for Any {
    type Future = Answering;

    fn call(self, request: Request, app: App) -> Answering {
        (self.0)(request, app)
    }
}

fn any<T: 'static>(handler: impl Handler<T, App, Future = Answering>) -> Any {
    Any(Arc::new(move |request, app| handler.clone().call(request, app)))
}

/// The handlers of an address.
pub(crate) struct Methods(MethodRouter<App>);

/// Answers GET, and HEAD without a body.
pub(crate) fn get<T: 'static>(handler: impl Handler<T, App, Future = Answering>) -> Methods {
    Methods(routing::get(any(handler)))
}

/// Answers POST.
pub(crate) fn post<T: 'static>(handler: impl Handler<T, App, Future = Answering>) -> Methods {
    Methods(routing::post(any(handler)))
}

impl Methods {
    /// And GET by this handler.
    pub(crate) fn get<T: 'static>(self, handler: impl Handler<T, App, Future = Answering>) -> Self {
        Self(self.0.get(any(handler)))
    }

    /// And POST by this handler.
    pub(crate) fn post<T: 'static>(self, handler: impl Handler<T, App, Future = Answering>) -> Self {
        Self(self.0.post(any(handler)))
    }

    /// As axum's router takes them.
    pub(crate) fn router(self) -> MethodRouter<App> {
        self.0
    }
}
