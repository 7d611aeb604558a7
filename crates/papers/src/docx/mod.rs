//! A paper as a Word document.
//!
//! Written by hand and not by a library: what makes a document readable for
//! everybody (its language, heads of tables that say so and stand on every page,
//! words for pictures, its title) is not to be had from the one that was chosen.
//! The parts and their names are those of ECMA-376, first edition, transitional.

mod body;
mod parts;

use std::io::{self, Cursor, Write};

use kernel::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::paper::Paper;
use crate::picture::Drawn;

/// A paper as a Word document; the same paper gives the same bytes.
///
/// # Errors
/// Writing to memory does not fail; the form of a writer asks for it.
pub fn docx(paper: &Paper) -> io::Result<Vec<u8>> {
    let body = body::body(paper);
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(stamp(paper.date));
    let mut add = |name: &str, bytes: &[u8]| -> io::Result<()> {
        out.start_file(name, options).map_err(io::Error::other)?;
        out.write_all(bytes)
    };
    // The list of types comes first, so that the file is known by its beginning.
    add("[Content_Types].xml", parts::content_types().as_bytes())?;
    add("_rels/.rels", parts::RELS.as_bytes())?;
    add("docProps/core.xml", parts::core(paper).as_bytes())?;
    add("docProps/app.xml", parts::APP.as_bytes())?;
    add("word/document.xml", body.xml.as_bytes())?;
    add("word/_rels/document.xml.rels", parts::document_rels(body.pictures.len()).as_bytes())?;
    add("word/styles.xml", parts::styles().as_bytes())?;
    add("word/settings.xml", parts::SETTINGS.as_bytes())?;
    add("word/numbering.xml", parts::numbering(body.numbered).as_bytes())?;
    add("word/footer1.xml", parts::footer(paper).as_bytes())?;
    for (number, picture) in (1..).zip(&body.pictures) {
        add(&format!("word/media/image{number}.png"), &picture.png)?;
    }
    Ok(out.finish().map_err(io::Error::other)?.into_inner())
}

/// The document's body, and what belongs to it.
struct Body {
    xml: String,
    pictures: Vec<Drawn>,
    /// How many numbered lists there are: each begins at 1.
    numbered: usize,
}

/// A day as a zip file has it; such files know no days before 1980.
fn stamp(date: Date) -> DateTime {
    let year = u16::try_from(date.year()).unwrap_or(1980);
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default()
}
