//! A cohort's path as the reference shows it: its lists cut to one.

use super::{
    super::{
        cohort_path_view::{BoundsView, DifferenceView, Early, MemberView, PointView, PublishedView, StandingView},
        cohorts,
        need_rules::RuleView,
        parts::{Day, GoodRule},
    },
    LikeView, PathView,
};
use jiff::civil::date;
use programme::{cohort::EARLY_DAYS, need_rule};
use serde::Serialize;

/// An answer as the reference shows it: its lists cut to one.
pub(in crate::api) fn example() -> Option<impl Serialize> {
    let point = |good, known, share, low, high, declined| PointView {
        date: Day(date(2015, 12, 31)),
        good,
        known,
        share,
        low,
        high,
        declined,
    };
    let standing = |day, overall, framework: &str, words: &str| StandingView {
        urn: 118_291,
        date: Day(day),
        framework: framework.to_owned(),
        overall: Some(overall),
        words: words.to_owned(),
        good: Some(overall < 3),
    };
    Some(PathView {
        cohort: cohorts::pilot(),
        programme: "NAHT Aspire".to_owned(),
        joined_on: Day(date(2013, 5, 1)),
        to: Day(date(2015, 12, 31)),
        good_rule: GoodRule::of("standard-v1"),
        need_rule: RuleView::of(need_rule::rule("below-good", None)?),
        schools: 31,
        known: 20,
        elsewhere: 4,
        unseen: 7,
        early: Early { days: EARLY_DAYS, good: 1 },
        points: vec![point(15, 20, 0.75, 0.509, 0.913, 2)],
        like_schools: LikeView {
            rule: "below-good".to_owned(),
            rule_version: 1,
            phase: Some("Primary".to_owned()),
            on: Day(date(2013, 5, 1)),
            known: 2_200,
            early: Early { days: EARLY_DAYS, good: 120 },
            points: vec![point(1_606, 2_200, 0.73, 0.711, 0.748, 90)],
        },
        published: vec![PublishedView {
            date: Day(date(2014, 1, 31)),
            words: "6 of 30".to_owned(),
            good: Some(6),
            schools: Some(30),
            share: Some(0.2),
            source: "First interim evaluation, January 2014".to_owned(),
        }],
        bounds: BoundsView { if_none: 0.556, if_all: 0.815 },
        difference: Some(DifferenceView { estimate: 0.02, low: -0.2, high: 0.16 }),
        detectable: Some(0.23),
        members: vec![MemberView {
            named: "Headcorn Primary School".to_owned(),
            urn: Some(118_291),
            certainty: "certain".to_owned(),
            note: None,
            group: "followed",
            joined_on: Day(date(2013, 5, 1)),
            joined_as: Some(standing(date(2010, 2, 2), 3, "S5_2009", "Satisfactory, 2 February 2010")),
            frozen_as: Some(standing(date(2010, 2, 2), 3, "S5_2009", "Satisfactory, 2 February 2010")),
            corrected: false,
            latest: Some(standing(date(2013, 6, 19), 2, "S5_2012b", "Good, 19 June 2013")),
            early: true,
            urn_now: None,
            named_now: None,
        }],
        sources: Vec::new(),
        caveat: Some("Schools that closed before 2017 are missing from the inspection histories.".to_owned()),
    })
}
