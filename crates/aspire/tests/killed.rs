//! A server is killed again and again while people write: what it acknowledged
//! is there, whole, with its audit row, and nothing is there by half.
//!
//! `ASPIRE_KILLS` says how often on each database (a hundred if not given;
//! `cargo xtask soak` asks for a thousand).

mod server;

use server::{Door, Server, database, sign_in};
use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use store::statement;

statement!(DECISIONS, "SELECT reason FROM need_decision ORDER BY reason");
statement!(AUDITED, "SELECT why FROM audit WHERE what = 'decide beside a need rule' ORDER BY why");

fn kills() -> u32 {
    std::env::var("ASPIRE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

/// How many people write at once.
const WRITERS: usize = 4;

/// What the servers acknowledged, by reason.
type Acknowledged = Arc<Mutex<Vec<String>>>;

/// Writes until told to stop or the server is gone.
fn write(server: &Server, door: &Door, prefix: &str, stop: &AtomicBool, acknowledged: &Acknowledged) {
    let Ok(mut line) = server.connect() else { return };
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let reason = format!("{prefix}-{number}");
        let form = format!("csrf={}&urn=135001&kind=appeal&reason={reason}", door.form_token);
        match line.post("/need-rules/below-good/decisions", &door.cookie, &form) {
            Ok(303) => acknowledged.lock().unwrap().push(reason),
            Ok(status) => panic!("a decision was answered with {status}"),
            // The server was killed: whether this one was written nobody knows.
            Err(_) => return,
        }
    }
}

/// Waits until this many more were acknowledged.
fn wait_for(acknowledged: &Acknowledged, more: usize) {
    let count = || acknowledged.lock().unwrap().len();
    let (before, start) = (count(), Instant::now());
    while count() < before + more && start.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_micros(200));
    }
}

async fn what_was_acknowledged_is_there(address: String) {
    let door = sign_in(&address).await;
    let acknowledged = Acknowledged::default();
    for kill in 0..kills() {
        let server = Server::start(&address);
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for writer in 0..WRITERS {
                let (server, door, stop, acknowledged) = (&server, &door, &stop, &acknowledged);
                scope.spawn(move || write(server, door, &format!("k{kill}-w{writer}"), stop, acknowledged));
            }
            // Another moment each time: after so many more were acknowledged, so
            // that a slow machine bears the same load, and a while into the next.
            wait_for(&acknowledged, 1 + kill as usize * 7 % 20);
            thread::sleep(Duration::from_micros(u64::from(kill * 371 % 3_000)));
            server.kill();
            stop.store(true, Ordering::Relaxed);
        });
    }
    // Whatever the last one left is brought in order by opening it.
    let db = store::Db::open(&address).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let mut texts = async |sql| -> Vec<String> {
        conn.rows(sql, Vec::new()).await.unwrap().iter().map(|row| row.text(0).unwrap()).collect()
    };
    let (decisions, audited) = (texts(DECISIONS).await, texts(AUDITED).await);
    let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());
    assert!(acknowledged.len() >= kills() as usize, "the load was a load: {}", acknowledged.len());
    let there: BTreeSet<&String> = decisions.iter().collect();
    let lost: Vec<&String> = acknowledged.iter().filter(|reason| !there.contains(reason)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert_eq!(there.len(), decisions.len(), "none was written twice");
    assert_eq!(decisions, audited, "each stands beside its audit row");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    what_was_acknowledged_is_there(format!("sqlite:{}", folder.path().join("killed.db").display())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_postgres() {
    if let Some(address) = database("killed").await {
        what_was_acknowledged_is_there(address).await;
    }
}

/// Two nodes on one database: one is killed, and whoever it served goes on at
/// the other, signed in as they were.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_nodes_is_killed_and_users_go_on() {
    let Some(address) = database("two_nodes").await else { return };
    let door = sign_in(&address).await;
    let (one, other) = (Server::start(&address), Server::start(&address));
    let (acknowledged, stop) = (Acknowledged::default(), AtomicBool::new(false));
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (one, other, door, stop, acknowledged) = (&one, &other, &door, &stop, &acknowledged);
            scope.spawn(move || {
                let first = if writer % 2 == 0 { one } else { other };
                write(first, door, &format!("first-{writer}"), stop, acknowledged);
                write(other, door, &format!("then-{writer}"), stop, acknowledged);
            });
        }
        wait_for(&acknowledged, 30);
        one.kill();
        wait_for(&acknowledged, 30);
        stop.store(true, Ordering::Relaxed);
    });
    let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());
    assert!(acknowledged.iter().any(|reason| reason.starts_with("then-")), "they went on at the other");
    let db = store::Db::open(&address).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let rows = conn.rows(DECISIONS, Vec::new()).await.unwrap();
    let there: BTreeSet<String> = rows.iter().map(|row| row.text(0).unwrap()).collect();
    assert!(acknowledged.iter().all(|reason| there.contains(reason)), "nothing acknowledged was lost");
}
