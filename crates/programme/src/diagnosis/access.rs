//! Who may open a diagnosis, give a view, look, agree and sign.

use super::{
    model::{Diagnosis, State},
    record::Side,
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

/// Seeing diagnoses: a school's leaders all of them, whoever takes part theirs,
/// others the agreed ones that were released to them.
pub const SEE: Right = Right::read("diagnosis.see", release::SEE_ITEMS.roles);

/// Giving a view, where one was asked to.
pub const GIVE: Right = Right::write(
    "diagnosis.give",
    &[
        (Role::Head, Own),
        (Role::Deputy, Own),
        (Role::StrandLead, Own),
        (Role::TeamLeader, Own),
        (Role::Teacher, Own),
        (Role::Governor, Own),
        (Role::PeerReviewer, Own),
    ],
);

/// Opening one, writing down what the group says, agreeing it.
pub const EDIT: Right = Right::write("diagnosis.edit", &[(Role::Head, Own), (Role::Deputy, Own)]);

/// Adding evidence; a strand lead in the strand that they lead.
pub const EVIDENCE: Right =
    Right::write("diagnosis.evidence", &[(Role::Head, Own), (Role::Deputy, Own), (Role::StrandLead, Own)]);

/// Signing it: for the school, and as its adviser.
pub const SIGN: Right = Right::write("diagnosis.sign", &[(Role::Adviser, Own), (Role::Head, Own)]);

/// Putting what one sees differently beside it.
pub const DIFFER: Right = Right::write("diagnosis.differ", &[(Role::Adviser, Own)]);

/// Leave to see what schools agreed and released to the caller: the school, and
/// the one diagnosis or all.
pub(super) struct MaySeeReleased(Vec<(i64, Option<i64>, Seen)>);

impl MaySeeReleased {
    /// Leave to see one of them.
    pub(super) fn see(&self, organisation: i64, id: i64) -> Option<&Seen> {
        let found = self.0.iter().find(|(school, one, _)| *school == organisation && one.is_none_or(|one| one == id));
        found.map(|(_, _, seen)| seen)
    }
}

/// Leave to see what schools agreed and released to the caller.
pub(super) async fn released(conn: &mut Conn, who: &Who) -> Result<MaySeeReleased> {
    Ok(MaySeeReleased(release::reaching_caller(conn, who, ItemKind::Diagnosis).await?))
}

/// As whom somebody looks at a diagnosis.
#[derive(Debug, Clone)]
pub(super) enum As {
    /// As one who leads the school.
    Leader,
    /// As one who takes part, by their number.
    Participant,
    /// As one to whom it was released.
    Outside(Seen),
}

/// Leave to see a diagnosis.
pub(super) struct MaySee {
    pub(super) school: Organisation,
    pub(super) diagnosis: Diagnosis,
    pub(super) how: As,
}

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64, id: i64) -> Result<MaySee> {
    let seen = release::may_see(conn, who, organisation, ItemKind::Diagnosis, Some(id)).await;
    let seen = match seen {
        Ok(seen) => Some(seen),
        Err(Error::NotFound) => None,
        Err(other) => return Err(other),
    };
    let diagnosis = found(conn, organisation, id).await?;
    let how = match seen {
        Some(seen) if !seen.released => As::Leader,
        _ if takes_part(conn, who, &diagnosis).await?.is_some() => As::Participant,
        // What others are shown is what the group agreed, not how it got there.
        Some(seen) if diagnosis.state == State::Agreed => As::Outside(seen),
        _ => return Err(Error::NotFound),
    };
    Ok(MaySee { school: organisation::school(conn, who, organisation).await?, diagnosis, how })
}

/// Their number in a diagnosis, where they take part and belong to the school today.
async fn takes_part(conn: &mut Conn, who: &Who, diagnosis: &Diagnosis) -> Result<Option<i64>> {
    let Some(caller) = who.caller() else { return Ok(None) };
    let belongs = caller.roles.iter().any(|held| held.organisation == diagnosis.organisation);
    if !belongs {
        return Ok(None);
    }
    Ok(store::number_of(conn, diagnosis.id, caller.id).await?)
}

/// Leave to see a school's list of diagnoses.
pub(super) struct MayList {
    pub(super) school: Organisation,
    pub(super) how: Listed,
}

/// What of a list somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    /// All of it: they lead the school.
    All,
    /// What they take part in and what was released to them.
    Theirs,
    /// As `Theirs`, and where there is none, nothing: they do not belong here.
    Strange,
}

pub(super) async fn list(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayList> {
    let how = match EVIDENCE.over(conn, who, organisation).await {
        Ok(_) => Listed::All,
        Err(Error::NotFound) => match SEE.over(conn, who, organisation).await {
            Ok(_) => Listed::Theirs,
            Err(Error::NotFound) => Listed::Strange,
            Err(other) => return Err(other),
        },
        Err(other) => return Err(other),
    };
    Ok(MayList { school: organisation::school(conn, who, organisation).await?, how })
}

/// Leave to give views.
pub(super) struct MayGive {
    pub(super) school: Organisation,
    pub(super) diagnosis: Diagnosis,
    pub(super) person: i64,
    pub(super) grant: Grant,
}

pub(super) async fn give(conn: &mut Conn, who: &Who, organisation: i64, id: i64) -> Result<MayGive> {
    let grant = GIVE.over(conn, who, organisation).await?;
    let diagnosis = found(conn, organisation, id).await?;
    takes_part(conn, who, &diagnosis).await?.ok_or(Error::NotFound)?;
    let person = who.person().ok_or(Error::NotFound)?;
    Ok(MayGive { school: organisation::school(conn, who, organisation).await?, diagnosis, person, grant })
}

/// Leave to open diagnoses of a school.
pub(super) struct MayOpen {
    pub(super) school: Organisation,
    pub(super) grant: Grant,
}

pub(super) async fn open(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayOpen> {
    let grant = EDIT.over(conn, who, organisation).await?;
    Ok(MayOpen { school: organisation::school(conn, who, organisation).await?, grant })
}

/// Leave to write down what the group says.
pub(super) struct MayEdit {
    pub(super) school: Organisation,
    pub(super) diagnosis: Diagnosis,
    pub(super) grant: Grant,
}

pub(super) async fn edit(conn: &mut Conn, who: &Who, organisation: i64, id: i64) -> Result<MayEdit> {
    let grant = EDIT.over(conn, who, organisation).await?;
    let diagnosis = found(conn, organisation, id).await?;
    Ok(MayEdit { school: organisation::school(conn, who, organisation).await?, diagnosis, grant })
}

/// Leave to add evidence about statements of these strands.
pub(super) struct MayProve {
    pub(super) school: Organisation,
    pub(super) diagnosis: Diagnosis,
    pub(super) strands: Vec<String>,
    pub(super) grant: Grant,
}

impl MayProve {
    /// True where they may add evidence about this statement.
    pub(super) fn about(&self, statement: &str) -> bool {
        let found = self.diagnosis.statement(statement);
        found.is_some_and(|(strand, _)| self.strands.contains(&strand.key()))
    }
}

pub(super) async fn prove(conn: &mut Conn, who: &Who, organisation: i64, id: i64) -> Result<MayProve> {
    let grant = EVIDENCE.over(conn, who, organisation).await?;
    let diagnosis = found(conn, organisation, id).await?;
    let all = EDIT.directly(who, organisation);
    let led = |key: &str| {
        who.caller().into_iter().flat_map(|caller| caller.roles.iter()).any(|held| {
            held.organisation == organisation
                && held.role == Role::StrandLead
                && held.strand.is_some_and(|strand| strand.key() == key)
        })
    };
    let strands = diagnosis
        .strands()
        .filter(|strand| all || strand.of_programme().is_some_and(|own| led(own.key())))
        .map(super::framework::Strand::key)
        .collect();
    Ok(MayProve { school: organisation::school(conn, who, organisation).await?, diagnosis, strands, grant })
}

/// Leave to sign.
pub(super) struct MaySign {
    pub(super) diagnosis: Diagnosis,
    pub(super) side: Side,
    pub(super) grant: Grant,
}

pub(super) async fn sign(conn: &mut Conn, who: &Who, organisation: i64, id: i64) -> Result<MaySign> {
    let grant = SIGN.over(conn, who, organisation).await?;
    let side = match grant.role {
        Some(Role::Head) => Side::School,
        Some(Role::Adviser) => Side::Adviser,
        _ => return Err(Error::NotFound),
    };
    // An adviser signs what they were let to read.
    let leave = see(conn, who, organisation, id).await?;
    Ok(MaySign { diagnosis: leave.diagnosis, side, grant })
}

/// Leave to put what one sees differently beside it.
pub(super) struct MayDiffer {
    pub(super) diagnosis: Diagnosis,
    pub(super) grant: Grant,
}

pub(super) async fn differ(conn: &mut Conn, who: &Who, organisation: i64, id: i64) -> Result<MayDiffer> {
    let grant = DIFFER.over(conn, who, organisation).await?;
    let leave = see(conn, who, organisation, id).await?;
    Ok(MayDiffer { diagnosis: leave.diagnosis, grant })
}

/// Leave to erase what is due by a rule of retention.
pub(super) struct MayErase(());

pub(super) fn erase_due() -> MayErase {
    MayErase(())
}

async fn found(conn: &mut Conn, organisation: i64, id: i64) -> Result<Diagnosis> {
    store::find(conn, organisation, id).await?.ok_or(Error::NotFound)
}
