//! A cohort's path as the API tells of it.

use super::parts::Day;
use impact::path::Point;
use programme::cohort::{Group, Member, Published, Standing};
use serde::Serialize;
use utoipa::ToSchema;

/// A group of schools on one date.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PointView {
    /// The date; the counts hold at its end.
    pub(super) date: Day,
    /// Schools whose latest graded inspection since joining is good or equivalent.
    pub(super) good: u64,
    /// All schools of the group: the denominator.
    pub(super) known: u64,
    /// good / known, from 0 to 1.
    #[schema(minimum = 0, maximum = 1)]
    pub(super) share: f64,
    /// Lower end of the exact (Clopper–Pearson) 95 % interval for the share.
    pub(super) low: f64,
    /// Upper end of that interval.
    pub(super) high: f64,
    /// Schools judged worse than on joining, or judged good since and then below good again.
    pub(super) declined: u64,
}

impl PointView {
    pub(super) fn of(point: &Point) -> Self {
        Self {
            date: Day(point.date),
            good: point.good,
            known: point.known,
            share: point.share,
            low: point.low,
            high: point.high,
            declined: point.declined,
        }
    }
}

/// Schools judged good so soon after joining that it says more about the time before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Early {
    /// Within how many days of joining.
    pub(super) days: i32,
    /// How many schools.
    pub(super) good: u64,
}

/// What others published about the cohort at the time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublishedView {
    /// The day it speaks of, as near as known.
    pub(super) date: Day,
    /// As it was said.
    #[schema(examples("6 of 30"))]
    pub(super) words: String,
    /// How many were said to be good, where that was said.
    pub(super) good: Option<i64>,
    /// Of how many.
    pub(super) schools: Option<i64>,
    /// The share, where it was said or follows.
    pub(super) share: Option<f64>,
    /// Where it was published.
    pub(super) source: String,
}

impl PublishedView {
    pub(super) fn of(figure: &Published) -> Self {
        Self {
            date: Day(figure.date),
            words: figure.words.clone(),
            good: figure.good,
            schools: figure.schools,
            share: figure.share,
            source: figure.source.clone(),
        }
    }
}

/// The share on the last day if none, or all, of the unseen schools were good. The truth lies between.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoundsView {
    /// If none of them were.
    pub(super) if_none: f64,
    /// If all of them were.
    pub(super) if_all: f64,
}

/// The cohort’s share on the last day less that of the schools like them, from −1 to 1. It does not
/// show what made it so.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferenceView {
    /// The difference.
    pub(super) estimate: f64,
    /// Lower end of its 95 % interval (Newcombe’s method 10).
    pub(super) low: f64,
    /// Upper end of that interval.
    pub(super) high: f64,
}

/// A graded inspection by which a school stood.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StandingView {
    /// The URN that was inspected; a predecessor’s or successor’s where that was the school then.
    pub(super) urn: u32,
    /// Its day.
    pub(super) date: Day,
    /// Short name of its framework.
    pub(super) framework: String,
    /// Overall effectiveness, 1 (best) to 4; null where none was judged.
    pub(super) overall: Option<u8>,
    /// The grade and its day in words.
    #[schema(examples("Satisfactory, 2 February 2010"))]
    pub(super) words: String,
    /// Good or equivalent by the cohort’s rule; null where it says nothing of it.
    pub(super) good: Option<bool>,
}

impl StandingView {
    pub(super) fn of(standing: &Standing) -> Self {
        Self {
            urn: standing.urn.get(),
            date: Day(standing.start),
            framework: standing.framework.clone(),
            overall: standing.overall,
            words: standing.words(),
            good: standing.good,
        }
    }
}

/// A school of the cohort.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MemberView {
    /// The name under which it joined.
    pub(super) named: String,
    /// Its unique reference number on joining; null where it is not known which school it is.
    pub(super) urn: Option<u32>,
    /// How sure that is: certain, likely or ambiguous.
    #[schema(examples("certain"))]
    pub(super) certainty: String,
    /// A note on that.
    pub(super) note: Option<String>,
    /// How it counts: followed, elsewhere (did not meet the need rule on joining) or unseen.
    #[schema(examples("followed"))]
    pub(super) group: &'static str,
    /// The day it joined.
    pub(super) joined_on: Day,
    /// Where it stood on joining, with corrections since; null where the record does not say.
    pub(super) joined_as: Option<StandingView>,
    /// Where it stood on joining as frozen then. Never changed by a correction.
    pub(super) frozen_as: Option<StandingView>,
    /// Whether that was corrected since, with a reason, beside what was frozen.
    pub(super) corrected: bool,
    /// Its latest graded inspection since joining, up to the last day.
    pub(super) latest: Option<StandingView>,
    /// Whether it was judged good so soon that it says more about the time before.
    pub(super) early: bool,
    /// Its unique reference number now, where that has changed.
    pub(super) urn_now: Option<u32>,
    /// Its name now, where that has changed.
    pub(super) named_now: Option<String>,
}

impl MemberView {
    pub(super) fn of(member: &Member) -> Self {
        let school = &member.participation;
        let now = member.now.as_ref();
        Self {
            named: school.named.clone(),
            urn: school.urn.map(kernel::Urn::get),
            certainty: school.certainty.clone(),
            note: school.note.clone(),
            group: group(member.group),
            joined_on: Day(school.joined),
            joined_as: school.baseline.standing.as_ref().map(StandingView::of),
            frozen_as: school.frozen.standing.as_ref().map(StandingView::of),
            corrected: !school.corrections.is_empty(),
            latest: member.latest.as_ref().map(StandingView::of),
            early: member.early,
            urn_now: now.map(|(urn, _)| *urn).filter(|urn| Some(*urn) != school.urn).map(kernel::Urn::get),
            named_now: now.map(|(_, name)| name.clone()).filter(|name| *name != school.named),
        }
    }
}

/// How a school counts, as one word.
pub(crate) fn group(group: Group) -> &'static str {
    match group {
        Group::Followed => "followed",
        Group::Elsewhere => "elsewhere",
        Group::Unseen => "unseen",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kernel::Urn;
    use programme::cohort::{Baseline, Participation};

    fn standing(start: kernel::Date, overall: u8) -> Standing {
        Standing {
            urn: Urn::new(118_291).expect("a URN"),
            start,
            framework: "S5_2009".to_owned(),
            overall: Some(overall),
            good: Some(overall < 3),
        }
    }

    #[test]
    fn a_school_stands_as_it_joined_and_as_it_is_now() {
        let baseline = Baseline {
            standing: Some(standing(date(2010, 2, 2), 3)),
            met_rule: true,
            register_version: 1,
            frozen_on: date(2026, 1, 1),
        };
        let member = Member {
            participation: Participation {
                id: 1,
                organisation: None,
                urn: Urn::new(118_291),
                named: "Headcorn Primary School".to_owned(),
                certainty: "certain".to_owned(),
                note: None,
                joined: date(2013, 5, 1),
                frozen: baseline.clone(),
                baseline,
                corrections: Vec::new(),
                statuses: Vec::new(),
            },
            group: Group::Followed,
            after: Vec::new(),
            latest: Some(standing(date(2013, 6, 19), 2)),
            early: true,
            now: Urn::new(118_291).map(|urn| (urn, "Headcorn Academy".to_owned())),
            place: None,
        };
        let json = serde_json::to_value(MemberView::of(&member)).unwrap();
        assert_eq!(json["group"], "followed");
        assert_eq!(json["joined_as"]["words"], "Satisfactory, 2 February 2010");
        assert_eq!(json["latest"]["good"], true);
        assert!(json["urn_now"].is_null(), "the number stayed");
        assert_eq!(json["named_now"], "Headcorn Academy");
    }
}
