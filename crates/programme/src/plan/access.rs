//! Who may see, edit and act on a plan.

use super::{
    model::{Action, Priority},
    store,
};
use crate::{
    Who,
    error::{Error, Result},
    item::ItemKind,
    organisation::{self, Organisation},
    release::{self, Seen},
    rights::{Grant, Reach::Own, Right},
    who::Role,
};
use ::store::Conn;

/// Seeing a plan: its school's leaders all of it, whoever owns an action theirs,
/// others what was released to them.
pub const SEE: Right = Right::read("plan.see", release::SEE_ITEMS.roles);

/// Seeing how a school chose: with what its diagnosis says.
pub const CHOOSE: Right =
    Right::read("plan.choose", &[(Role::Head, Own), (Role::Deputy, Own), (Role::StrandLead, Own)]);

/// Opening and closing priorities, setting criteria, writing down decisions.
pub const EDIT: Right = Right::write("plan.edit", &[(Role::Head, Own), (Role::Deputy, Own)]);

/// Adding and editing actions, values and tests of change; a strand lead under
/// the priorities of the strand that they lead.
pub const ACT: Right = Right::write("plan.act", &[(Role::Head, Own), (Role::Deputy, Own), (Role::StrandLead, Own)]);

/// Saying that one's own action is done or stuck.
pub const MARK: Right = Right::write(
    "plan.mark",
    &[(Role::Head, Own), (Role::Deputy, Own), (Role::StrandLead, Own), (Role::TeamLeader, Own), (Role::Teacher, Own)],
);

/// As whom somebody sees a plan.
#[derive(Debug, Clone)]
pub(super) enum As {
    /// As one who leads the school.
    Leader,
    /// As one to whom it was released.
    Released(Seen),
    /// As one who may own actions of it: theirs alone.
    Owner(i64),
}

/// Leave to see a plan.
pub(super) struct MaySee {
    pub(super) school: Organisation,
    pub(super) how: As,
}

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MaySee> {
    let how = match release::may_see(conn, who, organisation, ItemKind::Plan, None).await {
        Ok(seen) if !seen.released => As::Leader,
        Ok(seen) => As::Released(seen),
        Err(Error::NotFound) if OWNS.directly(who, organisation) => As::Owner(who.person().ok_or(Error::NotFound)?),
        Err(other) => return Err(other),
    };
    Ok(MaySee { school: organisation::school(conn, who, organisation).await?, how })
}

/// Those of [`MARK`], for who reads with a token that may only read.
pub(super) const OWNS: Right = Right::read("plan.owns", MARK.roles);

/// Leave to see how a school chose.
pub(super) struct MayChoose(pub(super) Organisation);

pub(super) async fn choose(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayChoose> {
    CHOOSE.over(conn, who, organisation).await?;
    organisation::school(conn, who, organisation).await.map(MayChoose)
}

/// Leave to edit a plan.
pub(super) struct MayEdit {
    pub(super) school: Organisation,
    pub(super) grant: Grant,
}

pub(super) async fn edit(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayEdit> {
    let grant = EDIT.over(conn, who, organisation).await?;
    Ok(MayEdit { school: organisation::school(conn, who, organisation).await?, grant })
}

/// Leave to say what one thinks of a decision.
pub(super) struct MayOpine {
    pub(super) grant: Grant,
}

pub(super) async fn opine(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayOpine> {
    let grant = ACT.over(conn, who, organisation).await?;
    organisation::school(conn, who, organisation).await?;
    Ok(MayOpine { grant })
}

/// Leave to act under one priority.
pub(super) struct MayAct {
    pub(super) school: Organisation,
    pub(super) priority: Priority,
    pub(super) grant: Grant,
}

pub(super) async fn act(conn: &mut Conn, who: &Who, organisation: i64, priority: i64) -> Result<MayAct> {
    let grant = ACT.over(conn, who, organisation).await?;
    let priority = store::priority(conn, organisation, priority).await?.ok_or(Error::NotFound)?;
    if !acts_under(who, organisation, &priority) {
        return Err(Error::NotFound);
    }
    Ok(MayAct { school: organisation::school(conn, who, organisation).await?, priority, grant })
}

/// True where somebody may act under a priority; for a page that offers it.
#[must_use]
pub fn acts_under(who: &Who, organisation: i64, priority: &Priority) -> bool {
    EDIT.directly(who, organisation)
        || who.caller().into_iter().flat_map(|caller| caller.roles.iter()).any(|held| {
            held.organisation == organisation
                && held.role == Role::StrandLead
                && held.strand.is_some_and(|strand| Some(strand.key()) == priority.strand.as_deref())
        })
}

/// Leave to say where an action stands: for who may act under its priority, and
/// for its owner, who may not drop it.
pub(super) struct MayMark {
    pub(super) school: Organisation,
    pub(super) action: Action,
    /// They act under its priority, and so may drop it.
    pub(super) acts: bool,
    pub(super) grant: Grant,
}

pub(super) async fn mark(conn: &mut Conn, who: &Who, organisation: i64, action: i64) -> Result<MayMark> {
    let grant = MARK.over(conn, who, organisation).await?;
    let action = store::action(conn, organisation, action).await?.ok_or(Error::NotFound)?;
    let priority = store::priority(conn, organisation, action.priority).await?.ok_or(Error::NotFound)?;
    let acts = acts_under(who, organisation, &priority);
    if !acts && (action.owner.is_none() || action.owner != who.person()) {
        return Err(Error::NotFound);
    }
    Ok(MayMark { school: organisation::school(conn, who, organisation).await?, action, acts, grant })
}

/// Leave to erase what is due by a rule of retention.
pub(super) struct MayErase(());

pub(super) fn erase_due() -> MayErase {
    MayErase(())
}
