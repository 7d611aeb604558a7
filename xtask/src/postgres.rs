//! A PostgreSQL of our own: on a free port, in a directory of its own, gone when
//! we are. Nothing on the machine's own PostgreSQL is touched.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::machine;
use crate::supervised::{Supervised, User, free_port, fresh_dir};

/// The variable in which tests find the server's address.
pub(crate) const URL: &str = "ASPIRE_TEST_POSTGRES";

const PATIENCE: Duration = Duration::from_secs(60);

/// The running server; dropping it stops it.
#[derive(Debug)]
pub(crate) struct Postgres {
    port: u16,
    server: Supervised,
}

impl Postgres {
    /// Its address, as a superuser who needs no password.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

/// What the server does for what it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// Nothing outlives the run: there is no need to wait for the disk.
    Nothing,
    /// What it acknowledged is on the disk, as for those whose server it is.
    Everything,
}

/// Starts a server for tests and waits until it answers.
pub(crate) fn start() -> Result<Postgres, String> {
    start_that(Keeps::Nothing)
}

/// Starts a server and waits until it answers.
pub(crate) fn start_that(keeps: Keeps) -> Result<Postgres, String> {
    let bin = programs()?;
    let user = whom()?;
    let dir = fresh_dir("postgres")?;
    if let Some(user) = user {
        std::os::unix::fs::chown(&dir, Some(user.uid), Some(user.gid))
            .map_err(|error| format!("{}: {error}", dir.display()))?;
    }
    if let Err(error) = initialise(&bin, &dir, user) {
        let _ = std::fs::remove_dir_all(&dir);
        return Err(error);
    }
    let port = free_port()?;
    let mut server = Command::new(bin.join("postgres"));
    server.arg("-D").arg(dir.join("data"));
    server.arg("-p").arg(port.to_string());
    let sockets = format!("unix_socket_directories={}", dir.display());
    let mut settings = vec!["listen_addresses=127.0.0.1", &sockets, "max_connections=200"];
    if keeps == Keeps::Nothing {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
    }
    for setting in settings {
        server.args(["-c", setting]);
    }
    let server = Supervised::start(&dir, "INT", user, &mut server)?;
    let postgres = Postgres { port, server };
    wait(&bin, &postgres)?;
    println!("PostgreSQL answers at {}", postgres.url());
    Ok(postgres)
}

/// Where initdb and postgres lie: the newest of Debian's, or the search path's.
fn programs() -> Result<PathBuf, String> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    machine::install(&["postgresql"], "PostgreSQL")?;
    find_programs().ok_or_else(|| "PostgreSQL was installed and is not found".into())
}

fn find_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    versions.sort();
    versions
        .pop()
        .map(|(_, bin)| bin)
        .or_else(|| machine::on_path("initdb").and_then(|initdb| initdb.parent().map(Path::to_owned)))
}

/// PostgreSQL refuses to run as root: whom it runs as then.
fn whom() -> Result<Option<User>, String> {
    if !machine::is_root() {
        return Ok(None);
    }
    machine::user(&["postgres", "nobody"]).map(Some).ok_or_else(|| "there is no user to run PostgreSQL as".into())
}

fn initialise(bin: &Path, dir: &Path, user: Option<User>) -> Result<(), String> {
    let mut command = Command::new(bin.join("initdb"));
    command
        .arg("-D")
        .arg(dir.join("data"))
        .args(["-U", "postgres", "-A", "trust", "-E", "UTF8"])
        .args(["--locale=C", "--no-sync"])
        .current_dir(dir);
    if let Some(user) = user {
        command.uid(user.uid).gid(user.gid).env("HOME", dir);
    }
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("initdb: {}", String::from_utf8_lossy(&output.stderr)))
}

fn wait(bin: &Path, postgres: &Postgres) -> Result<(), String> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE && !postgres.server.has_ended() {
        let answers = Command::new(bin.join("pg_isready"))
            .args(["-q", "-h", "127.0.0.1", "-p", &postgres.port.to_string()])
            .status()
            .is_ok_and(|status| status.success());
        if answers {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("PostgreSQL did not start:\n{}", postgres.server.log()))
}
