//! `aspire config check`: what holds, from where, and whether it can work.

use super::{
    Loaded,
    given::{Given, Section},
    keys::{KEYS, Key},
    typed::{Config, Security},
};
use crate::{
    say::{self, Why},
    world,
};
use std::{fs::File, path::Path};
use store::{Db, migrate};

/// What is shown in a secret's place.
const MASK: &str = "••••••";

/// Says what holds and looks at files, certificate and database. Changes nothing.
///
/// # Errors
/// What was found wrong.
pub(crate) async fn check(loaded: &Loaded) -> Result<(), Why> {
    let file = loaded.file.as_ref().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
    say::line(&format!("file: {file}"));
    for line in lines(loaded) {
        say::line(&line);
    }
    for line in in_words(&loaded.config) {
        say::line(&line);
    }
    let mut wrong = loaded.unknown.clone();
    for found in
        [files(&loaded.config), letters(&loaded.config), certificate(&loaded.config), database(&loaded.config).await]
    {
        for one in found {
            match one {
                Ok(good) => say::line(&good),
                Err(bad) => wrong.push(bad),
            }
        }
    }
    if wrong.is_empty() {
        say::line("Everything that can be looked at from here holds.");
        return Ok(());
    }
    Err(format!("this does not hold:\n  {}", wrong.join("\n  ")).into())
}

/// Each key with its value and where that is from.
fn lines(loaded: &Loaded) -> Vec<String> {
    let mut lines = Vec::new();
    for key in KEYS.iter().filter(|key| key.section() != "oidc") {
        lines.extend(line(key, &loaded.values.plain));
    }
    for provider in &loaded.values.providers {
        lines.extend(KEYS.iter().filter(|key| key.section() == "oidc").filter_map(|key| line(key, provider)));
    }
    lines
}

/// A key that is given, or that holds a value without being given.
fn line(key: &Key, section: &Section) -> Option<String> {
    match section.get(key.path) {
        Some(given) => Some(format!("  {} = {} ({})", key.path, shown(key, given), given.from)),
        None if key.default.is_empty() || key.section() == "oidc" || key.section() == "smtp" => None,
        None => Some(format!("  {} = {} (default)", key.path, key.default)),
    }
}

/// A value as it may be shown: of a database's address all but the password.
fn shown(key: &Key, given: &Given) -> String {
    if key.path == "database" { without_password(&given.text) } else { hidden(key, &given.text) }
}

fn hidden(key: &Key, text: &str) -> String {
    if key.secret { MASK.to_owned() } else { text.to_owned() }
}

/// `postgres://user:••••••@host/name`; parameters are left out, since one may
/// be a password too.
pub(super) fn without_password(database: &str) -> String {
    let Some((scheme, rest)) = database.split_once("://") else {
        return database.to_owned();
    };
    let (rest, more) = rest.split_once('?').map_or((rest, ""), |(rest, _)| (rest, "?…"));
    let rest = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((user, _)) => format!("{user}:{MASK}@{host}"),
            None => format!("{user}@{host}"),
        },
        None => rest.to_owned(),
    };
    format!("{scheme}://{rest}{more}")
}

/// What follows from the keys together.
fn in_words(config: &Config) -> Vec<String> {
    let cookies = if config.https { "https only" } else { "plain HTTP, for this machine alone" };
    let tls = if config.tls.is_some() { "by Aspire itself" } else { "by a proxy, if at all" };
    let mut lines = vec![format!("browsers: {cookies}; TLS {tls}")];
    lines.push(match &config.smtp {
        None => "letters: none are sent".to_owned(),
        Some(smtp) => {
            let how = match smtp.security {
                Security::Tls => "TLS",
                Security::StartTls => "STARTTLS",
                Security::None => "no encryption",
            };
            let user = smtp.user.as_ref().map_or_else(String::new, |user| format!(", as {user}"));
            format!("letters: from {}, by {}:{} with {how}{user}", smtp.from, smtp.host, smtp.port)
        }
    });
    lines.push(format!(
        "worker: {}",
        if config.worker_inside { "inside ‘aspire serve’" } else { "‘aspire work’ apart" }
    ));
    for provider in &config.oidc {
        let of = provider.issuer.as_deref().unwrap_or(&provider.preset);
        let name = provider.name.as_deref().unwrap_or(&provider.id);
        lines.push(format!("sign-in: {name} ({of}), as {}", provider.client_id));
    }
    lines
}

type Found = Vec<Result<String, String>>;

/// Whether the files that are named can be read.
fn files(config: &Config) -> Found {
    let mut found: Found = Vec::new();
    for (key, secret) in config.secrets() {
        found.push(match secret.reveal() {
            Ok(_) => Ok(format!("{key}: can be read")),
            Err(why) => Err(format!("{key}: {why}")),
        });
    }
    if let Some(path) = &config.retention {
        found.push(match File::open(path) {
            Ok(_) => Ok("retention.file: can be read".to_owned()),
            Err(error) => Err(format!("retention.file: {}: {error}", path.display())),
        });
    }
    found
}

/// Whether letters could be sent by what is said of the mail server; it is not asked.
fn letters(config: &Config) -> Found {
    // A password that cannot be read was told already.
    let readable = config.secrets().iter().all(|(_, secret)| secret.reveal().is_ok());
    match world::mail_server(config) {
        Err(why) if readable => vec![Err(why)],
        _ => Vec::new(),
    }
}

fn certificate(config: &Config) -> Found {
    let Some(tls) = &config.tls else {
        return Vec::new();
    };
    vec![match web::Certificate::open(&tls.certificate, &tls.key) {
        Ok(_) => Ok("tls: certificate and key can be read and fit".to_owned()),
        Err(why) => Err(format!("tls: {why}")),
    }]
}

/// Whether the database answers, without making one.
async fn database(config: &Config) -> Found {
    let file = config.database.strip_prefix("sqlite:").map(|path| Path::new(path.trim_start_matches("//")));
    if let Some(path) = file.filter(|path| !path.exists()) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return vec![match tempfile::tempfile_in(folder) {
            Ok(_) => Ok(format!("database: not there yet; ‘aspire serve’ makes {}", path.display())),
            Err(error) => Err(format!("database: no file can be made in {}: {error}", folder.display())),
        }];
    }
    let version = async {
        let db = Db::open(&config.database).await?;
        let empty = db.table_names().await?.is_empty();
        let mut conn = db.read().await?;
        let version = if empty { 0 } else { migrate::version(&mut conn).await? };
        drop(conn);
        db.close().await;
        Ok::<_, store::StoreError>(version)
    };
    vec![match version.await {
        Ok(version) if version > migrate::newest() => Err(format!(
            "database: its schema has version {version}, made by a newer Aspire; this one knows {}",
            migrate::newest()
        )),
        Ok(0) => Ok("database: answers, and is empty; ‘aspire serve’ makes the schema".to_owned()),
        Ok(version) => Ok(format!("database: answers, schema version {version} of {}", migrate::newest())),
        Err(error) => Err(format!("database: {}: {error}", without_password(&config.database))),
    }]
}
