//! What do you need from me, and how long does it take?

use super::{
    diagnosis_words::{address, way_below, word},
    imports::capital,
    school_record::number,
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use kernel::words::{long_date, number as words};
use programme::diagnosis::{self, Answer, Mine, Participant, State as How, Strand, minutes};
use serde::Deserialize;
use ui::{
    Button, Details, Heading, NotificationBanner, SafeHtml, Size, Table, Tag, TagColour, TaskList, TaskStatus, cells,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "diagnosis_mine.html")]
struct View {
    heading: Heading,
    lead: String,
    names: &'static str,
    go: Option<Button>,
    strands: Option<TaskList>,
    people: Details,
    said: Vec<Table>,
}

/// `GET /organisations/{id}/diagnoses/{diagnosis}/mine`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let mine = diagnosis::mine(&app.world, &visitor.who, id, diagnosis).await?;
    let alone = mine.diagnosis.state == How::Alone;
    let title = title(&mine);
    let next = mine.diagnosis.strands().find(|strand| mine.left_in(strand) > 0);
    let view = View {
        heading: Heading::new(&title).caption(&mine.school.name).size(Size::Xl),
        lead: lead(&mine),
        names: mine.diagnosis.names.words(),
        go: next.filter(|_| alone).map(|strand| {
            let words = if mine.views.is_empty() { "Begin" } else { "Go on" };
            Button::new(words).link(address(&mine.diagnosis, &format!("/mine/{}", strand.key()))).start()
        }),
        strands: alone
            .then(|| mine.diagnosis.strands().fold(TaskList::new("strands"), |list, one| task(list, &mine, one))),
        people: people(&diagnosis::with_me(&app.world, &visitor.who, id, diagnosis).await?),
        said: if alone { Vec::new() } else { said(&mine) },
    };
    let mut page = frame::page(&visitor, title).breadcrumbs(way_below(&mine.school, &mine.diagnosis)).noindex();
    if input.done == "kept" {
        page = page.banner(NotificationBanner::success("What you answered is kept. Come back when it suits you."));
    }
    if input.done == "done" {
        page = page.banner(NotificationBanner::success(
            "That was your part. Thank you. You can still change it until all look together.",
        ));
    }
    frame::show(page, &view)
}

fn title(mine: &Mine) -> String {
    let left = mine.left();
    match mine.diagnosis.state {
        How::Alone if left == 0 => "Your part is done".to_owned(),
        How::Alone => format!("Your view of our school, about {} minutes", words(minutes(left))),
        How::Together | How::Agreed => "What you said yourself".to_owned(),
    }
}

fn lead(mine: &Mine) -> String {
    match mine.diagnosis.state {
        How::Alone => format!(
            "One strand a page, until {}. Say what you see yourself; ‘{}’ is an answer. You can stop after each page and go on later, also on a phone.",
            long_date(mine.diagnosis.due),
            mine.diagnosis.framework.scale.unsure.word
        ),
        How::Together | How::Agreed => "Views are looked at together now, so nobody can change theirs. If you have changed your mind, say so in the meeting.".to_owned(),
    }
}

fn task(list: TaskList, mine: &Mine, strand: &Strand) -> TaskList {
    let (left, all) = (mine.left_in(strand), strand.statements().count());
    let status = match left {
        0 => TaskStatus::Text("Done".into()),
        left if left == all => TaskStatus::Tag(Tag::new("To do").colour(TagColour::Blue)),
        left => TaskStatus::Tag(Tag::new(format!("{} left", capital(&words(left as u64)))).colour(TagColour::Yellow)),
    };
    let hint = format!("{} statements, about {} minutes", capital(&words(all as u64)), words(minutes(all)));
    list.task(address(&mine.diagnosis, &format!("/mine/{}", strand.key())), &strand.title, Some(&hint), status)
}

fn people(all: &[Participant]) -> Details {
    let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    let text = SafeHtml::from(names.join(", "));
    let all = words(names.len() as u64);
    Details::new(
        format!("Who takes part ({all})"),
        SafeHtml::vouched("text is escaped", format!("<p class=\"govuk-body\">{text}</p>")),
    )
}

/// One's own answers, for reading.
fn said(mine: &Mine) -> Vec<Table> {
    let of = |strand: &'static Strand| {
        let table = Table::new(&strand.title).head(["Statement", "You said", "Why"]).caption_size(Size::M).wide();
        strand.statements().fold(table, |table, statement| match mine.view(&statement.id) {
            Some(view) => {
                table.row(cells![&statement.text, word(mine.diagnosis.framework, view.answer), &view.because])
            }
            None => table.row(cells![&statement.text, "Nothing", ""]),
        })
    };
    mine.diagnosis.strands().map(of).collect()
}

/// The answers that one can choose, in the scale's order, then ‘I can’t say’.
pub(super) fn choices(mine: &Mine) -> Vec<(Answer, &'static str, &'static str)> {
    let scale = &mine.diagnosis.framework.scale;
    let points = scale.points.iter().map(|one| (Answer::Point(one.value), one.word.as_str(), one.means.as_str()));
    points.chain([(Answer::Unsure, scale.unsure.word.as_str(), scale.unsure.means.as_str())]).collect()
}
