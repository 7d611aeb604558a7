//! Steps with headings and timings, and the one line at the end.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How a step ended: an error says why it failed, in a sentence.
pub(crate) type Outcome = Result<(), String>;

/// Tests counted in what a test runner printed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Report {
    steps: Vec<(String, Duration, Outcome)>,
    total: Tally,
}

impl Report {
    /// Runs a step under a heading. A step in which no tests were counted
    /// counts as one.
    pub(crate) fn step(&mut self, name: &str, step: impl FnOnce(&mut Tally) -> Outcome) {
        println!("\n=== {name}");
        let start = Instant::now();
        let mut tally = Tally::default();
        let outcome = step(&mut tally);
        let took = start.elapsed();
        if tally == Tally::default() {
            tally.passed = 1;
        }
        if let Err(error) = &outcome {
            println!("{error}");
            // Whatever the runner counted, a step that failed counts as failed.
            if tally.failed == 0 {
                tally.failed = 1;
                tally.passed = tally.passed.saturating_sub(1);
            }
        }
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("=== {name}: {word} ({:.1} s)", took.as_secs_f64());
        self.total.passed += tally.passed;
        self.total.failed += tally.failed;
        self.steps.push((name.to_owned(), took, outcome));
    }

    /// Prints what happened and the closing line.
    pub(crate) fn close(self) -> ExitCode {
        println!();
        for (name, took, outcome) in &self.steps {
            let word = if outcome.is_ok() { "ok    " } else { "FAILED" };
            println!("{word} {:7.1} s  {name}", took.as_secs_f64());
        }
        println!("{} passed, {} failed", self.total.passed, self.total.failed);
        if self.steps.iter().all(|(_, _, outcome)| outcome.is_ok()) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// Runs a command to its end, without standard input.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("{}: {error}", shown(command)))?;
    ended(command, status)
}

/// Runs a test runner, passes on what it prints, and counts its tests.
pub(crate) fn run_tests(command: &mut Command, tally: &mut Tally) -> Outcome {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{}: {error}", shown(command)))?;
    let counted = Mutex::new(Tally::default());
    let (out, err) = (child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        scope.spawn(|| pass_on(out, &counted));
        pass_on(err, &counted);
    });
    let status = child.wait().map_err(|error| error.to_string())?;
    let counted = counted.into_inner().unwrap_or_default();
    tally.passed += counted.passed;
    tally.failed += counted.failed;
    ended(command, status)
}

fn pass_on(stream: Option<impl Read>, counted: &Mutex<Tally>) {
    let Some(stream) = stream else { return };
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        let (passed, failed) = counts(&line);
        if let Ok(mut counted) = counted.lock() {
            counted.passed += passed;
            counted.failed += failed;
        }
    }
}

/// The tests a line reports: cargo test's ‘test result: …’, nextest's
/// ‘Summary […] …’, node's ‘# pass 3’ (or ‘ℹ pass 3’).
fn counts(line: &str) -> (u64, u64) {
    let line = line.trim();
    if line.starts_with("test result:") || line.starts_with("Summary [") {
        return (before(line, "passed"), before(line, "failed"));
    }
    let last = || {
        line.rsplit(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0)
    };
    match line.split(' ').collect::<Vec<_>>().as_slice() {
        ["#" | "ℹ", "pass", _] => (last(), 0),
        ["#" | "ℹ", "fail" | "cancelled", _] => (0, last()),
        _ => (0, 0),
    }
}

/// The number that stands before `word`: ‘12 passed’.
fn before(line: &str, word: &str) -> u64 {
    line.split([' ', ',', ';'])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .windows(2)
        .find(|pair| pair[1] == word)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or(0)
}

fn ended(command: &Command, status: std::process::ExitStatus) -> Outcome {
    if status.success() {
        Ok(())
    } else {
        Err(format!("{}: {status}", shown(command)))
    }
}

fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_in_three_runners_words() {
        for (line, expected) in [
            (
                "test result: ok. 11 passed; 0 failed; 0 ignored; 0 measured",
                (11, 0),
            ),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored", (3, 2)),
            (
                "     Summary [   0.011s] 19 tests run: 18 passed, 1 failed, 2 skipped",
                (18, 1),
            ),
            (
                "     Summary [   0.011s] 1 test run: 1 passed, 0 skipped",
                (1, 0),
            ),
            ("# pass 7", (7, 0)),
            ("ℹ fail 2", (0, 2)),
            ("a page said: 3 passed", (0, 0)),
        ] {
            assert_eq!(counts(line), expected, "{line}");
        }
    }

    #[test]
    fn a_failed_step_always_counts() {
        let mut report = Report::default();
        report.step("all tests passed, then a crash", |tally| {
            tally.passed = 5;
            Err("signal".into())
        });
        assert_eq!((report.total.passed, report.total.failed), (4, 1));
    }
}
