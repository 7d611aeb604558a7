//! A file becomes part of the public record: all of it, or nothing.
//!
//! One thread reads rows into records while the transaction of another takes
//! them over, a thousand rows at a time, so that a file of any length needs
//! little memory. Everything is one transaction: a killed process leaves the
//! old state.

use super::{
    access,
    facts::Weight,
    merging::Merging,
    model::{Counts, ImportOrder, ImportReport, LeftOut, Source, date_in_name},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
};
use ::store::Desk;
use kernel::{
    Date,
    table::{BadCell, Row},
};
use papers::table::Table;
use register::readers::{self, About, Record, Taken};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::{collections::HashMap, io::Read as _, path::Path};

/// All that Aspire can read is published under it.
const LICENCE: &str = "Open Government Licence v3.0";

/// Rows in one chunk.
const CHUNK: usize = 1_000;

/// Bad rows that are listed of a file that is refused anyway.
const LISTED: usize = 100;

/// What is known of a file before its rows.
struct Head {
    layout: &'static dyn readers::Layout,
    unknown: Vec<String>,
}

/// Some rows, read.
#[derive(Default)]
struct Chunk {
    records: Vec<Record>,
    rows: u64,
    left_out: Vec<&'static str>,
    bad: Vec<BadCell>,
    bytes_done: u64,
}

enum Message {
    Head(Head),
    Chunk(Chunk),
    Failed(String),
}

/// Imports a file. `progress` is told the bytes read so far and in all.
///
/// # Errors
/// [`Error::BadFile`] for a file that cannot be used as a whole. Bad rows are
/// no error of this function: the report lists them, and unless they were to
/// be skipped nothing was changed ([`ImportReport::refused`]).
pub async fn import(
    world: &World,
    who: &Who,
    order: &ImportOrder,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<ImportReport> {
    let leave = access::import(who)?;
    let bad_file = |why: String| Error::BadFile { file: order.file_name.clone(), why };
    let (as_of, as_of_from) = dated(order, world.clock.today());
    let path = order.path.clone();
    let digesting = tokio::task::spawn_blocking(move || digest(&path));
    let (send, mut messages) = tokio::sync::mpsc::channel(4);
    let to_read = order.clone();
    let reader = tokio::task::spawn_blocking(move || {
        let about = About { as_of, year: to_read.year };
        if let Err(why) = read(&to_read, &about, &send) {
            let _ = send.blocking_send(Message::Failed(why));
        }
    });
    let (sha256, total) = digesting
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?
        .map_err(|error| bad_file(format!("it cannot be read: {error}")))?;
    let head = match messages.recv().await {
        Some(Message::Head(head)) => head,
        Some(Message::Failed(why)) => return Err(bad_file(why)),
        _ => return Err(bad_file("it has no rows".to_owned())),
    };
    let mut report = ImportReport {
        file: order.file_name.clone(),
        layout: head.layout.id().to_owned(),
        title: head.layout.title().to_owned(),
        as_of,
        as_of_from: as_of_from.to_owned(),
        rows_read: 0,
        left_out: Vec::new(),
        bad_rows: Vec::new(),
        bad_rows_total: 0,
        unknown_columns: head.unknown,
        schools: Counts::default(),
        inspections: Counts::default(),
        repeated: 0,
        links: Counts::default(),
        results: Counts::default(),
        already_imported: false,
        dry_run: order.dry_run,
        skipped: order.skip_bad_rows,
    };

    let mut tx = world.db.begin().await?;
    store::lock_register(&mut tx, &leave).await?;
    let sources = store::sources(&mut tx).await?;
    let same = sources
        .iter()
        .find(|source| source.sha256 == sha256 && source.layout == report.layout && source.as_of == as_of);
    report.already_imported = same.is_some();
    let source = Source {
        id: same.map_or_else(|| sources.iter().map(|s| s.id).max().unwrap_or(0) + 1, |same| same.id),
        layout: report.layout.clone(),
        title: report.title.clone(),
        publisher: head.layout.publisher().to_owned(),
        licence: LICENCE.to_owned(),
        file_name: order.file_name.clone(),
        sha256,
        as_of,
        caveat: order.caveat.clone(),
        rows_read: 0,
    };
    if same.is_none() {
        store::insert_source(&mut tx, &leave, &source, world.now()).await?;
    }
    let mut weights: HashMap<i64, Weight> = sources.iter().map(|s| (s.id, (s.as_of, s.id))).collect();
    weights.insert(source.id, (source.as_of, source.id));
    let mut merging = Merging::new(&mut tx, source.id, weights).await?;
    // From here on the database writes while the next rows are merged.
    let mut desk = Desk::new(tx);

    let mut left_out: Vec<LeftOut> = Vec::new();
    let mut failed = None;
    while let Some(message) = messages.recv().await {
        let chunk = match message {
            Message::Chunk(chunk) => chunk,
            Message::Failed(why) => {
                failed = Some(why);
                break;
            }
            Message::Head(_) => continue,
        };
        progress(chunk.bytes_done.min(total), total);
        report.rows_read += chunk.rows;
        for reason in chunk.left_out {
            match left_out.iter_mut().find(|known| known.reason == reason) {
                Some(known) => known.rows += 1,
                None => left_out.push(LeftOut { reason: reason.to_owned(), rows: 1 }),
            }
        }
        report.bad_rows_total += chunk.bad.len() as u64;
        if order.skip_bad_rows || report.bad_rows.len() < LISTED {
            report.bad_rows.extend(chunk.bad);
        }
        // After a bad row the rest is read only to tell what else is bad.
        if report.bad_rows_total == 0 || order.skip_bad_rows {
            merging.take(&mut desk, &leave, chunk.records).await?;
        }
    }
    drop(messages);
    reader.await.map_err(|error| Error::Unexpected(error.to_string()))?;
    if let Some(why) = failed {
        return Err(bad_file(why));
    }
    let mut tx = desk.finish().await?;
    report.left_out = left_out;
    merging.report(&mut report);
    if report.refused() || order.dry_run {
        return Ok(report);
    }
    if merging.touched() || same.is_none() {
        store::finish_source(&mut tx, &leave, source.id, report.rows_read).await?;
        store::register_changed(&mut tx, &leave, world.now()).await?;
        let entry = Entry {
            what: "import",
            noun: "source",
            id: source.id.to_string(),
            organisation: None,
            before: None,
            after: Some(json!({"file": report.file, "layout": report.layout, "as_of": report.as_of,
                "rows": report.rows_read})),
            why: None,
        };
        audit::record(world, &mut tx, &leave.0.by, entry).await?;
        world.db.commit_many(tx).await?;
        world.shelf.stale();
    }
    Ok(report)
}

impl ImportReport {
    /// True where bad rows kept the file out: nothing was changed.
    #[must_use]
    pub fn refused(&self) -> bool {
        // Skipped rows are all listed; of a refused file at least one is.
        self.bad_rows_total > 0 && !self.skipped
    }
}

fn dated(order: &ImportOrder, today: Date) -> (Date, &'static str) {
    match (order.as_of, date_in_name(&order.file_name)) {
        (Some(told), _) => (told, "as you said"),
        (None, Some(named)) => (named, "from the file’s name"),
        (None, None) => (today, "today, because neither you nor the file’s name says"),
    }
}

/// SHA-256 in hexadecimal, and the length in bytes.
fn digest(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut total = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        total += read as u64;
        hash.update(&buffer[..read]);
    }
    Ok((hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), total))
}

/// Reads the file to its end; what is wrong with it as a whole is the error.
fn read(
    order: &ImportOrder,
    about: &About,
    send: &tokio::sync::mpsc::Sender<Message>,
) -> std::result::Result<(), String> {
    let mut table = Table::open(&order.path).map_err(|error| error.to_string())?;
    let mut row = Row::default();
    let (mut first, mut detected) = look(&mut table, order)?;
    // A workbook may open on a cover sheet: the sheet whose header is known is meant.
    for sheet in table.sheets().to_vec().iter().skip(1) {
        if detected.is_ok() {
            break;
        }
        table.choose_sheet(sheet).map_err(|error| error.to_string())?;
        let (rows, found) = look(&mut table, order)?;
        if found.is_ok() {
            (first, detected) = (rows, found);
        }
    }
    let detected = detected.map_err(|error| error.to_string())?;
    let mut reader = detected.layout.open(&detected.columns, about);
    let head = Head { layout: detected.layout, unknown: detected.unknown };
    if send.blocking_send(Message::Head(head)).is_err() {
        return Ok(());
    }
    let mut chunk = Chunk::default();
    let mut take = |row: &Row, chunk: &mut Chunk| {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        chunk.rows += 1;
        match reader.read(row, &mut chunk.records) {
            Ok(Taken::Read) => {}
            Ok(Taken::LeftOut(reason)) => chunk.left_out.push(reason),
            Err(bad) => chunk.bad.push(bad),
        }
    };
    for row in &first[detected.header_at + 1..] {
        take(row, &mut chunk);
    }
    while table.next_row(&mut row).map_err(|error| error.to_string())? {
        take(&row, &mut chunk);
        if chunk.rows as usize >= CHUNK {
            chunk.bytes_done = table.bytes_read();
            if send.blocking_send(Message::Chunk(std::mem::take(&mut chunk))).is_err() {
                return Ok(());
            }
        }
    }
    chunk.bytes_done = table.bytes_read();
    let _ = send.blocking_send(Message::Chunk(chunk));
    Ok(())
}

/// The first rows of a sheet, and which layout they have.
fn look(table: &mut Table, order: &ImportOrder) -> std::result::Result<(Vec<Row>, Looked), String> {
    let (mut first, mut row) = (Vec::new(), Row::default());
    while first.len() < readers::ROWS_TO_LOOK_AT && table.next_row(&mut row).map_err(|error| error.to_string())? {
        first.push(row.clone());
    }
    let detected = match &order.layout {
        Some(id) => readers::detect_as(&first, id),
        None => readers::detect(&first),
    };
    Ok((first, detected))
}

type Looked = std::result::Result<readers::Detected, readers::DetectError>;
