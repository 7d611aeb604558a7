//! A server that cannot outlive us.
//!
//! The standard library tells nobody of Ctrl-C, so a destructor alone would
//! leave a server and its files behind. Each server is therefore the child of a
//! small shell that holds the other end of a pipe: when we end (however: normally,
//! by a panic, by Ctrl-C, by kill -9) the pipe closes, and the shell stops the
//! server and removes its directory.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// $1 the directory, $2 the signal, then the server and its arguments. Its own
/// process group, so that Ctrl-C reaches it only through the pipe. Twenty
/// seconds after it was asked to stop, the server is made to.
const KEEPER: &str = r#"
trap : INT TERM HUP
dir=$1 signal=$2
shift 2
"$@" >"$dir/log" 2>&1 </dev/null &
server=$!
echo "$server" >"$dir/pid"
cat >/dev/null
kill -"$signal" "$server" 2>/dev/null
left=400
while [ $left -gt 0 ]; do
    state=$(sed 's/.*) \(.\).*/\1/' "/proc/$server/stat" 2>/dev/null)
    case $state in '' | Z) break ;; esac
    sleep 0.05
    left=$((left - 1))
done
[ $left -gt 0 ] || kill -KILL "$server" 2>/dev/null
wait "$server" 2>/dev/null
rm -rf "$dir"
"#;

/// A running server; dropping it stops it and removes its directory.
#[derive(Debug)]
pub(crate) struct Supervised {
    keeper: Child,
    dir: PathBuf,
}

impl Supervised {
    /// Starts `server` (program and arguments) in `dir`, which becomes its own;
    /// `signal` asks it to stop.
    pub(crate) fn start(
        dir: &Path,
        signal: &str,
        user: Option<User>,
        server: &mut Command,
    ) -> Result<Self, String> {
        let mut keeper = Command::new("/bin/sh");
        keeper
            .args(["-c", KEEPER, "keeper"])
            .arg(dir)
            .arg(signal)
            .arg(server.get_program())
            .args(server.get_args())
            .envs(server.get_envs().filter_map(|(k, v)| Some((k, v?))))
            .current_dir(dir)
            .stdin(Stdio::piped())
            .process_group(0);
        if let Some(user) = user {
            keeper.uid(user.uid).gid(user.gid).env("HOME", dir);
        }
        let keeper = keeper
            .spawn()
            .map_err(|error| format!("/bin/sh: {error}"))?;
        Ok(Self {
            keeper,
            dir: dir.to_owned(),
        })
    }

    /// Whether the server has ended by itself: gone, or waiting to be buried by
    /// the shell.
    pub(crate) fn has_ended(&self) -> bool {
        let Ok(pid) = std::fs::read_to_string(self.dir.join("pid")) else {
            return false;
        };
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
        stat.map_or(true, |stat| stat.contains(") Z "))
    }

    /// What the server has printed.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.dir.join("log")).unwrap_or_default()
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// Whom a server runs as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct User {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

/// A new directory for one server, under the system's temporary one.
pub(crate) fn fresh_dir(name: &str) -> Result<PathBuf, String> {
    let process = std::process::id();
    for attempt in 0..100 {
        let dir = std::env::temp_dir().join(format!("aspire-{name}-{process}-{attempt}"));
        if std::fs::create_dir(&dir).is_ok() {
            return Ok(dir);
        }
    }
    Err("no directory could be made for a server".into())
}

/// A port nobody listens on. Another process may take it before the server
/// does; the server then says so, and one runs the command again.
pub(crate) fn free_port() -> Result<u16, String> {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("no free port: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_ends_with_its_directory() {
        let dir = fresh_dir("test").unwrap();
        let mut server = Command::new("/bin/sleep");
        server.arg("1000");
        let running = Supervised::start(&dir, "TERM", None, &mut server).unwrap();
        let pid = loop {
            let pid = std::fs::read_to_string(dir.join("pid")).unwrap_or_default();
            if pid.ends_with('\n') {
                break pid.trim().to_owned();
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        };
        assert!(!running.has_ended());
        assert!(Path::new("/proc").join(&pid).exists());
        drop(running);
        assert!(!Path::new("/proc").join(&pid).exists());
        assert!(!dir.exists());
    }

    #[test]
    fn a_server_that_ends_early_is_noticed() {
        let dir = fresh_dir("test").unwrap();
        let mut server = Command::new("/bin/sh");
        server.args(["-c", "echo no such file"]);
        let running = Supervised::start(&dir, "TERM", None, &mut server).unwrap();
        while !running.has_ended() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert_eq!(running.log(), "no such file\n");
    }
}
