//! Programmes, cohorts and participations: who joined when, where each school
//! stood then, and what has come of it.

mod access;
mod actions;
mod baseline;
mod make;
mod model;
mod path;
mod seed;
mod store;

pub use access::{EDIT, MAKE, may_edit, may_make};
pub use actions::{NewParticipation, add_school, cohort, cohorts, correct_baseline, programmes, set_status};
pub use baseline::{Baseline, Standing, baseline_of};
pub use make::{NewCohort, create_cohort, create_programme};
pub use model::{
    Cohort, CohortView, Correction, Participation, Programme, Published, Status, StatusRow, Story, StoryLine,
};
pub use path::{CohortPath, EARLY_DAYS, Group, LikeSchools, Member, path};
pub use seed::{CohortSeed, seed};
