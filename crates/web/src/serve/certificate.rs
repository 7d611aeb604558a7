//! The certificate with which we speak TLS; read anew while we serve.

use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

/// A certificate and its key, from files.
#[derive(Debug)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    current: Arc<Current>,
    config: Arc<ServerConfig>,
}

/// What is shown to whoever calls now, with the files' bytes it was made of.
#[derive(Debug)]
struct Current(RwLock<(Files, Arc<CertifiedKey>)>);

/// The bytes of both files.
#[derive(PartialEq, Eq)]
struct Files {
    chain: Vec<u8>,
    key: Vec<u8>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Files(…)")
    }
}

impl ResolvesServerCert for Current {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).1.clone())
    }
}

impl Certificate {
    /// Reads the chain (PEM, our own first) and the key (PEM), and looks whether
    /// they fit.
    ///
    /// # Errors
    /// A sentence that names the file and says what to do.
    pub fn open(chain: &Path, key: &Path) -> Result<Self, String> {
        let files = read(chain, key)?;
        let provider = Arc::new(ring::default_provider());
        let certified = certified(&files, chain, key, &provider)?;
        let current = Arc::new(Current(RwLock::new((files, Arc::new(certified)))));
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| format!("no TLS: {error}"))?
            .with_no_client_auth()
            .with_cert_resolver(current.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { chain: chain.to_owned(), key: key.to_owned(), current, config: Arc::new(config) })
    }

    /// Reads both files again and shows what is in them from the next call on;
    /// true where that is something else. What cannot be used leaves the old one.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn reload(&self) -> Result<bool, String> {
        let files = read(&self.chain, &self.key)?;
        if self.current.0.read().unwrap_or_else(PoisonError::into_inner).0 == files {
            return Ok(false);
        }
        let certified = certified(&files, &self.chain, &self.key, self.config.crypto_provider())?;
        *self.current.0.write().unwrap_or_else(PoisonError::into_inner) = (files, Arc::new(certified));
        Ok(true)
    }

    /// How TLS is spoken with it: 1.2 and 1.3, HTTP/1.1.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        self.config.clone()
    }
}

fn read(chain: &Path, key: &Path) -> Result<Files, String> {
    let bytes = |path: &Path| fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()));
    Ok(Files { chain: bytes(chain)?, key: bytes(key)? })
}

fn certified(files: &Files, chain: &Path, key: &Path, provider: &CryptoProvider) -> Result<CertifiedKey, String> {
    let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&files.chain)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{} holds no certificates in PEM: {error}", chain.display()))?;
    if certificates.is_empty() {
        return Err(format!("{} holds no certificate in PEM (‘BEGIN CERTIFICATE’)", chain.display()));
    }
    let private = PrivateKeyDer::from_pem_slice(&files.key).map_err(|_| {
        format!("{} holds no private key in PEM that is not encrypted (‘BEGIN PRIVATE KEY’)", key.display())
    })?;
    CertifiedKey::from_der(certificates, private, provider).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => {
            format!("the key in {} is not that of the certificate in {}", key.display(), chain.display())
        }
        error => format!("{} and {} cannot be used: {error}", chain.display(), key.display()),
    })
}
