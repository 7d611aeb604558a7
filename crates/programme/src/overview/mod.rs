//! What waits for whom: of a programme for its leads, of an adviser's schools
//! for the adviser, sums for whoever pays. It owns nothing and asks the nouns
//! that do.

mod adviser;
mod funder;
mod model;
mod programme;
mod steps;
mod themes;
mod waits;

pub use adviser::{OwnSchool, own_schools};
pub use funder::{Funded, FundedCohort, funded};
pub use model::{Invited, Line, Moved, Movement, Overview, QUIET_DAYS, Wait, Waiting, Whom};
pub use programme::{line, overview};
pub use steps::{FollowThrough, Share, Steps, StepsOfAll, steps};
pub use themes::{Offered, Theme, Themes, themes};
