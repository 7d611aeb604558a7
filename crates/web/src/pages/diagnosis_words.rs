//! What the pages of a diagnosis share: the way to them, their forms, and how
//! spreads, judgements and evidence are said.

use super::{imports::capital, school_record::prose};
use crate::error::PageError;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::{long_date, number};
use programme::{
    diagnosis::{
        Answer, Apart, Counts, Diagnosis, Evidence, Eyes, Finding, Framework, Judgement, Line, Meeting, Participant,
        Spread, State as How,
    },
    organisation::Organisation,
};
use ui::{Breadcrumbs, Errors, SafeHtml, Table};

/// What a form of these pages carries; a name may stand several times.
pub(super) type Fields = Vec<(String, String)>;

/// The first value of a name; empty where there is none.
pub(super) fn get<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value)
}

/// All values of a name.
pub(super) fn all<'a>(fields: &'a Fields, name: &str) -> Vec<&'a str> {
    fields.iter().filter(|(one, _)| one == name).map(|(_, value)| value.as_str()).collect()
}

/// The address of a diagnosis, or of a page below it, which begins with a slash.
pub(super) fn address(diagnosis: &Diagnosis, below: &str) -> String {
    format!("/organisations/{}/diagnoses/{}{below}", diagnosis.organisation, diagnosis.id)
}

/// The way to a school's list of diagnoses.
pub(super) fn way(school: &Organisation) -> Breadcrumbs {
    let id = school.id;
    Breadcrumbs::home()
        .to(format!("/organisations/{id}"), school.name.clone())
        .to(format!("/organisations/{id}/diagnoses"), "Look together")
}

/// The way to a page below a diagnosis.
pub(super) fn way_below(school: &Organisation, diagnosis: &Diagnosis) -> Breadcrumbs {
    way(school).to(address(diagnosis, ""), opened(diagnosis))
}

/// ‘Five strands, opened on 3 May 2026’.
pub(super) fn opened(diagnosis: &Diagnosis) -> String {
    let day = kernel::clock::in_england(diagnosis.opened_at).date();
    format!("{}, opened on {}", diagnosis.framework.title, long_date(day))
}

/// Off to a page, with what was just done.
pub(super) fn on_to(address: &str, done: &str) -> Response {
    Redirect::to(&format!("{address}?done={done}")).into_response()
}

/// The status of a page with or without errors.
pub(super) fn status(errors: &Errors) -> StatusCode {
    if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// What is wrong with a form; some of it belongs to no field.
pub(super) fn wrong(error: programme::Error) -> Result<Errors, PageError> {
    let id = |field: &str| match field {
        "agree" | "state" | "sign" | "strand" => String::new(),
        "on" => "on-day".to_owned(),
        field => field.to_owned(),
    };
    Ok(crate::form::wrong_at(error, id)?)
}

/// The word of an answer.
pub(super) fn word(framework: &Framework, answer: Answer) -> &str {
    match answer {
        Answer::Point(value) => framework.word(value),
        Answer::Unsure => &framework.scale.unsure.word,
    }
}

/// How far people stand apart, as a sentence; what they say together goes before.
pub(super) fn apart(counts: &Counts, state: How) -> &'static str {
    match counts.apart {
        Apart::Little | Apart::Far if state == How::Agreed => "You differed before you talked about it.",
        Apart::Same => "You all say the same.",
        Apart::Near => "You agree, within a step or so.",
        Apart::Little => "You differ a little.",
        Apart::Far => "You differ. Talk about this one first.",
        Apart::Unknown => "Too few of you can say.",
    }
}

/// What is said of a spread that may not be shown.
pub(super) const TOO_FEW: &str = "Too few to show: fewer than three people answered, and nobody shall be told apart. Talk about it, and write down what you say together.";

/// How many chose what; with names where they were promised.
pub(super) fn spread_table(framework: &Framework, line: &Line) -> Option<Table> {
    let Spread::Shown(counts) = &line.spread else { return None };
    let points = framework.scale.points.iter().map(|point| (Answer::Point(point.value), point.word.as_str()));
    let unsure = (Answer::Unsure, framework.scale.unsure.word.as_str());
    let columns: Vec<(Answer, &str)> = points.chain([unsure]).collect();
    let head = std::iter::once("Said alone").chain(columns.iter().map(|(_, word)| *word));
    let numbers = counts.points.iter().copied().chain([counts.unsure]);
    let caption = format!("How many said what of ‘{}’", line.statement.text);
    let mut table = Table::new(caption).hidden_caption().head(head).row_heads().small().wide();
    table = table.row(std::iter::once(SafeHtml::from("People")).chain(numbers.map(SafeHtml::from)));
    if !counts.who.is_empty() {
        let names = columns.iter().map(|(answer, _)| {
            let those: Vec<&str> =
                counts.who.iter().filter(|(one, _)| one == answer).map(|(_, name)| name.as_str()).collect();
            SafeHtml::from(those.join(", "))
        });
        table = table.row(std::iter::once(SafeHtml::from("Who")).chain(names));
    }
    Some(table)
}

/// What the group says: ‘You say together: Mostly. Asha Patel and Ben Okoro agree.’
/// Readers from outside are told how many, never who.
pub(super) fn finding(diagnosis: &Diagnosis, eyes: Eyes, participants: &[Participant], finding: &Finding) -> String {
    let word = match finding.judgement {
        Judgement::Point(value) => format!("Agreed: {}.", diagnosis.framework.word(value)),
        Judgement::NotAgreed => "Not agreed.".to_owned(),
    };
    match agreeing(eyes, participants, finding) {
        who if who.is_empty() => word,
        who => format!("{word} {who}."),
    }
}

/// Who agreed, in words: ‘all 11 agree’, ‘Asha Patel, Ben Okoro agree’.
fn agreeing(eyes: Eyes, participants: &[Participant], finding: &Finding) -> String {
    let those: Vec<&str> =
        participants.iter().filter(|one| finding.agreed.contains(&one.number)).map(|one| one.name.as_str()).collect();
    match those.len() {
        0 => String::new(),
        1 if eyes != Eyes::Outside => format!("{} agrees", those[0]),
        many if many == participants.len() => format!("All {} agree", number(many as u64)),
        many if many > 7 || eyes == Eyes::Outside => {
            format!("{} of {} agree", capital(&number(many as u64)), number(participants.len() as u64))
        }
        _ => {
            let (last, first) = those.split_last().unwrap_or((&"", &[]));
            format!("{} and {last} agree", first.join(", "))
        }
    }
}

/// Pieces of evidence as a list, each with its source, day and how it is known.
pub(super) fn evidence<'a>(pieces: impl Iterator<Item = &'a Evidence>) -> Vec<SafeHtml> {
    pieces
        .map(|one| {
            let about = format!("{}, {}. {}.", one.source, long_date(one.on), one.weight.words());
            let about = SafeHtml::from(about);
            let words = prose(&one.words);
            SafeHtml::vouched("text is escaped", format!("{words}<p class=\"govuk-hint\">{about}</p>"))
        })
        .collect()
}

/// How many pieces of evidence serve a statement, in words.
pub(super) fn pieces(meeting: &Meeting, statement: &str) -> String {
    let many = meeting.evidence.iter().filter(|one| one.statements.iter().any(|id| id == statement)).count();
    match many {
        0 => "No evidence yet".to_owned(),
        1 => "One piece of evidence".to_owned(),
        many => format!("{} pieces of evidence", capital(&number(many as u64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: i64, name: &str) -> Participant {
        Participant { number, person: Some(number), name: name.to_owned(), role: "teacher".to_owned() }
    }

    #[test]
    fn who_agreed_is_said_in_words() {
        let people = [person(1, "Asha"), person(2, "Ben"), person(3, "Cy")];
        let finding = |agreed: &[i64]| Finding {
            statement: "l1".to_owned(),
            judgement: Judgement::NotAgreed,
            agreed: agreed.to_vec(),
            dissent: String::new(),
            revision: 1,
            changed_at: kernel::Timestamp::UNIX_EPOCH,
            changed_by: String::new(),
        };
        assert_eq!(agreeing(Eyes::Leader, &people, &finding(&[2])), "Ben agrees");
        assert_eq!(agreeing(Eyes::Leader, &people, &finding(&[1, 3])), "Asha and Cy agree");
        assert_eq!(agreeing(Eyes::Leader, &people, &finding(&[1, 2, 3])), "All three agree");
        assert_eq!(agreeing(Eyes::Leader, &people, &finding(&[])), "");
        assert_eq!(agreeing(Eyes::Outside, &people, &finding(&[2, 3])), "Two of three agree");
    }
}
