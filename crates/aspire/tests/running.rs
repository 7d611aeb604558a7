//! The program as whoever runs it meets it: a process, a file, signals.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// The program, knowing nothing of the environment in which the test runs.
fn aspire(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aspire"));
    command.current_dir(folder).env_clear();
    command
}

fn run(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut child =
        aspire(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Writes a fresh certificate and its key.
fn certify(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(folder.join("chain.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
}

/// A folder with a certificate, its key and a configuration for a free port.
fn folder_with_tls() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path());
    let file = "listen = \"127.0.0.1:0\"\n[tls]\ncertificate = \"chain.pem\"\nkey = \"key.pem\"\n";
    let config = folder.path().join("aspire.toml");
    fs::write(&config, file).unwrap();
    (folder, config)
}

/// A running server; killed where a test ends before it does.
struct Server {
    child: Child,
    address: String,
    log: PathBuf,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let log = folder.join("log");
        let errors = fs::File::create(&log).unwrap();
        let mut child = aspire(folder).arg("serve").stdout(Stdio::piped()).stderr(errors).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Aspire listens on ").map(str::to_owned);
        let address = address.unwrap_or_else(|| panic!("{line}{}", fs::read_to_string(&log).unwrap()));
        Self { child, address, log }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits until the log has a line with these words.
    fn logged(&self, words: &str) -> String {
        let begun = Instant::now();
        loop {
            let log = fs::read_to_string(&self.log).unwrap();
            if let Some(line) = log.lines().find(|line| line.contains(words)) {
                return line.to_owned();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "no ‘{words}’ in\n{log}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_serves_over_tls_renews_its_certificate_and_ends_when_asked() {
    let (folder, _) = folder_with_tls();
    let mut server = Server::start(folder.path());
    let listen = server.address.strip_prefix("https://").expect("TLS").to_owned();
    let ask = || aspire(folder.path()).args(["doctor", "--http"]).env("ASPIRE_LISTEN", &listen).output().unwrap();
    assert!(ask().status.success(), "{}", said(&ask()));
    let line: serde_json::Value = serde_json::from_str(&server.logged("/readyz")).unwrap();
    assert_eq!((&line["route"], &line["status"]), (&"/readyz".into(), &200.into()));

    fs::write(folder.path().join("key.pem"), "nothing").unwrap();
    server.signal("-HUP");
    assert!(server.logged("the one before stays").contains("ERROR"));
    certify(folder.path());
    server.signal("-HUP");
    server.logged("the certificate was renewed");
    assert!(ask().status.success(), "{}", said(&ask()));

    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
    assert_eq!(ask().status.code(), Some(2), "nobody is there any more");
}

#[test]
fn a_hang_up_does_not_end_a_plain_server() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("aspire.toml"), "listen = \"127.0.0.1:0\"\n").unwrap();
    let mut server = Server::start(folder.path());
    let listen = server.address.strip_prefix("http://").expect("no TLS").to_owned();
    server.signal("-HUP");
    let ask = aspire(folder.path()).args(["doctor", "--http"]).env("ASPIRE_LISTEN", &listen).output().unwrap();
    assert!(ask.status.success(), "{}", said(&ask));
    server.signal("-INT");
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn a_check_tells_what_holds_and_from_where_and_changes_nothing() {
    let (folder, config) = folder_with_tls();
    let checked = aspire(folder.path())
        .args(["config", "check"])
        .envs([("ASPIRE_LARGEST_UPLOAD", "9"), ("ASPIRE_DATABASE", "sqlite:new.db")])
        .output()
        .unwrap();
    let text = said(&checked);
    assert!(checked.status.success(), "{text}");
    for words in [
        "listen = 127.0.0.1:0 (aspire.toml, line 1)",
        "largest_upload = 9 (ASPIRE_LARGEST_UPLOAD)",
        "log = info (default)",
        "certificate and key can be read and fit",
        "‘aspire serve’ makes new.db",
    ] {
        assert!(text.contains(words), "‘{words}’ is not in\n{text}");
    }
    assert!(!folder.path().join("new.db").exists(), "it makes no database");

    let other = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(folder.path().join("key.pem"), other.signing_key.serialize_pem()).unwrap();
    let mut more = format!("address = \"https://a.example\"\n{}", fs::read_to_string(&config).unwrap());
    more += "[smtp]\nhost = \"h\"\nfrom = \"a@b\"\nuser = \"u\"\npassword = \"very secret\"\n";
    more += "[retention]\nfile = \"none\"\n";
    fs::write(&config, more).unwrap();
    let checked = aspire(folder.path()).args(["config", "check"]).env("ASPIRE_LISTN", "x").output().unwrap();
    let text = said(&checked);
    assert_eq!(checked.status.code(), Some(2), "{text}");
    for words in [
        "is not that of the certificate in",
        "retention.file: none: No such file",
        "ASPIRE_LISTN is set, and nothing reads it; did you mean ‘ASPIRE_LISTEN’?",
        "smtp.password = •••",
    ] {
        assert!(text.contains(words), "‘{words}’ is not in\n{text}");
    }
    assert!(!text.contains("very secret"), "{text}");
}

#[test]
fn a_database_is_looked_at_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let new = ["user", "create-administrator", "--email", "a@b", "--name", "A"];
    let made = run(folder.path(), &new, "twelve letters\n");
    assert!(made.status.success(), "{}", said(&made));
    let check = run(folder.path(), &["config", "check"], "");
    assert!(check.status.success() && said(&check).contains("database: answers, schema version"), "{}", said(&check));
    let there = ["--database", "postgres://user:secret@127.0.0.1:1/none", "config", "check"];
    let check = run(folder.path(), &there, "");
    assert_eq!(check.status.code(), Some(2));
    let text = said(&check);
    assert!(text.contains("postgres://user:••••••@127.0.0.1:1/none") && !text.contains("secret"), "{text}");
}

#[test]
fn a_wrong_configuration_starts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("aspire.toml"), "lisen = 1\n").unwrap();
    for args in [&["serve"][..], &["doctor"], &["backup", "x"], &["config", "check"]] {
        let output = run(folder.path(), args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(said(&output).contains("aspire.toml, line 1: there is no key ‘lisen’"), "{args:?}: {}", said(&output));
    }
    assert!(!folder.path().join("aspire.db").exists());
    let example = run(folder.path(), &["config", "example"], "");
    assert!(example.status.success(), "the example is to be had all the same");
}

#[test]
fn the_demo_says_that_it_takes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["demo", "--database", "sqlite:mine.db"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("takes no --database") && said(&output).contains("--data-dir"), "{}", said(&output));
    assert!(!folder.path().join("mine.db").exists());
}

#[test]
fn somebody_is_let_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let user = |args: &[&str], input: &str| run(folder.path(), &[&["user"], args].concat(), input);
    let made = user(&["create-administrator", "--email", "a@b", "--name", "A"], "twelve letters\n");
    assert!(made.status.success(), "{}", said(&made));
    let set = user(&["set-password", "--email", "A@b"], "twelve other letters\n");
    assert!(set.status.success(), "{}", said(&set));
    assert!(user(&["unlock", "--email", "a@b"], "").status.success());
    let short = user(&["set-password", "--email", "a@b"], "short\n");
    assert_eq!(short.status.code(), Some(2));
    assert!(said(&short).contains("12 to 200"));
    assert!(said(&user(&["unlock", "--email", "nobody@b"], "")).contains("Nobody here"));
}
