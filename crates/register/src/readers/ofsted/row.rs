//! From a row to records, by a layout's table.

use super::cells::{At, Cells, Grade};
use super::context::facts;
use super::table::{Block, Kind};
use crate::frameworks::FrameworkId;
use crate::inspection::{InspectionKind, InspectionSheet, Judgement, LONGEST_VISIT_DAYS, Standing};
use crate::lineage::{Link, LinkKind};
use crate::readers::{Columns, Record, RowReader, Taken};
use crate::school::SchoolField;
use kernel::table::{BadCell, Row};
use kernel::{Date, Urn};

/// A block with its columns' places.
pub(super) struct Placed {
    block: &'static Block,
    framework: Option<FrameworkId>,
    date: At,
    end: At,
    published: At,
    number: At,
    words: [At; 3],
    relates: At,
    urn_at: At,
    overall: At,
    category: At,
    safeguarding: At,
    outcome: At,
    converted: At,
    withdrawn: At,
    areas: Vec<PlacedArea>,
}

struct PlacedArea {
    at: At,
    dated: At,
    /// The area's key in each framework.
    keys: Vec<String>,
}

pub(super) fn placed(block: &'static Block, at: impl Fn(&str) -> At) -> Placed {
    let area = |(index, name): (usize, &&'static str)| PlacedArea {
        at: at(name),
        dated: block.area_dates.get(index).and_then(|name| at(name)),
        keys: FrameworkId::all()
            .map(|framework| {
                let area = framework.get().area_by_column(name);
                // A grade of an area that the framework of the day did not have
                // is kept under the column's own name rather than lost.
                area.map_or_else(
                    || name.to_lowercase().replace(' ', "_"),
                    |area| area.key.clone(),
                )
            })
            .collect(),
    };
    Placed {
        block,
        framework: block.framework.and_then(FrameworkId::from_key),
        date: at(block.date),
        end: at(block.end),
        published: at(block.published),
        number: at(block.number),
        words: [at(block.event), at(block.grouping), at(block.type_words)],
        relates: at(block.relates),
        urn_at: at(block.urn_at),
        overall: at(block.overall),
        category: at(block.category),
        safeguarding: at(block.safeguarding),
        outcome: at(block.outcome),
        converted: at(block.converted),
        withdrawn: at(block.withdrawn),
        areas: block.areas.iter().enumerate().map(area).collect(),
    }
}

/// Reads the rows of one file.
pub(super) struct Reader {
    pub(super) columns: Columns,
    pub(super) urn: At,
    pub(super) blocks: Vec<Placed>,
    pub(super) opened: Option<(At, At)>,
    pub(super) context: Vec<(SchoolField, usize)>,
    pub(super) laestab: At,
}

impl RowReader for Reader {
    fn read(&mut self, row: &Row, out: &mut Vec<Record>) -> Result<Taken, BadCell> {
        match row.iter().filter(|cell| !cell.trim().is_empty()).count() {
            0 => return Ok(Taken::LeftOut("a blank line")),
            1 => return Ok(Taken::LeftOut("a note, not a school")),
            _ => {}
        }
        let cells = Cells {
            columns: &self.columns,
            row,
        };
        let urn = cells
            .urn(self.urn)?
            .ok_or_else(|| cells.bad(self.urn, "a URN, six digits"))?;
        let opened = match self.opened {
            Some((opened, before)) => cells.date(opened)?.zip(cells.urn(before)?),
            None => None,
        };
        let mut found = Vec::new();
        for block in &self.blocks {
            found.extend(inspection(&cells, block, urn, opened)?);
        }
        let school = facts(&cells, urn, &self.context, self.laestab)?;
        if found.is_empty() && school.is_none() {
            return Ok(Taken::LeftOut("no inspection since September 2005"));
        }
        out.extend(school.map(Record::School));
        for (sheet, inspected) in found {
            let others = inspected.into_iter().filter(|other| *other != urn);
            out.extend(others.map(|other| {
                Record::Link(Link {
                    urn,
                    other,
                    kind: LinkKind::Carried,
                    established: None,
                })
            }));
            out.push(Record::Inspection(sheet));
        }
        Ok(Taken::Read)
    }
}

/// The inspection of a block with all the URNs that it may be of; `None` where
/// the row has none there.
fn inspection(
    cells: &Cells,
    place: &Placed,
    urn: Urn,
    opened: Option<(Date, Urn)>,
) -> Result<Option<(InspectionSheet, Vec<Urn>)>, BadCell> {
    let Some(date) = cells.date(place.date)? else {
        return Ok(None);
    };
    if cells.date(place.withdrawn)?.is_some() || cells.flag(place.converted)? == Some(true) {
        return Ok(None);
    }
    let Some(framework) = place.framework.or_else(|| FrameworkId::in_force(date)) else {
        return Ok(None);
    };
    let candidates = inspected_urns(cells, place, urn, date, opened)?;
    // Where the file names several it does not know which: the lineage is right
    // with any of them, and the first is as good as another.
    let first = candidates.first().copied().unwrap_or(urn);
    let inspected = if candidates.contains(&urn) {
        urn
    } else {
        first
    };
    let mut sheet = InspectionSheet::graded(inspected, date, framework);
    sheet.carried_by = (inspected != urn).then_some(urn);
    sheet.dated_by = place.block.dated_by;
    sheet.back_reference = place.block.back_reference;
    sheet.end = cells.date(place.end)?;
    sheet.published = cells.date(place.published)?;
    sheet.number = cells.text(place.number).map(str::to_owned);
    sheet.type_words = cells.text(place.words[2]).map(str::to_owned);
    sheet.category = cells.category(place.category, Some(framework.get()))?;
    sheet.safeguarding = cells.safeguarding(place.safeguarding)?;
    sheet.outcome = cells.text(place.outcome).map(str::to_owned);
    sheet.overall = overall(cells, place, framework)?;
    judgements(cells, place, &mut sheet)?;
    let grades = sheet.overall.is_some() || sheet.judgements.iter().any(|j| j.code.is_some());
    sheet.kind = match place.block.kind {
        Kind::Graded => InspectionKind::Graded,
        Kind::Ungraded => InspectionKind::Ungraded,
        Kind::ByWords => kind_by_words(cells, place, &sheet, grades),
    };
    if sheet.kind == InspectionKind::Ungraded {
        // Some files repeat the standing grade beside an ungraded visit.
        sheet.overall = None;
        sheet.judgements.clear();
    }
    // A report card without any grade whose safeguarding falls short is an
    // inspection that waits for its return visit.
    if framework.get().overall.is_none()
        && sheet.kind == InspectionKind::Graded
        && !grades
        && sheet.safeguarding == Some(false)
    {
        sheet.standing = Standing::Suspended;
    }
    Ok(Some((sheet, candidates)))
}

/// The URN that was inspected; several where the file does not know which.
fn inspected_urns(
    cells: &Cells,
    place: &Placed,
    urn: Urn,
    date: Date,
    opened: Option<(Date, Urn)>,
) -> Result<Vec<Urn>, BadCell> {
    let at_the_time = cells.urns(place.urn_at)?;
    if !at_the_time.is_empty() {
        return Ok(at_the_time);
    }
    if cells.flag(place.relates)? == Some(false) {
        let expected = "the URN that was inspected, since the inspection is of another school";
        return Err(cells.bad(place.urn_at, expected));
    }
    let before_it_opened = opened.filter(|(opened, _)| date < *opened);
    Ok(vec![
        before_it_opened.map_or(urn, |(_, predecessor)| predecessor),
    ])
}

fn overall(cells: &Cells, place: &Placed, framework: FrameworkId) -> Result<Option<u8>, BadCell> {
    match cells.grade(place.overall, framework.get())? {
        Grade::Silent | Grade::NoJudgement(_) => Ok(None),
        Grade::Code(code, _) if framework.get().overall.is_some() => Ok(Some(code)),
        Grade::Code(..) => {
            let expected =
                "‘Not judged’ or blank: no overall grade has been given since September 2024";
            Err(cells.bad(place.overall, expected))
        }
    }
}

fn judgements(cells: &Cells, place: &Placed, sheet: &mut InspectionSheet) -> Result<(), BadCell> {
    for area in &place.areas {
        let (code, raw) = match cells.grade(area.at, sheet.framework.get())? {
            Grade::Silent => continue,
            Grade::NoJudgement(raw) => (None, raw),
            Grade::Code(code, raw) => (Some(code), raw),
        };
        let Some(key) = area.keys.get(usize::from(sheet.framework.0)) else {
            continue;
        };
        let later = |dated: &Date| !of_the_inspection(sheet, *dated);
        sheet.judgements.push(Judgement {
            area: key.clone(),
            code,
            raw: raw.to_owned(),
            dated: cells.date(area.dated)?.filter(later),
        });
    }
    Ok(())
}

/// Whether an area's date is that of the inspection itself. The files do not
/// say which of its days they take.
fn of_the_inspection(sheet: &InspectionSheet, dated: Date) -> bool {
    let last = sheet.published.or(sheet.end).or_else(|| {
        let visit = jiff::Span::new().days(LONGEST_VISIT_DAYS);
        sheet.start.checked_add(visit).ok()
    });
    dated <= last.unwrap_or(sheet.start)
}

/// Graded, ungraded or monitoring, by the words of type and groupings.
fn kind_by_words(
    cells: &Cells,
    place: &Placed,
    sheet: &InspectionSheet,
    grades: bool,
) -> InspectionKind {
    let said = |word: &str| {
        let mut words = place.words.iter().filter_map(|at| cells.text(*at));
        words.any(|words| words.to_lowercase().contains(word))
    };
    let known_outcome = sheet
        .outcome
        .as_deref()
        .is_some_and(|outcome| sheet.framework.get().ungraded_outcome(outcome).is_some());
    if said("monitoring") || said("urgent") {
        InspectionKind::Monitoring
    } else if grades {
        InspectionKind::Graded
    } else if said("ungraded") || said("short") || known_outcome {
        InspectionKind::Ungraded
    } else if (said("section 8") || said("s8")) && !said("deemed") {
        InspectionKind::Monitoring
    } else {
        InspectionKind::Graded
    }
}
