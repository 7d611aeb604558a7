//! What an action needs of the world around it.

use kernel::{Chance, Clock, Timestamp};
use outside::{
    Fetch,
    mail::{NoMail, SendMail},
};
use std::sync::Arc;
use store::{Db, Ids};

/// The world an action stands in: database, clock, chance, what is outside,
/// and the register held in memory. Cheap to clone.
#[derive(Clone)]
pub struct World {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub chance: Arc<dyn Chance>,
    /// Ids that grow with time.
    pub ids: Arc<Ids>,
    /// Files from an address.
    pub fetch: Arc<dyn Fetch>,
    /// Letters by mail.
    pub mail: Arc<dyn SendMail>,
    /// Where this Aspire is reached, without a slash at its end:
    /// `https://aspire.example.org`. Links in letters begin with it.
    pub address: Arc<str>,
    /// The register in memory.
    pub shelf: Arc<crate::record::Shelf>,
    /// Who meets which need rule, as it was computed from it.
    pub found: Arc<crate::need_rule::Found>,
    /// What became of the schools like a cohort's, as it was computed from it.
    pub paths: Arc<crate::cohort::Paths>,
    /// Whose accounts may open accounts here.
    pub providers: crate::elsewhere::Providers,
}

/// Where Aspire is reached until told otherwise.
const HERE: &str = "http://127.0.0.1:8080";

impl World {
    /// A world around a database, in which no letters can be sent and which is
    /// reached from this machine only.
    #[must_use]
    pub fn new(db: Db, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>, fetch: Arc<dyn Fetch>) -> Self {
        let mut node = [0; 2];
        chance.fill(&mut node);
        let ids = Arc::new(Ids::of_node(u16::from_le_bytes(node)));
        let (mail, address) = (Arc::new(NoMail), HERE.into());
        let providers = crate::elsewhere::Providers::none();
        Self {
            db,
            clock,
            chance,
            ids,
            fetch,
            mail,
            address,
            shelf: Arc::default(),
            found: Arc::default(),
            paths: Arc::default(),
            providers,
        }
    }

    /// The same world with a way to send letters.
    #[must_use]
    pub fn with_mail(self, mail: Arc<dyn SendMail>) -> Self {
        Self { mail, ..self }
    }

    /// The same world, where people may sign in with accounts of these providers.
    #[must_use]
    pub fn with_providers(self, providers: crate::elsewhere::Providers) -> Self {
        Self { providers, ..self }
    }

    /// The same world, reached at this address.
    #[must_use]
    pub fn with_address(self, address: &str) -> Self {
        Self { address: address.trim_end_matches('/').into(), ..self }
    }

    /// The whole address of one of our paths, which begins with a slash; for a
    /// letter.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The next id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.ids.next(self.clock.now())
    }

    /// `N` random bytes as lower-case hexadecimal.
    #[must_use]
    pub fn secret<const N: usize>(&self) -> String {
        let mut bytes = [0_u8; N];
        self.chance.fill(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
