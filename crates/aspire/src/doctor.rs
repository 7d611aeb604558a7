//! `aspire doctor`: is everything as it should be?

use crate::{
    config::Config,
    say::{self, Why},
};
use kernel::{SystemChance, SystemClock, words::figures};
use programme::{World, need_rule};
use register::{frameworks::Framework, good::RuleSet};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use store::{Db, migrate};
use ureq::{Agent, tls::TlsConfig};

/// How long the running server may take to say that it is ready.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks the server that runs on this machine whether it is ready; for whoever
/// starts it anew where it is not.
pub(crate) async fn ask(config: &Config) -> Result<(), Why> {
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let address = format!("{scheme}://{}/readyz", reached(config.listen));
    // The certificate names the site, not this machine's address, and nothing
    // is told or believed here that a certificate would have to protect.
    let tls = TlsConfig::builder().disable_verification(true).build();
    let agent = Agent::config_builder().tls_config(tls).timeout_global(Some(PATIENCE)).proxy(None).max_redirects(0);
    let agent: Agent = agent.build().into();
    let asked = address.clone();
    let answer = tokio::task::spawn_blocking(move || agent.get(&asked).call()).await?;
    match answer {
        Ok(_) => {
            say::line(&format!("{address}: ready"));
            Ok(())
        }
        Err(error) => Err(format!("{address}: {error}").into()),
    }
}

/// The address at which a server is reached that listens on `listen`.
fn reached(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// Looks at the database and at what comes with Aspire, and changes nothing.
pub(crate) async fn run(database: &str) -> Result<(), Why> {
    if let Some(path) = database.strip_prefix("sqlite:")
        && !std::path::Path::new(path).exists()
    {
        return Err(format!("there is no database {path} yet; ‘aspire import’ or ‘aspire serve’ makes one").into());
    }
    let db = Db::open(database).await?;
    let mut conn = db.read().await?;
    let schema = migrate::version(&mut conn).await?;
    drop(conn);
    if schema != migrate::newest() {
        return Err(format!(
            "the schema has version {schema}, this Aspire knows {}; ‘aspire serve’ moves it forward",
            migrate::newest()
        )
        .into());
    }
    say::line(&format!("database: answers, schema version {schema}"));
    let world = World::new(db, Arc::new(SystemClock), Arc::new(SystemChance), Arc::new(outside::Http::default()));
    let record = world.record().await?;
    say::line(&format!(
        "register: {} schools, {} inspections, version {}",
        figures(record.len() as u64),
        figures(record.inspections() as u64),
        record.version
    ));
    let dropped = record.lineages().report().dropped.len();
    say::line(&format!("lineages: {dropped} links left out because they contradict others"));
    say::line(&format!(
        "frameworks: {}; rules for good or equivalent: {}; need rules: {}",
        Framework::all().len(),
        RuleSet::all().len(),
        need_rule::rules().len()
    ));
    world.db.close().await;
    Ok(())
}
