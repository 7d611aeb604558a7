//! Making a paper. Each part is read by its own noun's action, which decides
//! whether this reader may, and notes a look from outside.

use super::{
    access::{self, MaySee},
    governors, list,
    model::Which,
    note, own_list, plan_paper, review_paper, self_evaluation,
    stand::{self, Stand},
};
use crate::{
    Who, World,
    diagnosis::{self, Basis},
    error::{Error, Result},
    item::ItemKind,
    organisation::Organisation,
    plan, review, self_view,
};
use kernel::Date;
use papers::paper::{Block, Paper};

/// A paper, and the picture that belongs in it, which is drawn elsewhere.
#[derive(Debug, Clone)]
pub struct Made {
    /// The school.
    pub school: Organisation,
    /// The paper, without its picture.
    pub paper: Paper,
    /// Of what the picture of the school's path is drawn, and before which block
    /// it stands.
    pub path: Option<(usize, Box<review::Reading>)>,
}

/// What a paper says of itself at its head.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) stand: Stand,
    pub(super) seen_by: String,
}

/// A paper for somebody, of what they may see.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for whoever may not and where there
/// is nothing to make it of, the database.
pub async fn make(world: &World, who: &Who, organisation: i64, which: Which) -> Result<Made> {
    let today = world.clock.today();
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, organisation, today).await?;
    drop(conn);
    if leave.sees_nothing() && !leave.belongs {
        return Err(Error::NotFound);
    }
    let made = |head: Head, blocks: Vec<Block>| paper(&leave, head, blocks, None);
    match which {
        Which::SelfEvaluation => {
            let (view, basis) = evaluation(world, who, organisation, &leave).await?;
            let stand = stand::self_evaluation(view.as_ref(), basis.as_ref()).ok_or(Error::NotFound)?;
            let seen_by = leave.seen_by(&[ItemKind::SelfView, ItemKind::Diagnosis]);
            let head = Head { title: "Self-evaluation summary".to_owned(), stand, seen_by };
            Ok(made(head, self_evaluation::blocks(view.as_ref(), basis.as_ref())))
        }
        Which::Plan => {
            let reading = read_plan(world, who, organisation, &leave).await?.ok_or(Error::NotFound)?;
            let stand = stand::plan(&reading.plan).ok_or(Error::NotFound)?;
            let title = plan_paper::title(&reading, today);
            let with = |room| {
                let head = Head { title: title.clone(), stand, seen_by: leave.seen_by(&[ItemKind::Plan]) };
                made(head, plan_paper::blocks(&reading, today, room))
            };
            let mut kept = None;
            for room in plan_paper::ROOMS {
                let one = with(room);
                if papers::pdf::pages(&one.paper) <= plan_paper::PAGES {
                    return Ok(one);
                }
                kept = Some(one);
            }
            kept.ok_or(Error::NotFound)
        }
        Which::Governors => governors_page(world, who, organisation, &leave, today).await,
        Which::Review(id) => {
            let reading = read_reviews(world, who, organisation, &leave).await?.ok_or(Error::NotFound)?;
            let one = reading.review(id).ok_or(Error::NotFound)?;
            let stand = stand::review(one, &reading.lines, &reading.views);
            let seen = if one.finished_at.is_some() { &[ItemKind::Review][..] } else { &[] };
            let title = format!("Termly review, {}", one.name);
            Ok(made(Head { title, stand, seen_by: leave.seen_by(seen) }, review_paper::blocks(&reading, one)))
        }
        Which::Note(id) => {
            let (_, notes) = review::notes(world, who, organisation).await?;
            let one = notes.iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
            let head =
                Head { title: note::title(one), stand: stand::note(one), seen_by: list::note_seen_by(&leave, one) };
            Ok(made(head, note::blocks(one)))
        }
        Which::OwnList => {
            let person = leave.owner.ok_or(Error::NotFound)?;
            let reading = plan::read(world, who, organisation).await?;
            let stand = stand::own_list(&reading.plan, person).ok_or(Error::NotFound)?;
            let head = Head { title: own_list::title(&reading, who, today), stand, seen_by: list::own_list_seen_by() };
            Ok(made(head, own_list::blocks(&reading, person, today)))
        }
    }
}

async fn governors_page(world: &World, who: &Who, organisation: i64, leave: &MaySee, today: Date) -> Result<Made> {
    let (view, basis) = evaluation(world, who, organisation, leave).await?;
    let plan = read_plan(world, who, organisation, leave).await?;
    let reviews = read_reviews(world, who, organisation, leave).await?;
    let latest = reviews.as_ref().and_then(|all| all.reviews.iter().find(|one| one.finished_at.is_some()));
    let reviewed = match (&reviews, latest) {
        (Some(all), Some(one)) => Some(stand::review(one, &all.lines, &all.views)),
        _ => None,
    };
    let planned = plan.as_ref().and_then(|reading| stand::plan(&reading.plan));
    let evaluated = stand::self_evaluation(view.as_ref(), basis.as_ref());
    let stand = Stand::of_all([evaluated, planned, reviewed].into_iter().flatten()).ok_or(Error::NotFound)?;
    // One part of several alone has its own status; the page as a whole is as things stand.
    let stand = Stand { status: papers::paper::Status::Current, ..stand };
    let knows = governors::Knows {
        view: view.as_ref(),
        meeting: basis.as_ref().map(|basis| &basis.meeting),
        plan: plan.as_ref().map(|reading| &reading.plan),
        reviews: reviews.as_ref(),
        today,
    };
    let (blocks, at) = governors::blocks(&knows);
    let head = Head { title: "Governors’ page".to_owned(), stand, seen_by: leave.seen_by(ItemKind::ALL) };
    Ok(paper(leave, head, blocks, reviews.map(|reading| (at, Box::new(reading)))))
}

fn paper(leave: &MaySee, head: Head, blocks: Vec<Block>, path: Option<(usize, Box<review::Reading>)>) -> Made {
    let paper = Paper {
        title: head.title,
        school: leave.school.name.clone(),
        version: head.stand.version.to_string(),
        date: head.stand.date(),
        status: head.stand.status,
        seen_by: head.seen_by,
        blocks,
    };
    Made { school: leave.school.clone(), paper, path }
}

/// The school's own words and its agreed diagnosis, as far as they may be seen.
async fn evaluation(
    world: &World,
    who: &Who,
    organisation: i64,
    leave: &MaySee,
) -> Result<(Option<self_view::SelfView>, Option<Basis>)> {
    let view = match leave.sees(ItemKind::SelfView) {
        true => self_view::read(world, who, organisation).await?.view,
        false => None,
    };
    let basis = match &leave.basis {
        Some(basis) => {
            let reading = diagnosis::read(world, who, organisation, basis.diagnosis.id).await?;
            Some(Basis { diagnosis: reading.diagnosis, meeting: reading.meeting })
        }
        None => None,
    };
    Ok((view, basis))
}

async fn read_plan(world: &World, who: &Who, organisation: i64, leave: &MaySee) -> Result<Option<plan::Reading>> {
    match leave.sees(ItemKind::Plan) {
        true => plan::read(world, who, organisation).await.map(Some),
        false => Ok(None),
    }
}

async fn read_reviews(world: &World, who: &Who, organisation: i64, leave: &MaySee) -> Result<Option<review::Reading>> {
    match leave.sees(ItemKind::Review) {
        true => review::read(world, who, organisation).await.map(Some),
        false => Ok(None),
    }
}
