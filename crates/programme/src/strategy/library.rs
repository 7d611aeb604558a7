//! The library that comes with Aspire: the strands of the Education Endowment
//! Foundation's Teaching and Learning Toolkit as they stood in one month, each
//! with a short sheet of our own (`data/strategies`).

use crate::error::{Error, Result};
use kernel::Date;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::OnceLock};

const FILE: &str = "eef-toolkit-2026-04.csv";
const TOOLKIT: &str = include_str!("../../../../data/strategies/eef-toolkit-2026-04.csv");
const SHEETS: &str = include_str!("../../../../data/strategies/sheets.json");

/// The library.
#[derive(Debug, Clone)]
pub struct Library {
    /// The month of which it is, as its file's name says: ‘2026-04’.
    pub version: &'static str,
    /// Its strategies, by name.
    pub all: Vec<Strategy>,
}

/// A strategy of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strategy {
    /// Its name in addresses and in plans.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Months of additional progress in a year, on average; none where the
    /// Toolkit says that it is not known.
    pub months: Option<i64>,
    /// What it costs, in the Toolkit's words.
    pub cost: String,
    /// How much is known.
    pub evidence: Evidence,
    /// The Toolkit's sentence.
    pub headline: String,
    /// The Toolkit's page.
    pub address: String,
    /// Our own sheet.
    pub sheet: Sheet,
}

/// How much is known of a strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// From 0 (insufficient) to 5.
    pub rating: u8,
    /// The Toolkit's word.
    pub word: String,
}

/// A short sheet in our own words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// What it takes.
    pub takes: String,
    /// What to watch.
    pub watch: String,
    /// What it can replace.
    pub replaces: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheets {
    /// For whoever reads the file.
    #[serde(rename = "about")]
    _about: String,
    sheets: BTreeMap<String, Sheet>,
}

impl Library {
    /// The strategy with this name.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Strategy> {
        self.all.iter().find(|one| one.id == id)
    }

    /// The first day of the month of which it is.
    #[must_use]
    pub fn month(&self) -> Option<Date> {
        format!("{}-01", self.version).parse().ok()
    }
}

/// The library. What cannot be read is left out; a test reads all of it.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let all = read(TOOLKIT, SHEETS).unwrap_or_else(|error| {
            tracing::error!("{error}");
            Vec::new()
        });
        Library { version: version(FILE), all }
    })
}

fn version(file: &'static str) -> &'static str {
    file.strip_prefix("eef-toolkit-").and_then(|rest| rest.strip_suffix(".csv")).unwrap_or(file)
}

fn bad(why: String) -> Error {
    Error::BadFile { file: FILE.to_owned(), why }
}

/// Reads the Toolkit's table and the sheets, which have to fit together.
fn read(toolkit: &str, sheets: &str) -> Result<Vec<Strategy>> {
    let sheets: Sheets = serde_json::from_str(sheets)
        .map_err(|error| Error::BadFile { file: "sheets.json".to_owned(), why: error.to_string() })?;
    let mut lines = toolkit.lines();
    let head = "id,name,impact_months,cost_rating,cost_label,evidence_rating,evidence_label,headline,url";
    if lines.next().map(str::trim) != Some(head) {
        return Err(bad(format!("its first line is not ‘{head}’")));
    }
    let mut all = Vec::new();
    for (line, number) in lines.zip(2..).filter(|(line, _)| !line.trim().is_empty()) {
        all.push(row(line, &sheets).map_err(|why| bad(format!("line {number}: {why}")))?);
    }
    if let Some(id) = sheets.sheets.keys().find(|id| all.iter().all(|one| one.id != **id)) {
        return Err(bad(format!("there is a sheet for ‘{id}’, which is not in it")));
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

fn row(line: &str, sheets: &Sheets) -> Result<Strategy, String> {
    // No cell of this file holds a comma; nine parts say so.
    let cells: Vec<&str> = line.trim().split(',').collect();
    let [id, name, months, _, cost, rating, evidence, headline, address] = cells[..] else {
        return Err(format!("{} cells; nine were expected", cells.len()));
    };
    let months = match months {
        "" => None,
        text => Some(text.parse().map_err(|_| format!("‘{text}’ is no number of months"))?),
    };
    let rating = rating.parse().ok().filter(|rating| *rating <= 5);
    let sheet = sheets.sheets.get(id).ok_or_else(|| format!("there is no sheet for ‘{id}’"))?;
    if !address.starts_with("https://") {
        return Err(format!("‘{address}’ is no address"));
    }
    Ok(Strategy {
        id: id.to_owned(),
        name: name.to_owned(),
        months,
        cost: cost.to_lowercase(),
        evidence: Evidence {
            rating: rating.ok_or_else(|| "evidence is rated from 0 to 5".to_owned())?,
            word: evidence.to_lowercase(),
        },
        headline: headline.to_owned(),
        address: address.to_owned(),
        sheet: sheet.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_strategy_has_its_sheet_and_every_sheet_its_strategy() {
        let all = read(TOOLKIT, SHEETS).unwrap();
        assert_eq!(all.len(), TOOLKIT.lines().count() - 1);
        assert!(all.len() >= 30, "{}", all.len());
        for one in &all {
            for text in [&one.sheet.takes, &one.sheet.watch, &one.sheet.replaces] {
                assert!(text.ends_with('.') && text.len() > 10, "{}: {text}", one.id);
            }
        }
        let feedback = library().find("eef-tl-feedback").unwrap();
        assert_eq!((feedback.months, feedback.cost.as_str(), feedback.evidence.rating), (Some(6), "very low", 4));
        assert_eq!(library().find("eef-tl-learning-styles").unwrap().months, None, "unclear is not nought");
        assert_eq!(library().version, "2026-04");
        assert!(library().month().is_some());
    }

    #[test]
    fn a_file_that_does_not_fit_is_refused_with_its_line() {
        for (from, to, said) in [
            ("eef-tl-feedback,Feedback,6", "eef-tl-feedback,Feedback,six", "line 7: ‘six’ is no number"),
            ("eef-tl-feedback,", "eef-tl-feedbakc,", "line 7: there is no sheet"),
            ("eef-tl-feedback,Feedback,", "eef-tl-feedback,Feed,back,", "ten were"),
            ("id,name,", "name,id,", "first line"),
        ] {
            let error = read(&TOOLKIT.replacen(from, to, 1), SHEETS).unwrap_err().to_string();
            let said = said.replace("ten were", "10 cells");
            assert!(error.contains(&said), "{error}");
        }
        let without: String = TOOLKIT
            .lines()
            .filter(|line| !line.contains("tl-phonics"))
            .fold(String::new(), |all, line| all + line + "\n");
        assert!(read(&without, SHEETS).unwrap_err().to_string().contains("sheet for ‘eef-tl-phonics’"));
    }
}
