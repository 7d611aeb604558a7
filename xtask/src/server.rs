//! The demonstration, built and running, for a browser to visit.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::machine::at_root;
use crate::supervised::{Supervised, free_port, fresh_dir};

/// Time the demonstration has to import its data and answer.
const PATIENCE: Duration = Duration::from_secs(180);

/// The administrator whom the demonstration makes.
pub(crate) const ADMIN_EMAIL: &str = "admin@demo.example";
pub(crate) const ADMIN_PASSWORD: &str = "only for the browser tests";

/// The running demonstration; dropping it stops it.
#[derive(Debug)]
pub(crate) struct Demo {
    address: String,
    program: PathBuf,
    server: Supervised,
}

impl Demo {
    /// Where it answers.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The program that runs.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// What it has printed.
    pub(crate) fn log(&self) -> String {
        self.server.log()
    }
}

/// Builds and starts it, in a directory of its own, and waits until it is ready.
pub(crate) fn start() -> Result<Demo, String> {
    let program = build()?;
    let dir = fresh_dir("demo")?;
    let address = format!("127.0.0.1:{}", free_port()?);
    let mut command = Command::new(&program);
    command
        .args(["demo", "--listen", &address])
        .env("ASPIRE_ADMIN_EMAIL", ADMIN_EMAIL)
        .env("ASPIRE_ADMIN_PASSWORD", ADMIN_PASSWORD);
    let server = Supervised::start(&dir, "TERM", None, &mut command)?;
    let demo = Demo { address, program, server };
    let start = Instant::now();
    while start.elapsed() < PATIENCE && !demo.server.has_ended() {
        if is_ready(&demo.address) {
            println!("the demonstration answers at {} after {:.1} s", demo.url(), start.elapsed().as_secs_f64());
            return Ok(demo);
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Err(format!("the demonstration did not start:\n{}", demo.log()))
}

/// Builds the binary and returns where cargo put it. Built as the tests are, of which it
/// then is a part already made: a release build would take longer than all that the browser
/// does.
fn build() -> Result<PathBuf, String> {
    let output = at_root("cargo")
        .args(["build", "--workspace", "--all-targets", "--locked"])
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err("the binary does not build".into());
    }
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == "aspire" && message["profile"]["test"] == false)
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
        .next_back()
        .ok_or_else(|| "cargo named no binary".into())
}

/// Whether `/readyz` answers 200.
fn is_ready(address: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.split(' ').nth(1).is_some_and(|status| status == "200"))
    };
    ask().unwrap_or(false)
}
