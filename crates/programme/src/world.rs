//! What an action needs of the world around it.

use kernel::{Chance, Clock, Timestamp};
use outside::Fetch;
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
    /// The register in memory.
    pub shelf: Arc<crate::record::Shelf>,
    /// Whose accounts may open accounts here.
    pub providers: crate::elsewhere::Providers,
}

impl World {
    /// A world around a database.
    #[must_use]
    pub fn new(db: Db, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>, fetch: Arc<dyn Fetch>) -> Self {
        let mut node = [0; 2];
        chance.fill(&mut node);
        let ids = Arc::new(Ids::of_node(u16::from_le_bytes(node)));
        let providers = crate::elsewhere::Providers::none();
        Self { db, clock, chance, ids, fetch, shelf: Arc::default(), providers }
    }

    /// The same world, where people may sign in with accounts of these providers.
    #[must_use]
    pub fn with_providers(self, providers: crate::elsewhere::Providers) -> Self {
        Self { providers, ..self }
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
