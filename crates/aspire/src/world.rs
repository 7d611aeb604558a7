//! The real world around the actions.

use crate::{
    config::{Config, Provider, Secret, Security},
    say::Why,
};
use kernel::{Clock as _, SystemChance, SystemClock};
use outside::{
    mail::{self, Smtp, SmtpSettings},
    oidc::{self, Oidc, Preset},
};
use programme::{World, elsewhere::Providers};
use std::sync::Arc;
use store::{Db, migrate};

/// Opens the database, moves its schema forward, and puts the world around it.
pub(crate) async fn open(database: &str) -> Result<World, Why> {
    let db = Db::open(database).await?;
    migrate::migrate(&db, SystemClock.now()).await?;
    Ok(World::new(db, Arc::new(SystemClock), Arc::new(SystemChance), Arc::new(outside::Http::default())))
}

/// As [`open`], with everything that the configuration names: for those who
/// send letters and lead browsers back. Every secret has to be readable now, not
/// first when it is needed.
pub(crate) async fn open_whole(config: &Config) -> Result<World, Why> {
    let wrong: Vec<String> = config
        .secrets()
        .into_iter()
        .filter_map(|(key, secret)| secret.reveal().err().map(|why| format!("{key}: {why}")))
        .collect();
    if !wrong.is_empty() {
        return Err(wrong.join("\n  ").into());
    }
    let (server, all) = (mail_server(config)?, providers(config)?);
    let mut world = open(&config.database).await?.with_providers(Providers { all, ask: Arc::new(Oidc::default()) });
    if let Some(server) = server {
        world = world.with_mail(Arc::new(server));
    }
    Ok(match &config.address {
        Some(address) => world.with_address(address),
        None => world,
    })
}

/// The mail server, where one is configured.
pub(crate) fn mail_server(config: &Config) -> Result<Option<Smtp>, String> {
    let Some(smtp) = &config.smtp else {
        return Ok(None);
    };
    let settings = SmtpSettings {
        host: smtp.host.clone(),
        port: smtp.port,
        security: match smtp.security {
            Security::Tls => mail::Security::Tls,
            Security::StartTls => mail::Security::StartTls,
            Security::None => mail::Security::None,
        },
        user: smtp.user.clone(),
        password: smtp.password.as_ref().map(Secret::reveal).transpose()?,
        from: smtp.from.clone(),
    };
    Smtp::new(&settings).map(Some).map_err(|why| format!("smtp: {why}"))
}

/// The providers of sign-in, with what their presets know.
fn providers(config: &Config) -> Result<Vec<oidc::Provider>, String> {
    let provider = |one: &Provider| {
        let preset = match one.preset.as_str() {
            "dfe-sign-in" => Preset::DfeSignIn,
            "microsoft" => Preset::Microsoft,
            "google" => Preset::Google,
            _ => Preset::Generic,
        };
        let issuer = one.issuer.as_deref().or(preset.issuer());
        Ok(oidc::Provider {
            id: one.id.clone(),
            preset,
            name: one.name.as_deref().unwrap_or(preset.name()).to_owned(),
            issuer: issuer.ok_or_else(|| format!("oidc.issuer of {} is missing", one.id))?.to_owned(),
            client_id: one.client_id.clone(),
            client_secret: one.client_secret.as_ref().map(Secret::reveal).transpose()?,
        })
    };
    config.oidc.iter().map(provider).collect()
}
