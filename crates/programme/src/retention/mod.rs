//! How long what is kept, and why; and erasing what is due. The periods are
//! data (`data/retention/periods.json`).

mod periods;
mod sweep;
mod work;

pub use periods::{KeptKind, Period, periods};
pub use sweep::{Swept, sweep};
pub use work::SWEEP;
pub(crate) use work::Sweep;
