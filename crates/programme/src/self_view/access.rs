//! Who may read, write and erase a school in its own words.

use crate::{
    Who,
    error::Result,
    item::ItemKind,
    organisation::{self, Organisation},
    release::{self, SEE_ITEMS, Seen},
    rights::{
        Grant,
        Reach::{All, Own},
        Right,
    },
    who::Role,
};
use store::Conn;

/// Reading it: the school's leaders, and those to whom it was released.
pub const READ: Right = SEE_ITEMS;

/// Writing it.
pub const WRITE: Right =
    Right::write("self-view.write", &[(Role::Head, Own), (Role::Deputy, Own), (Role::StrandLead, Own)]);

/// Reading how it came about. A release shows what it says now, not what it said.
pub const HISTORY: Right =
    Right::read("self-view.history", &[(Role::Head, Own), (Role::Deputy, Own), (Role::StrandLead, Own)]);

/// Erasing it with all its versions, for good.
pub const ERASE: Right = Right::write("self-view.erase", &[(Role::Administrator, All), (Role::Head, Own)]);

/// Leave to read.
pub(super) struct MayRead {
    pub(super) school: Organisation,
    pub(super) seen: Seen,
}

pub(super) async fn read(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayRead> {
    let seen = release::may_see(conn, who, organisation, ItemKind::SelfView, None).await?;
    Ok(MayRead { school: organisation::school(conn, who, organisation).await?, seen })
}

/// Leave to write.
pub(super) struct MayWrite {
    pub(super) school: Organisation,
    pub(super) grant: Grant,
}

/// Those of [`WRITE`], also with a token that may only read.
const LEADS: Right = Right::read("self-view.leads", WRITE.roles);

pub(super) async fn leads(conn: &mut Conn, who: &Who, organisation: i64) -> Result<Grant> {
    LEADS.over(conn, who, organisation).await
}

pub(super) async fn write(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayWrite> {
    let grant = WRITE.over(conn, who, organisation).await?;
    Ok(MayWrite { school: organisation::school(conn, who, organisation).await?, grant })
}

/// Leave to read how it came about.
pub(super) struct MayReadHistory(pub(super) Organisation);

pub(super) async fn history(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayReadHistory> {
    HISTORY.over(conn, who, organisation).await?;
    organisation::school(conn, who, organisation).await.map(MayReadHistory)
}

/// Leave to erase.
pub(super) struct MayErase {
    pub(super) school: Organisation,
    pub(super) by: crate::who::Actor,
}

pub(super) async fn erase(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayErase> {
    let grant = ERASE.over(conn, who, organisation).await?;
    Ok(MayErase { school: organisation::school(conn, who, organisation).await?, by: grant.by })
}

/// Leave to erase what is due by a rule of retention.
pub(super) async fn erase_due(conn: &mut Conn, by: crate::who::Actor, organisation: i64) -> Result<MayErase> {
    Ok(MayErase { school: organisation::school(conn, &Who::Console, organisation).await?, by })
}
