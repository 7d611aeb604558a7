//! SQL that reads the whole public record into memory.

use super::{inspection_in, version};
use crate::error::{Error, Result};
use kernel::LaEstab;
use register::{
    lineage::{Link, LinkKind},
    public_record::{Event, PublicRecord, SchoolIn, Schools},
};
use store::{Conn, Row, StoreError, statement};

statement!(
    ALL_SCHOOLS,
    "SELECT urn, name, former_names_json, status, phase, kind, la_name, la_code, estab, town, postcode, opened, closed,
         latitude, longitude
     FROM school ORDER BY urn"
);
statement!(ALL_INSPECTIONS, "SELECT urn, start_date, kind, detail_json FROM inspection ORDER BY urn, start_date, kind");
statement!(ALL_LINKS, "SELECT urn, other, kind, established, source_id FROM school_link ORDER BY urn, other, kind");

/// The whole public record, from one state of the database.
pub(in crate::record) async fn public_record(conn: &mut Conn) -> Result<PublicRecord> {
    let version = version(conn).await?;
    let mut schools = Schools::default();
    conn.each(ALL_SCHOOLS, Vec::new(), |row| {
        schools.add(school_in(&row)?);
        Ok(())
    })
    .await?;
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
    // In a thread that ends at once, so that its memory is given back at once.
    let (give, built) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("record".to_owned())
        .spawn(move || drop(give.send(PublicRecord::of_gathered(version, schools, events, &links))))
        .map_err(|error| Error::Unexpected(error.to_string()))?;
    built.await.map_err(|error| Error::Unexpected(error.to_string()))
}

fn school_in(row: &Row) -> Result<SchoolIn, StoreError> {
    let text = |column| Ok::<_, StoreError>(row.opt_text(column)?.unwrap_or_default());
    let number = |column| Ok::<_, StoreError>(row.opt_int(column)?.and_then(|n| u16::try_from(n).ok()));
    let former = row.str(2)?;
    Ok(SchoolIn {
        urn: row.urn(0)?.get(),
        name: row.text(1)?,
        former: if former == "[]" { Vec::new() } else { serde_json::from_str(former).unwrap_or_default() },
        status: text(3)?,
        phase: text(4)?,
        kind: text(5)?,
        authority: text(6)?,
        laestab: number(7)?.zip(number(8)?).and_then(|(authority, estab)| LaEstab::new(authority, estab)),
        town: text(9)?,
        postcode: text(10)?,
        opened: row.opt_date(11)?,
        closed: row.opt_date(12)?,
        place: row.opt_real(13)?.zip(row.opt_real(14)?),
    })
}
