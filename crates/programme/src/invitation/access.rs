//! Who may invite: whoever may give the role, and, for a school to a
//! programme, whoever may edit the programme. Accepting needs the letter.

use super::model::Invitation;
use crate::{
    Who, cohort,
    error::{Error, Result},
    role,
    who::Actor,
};
use store::Conn;

/// Leave to write, withdraw and send again invitations.
pub(super) struct MayInvite(pub(super) Actor);

/// Into an organisation.
pub(super) async fn into(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayInvite> {
    role::may_manage(conn, who, organisation).await.map(|grant| MayInvite(grant.by))
}

/// Of schools into a programme.
pub(super) async fn to_programme(conn: &mut Conn, who: &Who, programme: i64) -> Result<MayInvite> {
    cohort::may_edit_programme(conn, who, programme).await.map(|grant| MayInvite(grant.by))
}

/// Of the kind that this one is.
pub(super) async fn over(conn: &mut Conn, who: &Who, invitation: &Invitation) -> Result<MayInvite> {
    match invitation.cohort {
        Some(cohort) => {
            let cohort = cohort::cohort_by_id(conn, cohort).await?;
            to_programme(conn, who, cohort.programme_id).await
        }
        None => into(conn, who, invitation.organisation).await,
    }
}

/// Leave to answer an invitation: its secret was shown.
pub(super) struct MayAnswer(pub(super) Invitation);

pub(super) fn answer(found: Option<Invitation>) -> Result<MayAnswer> {
    found.map(MayAnswer).ok_or(Error::NotFound)
}
