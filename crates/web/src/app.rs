//! What every handler can reach.

use programme::World;
use std::sync::Arc;

/// How this installation is served.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Browsers reach it by https, so cookies are sent over nothing else.
    pub https: bool,
    /// It is the demo: the sign-in page says with what.
    pub demo_sign_in: Option<(String, String)>,
    /// The address under which browsers reach it: `https://aspire.example.org`,
    /// without a slash at the end. Where it is not set, nothing can lead back
    /// here: no sign-in elsewhere.
    pub address: Option<String>,
    /// The largest file that a page takes, bytes.
    pub largest_upload: u64,
}

/// The application: the world, the settings and the metrics.
#[derive(Clone)]
pub struct App {
    /// The world that actions stand in.
    pub world: World,
    /// How it is served.
    pub settings: Arc<Settings>,
    pub(crate) metrics: metrics_exporter_prometheus::PrometheusHandle,
}

impl App {
    /// An application. Metrics are counted from the first one on.
    #[must_use]
    pub fn new(world: World, settings: Settings) -> Self {
        Self { world, settings: Arc::new(settings), metrics: crate::ops::recorder() }
    }
}
