//! Talking to whoever sits at the terminal.

use std::io::{IsTerminal as _, Write as _};

/// Why a command stopped, as a sentence.
pub(crate) type Why = Box<dyn std::error::Error + Send + Sync>;

/// A line on standard output. A reader that has gone away is no reason to fail.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
    let _ = std::io::stdout().flush();
}

/// What went wrong, on standard error.
pub(crate) fn problem(text: &str) {
    let _ = writeln!(std::io::stderr(), "aspire: {text}");
}

/// How far it is, in a terminal only, on one line that is written over.
pub(crate) fn progress(what: &str, done: u64, total: u64) {
    if std::io::stderr().is_terminal() {
        let percent = if total == 0 { 100 } else { done * 100 / total };
        let _ = write!(std::io::stderr(), "\r{what}: {percent} %\x1b[K");
    }
}

/// Ends the line of [`progress`].
pub(crate) fn progress_over() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
