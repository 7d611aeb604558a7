//! Which few things next, and why?

use super::{
    blocks::{Blocks, points, say},
    plan_words::{Done, way},
    school_record::{number, prose},
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::{long_date, number as words};
use programme::{
    diagnosis::{Basis, Judgement},
    plan::{self, Choosing, EDIT, MOST, Priority},
    strategy,
};
use ui::{Button, Errors, InsetText, Link, SafeHtml, Table, cells};

/// `GET /organisations/{id}/priorities`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    let choosing = plan::choosing(&app.world, &visitor.who, id).await?;
    let open = choosing.plan.open().count();
    let title = match open {
        0 => "Choose a few things to work on".to_owned(),
        1 => "You work on one thing".to_owned(),
        many => format!("You work on {} things", words(many as u64)),
    };
    let may = EDIT.directly(&visitor.who, id);
    let none = Errors::none();
    let mut page = Blocks::new(&title, &choosing.school.name, &none)
        .lead("At most five at a time: what is done by everybody is worth more than what is written down.");
    page = strengths(page, choosing.basis.as_ref(), id);
    if open > 0 {
        page = page.h2("What you work on").block(open_ones(&choosing, id));
    }
    page = candidates(page, &choosing, id, may);
    if may {
        let words = if open >= MOST { "Add a sixth, with a reason" } else { "Open a priority" };
        let button = Button::new(words).link(format!("/organisations/{id}/priorities/new"));
        page = page.block(if open >= MOST { button.secondary() } else { button });
    }
    let closed = choosing.plan.priorities.iter().filter(|one| one.closed.is_some());
    let closed: Vec<SafeHtml> = closed.map(|one| closed_one(one, id)).collect();
    if !closed.is_empty() {
        page = page.h2("What you have closed").block(points(closed));
    }
    page = page.h2("Beside it").block(points([
        Link::new(format!("/organisations/{id}/plan"), "The plan: who does what by when"),
        Link::new(format!("/organisations/{id}/decisions"), "Difficult decisions"),
        Link::new(format!("/organisations/{id}/strategies"), "Strategies of your own"),
        Link::new("/strategies", "Strategies, and what is known of each"),
    ]));
    let done = match done.what() {
        "closed" => Some("Closed. It stays in your history and on your path."),
        _ => None,
    };
    page.show(&visitor, way(&choosing.school), &none, done)
}

/// Strengths come first.
fn strengths(page: Blocks, basis: Option<&Basis>, id: i64) -> Blocks {
    let page = page.h2("What you do well");
    match basis {
        None => page.block(InsetText::new(SafeHtml::join(
            [
                SafeHtml::from("You have agreed no diagnosis yet. You can choose without one, but it would say what to build on and where you differ. "),
                Link::new(format!("/organisations/{id}/diagnoses"), "Look together first").into(),
            ],
            "",
        ))),
        Some(basis) => page.block(points(basis.meeting.strengths.iter().map(|one| {
            let put_to_use = match one.put_to_use.as_str() {
                "" => String::new(),
                text => format!(" What we do with it: {text}"),
            };
            format!("{}.{put_to_use}", one.words.trim_end_matches('.'))
        }))),
    }
}

fn open_ones(choosing: &Choosing, id: i64) -> Table {
    let table = Table::new("What you work on").hidden_caption().head(["Priority", "For whom", "Strategy"]).row_heads();
    choosing.plan.open().fold(table.wide(), |table, one| {
        let strategy = one.strategy.as_deref().and_then(|key| strategy::chosen(key, &choosing.own));
        let strategy = strategy.map_or_else(|| "none chosen yet".to_owned(), |one| one.name().to_owned());
        let link = Link::new(format!("/organisations/{id}/priorities/{}", one.id), one.title.as_str());
        table.row(cells![link, one.whom.as_str(), strategy])
    })
}

/// What the diagnosis says lowest of, and what was not agreed: each a beginning.
fn candidates(page: Blocks, choosing: &Choosing, id: i64, may: bool) -> Blocks {
    let Some(basis) = &choosing.basis else { return page };
    let top = basis.diagnosis.framework.scale.points.len() as i64;
    let wants = |judgement: Judgement| match judgement {
        Judgement::Point(value) => value * 2 <= top,
        Judgement::NotAgreed => true,
    };
    let rows = basis.diagnosis.statements().filter_map(|statement| {
        let finding = basis.meeting.finding(&statement.id).filter(|one| wants(one.judgement))?;
        let taken = choosing.plan.open().any(|one| one.statements.contains(&statement.id));
        Some((statement, finding.judgement, taken))
    });
    let table = Table::new("Candidates")
        .hidden_caption()
        .head(["What you looked at", "What you say together", "Make it a priority"])
        .wide();
    let table = rows.fold(table, |table, (statement, judgement, taken)| {
        let word = match judgement {
            Judgement::Point(value) => basis.diagnosis.framework.word(value),
            Judgement::NotAgreed => "not agreed",
        };
        let to = format!("/organisations/{id}/priorities/new?statement={}", statement.id);
        let go: SafeHtml = match (taken, may) {
            (true, _) => "you work on it".into(),
            (false, true) => Link::new(to, "Begin with it").hidden(format!(": {}", statement.text)).into(),
            (false, false) => SafeHtml::empty(),
        };
        table.row(cells![statement.text.as_str(), word, go])
    });
    if table.is_empty() {
        return page;
    }
    page.h2("Where your diagnosis asks for more")
        .block(say("In the order in which you looked, not of weight: which few matter most is for you to say."))
        .block(table)
}

fn closed_one(one: &Priority, id: i64) -> SafeHtml {
    let link = Link::new(format!("/organisations/{id}/priorities/{}", one.id), one.title.as_str());
    let how = one
        .closed
        .as_ref()
        .map(|closed| format!(", {} on {}: {}", closed.how.words(), long_date(closed.on), closed.why));
    SafeHtml::join([link.into(), SafeHtml::from(how.unwrap_or_default())], "")
}

/// What a priority says, with paragraphs.
pub(super) fn why(one: &Priority) -> SafeHtml {
    prose(&one.why)
}
