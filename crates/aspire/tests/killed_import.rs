//! An importing process is killed again and again: the database then holds the
//! state before the file or the state after it, whole, with its source and its
//! audit row, and nothing in between.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use store::{Db, statement};

statement!(NAMES, "SELECT name FROM school ORDER BY urn");
statement!(SOURCES, "SELECT file_name FROM source ORDER BY id");
statement!(AUDITED, "SELECT after_json FROM audit WHERE what = 'import' ORDER BY id");
statement!(
    /// On PostgreSQL a killed import's transaction may still be ending: as the next import would, we wait for it.
    WAIT,
    "UPDATE register_state SET version = version WHERE id = 1"
);
statement!(IMPORTS, "SELECT version FROM register_state");

/// How often an import is killed on each database.
const KILLS: usize = 12;
const SCHOOLS: usize = 2_500;

/// A register in which every school's name tells which file it is from.
fn file(folder: &Path, number: usize) -> std::path::PathBuf {
    let mut text = "urn,la_code,la_name,establishment_number,name,establishment_type_code,establishment_type_name,\
        establishment_status_code,establishment_status_name,phase_type,phase_name,close_date,town,postcode,easting,\
        northing,number_of_pupils,region,high_pupil_premium,last_changed_date,ukprn\n"
        .replace(' ', "");
    for urn in 100_000..100_000 + SCHOOLS {
        let _ = writeln!(
            text,
            "{urn},886,Kent,2010,Invented: File {number},1,Community school,1,Open,2,Primary,,Ashdale,TN27 9QT,583500,144200,208,South East,False,2023-11-14,"
        );
    }
    let path = folder.join(format!("gias_2023-11-{:02}.csv", number + 1));
    std::fs::write(&path, text).unwrap();
    path
}

fn import(address: &str, file: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_aspire"))
        .args(["--database", address, "import"])
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program starts")
}

/// Which files the database holds whole, in the order of their imports.
async fn held(address: &str) -> Vec<usize> {
    let db = Db::open(address).await.unwrap();
    let mut conn = db.begin().await.unwrap();
    conn.execute(WAIT, Vec::new()).await.unwrap();
    let mut texts = async |sql| -> Vec<String> {
        conn.rows(sql, Vec::new()).await.unwrap().iter().map(|row| row.text(0).unwrap()).collect()
    };
    let (names, sources, audited) = (texts(NAMES).await, texts(SOURCES).await, texts(AUDITED).await);
    let version = conn.row(IMPORTS, Vec::new()).await.unwrap().unwrap().int(0).unwrap();
    drop(conn);
    db.close().await;
    let number =
        |source: &String| source["gias_2023-11-".len()..].trim_end_matches(".csv").parse::<usize>().unwrap() - 1;
    let files: Vec<usize> = sources.iter().map(number).collect();
    let newest = files.last().expect("the first file is there");
    assert_eq!(names.len(), SCHOOLS);
    let different: BTreeSet<&String> = names.iter().collect();
    assert_eq!(different, BTreeSet::from([&format!("Invented: File {newest}")]), "of one file, the newest");
    assert_eq!(version, files.len() as i64, "the register moved on once for each");
    assert_eq!(audited.len(), files.len(), "each stands beside its audit row");
    for (source, after) in sources.iter().zip(&audited) {
        assert!(after.contains(source.as_str()), "{after} is not of {source}");
    }
    files
}

async fn the_old_state_or_the_new(address: String) {
    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    assert!(import(&address, &file(folder.path(), 0)).wait().unwrap().success());
    let mut unharmed = started.elapsed();
    let mut before = held(&address).await;
    assert_eq!(before, [0]);
    let mut killed = 0;
    for number in 1..=KILLS {
        let path = file(folder.path(), number);
        let mut child = import(&address, &path);
        // Another moment each time, from its start to its end.
        let wait = unharmed * u32::try_from(number).unwrap() / u32::try_from(KILLS).unwrap();
        std::thread::sleep(wait);
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        killed += usize::from(!ended.success());
        if ended.success() {
            // The first made the schema as well, or the machine was busier then.
            unharmed = unharmed.min(wait);
        }
        let after = held(&address).await;
        let with = [before.as_slice(), &[number]].concat();
        assert!(after == before || after == with, "{before:?} became {after:?} by file {number}");
        assert!(!ended.success() || after == with, "what a process said was done is there");
        before = after;
    }
    assert!(killed > KILLS / 3, "only {killed} were killed in time");
    assert!(before.len() <= KILLS, "at least one was killed before its end");
    // Whatever the last one left does not stand in the way of the next.
    let path = file(folder.path(), KILLS + 1);
    let mut child = import(&address, &path);
    let patience = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(patience.elapsed() < Duration::from_secs(60), "a killed import keeps others waiting");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(held(&address).await.last(), Some(&(KILLS + 1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_state_or_the_new_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    the_old_state_or_the_new(format!("sqlite:{}", folder.path().join("killed.db").display())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_state_or_the_new_postgres() {
    let Ok(server) = std::env::var("ASPIRE_TEST_POSTGRES") else { return };
    let made = Db::open(&server).await.expect("the server answers");
    let name = format!("killed_import_{}", std::process::id());
    made.create_database(&name).await.expect("a database of its own");
    made.close().await;
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    the_old_state_or_the_new(format!("{base}/{name}")).await;
}
