//! The whole way at once.

use crate::common::{Said, read, rows};
use register::readers::{ROWS_TO_LOOK_AT, detect};

/// Bytes through everything; `None` where no layout is known for them.
pub(crate) fn through(bytes: Vec<u8>) -> Option<Vec<Said>> {
    let rows = rows(bytes)?;
    let found = detect(&rows[..rows.len().min(ROWS_TO_LOOK_AT)]).ok()?;
    Some(read(&found, &rows))
}
