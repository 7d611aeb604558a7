//! Any bytes as a table: rows with rising lines, or an error; never a panic.
#![no_main]

use kernel::table::Row;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Workbooks have a target of their own, where panics of the library that
    // reads them are caught.
    if bytes.starts_with(b"PK") {
        return;
    }
    let Ok(mut table) = papers::Table::from_bytes("fuzz", bytes.to_vec()) else {
        return;
    };
    let (mut row, mut line) = (Row::default(), 0);
    while let Ok(true) = table.next_row(&mut row) {
        assert!(row.line() > line, "lines must rise");
        assert!(!row.is_empty());
        line = row.line();
        assert!(table.bytes_read() <= table.total_bytes());
    }
    let ends = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    assert!(line <= ends as u64 + 1, "more lines than line ends");
});
