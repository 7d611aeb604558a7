//! `aspire doctor`: is everything as it should be?

use crate::say::{self, Why};
use kernel::{SystemChance, SystemClock, words::figures};
use programme::{World, need_rule};
use register::{frameworks::Framework, good::RuleSet};
use std::sync::Arc;
use store::{Db, migrate};

/// Looks at the database and at what comes with Aspire, and changes nothing.
pub(crate) async fn run(database: &str) -> Result<(), Why> {
    if let Some(path) = database.strip_prefix("sqlite:")
        && !std::path::Path::new(path).exists()
    {
        return Err(format!(
            "there is no database {path} yet; ‘aspire import’ or ‘aspire serve’ makes one"
        )
        .into());
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
    let world = World::new(
        db,
        Arc::new(SystemClock),
        Arc::new(SystemChance),
        Arc::new(outside::Http::default()),
    );
    let record = world.record().await?;
    say::line(&format!(
        "register: {} schools, {} inspections, version {}",
        figures(record.len() as u64),
        figures(record.inspections() as u64),
        record.version
    ));
    let dropped = record.lineages().report().dropped.len();
    say::line(&format!(
        "lineages: {dropped} links left out because they contradict others"
    ));
    say::line(&format!(
        "frameworks: {}; rules for good or equivalent: {}; need rules: {}",
        Framework::all().len(),
        RuleSet::all().len(),
        need_rule::rules().len()
    ));
    world.db.close().await;
    Ok(())
}
