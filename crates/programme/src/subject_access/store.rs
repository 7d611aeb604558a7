//! SQL of what is held about a person.

use super::Part;
use crate::error::Result;
use serde_json::{Map, Value as Json, json};
use store::{Conn, Row, StoreError, catalogue::Sql, statement};

statement!(PERSON, "SELECT id, email, name, created_at, closed_at FROM person WHERE id = $1");
statement!(PASSWORD, "SELECT set_at FROM password WHERE person_id = $1");
statement!(
    SESSIONS,
    "SELECT device, opened_by, created_at, seen_at, expires_at FROM session WHERE person_id = $1 ORDER BY created_at"
);
statement!(DEVICES, "SELECT device, last_at FROM known_device WHERE person_id = $1 ORDER BY last_at");
statement!(APP, "SELECT made_at, confirmed_at FROM authenticator_app WHERE person_id = $1");
statement!(CODES, "SELECT made_at, used_at FROM recovery_code WHERE person_id = $1 ORDER BY made_at, code_sha256");
statement!(PASSKEYS, "SELECT name, made_at, used_at FROM passkey WHERE person_id = $1 ORDER BY made_at, id");
statement!(
    TOKENS,
    "SELECT name, made_at, expires_at, used_at FROM api_token WHERE person_id = $1 ORDER BY made_at, id"
);
statement!(DIGEST, "SELECT since, sent_week FROM digest WHERE person_id = $1");
statement!(FEED, "SELECT made_at, used_at FROM calendar_feed WHERE person_id = $1");
statement!(
    ELSEWHERE,
    "SELECT provider, subject, known_as, connected_at FROM elsewhere_account WHERE person_id = $1 ORDER BY provider"
);
statement!(
    ROLES,
    "SELECT organisation.name, role_held.role, role_held.strand, role_held.since, role_held.until,
         role_held.ended_why, role_held.recorded_at, role_held.recorded_by
     FROM role_held JOIN organisation ON organisation.id = role_held.organisation_id
     WHERE role_held.person_id = $1 ORDER BY role_held.since, role_held.id"
);
statement!(
    ASSIGNMENTS,
    "SELECT programme.name, organisation.name, adviser_assignment.since, adviser_assignment.until,
         adviser_assignment.why, adviser_assignment.conflict
     FROM adviser_assignment
     JOIN programme ON programme.id = adviser_assignment.programme_id
     JOIN organisation ON organisation.id = adviser_assignment.organisation_id
     WHERE adviser_assignment.person_id = $1 ORDER BY adviser_assignment.since, adviser_assignment.id"
);
statement!(
    INVITED,
    "SELECT invitation.email, invitation.name, organisation.name, invitation.role, invitation.invited_by_name,
         invitation.created_at, invitation.accepted_at
     FROM invitation
     JOIN organisation ON organisation.id = invitation.organisation_id
     JOIN person ON person.id = $1
     WHERE invitation.accepted_by = $1 OR invitation.email = person.email ORDER BY invitation.id"
);
statement!(
    INVITING,
    "SELECT invitation.name, organisation.name, invitation.role, invitation.created_at
     FROM invitation JOIN organisation ON organisation.id = invitation.organisation_id
     WHERE invitation.invited_by = $1 ORDER BY invitation.id"
);
statement!(
    RELEASED,
    "SELECT organisation.name, item_release.kind, item_release.to_role, item_release.until, item_release.granted_at,
         item_release.withdrawn_at
     FROM item_release JOIN organisation ON organisation.id = item_release.organisation_id
     WHERE item_release.to_person_id = $1 ORDER BY item_release.id"
);

statement!(
    TAKING_PART,
    "SELECT organisation.name, diagnosis.opened_at, diagnosis_participant.name, diagnosis_participant.role
     FROM diagnosis_participant
     JOIN diagnosis ON diagnosis.id = diagnosis_participant.diagnosis_id
     JOIN organisation ON organisation.id = diagnosis.organisation_id
     WHERE diagnosis_participant.person_id = $1 ORDER BY diagnosis.id"
);
statement!(
    VIEWS,
    "SELECT organisation.name, diagnosis.opened_at, diagnosis_view.statement, diagnosis_view.value,
         diagnosis_view.because, diagnosis_view.given_at
     FROM diagnosis_view
     JOIN diagnosis ON diagnosis.id = diagnosis_view.diagnosis_id
     JOIN organisation ON organisation.id = diagnosis.organisation_id
     WHERE diagnosis_view.person_id = $1 ORDER BY diagnosis.id, diagnosis_view.id"
);
statement!(
    SIGNED,
    "SELECT organisation.name, diagnosis.opened_at, diagnosis_signature.side, diagnosis_signature.at
     FROM diagnosis_signature
     JOIN diagnosis ON diagnosis.id = diagnosis_signature.diagnosis_id
     JOIN organisation ON organisation.id = diagnosis.organisation_id
     WHERE diagnosis_signature.person_id = $1 ORDER BY diagnosis_signature.at"
);
statement!(
    DIFFERING,
    "SELECT organisation.name, diagnosis.opened_at, diagnosis_differing.statement, diagnosis_differing.words,
         diagnosis_differing.judgement, diagnosis_differing.at
     FROM diagnosis_differing
     JOIN diagnosis ON diagnosis.id = diagnosis_differing.diagnosis_id
     JOIN organisation ON organisation.id = diagnosis.organisation_id
     WHERE diagnosis_differing.person_id = $1 ORDER BY diagnosis_differing.id"
);

statement!(
    ACTIONS,
    "SELECT organisation.name, plan_action.what, plan_action.due, plan_action.state, plan_action.state_why
     FROM plan_action
     JOIN priority ON priority.id = plan_action.priority_id
     JOIN organisation ON organisation.id = priority.organisation_id
     WHERE plan_action.owner_id = $1 ORDER BY plan_action.id"
);
statement!(
    OPINIONS,
    "SELECT organisation.name, decision.question, decision_view.words, decision_view.at
     FROM decision_view
     JOIN decision ON decision.id = decision_view.decision_id
     JOIN organisation ON organisation.id = decision.organisation_id
     WHERE decision_view.person_id = $1 ORDER BY decision_view.id"
);
statement!(
    REVIEW_VIEWS,
    "SELECT organisation.name, termly_review.name, review_view.letter, review_view.words, review_view.at
     FROM review_view
     JOIN termly_review ON termly_review.id = review_view.review_id
     JOIN organisation ON organisation.id = termly_review.organisation_id
     WHERE review_view.person_id = $1 ORDER BY review_view.id"
);
statement!(
    NOTES,
    "SELECT organisation.name, visit_note.on_day, visit_note.words, visit_note.state, visit_note.written_at
     FROM visit_note JOIN organisation ON organisation.id = visit_note.organisation_id
     WHERE visit_note.person_id = $1 ORDER BY visit_note.id"
);
statement!(
    CONCERNS,
    "SELECT organisation.name, concern.noticed, concern.remedy, concern.by_when, concern.raised_at, concern.closed_at
     FROM concern JOIN organisation ON organisation.id = concern.organisation_id
     WHERE concern.person_id = $1 ORDER BY concern.id"
);
statement!(
    CONCERN_STEPS,
    "SELECT organisation.name, concern_step.name, concern_step.words, concern_step.written_at, concern_step.shown_at
     FROM concern_step
     JOIN concern ON concern.id = concern_step.concern_id
     JOIN organisation ON organisation.id = concern.organisation_id
     WHERE concern_step.person_id = $1 ORDER BY concern_step.id"
);
statement!(
    CONCERNS_READ,
    "SELECT organisation.name, concern_step.name, concern_reading.at
     FROM concern_reading
     JOIN concern_step ON concern_step.id = concern_reading.step_id
     JOIN concern ON concern.id = concern_step.concern_id
     JOIN organisation ON organisation.id = concern.organisation_id
     WHERE concern_reading.person_id = $1 ORDER BY concern_reading.id"
);

/// How a column is told.
#[derive(Clone, Copy)]
enum Cell {
    Number,
    Text,
    Moment,
}

use Cell::{Moment, Number, Text};

type Told = (&'static str, &'static Sql, &'static [(&'static str, Cell)]);

/// What is told, by which statement, with its columns.
const PARTS: &[Told] = &[
    (
        "your account",
        PERSON,
        &[("id", Number), ("email", Text), ("name", Text), ("created_at", Moment), ("closed_at", Moment)],
    ),
    ("your password (not the password itself)", PASSWORD, &[("set_at", Moment)]),
    (
        "where you are signed in",
        SESSIONS,
        &[("device", Text), ("opened_by", Text), ("created_at", Moment), ("seen_at", Moment), ("expires_at", Moment)],
    ),
    ("browsers in which you have signed in", DEVICES, &[("device", Text), ("last_at", Moment)]),
    ("your app that shows codes (not its secret)", APP, &[("made_at", Moment), ("confirmed_at", Moment)]),
    ("your recovery codes (not the codes themselves)", CODES, &[("made_at", Moment), ("used_at", Moment)]),
    ("your passkeys", PASSKEYS, &[("name", Text), ("made_at", Moment), ("used_at", Moment)]),
    (
        "your tokens for programs (not the tokens themselves)",
        TOKENS,
        &[("name", Text), ("made_at", Moment), ("expires_at", Moment), ("used_at", Moment)],
    ),
    ("that you get a letter on Mondays", DIGEST, &[("since", Moment), ("last_week", Text)]),
    ("your calendar feed (not its address)", FEED, &[("made_at", Moment), ("used_at", Moment)]),
    (
        "accounts elsewhere that open yours",
        ELSEWHERE,
        &[("provider", Text), ("subject", Text), ("known_as", Text), ("connected_at", Moment)],
    ),
    (
        "your roles",
        ROLES,
        &[
            ("organisation", Text),
            ("role", Text),
            ("strand", Text),
            ("since", Text),
            ("until", Text),
            ("ended_why", Text),
            ("recorded_at", Moment),
            ("recorded_by", Text),
        ],
    ),
    (
        "schools that you accompany or accompanied",
        ASSIGNMENTS,
        &[
            ("programme", Text),
            ("school", Text),
            ("since", Text),
            ("until", Text),
            ("why", Text),
            ("conflict_of_interest", Text),
        ],
    ),
    (
        "invitations to you",
        INVITED,
        &[
            ("email", Text),
            ("name", Text),
            ("organisation", Text),
            ("role", Text),
            ("invited_by", Text),
            ("created_at", Moment),
            ("accepted_at", Moment),
        ],
    ),
    (
        "invitations that you sent",
        INVITING,
        &[("name", Text), ("organisation", Text), ("role", Text), ("created_at", Moment)],
    ),
    (
        "what schools released to you by name",
        RELEASED,
        &[
            ("school", Text),
            ("kind", Text),
            ("in_role", Text),
            ("until", Text),
            ("granted_at", Moment),
            ("withdrawn_at", Moment),
        ],
    ),
    (
        "diagnoses in which you take part",
        TAKING_PART,
        &[("school", Text), ("opened_at", Moment), ("name", Text), ("role", Text)],
    ),
    (
        "your views in diagnoses (no value: you cannot say)",
        VIEWS,
        &[
            ("school", Text),
            ("opened_at", Moment),
            ("statement", Text),
            ("value", Number),
            ("because", Text),
            ("given_at", Moment),
        ],
    ),
    ("diagnoses that you signed", SIGNED, &[("school", Text), ("opened_at", Moment), ("side", Text), ("at", Moment)]),
    (
        "what you see differently from a diagnosis",
        DIFFERING,
        &[
            ("school", Text),
            ("opened_at", Moment),
            ("statement", Text),
            ("words", Text),
            ("value", Number),
            ("at", Moment),
        ],
    ),
    (
        "actions of plans that are yours",
        ACTIONS,
        &[("school", Text), ("what", Text), ("due", Text), ("state", Text), ("why", Text)],
    ),
    ("what you think of decisions", OPINIONS, &[("school", Text), ("question", Text), ("words", Text), ("at", Moment)]),
    (
        "what you see beside reviews",
        REVIEW_VIEWS,
        &[("school", Text), ("review", Text), ("letter", Text), ("words", Text), ("at", Moment)],
    ),
    (
        "notes of visits that you wrote",
        NOTES,
        &[("school", Text), ("on", Text), ("words", Text), ("state", Text), ("written_at", Moment)],
    ),
    (
        "concerns that you raised about how a school takes part",
        CONCERNS,
        &[
            ("school", Text),
            ("noticed", Text),
            ("remedy", Text),
            ("by_when", Text),
            ("raised_at", Moment),
            ("closed_at", Moment),
        ],
    ),
    (
        "steps of concerns that you took",
        CONCERN_STEPS,
        &[("school", Text), ("step", Text), ("words", Text), ("written_at", Moment), ("shown_at", Moment)],
    ),
    ("steps of concerns that you read", CONCERNS_READ, &[("school", Text), ("step", Text), ("at", Moment)]),
];

pub(super) async fn parts(conn: &mut Conn, person: i64) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for (what, sql, columns) in PARTS {
        let rows = conn.rows(sql, vec![person.into()]).await?;
        let rows = rows.iter().map(|row| told(row, columns)).collect::<Result<Vec<Json>, StoreError>>()?;
        parts.push(Part { what, rows });
    }
    Ok(parts)
}

fn told(row: &Row, columns: &[(&str, Cell)]) -> Result<Json, StoreError> {
    let mut all = Map::new();
    for (index, (name, cell)) in columns.iter().enumerate() {
        let value = match cell {
            Number => json!(row.opt_int(index)?),
            Text => json!(row.opt_text(index)?),
            Moment => match row.opt_int(index)? {
                Some(_) => json!(row.moment(index)?),
                None => Json::Null,
            },
        };
        all.insert((*name).to_owned(), value);
    }
    Ok(Json::Object(all))
}
