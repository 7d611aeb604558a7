//! Who may see, hold and comment on reviews.

use super::{
    model::{Note, NoteState},
    store,
};
use crate::{
    Who,
    error::{Error, Result},
    item::ItemKind,
    organisation::{self, Organisation},
    release::{self, Seen},
    rights::{Grant, Reach::Own, Right},
    who::Role,
};
use ::store::Conn;

/// Seeing reviews: the school's leaders, and those to whom they were released,
/// once they are finished.
pub const SEE: Right = Right::read("review.see", release::SEE_ITEMS.roles);

/// Holding a review.
pub const EDIT: Right = Right::write("review.edit", &[(Role::Head, Own), (Role::Deputy, Own)]);

/// Putting what one sees beside it, where it was released.
pub const VIEW: Right = Right::write("review.view", &[(Role::Adviser, Own), (Role::PeerReviewer, Own)]);

/// Reading notes of visits: the writer, the school's leaders once they are shown,
/// others to whom reviews were released once they are final.
pub const READ_NOTES: Right = Right::read(
    "note.read",
    &[
        (Role::Head, Own),
        (Role::Deputy, Own),
        (Role::StrandLead, Own),
        (Role::Adviser, Own),
        (Role::ProgrammeLead, Own),
    ],
);

/// Writing a note of a visit.
pub const NOTE: Right = Right::write("note.write", &[(Role::Adviser, Own)]);

/// Commenting on a note before it is final.
pub const COMMENT: Right = Right::write("note.comment", &[(Role::Head, Own), (Role::Deputy, Own)]);

/// Leave to see reviews.
pub(super) struct MaySee {
    pub(super) school: Organisation,
    pub(super) seen: Seen,
}

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MaySee> {
    let seen = release::may_see(conn, who, organisation, ItemKind::Review, None).await?;
    Ok(MaySee { school: organisation::school(conn, who, organisation).await?, seen })
}

/// Leave to hold a review.
pub(super) struct MayEdit {
    pub(super) school: Organisation,
    pub(super) grant: Grant,
}

pub(super) async fn edit(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayEdit> {
    let grant = EDIT.over(conn, who, organisation).await?;
    Ok(MayEdit { school: organisation::school(conn, who, organisation).await?, grant })
}

/// Leave to put what one sees beside a review.
pub(super) struct MayView {
    pub(super) grant: Grant,
}

pub(super) async fn view(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayView> {
    let grant = VIEW.over(conn, who, organisation).await?;
    see(conn, who, organisation).await?;
    Ok(MayView { grant })
}

/// Leave to read notes of visits, and which.
pub(super) struct MayReadNotes {
    pub(super) school: Organisation,
    /// They lead the school.
    pub(super) leads: bool,
    /// Reviews were released to them.
    pub(super) released: bool,
    pub(super) person: Option<i64>,
}

impl MayReadNotes {
    pub(super) fn reads(&self, note: &Note) -> bool {
        let own = note.person.is_some() && note.person == self.person;
        match note.state {
            NoteState::Draft => own,
            NoteState::Shown => own || self.leads,
            NoteState::Final => own || self.leads || self.released,
        }
    }
}

pub(super) async fn read_notes(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayReadNotes> {
    READ_NOTES.over(conn, who, organisation).await?;
    let seen = match release::may_see(conn, who, organisation, ItemKind::Review, None).await {
        Ok(seen) => Some(seen),
        Err(Error::NotFound) => None,
        Err(other) => return Err(other),
    };
    Ok(MayReadNotes {
        school: organisation::school(conn, who, organisation).await?,
        leads: seen.as_ref().is_some_and(|seen| !seen.released),
        released: seen.is_some_and(|seen| seen.released),
        person: who.person(),
    })
}

/// Leave to write a note of a visit.
pub(super) struct MayNote {
    pub(super) school: Organisation,
    pub(super) grant: Grant,
}

pub(super) async fn note(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayNote> {
    let grant = NOTE.over(conn, who, organisation).await?;
    Ok(MayNote { school: organisation::school(conn, who, organisation).await?, grant })
}

/// Leave to comment on a note.
pub(super) struct MayComment {
    pub(super) note: Note,
    pub(super) grant: Grant,
}

pub(super) async fn comment(conn: &mut Conn, who: &Who, organisation: i64, note: i64) -> Result<MayComment> {
    let grant = COMMENT.over(conn, who, organisation).await?;
    let note = store::note(conn, organisation, note).await?.filter(|one| one.state != NoteState::Draft);
    Ok(MayComment { note: note.ok_or(Error::NotFound)?, grant })
}

/// Leave to erase what is due by a rule of retention.
pub(super) struct MayErase(());

pub(super) fn erase_due() -> MayErase {
    MayErase(())
}
