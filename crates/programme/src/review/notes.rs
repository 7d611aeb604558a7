//! Notes of visits: the adviser writes one, shows it to the school, which may
//! comment, and then it becomes final.

use super::{
    access,
    model::{Note, NoteState},
    store::{self, MayWrite},
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    organisation::Organisation,
    plan::{self, tidy, too_long},
};
use kernel::Date;
use serde_json::json;

/// So many days a school has for its comment, then to the next school day.
pub const DAYS_TO_COMMENT: i32 = 14;

/// The notes about a school that somebody may read, the latest visit first.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn notes(world: &World, who: &Who, organisation: i64) -> Result<(Organisation, Vec<Note>)> {
    let mut conn = world.db.read().await?;
    let leave = access::read_notes(&mut conn, who, organisation).await?;
    let mut all = store::notes(&mut conn, organisation).await?;
    all.retain(|one| leave.reads(one));
    all.sort_by_key(|one| std::cmp::Reverse((one.on, one.id)));
    Ok((leave.school, all))
}

/// Writes a note, or changes one's own while it is a draft; its id.
///
/// # Errors
/// [`Error::Invalid`] with what does not fit; [`Error::NotFound`] for whoever may
/// not, another's note, or one that the school was shown.
pub async fn write_note(
    world: &World,
    who: &Who,
    organisation: i64,
    id: Option<i64>,
    on: Option<Date>,
    words: &str,
) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::note(&mut tx, who, organisation).await?;
    let old = match id {
        Some(id) => Some(own_draft(store::note(&mut tx, organisation, id).await?, &leave)?),
        None => None,
    };
    let words = tidy(words);
    let mut wrong = Vec::new();
    let on = on.filter(|on| *on <= world.clock.today());
    if on.is_none() {
        wrong.push(FieldError::new("on", "Enter the day of the visit, today or before"));
    }
    if words.is_empty() {
        wrong.push(FieldError::new("words", "Write what you saw, what you talked about, and what was agreed"));
    }
    too_long(&mut wrong, "words", &words);
    let (Some(on), true) = (on, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let by = &leave.grant.by;
    let one = Note {
        id: old.as_ref().map_or_else(|| world.id(), |old| old.id),
        on,
        words,
        person: by.person,
        name: by.name.clone(),
        state: NoteState::Draft,
        written_at: world.now(),
        shown_at: None,
        comment_until: None,
        comment: String::new(),
        commented_at: None,
        commented_by: String::new(),
        final_at: None,
        revision: old.as_ref().map_or(1, |old| old.revision + 1),
    };
    match &old {
        None => store::insert_note(&mut tx, &leave, &one).await?,
        Some(_) => changed(store::update_note(&mut tx, MayWrite::Writer(&leave), organisation, &one).await?)?,
    }
    // A draft is its writer's: it is not in the school's history, whose readers are others.
    let entry = Entry::of("draft a note", "visit_note", one.id);
    audit::record(world, &mut tx, by, entry.after(json!({"revision": one.revision}))).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Shows a draft to the school; the last day for its comment.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, and for what is no draft of theirs.
pub async fn show_note(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Date> {
    let mut tx = world.db.begin().await?;
    let leave = access::note(&mut tx, who, organisation).await?;
    let old = own_draft(store::note(&mut tx, organisation, id).await?, &leave)?;
    let day = world.clock.today().saturating_add(jiff::Span::new().days(DAYS_TO_COMMENT));
    let until = plan::due(&plan::calendar(world, &mut tx, organisation).await?, day).on;
    let one = Note {
        state: NoteState::Shown,
        shown_at: Some(world.now()),
        comment_until: Some(until),
        revision: old.revision + 1,
        ..old
    };
    changed(store::update_note(&mut tx, MayWrite::Writer(&leave), organisation, &one).await?)?;
    let after = json!({"revision": one.revision, "words": one.words, "comment_until": until});
    let entry = Entry::of("show a note", "visit_note", id).within(organisation).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(until)
}

/// The school comments on a note before it is final; its comment stands under it.
///
/// # Errors
/// [`Error::Invalid`] for nothing said, or a note that is final; [`Error::NotFound`]
/// for whoever may not, and for a draft.
pub async fn comment(world: &World, who: &Who, organisation: i64, id: i64, words: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::comment(&mut tx, who, organisation, id).await?;
    let words = tidy(words);
    let mut wrong = Vec::new();
    if leave.note.state == NoteState::Final {
        wrong.push(FieldError::new("comment", "This note is final, so nothing of it changes any more"));
    }
    if words.is_empty() {
        wrong.push(FieldError::new("comment", "Say what you see differently, or that you agree"));
    }
    too_long(&mut wrong, "comment", &words);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let one = Note {
        comment: words,
        commented_at: Some(world.now()),
        commented_by: leave.grant.by.name.clone(),
        revision: leave.note.revision + 1,
        ..leave.note.clone()
    };
    changed(store::update_note(&mut tx, MayWrite::School(&leave), organisation, &one).await?)?;
    let after = json!({"revision": one.revision, "comment": one.comment});
    let entry = Entry::of("comment on a note", "visit_note", id).within(organisation).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a note final: once the school has commented, or its days have passed.
///
/// # Errors
/// [`Error::Invalid`] while the school may still comment; [`Error::NotFound`] for
/// whoever may not, and for what is not theirs or was not shown.
pub async fn make_final(world: &World, who: &Who, organisation: i64, id: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::note(&mut tx, who, organisation).await?;
    let old = store::note(&mut tx, organisation, id).await?.ok_or(Error::NotFound)?;
    if old.person != leave.grant.by.person || old.state != NoteState::Shown {
        return Err(Error::NotFound);
    }
    let today = world.clock.today();
    if old.commented_at.is_none() && old.comment_until.is_none_or(|until| today <= until) {
        let until = old.comment_until.map(kernel::words::long_date).unwrap_or_default();
        let words = format!("The school may comment until {until}; it becomes final when it has, or after that day");
        return Err(Error::field("final", words));
    }
    let one = Note { state: NoteState::Final, final_at: Some(world.now()), revision: old.revision + 1, ..old };
    changed(store::update_note(&mut tx, MayWrite::Writer(&leave), organisation, &one).await?)?;
    let entry = Entry::of("make a note final", "visit_note", id).within(organisation);
    audit::record(world, &mut tx, &leave.grant.by, entry.after(json!({"revision": one.revision}))).await?;
    tx.commit().await?;
    Ok(())
}

fn own_draft(found: Option<Note>, leave: &access::MayNote) -> Result<Note> {
    let own = found.filter(|one| one.state == NoteState::Draft && one.person == leave.grant.by.person);
    own.ok_or(Error::NotFound)
}

fn changed(done: bool) -> Result<()> {
    if done { Ok(()) } else { Err(Error::Changed) }
}
