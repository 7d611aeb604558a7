//! An Aspire that takes calls on a port of its own.

use kernel::{FixedClock, SystemChance};
use outside::FakeFetch;
use programme::World;
use rcgen::{CertifiedKey, KeyPair};
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use web::{App, Certificate, Patience, Settings, serve};

/// A running server; `stop` ends it as SIGTERM does.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
    folder: tempfile::TempDir,
}

/// Patience that no test wears out.
pub(crate) fn ample() -> Patience {
    let long = Duration::from_secs(20);
    Patience { handshake: long, head: long, goodbye: long }
}

impl Server {
    /// With a certificate for its own address, or plain.
    pub(crate) async fn start(certificate: Option<Arc<Certificate>>, patience: Patience) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("aspire.db").display());
        let db = store::Db::open(&address).await.unwrap();
        let clock = FixedClock::at("2026-09-03T14:05:00Z".parse().unwrap());
        store::migrate::migrate(&db, kernel::Clock::now(&clock)).await.unwrap();
        let world = World::new(db, Arc::new(clock), Arc::new(SystemChance), Arc::new(FakeFetch::default()));
        let settings = Settings { https: certificate.is_some(), largest_upload: 100_000, ..Settings::default() };
        let app = App::new(world, settings);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            serve(listener, app, certificate, patience, stopped).await.unwrap();
        });
        Self { address, stop, running, folder }
    }

    /// Asks it to stop; gives what is done when it has.
    pub(crate) fn stop(self) -> JoinHandle<()> {
        self.stop.send(()).unwrap();
        let (running, folder) = (self.running, self.folder);
        tokio::spawn(async move {
            running.await.unwrap();
            drop(folder);
        })
    }
}

/// Files of a certificate made for a test.
pub(crate) struct Files {
    pub(crate) chain: PathBuf,
    pub(crate) key: PathBuf,
    folder: tempfile::TempDir,
}

impl Files {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
        Self { chain, key, folder }
    }

    /// Writes a fresh self-signed certificate and gives it, for a client to trust.
    pub(crate) fn write(&self) -> Vec<u8> {
        let made: CertifiedKey<KeyPair> = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        fs::write(&self.chain, made.cert.pem()).unwrap();
        fs::write(&self.key, made.signing_key.serialize_pem()).unwrap();
        made.cert.der().to_vec()
    }

    pub(crate) fn open(&self) -> Arc<Certificate> {
        Arc::new(Certificate::open(&self.chain, &self.key).unwrap())
    }

    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        Path::join(self.folder.path(), name)
    }
}
