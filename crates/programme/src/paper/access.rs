//! Who may see which papers of a school.

use crate::{
    Who,
    diagnosis::{self, Basis},
    error::{Error, Result},
    item::ItemKind,
    organisation::{self, Organisation},
    plan,
    release::{self, SEE_ITEMS},
    rights::Right,
};
use kernel::Date;
use store::Conn;

/// Seeing papers of a school: of what one may see of it, and of nothing else.
pub const SEE: Right = Right::read("paper.see", SEE_ITEMS.roles);

/// What somebody may see of a school, and so what papers are made of for them.
pub(super) struct MaySee {
    pub(super) school: Organisation,
    /// They lead it.
    pub(super) leads: bool,
    /// The kinds of things that they may see.
    kinds: Vec<ItemKind>,
    /// The latest agreed diagnosis, where they may see it.
    pub(super) basis: Option<Basis>,
    /// The person, where they may own actions of the plan.
    pub(super) owner: Option<i64>,
    /// They belong to the school, or to those who work with it.
    pub(super) belongs: bool,
    /// What of it was released to whom, today.
    released: Vec<(ItemKind, String)>,
}

impl MaySee {
    pub(super) fn sees(&self, kind: ItemKind) -> bool {
        self.kinds.contains(&kind)
    }

    pub(super) fn sees_nothing(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Who may see what is made of these kinds, in words. To whom else something
    /// was released is told to those who lead the school.
    pub(super) fn seen_by(&self, kinds: &[ItemKind]) -> String {
        if !self.leads {
            return "the leaders of the school, and those to whom it released this, you among them".to_owned();
        }
        let mut all = vec!["the leaders of the school".to_owned()];
        for (kind, to) in &self.released {
            if kinds.contains(kind) && !all.contains(to) {
                all.push(to.clone());
            }
        }
        // Those to whom something is released have commas in their names.
        all.join("; ")
    }
}

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64, today: Date) -> Result<MaySee> {
    let mut leads = false;
    let mut kinds = Vec::new();
    let mut released = Vec::new();
    let latest = diagnosis::latest_basis(conn, organisation).await?;
    for kind in ItemKind::ALL {
        let item = latest.as_ref().filter(|_| *kind == ItemKind::Diagnosis).map(|basis| basis.diagnosis.id);
        match release::may_see(conn, who, organisation, *kind, item).await {
            Ok(seen) => {
                leads |= !seen.released;
                kinds.push(*kind);
            }
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
        released
            .extend(release::reaching(conn, organisation, *kind, item, today).await?.into_iter().map(|to| (*kind, to)));
    }
    let belongs = match SEE.over(conn, who, organisation).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(other) => return Err(other),
    };
    if !belongs && kinds.is_empty() {
        return Err(Error::NotFound);
    }
    let school = organisation::school(conn, who, organisation).await?;
    let basis = latest.filter(|_| kinds.contains(&ItemKind::Diagnosis));
    let owner = who.person().filter(|_| plan::MARK.organisations(who).contains(&organisation));
    Ok(MaySee { school, leads, kinds, basis, owner, belongs, released })
}
