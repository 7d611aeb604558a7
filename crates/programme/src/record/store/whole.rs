//! SQL that reads the whole public record into memory.

use super::inspection_in;
use crate::error::{Error, Result};
use kernel::LaEstab;
use register::{
    lineage::{Link, LinkKind},
    public_record::{Event, PublicRecord, SchoolIn, Schools},
};
use store::{Conn, Row, StoreError, statement};

statement!(
    /// Texts in one column, parted by `$1`: fifty thousand rows come faster with
    /// four values than with fifteen.
    ALL_SCHOOLS,
    "SELECT urn,
         name || $1 || former_names_json || $1 || COALESCE(status, '') || $1 || COALESCE(phase, '') || $1
             || COALESCE(kind, '') || $1 || COALESCE(la_name, '') || $1 || COALESCE(CAST(la_code AS TEXT), '') || $1
             || COALESCE(CAST(estab AS TEXT), '') || $1 || COALESCE(town, '') || $1 || COALESCE(postcode, '') || $1
             || COALESCE(opened, '') || $1 || COALESCE(closed, ''),
         latitude, longitude
     FROM school ORDER BY urn"
);
statement!(ALL_INSPECTIONS, "SELECT urn, start_date, kind, detail_json FROM inspection ORDER BY urn, start_date, kind");
statement!(ALL_LINKS, "SELECT urn, other, kind, established, source_id FROM school_link ORDER BY urn, other, kind");

/// Stands between texts, and in none of them: readers leave no line's end in
/// what they keep.
const BETWEEN: char = '\n';

/// The whole public record of this version, from two connections that see it.
pub(in crate::record) async fn public_record(version: i64, mut one: Conn, mut other: Conn) -> Result<PublicRecord> {
    let schools = tokio::spawn(async move { schools(&mut one).await });
    let (events, links) = events(&mut other).await?;
    let schools = schools.await.map_err(|error| Error::Unexpected(error.to_string()))??;
    // In a thread that ends at once, so that its memory is given back at once.
    let (give, built) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("record".to_owned())
        .spawn(move || drop(give.send(PublicRecord::of_gathered(version, schools, events, &links))))
        .map_err(|error| Error::Unexpected(error.to_string()))?;
    built.await.map_err(|error| Error::Unexpected(error.to_string()))
}

async fn schools(conn: &mut Conn) -> Result<Schools, StoreError> {
    let mut schools = Schools::default();
    conn.each(ALL_SCHOOLS, vec![BETWEEN.to_string().into()], |row| {
        schools.add(school_in(&row)?);
        Ok(())
    })
    .await?;
    Ok(schools)
}

async fn events(conn: &mut Conn) -> Result<(Vec<Event>, Vec<Link>)> {
    let mut events: Vec<Event> = Vec::new();
    let mut unreadable = None;
    conn.each(ALL_INSPECTIONS, Vec::new(), |row| {
        match inspection_in(&row) {
            Ok(inspection) => events.push(Event::of(&inspection)),
            Err(error) => unreadable = Some(error),
        }
        Ok(())
    })
    .await?;
    if let Some(error) = unreadable {
        return Err(error);
    }
    let mut links = Vec::new();
    conn.each(ALL_LINKS, Vec::new(), |row| {
        if let Some(kind) = LinkKind::from_key(row.str(2)?) {
            links.push(Link { urn: row.urn(0)?, other: row.urn(1)?, kind, established: row.opt_date(3)? });
        }
        Ok(())
    })
    .await?;
    Ok((events, links))
}

fn school_in(row: &Row) -> Result<SchoolIn, StoreError> {
    let all = row.str(1)?;
    let unreadable =
        || StoreError::Unreadable { value: all.to_owned(), expected: "twelve texts of a school", place: "school" };
    let mut parts = [""; 12];
    let mut found = all.split(BETWEEN);
    for part in &mut parts {
        *part = found.next().ok_or_else(unreadable)?;
    }
    if found.next().is_some() {
        return Err(unreadable());
    }
    let [name, former, status, phase, kind, authority, la, estab, town, postcode, opened, closed] = parts;
    let date = |text: &str| {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| unreadable()) }
    };
    let laestab = la.parse().ok().zip(estab.parse().ok());
    Ok(SchoolIn {
        urn: row.urn(0)?.get(),
        name: name.to_owned(),
        former: if former == "[]" { Vec::new() } else { serde_json::from_str(former).unwrap_or_default() },
        status: status.to_owned(),
        phase: phase.to_owned(),
        kind: kind.to_owned(),
        authority: authority.to_owned(),
        laestab: laestab.and_then(|(authority, estab)| LaEstab::new(authority, estab)),
        town: town.to_owned(),
        postcode: postcode.to_owned(),
        opened: date(opened)?,
        closed: date(closed)?,
        place: row.opt_real(2)?.zip(row.opt_real(3)?),
    })
}
