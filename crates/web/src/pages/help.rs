//! What is Aspire, and how are its pages read?

use crate::{error::PageError, frame, guides, visitor::Visitor};
use askama::Template;
use axum::response::Html;
use kernel::words::{long_date, number};
use register::{frameworks::Framework, good::RuleSet};
use ui::{Heading, Size, Table, cells};

#[derive(Template)]
#[template(path = "help.html")]
struct View {
    heading: Heading,
    rules: &'static [RuleSet],
    /// How often the framework changed, in words.
    rules_changed: String,
    frameworks: Table,
    guides: &'static [guides::Guide],
}

/// `GET /help`
pub(crate) async fn show(visitor: Visitor) -> Result<Html<String>, PageError> {
    let title = "What is Aspire, and how do you read it?";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        rules: RuleSet::all(),
        rules_changed: match Framework::all().len().saturating_sub(1) as u64 {
            1 => "once".to_owned(),
            many => format!("{} times", number(many)),
        },
        frameworks: frameworks(),
        guides: guides::all(),
    };
    frame::show(frame::page(&visitor, title), &view)
}

/// The frameworks since 2005, the oldest first.
fn frameworks() -> Table {
    let mut table = Table::new("The inspection frameworks since 2005")
        .hidden_caption()
        .head(["From", "To", "Framework", "Overall judgement", "Scale, best first"])
        .wide();
    for framework in Framework::all() {
        let scale: Vec<&str> = framework.scale.iter().map(|point| point.label.as_str()).collect();
        table = table.row(cells![
            long_date(framework.from),
            framework.to.map_or_else(|| "in force".to_owned(), long_date),
            &framework.name,
            framework.overall.as_deref().unwrap_or("None is made"),
            scale.join(", "),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_framework_has_its_row() {
        let html = frameworks().to_string();
        assert_eq!(html.matches("<tr").count(), Framework::all().len() + 1);
        assert!(html.contains("Satisfactory") && html.contains("in force"), "{html}");
    }
}
