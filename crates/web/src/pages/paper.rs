//! What does this paper say? As a page, and as Word, PDF and Excel.

use super::{
    blocks::{Blocks, hint, points, say},
    paper_list::files,
    plan_words::way,
    review_words::{SOURCE, path},
    school_record::{number, prose},
};
use crate::{App, error::PageError, pictures, visitor::Visitor};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use charts::Chart;
use kernel::Date;
use papers::paper::{Block, Grid, Level, Marks, Paper, Picture};
use programme::paper::{self, Made, Which};
use ui::{Errors, Heading, InsetText, SafeHtml, Size, SummaryList, Table};

/// In which form a paper is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Word,
    Pdf,
    Excel,
}

/// A paper's name in an address, and the form in which it is asked for.
fn asked(name: &str) -> Option<(Which, Form)> {
    let (key, form) = match name.rsplit_once('.') {
        None => (name, Form::Page),
        Some((key, "docx")) => (key, Form::Word),
        Some((key, "pdf")) => (key, Form::Pdf),
        Some((key, "xlsx")) => (key, Form::Excel),
        Some(_) => return None,
    };
    Some((Which::from_key(key)?, form))
}

/// `GET /organisations/{id}/papers/{paper}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    // Whoever is nobody is told nothing, not even which papers there could be.
    visitor.signed_in()?;
    let (which, form) = asked(&name).ok_or(PageError::NotFound)?;
    let made = paper::make(&app.world, &visitor.who, id, which).await?;
    let today = app.world.clock.today();
    if form != Form::Page {
        return file(made, which, form, today, app.world.now()).await;
    }
    let Made { school, paper, path: drawn } = made;
    let none = Errors::none();
    let to = format!("/organisations/{id}/papers/{}", which.key());
    let mut blocks = Blocks::new(&paper.title, &paper.school, &none)
        .block(hint(format!("{}. {}.", paper.standing(), paper.seen_by_line())))
        .block(say(files(&to, &paper.title)));
    let mut at = drawn;
    for (number, one) in paper.blocks.iter().enumerate() {
        if let Some((_, reading)) = at.take_if(|(at, _)| *at == number) {
            let figure = path(&reading, today).map(|chart| pictures::figure(chart, SOURCE).id("path"));
            blocks = blocks.block_if(figure);
        }
        blocks = blocks.block_if(block(one));
    }
    let way = way(&school).to(format!("/organisations/{id}/papers"), "Papers");
    blocks.show(&visitor, way, &none, None::<String>)
}

/// A piece of a paper on a page.
fn block(one: &Block) -> Option<SafeHtml> {
    Some(match one {
        Block::Heading(Level::Part, words) => Heading::new(words.as_str()).level(2).size(Size::M).into(),
        Block::Heading(Level::Section, words) => Heading::new(words.as_str()).level(3).size(Size::S).into(),
        Block::Paragraph(words) => prose(words),
        Block::List(Marks::Dots, all) => points(all.iter().map(String::as_str)),
        Block::List(Marks::Numbers, all) => numbered(all),
        Block::Table(grid) => table(grid).into(),
        Block::Facts(facts) => {
            let list = facts.iter().fold(SummaryList::new(), |list, (name, says)| list.row(name.clone(), prose(says)));
            list.into()
        }
        Block::CallOut(heading, words) => InsetText::new(format!("{heading}: {words}")).into(),
        // Drawn anew for a page, with its table.
        Block::Picture(_) | Block::NewPage => return None,
    })
}

fn numbered(all: &[String]) -> SafeHtml {
    let all = all
        .iter()
        .map(|one| SafeHtml::vouched("its content is escaped", format!("<li>{}</li>", SafeHtml::from(one.as_str()))));
    let all = SafeHtml::join(all, "");
    SafeHtml::vouched("its points are escaped", format!("<ol class=\"govuk-list govuk-list--number\">{all}</ol>"))
}

fn table(grid: &Grid) -> Table {
    let head = grid.head.iter().map(String::as_str);
    Table::new(grid.caption.clone()).head(head).rows(grid.rows.clone()).wide()
}

/// A paper as a file that a browser saves.
async fn file(
    made: Made,
    which: Which,
    form: Form,
    today: Date,
    now: kernel::Timestamp,
) -> Result<Response, PageError> {
    let Made { mut paper, path: drawn, .. } = made;
    if let Some((at, reading)) = drawn
        && let Some(chart) = path(&reading, today)
    {
        put_picture(&mut paper, at, chart, form);
    }
    let (suffix, kind) = match form {
        Form::Word => ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        Form::Excel => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Form::Pdf | Form::Page => ("pdf", "application/pdf"),
    };
    let name = file_name(&paper, suffix);
    // Laying out takes its time, in which others are to be answered.
    let one_page = which == Which::Governors;
    let written = tokio::task::spawn_blocking(move || match form {
        Form::Word => papers::docx::docx(&paper),
        Form::Excel => papers::xlsx_out::paper(&paper, now),
        Form::Pdf | Form::Page => papers::pdf::pdf(&if one_page { fitted(paper) } else { paper }),
    });
    let bytes = written
        .await
        .map_err(|error| PageError::Unexpected(error.to_string()))?
        .map_err(|error| PageError::Unexpected(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The paper on one page: where a school has much to say, it asks fewer questions
/// and says what comes next in fewer words.
fn fitted(mut paper: Paper) -> Paper {
    const LEAST: usize = 2;
    for words in [80, 48, 30, 0] {
        for block in &mut paper.blocks {
            match block {
                Block::Table(grid) => {
                    grid.rows.iter_mut().flatten().for_each(|cell| *cell = shortened(cell, words.max(24)));
                }
                Block::Paragraph(text) => *text = shortened(text, 4 * words.max(30)),
                _ => {}
            }
        }
        let least = if words > 30 { LEAST + 2 } else { LEAST };
        loop {
            if papers::pdf::pages(&paper) <= 1 {
                return paper;
            }
            let questions = paper.blocks.iter_mut().rev().find_map(|block| match block {
                Block::List(Marks::Numbers, all) if all.len() > least => Some(all),
                _ => None,
            });
            match questions {
                Some(all) => drop(all.pop()),
                None => break,
            }
        }
    }
    // The picture says of each priority what the table does, but for what comes next.
    paper.blocks.retain(|block| !matches!(block, Block::Table(_)));
    paper
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before))
}

/// Puts the picture of the path into a paper; a workbook has its table instead.
fn put_picture(paper: &mut Paper, at: usize, chart: Chart, form: Form) {
    let Chart { wide, table, .. } = chart;
    let block = match form {
        Form::Excel => {
            Block::Table(Grid { caption: table.caption, head: table.headers, rows: table.rows, widths: Vec::new() })
        }
        _ => {
            // Read aloud, a cell without words is no pause.
            let said = |row: &Vec<String>| {
                row.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
            };
            let rows: Vec<String> = table.rows.iter().map(said).collect();
            let alt = format!("{}. {}", table.caption, rows.join("; "));
            Block::Picture(Picture { svg: wide, alt, caption: SOURCE.to_owned() })
        }
    };
    paper.blocks.insert(at.min(paper.blocks.len()), block);
}

/// ‘Improvement plan, Autumn 2026 - Ashdale Primary School - version 12.pdf’.
fn file_name(paper: &Paper, suffix: &str) -> String {
    let name = format!("{} - {} - version {}", paper.title, paper.school, paper.version);
    let kept = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '’');
    let name: String = name.chars().map(|c| if kept(c) { c } else { ' ' }).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(140).collect();
    format!("{}.{suffix}", name.trim_end())
}

/// The header by which a browser saves a file under this name: for all of them
/// its plain letters, and for those that can the whole.
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | ',' | '.')).collect();
    let whole: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use papers::paper::Status;

    #[test]
    fn a_form_is_said_at_the_end_of_an_address() {
        assert_eq!(asked("plan"), Some((Which::Plan, Form::Page)));
        assert_eq!(asked("governors.pdf"), Some((Which::Governors, Form::Pdf)));
        assert_eq!(asked("review-7.docx"), Some((Which::Review(7), Form::Word)));
        for other in ["plan.exe", ".pdf", "plan.pdf.pdf", "anything"] {
            assert_eq!(asked(other), None, "{other}");
        }
    }

    #[test]
    fn a_file_has_a_name_that_people_read_and_no_name_breaks_its_header() {
        let paper = Paper {
            title: "Improvement plan, Autumn 2026".to_owned(),
            school: "St Zoë’s: \"A/B\"\r\n School".to_owned(),
            version: "12".to_owned(),
            date: date(2026, 11, 24),
            status: Status::Current,
            seen_by: String::new(),
            blocks: Vec::new(),
        };
        let name = file_name(&paper, "pdf");
        assert_eq!(name, "Improvement plan, Autumn 2026 - St Zoë’s A B School - version 12.pdf");
        let header = disposition(&name);
        assert!(
            header.starts_with("attachment; filename=\"Improvement plan, Autumn 2026 - St Zos A B School"),
            "{header}"
        );
        assert!(header.contains("filename*=UTF-8''Improvement%20plan%2C%20Autumn"), "{header}");
        assert!(header.is_ascii() && header.matches('"').count() == 2, "{header}");
    }
}
