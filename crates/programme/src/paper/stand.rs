//! Version, day and status of a paper, of what it is made of. A version is the
//! number of changes so far, so that of two papers the later has the higher one.

use crate::{
    diagnosis::{Basis, Diagnosis, Meeting},
    plan::Plan,
    review::{Line, Note, NoteState, Review, View},
    self_view::SelfView,
};
use kernel::{Date, Timestamp, clock::in_england};
use papers::paper::Status;

/// Where a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) version: i64,
    /// The moment of the last change.
    pub(super) at: Timestamp,
    pub(super) status: Status,
}

impl Stand {
    pub(super) fn date(self) -> Date {
        in_england(self.at).date()
    }

    /// A paper that is made of several: what each has seen, and the latest of it.
    pub(super) fn of_all(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        parts.into_iter().reduce(|a, b| Self {
            version: a.version + b.version,
            at: a.at.max(b.at),
            status: Status::Current,
        })
    }
}

fn count(all: usize) -> i64 {
    i64::try_from(all).unwrap_or(i64::MAX)
}

/// A plan: a draft until each open priority has an action and a way to know.
pub(super) fn plan(plan: &Plan) -> Option<Stand> {
    let changed = plan.priorities.iter().map(|one| one.changed_at).chain(plan.actions.iter().map(|one| one.changed_at));
    let added = plan.criteria.iter().map(|one| one.added_at).chain(plan.measured.iter().map(|one| one.added_at));
    let at = changed.chain(added).max()?;
    let revisions: i64 = plan.priorities.iter().map(|one| one.revision).sum::<i64>()
        + plan.actions.iter().map(|one| one.revision).sum::<i64>();
    let whole =
        plan.open().all(|one| plan.actions_of(one.id).next().is_some() && plan.criteria_of(one.id).next().is_some());
    let status = if whole { Status::Current } else { Status::Draft };
    Some(Stand { version: revisions + count(plan.criteria.len() + plan.measured.len()), at, status })
}

/// The school's own words: always as they stand.
pub(super) fn own_words(view: &SelfView) -> Stand {
    Stand { version: view.revision, at: view.changed_at, status: Status::Draft }
}

/// An agreed diagnosis.
pub(super) fn diagnosis(diagnosis: &Diagnosis, meeting: &Meeting) -> Stand {
    let written = meeting.strengths.len() + meeting.evidence.len() + meeting.signatures.len() + meeting.differing.len();
    let revisions: i64 = meeting.findings.iter().map(|one| one.revision).sum();
    let later = meeting.signatures.iter().map(|one| one.at).chain(meeting.differing.iter().map(|one| one.at));
    let agreed = diagnosis.agreed_at.unwrap_or(diagnosis.opened_at);
    Stand {
        version: revisions + count(written),
        at: later.chain([agreed]).max().unwrap_or(agreed),
        status: Status::Agreed,
    }
}

/// The self-evaluation: agreed with the diagnosis, a draft without.
pub(super) fn self_evaluation(view: Option<&SelfView>, basis: Option<&Basis>) -> Option<Stand> {
    let agreed = basis.map(|basis| diagnosis(&basis.diagnosis, &basis.meeting));
    let status = if agreed.is_some() { Status::Agreed } else { Status::Draft };
    Stand::of_all(view.map(own_words).into_iter().chain(agreed)).map(|stand| Stand { status, ..stand })
}

/// A review: final once it is finished.
pub(super) fn review(review: &Review, lines: &[Line], views: &[View]) -> Stand {
    let lines: Vec<&Line> = lines.iter().filter(|one| one.review == review.id).collect();
    let views: Vec<&View> = views.iter().filter(|one| one.review == review.id).collect();
    let changed = lines.iter().map(|one| one.changed_at).chain(views.iter().map(|one| one.at));
    Stand {
        version: review.revision + lines.iter().map(|one| one.revision).sum::<i64>() + count(views.len()),
        at: changed.chain(review.finished_at).max().unwrap_or(review.opened_at),
        status: if review.finished_at.is_some() { Status::Final } else { Status::Draft },
    }
}

/// A note of a visit.
pub(super) fn note(note: &Note) -> Stand {
    let moments = [note.shown_at, note.commented_at, note.final_at].into_iter().flatten();
    Stand {
        version: note.revision,
        at: moments.chain([note.written_at]).max().unwrap_or(note.written_at),
        status: if note.state == NoteState::Final { Status::Final } else { Status::Draft },
    }
}

/// A person's own list: of what is theirs in the plan.
pub(super) fn own_list(plan: &Plan, person: i64) -> Option<Stand> {
    let own = || plan.actions.iter().filter(|one| one.owner == Some(person));
    let at = own().map(|one| one.changed_at).max()?;
    Some(Stand { version: own().map(|one| one.revision).sum(), at, status: Status::Current })
}
