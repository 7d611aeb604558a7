//! Diagnoses to and from `school.json`.

use super::file_diagnosis::{Beside, Diagnosis, Differing, Evidence, Finding, Participant, Signature, Strength, View};
use crate::diagnosis::{self, Answer, Carried, Judgement, Names, Side, State, Weight};

/// A diagnosis as the file has it; people by the numbers that `person` gives.
pub(super) fn row(number: usize, carried: &Carried, person: impl Fn(i64) -> Option<usize>) -> Diagnosis {
    let one = &carried.diagnosis;
    let number_of = |id: Option<i64>| {
        let found = carried.participants.iter().find(|one| one.person.is_some() && one.person == id);
        found.map(|one| one.number)
    };
    let meeting = &carried.meeting;
    Diagnosis {
        number,
        framework: one.framework.id.clone(),
        framework_version: one.framework.version,
        strands: one.strands.clone(),
        due: one.due,
        names: one.names.key().to_owned(),
        state: one.state.key().to_owned(),
        opened_at: one.opened_at,
        opened_by: one.opened_by.clone(),
        together_at: one.together_at,
        agreed_at: one.agreed_at,
        agreed_by: one.agreed_by.clone(),
        participants: map(&carried.participants, |one| Participant {
            number: one.number,
            person_number: one.person.and_then(&person),
            name: one.name.clone(),
            role: one.role.clone(),
        }),
        views: map(&carried.views, |(view, at)| View {
            statement: view.statement.clone(),
            participant: number_of(view.person),
            answer: match view.answer {
                Answer::Point(value) => Some(value),
                Answer::Unsure => None,
            },
            because: view.because.clone(),
            at: *at,
        }),
        findings: map(&meeting.findings, |one| Finding {
            statement: one.statement.clone(),
            judgement: match one.judgement {
                Judgement::Point(value) => Some(value),
                Judgement::NotAgreed => None,
            },
            agreed: one.agreed.clone(),
            dissent: one.dissent.clone(),
            version: one.revision,
            changed_at: one.changed_at,
            changed_by: one.changed_by.clone(),
        }),
        evidence: map(&meeting.evidence, |one| Evidence {
            words: one.words.clone(),
            source: one.source.clone(),
            on: one.on,
            weight: one.weight.key().to_owned(),
            statements: one.statements.clone(),
            added_at: one.added_at,
            added_by: one.added_by.clone(),
        }),
        strengths: map(&meeting.strengths, |one| Strength {
            statement: one.statement.clone(),
            words: one.words.clone(),
            put_to_use: one.put_to_use.clone(),
            added_at: one.added_at,
            added_by: one.added_by.clone(),
        }),
        signatures: map(&meeting.signatures, |one| Signature {
            side: one.side.key().to_owned(),
            person_number: one.person.and_then(&person),
            name: one.name.clone(),
            at: one.at,
        }),
        differing: map(&meeting.differing, |one| Differing {
            statement: one.statement.clone(),
            point: one.point,
            name: one.name.clone(),
            words: one.words.clone(),
            at: one.at,
        }),
        beside: map(&meeting.beside, |one| Beside {
            name: one.name.clone(),
            added_at: one.added_at,
            added_by: one.added_by.clone(),
        }),
    }
}

fn map<T, R>(all: &[T], one: impl FnMut(&T) -> R) -> Vec<R> {
    all.iter().map(one).collect()
}

/// The ids of a diagnosis that is taken in.
pub(super) struct Ids<'a> {
    /// The school's.
    pub(super) school: i64,
    /// Gives the next new one.
    pub(super) next: &'a dyn Fn() -> i64,
    /// Gives the person with a number in the file.
    pub(super) person: &'a dyn Fn(usize) -> Option<i64>,
}

/// A diagnosis as the file has it; why it does not fit, as a sentence's end.
pub(super) fn carried(file: &Diagnosis, ids: &Ids<'_>) -> Result<Carried, String> {
    let which = format!("diagnosis {}", file.number);
    let odd = |what: &str, key: &str| format!("{which} has {what} ‘{key}’, which this Aspire does not know");
    let framework = diagnosis::framework(&file.framework, Some(file.framework_version))
        .ok_or_else(|| odd("framework", &format!("{} v{}", file.framework, file.framework_version)))?;
    let one = diagnosis::Diagnosis {
        id: (ids.next)(),
        organisation: ids.school,
        framework,
        strands: file.strands.clone(),
        due: file.due,
        names: Names::from_key(&file.names).ok_or_else(|| odd("names", &file.names))?,
        state: State::from_key(&file.state).ok_or_else(|| odd("state", &file.state))?,
        opened_at: file.opened_at,
        opened_by: file.opened_by.clone(),
        together_at: file.together_at,
        agreed_at: file.agreed_at,
        agreed_by: file.agreed_by.clone(),
    };
    if let Some(strand) = file.strands.iter().find(|key| one.framework.strand(key).is_none()) {
        return Err(odd("strand", strand));
    }
    if file.participants.iter().zip(1..).any(|(one, number)| one.number != number) {
        return Err(format!("who takes part in {which} is not numbered 1, 2, 3 …"));
    }
    let participants = map(&file.participants, |one| diagnosis::Participant {
        number: one.number,
        person: one.person_number.and_then(ids.person),
        name: one.name.clone(),
        role: one.role.clone(),
    });
    let point = |value: Option<i64>| match value {
        Some(value) if !framework.has(value) => Err(odd("point", &value.to_string())),
        value => Ok(value),
    };
    let mut views = Vec::new();
    for view in &file.views {
        let person = |number| participants.iter().find(|one| one.number == number).and_then(|one| one.person);
        views.push((
            diagnosis::View {
                statement: view.statement.clone(),
                person: view.participant.and_then(person),
                answer: point(view.answer)?.map_or(Answer::Unsure, Answer::Point),
                because: view.because.clone(),
            },
            view.at,
        ));
    }
    let meeting = meeting(file, ids, &odd)?;
    let mut statements =
        meeting.findings.iter().map(|one| &one.statement).chain(views.iter().map(|(one, _)| &one.statement));
    if let Some(statement) = statements.find(|id| one.statement(id).is_none()) {
        return Err(odd("statement", statement));
    }
    for finding in &file.findings {
        point(finding.judgement)?;
    }
    Ok(Carried { diagnosis: one, participants, views, meeting })
}

fn meeting(file: &Diagnosis, ids: &Ids<'_>, odd: &dyn Fn(&str, &str) -> String) -> Result<diagnosis::Meeting, String> {
    let mut evidence = Vec::new();
    for one in &file.evidence {
        evidence.push(diagnosis::Evidence {
            id: (ids.next)(),
            words: one.words.clone(),
            source: one.source.clone(),
            on: one.on,
            weight: Weight::from_key(&one.weight).ok_or_else(|| odd("weight", &one.weight))?,
            statements: one.statements.clone(),
            added_at: one.added_at,
            added_by: one.added_by.clone(),
        });
    }
    let mut signatures = Vec::new();
    for one in &file.signatures {
        signatures.push(diagnosis::Signature {
            side: Side::from_key(&one.side).ok_or_else(|| odd("side", &one.side))?,
            person: one.person_number.and_then(ids.person),
            name: one.name.clone(),
            at: one.at,
        });
    }
    Ok(diagnosis::Meeting {
        findings: map(&file.findings, |one| diagnosis::Finding {
            statement: one.statement.clone(),
            judgement: one.judgement.map_or(Judgement::NotAgreed, Judgement::Point),
            agreed: one.agreed.clone(),
            dissent: one.dissent.clone(),
            revision: one.version,
            changed_at: one.changed_at,
            changed_by: one.changed_by.clone(),
        }),
        evidence,
        strengths: map(&file.strengths, |one| diagnosis::Strength {
            id: (ids.next)(),
            statement: one.statement.clone(),
            words: one.words.clone(),
            put_to_use: one.put_to_use.clone(),
            added_at: one.added_at,
            added_by: one.added_by.clone(),
        }),
        signatures,
        differing: map(&file.differing, |one| diagnosis::Differing {
            id: (ids.next)(),
            statement: one.statement.clone(),
            point: one.point,
            person: None,
            name: one.name.clone(),
            words: one.words.clone(),
            at: one.at,
        }),
        beside: map(&file.beside, |one| diagnosis::Beside {
            id: (ids.next)(),
            organisation: None,
            name: one.name.clone(),
            added_at: one.added_at,
            added_by: one.added_by.clone(),
        }),
    })
}
