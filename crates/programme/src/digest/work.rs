//! Sending weekly letters, as a job that looks every hour whether it is Monday
//! morning.

use super::{actions::monday, gather, store};
use crate::{
    World,
    audit::{self, Entry},
    error::Result,
    mail::{self, Letter},
    person::{self, Token},
    who::Actor,
};
use jiff::{SignedDuration, civil::DateTime, civil::Weekday};
use jobs::{Doing, Failure, Job, Work};
use kernel::{Date, clock::in_england};

/// The kind of the job.
pub const WEEKLY: &str = "digest.weekly";

/// From this hour on Mondays, as clocks in England show it.
const FROM: i8 = 6;

/// For so long a link of a letter stops them.
const STOPS: SignedDuration = SignedDuration::from_hours(24 * 180);

/// Sends weekly letters.
pub(crate) struct Weekly(pub(crate) World);

impl Work for Weekly {
    fn work<'a>(&'a self, _job: &'a Job) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            match weekly(&self.0).await {
                Ok(0) => Ok(()),
                Ok(failed) => {
                    Err(Failure::Passing(format!("{failed} weekly letters could not be made; the log says why")))
                }
                Err(error) => {
                    tracing::error!(%error, "weekly letters could not be made");
                    Err(Failure::Passing("something went wrong here; the log says what".to_owned()))
                }
            }
        })
    }
}

/// True on Monday mornings, and up to Tuesday's end where nobody was there to do it.
fn is_time(local: DateTime) -> bool {
    match local.date().weekday() {
        Weekday::Monday => local.hour() >= FROM,
        Weekday::Tuesday => true,
        _ => false,
    }
}

/// Makes the letters of this week that are not made yet; how many failed.
async fn weekly(world: &World) -> Result<usize> {
    let local = in_england(world.now());
    if !is_time(local) {
        return Ok(0);
    }
    let week = monday(local.date());
    let mut conn = world.db.read().await?;
    let all = store::due(&mut conn, week).await?;
    drop(conn);
    let mut failed = 0;
    for one in &all {
        // One whose letter cannot be made keeps nobody else from theirs.
        if let Err(error) = made(world, one, week).await {
            tracing::error!(person = one.person, %error, "a weekly letter could not be made");
            failed += 1;
        }
    }
    let mut tx = world.db.begin().await?;
    store::drop_stops(&mut tx, world.now() - STOPS).await?;
    tx.commit().await?;
    Ok(failed)
}

/// Makes somebody's letter, once a week; none where there is nothing to say.
async fn made(world: &World, one: &store::Due, week: Date) -> Result<()> {
    let caller = person::as_reader(world, one.person, &one.name, one.second_factor).await?;
    let lines = gather::lines(world, &caller).await?;
    let mut tx = world.db.begin().await?;
    if !store::mark(&mut tx, one.person, week).await? {
        return Ok(());
    }
    if !lines.is_empty() {
        let secret = Token::new(world);
        store::put_stop(&mut tx, &secret.sha256(), one.person, world.now()).await?;
        let stop = world.link(&format!("/digest/{}", secret.reveal()));
        let until = world.now() + SignedDuration::from_hours(24 * 5);
        mail::send(world, &mut tx, &one.email, &Letter::Weekly { lines, stop, until }).await?;
        let by = Actor { person: None, name: "Aspire".to_owned(), role: "schedule" };
        audit::record(world, &mut tx, by, Entry::of("send the weekly letter", "person", one.person)).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_is_time_on_monday_mornings() {
        assert!(!is_time(date(2026, 11, 30).at(5, 59, 0, 0)));
        assert!(is_time(date(2026, 11, 30).at(6, 0, 0, 0)));
        assert!(is_time(date(2026, 12, 1).at(23, 0, 0, 0)));
        assert!(!is_time(date(2026, 12, 2).at(0, 0, 0, 0)) && !is_time(date(2026, 11, 29).at(12, 0, 0, 0)));
        assert_eq!(monday(date(2026, 12, 6)), date(2026, 11, 30));
    }
}
