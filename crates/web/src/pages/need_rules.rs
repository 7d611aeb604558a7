//! Who needs help, and by which rule?

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::words::long_date;
use programme::{
    need_rule::{self, NeedRule},
    record,
};
use ui::{Button, Heading, Size};

#[derive(Template)]
#[template(path = "need_rules.html")]
struct View {
    heading: Heading,
    today: String,
    today_words: String,
    rules: Vec<Item>,
    nothing_known: bool,
    may_import: bool,
    import: Button,
}

/// One rule, its newest version.
struct Item {
    rule: &'static NeedRule,
    version: String,
}

/// `GET /need-rules`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Html<String>, PageError> {
    let today = app.world.clock.today();
    let record = app.world.record().await?;
    let title = "Which schools need help, and by which rule?";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        today: today.to_string(),
        today_words: long_date(today),
        rules: newest(need_rule::rules()),
        nothing_known: record.inspections() == 0,
        may_import: record::may_import(&visitor.who),
        import: Button::new("Import a file").link("/imports/new"),
    };
    frame::show(frame::page(&visitor, title), &view)
}

/// The newest version of each rule, with the versions that there are.
fn newest(rules: &'static [NeedRule]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for rule in rules {
        items.retain(|item| item.rule.id != rule.id);
        let versions = rules.iter().filter(|other| other.id == rule.id).count();
        let version = match versions {
            1 => format!("Version {}, the first", rule.version),
            many => format!("Version {}, the newest of {many}", rule.version),
        };
        items.push(Item { rule, version });
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_stands_once() {
        let items = newest(need_rule::rules());
        let mut ids: Vec<&str> = items.iter().map(|item| item.rule.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), items.len());
        assert!(ids.contains(&"below-good"));
    }
}
