//! The letter of an invitation, in the transaction that writes it.

use super::model::{DAYS, Invitation, hash_of};
use crate::{
    World, cohort,
    error::{Error, Result},
    mail::{self, Letter},
};
use ::store::Tx;
use jiff::SignedDuration;
use kernel::Timestamp;

/// A secret, its hash, and the moment up to which it works.
pub(super) struct Secret {
    token: String,
    pub(super) sha256: String,
    pub(super) expires_at: Timestamp,
}

pub(super) fn secret(world: &World) -> Result<Secret> {
    let token = world.secret::<32>();
    let sha256 = hash_of(&token).ok_or_else(|| Error::Unexpected("a secret is 64 hexadecimal digits".into()))?;
    Ok(Secret { token, sha256, expires_at: world.now() + SignedDuration::from_hours(24 * DAYS) })
}

/// Puts the letter with the secret into the outbox.
pub(super) async fn send(world: &World, tx: &mut Tx, invitation: &Invitation, secret: &Secret) -> Result<()> {
    let link = world.link(&format!("/invitations/{}", secret.token));
    let (by, until) = (invitation.by.clone(), secret.expires_at);
    let letter = match invitation.cohort {
        Some(cohort) => {
            let cohort = cohort::cohort_by_id(tx, cohort).await?;
            let programme = cohort::programme_by_id(tx, cohort.programme_id).await?.name;
            Letter::JoinProgramme { programme, school: invitation.organisation_name.clone(), by, link, until }
        }
        None => Letter::Invitation {
            organisation: invitation.organisation_name.clone(),
            role: invitation.role_words(),
            by,
            link,
            until,
        },
    };
    mail::send(world, tx, &invitation.email, &letter).await.map(drop)
}
