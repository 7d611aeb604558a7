//! Taking letters from the outbox to the mail server.
//!
//! A letter is sent at least once: where a worker dies between the mail
//! server's yes and our note of it, the next one sends it again, with the same
//! Message-ID, by which servers tell what comes twice.

use super::{
    letter::Letter,
    model::State,
    store::{self, Body},
};
use crate::{
    World,
    error::{Error, Result},
};
use ::store::{StoreError, Tx};
use jiff::SignedDuration;
use jobs::{Doing, Failure, Job, Work};
use outside::mail::{MailError, Outgoing};
use std::time::{Duration, SystemTime};

/// The kind of job that sends one letter.
pub const SEND: &str = "mail.send";

/// The recurring job that forgets old letters.
pub const TIDY: &str = "mail.tidy";

/// For how long the outbox remembers a letter that has ended.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Sends letters.
pub(crate) struct Post(pub(crate) World);

/// Forgets old letters.
pub(crate) struct Tidy(pub(crate) World);

impl Work for Post {
    fn work<'a>(&'a self, job: &'a Job) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let id = letter_id(&job.payload).ok_or_else(|| Failure::Final("the job names no letter".to_owned()))?;
            match post(&self.0, id).await {
                Ok(sent) => sent,
                Err(error) => {
                    tracing::error!(letter = id, %error, "a letter could not be worked on");
                    Err(Failure::Passing("something went wrong here; the log says what".to_owned()))
                }
            }
        })
    }

    fn gave_up<'a>(&'a self, tx: &'a mut Tx, job: &'a Job, why: &'a str) -> Doing<'a, Result<(), StoreError>> {
        Box::pin(async move {
            match letter_id(&job.payload) {
                Some(id) => store::fail(tx, id, why).await,
                None => Ok(()),
            }
        })
    }
}

impl Work for Tidy {
    fn work<'a>(&'a self, _job: &'a Job) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let now = self.0.now();
            let tidied = async {
                let mut tx = self.0.db.begin().await?;
                store::tidy(&mut tx, now, now - REMEMBERED).await?;
                tx.commit().await
            };
            tidied.await.map_err(|error| Failure::Passing(error.to_string()))
        })
    }
}

/// The letter that a job is about.
pub(super) fn letter_id(payload: &str) -> Option<i64> {
    serde_json::from_str::<serde_json::Value>(payload).ok()?["letter"].as_i64()
}

/// Sends a letter, unless it has ended, and notes how it went.
async fn post(world: &World, id: i64) -> Result<Result<(), Failure>> {
    let body = {
        let mut conn = world.db.read().await?;
        store::body(&mut conn, id).await?
    };
    let Some(body) = body else {
        return Ok(Ok(()));
    };
    if body.useful_until.is_some_and(|until| until <= world.now()) {
        return end(world, id, State::TooLate, None).await.map(Ok);
    }
    let letter = outgoing(world, id, &body)?;
    let mail = world.mail.clone();
    let sent = tokio::task::spawn_blocking(move || mail.send(&letter))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?;
    match sent {
        Ok(()) => note_sent(world, id).await.map(Ok),
        Err(MailError::Final(why)) => end(world, id, State::Refused, Some(&why)).await.map(Ok),
        Err(MailError::Passing(why)) => {
            let mut tx = world.db.begin().await?;
            store::tried(&mut tx, id, world.now(), &why).await?;
            tx.commit().await?;
            Ok(Err(Failure::Passing(why)))
        }
    }
}

fn outgoing(world: &World, id: i64, body: &Body) -> Result<Outgoing> {
    // What was wrong could quote the letter, so it is not said.
    let unreadable = |_| Error::Unexpected(format!("letter {id} cannot be read; another version may have written it"));
    let letter: Letter = serde_json::from_str(&body.json).map_err(unreadable)?;
    let rendered = letter.render(&world.address)?;
    let since_1970 = Duration::from_micros(u64::try_from(body.queued_at.as_microsecond()).unwrap_or_default());
    Ok(Outgoing {
        id: id.to_string(),
        stop: letter.stop().map(str::to_owned),
        to: body.to.clone(),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        at: SystemTime::UNIX_EPOCH + since_1970,
    })
}

/// The mail server has the letter. A database that is busy for a while is no
/// reason to send it twice.
async fn note_sent(world: &World, id: i64) -> Result<()> {
    for seconds in [1, 4, 16] {
        match end(world, id, State::Sent, None).await {
            Ok(()) => return Ok(()),
            Err(error) => tracing::warn!(letter = id, %error, "a letter was sent and this could not be noted yet"),
        }
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
    end(world, id, State::Sent, None).await
}

async fn end(world: &World, id: i64, state: State, said: Option<&str>) -> Result<()> {
    let mut tx = world.db.begin().await?;
    store::end(&mut tx, id, state, world.now(), said).await?;
    tx.commit().await?;
    Ok(())
}
