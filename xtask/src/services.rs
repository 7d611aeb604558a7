//! What tests speak to beside the file of SQLite.

use crate::oidc::{self, Provider};
use crate::postgres::{self, Postgres};
use crate::smtp::{self, Smtp};

/// Running services; dropping them stops them.
#[derive(Debug)]
pub(crate) struct Services {
    postgres: Postgres,
    oidc: Provider,
    smtp: Smtp,
}

impl Services {
    /// Starts all.
    pub(crate) fn start() -> Result<Self, String> {
        Ok(Self { postgres: postgres::start()?, oidc: oidc::start()?, smtp: smtp::start()? })
    }

    /// The variables that tell tests where they are.
    pub(crate) fn variables(&self) -> [(&'static str, String); 4] {
        [
            (postgres::URL, self.postgres.url()),
            (oidc::URL, self.oidc.url()),
            (smtp::ADDRESS, self.smtp.address()),
            (smtp::FOLDER, self.smtp.folder()),
        ]
    }
}
