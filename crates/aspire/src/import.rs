//! `aspire import`.

use crate::{
    cli::ImportArgs,
    say::{self, Why},
    world,
};
use kernel::{AcademicYear, words::figures};
use programme::{
    Who, World,
    record::{self, Counts, ImportOrder, ImportReport},
};
use std::{fmt::Write as _, path::PathBuf};

/// The largest file that is fetched from an address, bytes.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// Imports each file; stops at the first that is refused.
pub(crate) async fn run(database: &str, args: ImportArgs) -> Result<(), Why> {
    let world = world::open(database).await?;
    let mut reports = Vec::new();
    let mut refused = None;
    for file in &args.files {
        match one(&world, &args, file).await {
            Ok(report) => {
                say::line(&words(&report));
                let stop = report.refused();
                reports.push(report);
                if stop {
                    refused = Some(format!(
                        "{file}: refused, nothing was changed; mend the rows above, or take the others with --skip-bad-rows"
                    ));
                    break;
                }
            }
            Err(why) => {
                refused = Some(format!("{why}; nothing was changed by this file"));
                break;
            }
        }
    }
    if let Some(path) = &args.report {
        std::fs::write(path, serde_json::to_vec_pretty(&reports)?)?;
    }
    world.db.close().await;
    refused.map_or(Ok(()), |why| Err(why.into()))
}

async fn one(world: &World, args: &ImportArgs, file: &str) -> Result<ImportReport, Why> {
    let fetched = if outside::is_address(file) {
        Some(fetch(world, file).await?)
    } else {
        None
    };
    let path = fetched
        .as_ref()
        .map_or_else(|| PathBuf::from(file), |kept| kept.to_path_buf());
    let file_name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned();
    let order = ImportOrder {
        file_name: file_name.clone(),
        path,
        layout: args.layout.clone(),
        as_of: args.as_of,
        year: args.year_ending.map(AcademicYear::ending),
        caveat: None,
        dry_run: args.dry_run,
        skip_bad_rows: args.skip_bad_rows,
    };
    let progress = |done, total| say::progress(&file_name, done, total);
    let report = record::import(world, &Who::Console, &order, &progress).await;
    say::progress_over();
    Ok(report?)
}

async fn fetch(world: &World, address: &str) -> Result<tempfile::TempPath, Why> {
    let (fetch, address) = (world.fetch.clone(), address.to_owned());
    tokio::task::spawn_blocking(move || {
        let mut kept = tempfile::NamedTempFile::new()?;
        fetch.fetch(&address, kept.as_file_mut(), LARGEST)?;
        Ok(kept.into_temp_path())
    })
    .await?
}

/// A report for the terminal.
fn words(report: &ImportReport) -> String {
    let mut out = String::new();
    let verb = match (report.refused(), report.dry_run) {
        (true, _) => "refused",
        (false, true) => "would be taken",
        (false, false) if report.already_imported => "was imported before",
        (false, false) => "imported",
    };
    let _ = writeln!(
        out,
        "{}: {verb} ({}, as of {}, {})",
        report.file, report.title, report.as_of, report.as_of_from
    );
    let _ = writeln!(out, "  {} rows read", figures(report.rows_read));
    for (what, counts) in [
        ("schools", report.schools),
        ("inspections", report.inspections),
        ("links", report.links),
        ("results", report.results),
    ] {
        if counts != Counts::default() {
            let _ = writeln!(
                out,
                "  {what}: {} new, {} changed, {} unchanged",
                figures(counts.new),
                figures(counts.changed),
                figures(counts.unchanged)
            );
        }
    }
    if report.repeated > 0 {
        let _ = writeln!(
            out,
            "  {} rows repeat an inspection of this file",
            figures(report.repeated)
        );
    }
    for left in &report.left_out {
        let _ = writeln!(
            out,
            "  {} rows left out: {}",
            figures(left.rows),
            left.reason
        );
    }
    if !report.unknown_columns.is_empty() {
        let _ = writeln!(
            out,
            "  columns not known, and not read: {}",
            report.unknown_columns.join(", ")
        );
    }
    for bad in &report.bad_rows {
        let _ = writeln!(out, "  {}: {bad}", report.file);
    }
    let listed = report.bad_rows.len() as u64;
    if report.bad_rows_total > listed {
        let _ = writeln!(
            out,
            "  and {} more",
            figures(report.bad_rows_total - listed)
        );
    }
    out.trim_end().to_owned()
}
