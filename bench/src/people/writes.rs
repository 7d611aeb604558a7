//! Saving and nothing else, as fast as it is acknowledged.

use super::{
    site::{Person, Site},
    tour::{Step, Walker},
};
use crate::Outcome;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// How it went.
#[derive(Default)]
pub struct Went {
    /// How long each acknowledged change took, microseconds, ascending.
    pub took: Vec<u32>,
    /// What went wrong.
    pub errors: Vec<String>,
    /// From the first question to the last answer.
    pub seconds: f64,
}

/// Each person saves their own school's words, over and over.
pub fn save(site: &Site, people: &[Person], seconds: u64) -> Outcome<Went> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let (site, people) = (Arc::new(site.clone()), Arc::new(people.to_vec()));
    runtime.map_err(|error| error.to_string())?.block_on(async {
        let began = Instant::now();
        let end = began + Duration::from_secs(seconds);
        let all: Vec<_> =
            (0..people.len()).map(|number| tokio::spawn(one(site.clone(), people.clone(), number, end))).collect();
        let mut went = Went::default();
        for task in all {
            let part = task.await.map_err(|error| error.to_string())?;
            went.took.extend(part.took);
            went.errors.extend(part.errors);
        }
        went.seconds = began.elapsed().as_secs_f64();
        went.took.sort_unstable();
        Ok(went)
    })
}

async fn one(site: Arc<Site>, people: Arc<Vec<Person>>, number: usize, end: Instant) -> Went {
    let mut walker = Walker::new(&site, &people[number], number);
    let mut went = Went::default();
    let mut knows = false;
    while Instant::now() < end {
        let step = if knows { Step::Save } else { Step::Form };
        let started = Instant::now();
        match walker.take(step).await {
            Ok(()) if step == Step::Save => {
                went.took.push(u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX));
            }
            Ok(()) => knows = true,
            Err(why) => {
                went.errors.push(why);
                knows = false;
            }
        }
    }
    went
}
