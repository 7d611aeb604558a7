//! Programmes, cohorts and participations: who joined when, where each school
//! stood then, and what has come of it.

mod access;
mod actions;
mod baseline;
mod join;
mod leaving;
mod make;
mod model;
mod path;
mod programmes;
mod seed;
mod store;

pub use access::{EDIT, FUND, LEAVE, MAKE, SEE, SEE_COHORT, Sight, may_edit, may_make};
pub use actions::{add_school, cohort, cohorts, correct_baseline, programmes, set_status};
pub use baseline::{Baseline, Standing, baseline_of};
pub use join::NewParticipation;
pub(crate) use join::joined;
pub(crate) use leaving::parts_of;
pub use leaving::{HeadSays, choices, head_says, of_school};
pub use make::{NewCohort, create_cohort, create_programme};
pub use model::{
    Cohort, CohortSchool, CohortView, Correction, Participation, Programme, Published, ShownTo, Status, StatusRow,
    Story, StoryLine, TakesPart,
};
pub use path::{CohortPath, EARLY_DAYS, Group, LikeSchools, Member, Paths, path};
pub use programmes::{Edited, edit_programme, mine, programme, seed_school, with_schools};
pub(crate) use programmes::{
    Which, cohort_by_id, funded_by, may_edit_programme, programme_by_id, schools_among, schools_of,
};
pub use seed::{CohortSeed, seed};
