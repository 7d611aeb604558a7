//! The diagnosis (the Collaborative Quality Analysis): a school looks at itself
//! with others. Everybody says alone what they see; then the group looks at all
//! views together, begins where they differ, ties evidence to statements, writes
//! down what it agrees and what somebody sees differently, names strengths and
//! what will be done with them; and school and adviser sign.

mod access;
mod agree;
mod agreement;
mod basis;
mod carry;
mod framework;
mod look;
mod meeting;
mod mine;
mod model;
mod open;
mod record;
mod released;
mod spread;
mod store;

pub use access::{DIFFER, EDIT, EVIDENCE, GIVE, SEE, SIGN};
pub use agree::{Otherwise, agree, differ, look_together, reopen, sign};
pub use agreement::{Agreed, Agreement, BesideAdviser, NoAgreement};
pub use basis::Basis;
pub(crate) use basis::{agreed_on, basis, latest_basis};
pub(crate) use carry::{Carried, carried, erase_due, of_those_who_left, took_over};
pub use framework::{Aspect, Framework, Point, Scale, Statement, Strand, Unsure, framework, frameworks};
pub use look::{AtTheSameTime, Eyes, Line, List, Listed, Looking, Reading, list, look, look_at, read};
pub use meeting::{
    NewEvidence, NewFinding, NewStrength, Provable, Settled, add_beside, add_evidence, add_strength, drop_evidence,
    drop_strength, provable, settle,
};
pub use mine::{Gave, Given, Mine, Waiting, give, mine, my_parts, with_me};
pub use model::{Answer, Diagnosis, Names, Participant, State, View, minutes};
pub use open::{NewDiagnosis, open};
pub use record::{Beside, Differing, Evidence, Finding, Judgement, Meeting, Side, Signature, Strength, Weight};
pub(crate) use released::{Offer, Released, released};
pub use spread::{Apart, Counts, FEWEST, Spread};
pub use store::GIVEN;

use crate::{error::Result, item::Field};
use ::store::Conn;
use std::collections::HashMap;

/// It is made of statements and not of texts.
pub const FIELDS: &[Field] = &[];

/// When the latest diagnosis of each school of a programme was opened, and when
/// it was agreed: that it takes part, and nothing of what it says.
pub(crate) async fn latest_days(
    conn: &mut Conn,
    programme: i64,
) -> Result<HashMap<i64, (kernel::Timestamp, Option<kernel::Timestamp>)>> {
    Ok(store::latest_days(conn, programme).await?)
}

/// Whether a diagnosis is the school's and agreed: others see what the group agreed.
pub(crate) async fn is_agreed(conn: &mut Conn, organisation: i64, id: i64) -> Result<bool> {
    let all = store::of_school(conn, organisation).await?;
    Ok(all.iter().any(|one| one.id == id && one.state == State::Agreed))
}

/// What is still to be done before one can be released: others see what the
/// group agreed.
pub(crate) async fn wants(conn: &mut Conn, organisation: i64) -> Result<Option<&'static str>> {
    let all = store::of_school(conn, organisation).await?;
    let agreed = all.iter().any(|one| one.state == State::Agreed);
    Ok((!agreed).then_some("Agree a diagnosis first; then it can be released"))
}
