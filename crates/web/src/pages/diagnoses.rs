//! Which diagnoses has this school made?

use super::{
    diagnosis_words::{address, opened},
    school_record::number,
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use kernel::words::long_date;
use programme::diagnosis::{self, EDIT, Eyes, Listed, State as How};
use ui::{Breadcrumbs, Button, Heading, Link, Size, Tag, TagColour, TaskList, TaskStatus};

#[derive(Template)]
#[template(path = "diagnoses.html")]
struct View {
    heading: Heading,
    lead: &'static str,
    open: Option<Button>,
    list: Option<TaskList>,
    beside: Vec<(String, Option<Link>)>,
}

/// `GET /organisations/{id}/diagnoses`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    let id = number(&id)?;
    let list = diagnosis::list(&app.world, &visitor.who, id).await?;
    let may_open = EDIT.directly(&visitor.who, id);
    let title = match (list.all.as_slice(), may_open) {
        ([], true) => "Your school has not looked at itself together yet".to_owned(),
        ([], false) => "Nothing here waits for you".to_owned(),
        ([one], _) => words(one),
        (many, _) => format!(
            "{} diagnoses, the latest first",
            super::imports::capital(&kernel::words::number(many.len() as u64))
        ),
    };
    let beside = list.beside.iter().map(|one| {
        let to = format!("/organisations/{}/diagnoses/{}", one.organisation, one.diagnosis);
        let words = format!("{} looks at itself at the same time as you.", one.name);
        (words, one.readable.then(|| Link::new(to, "Read what they agreed").hidden(format!(": {}", one.name))))
    });
    let view = View {
        heading: Heading::new(&title).caption(&list.school.name).size(Size::Xl),
        lead: if may_open {
            "Everybody says alone what they see, about 20 minutes. Then you look at all views together, begin where you differ, and write down what you agree."
        } else {
            "Everybody says alone what they see; then the group looks at all views together."
        },
        open: may_open.then(|| {
            let button = Button::new("Open a diagnosis").link(format!("/organisations/{id}/diagnoses/new"));
            if list.all.is_empty() { button } else { button.secondary() }
        }),
        list: (!list.all.is_empty()).then(|| list.all.iter().fold(TaskList::new("diagnoses"), task)),
        beside: beside.collect(),
    };
    let way = Breadcrumbs::home().to(format!("/organisations/{id}"), list.school.name.clone());
    frame::show(frame::page(&visitor, title).breadcrumbs(way).noindex(), &view)
}

fn words(one: &Listed) -> String {
    match (one.diagnosis.state, one.eyes) {
        (How::Alone, _) => "Views are given alone now".to_owned(),
        (How::Together, _) => "The group looks together now".to_owned(),
        (How::Agreed, Eyes::Outside) => "The school released its diagnosis to you".to_owned(),
        (How::Agreed, _) => "Your diagnosis is agreed".to_owned(),
    }
}

fn task(list: TaskList, one: &Listed) -> TaskList {
    let diagnosis = &one.diagnosis;
    let status = match diagnosis.state {
        How::Alone => TaskStatus::Tag(Tag::new("Given alone").colour(TagColour::Yellow)),
        How::Together => TaskStatus::Tag(Tag::new("Looked at together").colour(TagColour::Blue)),
        How::Agreed => TaskStatus::Text("Agreed".into()),
    };
    let hint = match diagnosis.state {
        How::Alone => format!("Views until {}", long_date(diagnosis.due)),
        How::Together | How::Agreed => {
            let titles: Vec<&str> = diagnosis.strands().map(|strand| strand.title.as_str()).collect();
            titles.join(", ")
        }
    };
    list.task(address(diagnosis, ""), opened(diagnosis), Some(&hint), status)
}
