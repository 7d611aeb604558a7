//! What can go wrong, by what the caller can do about it.

use kernel::table::BadCell;

/// Why something was not done. Whatever it is, nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is not for this caller to know.
    #[error("there is no such thing here")]
    NotFound,
    /// The caller must sign in first.
    #[error("sign in first")]
    SignInFirst,
    /// The caller must show again who they are: it is too long ago for what they want.
    #[error("confirm first that it is you")]
    ConfirmFirst,
    /// What was given does not fit; field by field, in words.
    #[error("{}", .0.iter().map(|f| f.message.as_str()).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<FieldError>),
    /// Somebody else changed it in the meantime.
    #[error("somebody else changed this while you were writing; look at their change and try again")]
    Changed,
    /// A file's cell cannot be used.
    #[error("{file}: {cell}")]
    BadCell {
        /// The file's name.
        file: String,
        /// The cell.
        cell: BadCell,
    },
    /// A file as a whole cannot be used, with the reason.
    #[error("{file}: {why}")]
    BadFile {
        /// The file's name.
        file: String,
        /// The reason, as a sentence.
        why: String,
    },
    /// The database.
    #[error(transparent)]
    Store(store::StoreError),
    /// Something that should not happen; logged, never shown.
    #[error("{0}")]
    Unexpected(String),
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: &'static str,
    /// What to do: ‘Enter a name for the cohort’.
    pub message: String,
}

impl FieldError {
    /// What is wrong with `field`.
    #[must_use]
    pub fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self { field, message: message.into() }
    }
}

impl From<store::StoreError> for Error {
    fn from(error: store::StoreError) -> Self {
        Self::Store(error)
    }
}

impl Error {
    /// An error of one field.
    #[must_use]
    pub fn field(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }
}

/// Result with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
