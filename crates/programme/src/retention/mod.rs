//! How long what is kept, and why; and erasing what is due. The periods are
//! data (`data/retention/periods.json`).

mod periods;
mod sweep;

pub use periods::{KeptKind, Period, periods};
pub use sweep::{Swept, sweep};
