//! Bytes as parts of a workbook: rows, or an error; never a panic that gets out.
//!
//! A checksum stands over every part of an archive, so that changed bytes would
//! hardly ever reach the workbook's reader. The bytes are therefore put into an
//! archive here: the first says which parts they are, zero bytes part them.
#![no_main]

use kernel::table::Row;
use libfuzzer_sys::fuzz_target;
use std::sync::Once;

static QUIET: Once = Once::new();

/// The parts of the smallest workbook, in the order in which bytes replace them.
const PARTS: [(&str, &str); 6] = [
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43711</v></c></row></sheetData></worksheet>"#,
    ),
    ("xl/sharedStrings.xml", r#"<sst count="1" uniqueCount="1"><si><t>URN</t></si></sst>"#),
    ("xl/styles.xml", r#"<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
    ("[Content_Types].xml", "<Types/>"),
];

fuzz_target!(|bytes: &[u8]| {
    // The fuzzer ends the program at any panic, also at those which the reader
    // catches; only such as get out of the reader count here.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let archive = match bytes.split_first() {
        Some((which, rest)) if *which < 64 => archive(*which, rest),
        _ => bytes.to_vec(),
    };
    let Ok(mut table) = papers::Table::from_bytes("fuzz", archive) else {
        return;
    };
    for sheet in table.sheets().to_vec() {
        if table.choose_sheet(&sheet).is_err() {
            continue;
        }
        let (mut row, mut line) = (Row::default(), 0);
        while let Ok(true) = table.next_row(&mut row) {
            assert!(row.line() > line, "rows must rise");
            line = row.line();
        }
    }
});

fn archive(which: u8, bytes: &[u8]) -> Vec<u8> {
    let mut replaced = bytes.split(|byte| *byte == 0);
    let mut parts: Vec<(&str, Vec<u8>)> = Vec::new();
    for (bit, (name, plain)) in PARTS.iter().enumerate() {
        let content = match which >> bit & 1 {
            1 => replaced.next().unwrap_or_default().to_vec(),
            _ => plain.as_bytes().to_vec(),
        };
        parts.push((name, content));
    }
    stored(&parts)
}

/// An archive of parts that are stored as they are.
fn stored(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let at = out.len() as u32;
        let size = (content.len() as u32).to_le_bytes();
        let mut entry = Vec::new();
        // Version 2.0, no flags, stored, no time.
        entry.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        entry.extend(checksum(content).to_le_bytes());
        entry.extend(size);
        entry.extend(size);
        entry.extend((name.len() as u16).to_le_bytes());
        entry.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&entry);
        out.extend(name.as_bytes());
        out.extend(content);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, count) = (out.len() as u32, parts.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// CRC-32, as archives have it.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}
