//! Values that go into a statement and come out of a row.

use crate::{StoreError, sqlite::Cells};
use serde_json::{Value as Json, json};
use tokio_postgres::types::Type;

/// A parameter. Every value knows its type even when it is null, because
/// PostgreSQL wants to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// BIGINT.
    Int(Option<i64>),
    /// DOUBLE PRECISION.
    Real(Option<f64>),
    /// TEXT.
    Text(Option<String>),
    /// BOOLEAN.
    Bool(Option<bool>),
}

macro_rules! from {
    ($($type:ty => $variant:ident, $value:ident => $convert:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self { Self::$variant(Some($convert)) }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self { Self::$variant(value.map(|$value| $convert)) }
        }
    )*};
}

from! {
    i64 => Int, v => v;
    i32 => Int, v => i64::from(v);
    u32 => Int, v => i64::from(v);
    u16 => Int, v => i64::from(v);
    u8 => Int, v => i64::from(v);
    kernel::Urn => Int, v => i64::from(v.get());
    kernel::Timestamp => Int, v => v.as_microsecond();
    kernel::Date => Text, v => v.to_string();
    f64 => Real, v => v;
    String => Text, v => v;
    &str => Text, v => v.to_owned();
    bool => Bool, v => v;
}

/// A row that came out, from either database. Columns are counted from 0 in
/// the order of the statement.
pub enum Row {
    /// From SQLite.
    Sqlite(Cells),
    /// From PostgreSQL.
    Postgres(tokio_postgres::Row),
}

macro_rules! get {
    ($(#[$doc:meta])* $name:ident, $opt:ident, $type:ty, $cell:ident, $expected:literal) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// Where the column is missing, null or of another type.
        pub fn $name(&self, column: usize) -> Result<$type, StoreError> {
            match self {
                Self::Sqlite(cells) => cells.$cell(column)?.ok_or_else(|| unreadable("null", $expected)),
                Self::Postgres(row) => Ok(row.try_get(column)?),
            }
        }

        $(#[$doc])*
        /// Or null.
        ///
        /// # Errors
        /// Where the column is missing or of another type.
        pub fn $opt(&self, column: usize) -> Result<Option<$type>, StoreError> {
            match self {
                Self::Sqlite(cells) => Ok(cells.$cell(column)?),
                Self::Postgres(row) => Ok(row.try_get(column)?),
            }
        }
    };
}

impl Row {
    get!(/// A BIGINT.
        int, opt_int, i64, int, "a whole number");
    get!(/// A DOUBLE PRECISION.
        real, opt_real, f64, real, "a number");
    get!(/// A TEXT.
        text, opt_text, String, text, "text");
    get!(/// A BOOLEAN.
        flag, opt_flag, bool, flag, "yes or no");

    /// A TEXT without copying it.
    ///
    /// # Errors
    /// Where the column is missing, null or of another type.
    pub fn str(&self, column: usize) -> Result<&str, StoreError> {
        match self {
            Self::Sqlite(cells) => cells.str(column)?.ok_or_else(|| unreadable("null", "text")),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A URN.
    ///
    /// # Errors
    /// As [`Row::int`], and where the number is no URN.
    pub fn urn(&self, column: usize) -> Result<kernel::Urn, StoreError> {
        let number = self.int(column)?;
        u32::try_from(number).ok().and_then(kernel::Urn::new).ok_or_else(|| unreadable(&number.to_string(), "a URN"))
    }

    /// A date (ISO text).
    ///
    /// # Errors
    /// As [`Row::text`], and where the text is no date.
    pub fn date(&self, column: usize) -> Result<kernel::Date, StoreError> {
        let text = self.str(column)?;
        text.parse().map_err(|_| unreadable(text, "a date"))
    }

    /// A date (ISO text) or null.
    ///
    /// # Errors
    /// As [`Row::opt_text`], and where the text is no date.
    pub fn opt_date(&self, column: usize) -> Result<Option<kernel::Date>, StoreError> {
        self.opt_text(column)?.map(|text| text.parse().map_err(|_| unreadable(&text, "a date"))).transpose()
    }

    /// A moment (BIGINT microseconds since 1970, UTC).
    ///
    /// # Errors
    /// As [`Row::int`], and where the number is out of range.
    pub fn moment(&self, column: usize) -> Result<kernel::Timestamp, StoreError> {
        let micros = self.int(column)?;
        kernel::Timestamp::from_microsecond(micros).map_err(|_| unreadable(&micros.to_string(), "a moment"))
    }

    /// A moment or null.
    ///
    /// # Errors
    /// As [`Row::opt_int`], and where the number is out of range.
    pub fn opt_moment(&self, column: usize) -> Result<Option<kernel::Timestamp>, StoreError> {
        self.opt_int(column)?.map(|_| self.moment(column)).transpose()
    }

    /// All cells as JSON, as a backup has them.
    pub(crate) fn json(&self) -> Result<Vec<Json>, StoreError> {
        match self {
            Self::Sqlite(cells) => Ok(cells.json()),
            Self::Postgres(row) => (0..row.columns().len()).map(|column| postgres_json(row, column)).collect(),
        }
    }
}

fn postgres_json(row: &tokio_postgres::Row, column: usize) -> Result<Json, StoreError> {
    let of = row.columns().get(column).map(|column| column.type_().clone());
    Ok(match of {
        Some(Type::INT8) => json!(row.try_get::<_, Option<i64>>(column)?),
        Some(Type::FLOAT8) => json!(row.try_get::<_, Option<f64>>(column)?),
        Some(Type::BOOL) => json!(row.try_get::<_, Option<bool>>(column)?),
        _ => json!(row.try_get::<_, Option<&str>>(column)?),
    })
}

pub(crate) fn unreadable(value: &str, expected: &'static str) -> StoreError {
    StoreError::Unreadable { value: value.to_owned(), expected, place: "a column that only Aspire writes" }
}
