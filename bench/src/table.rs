//! The results as a Markdown file and on the terminal.

use crate::{Outcome, machine::Machine};
use std::{fmt::Write as _, path::Path};

/// All tables of a run.
pub struct Results {
    text: String,
    missed: Vec<String>,
}

impl Results {
    /// None yet, measured on this machine.
    pub fn new(machine: &Machine) -> Self {
        let text = format!("Measured on {} with {}.\n", machine.day, machine.words);
        println!("{text}");
        Self { text, missed: Vec::new() }
    }

    /// Adds a table.
    pub fn table(&mut self, title: &str, head: &[&str], rows: &[Vec<String>]) {
        let mut text = format!("\n### {title}\n\n");
        let _ = writeln!(text, "| {} |", head.join(" | "));
        let _ = writeln!(text, "|{}", " --- |".repeat(head.len()));
        for row in rows {
            let _ = writeln!(text, "| {} |", row.join(" | "));
        }
        self.say(&text);
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, words: &str) {
        self.say(&format!("\n{words}\n"));
    }

    /// Holds a figure against its target.
    pub fn target(&mut self, what: &str, figure: f64, below: f64, unit: &str) {
        let met = figure < below;
        let word = if met { "met" } else { "MISSED" };
        self.paragraph(&format!("Target {word}: {what}: {figure:.1} {unit}, wanted below {below:.1} {unit}."));
        if !met {
            self.missed.push(what.to_owned());
        }
    }

    /// Holds a figure against a target that it has to reach.
    pub fn at_least(&mut self, what: &str, figure: f64, wanted: f64, unit: &str) {
        let met = figure >= wanted;
        let word = if met { "met" } else { "MISSED" };
        self.paragraph(&format!("Target {word}: {what}: {figure:.1} {unit}, wanted at least {wanted:.1} {unit}."));
        if !met {
            self.missed.push(what.to_owned());
        }
    }

    fn say(&mut self, text: &str) {
        print!("{text}");
        self.text.push_str(text);
    }

    /// Writes the file. A missed target is told and is no failure of the run: a
    /// busy machine is slower than the program.
    pub fn close(mut self, file: &Path) -> Outcome<()> {
        let words = match self.missed.as_slice() {
            [] => "All targets were met.".to_owned(),
            missed => format!("Targets missed: {}.", missed.join("; ")),
        };
        self.paragraph(&format!("{words} Load average at the end {}.", crate::machine::load()));
        std::fs::write(file, &self.text).map_err(|error| error.to_string())?;
        println!("\nWritten to {}", file.display());
        Ok(())
    }
}
