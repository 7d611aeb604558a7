//! Talking to whoever sits at the terminal.

use std::io::{IsTerminal as _, Write as _};

/// Why a command stopped, as a sentence.
pub(crate) type Why = Box<dyn std::error::Error + Send + Sync>;

/// A line on standard output. A reader that has gone away is no reason to fail.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
    let _ = std::io::stdout().flush();
}

/// A text of several lines, as it is, on standard output.
pub(crate) fn text(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
    let _ = std::io::stdout().flush();
}

/// What went wrong, on standard error.
pub(crate) fn problem(text: &str) {
    let _ = writeln!(std::io::stderr(), "aspire: {text}");
}

/// How far it is, in a terminal only, on one line that is written over.
pub(crate) fn progress(what: &str, done: u64, total: u64) {
    if std::io::stderr().is_terminal() {
        let percent = (done * 100).checked_div(total).unwrap_or(100);
        let _ = write!(std::io::stderr(), "\r{what}: {percent} %\x1b[K");
    }
}

/// Ends the line of [`progress`].
pub(crate) fn progress_over() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
