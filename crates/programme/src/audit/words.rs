//! What was done, in words.

use crate::{item::ItemKind, who::Role};

/// What was done as a sentence's end: ‘changed your school in your own words’.
/// What has no words here is said as it is kept.
#[must_use]
pub fn deed(what: &str, noun: &str) -> String {
    if noun == ItemKind::Diagnosis.key() {
        return of_a_diagnosis(what).to_owned();
    }
    if let Some(kind) = ItemKind::from_key(noun) {
        return match what {
            "write" => format!("changed {}", kind.ours()),
            "restore a version" => format!("brought back an earlier version of {}", kind.ours()),
            "erase" => format!("erased {}, with all its versions", kind.ours()),
            other => format!("{other}: {}", kind.ours()),
        };
    }
    if let Some(words) = of_a_plan(what) {
        return words.to_owned();
    }
    let words = match (what, noun) {
        ("show a concern", _) => "showed you a concern, which you read first",
        ("answer a concern", _) => "answered a concern",
        ("close a concern", _) => "closed a concern",
        ("erase a concern", _) => "erased a concern that was closed long ago",
        ("make an organisation", _) => "entered the school here",
        ("give a role", _) => "gave somebody a role",
        ("end a role", _) => "ended somebody’s role",
        ("invite", _) => "invited somebody",
        ("withdraw an invitation", _) => "took an invitation back",
        ("send an invitation again", _) => "sent an invitation again",
        ("accept an invitation", _) => "accepted an invitation",
        ("decline an invitation", _) => "declined an invitation",
        ("add a school to a cohort", _) => "joined a programme",
        ("join a cohort", _) => "joined a programme",
        ("set a participation’s status", _) => "said how the school takes part in the programme",
        ("assign an adviser", _) => "named the adviser who accompanies you",
        ("end an adviser’s accompaniment", _) => "ended an adviser’s accompaniment",
        ("note a contact", _) => "noted that you were in touch",
        ("place a school in a cluster", _) => "placed the school in a cluster",
        ("release", _) => "let somebody see something of yours",
        ("withdraw a release", _) => "withdrew a release",
        ("export the school", _) => "took a copy of the whole record",
        ("import the school", _) => "brought the school’s record from another installation",
        ("erase looks", _) => "erased old entries of the list of who looked",
        ("erase releases", _) => "erased releases that ended long ago",
        (other, _) => return other.to_owned(),
    };
    words.to_owned()
}

/// What was done to a diagnosis.
fn of_a_diagnosis(what: &str) -> &str {
    match what {
        "open" => "opened a diagnosis",
        "give views" => "gave their views on a strand",
        "look together" => "laid all views of a diagnosis open",
        "settle a statement" => "wrote down what the group says of a statement",
        "add evidence" => "added a piece of evidence",
        "take evidence away" => "took a piece of evidence away",
        "note a strength" => "noted a strength",
        "take a strength away" => "took a strength away",
        "name a school beside" => "named a school that looks at itself at the same time",
        "agree" => "recorded that the diagnosis is agreed",
        "talk once more" => "took up an agreed diagnosis once more",
        "sign" => "signed a diagnosis",
        "see it differently" => "put what they see differently beside a diagnosis",
        "erase" => "erased a diagnosis, with all that was said in it",
        other => other,
    }
}

/// What was done in a plan or a review.
fn of_a_plan(what: &str) -> Option<&'static str> {
    Some(match what {
        "add a strategy" => "added a strategy of your own",
        "open a priority" => "opened a priority",
        "change a priority" => "changed a priority",
        "close a priority" => "closed a priority",
        "set a success criterion" => "set a success criterion",
        "write a value down" => "wrote down how a measure stands",
        "add an action" => "added an action to the plan",
        "change an action" => "changed an action of the plan",
        "say where an action stands" => "said where an action stands",
        "plan a test" => "planned a test of change",
        "write what was done in a test" => "wrote down what was done in a test of change",
        "write what a test taught" => "wrote down what a test of change taught",
        "ask for a decision" => "wrote down a decision to be taken",
        "give an opinion" => "said what they think of a decision",
        "decide" => "wrote down a decision",
        "set a day" => "said how you keep a day",
        "open a review" => "opened a review",
        "review a priority" => "said where a priority stands",
        "finish a review" => "finished a review",
        "see a review otherwise" => "put what they see beside a review",
        "show a note" => "showed you the note of a visit",
        "comment on a note" => "commented on the note of a visit",
        "make a note final" => "made the note of a visit final",
        _ => return None,
    })
}

/// A role’s short name in words; what is no role as it is kept.
#[must_use]
pub fn role_words(key: &str) -> &str {
    match key {
        "console" => "at the machine itself",
        "schedule" => "by the clock",
        other => match Role::from_key(other) {
            Some(role) => role.words(),
            None => other,
        },
    }
}
