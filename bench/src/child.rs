//! Programs that are measured: time, processor time, memory.

use crate::Outcome;
use std::{
    fs::read_to_string,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use wait4::Wait4 as _;

/// What a program needed.
pub struct Spent {
    /// From its start to its end, seconds.
    pub wall: f64,
    /// Processor time of all its threads, seconds.
    pub cpu: f64,
    /// The most memory that it held at once (maximum resident set size), megabytes
    /// of 1,000,000 bytes.
    pub peak: f64,
    /// What it printed.
    pub printed: String,
}

/// Runs a program to its end.
pub fn run(command: &mut Command) -> Outcome<Spent> {
    let shown = format!("{command:?}");
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| format!("{shown}: {error}"))?;
    let mut printed = String::new();
    if let Some(mut out) = child.stdout.take() {
        std::io::Read::read_to_string(&mut out, &mut printed).map_err(|error| error.to_string())?;
    }
    let used = child.wait4().map_err(|error| error.to_string())?;
    let wall = started.elapsed().as_secs_f64();
    if !used.status.success() {
        return Err(format!("{shown}: {}\n{printed}", used.status));
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Spent { wall, cpu, peak: used.rusage.maxrss as f64 / 1e6, printed })
}

/// A server that ends when it is dropped.
pub struct Server {
    child: Child,
    /// Where it answers.
    pub address: String,
    /// From its start to its first answer, seconds.
    pub ready: f64,
}

impl Server {
    /// Starts `command` with `--listen` and waits until it is ready.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        Self::start_with(command, "--listen", "/readyz", 200)
    }

    /// Starts `command`, telling it by `flag` where to listen, and waits until it answers so.
    pub fn start_with(command: &mut Command, flag: &str, path: &str, status: u16) -> Outcome<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let address = format!("127.0.0.1:{}", port.map_err(|error| error.to_string())?.port());
        let started = Instant::now();
        let child = command
            .args([flag, &address])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| format!("{command:?}: {error}"))?;
        let mut server = Self { child, address, ready: 0.0 };
        while started.elapsed() < Duration::from_secs(120) {
            if let Ok(Some(status)) = server.child.try_wait() {
                return Err(format!("the server ended: {status}"));
            }
            if crate::http::get(&server.address, path).is_ok_and(|answer| answer.status == status) {
                server.ready = started.elapsed().as_secs_f64();
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err("the server did not answer within two minutes".to_owned())
    }

    /// Asks it to end, as one does, and waits until it has.
    pub fn stop(mut self) -> Outcome<()> {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        asked.map_err(|error| error.to_string())?;
        self.child.wait().map(drop).map_err(|error| error.to_string())
    }

    /// Processor time that it has used, seconds.
    pub fn processor(&self) -> f64 {
        let stat = read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(f64::NAN);
        // In hundredths of a second on every Linux that we know.
        (ticks(11) + ticks(12)) / 100.0
    }

    /// Memory that it holds now, and the most that it ever held: megabytes.
    pub fn memory(&self) -> (f64, f64) {
        let status = read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kilobytes: f64 = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(f64::NAN);
            kilobytes * 1024.0 / 1e6
        };
        (megabytes("VmRSS:"), megabytes("VmHWM:"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
