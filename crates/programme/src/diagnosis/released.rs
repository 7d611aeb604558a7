//! What the schools of a programme agreed and released to somebody, read at once:
//! there may be hundreds.

use super::{
    access,
    framework::{Framework, framework},
    record::Judgement,
    store,
};
use crate::{
    Who, World,
    error::{Error, Result},
    item::ItemKind,
    release,
};
use std::collections::HashSet;

/// What a school agreed and released.
#[derive(Debug, Clone)]
pub(crate) struct Released {
    /// The school.
    pub(crate) organisation: i64,
    /// The diagnosis.
    pub(crate) id: i64,
    /// Its framework.
    pub(crate) framework: &'static Framework,
    /// What was agreed of which statement.
    pub(crate) findings: Vec<(String, Judgement)>,
    /// What the school does well, the first first.
    pub(crate) strengths: Vec<Offer>,
}

/// A strength, as it is told to others.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// Under which statement it falls.
    pub(crate) statement: String,
    /// What it is.
    pub(crate) words: String,
    /// What will be done with it.
    pub(crate) put_to_use: String,
}

/// The latest agreed diagnosis of each of these schools of a programme, where it is
/// released to the caller. Each look is noted in the same transaction; of other
/// schools nothing is read.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub(crate) async fn released(
    world: &World,
    who: &Who,
    programme: i64,
    schools: &HashSet<i64>,
) -> Result<Vec<Released>> {
    let mut tx = world.db.begin().await?;
    let leave = access::released(&mut tx, who).await?;
    let mut all: Vec<Released> = Vec::new();
    // They stand by school, the latest first.
    for (organisation, id, (name, version)) in store::agreed_in(&mut tx, programme).await? {
        if !schools.contains(&organisation) || all.last().is_some_and(|last| last.organisation == organisation) {
            continue;
        }
        let Some(seen) = leave.see(organisation, id) else { continue };
        let framework = framework(&name, Some(version))
            .ok_or_else(|| Error::Unexpected(format!("the database holds a diagnosis by ‘{name} v{version}’")))?;
        release::looked(world, &mut tx, seen, organisation, ItemKind::Diagnosis, Some(id)).await?;
        all.push(Released { organisation, id, framework, findings: Vec::new(), strengths: Vec::new() });
    }
    store::fill(&mut tx, &leave, &mut all).await?;
    tx.commit().await?;
    Ok(all)
}
