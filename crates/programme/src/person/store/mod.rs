//! SQL of people and of how they show who they are.

pub(super) mod apps;
pub(super) mod feeds;
pub(super) mod half;
pub(super) mod passkeys;
pub(super) mod people;
pub(super) mod rates;
pub(super) mod sessions;
pub(super) mod tokens;
