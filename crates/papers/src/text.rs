//! Bytes of a text file as UTF-8, as far as that can be told from its start.
//!
//! A byte-order mark decides between UTF-8 and UTF-16. Without one the bytes go
//! through untouched, and each row is taken as UTF-8 or, failing that, as
//! Windows-1252: the register of schools is published in the latter, and files
//! that were edited by hand mix both.

use crate::table::{Input, TableError};
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{ErrorKind, Read};

/// How many bytes are asked of the file at a time.
const CHUNK: usize = 256 << 10;

/// The file's text, chunk by chunk.
pub(crate) struct Text {
    input: Box<dyn Input>,
    /// For UTF-16: how to turn it into UTF-8, and what was read of it.
    utf16: Option<(Decoder, Vec<u8>)>,
    read: u64,
}

impl Text {
    /// The text of `input`, which starts with the bytes `start`.
    pub(crate) fn new(mut input: Box<dyn Input>, start: &[u8]) -> Result<Self, TableError> {
        let (utf16, mark) = match start {
            [0xEF, 0xBB, 0xBF, ..] => (None, 3),
            [0xFF, 0xFE, ..] => (Some(UTF_16LE), 2),
            [0xFE, 0xFF, ..] => (Some(UTF_16BE), 2),
            _ => (None, 0),
        };
        input.seek(std::io::SeekFrom::Start(mark))?;
        Ok(Self {
            input,
            utf16: utf16.map(|encoding| (encoding.new_decoder_without_bom_handling(), vec![0; CHUNK])),
            read: mark,
        })
    }

    /// Replaces `into` by the next chunk; empty at the end of the file.
    pub(crate) fn next_chunk(&mut self, into: &mut Vec<u8>) -> Result<(), TableError> {
        let Some((decoder, raw)) = &mut self.utf16 else {
            into.resize(CHUNK, 0);
            let got = fill(&mut self.input, into)?;
            into.truncate(got);
            self.read += got as u64;
            return Ok(());
        };
        let got = fill(&mut self.input, raw)?;
        self.read += got as u64;
        let room = decoder.max_utf8_buffer_length(got).unwrap_or(CHUNK * 4);
        into.resize(room, 0);
        let last = got < raw.len();
        let (_, _, written, _) = decoder.decode_to_utf8(raw.get(..got).unwrap_or(&[]), into, last);
        into.truncate(written);
        if last {
            // A decoder must not be used after its last chunk.
            self.utf16 = None;
        }
        Ok(())
    }

    /// Bytes of the file that were read.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.read
    }
}

/// Reads until `into` is full or the input ends; how many bytes came.
fn fill(input: &mut Box<dyn Input>, into: &mut [u8]) -> Result<usize, TableError> {
    let mut at = 0;
    while let Some(rest) = into.get_mut(at..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(got) => at += got,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(at)
}

/// `bytes` as Windows-1252, which gives every byte a character.
pub(crate) fn windows_1252(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}
