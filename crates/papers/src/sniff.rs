//! What a file is, by its first bytes: extensions lie.

use crate::table::TableError;

/// How many bytes from the start are looked at.
pub(crate) const LOOK_AT: usize = 4096;

/// What the file can be read as.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A ZIP archive, so perhaps a workbook.
    Zip,
    /// Text, so perhaps a CSV.
    Text,
}

/// Files that are given by mistake: their first bytes, what they are, what to do.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF", "look for the same table as CSV or XLSX on the publisher’s page"),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old Excel workbook (.xls) or a protected one",
        "open it in a spreadsheet program and save it as XLSX, without a password, or as CSV",
    ),
    (b"\x1F\x8B", "a gzip archive", "unpack it and give the file in it"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", "unpack it and give the file in it"),
    (b"Rar!\x1A\x07", "a RAR archive", "unpack it and give the file in it"),
    (b"BZh", "a bzip2 archive", "unpack it and give the file in it"),
    (b"\xFD7zXZ\0", "an xz archive", "unpack it and give the file in it"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive", "unpack it and give the file in it"),
    (b"\x89PNG", "a picture", "give the table itself as CSV or XLSX"),
    (b"\xFF\xD8\xFF", "a picture", "give the table itself as CSV or XLSX"),
    (b"GIF8", "a picture", "give the table itself as CSV or XLSX"),
    (b"{\\rtf", "a rich-text document", "give the table itself as CSV or XLSX"),
    (b"SQLite format 3\0", "a database", "give a table out of it as CSV"),
    (b"PAR1", "a Parquet file", "write it as CSV"),
];

/// What the file is that starts with `start`.
///
/// # Errors
/// Where it is empty or of a kind that holds no table which can be read.
pub(crate) fn form(start: &[u8]) -> Result<Form, TableError> {
    if start.is_empty() {
        return Err(TableError::Empty);
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Ok(Form::Zip);
    }
    let other = |what, advice: &str| Err(TableError::NotATable { what, advice: advice.to_owned() });
    for (magic, what, advice) in OTHERS {
        if start.starts_with(magic) {
            return other(what, advice);
        }
    }
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let text = text.trim_ascii_start();
    let word: Vec<u8> = text.iter().take(16).map(u8::to_ascii_lowercase).collect();
    if [&b"<html"[..], b"<!doctype html", b"<head", b"<body", b"<table"].iter().any(|tag| word.starts_with(tag)) {
        return other("a web page", "the download probably asked for a sign-in or failed, so download the table again");
    }
    if word.starts_with(b"<?xml") {
        return other("an XML file", "open it in a spreadsheet program and save it as XLSX or CSV");
    }
    if word.starts_with(b"{") || word.starts_with(b"[{") {
        return other("a JSON file", "give the table as CSV or XLSX");
    }
    Ok(Form::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_named() {
        for (bytes, what) in [
            (&b"%PDF-1.7"[..], "a PDF"),
            (b"\xEF\xBB\xBF\n <!DOCTYPE html><html>", "a web page"),
            (b"\x1F\x8B\x08", "a gzip archive"),
            (b"{\"a\": 1}", "a JSON file"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..", "an old Excel workbook (.xls) or a protected one"),
        ] {
            let Err(TableError::NotATable { what: said, .. }) = form(bytes) else {
                panic!("{what} was taken for a table");
            };
            assert_eq!(said, what);
        }
        assert!(matches!(form(b""), Err(TableError::Empty)));
        assert_eq!(form(b"URN,Name").unwrap(), Form::Text);
        assert_eq!(form(b"PK\x03\x04...").unwrap(), Form::Zip);
    }
}
