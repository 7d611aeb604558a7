//! An OpenID Connect provider of our own, from npm: on a free port of this
//! machine, gone when we are.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::assets::install_packages;
use crate::machine::root;
use crate::supervised::{Supervised, free_port, fresh_dir};

/// The variable in which tests find the provider's address.
pub(crate) const URL: &str = "ASPIRE_TEST_OIDC";

const PATIENCE: Duration = Duration::from_secs(30);

/// The running provider; dropping it stops it.
#[derive(Debug)]
pub(crate) struct Provider {
    port: u16,
    server: Supervised,
}

impl Provider {
    /// Its address, which is its issuer.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// Starts a provider and waits until it answers.
pub(crate) fn start() -> Result<Provider, String> {
    let e2e = root().join("e2e");
    install_packages(&e2e)?;
    let dir = fresh_dir("oidc")?;
    let port = free_port()?;
    let mut server = Command::new("node");
    server.arg(e2e.join("oidc-provider.mjs")).arg(port.to_string());
    let server = Supervised::start(&dir, "TERM", None, &mut server)?;
    let provider = Provider { port, server };
    let start = Instant::now();
    while start.elapsed() < PATIENCE && !provider.server.has_ended() {
        if provider.server.log().contains("provider at ") {
            return Ok(provider);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(format!("the OpenID Connect provider did not start:\n{}", provider.server.log()))
}
