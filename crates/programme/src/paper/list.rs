//! Which papers there are for somebody. Looking at the list is no look at what
//! they are made of, so it notes none.

use super::{
    access::{self, MaySee},
    model::{Listed, Which},
    stand::{self, Stand},
};
use crate::{
    Who, World,
    error::{Error, Result},
    item::ItemKind,
    organisation::Organisation,
    plan, review, self_view,
};
use kernel::words::long_date;

/// The papers of a school for somebody.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The school.
    pub school: Organisation,
    /// They lead it.
    pub leads: bool,
    /// The papers, what is handed out most first.
    pub papers: Vec<Listed>,
}

/// So many reviews and notes are listed; older ones are on their own pages.
const LATEST: usize = 6;

/// The papers of a school for somebody.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for whoever may see nothing of it
/// and does not belong to it, the database.
pub async fn list(world: &World, who: &Who, organisation: i64) -> Result<Listing> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, organisation, world.clock.today()).await?;
    let mut papers = Vec::new();
    let mut add = |which: Which, title: String, stand: Stand, seen_by: String| {
        let (version, date, status) = (stand.version, stand.date(), stand.status);
        papers.push(Listed { which, title, version, date, status, seen_by });
    };
    let view = match leave.sees(ItemKind::SelfView) {
        true => self_view::find(&mut conn, organisation).await?.filter(|view| !view.texts.is_empty()),
        false => None,
    };
    let whole = plan::plan(&mut conn, organisation).await?;
    let held = review::of_school(&mut conn, organisation).await?;
    let evaluated = stand::self_evaluation(view.as_ref(), leave.basis.as_ref());
    let planned = stand::plan(&whole).filter(|_| leave.sees(ItemKind::Plan));
    let finished = held.latest().filter(|_| leave.sees(ItemKind::Review));
    let reviewed = finished.map(|one| stand::review(one, &held.lines, &held.views));
    if let Some(stand) = Stand::of_all([evaluated, planned, reviewed].into_iter().flatten()) {
        let by = leave.seen_by(ItemKind::ALL);
        add(Which::Governors, "Governors’ page".to_owned(), stand, by);
    }
    if let Some(stand) = planned {
        add(Which::Plan, "Improvement plan".to_owned(), stand, leave.seen_by(&[ItemKind::Plan]));
    }
    if let Some(stand) = evaluated {
        let by = leave.seen_by(&[ItemKind::SelfView, ItemKind::Diagnosis]);
        add(Which::SelfEvaluation, "Self-evaluation summary".to_owned(), stand, by);
    }
    let shown = held.reviews.iter().rev().filter(|one| one.finished_at.is_some() || leave.leads);
    for one in shown.filter(|_| leave.sees(ItemKind::Review)).take(LATEST) {
        let stand = stand::review(one, &held.lines, &held.views);
        let by = match one.finished_at {
            Some(_) => leave.seen_by(&[ItemKind::Review]),
            None => leave.seen_by(&[]),
        };
        add(Which::Review(one.id), format!("Termly review, {}", one.name), stand, by);
    }
    if let Some(person) = leave.owner
        && let Some(stand) = stand::own_list(&whole, person)
    {
        add(Which::OwnList, "Your list for the term".to_owned(), stand, own_list_seen_by());
    }
    drop(conn);
    let notes = match review::notes(world, who, organisation).await {
        Ok((_, notes)) => notes,
        Err(Error::NotFound) => Vec::new(),
        Err(other) => return Err(other),
    };
    for note in notes.iter().take(LATEST) {
        let title = format!("Note of the visit on {}", long_date(note.on));
        add(Which::Note(note.id), title, stand::note(note), note_seen_by(&leave, note));
    }
    Ok(Listing { school: leave.school, leads: leave.leads, papers })
}

pub(super) fn own_list_seen_by() -> String {
    "you; the leaders of the school see the plan from which it is".to_owned()
}

pub(super) fn note_seen_by(leave: &MaySee, note: &review::Note) -> String {
    match note.state {
        review::NoteState::Draft => "its writer alone".to_owned(),
        review::NoteState::Shown => "its writer and the leaders of the school".to_owned(),
        review::NoteState::Final => format!("its writer; {}", leave.seen_by(&[ItemKind::Review])),
    }
}
