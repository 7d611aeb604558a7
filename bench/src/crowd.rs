//! Many connections that never rest: each asks anew as soon as it was answered.

use crate::{Outcome, http, link::Link, numbers::percentile};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// What is asked, by whom, how long.
pub struct Asking {
    /// Where the server listens, on this machine.
    pub address: String,
    /// What is asked for, in this order, over and over.
    pub targets: Vec<String>,
    /// Text that a right answer to any of them holds (not looked for in what is compressed).
    pub holds: &'static str,
    /// Whether answers may come compressed, as browsers ask.
    pub gzip: bool,
    /// Connections at once.
    pub connections: usize,
    /// How long answers are waited for before any counts, and then how long they count.
    pub seconds: (u64, u64),
}

/// How it went.
#[derive(Default)]
pub struct Went {
    /// How long each answer took, microseconds, ascending.
    pub took: Vec<u32>,
    /// What went wrong, each time.
    pub errors: Vec<String>,
    /// Bytes of bodies.
    pub bytes: u64,
    /// For how long answers counted, seconds.
    pub seconds: f64,
}

impl Went {
    /// Milliseconds within which this share was answered.
    pub fn within(&self, share: f64) -> f64 {
        if self.took.is_empty() { f64::INFINITY } else { f64::from(percentile(&self.took, share)) / 1000.0 }
    }
}

/// Asks until the time is over. An error is counted, and its connection made anew.
pub fn ask(asking: Asking) -> Outcome<Went> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(all(Arc::new(asking)))
}

async fn all(asking: Arc<Asking>) -> Outcome<Went> {
    let start = Instant::now();
    let counts = start + Duration::from_secs(asking.seconds.0);
    let end = counts + Duration::from_secs(asking.seconds.1);
    let next = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> =
        (0..asking.connections).map(|_| tokio::spawn(one(asking.clone(), next.clone(), counts, end))).collect();
    let mut went = Went { seconds: asking.seconds.1 as f64, ..Went::default() };
    for task in tasks {
        let part = task.await.map_err(|error| error.to_string())?;
        went.took.extend(part.took);
        went.errors.extend(part.errors);
        went.bytes += part.bytes;
    }
    went.took.sort_unstable();
    Ok(went)
}

async fn one(asking: Arc<Asking>, next: Arc<AtomicUsize>, counts: Instant, end: Instant) -> Went {
    let mut went = Went::default();
    let mut link = Link::to(&asking.address);
    while Instant::now() < end {
        let target = &asking.targets[next.fetch_add(1, Ordering::Relaxed) % asking.targets.len()];
        let started = Instant::now();
        let outcome = once(&asking, target, &mut link).await;
        let took = started.elapsed();
        match outcome {
            // An error counts whenever it happens; an answer, where it came while answers counted.
            Err(why) => {
                went.errors.push(format!("{target}: {why}"));
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(bytes) if started >= counts => {
                went.took.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
                went.bytes += bytes as u64;
            }
            Ok(_) => {}
        }
    }
    went
}

async fn once(asking: &Asking, target: &str, link: &mut Link) -> Outcome<usize> {
    let answer = link.ask(&http::request(&asking.address, target, asking.gzip)).await?;
    if answer.status != 200 {
        return Err(format!("status {}", answer.status));
    }
    if !asking.gzip && !contains(&answer.body, asking.holds.as_bytes()) {
        return Err(format!("the answer lacks ‘{}’", asking.holds));
    }
    Ok(answer.body.len())
}

/// Whether `what` stands in the last part of the body, where a cut answer would lack it.
fn contains(body: &[u8], what: &[u8]) -> bool {
    body[body.len().saturating_sub(400)..].windows(what.len()).any(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server on this machine that answers every second request wrongly.
    fn moody() -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        std::thread::spawn(move || {
            use std::io::{Read as _, Write as _};
            for (at, stream) in listener.incoming().take(40).enumerate() {
                let Ok(mut stream) = stream else { continue };
                let mut asked = [0; 1024];
                let _ = stream.read(&mut asked);
                let status = if at % 2 == 0 { "200 OK" } else { "500 No" };
                let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 3\r\n\r\nend");
            }
        });
        address
    }

    #[test]
    fn every_error_is_counted() {
        let asking = Asking {
            address: moody(),
            targets: vec!["/".into()],
            holds: "end",
            gzip: false,
            connections: 1,
            seconds: (0, 1),
        };
        let went = ask(asking).unwrap();
        assert!(!went.took.is_empty(), "the right ones are counted");
        assert!(went.errors.iter().any(|why| why == "/: status 500"), "{:?}", went.errors.first());
        assert!(went.errors.iter().any(|why| why.contains("closed")), "a closed connection is an error");
    }
}
