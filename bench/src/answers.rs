//! What a loaded database answers; nobody's time counts before all answer alike.

use crate::{Outcome, Plan, child};
use serde_json::Value;
use std::{path::Path, process::Command};

/// The answers of a database.
pub fn of(plan: &Plan, python: &Path, kind: &str, database: &Path) -> Outcome<Value> {
    let spent = child::run(Command::new(python).arg(plan.here.join("peers/answers.py")).arg(kind).arg(database))?;
    serde_json::from_str(&spent.printed).map_err(|error| format!("answers of {}: {error}", database.display()))
}

/// Whether two databases answer alike, question by question.
pub fn compare(ours: &Value, theirs: &Value, name: &str) -> Outcome<usize> {
    let questions = ours.as_object().filter(|all| !all.is_empty()).ok_or("no questions were asked")?;
    let mut wrong = Vec::new();
    for (question, answer) in questions {
        if theirs.get(question) != Some(answer) {
            let other = theirs.get(question).cloned().unwrap_or_default();
            wrong.push(format!("{question}: Aspire says {answer}, {name} says {other}"));
        }
    }
    if wrong.is_empty() { Ok(questions.len()) } else { Err(format!("The answers differ.\n{}", wrong.join("\n"))) }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use serde_json::json;

    #[test]
    fn one_answer_that_differs_is_told() {
        let ours = json!({"schools": [[50_000]], "links": [[33_800]]});
        assert_eq!(compare(&ours, &ours, "itself"), Ok(2));
        let theirs = json!({"schools": [[50_000]], "links": [[33_799]]});
        let why = compare(&ours, &theirs, "pandas").unwrap_err();
        assert!(why.contains("links") && !why.contains("schools:"), "{why}");
        assert!(compare(&json!({}), &theirs, "pandas").is_err());
    }
}
