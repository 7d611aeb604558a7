//! Who may see how the installation is.

use crate::{
    Who,
    error::Result,
    rights::{Reach::All, Right},
    who::Role,
};

/// Seeing how the installation is.
pub const SEE: Right = Right::read("health.see", &[(Role::Administrator, All)]);

/// Leave to see how the installation is.
pub(super) struct MaySee(());

pub(super) fn see(who: &Who) -> Result<MaySee> {
    SEE.everywhere(who).map(|_| MaySee(()))
}
