//! The path of a group: how many were good or equivalent, date by date.

use kernel::Date;

use crate::interval::clopper_pearson;

/// What one graded inspection said, under the rule for 'good or equivalent' that
/// was chosen in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Judged {
    /// Good or equivalent under that rule; `None` where the rule says nothing
    /// about this inspection, which then changes nothing.
    pub good_or_equivalent: Option<bool>,
    /// The overall grade from 1, the best, to 4. Grades are compared only within
    /// one framework family: give `None` where the inspection's family is not
    /// that of the standing on joining.
    pub rank: Option<u8>,
}

/// Where a school stood when it joined, frozen then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Standing {
    /// The joining date. Only inspections strictly after it count.
    pub on: Date,
    /// What was known on that day.
    pub judged: Judged,
}

/// One school of the group.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unit {
    /// Where it stood when it joined.
    pub joined: Standing,
    /// Its graded inspections, in any order; those on or before the joining date
    /// are passed over.
    pub events: Vec<(Date, Judged)>,
}

/// The group on one date.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// The date; the counts hold at its end.
    pub date: Date,
    /// Schools whose latest inspection since joining is good or equivalent.
    pub good: u64,
    /// All schools of the group.
    pub known: u64,
    /// `good / known`, from 0 to 1; 0 for an empty group.
    pub share: f64,
    /// The lower end of the exact interval for the share.
    pub low: f64,
    /// The upper end of the exact interval for the share.
    pub high: f64,
    /// Schools worse than when they joined, or good since and not now.
    pub declined: u64,
    /// Schools judged good or equivalent at least once since joining.
    pub ever_good: u64,
}

/// The path of a group: a point at the earliest joining date, at every later date
/// at which one of its counts changes, and at every date in `also`; by date.
///
/// - **good**: the latest graded inspection strictly after the joining date, and
///   on or before the point's date, is good or equivalent. A later decline takes
///   the school out again. An inspection about which the rule says nothing
///   changes nothing; a school not inspected since joining is not good.
/// - **`ever_good`**: judged good or equivalent at least once since joining.
/// - **declined**: the latest graded inspection since joining is worse than the
///   standing on joining (a lower grade, or no longer good), or the school was
///   judged good since and is not now.
/// - **known**: all schools of the group, at every date. Schools whose record
///   cannot be seen do not belong in it; see [`bounds`].
///
/// Two inspections of one school on one day count as the worse of the two, so
/// that the order in which they are given does not matter and no figure is
/// flattered. The interval is [`clopper_pearson`] at `level`; it takes the
/// schools for independent.
#[must_use]
pub fn path(units: &[Unit], also: &[Date], level: f64) -> Vec<Point> {
    let changes = changes(units);
    let mut stops: Vec<Date> = also.to_vec();
    stops.extend(units.iter().map(|unit| unit.joined.on).min());
    stops.sort_unstable();
    stops.dedup();

    let mut schools = vec![School::default(); units.len()];
    let mut sweep = Sweep {
        known: units.len() as u64,
        level,
        counts: Counts::default(),
        interval: None,
    };
    let mut points = Vec::new();
    let mut stops = stops.into_iter().peekable();
    for day in changes.chunk_by(|a, b| a.date == b.date) {
        let date = day[0].date;
        while let Some(stop) = stops.next_if(|stop| *stop < date) {
            points.push(sweep.point(stop));
        }
        let before = sweep.counts;
        for change in day {
            let school = &mut schools[change.unit];
            sweep.counts.take_out(*school);
            school.hear(change.judged, units[change.unit].joined.judged);
            sweep.counts.put_in(*school);
        }
        let asked = stops.next_if_eq(&date).is_some();
        if asked || sweep.counts != before {
            points.push(sweep.point(date));
        }
    }
    for stop in stops {
        points.push(sweep.point(stop));
    }
    points
}

/// The point that holds on `date`: the latest on or before it, or `None` before
/// the path starts. `points` as [`path`] gives them.
#[must_use]
pub fn standing_on(points: &[Point], date: Date) -> Option<&Point> {
    up_to(points, date).last()
}

/// The points on or before `date`. `points` as [`path`] gives them.
#[must_use]
pub fn up_to(points: &[Point], date: Date) -> &[Point] {
    &points[..points.partition_point(|point| point.date <= date)]
}

/// The share if none, and if all, of the schools that cannot be seen were good.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Bounds {
    /// The share, from 0 to 1, if none of the missing were good.
    pub if_none: f64,
    /// The share, from 0 to 1, if all of the missing were good.
    pub if_all: f64,
}

/// What `good` of `known` could be if `missing` further schools could be seen;
/// also known as the worst-case bounds of Manski (1989), Journal of Human
/// Resources 24, 343–360. No chance enters: the truth lies between the two.
#[must_use]
pub fn bounds(good: u64, known: u64, missing: u64) -> Bounds {
    let all = known.saturating_add(missing);
    let good = good.min(known);
    Bounds {
        if_none: crate::share(good, all),
        if_all: crate::share(good.saturating_add(missing), all),
    }
}

/// One school's inspection since it joined.
struct Change {
    date: Date,
    unit: usize,
    judged: Judged,
}

/// All inspections that count, by date, one a school and day.
fn changes(units: &[Unit]) -> Vec<Change> {
    let mut changes: Vec<Change> = units
        .iter()
        .enumerate()
        .flat_map(|(unit, Unit { joined, events })| {
            events
                .iter()
                .filter(|(date, judged)| *date > joined.on && judged.good_or_equivalent.is_some())
                .map(move |&(date, judged)| Change { date, unit, judged })
        })
        .collect();
    // The worse of one day comes first and is the one that dedup keeps.
    changes.sort_unstable_by_key(|change| {
        (
            change.date,
            change.unit,
            change.judged.good_or_equivalent,
            std::cmp::Reverse(change.judged.rank),
        )
    });
    changes.dedup_by_key(|change| (change.date, change.unit));
    changes
}

/// What is known of one school at a moment of the sweep.
#[derive(Clone, Copy, Default)]
struct School {
    good: bool,
    ever_good: bool,
    declined: bool,
}

impl School {
    fn hear(&mut self, judged: Judged, joined: Judged) {
        self.good = judged.good_or_equivalent == Some(true);
        self.ever_good |= self.good;
        let lower_grade =
            matches!((judged.rank, joined.rank), (Some(now), Some(then)) if now > then);
        let good_then = joined.good_or_equivalent == Some(true);
        self.declined = lower_grade || (!self.good && (good_then || self.ever_good));
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    good: u64,
    ever_good: u64,
    declined: u64,
}

impl Counts {
    fn put_in(&mut self, school: School) {
        self.good += u64::from(school.good);
        self.ever_good += u64::from(school.ever_good);
        self.declined += u64::from(school.declined);
    }

    fn take_out(&mut self, school: School) {
        self.good -= u64::from(school.good);
        self.ever_good -= u64::from(school.ever_good);
        self.declined -= u64::from(school.declined);
    }
}

struct Sweep {
    known: u64,
    level: f64,
    counts: Counts,
    /// The latest interval and the number of good schools it is for: the one
    /// costly step, saved while the number stays.
    interval: Option<(u64, crate::Interval)>,
}

impl Sweep {
    fn point(&mut self, date: Date) -> Point {
        let Counts {
            good,
            ever_good,
            declined,
        } = self.counts;
        let interval = match self.interval {
            Some((for_good, interval)) if for_good == good => interval,
            _ => clopper_pearson(good, self.known, self.level),
        };
        self.interval = Some((good, interval));
        Point {
            date,
            good,
            known: self.known,
            share: crate::share(good, self.known),
            low: interval.low,
            high: interval.high,
            declined,
            ever_good,
        }
    }
}
