//! SQL of clusters.

use super::Cluster;
use crate::{error::Result, rights::Grant};
use kernel::{Date, Timestamp};
use store::{Conn, Row, StoreError, Tx, bulk::Lookup, statement};

statement!(INSERT, "INSERT INTO cluster (id, programme_id, name, created_at) VALUES ($1, $2, $3, $4)");
statement!(
    LEAVE,
    "UPDATE cluster_school SET until = $3
     WHERE organisation_id = $2 AND until IS NULL
         AND cluster_id IN (SELECT id FROM cluster WHERE programme_id = $1)"
);
statement!(PLACE, "INSERT INTO cluster_school (cluster_id, organisation_id, since) VALUES ($1, $2, $3)");
statement!(
    OF_PROGRAMME,
    "SELECT cluster.id, cluster.name, cluster_school.organisation_id
     FROM cluster LEFT JOIN cluster_school ON cluster_school.cluster_id = cluster.id
         AND cluster_school.since <= $2 AND (cluster_school.until IS NULL OR cluster_school.until > $2)
     WHERE cluster.programme_id = $1
     ORDER BY cluster.name, cluster.id, cluster_school.organisation_id"
);
const OF_SCHOOLS: Lookup = Lookup {
    table: "cluster_school JOIN cluster ON cluster.id = cluster_school.cluster_id",
    columns: &[
        "cluster_school.organisation_id",
        "cluster.name",
        "cluster.programme_id",
        "cluster_school.since",
        "cluster_school.until",
    ],
    key: "cluster_school.organisation_id",
};
statement!(
    OF_SCHOOL,
    "SELECT cluster.name FROM cluster JOIN cluster_school ON cluster_school.cluster_id = cluster.id
     WHERE cluster_school.organisation_id = $1 AND cluster_school.since <= $2
         AND (cluster_school.until IS NULL OR cluster_school.until > $2)
     ORDER BY cluster.name, cluster.id"
);

pub(super) async fn insert(
    tx: &mut Tx,
    _leave: &Grant,
    id: i64,
    programme: i64,
    name: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(INSERT, vec![id.into(), programme.into(), name.into(), now.into()]).await.map(drop)
}

pub(super) async fn leave(
    tx: &mut Tx,
    _leave: &Grant,
    programme: i64,
    school: i64,
    until: Date,
) -> Result<(), StoreError> {
    tx.execute(LEAVE, vec![programme.into(), school.into(), until.into()]).await.map(drop)
}

pub(super) async fn place(
    tx: &mut Tx,
    _leave: &Grant,
    cluster: i64,
    school: i64,
    since: Date,
) -> Result<(), StoreError> {
    tx.execute(PLACE, vec![cluster.into(), school.into(), since.into()]).await.map(drop)
}

pub(super) async fn of_programme(conn: &mut Conn, programme: i64, day: Date) -> Result<Vec<Cluster>> {
    let mut all: Vec<Cluster> = Vec::new();
    for row in conn.rows(OF_PROGRAMME, vec![programme.into(), day.into()]).await? {
        let id = row.int(0)?;
        if all.last().is_none_or(|cluster| cluster.id != id) {
            all.push(Cluster { id, name: row.text(1)?, schools: Vec::new() });
        }
        if let (Some(cluster), Some(school)) = (all.last_mut(), row.opt_int(2)?) {
            cluster.schools.push(school);
        }
    }
    Ok(all)
}

/// Those in which these schools are on a day: a school and the cluster's name.
pub(super) async fn of_schools(
    conn: &mut Conn,
    programme: i64,
    schools: &[i64],
    day: Date,
) -> Result<Vec<(i64, String)>, StoreError> {
    let mut all = Vec::new();
    let take = |row: Row| {
        let here = row.int(2)? == programme && row.date(3)? <= day && row.opt_date(4)?.is_none_or(|until| until > day);
        if here {
            all.push((row.int(0)?, row.text(1)?));
        }
        Ok(())
    };
    OF_SCHOOLS.each(conn, schools, take).await?;
    Ok(all)
}

pub(super) async fn of_school(conn: &mut Conn, school: i64, day: Date) -> Result<Vec<String>> {
    let rows = conn.rows(OF_SCHOOL, vec![school.into(), day.into()]).await?;
    rows.iter().map(|row| Ok(row.text(0)?)).collect()
}
