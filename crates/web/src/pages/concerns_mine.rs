//! What is open between you and your schools?

use super::{blocks::Blocks, concerns::stands, imports::capital, school_record::moment};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{extract::State, response::Response};
use kernel::words::number;
use programme::concern;
use ui::{Breadcrumbs, Errors, Link, SafeHtml};

/// `GET /concerns`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let all = concern::mine(&app.world, &visitor.who).await?;
    let today = app.world.clock.today();
    let open: usize =
        all.iter().map(|(_, read)| read.iter().filter(|one| one.concern.closed_at.is_none()).count()).sum();
    let title = match open {
        0 => "No concern is open".to_owned(),
        1 => "One concern is open".to_owned(),
        many => format!("{} concerns are open", capital(&number(many as u64))),
    };
    let none = Errors::none();
    let mut blocks = Blocks::new(&title, "", &none).lead(
        "Here stand those that you raised, and those that a school has answered or had its days to read. The list is in the order of the schools’ names.",
    );
    for (school, read) in &all {
        blocks = blocks.h2(school.name.as_str());
        let lines = read.iter().map(|one| {
            let words = format!("Raised on {}. {}", moment(one.concern.raised_at), stands(one, today));
            let to = format!("/organisations/{}/concerns/{}", school.id, one.concern.id);
            let link = Link::new(to, "Read it").hidden(format!(": {}", school.name));
            SafeHtml::join([SafeHtml::from(words), link.into()], " ")
        });
        blocks = blocks.block(super::blocks::points(lines));
    }
    blocks.show(&visitor, Breadcrumbs::home(), &none, None::<&str>)
}
