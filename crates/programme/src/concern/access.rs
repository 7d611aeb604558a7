//! Who reads, raises and answers a concern: the school always first.

use super::{
    model::{Concern, Step},
    store,
};
use crate::{
    Who, cohort,
    error::{Error, Result},
    organisation::{self, Organisation},
    rights::{Grant, Reach::Own, Right},
    role,
    who::Role,
};
use ::store::Conn;
use kernel::Date;

/// Reading concerns about a school: its leaders what they were shown; the writer
/// of a step at once; others who work for the programme once the school has
/// answered or its days have passed.
pub const SEE: Right = Right::read(
    "concern.see",
    &[(Role::Head, Own), (Role::Deputy, Own), (Role::Adviser, Own), (Role::ProgrammeLead, Own)],
);

/// Raising a concern, taking its next step, closing it.
pub const RAISE: Right = Right::write("concern.raise", &[(Role::Adviser, Own), (Role::ProgrammeLead, Own)]);

/// Answering a step.
pub const ANSWER: Right = Right::write("concern.answer", &[(Role::Head, Own), (Role::Deputy, Own)]);

/// Those of [`ANSWER`], also with a token that may only read.
const LEAD: Right = Right::read("concern.lead", ANSWER.roles);

/// Reading the concerns about all one's schools on one page.
pub const LIST: Right = Right::read("concern.list", &[(Role::Adviser, Own), (Role::ProgrammeLead, Own)]);

/// Leave to read concerns about a school, and which.
pub(super) struct MaySee {
    pub(super) school: Organisation,
    /// They lead the school.
    pub(super) leads: bool,
    pub(super) person: Option<i64>,
    pub(super) grant: Grant,
    /// The programmes for which they work with this school.
    pub(super) programmes: Vec<i64>,
}

impl MaySee {
    /// Whether they read a step of a concern on a day.
    pub(super) fn reads(&self, concern: &Concern, step: &Step, today: Date) -> bool {
        let own = step.person.is_some() && step.person == self.person;
        let works = concern.programme.is_some_and(|id| self.programmes.contains(&id));
        match step.shown_at {
            None => own && works,
            Some(_) => self.leads || (works && (own || step.is_open(concern, today))),
        }
    }
}

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MaySee> {
    let grant = SEE.over(conn, who, organisation).await?;
    may_see(conn, who, organisation, grant).await
}

/// Leave to know what a school that one leads was asked.
pub(super) struct MayLead(pub(super) i64);

pub(super) async fn lead(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayLead> {
    LEAD.over(conn, who, organisation).await.map(|_| MayLead(organisation))
}

async fn may_see(conn: &mut Conn, who: &Who, organisation: i64, grant: Grant) -> Result<MaySee> {
    let leads = matches!(grant.role, Some(Role::Head | Role::Deputy));
    let programmes = RAISE.through(conn, who, organisation).await?;
    Ok(MaySee {
        school: organisation::school(conn, who, organisation).await?,
        leads,
        person: who.person(),
        grant,
        programmes,
    })
}

/// Whether somebody who does not ask now works with a school in a programme: whom a
/// letter may tell that there is something to read.
pub(super) async fn works_with(
    conn: &mut Conn,
    person: i64,
    (school, programme): (i64, i64),
    today: Date,
) -> Result<bool> {
    let all = role::reaching(conn, person, school, today).await?;
    Ok(all.iter().any(|held| held.organisation == programme && RAISE.reach(held.role) == Own))
}

/// Leave to raise a concern about a school, or to go on with one.
pub(super) struct MayRaise {
    pub(super) school: Organisation,
    pub(super) grant: Grant,
    pub(super) sees: MaySee,
}

pub(super) async fn raise(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayRaise> {
    let grant = RAISE.over(conn, who, organisation).await?;
    let sees = may_see(conn, who, organisation, grant.clone()).await?;
    Ok(MayRaise { school: sees.school.clone(), grant, sees })
}

/// Leave to go on with a concern that they read.
pub(super) struct MayGoOn {
    pub(super) leave: MayRaise,
    pub(super) concern: Concern,
    /// Its steps as far as they read them, the first first.
    pub(super) steps: Vec<Step>,
}

pub(super) async fn go_on(conn: &mut Conn, who: &Who, organisation: i64, id: i64, today: Date) -> Result<MayGoOn> {
    let leave = raise(conn, who, organisation).await?;
    let (concern, mut steps) = one(conn, organisation, id).await?;
    steps.retain(|step| leave.sees.reads(&concern, step, today));
    let works = concern.programme.is_some_and(|id| leave.sees.programmes.contains(&id));
    if steps.is_empty() || !works {
        return Err(Error::NotFound);
    }
    Ok(MayGoOn { leave, concern, steps })
}

/// Leave to answer a step.
pub(super) struct MayAnswer {
    pub(super) grant: Grant,
    pub(super) concern: Concern,
    /// What the school was shown, the first first.
    pub(super) steps: Vec<Step>,
}

pub(super) async fn answer(conn: &mut Conn, who: &Who, organisation: i64, id: i64) -> Result<MayAnswer> {
    let grant = ANSWER.over(conn, who, organisation).await?;
    let (concern, mut steps) = one(conn, organisation, id).await?;
    steps.retain(|step| step.shown_at.is_some());
    if steps.is_empty() { Err(Error::NotFound) } else { Ok(MayAnswer { grant, concern, steps }) }
}

async fn one(conn: &mut Conn, organisation: i64, id: i64) -> Result<(Concern, Vec<Step>)> {
    let all = store::concerns(conn, organisation).await?;
    let concern = all.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    let mut steps = store::steps(conn, organisation).await?;
    steps.retain(|step| step.concern == id);
    Ok((concern, steps))
}

/// Leave to change a programme's list.
pub(super) struct MayList {
    pub(super) grant: Grant,
    pub(super) programme: i64,
}

pub(super) async fn list(conn: &mut Conn, who: &Who, programme: i64) -> Result<MayList> {
    let grant = cohort::may_edit_programme(conn, who, programme).await?;
    Ok(MayList { grant, programme })
}

/// Leave to close what a school's leaving ends, or to erase what is due.
pub(super) struct MayEnd(());

/// Whoever ended the participation had leave to.
pub(super) fn with_participation() -> MayEnd {
    MayEnd(())
}

/// By a rule of retention.
pub(super) fn erase_due() -> MayEnd {
    MayEnd(())
}
