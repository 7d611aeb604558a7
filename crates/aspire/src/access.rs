//! `aspire access`: who may use which address.

use crate::say;

/// Prints the table, as a page or as JSON.
pub(crate) fn run(as_json: bool) {
    let text = if as_json { web::access::json() } else { web::access::table() };
    say::line(text.trim_end());
}
