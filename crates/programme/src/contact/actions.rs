//! What one can do with contacts.

use super::{
    access,
    model::{Contact, Kind},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    cohort::{self, TakesPart, Which},
    error::{Error, FieldError, Result},
};
use ::store::Conn;
use kernel::Date;
use serde_json::json;

/// A contact to be noted.
#[derive(Debug, Clone, Default)]
pub struct NewContact {
    /// In which programme; needed where the school is in several of the caller's.
    pub programme: Option<i64>,
    /// How.
    pub kind: Option<Kind>,
    /// On which day.
    pub on: Option<Date>,
    /// When next; `None` where what was typed is no day, `Some(None)` where nothing was.
    pub next: Option<Option<Date>>,
}

/// Notes that a programme and a school were in touch.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`].
pub async fn record(world: &World, who: &Who, school: i64, new: NewContact) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::record(&mut tx, who, school).await?;
    let through = programmes(&mut tx, who, school).await?;
    let programme = match new.programme {
        Some(id) => through.iter().find(|part| part.programme == id),
        None => through.first(),
    };
    let programme = programme.ok_or(Error::NotFound)?.programme;
    let mut wrong = Vec::new();
    if new.kind.is_none() {
        wrong.push(FieldError::new("kind", "Choose how you were in touch"));
    }
    match new.on {
        None => wrong.push(FieldError::new("on", "Enter the day on which you were in touch")),
        Some(day) if day > world.clock.today() => {
            wrong.push(FieldError::new("on", "Enter a day that is not after today; what is to come goes below"));
        }
        Some(_) => {}
    }
    match (new.on, new.next) {
        (_, None) => wrong.push(FieldError::new("next", "Enter the day of the next contact, or leave it empty")),
        (Some(on), Some(Some(next))) if next <= on => {
            wrong.push(FieldError::new("next", "Enter a day after this contact, or leave it empty"));
        }
        _ => {}
    }
    let (Some(kind), Some(on), Some(next), true) = (new.kind, new.on, new.next, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let by = leave.grant.by.name.clone();
    let contact = Contact { id: world.id(), programme, school, kind, on, next, recorded_at: world.now(), by };
    store::insert(&mut tx, &leave, &contact).await?;
    let after = json!({"kind": kind.key(), "on": on, "next": next});
    let entry = Entry::of("note a contact", "contact", contact.id).within(school).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// When a programme and a school were in touch, the latest first.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn of_school(world: &World, who: &Who, school: i64) -> Result<Vec<Contact>> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, school).await?;
    store::of_school(&mut conn, &leave).await
}

/// Through which programmes somebody may note a contact with a school.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn through(world: &World, who: &Who, school: i64) -> Result<Vec<TakesPart>> {
    let mut conn = world.db.read().await?;
    access::record(&mut conn, who, school).await?;
    programmes(&mut conn, who, school).await
}

async fn programmes(conn: &mut Conn, who: &Who, school: i64) -> Result<Vec<TakesPart>> {
    let all = cohort::parts_of(conn, school).await?;
    let held = |programme: i64| match who.caller() {
        Some(caller) => caller.roles.iter().any(|held| held.organisation == programme),
        None => true,
    };
    Ok(all.into_iter().filter(|part| !part.has_left() && held(part.programme)).collect())
}

/// Those of a programme since a day, and the latest of each of its schools, for
/// another noun that decides itself who may know. After some years all of them
/// would be thousands.
pub(crate) async fn lately(conn: &mut Conn, programme: i64, from: Date, which: Which) -> Result<Vec<Contact>> {
    store::lately(conn, programme, from, which).await
}
