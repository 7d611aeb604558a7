//! SQL of roles held.

use super::{
    access::{MayManage, MaySee, Whom},
    model::{Head, Leaders, Member, NewRole, RoleHeld, Tenure},
};
use crate::{
    cohort::Which,
    error::{Error, Result},
    who::{Held, Role, Strand},
};
use kernel::{Date, Timestamp};
use store::{Conn, Row, StoreError, Tx, bulk::Lookup, statement};

statement!(
    INSERT,
    "INSERT INTO role_held (id, person_id, organisation_id, role, strand, since, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    END,
    "UPDATE role_held SET until = $3, ended_why = $4 WHERE id = $1 AND organisation_id = $2 AND until IS NULL"
);
statement!(
    HELD,
    "SELECT role, organisation_id, strand FROM role_held
     WHERE person_id = $1 AND since <= $2 AND (until IS NULL OR until > $2)
     ORDER BY organisation_id, id"
);
statement!(
    OF_ORGANISATION,
    "SELECT role_held.id, role_held.person_id, role_held.role, role_held.strand, role_held.since, role_held.until,
         role_held.ended_why, person.name, person.email
     FROM role_held JOIN person ON person.id = role_held.person_id
     WHERE role_held.organisation_id = $1
     ORDER BY person.name, person.id, role_held.since, role_held.id"
);
statement!(
    /// Of a whole programme, only of those who came or left lately is it asked who they are.
    HEADS,
    "SELECT organisation_id, since, until,
         CASE WHEN since >= $4 OR until >= $4 OR $2 <> 0 OR $3 <> 0
             THEN (SELECT person.name FROM person WHERE person.id = role_held.person_id) END
     FROM role_held
     WHERE role = 'head'
         AND organisation_id IN (
             SELECT participation.organisation_id FROM participation
             JOIN cohort ON cohort.id = participation.cohort_id WHERE cohort.programme_id = $1
                 AND (participation.organisation_id = $2 OR $2 = 0)
                 AND ($3 = 0 OR participation.organisation_id IN (
                     SELECT mine.organisation_id FROM adviser_assignment AS mine WHERE mine.person_id = $3)))
     ORDER BY since, person_id"
);
/// Strand leads, also former ones, of a few schools.
const STRAND_LEADS: Lookup = Lookup {
    table: "(SELECT organisation_id, strand, since, until FROM role_held WHERE role = 'strand_lead') AS post",
    columns: &["organisation_id", "strand", "since", "until"],
    key: "organisation_id",
};
statement!(
    /// A row a post, with how many people are here in each; one without a post where there is none.
    POSTS,
    "SELECT here.people, post.role, post.strand, post.since, post.until
     FROM (SELECT COUNT(DISTINCT person_id) AS people FROM role_held
         WHERE organisation_id = $1 AND since <= $2 AND (until IS NULL OR until > $2)) AS here
     LEFT JOIN role_held AS post ON post.organisation_id = $1 AND post.role IN ('head', 'strand_lead')"
);
/// Whether a row of role_held, held on a day by whoever holds it, reaches an organisation that
/// it is not held in: as the adviser who accompanies it, as lead or evaluator of a programme
/// that it takes part in. Organisation and day are parameters. Nothing is asked for other roles.
macro_rules! reaches {
    ($organisation:literal, $day:literal) => {
        concat!(
            "CASE WHEN role_held.role = 'adviser' THEN EXISTS (
                 SELECT 1 FROM adviser_assignment AS accompanies
                 WHERE accompanies.person_id = role_held.person_id AND accompanies.organisation_id = ",
            $organisation,
            "
                     AND accompanies.programme_id = role_held.organisation_id AND accompanies.since <= ",
            $day,
            "
                     AND (accompanies.until IS NULL OR accompanies.until > ",
            $day,
            "))
             WHEN role_held.role IN ('programme_lead', 'evaluator') THEN EXISTS (
                 SELECT 1 FROM participation JOIN cohort ON cohort.id = participation.cohort_id
                 WHERE participation.organisation_id = ",
            $organisation,
            "
                     AND cohort.programme_id = role_held.organisation_id
                     AND NOT EXISTS (
                         SELECT 1 FROM participation_status AS gone
                         WHERE gone.participation_id = participation.id AND gone.status = 'left'
                             AND gone.since <= ",
            $day,
            "
                             AND NOT EXISTS (SELECT 1 FROM participation_status AS later
                                 WHERE later.participation_id = gone.participation_id AND later.id > gone.id)))
             ELSE FALSE END"
        )
    };
}
pub(crate) use reaches;

statement!(
    BELONGING,
    concat!(
        "SELECT role, organisation_id FROM role_held
         WHERE person_id = $1 AND since <= $3 AND (until IS NULL OR until > $3) AND ",
        reaches!("$2", "$3"),
        " ORDER BY organisation_id, id"
    )
);

pub(super) async fn insert(
    tx: &mut Tx,
    leave: &MayManage,
    id: i64,
    new: &NewRole,
    now: Timestamp,
) -> Result<(), StoreError> {
    insert_as(tx, id, leave.organisation, new, now, &leave.grant.by.name).await
}

/// A role that comes with an accepted invitation, or with the installation's first administrator.
pub(super) async fn insert_as(
    tx: &mut Tx,
    id: i64,
    organisation: i64,
    new: &NewRole,
    now: Timestamp,
    by: &str,
) -> Result<(), StoreError> {
    let values = vec![
        id.into(),
        new.person.into(),
        organisation.into(),
        new.role.key().into(),
        new.strand.map(Strand::key).into(),
        new.since.into(),
        now.into(),
        by.into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

/// Ends a role; false where there is no such role in the organisation, or it has ended.
pub(super) async fn end(
    tx: &mut Tx,
    leave: &MayManage,
    id: i64,
    until: Date,
    why: Option<&str>,
) -> Result<bool, StoreError> {
    let values = vec![id.into(), leave.organisation.into(), until.into(), why.into()];
    Ok(tx.execute(END, values).await? > 0)
}

/// What a person holds on a day.
pub(super) async fn held(conn: &mut Conn, person: i64, day: Date) -> Result<Vec<Held>> {
    let mut all = Vec::new();
    for row in &conn.rows(HELD, vec![person.into(), day.into()]).await? {
        all.extend(held_at(row, 0)?);
    }
    Ok(all)
}

/// Role, organisation and strand in three columns of a row from `first` on; none
/// where nothing is held.
pub(super) fn held_at(row: &Row, first: usize) -> Result<Option<Held>> {
    let Some(organisation) = row.opt_int(first + 1)? else { return Ok(None) };
    Ok(Some(Held { role: role_in(row, first)?, organisation, strand: strand_in(row, first + 2)? }))
}

/// People of an organisation with their roles there, by name.
pub(super) async fn members(conn: &mut Conn, leave: &MaySee) -> Result<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    for row in &conn.rows(OF_ORGANISATION, vec![leave.organisation.into()]).await? {
        let held = held_in(row)?;
        if leave.whom == Whom::Leaders && !held.role.leads_school() {
            continue;
        }
        match members.last_mut() {
            Some(member) if member.person == held.person => {
                member.roles.push(held);
            }
            _ => {
                members.push(Member {
                    person: held.person,
                    name: row.text(7)?,
                    email: row.text(8)?,
                    roles: vec![held],
                });
            }
        }
    }
    Ok(members)
}

/// Heads, also former ones, of schools of a programme; by name those who came or left since
/// `lately`, and all where a few schools are asked about.
pub(super) async fn leaders(conn: &mut Conn, programme: i64, which: Which, lately: Date) -> Result<Leaders> {
    let [school, adviser] = which.values();
    let mut all = Leaders::default();
    for row in conn.rows(HEADS, vec![programme.into(), school, adviser, lately.into()]).await? {
        let held = Tenure { role: Role::Head, strand: None, since: row.date(1)?, until: row.opt_date(2)? };
        let school = row.int(0)?;
        all.posts.entry(school).or_default().push(held);
        if let Some(name) = row.opt_text(3)? {
            all.heads.push(Head { school, name, held });
        }
    }
    Ok(all)
}

/// Adds the strand leads, also former ones, of these schools.
pub(super) async fn strand_leads(conn: &mut Conn, schools: &[i64], all: &mut Leaders) -> Result<()> {
    let mut rows = Vec::new();
    let take = |row| {
        rows.push(row);
        Ok(())
    };
    STRAND_LEADS.each(conn, schools, take).await?;
    for row in &rows {
        let held =
            Tenure { role: Role::StrandLead, strand: strand_in(row, 1)?, since: row.date(2)?, until: row.opt_date(3)? };
        all.posts.entry(row.int(0)?).or_default().push(held);
    }
    Ok(())
}

pub(super) async fn posts(conn: &mut Conn, leave: &MaySee, day: Date) -> Result<(i64, Vec<Tenure>)> {
    let (mut present, mut posts) = (0, Vec::new());
    for row in &conn.rows(POSTS, vec![leave.organisation.into(), day.into()]).await? {
        present = row.int(0)?;
        if let Some(since) = row.opt_date(3)? {
            posts.push(Tenure { role: role_in(row, 1)?, strand: strand_in(row, 2)?, since, until: row.opt_date(4)? });
        }
    }
    Ok((present, posts))
}

/// How a person belongs to an organisation without holding a role in it: the roles
/// in programmes that reach it.
pub(super) async fn belonging(conn: &mut Conn, person: i64, organisation: i64, day: Date) -> Result<Vec<Held>> {
    let rows = conn.rows(BELONGING, vec![person.into(), organisation.into(), day.into()]).await?;
    rows.iter().map(|row| Ok(Held { role: role_in(row, 0)?, organisation: row.int(1)?, strand: None })).collect()
}

fn held_in(row: &Row) -> Result<RoleHeld> {
    Ok(RoleHeld {
        id: row.int(0)?,
        person: row.int(1)?,
        role: role_in(row, 2)?,
        strand: strand_in(row, 3)?,
        since: row.date(4)?,
        until: row.opt_date(5)?,
        ended_why: row.opt_text(6)?,
    })
}

fn role_in(row: &Row, column: usize) -> Result<Role> {
    let key = row.str(column)?;
    Role::from_key(key).ok_or_else(|| Error::Unexpected(format!("the database holds a role ‘{key}’")))
}

fn strand_in(row: &Row, column: usize) -> Result<Option<Strand>> {
    Ok(row.opt_text(column)?.as_deref().and_then(Strand::from_key))
}
