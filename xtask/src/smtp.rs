//! A mail server of our own (aiosmtpd from PyPI): on free ports, in a directory
//! of its own, gone when we are. Its letters go into a folder there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::machine::{self, root};
use crate::report::{Outcome, run};
use crate::supervised::{Supervised, fresh_dir};

/// The variable in which tests find the address of the port without encryption.
pub(crate) const ADDRESS: &str = "ASPIRE_TEST_SMTP";

/// The variable in which tests find the server's directory: box/ with the
/// letters, ca.pem, and ports.json with the ports that encrypt.
pub(crate) const FOLDER: &str = "ASPIRE_TEST_SMTP_FOLDER";

const SERVER: &str = include_str!("smtp_server.py");

/// What the server needs, by exact version.
const PACKAGES: [&str; 2] = ["aiosmtpd==1.4.6", "trustme==1.2.1"];

const PATIENCE: Duration = Duration::from_secs(30);

/// The running server; dropping it stops it.
#[derive(Debug)]
pub(crate) struct Smtp {
    address: String,
    folder: PathBuf,
    _server: Supervised,
}

impl Smtp {
    /// The port without encryption: host:port.
    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    /// Its directory.
    pub(crate) fn folder(&self) -> String {
        self.folder.display().to_string()
    }
}

/// Starts a server and waits until it listens.
pub(crate) fn start() -> Result<Smtp, String> {
    let python = environment()?;
    let folder = fresh_dir("smtp")?;
    let script = folder.join("server.py");
    std::fs::write(&script, SERVER).map_err(|error| format!("{}: {error}", script.display()))?;
    let mut command = Command::new(python);
    command.arg(&script).arg(&folder);
    let server = Supervised::start(&folder, "TERM", None, &mut command)?;
    let start = Instant::now();
    while start.elapsed() < PATIENCE && !server.has_ended() {
        if let Some(port) = plain_port(&folder) {
            let address = format!("127.0.0.1:{port}");
            println!("a mail server answers at {address}");
            return Ok(Smtp { address, folder, _server: server });
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(format!("the mail server did not start:\n{}", server.log()))
}

fn plain_port(folder: &Path) -> Option<u64> {
    let ports = std::fs::read(folder.join("ports.json")).ok()?;
    serde_json::from_slice::<serde_json::Value>(&ports).ok()?["plain"].as_u64()
}

/// The Python of an environment under target/ that has the packages; it is made
/// once.
fn environment() -> Result<PathBuf, String> {
    let folder = root().join("target/smtp-venv");
    let python = folder.join("bin/python");
    let wanted = PACKAGES.join(" ");
    let note = folder.join("packages");
    if std::fs::read_to_string(&note).is_ok_and(|has| has == wanted) {
        return Ok(python);
    }
    let _ = std::fs::remove_dir_all(&folder);
    if make(&folder).is_err() {
        // Debian's python3 comes without venv.
        machine::install(&["python3-venv"], "python3 with venv")?;
        make(&folder)?;
    }
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(PACKAGES);
    run(&mut pip)?;
    std::fs::write(&note, wanted).map_err(|error| format!("{}: {error}", note.display()))?;
    Ok(python)
}

fn make(folder: &Path) -> Outcome {
    let _ = std::fs::remove_dir_all(folder);
    run(Command::new("python3").args(["-m", "venv"]).arg(folder))
}
