//! What became of a cohort, and of the schools like them that did not take part.

use super::{
    access::Sight,
    actions::{good_rule, need_rule_of, seen},
    baseline::Standing,
    model::{Cohort, CohortView, Participation, Published},
};
use crate::{
    Who, World,
    error::{Error, Result},
    need_rule::{self, Found, NeedRule},
    record::Kept,
    sums::FEWEST_SCHOOLS,
};
use impact::{
    detectable::{self, Design},
    difference::{Difference, difference},
    path::{Bounds, Judged, Point, Unit, bounds, path as path_of},
};
use jiff::ToSpan as _;
use kernel::{Date, Urn};
use register::{
    lineage::LineageId,
    public_record::{Event, PublicRecord},
};
use std::{collections::BTreeSet, sync::Arc};

/// Level of every interval.
const LEVEL: f64 = 0.95;

/// Days after joining within which an inspection says more about before than
/// about after: eight weeks.
pub const EARLY_DAYS: i32 = 56;

/// How a participation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Met the cohort's need rule on joining: followed.
    Followed,
    /// Stood elsewhere on joining; shown apart.
    Elsewhere,
    /// Where it stood is not in the record; shown with the reason.
    Unseen,
}

/// One school of the cohort with what became of it.
#[derive(Debug, Clone)]
pub struct Member {
    /// The participation.
    pub participation: Participation,
    /// How it counts.
    pub group: Group,
    /// Graded inspections after joining, up to the day asked for, by day.
    pub after: Vec<Standing>,
    /// The latest of them.
    pub latest: Option<Standing>,
    /// Judged good or equivalent within [`EARLY_DAYS`] of joining.
    pub early: bool,
    /// What the school is called now, and its URN, where that has changed.
    pub now: Option<(Urn, String)>,
    /// Latitude and longitude.
    pub place: Option<(f32, f32)>,
}

/// A school followed, with its unit for the path.
struct Followed {
    unit: Unit,
    early: bool,
}

/// Which schools like a cohort's are asked after, and until when.
#[derive(PartialEq)]
struct LikeWhom {
    /// The need rule, in its version.
    rule: (&'static str, i64),
    /// The day on which they met it.
    on: Date,
    phase: Option<String>,
    good: usize,
    /// Those who took part, in all their forms.
    without: BTreeSet<LineageId>,
    /// The last day, and others that are points of the path.
    to: Date,
    also: Vec<Date>,
}

/// Paths of schools like a cohort's; kept while the register stands as it did, since
/// following thousands of schools is nearly all of the work.
#[derive(Default)]
pub struct Paths(Kept<LikeWhom, LikeSchools>);

/// The schools like them.
#[derive(Debug, Clone)]
pub struct LikeSchools {
    /// The rule that found them.
    pub rule: &'static NeedRule,
    /// How many.
    pub known: u64,
    /// Their path.
    pub points: Vec<Point>,
    /// How many were judged good within [`EARLY_DAYS`].
    pub early: u64,
}

/// The path of a cohort beside that of the schools like them.
#[derive(Debug, Clone)]
pub struct CohortPath {
    /// The cohort, its programme and schools.
    pub view: CohortView,
    /// The last day.
    pub to: Date,
    /// All schools by name.
    pub members: Vec<Member>,
    /// How many are followed.
    pub known: u64,
    /// The path of those.
    pub points: Vec<Point>,
    /// How many of those were judged good within [`EARLY_DAYS`].
    pub early: u64,
    /// The schools like them.
    pub like: Arc<LikeSchools>,
    /// The share on the last day if none, or all, of the unseen were good.
    pub bounds: Bounds,
    /// The cohort's share on the last day less that of the schools like them.
    pub difference: Option<Difference>,
    /// The smallest true gain that a cohort of this size could show, as a share.
    pub detectable: Option<f64>,
    /// What was published at the time, up to the last day.
    pub published: Vec<Published>,
    /// The register from which it was computed.
    pub record: Arc<PublicRecord>,
    /// How much of it the reader sees. Where that is sums only, no school is in it.
    pub sight: Sight,
}

impl CohortPath {
    /// The cohort.
    #[must_use]
    pub fn cohort(&self) -> &Cohort {
        &self.view.cohort
    }

    /// Members that count in this way, by name.
    pub fn of(&self, group: Group) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.group == group)
    }

    /// Where the cohort stands on the last day.
    #[must_use]
    pub fn last(&self) -> Option<&Point> {
        self.points.last()
    }
}

/// The path of a cohort up to `to` (its own last day where `None`, today where
/// it has none), beside that of all schools that met the same rule on the same
/// day and did not take part.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for a day before joining; the database.
pub async fn path(world: &World, who: &Who, slug: &str, to: Option<Date>) -> Result<CohortPath> {
    let (view, sight) = seen(world, who, slug).await?;
    let to = to.or(view.cohort.follow_to).unwrap_or_else(|| world.clock.today());
    if to < view.cohort.joins_on {
        let joined = kernel::words::long_date(view.cohort.joins_on);
        return Err(Error::field("to", format!("Enter a day on or after {joined}, when the schools joined")));
    }
    let record = world.record().await?;
    let (found, paths) = (world.found.clone(), world.paths.clone());
    let path = tokio::task::spawn_blocking(move || compute(view, to, record, sight, (&found, &paths)))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))??;
    match sight {
        Sight::Whole => Ok(path),
        Sight::SumsOnly => sums_of(path),
    }
}

/// The path without its schools; not found where it is of so few that they
/// could be told.
fn sums_of(mut path: CohortPath) -> Result<CohortPath> {
    if path.known < FEWEST_SCHOOLS {
        return Err(Error::NotFound);
    }
    path.members.clear();
    path.view.participations.clear();
    Ok(path)
}

fn compute(
    view: CohortView,
    to: Date,
    record: Arc<PublicRecord>,
    sight: Sight,
    (found, paths): (&Found, &Paths),
) -> Result<CohortPath> {
    let cohort = &view.cohort;
    let good = good_rule(cohort)?;
    let rule = need_rule_of(cohort)?;
    let on = cohort.joins_on;
    let mut members: Vec<Member> = view.participations.iter().map(|school| member(school, &record, to, good)).collect();
    members.sort_by_key(|member| member.participation.named.to_lowercase());
    let followed: Vec<Followed> = members
        .iter()
        .filter(|member| member.group == Group::Followed)
        .filter_map(|member| {
            let joined = member.participation.baseline.standing.as_ref()?;
            let unit = Unit {
                joined: impact::path::Standing { on: member.participation.joined, judged: judged(joined) },
                events: member.after.iter().map(|after| (after.start, judged(after))).collect(),
            };
            Some(Followed { unit, early: member.early })
        })
        .collect();

    // A participant's whole lineage took part, whatever URN it has now.
    let took_part: BTreeSet<_> = members
        .iter()
        .filter_map(|member| member.participation.urn)
        .map(|urn| record.lineages().lineage_of(urn))
        .collect();
    let published: Vec<Published> = view.published.iter().filter(|figure| figure.date <= to).cloned().collect();
    let mut also: Vec<Date> = published.iter().map(|figure| figure.date).collect();
    also.push(to);
    let (points, early) = walk(followed, &also);
    let whom = LikeWhom {
        rule: (&rule.id, rule.version),
        on,
        phase: cohort.phase.clone(),
        good,
        without: took_part,
        to,
        also,
    };
    let like = like_schools(&record, whom, rule, (found, paths));
    let last = points.last().copied();
    let like_last = like.points.last().copied();
    let unseen = members.iter().filter(|member| member.group == Group::Unseen).count() as u64;
    let both = last.zip(like_last).filter(|(own, like)| own.known > 0 && like.known > 0);
    Ok(CohortPath {
        to,
        sight,
        known: last.map_or(0, |point| point.known),
        bounds: last.map_or(bounds(0, 0, unseen), |point| bounds(point.good, point.known, unseen)),
        difference: both.map(|(own, like)| difference((own.good, own.known), (like.good, like.known), LEVEL)),
        detectable: both
            .and_then(|(own, like)| detectable::smallest_gain(Design::new(own.known, like.known, like.share))),
        like,
        points,
        early,
        members,
        published,
        record,
        view,
    })
}

/// All schools that met the rule on that day, but those that took part.
fn like_schools(
    record: &PublicRecord,
    whom: LikeWhom,
    rule: &'static NeedRule,
    (found, paths): (&Found, &Paths),
) -> Arc<LikeSchools> {
    paths.0.answer(record, whom, |whom| {
        let met = need_rule::who_meets(found, rule, record, whom.on, whom.phase.as_deref());
        let like = met
            .iter()
            .filter(|met| !whom.without.contains(&record.lineages().lineage_of(met.urn)))
            .filter_map(|met| like_school(record, met.urn, whom.on, whom.to, whom.good));
        let (points, early) = walk(like.collect(), &whom.also);
        LikeSchools { rule, known: points.last().map_or(0, |point| point.known), points, early }
    })
}

fn walk(schools: Vec<Followed>, also: &[Date]) -> (Vec<Point>, u64) {
    let early = schools.iter().filter(|school| school.early).count() as u64;
    let units: Vec<Unit> = schools.into_iter().map(|school| school.unit).collect();
    (path_of(&units, also, LEVEL), early)
}

fn judged(standing: &Standing) -> Judged {
    Judged { good_or_equivalent: standing.good, rank: standing.overall }
}

fn member(school: &Participation, record: &PublicRecord, to: Date, good: usize) -> Member {
    let group = match &school.baseline.standing {
        Some(_) if school.baseline.met_rule => Group::Followed,
        Some(_) => Group::Elsewhere,
        None => Group::Unseen,
    };
    let after: Vec<Standing> = school
        .urn
        .map(|urn| record.graded_after(urn, school.joined))
        .unwrap_or_default()
        .into_iter()
        .filter(|event| event.start <= to)
        .map(|event| Standing::of(event, good))
        .collect();
    let early = after.iter().any(|after| after.good == Some(true) && is_early(school.joined, after.start));
    let now = school.urn.and_then(|urn| {
        let last = record.lineages().descendants(urn).last().map_or(urn, |(last, _)| *last);
        let entry = record.school(last)?;
        (last != urn || *entry.name != *school.named).then(|| (last, entry.name.to_string()))
    });
    let place = school.urn.and_then(|urn| record.school(urn)).and_then(|entry| entry.place);
    Member { participation: school.clone(), group, latest: after.last().cloned(), after, early, now, place }
}

fn is_early(joined: Date, start: Date) -> bool {
    joined.checked_add(EARLY_DAYS.days()).is_ok_and(|end| start <= end)
}

fn like_school(record: &PublicRecord, urn: Urn, on: Date, to: Date, good: usize) -> Option<Followed> {
    let judged = |event: &Event| Judged { good_or_equivalent: event.is_good(good), rank: event.overall };
    let joined = judged(record.graded_by(urn, on).last()?);
    let after = record.graded_after(urn, on);
    let events: Vec<(Date, Judged)> =
        after.iter().filter(|event| event.start <= to).map(|event| (event.start, judged(event))).collect();
    let early = events.iter().any(|(start, judged)| judged.good_or_equivalent == Some(true) && is_early(on, *start));
    Some(Followed { unit: Unit { joined: impact::path::Standing { on, judged: joined }, events }, early })
}
