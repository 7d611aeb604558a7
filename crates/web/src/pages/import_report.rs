//! What an import did, for its page.

use kernel::words::{figures, long_date};
use programme::record::{Counts, ImportReport};
use ui::{Size, SummaryList, Table, cells};

/// What the page shows of a report.
pub(super) struct ReportView {
    pub(super) summary: SummaryList,
    pub(super) counts: Option<Table>,
    pub(super) unknown: Vec<String>,
    pub(super) bad_rows: Option<Table>,
    pub(super) more_bad_rows: Option<String>,
}

/// The kinds of things a file can tell, with one and several of them.
fn kinds(report: &ImportReport) -> [(&'static str, &'static str, Counts); 4] {
    [
        ("school", "schools", report.schools),
        ("inspection", "inspections", report.inspections),
        (
            "link between schools",
            "links between schools",
            report.links,
        ),
        ("result", "results", report.results),
    ]
}

/// What it did, as a heading: ‘51,012 schools: 3 new, 12 changed’.
pub(super) fn heading(report: &ImportReport) -> String {
    let found: Vec<String> = kinds(report)
        .into_iter()
        .filter(|(_, _, counts)| counts.total() > 0)
        .map(|(one, many, counts)| {
            let noun = if counts.total() == 1 { one } else { many };
            format!("{} {noun}: {}", figures(counts.total()), changes(counts))
        })
        .collect();
    match (found.is_empty(), report.dry_run) {
        (true, _) => "Nothing in this file is about a school".to_owned(),
        (false, true) => format!("This would bring {}", found.join("; ")),
        (false, false) => found.join("; "),
    }
}

fn changes(counts: Counts) -> String {
    match counts {
        Counts {
            new: 0, changed: 0, ..
        } => "nothing new".to_owned(),
        Counts {
            changed: 0,
            unchanged: 0,
            ..
        } => "all new".to_owned(),
        Counts {
            new, changed: 0, ..
        } => format!("{} new", figures(new)),
        Counts {
            new: 0, changed, ..
        } => format!("{} changed", figures(changed)),
        Counts { new, changed, .. } => {
            format!("{} new, {} changed", figures(new), figures(changed))
        }
    }
}

/// What one should know beside it.
pub(super) fn notes(report: &ImportReport) -> Vec<String> {
    let mut notes = Vec::new();
    if report.dry_run {
        notes.push("This was a trial. Nothing was changed.".to_owned());
    }
    if report.already_imported {
        notes.push("This very file was imported before.".to_owned());
    }
    if report.bad_rows_total > 0 {
        let rows = match report.bad_rows_total {
            1 => "One row".to_owned(),
            many => format!("{} rows", figures(many)),
        };
        let verb = match (report.dry_run, report.bad_rows_total) {
            (true, _) => "would be",
            (false, 1) => "was",
            (false, _) => "were",
        };
        notes.push(format!(
            "{rows} could not be used and {verb} left out. The list below is complete."
        ));
    }
    notes
}

/// What the page shows of a report.
pub(super) fn view(report: &ImportReport) -> ReportView {
    ReportView {
        summary: summary(report),
        // Of a refused file nothing was counted.
        counts: (!report.refused()).then(|| counts(report)),
        unknown: report.unknown_columns.clone(),
        bad_rows: (!report.bad_rows.is_empty()).then(|| bad_rows(report)),
        more_bad_rows: (report.bad_rows_total > report.bad_rows.len() as u64).then(|| {
            format!(
                "These are the first {} of {} rows that cannot be used.",
                figures(report.bad_rows.len() as u64),
                figures(report.bad_rows_total)
            )
        }),
    }
}

fn summary(report: &ImportReport) -> SummaryList {
    let mut summary = SummaryList::new()
        .row("Layout", format!("{} ({})", report.title, report.layout))
        .row(
            "Its facts stood on",
            format!("{} ({})", long_date(report.as_of), report.as_of_from),
        )
        .row("Rows read", figures(report.rows_read));
    for left_out in &report.left_out {
        summary = summary.row(
            "Rows left out",
            format!("{}: {}", figures(left_out.rows), left_out.reason),
        );
    }
    if report.repeated > 0 {
        let rows = format!(
            "{}: the file states the same inspection again",
            figures(report.repeated)
        );
        summary = summary.row("Rows repeated", rows);
    }
    summary
}

fn counts(report: &ImportReport) -> Table {
    let caption = if report.dry_run {
        "What it would do"
    } else {
        "What it did"
    };
    let mut table = Table::new(caption)
        .caption_size(Size::M)
        .head(["What", "New", "Changed", "Unchanged"])
        .numeric(&[1, 2, 3])
        .row_heads()
        .wide();
    for (
        _,
        name,
        Counts {
            new,
            changed,
            unchanged,
        },
    ) in kinds(report)
    {
        table = table.row(cells![
            super::imports::capital(name),
            figures(new),
            figures(changed),
            figures(unchanged)
        ]);
    }
    table
}

fn bad_rows(report: &ImportReport) -> Table {
    let mut table = Table::new("Rows that cannot be used")
        .caption_size(Size::M)
        .head(["Row", "Column", "What stands there", "What was expected"])
        .numeric(&[0])
        .wide();
    for bad in &report.bad_rows {
        let value = if bad.value.is_empty() {
            "nothing".to_owned()
        } else {
            format!("‘{}’", bad.value)
        };
        table = table.row(cells![figures(bad.row), &bad.column, value, &bad.expected]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::table::BadCell;
    use programme::record::LeftOut;

    fn report() -> ImportReport {
        ImportReport {
            file: "gias.csv".to_owned(),
            layout: "gias-all".to_owned(),
            title: "GIAS, all establishment data".to_owned(),
            as_of: kernel::Date::constant(2026, 9, 3),
            as_of_from: "from the file’s name".to_owned(),
            rows_read: 51_013,
            left_out: vec![LeftOut {
                reason: "a total for England".to_owned(),
                rows: 1,
            }],
            bad_rows: Vec::new(),
            bad_rows_total: 0,
            unknown_columns: vec!["<Colour>".to_owned()],
            schools: Counts {
                new: 3,
                changed: 12,
                unchanged: 50_997,
            },
            inspections: Counts::default(),
            repeated: 0,
            links: Counts::default(),
            results: Counts::default(),
            already_imported: false,
            dry_run: false,
            skipped: false,
        }
    }

    #[test]
    fn the_heading_says_what_was_found() {
        assert_eq!(heading(&report()), "51,012 schools: 3 new, 12 changed");
        let trial = ImportReport {
            dry_run: true,
            ..report()
        };
        assert_eq!(
            heading(&trial),
            "This would bring 51,012 schools: 3 new, 12 changed"
        );
        let one = Counts {
            new: 1,
            changed: 0,
            unchanged: 0,
        };
        let both = ImportReport {
            inspections: one,
            ..report()
        };
        assert!(heading(&both).ends_with("; 1 inspection: all new"));
        let none = ImportReport {
            schools: Counts::default(),
            ..report()
        };
        assert_eq!(heading(&none), "Nothing in this file is about a school");
    }

    #[test]
    fn a_bad_row_is_listed_with_its_place() {
        let bad = BadCell::new(
            1_004,
            "OpenDate",
            "<31/13/2026>",
            "a date such as 31/08/2026",
        );
        let refused = ImportReport {
            bad_rows: vec![bad],
            bad_rows_total: 140,
            ..report()
        };
        let view = view(&refused);
        assert!(view.counts.is_none());
        let table = view.bad_rows.unwrap().to_string();
        assert!(
            table.contains("1,004") && table.contains("OpenDate"),
            "{table}"
        );
        assert!(
            table.contains("‘&#60;31/13/2026&#62;’") && table.contains("a date such as"),
            "{table}"
        );
        assert_eq!(
            view.more_bad_rows.unwrap(),
            "These are the first 1 of 140 rows that cannot be used."
        );
    }

    #[test]
    fn skipped_rows_are_said_to_be_complete() {
        let skipped = ImportReport {
            bad_rows_total: 2,
            skipped: true,
            ..report()
        };
        assert_eq!(
            notes(&skipped),
            ["2 rows could not be used and were left out. The list below is complete."]
        );
        assert!(view(&skipped).counts.is_some());
    }
}
