//! The configuration as the rest of the program takes it.

use super::{
    given::{Problem, Secret, Section, Values},
    keys::Kind,
    reader::{Reader, fits},
};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

/// The whole configuration.
#[derive(Debug)]
pub(crate) struct Config {
    /// Where browsers find it, without a slash at the end.
    pub(crate) address: Option<String>,
    /// Where it listens.
    pub(crate) listen: SocketAddr,
    /// The database's address.
    pub(crate) database: String,
    /// Browsers reach it by https.
    pub(crate) https: bool,
    /// Proxies on other machines that are believed.
    pub(crate) proxies: Vec<IpAddr>,
    /// The largest file that a page takes, bytes.
    pub(crate) largest_upload: u64,
    /// Directives of the log.
    pub(crate) log: String,
    /// TLS by Aspire itself.
    pub(crate) tls: Option<Tls>,
    /// The mail server.
    pub(crate) smtp: Option<Smtp>,
    /// Whether `aspire serve` does the work apart from pages.
    pub(crate) worker_inside: bool,
    /// Providers of sign-in.
    pub(crate) oidc: Vec<Provider>,
    /// A file of periods of retention.
    pub(crate) retention: Option<PathBuf>,
}

/// Files for TLS.
#[derive(Debug, Clone)]
pub(crate) struct Tls {
    /// The chain of certificates, PEM.
    pub(crate) certificate: PathBuf,
    /// The private key, PEM.
    pub(crate) key: PathBuf,
}

/// How a connection to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    /// From the first byte.
    Tls,
    /// After STARTTLS.
    StartTls,
    /// Not at all.
    None,
}

/// The mail server.
#[derive(Debug, Clone)]
pub(crate) struct Smtp {
    /// Its name.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// Encryption.
    pub(crate) security: Security,
    /// The user, where it wants one.
    pub(crate) user: Option<String>,
    /// Their password; there is one exactly where there is a user.
    pub(crate) password: Option<Secret>,
    /// Whom letters are from.
    pub(crate) from: String,
}

/// A provider of sign-in (OpenID Connect).
#[derive(Debug, Clone)]
pub(crate) struct Provider {
    /// Its short name.
    pub(crate) id: String,
    /// What kind: ‘generic’, ‘dfe-sign-in’, ‘microsoft’, ‘google’.
    pub(crate) preset: String,
    /// What the button says; the preset's name where there is none.
    pub(crate) name: Option<String>,
    /// The issuer; the preset's where there is none.
    pub(crate) issuer: Option<String>,
    /// Our name there.
    pub(crate) client_id: String,
    /// Our secret there.
    pub(crate) client_secret: Option<Secret>,
}

impl Config {
    /// Of what is given.
    ///
    /// # Errors
    /// Everything that does not fit.
    pub(crate) fn of(values: &Values) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::of(&values.plain);
        let config = whole(&mut reader);
        let mut problems = reader.problems;
        let mut oidc: Vec<Provider> = Vec::new();
        for section in &values.providers {
            let mut reader = Reader::of(section);
            let provider = provider(&mut reader, section);
            problems.append(&mut reader.problems);
            if let Some(provider) = provider {
                if oidc.iter().any(|other| other.id == provider.id) {
                    let what = format!("there are two providers with the id ‘{}’", provider.id);
                    problems.push(about(section, what));
                }
                oidc.push(provider);
            }
            if !values.plain.contains_key("address") {
                problems.push(about(section, "address is missing, to which a provider sends people back".to_owned()));
            }
        }
        match config {
            Some(config) if problems.is_empty() => Ok(Self { oidc, ..config }),
            _ => Err(problems),
        }
    }

    /// Every secret with the key it stands under, for whoever looks whether
    /// they can be read.
    pub(crate) fn secrets(&self) -> Vec<(String, &Secret)> {
        let mail = self.smtp.iter().filter_map(|smtp| smtp.password.as_ref());
        let mail = mail.map(|secret| ("smtp.password".to_owned(), secret));
        let providers = self.oidc.iter().filter_map(|provider| {
            let secret = provider.client_secret.as_ref()?;
            Some((format!("oidc.client_secret of {}", provider.id), secret))
        });
        mail.chain(providers).collect()
    }
}

/// Every key outside `[[oidc]]`; `None` where it cannot be used.
pub(super) fn whole(reader: &mut Reader<'_>) -> Option<Config> {
    let address = reader.text("address");
    let listen = reader.listen("listen").unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)));
    let database = database(reader);
    let tls = tls(reader);
    let implied = tls.is_some() || address.as_ref().is_some_and(|address| address.starts_with("https://"));
    let https = reader.flag("https");
    if https == Some(false)
        && tls.is_some()
        && let Some(given) = reader.given("https")
    {
        reader.problems.push(Problem::at(&given.from, "https is ‘false’, but [tls] is given; expected true"));
    }
    if let Some(given) = reader.given("address")
        && given.text.starts_with("http://")
        && (https == Some(true) || tls.is_some())
    {
        let what = format!("address is ‘{}’, but browsers reach it by https; expected ‘https://…’", given.text);
        reader.problems.push(Problem::at(&given.from, what));
    }
    let networks = reader.text("proxies").unwrap_or_default();
    let proxies = networks.split(',').filter_map(|one| one.trim().parse().ok()).collect();
    let largest_upload = reader.number("largest_upload").unwrap_or(256) * 1024 * 1024;
    let log = reader.text("log").unwrap_or_else(|| "info".to_owned());
    let smtp = smtp(reader);
    let worker_inside = reader.flag("worker.inside").unwrap_or(true);
    let retention = reader.path("retention.file");
    let https = https.unwrap_or(implied);
    let oidc = Vec::new();
    Some(Config {
        address,
        listen,
        database: database?,
        https,
        proxies,
        largest_upload,
        log,
        tls,
        smtp,
        worker_inside,
        oidc,
        retention,
    })
}

fn database(reader: &mut Reader<'_>) -> Option<String> {
    let told = reader.problems.len();
    let file = match reader.secret("database") {
        None if reader.problems.len() > told => return None,
        None => return Some("sqlite:aspire.db".to_owned()),
        Some(Secret::Here(database)) => return Some(database),
        Some(file) => file,
    };
    let why = match file.reveal() {
        Ok(database) if fits(Kind::Database, &database) => return Some(database),
        Ok(_) => format!("its first line is no database; expected {}", Kind::Database.expected()),
        Err(why) => why,
    };
    if let Some(given) = reader.given("database_file") {
        reader.problems.push(Problem::at(&given.from, format!("database_file is ‘{}’; {why}", given.text)));
    }
    None
}

fn tls(reader: &mut Reader<'_>) -> Option<Tls> {
    let (certificate, key) = (reader.path("tls.certificate"), reader.path("tls.key"));
    match (certificate, key) {
        (Some(certificate), Some(key)) => return Some(Tls { certificate, key }),
        (Some(_), None) => reader.missing("tls.key", "which the certificate needs"),
        (None, Some(_)) => reader.missing("tls.certificate", "which the key needs"),
        (None, None) => {}
    }
    None
}

fn smtp(reader: &mut Reader<'_>) -> Option<Smtp> {
    let told = reader.problems.len();
    let host = reader.text("smtp.host");
    let security = match reader.text("smtp.security").as_deref() {
        Some("starttls") => Security::StartTls,
        Some("none") => Security::None,
        _ => Security::Tls,
    };
    let usual = match security {
        Security::Tls => 465,
        Security::StartTls => 587,
        Security::None => 25,
    };
    let port = reader.number("smtp.port");
    let (user, password) = (reader.text("smtp.user"), reader.secret("smtp.password"));
    let from = reader.text("smtp.from");
    if reader.problems.len() > told {
        return None;
    }
    if host.is_none() && port.is_none() && user.is_none() && password.is_none() && from.is_none() {
        return None;
    }
    if user.is_some() != password.is_some() {
        let lacking = if user.is_some() { "smtp.password" } else { "smtp.user" };
        reader.missing(lacking, "and a user and a password go together");
    }
    let is_here = host.as_deref().is_some_and(|host| ["localhost", "127.0.0.1", "::1"].contains(&host));
    if security == Security::None
        && !is_here
        && password.is_some()
        && let Some(given) = reader.given("smtp.security")
    {
        let what = "smtp.security is ‘none’, and a password is not sent unencrypted to another machine; expected ‘tls’ or ‘starttls’";
        reader.problems.push(Problem::at(&given.from, what));
    }
    if host.is_none() {
        reader.missing("smtp.host", "without which no letter goes");
    }
    if from.is_none() {
        reader.missing("smtp.from", "without which no letter goes");
    }
    if reader.given("address").is_none()
        && let Some(given) = reader.given("smtp.host")
    {
        reader.problems.push(Problem::at(&given.from, "address is missing, to which links in letters lead"));
    }
    let port = port.and_then(|port| u16::try_from(port).ok()).unwrap_or(usual);
    Some(Smtp { host: host?, port, security, user, password, from: from? })
}

pub(super) fn provider(reader: &mut Reader<'_>, section: &Section) -> Option<Provider> {
    let told = reader.problems.len();
    let id = reader.text("oidc.id");
    let plain = |id: &str| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if let Some(id) = id.as_deref().filter(|id| !plain(id)) {
        let what = format!("oidc.id is ‘{id}’; expected small letters, digits and hyphens");
        reader.problems.push(about(section, what));
    }
    let preset = reader.text("oidc.preset").unwrap_or_else(|| "generic".to_owned());
    let (name, issuer) = (reader.text("oidc.name"), reader.text("oidc.issuer"));
    let (client_id, client_secret) = (reader.text("oidc.client_id"), reader.secret("oidc.client_secret"));
    if reader.problems.len() > told {
        return None;
    }
    if id.is_none() {
        reader.missing("oidc.id", "by which it is known");
    }
    if client_id.is_none() {
        reader.missing("oidc.client_id", "which every provider gives");
    }
    if name.is_none() && preset == "generic" {
        reader.missing("oidc.name", "which ‘generic’ does not know");
    }
    if issuer.is_none() && matches!(preset.as_str(), "generic" | "microsoft") {
        reader.missing("oidc.issuer", &format!("which ‘{preset}’ does not know"));
    }
    Some(Provider { id: id?, preset, name, issuer, client_id: client_id?, client_secret })
}

/// That something is wrong with a provider, at its id where it has one.
fn about(section: &Section, what: String) -> Problem {
    match section.get("oidc.id").or_else(|| section.values().next()) {
        Some(given) => Problem::at(&given.from, what),
        None => Problem::of("[[oidc]]", what),
    }
}
