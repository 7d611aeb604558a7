//! An inspection as the text of one database column: what is not in its key,
//! under one-letter names. Stored by the tens of thousands, so short.

use super::known::{FIELDS, Inspection, InspectionKey, NOBODY, Origin, Said, SourceId};
use super::{Category, DatedBy, Judgement, Standing};
use crate::frameworks::FrameworkId;
use kernel::{Date, Urn};
use serde::{Deserialize, Serialize};

/// Area, code, raw cell where it is not the code, day, who said so.
type CompactJudgement = (String, Option<u8>, Option<String>, Option<Date>, u8);

/// What is left out is the usual: dated by the first day, published, nothing said.
#[derive(Serialize, Deserialize)]
struct Compact {
    /// Framework.
    f: FrameworkId,
    /// Dated by the last day.
    #[serde(default, skip_serializing_if = "is_false")]
    l: bool,
    /// Suspended.
    #[serde(default, skip_serializing_if = "is_false")]
    w: bool,
    /// Overall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    o: Option<u8>,
    /// Judgements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    j: Vec<CompactJudgement>,
    /// Category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    c: Option<Category>,
    /// Safeguarding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s: Option<bool>,
    /// Outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<String>,
    /// Number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    /// End.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    e: Option<Date>,
    /// Published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    p: Option<Date>,
    /// Type in Ofsted's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    t: Option<String>,
    /// Carried by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    u: Vec<Urn>,
    /// Said by: source, its day, rank, in passing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    b: Vec<(SourceId, Date, u8, bool)>,
    /// Who stated each field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    y: Vec<u8>,
}

/// In the shape that serde asks for.
fn is_false(value: &bool) -> bool {
    !value
}

impl Inspection {
    /// Everything that is not in its [`key`](Self::key), as compact JSON.
    #[must_use]
    pub fn to_detail(&self) -> String {
        let judgements = self.judgements.iter().enumerate();
        let compact = Compact {
            f: self.framework,
            l: self.dated_by == DatedBy::End,
            w: self.standing == Standing::Suspended,
            o: self.overall,
            j: judgements
                .map(|(at, judgement)| {
                    let code_in_words = judgement.code.map(|code| code.to_string());
                    let raw = (code_in_words.as_deref() != Some(&judgement.raw))
                        .then(|| judgement.raw.clone());
                    let by = self.judgement_by.get(at).copied().unwrap_or(NOBODY);
                    (
                        judgement.area.clone(),
                        judgement.code,
                        raw,
                        judgement.dated,
                        by,
                    )
                })
                .collect(),
            c: self.category,
            s: self.safeguarding,
            x: self.outcome.clone(),
            n: self.number.clone(),
            e: self.end,
            p: self.published,
            t: self.type_words.clone(),
            u: self.carried_by.clone(),
            b: self
                .said_by
                .iter()
                .map(|said| {
                    let origin = said.origin;
                    (
                        origin.source,
                        origin.as_of,
                        origin.rank,
                        said.back_reference,
                    )
                })
                .collect(),
            y: self.field_by.to_vec(),
        };
        // Strings, numbers and lists: nothing here that JSON cannot hold.
        serde_json::to_string(&compact).unwrap_or_default()
    }

    /// An inspection from its key and the text of [`to_detail`](Self::to_detail).
    ///
    /// # Errors
    /// Where the text is not of that form, or names a framework that is not known.
    pub fn from_detail(key: InspectionKey, detail: &str) -> Result<Self, serde_json::Error> {
        let compact: Compact = serde_json::from_str(detail)?;
        let mut field_by = [NOBODY; FIELDS];
        for (to, from) in field_by.iter_mut().zip(&compact.y) {
            *to = *from;
        }
        let judgement_by = compact.j.iter().map(|judgement| judgement.4).collect();
        Ok(Self {
            urn_at_inspection: key.urn_at_inspection,
            kind: key.kind,
            start: key.start,
            dated_by: if compact.l {
                DatedBy::End
            } else {
                DatedBy::Start
            },
            carried_by: compact.u,
            standing: if compact.w {
                Standing::Suspended
            } else {
                Standing::Published
            },
            framework: compact.f,
            overall: compact.o,
            judgements: compact
                .j
                .into_iter()
                .map(|(area, code, raw, dated, _)| Judgement {
                    area,
                    code,
                    raw: raw
                        .or_else(|| code.map(|code| code.to_string()))
                        .unwrap_or_default(),
                    dated,
                })
                .collect(),
            category: compact.c,
            safeguarding: compact.s,
            outcome: compact.x,
            number: compact.n,
            end: compact.e,
            published: compact.p,
            type_words: compact.t,
            said_by: compact
                .b
                .into_iter()
                .map(|(source, as_of, rank, back_reference)| Said {
                    origin: Origin {
                        source,
                        as_of,
                        rank,
                    },
                    back_reference,
                })
                .collect(),
            field_by,
            judgement_by,
        })
    }
}
