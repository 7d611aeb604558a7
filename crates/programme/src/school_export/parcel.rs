//! The zip around a school's record: how it is packed, and how one that came
//! from anywhere is opened without trusting it.

use super::file::{SchoolFile, VERSION};
use crate::error::{Error, Result};
use papers::sheet::{Sheet, csv};
use serde_json::Value as Json;
use std::io::{Cursor, Read as _, Write as _};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The largest file that is opened, bytes.
pub(super) const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// The largest `school.json` that is unpacked, bytes: a small zip can hold a
/// very long text.
const LARGEST_JSON: u64 = 128 * 1024 * 1024;

/// Most files in it.
const MOST_FILES: usize = 1_000;

const JSON: &str = "school.json";

/// Packs a record and its spreadsheets.
pub(super) fn pack(file: &SchoolFile, sheets: &[Sheet]) -> Result<Vec<u8>> {
    let write = || -> std::io::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(JSON, options)?;
        serde_json::to_writer_pretty(&mut zip, file)?;
        zip.start_file("school.xlsx", options)?;
        zip.write_all(&papers::xlsx_out::workbook(sheets, &file.school.name, file.exported_at)?)?;
        for sheet in sheets {
            zip.start_file(format!("csv/{}.csv", sheet.name().to_lowercase().replace(' ', "-")), options)?;
            zip.write_all(&csv(sheet)?)?;
        }
        zip.start_file("README.txt", options)?;
        zip.write_all(README.as_bytes())?;
        Ok(zip.finish()?.into_inner())
    };
    write().map_err(|error| Error::Unexpected(format!("a school could not be packed: {error}")))
}

const README: &str = "This is a school's whole record, taken from Aspire.\r\n\
\r\n\
school.json   everything, in the form that another Aspire reads:\r\n\
              aspire import-school THIS-FILE\r\n\
school.xlsx   the same for people, a sheet for each kind of thing\r\n\
csv/          the same sheets as plain tables\r\n\
\r\n\
It holds names and addresses of people. Keep it as you keep your staff records.\r\n";

/// Opens a file that came from anywhere: looks at its form, its size and its
/// version before it believes a word of it.
pub(super) fn open(name: &str, bytes: &[u8]) -> Result<SchoolFile> {
    let bad = |why: String| Error::BadFile { file: name.to_owned(), why };
    if bytes.len() > LARGEST_FILE {
        return Err(bad("it is larger than 64 MB".to_owned()));
    }
    let damaged = |error: &dyn std::fmt::Display| bad(format!("it is no zip file, or it is damaged ({error})"));
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if zip.len() > MOST_FILES {
        return Err(bad(format!("it holds more than {MOST_FILES} files")));
    }
    for index in 0..zip.len() {
        let inside = zip.by_index_raw(index).map_err(|error| damaged(&error))?;
        let name = inside.name().map_err(|error| damaged(&error))?;
        if inside.enclosed_name().is_none() || name.starts_with('/') || name.contains(['\\', ':']) {
            return Err(bad(format!("it holds a file with a name that leads out of it: ‘{name}’")));
        }
    }
    let inside = match zip.by_name(JSON) {
        Ok(inside) => inside,
        Err(zip::result::ZipError::FileNotFound) => {
            return Err(bad(format!("there is no {JSON} in it, so it is no school from Aspire")));
        }
        Err(error) => return Err(damaged(&error)),
    };
    let mut text = Vec::new();
    inside.take(LARGEST_JSON + 1).read_to_end(&mut text).map_err(|error| damaged(&error))?;
    if text.len() as u64 > LARGEST_JSON {
        return Err(bad(format!("its {JSON} is longer than 128 MB")));
    }
    let json: Json = serde_json::from_slice(&text).map_err(|error| bad(format!("its {JSON} is damaged: {error}")))?;
    match json["aspire_school"].as_u64() {
        None => return Err(bad(format!("its {JSON} does not say that it is a school from Aspire"))),
        Some(version) if version > u64::from(VERSION) => {
            return Err(bad(format!(
                "it was made by a newer Aspire (form {version}; this one reads form {VERSION}): use a newer Aspire"
            )));
        }
        Some(_) => {}
    }
    // Read from the text once more, so that an error has its line.
    serde_json::from_slice(&text).map_err(|error| bad(format!("its {JSON} is not what it should be: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn why(bytes: &[u8]) -> String {
        open("a.zip", bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_school_is_refused_with_its_reason() {
        assert!(why(b"no zip").contains("no zip file"));
        assert!(why(&zipped(&[("a.txt", b"x")])).contains("no school.json"));
        assert!(why(&zipped(&[(JSON, b"{")])).contains("damaged"));
        assert!(why(&zipped(&[(JSON, b"{}")])).contains("does not say"));
        assert!(why(&zipped(&[(JSON, b"{\"aspire_school\": 2}")])).contains("newer Aspire"));
        let lacking = why(&zipped(&[(JSON, b"{\n\"aspire_school\": 1}")]));
        assert!(lacking.contains("missing field") && lacking.contains("line 2"), "{lacking}");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0..200_usize, with in any::<u8>()) {
            prop_assert!(open("a.zip", &bytes).is_err());
            // A zip with one byte changed is a school no more than before.
            let mut zip = zipped(&[(JSON, &bytes), ("b", b"x")]);
            let at = at % zip.len();
            zip[at] = with;
            prop_assert!(open("a.zip", &zip).is_err());
        }
    }

    #[test]
    fn a_name_that_leads_out_is_refused() {
        for name in ["../x", "/etc/passwd", "a/../../b", "a\\b"] {
            let bytes = zipped(&[(JSON, b"{\"aspire_school\": 1}"), (name, b"x")]);
            assert!(why(&bytes).contains("leads out of it"), "{name}");
        }
    }

    #[test]
    fn a_small_zip_of_a_very_long_text_is_refused() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(JSON, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        let blanks = vec![b' '; 1024 * 1024];
        for _ in 0..=LARGEST_JSON / (1024 * 1024) {
            zip.write_all(&blanks).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 1024 * 1024, "it is small");
        assert!(why(&bytes).contains("longer than 128 MB"));
    }
}
