//! Where a server is, and how one speaks to it so that nobody else can read it.

use crate::StoreError;
use std::{path::Path, sync::Arc, time::Duration};
use tokio_postgres::{Config, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_rustls::rustls::{
    self, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject as _},
};

/// A server's address.
#[derive(Clone)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) tls: MakeRustlsConnect,
}

impl std::fmt::Debug for Address {
    /// Without its password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Address").field("hosts", &self.config.get_hosts()).finish_non_exhaustive()
    }
}

impl Address {
    /// Of `postgres://USER@HOST/NAME?sslmode=…&sslrootcert=FILE`. What `sslmode` means is as
    /// PostgreSQL's own programs have it, but that `verify-ca` looks at the name as well:
    /// `prefer` (where nothing is said) encrypts where the server can, `require` always, and
    /// only `verify-full` makes sure who it is.
    pub(super) fn parse(text: &str) -> Result<Self, StoreError> {
        let (base, query) = text.split_once('?').unwrap_or((text, ""));
        let (mut rest, mut mode, mut roots) = (Vec::new(), "prefer", None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", value)) => mode = value,
                Some(("sslrootcert", value)) => roots = Some(value),
                _ => rest.push(pair),
            }
        }
        let base = if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) };
        let mut config: Config = base.parse()?;
        let (mode, checks) = match mode {
            "disable" => (SslMode::Disable, false),
            "allow" | "prefer" => (SslMode::Prefer, false),
            "require" => (SslMode::Require, false),
            "verify-ca" | "verify-full" => (SslMode::Require, true),
            other => return Err(StoreError::SslMode(other.to_owned())),
        };
        config
            .ssl_mode(mode)
            .application_name("aspire")
            .connect_timeout(super::PATIENCE)
            // A server that is gone without a word is noticed within a minute or two.
            .keepalives_idle(Duration::from_secs(60))
            .tcp_user_timeout(Duration::from_secs(60));
        Ok(Self { config, tls: MakeRustlsConnect::new(tls(checks, roots.map(Path::new))?) })
    }
}

fn tls(checks: bool, roots: Option<&Path>) -> Result<ClientConfig, StoreError> {
    let provider = Arc::new(ring::default_provider());
    let failed = |error: rustls::Error| StoreError::Sql(error.into());
    let builder = ClientConfig::builder_with_provider(provider.clone());
    let builder = builder.with_safe_default_protocol_versions().map_err(failed)?;
    if !checks {
        let unchecked = Arc::new(Unchecked(provider));
        return Ok(builder.dangerous().with_custom_certificate_verifier(unchecked).with_no_client_auth());
    }
    let mut trusted = RootCertStore::empty();
    match roots {
        None => trusted.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            let unreadable = |error: &dyn std::fmt::Display| {
                StoreError::Sql(format!("sslrootcert {}: {error}", path.display()).into())
            };
            for found in CertificateDer::pem_file_iter(path).map_err(|error| unreadable(&error))? {
                let found = found.map_err(|error| unreadable(&error))?;
                trusted.add(found).map_err(|error| unreadable(&error))?;
            }
            if trusted.is_empty() {
                return Err(unreadable(&"there is no certificate in it"));
            }
        }
    }
    Ok(builder.with_root_certificates(trusted).with_no_client_auth())
}

/// Encrypts, whoever it is.
#[derive(Debug)]
struct Unchecked(Arc<CryptoProvider>);

impl ServerCertVerifier for Unchecked {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
