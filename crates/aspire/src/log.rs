//! The log: one line of JSON for each thing, on standard error.
//!
//! What is logged names no person: a request's line has its route, not its path
//! (see `web`'s middleware), and the test beside this looks that a sign-in
//! leaves neither address nor cookie.

#[cfg(test)]
mod tests;

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Logs to standard error from now on; the second call changes nothing.
pub(crate) fn start(directives: &str) {
    let _ = tracing::subscriber::set_global_default(lines(directives, std::io::stderr));
}

/// Lines of JSON to a writer.
fn lines<W>(directives: &str, to: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(directives).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(to)
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .finish()
}
