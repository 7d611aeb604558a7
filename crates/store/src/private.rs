//! Files that hold what people told us.

use std::{
    fs::{File, OpenOptions},
    io::Result,
    path::Path,
};

/// Makes a new file that its owner alone may read and write, whatever else new files
/// here are.
///
/// # Errors
/// There is one already, or it cannot be made.
pub fn create_new(path: &Path) -> Result<File> {
    let mut how = OpenOptions::new();
    how.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        how.mode(0o600);
    }
    how.open(path)
}
