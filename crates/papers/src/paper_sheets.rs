//! A paper as sheets: its words on the first, each table on one of its own.

use std::collections::BTreeSet;

use crate::paper::{Block, Grid, Level, Marks, Paper, clean, line};
use crate::sheet::{Cell, Sheet, first_units};

/// The sheets of a paper.
pub(crate) fn sheets(paper: &Paper) -> Vec<Sheet> {
    let mut words = Sheet::new("Paper", ["What", "Says"]);
    let mut add = |what: &str, says: &str| words.row([Cell::Text(line(what)), Cell::Text(clean(says))]);
    add("Title", &paper.title);
    add("School", &paper.school);
    add("Version", &paper.standing());
    add("Who may see this", &paper.seen_by);
    let mut tables = Vec::new();
    let mut names = BTreeSet::from(["paper".to_owned()]);
    for block in &paper.blocks {
        match block {
            Block::Heading(Level::Part, text) => add("Heading", text),
            Block::Heading(Level::Section, text) => add("Subheading", text),
            Block::Paragraph(text) => add("", text),
            Block::List(marks, items) => {
                for (number, item) in (1..).zip(items) {
                    match marks {
                        Marks::Dots => add("•", item),
                        Marks::Numbers => add(&format!("{number}."), item),
                    }
                }
            }
            Block::Facts(facts) => facts.iter().for_each(|(name, value)| add(name, value)),
            Block::CallOut(heading, text) => add(heading, text),
            Block::Picture(picture) => add("Picture", &picture.alt),
            Block::Table(grid) => {
                let sheet = table(grid, &mut names);
                add("Table", &format!("{} (sheet ‘{}’)", grid.caption, sheet.name()));
                tables.push(sheet);
            }
            Block::NewPage => {}
        }
    }
    let mut all = vec![words];
    all.extend(tables);
    all
}

/// A table under a name that no other sheet has; Excel does not tell capitals.
fn table(grid: &Grid, names: &mut BTreeSet<String>) -> Sheet {
    let plain: String = line(&grid.caption).chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    let plain = first_units(plain.split_whitespace().collect::<Vec<_>>().join(" ").chars(), 25);
    // Excel keeps ‘History’ for itself.
    let plain = match plain.trim() {
        "" => "Table".to_owned(),
        name if name.eq_ignore_ascii_case("history") => format!("{name} of it"),
        name => name.to_owned(),
    };
    let free = |name: &String| !names.contains(&name.to_lowercase());
    let name = std::iter::once(plain.clone())
        .chain((2..).map(|number| format!("{plain} {number}")))
        .find(free)
        .unwrap_or(plain);
    names.insert(name.to_lowercase());
    let head: Vec<String> = grid.head.iter().map(|name| line(name)).collect();
    let mut sheet = Sheet::new(&name, head.iter().map(String::as_str));
    for row in &grid.rows {
        sheet.row(grid.cells(row).map(|cell| if cell.is_empty() { Cell::Empty } else { Cell::Text(clean(cell)) }));
    }
    sheet
}
