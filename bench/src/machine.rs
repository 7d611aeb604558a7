//! The machine that a figure was measured on.

use std::fs::read_to_string;

/// What matters of it.
pub struct Machine {
    /// In words, for the head of the results.
    pub words: String,
    /// The day, ISO.
    pub day: String,
}

impl Machine {
    /// Looks at this machine.
    pub fn look() -> Self {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let processor = line("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor not known".to_owned());
        let kilobytes = line("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
        let system = read_to_string("/etc/os-release").unwrap_or_default();
        let system = system.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("Linux");
        let memory = kilobytes.unwrap_or_default() / 1024 / 1024;
        let words = format!(
            "{cores} cores ({processor}), {memory} GiB of memory, {}; load average at the start {}",
            system.trim_matches('"'),
            load()
        );
        Self { words, day: today() }
    }
}

/// How busy the machine is: waiting and running tasks over the last minute.
pub fn load() -> String {
    let text = read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("not known").to_owned()
}

fn line(file: &str, name: &str) -> Option<String> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn today() -> String {
    let now = std::process::Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"]).output();
    now.map_or(String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
