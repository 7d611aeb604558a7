//! Any rows below a valid header: records or a bad cell; never a panic, and a
//! bad row says nothing. The first byte chooses the layout.
#![no_main]

use kernel::table::Row;
use libfuzzer_sys::fuzz_target;
use register::readers::{About, LAYOUTS, detect_as};

fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else {
        return;
    };
    let layout = LAYOUTS[usize::from(*which) % LAYOUTS.len()];
    let mut file = Vec::new();
    for (index, column) in layout.columns().iter().enumerate() {
        if index > 0 {
            file.push(b',');
        }
        file.push(b'"');
        file.extend(column.names[0].as_bytes());
        file.push(b'"');
    }
    file.push(b'\n');
    file.extend(rest);
    let Ok(mut table) = papers::Table::from_bytes("fuzz", file) else {
        return;
    };
    let mut row = Row::default();
    if !matches!(table.next_row(&mut row), Ok(true)) {
        return;
    }
    // Bytes full of semicolons make the header one cell.
    let Ok(found) = detect_as(std::slice::from_ref(&row), layout.id()) else {
        return;
    };
    let about = About { as_of: kernel::Date::constant(2026, 1, 1), year: None };
    let mut reader = found.layout.open(&found.columns, &about);
    let mut out = Vec::new();
    while let Ok(true) = table.next_row(&mut row) {
        let before = out.len();
        if reader.read(&row, &mut out).is_err() {
            assert_eq!(out.len(), before, "a bad row said something");
        }
    }
});
