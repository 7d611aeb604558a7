//! What one can do with clusters.

use super::store;
use crate::{
    Who, World,
    audit::{self, Entry},
    cohort,
    error::{Error, Result},
    organisation,
};
use ::store::{Conn, StoreError};
use kernel::Date;
use serde_json::json;

/// A cluster, with the schools that are in it today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its schools.
    pub schools: Vec<i64>,
}

/// Makes a cluster in a programme.
///
/// # Errors
/// [`Error::Invalid`] for a name that is empty, too long or there already; [`Error::NotFound`].
pub async fn make(world: &World, who: &Who, programme: i64, name: &str) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let grant = cohort::may_edit_programme(&mut tx, who, programme).await?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::field("name", "Enter a name for the cluster, of at most 100 characters"));
    }
    let id = world.id();
    match store::insert(&mut tx, &grant, id, programme, name, world.now()).await {
        Err(StoreError::Conflict(_)) => return Err(Error::field("name", "There is a cluster with this name already")),
        done => done?,
    }
    let entry = Entry::of("make a cluster", "cluster", id).within(programme).after(json!({"name": name}));
    audit::record(world, &mut tx, &grant.by, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// A school is in this cluster from a day on, and in no other of the programme.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cluster, or the school is not in the programme.
pub async fn place(world: &World, who: &Who, programme: i64, cluster: i64, school: i64, since: Date) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let grant = cohort::may_edit_programme(&mut tx, who, programme).await?;
    let all = store::of_programme(&mut tx, programme, since).await?;
    let chosen = all.iter().find(|one| one.id == cluster).ok_or(Error::NotFound)?;
    if !cohort::parts_of(&mut tx, school).await?.iter().any(|part| part.programme == programme) {
        return Err(Error::NotFound);
    }
    store::leave(&mut tx, &grant, programme, school, since).await?;
    store::place(&mut tx, &grant, cluster, school, since).await?;
    let after = json!({"cluster": chosen.name, "since": since});
    let entry = Entry::of("place a school in a cluster", "cluster", cluster).within(school).after(after);
    audit::record(world, &mut tx, &grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The clusters in which a school is today, by name.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not know the school, or the database.
pub async fn of_school(world: &World, who: &Who, school: i64) -> Result<Vec<String>> {
    let mut conn = world.db.read().await?;
    organisation::SEE.over(&mut conn, who, school).await?;
    store::of_school(&mut conn, school, world.clock.today()).await
}

/// In which cluster of a programme each of these schools is on a day, for another noun that
/// decides itself who may know: the school, the cluster's name.
pub(crate) async fn of_schools(
    conn: &mut Conn,
    programme: i64,
    schools: &[i64],
    day: Date,
) -> Result<Vec<(i64, String)>> {
    Ok(store::of_schools(conn, programme, schools, day).await?)
}
