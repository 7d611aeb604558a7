//! What every handler can reach.

use kernel::Date;
use metrics_exporter_prometheus::PrometheusHandle;
use programme::{World, person::DemoOnly, record::Kept};
use std::{
    ops::Deref,
    sync::{Arc, atomic::AtomicU64},
};
use ui::SafeHtml;

/// How this installation is served.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Browsers reach it by https, so cookies are sent over nothing else.
    pub https: bool,
    /// It is the demo: the sign-in page says with what.
    pub demo_sign_in: Option<(String, String)>,
    /// The largest file that a page takes, bytes.
    pub largest_upload: u64,
    /// Proxies on other machines that say truly whom they speak for.
    pub proxies: Vec<std::net::IpAddr>,
    /// It is the demo, where one signs in as somebody by a click.
    pub demo: Option<Demo>,
}

/// What only the demo offers.
#[derive(Debug, Clone)]
pub struct Demo {
    /// That it is the demo.
    pub only: DemoOnly,
    /// Whom one can be by a click, one for each role.
    pub people: Vec<DemoPerson>,
}

/// Somebody of the demo.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Their role's short name.
    pub role: &'static str,
    /// Their role, as it stands in a sentence.
    pub words: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Where they hold the role.
    pub place: Option<String>,
}

/// The application: the world, the settings and the metrics. Cheap to clone,
/// which every layer around a handler does.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an application is made of.
pub struct Parts {
    /// The world that actions stand in.
    pub world: World,
    /// How it is served.
    pub settings: Settings,
    pub(crate) metrics: PrometheusHandle,
    /// Requests that were counted.
    pub(crate) counted: AtomicU64,
    /// Maps of schools that meet a need rule, drawn, while the register stands as it did.
    pub(crate) maps: Kept<MapOf, SafeHtml>,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Of what a map is kept.
#[derive(Debug, PartialEq)]
pub(crate) struct MapOf {
    pub(crate) rule: &'static str,
    pub(crate) version: i64,
    pub(crate) on: Date,
    /// In small letters; empty where it is of all.
    pub(crate) phase: String,
    pub(crate) authority: String,
}

impl App {
    /// An application. Metrics are counted from the first one on.
    #[must_use]
    pub fn new(world: World, settings: Settings) -> Self {
        let metrics = crate::ops::recorder();
        Self(Arc::new(Parts { world, settings, metrics, counted: AtomicU64::new(0), maps: Kept::default() }))
    }
}
