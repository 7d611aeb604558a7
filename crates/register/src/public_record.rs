//! The whole public record in memory: every school, every inspection, every
//! lineage, and what follows from them on a given day.
//!
//! It is built once from the database and then only read, by many requests at
//! once; so it is compact (about 30 MB for England) and never changes.

use crate::{
    find::{Findable, Finder, Found},
    frameworks::FrameworkId,
    good::RuleSet,
    inspection::{Category, Inspection, InspectionKind},
    lineage::{Lineages, Link, LinkKind},
};
use kernel::{Date, LaEstab, Urn};

/// A word that many schools share (an authority, a phase), kept once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u16);

/// Shared words.
#[derive(Debug, Default)]
struct Symbols {
    words: Vec<Box<str>>,
    by_word: std::collections::HashMap<Box<str>, u16>,
}

impl Symbols {
    fn of(&mut self, word: &str) -> Symbol {
        if let Some(known) = self.by_word.get(word) {
            return Symbol(*known);
        }
        // 65,535 different authorities, phases and towns are more than England
        // has; beyond them the last word stands in rather than a wrong one.
        let next = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
        if next == u16::MAX {
            return Symbol(0);
        }
        self.words.push(word.into());
        self.by_word.insert(word.into(), next);
        Symbol(next)
    }
}

/// A school as the database keeps it, on its way into memory.
#[derive(Debug, Clone, Default)]
pub struct SchoolIn {
    /// URN.
    pub urn: u32,
    /// Name.
    pub name: String,
    /// Names that it had before.
    pub former: Vec<String>,
    /// Status as published, lower case; empty where nobody says.
    pub status: String,
    /// Phase as published; empty where nobody says.
    pub phase: String,
    /// Type as published.
    pub kind: String,
    /// Local authority's name.
    pub authority: String,
    /// LAESTAB.
    pub laestab: Option<LaEstab>,
    /// Town.
    pub town: String,
    /// Postcode.
    pub postcode: String,
    /// Opened.
    pub opened: Option<Date>,
    /// Closed.
    pub closed: Option<Date>,
    /// Latitude and longitude, degrees (WGS84).
    pub place: Option<(f64, f64)>,
}

/// A school in memory.
#[derive(Debug)]
pub struct School {
    /// URN.
    pub urn: Urn,
    /// Name.
    pub name: Box<str>,
    former: Box<[Box<str>]>,
    status: Symbol,
    phase: Symbol,
    kind: Symbol,
    authority: Symbol,
    town: Symbol,
    /// LAESTAB.
    pub laestab: Option<LaEstab>,
    /// Postcode.
    pub postcode: Box<str>,
    /// Opened, where known or told by its links.
    pub opened: Option<Date>,
    /// Closed, where known.
    pub closed: Option<Date>,
    /// Latitude and longitude, degrees (WGS84).
    pub place: Option<(f32, f32)>,
}

/// How many rule sets an [`Event`] has room for; a test says when there are more.
const RULES: usize = 4;

/// A published inspection in memory, with what rules ask of it.
#[derive(Debug, Clone)]
pub struct Event {
    /// The school whose inspection it was (see [`Inspection::of_school`]).
    pub urn: Urn,
    /// Its day.
    pub start: Date,
    /// Graded, ungraded or monitoring.
    pub kind: InspectionKind,
    /// It is a published graded inspection of which a grade is known.
    pub has_grade: bool,
    /// Under which framework.
    pub framework: FrameworkId,
    /// Overall effectiveness, 1 to 4.
    pub overall: Option<u8>,
    /// Category of concern.
    pub category: Option<Category>,
    /// Areas (by their number in the framework) and codes, where no overall
    /// effectiveness says it all.
    pub areas: Box<[(u8, u8)]>,
    /// By each rule set for 'good or equivalent', in the order of
    /// [`RuleSet::all`]: 0 says nothing, 1 not, 2 good or equivalent.
    good: [u8; RULES],
}

impl Event {
    /// What rules ask of an inspection.
    #[must_use]
    pub fn of(inspection: &Inspection) -> Self {
        let mut good = [0; RULES];
        for (place, rule) in good.iter_mut().zip(RuleSet::all()) {
            *place = rule.good(inspection).map_or(0, |good| 1 + u8::from(good));
        }
        let framework = inspection.framework.get();
        let areas = if inspection.overall.is_some() {
            Box::default()
        } else {
            let judged = inspection.judgements.iter();
            judged
                .filter_map(|judged| Some((framework.area_number(&judged.area)?, judged.code?)))
                .collect()
        };
        Self {
            urn: inspection.of_school(),
            start: inspection.start,
            kind: inspection.kind,
            has_grade: inspection.has_grade(),
            framework: inspection.framework,
            overall: inspection.overall,
            category: inspection.category,
            areas,
            good,
        }
    }

    /// Good or equivalent by the rule set with this number; `None` where the rule
    /// says nothing about such an inspection.
    #[must_use]
    pub fn is_good(&self, rule: usize) -> Option<bool> {
        match self.good.get(rule) {
            Some(1) => Some(false),
            Some(2) => Some(true),
            _ => None,
        }
    }

    /// The code of the area with this number.
    #[must_use]
    pub fn area(&self, number: u8) -> Option<u8> {
        self.areas
            .iter()
            .find(|(area, _)| *area == number)
            .map(|(_, code)| *code)
    }
}

/// The public record.
#[derive(Debug, Default)]
pub struct PublicRecord {
    /// Goes up with each import.
    pub version: i64,
    schools: Vec<School>,
    /// By URN, then by day.
    events: Vec<Event>,
    /// Where each school's events end in `events`.
    ends: Vec<u32>,
    lineages: Lineages,
    finder: Finder,
    symbols: Vec<Box<str>>,
}

impl PublicRecord {
    /// Puts the record together. Events of URNs that no file describes get a
    /// school without a name, so that nothing inspected is lost.
    #[must_use]
    pub fn of(
        version: i64,
        mut schools: Vec<SchoolIn>,
        mut events: Vec<Event>,
        links: &[Link],
    ) -> Self {
        schools.sort_unstable_by_key(|school| school.urn);
        schools.dedup_by_key(|school| school.urn);
        let known: std::collections::HashSet<u32> =
            schools.iter().map(|school| school.urn).collect();
        let mut nameless: Vec<u32> = events
            .iter()
            .map(|event| event.urn.get())
            .filter(|urn| !known.contains(urn))
            .collect();
        nameless.sort_unstable();
        nameless.dedup();
        schools.extend(nameless.into_iter().map(|urn| SchoolIn {
            urn,
            name: format!("School {urn} (no register entry)"),
            ..SchoolIn::default()
        }));
        schools.sort_unstable_by_key(|school| school.urn);

        let mut symbols = Symbols::default();
        symbols.of("");
        let schools: Vec<School> = schools
            .into_iter()
            .filter_map(|school| entry(school, &mut symbols))
            .collect();
        let lineages = Lineages::build(schools.iter().map(|school| school.urn), links);
        let mut record = Self {
            version,
            schools,
            events: Vec::new(),
            ends: Vec::new(),
            lineages,
            finder: Finder::default(),
            symbols: symbols.words,
        };
        events.sort_unstable_by_key(|event| (event.urn, event.start, event.kind));
        record.ends = record
            .schools
            .iter()
            .map(|school| events.partition_point(|event| event.urn <= school.urn) as u32)
            .collect();
        events.shrink_to_fit();
        record.events = events;
        record.date_openings(links);
        record.finder = record.index();
        record
    }

    /// A school without an opening date that came after others opened no
    /// earlier than its links were established and its predecessors closed.
    fn date_openings(&mut self, links: &[Link]) {
        let mut told: std::collections::HashMap<Urn, Date> = std::collections::HashMap::new();
        for link in links {
            let successor = match link.kind {
                LinkKind::Predecessor
                | LinkKind::PredecessorMerged
                | LinkKind::PredecessorSplit => link.urn,
                LinkKind::Successor | LinkKind::SuccessorMerged | LinkKind::SuccessorSplit => {
                    link.other
                }
                LinkKind::Carried | LinkKind::Other => continue,
            };
            if let Some(established) = link.established {
                let day = told.entry(successor).or_insert(established);
                *day = (*day).max(established);
            }
        }
        for at in 0..self.schools.len() {
            // An older number lives on after a merger: it did not open then.
            if self.schools[at].opened.is_some() || self.schools[at].urn.given_before_2005() {
                continue;
            }
            let urn = self.schools[at].urn;
            let closed = self
                .lineages
                .predecessors(urn)
                .filter_map(|p| self.school(p.urn)?.closed)
                .max();
            let opened = told.get(&urn).copied().or(closed);
            self.schools[at].opened = opened;
        }
    }

    fn index(&self) -> Finder {
        Finder::of(self.schools.iter().enumerate().map(|(at, school)| {
            Findable {
                id: at as u32,
                urn: school.urn.get(),
                laestab: school.laestab.map_or(0, LaEstab::get),
                name: &school.name,
                former: school
                    .former
                    .iter()
                    .map(AsRef::as_ref)
                    .chain(
                        self.lineages
                            .predecessors(school.urn)
                            .filter_map(|p| Some(&*self.school(p.urn)?.name)),
                    )
                    .collect(),
                places: vec![self.word(school.town), self.word(school.authority)],
                postcode: &school.postcode,
                open: self.is_open(school),
            }
        }))
    }

    fn word(&self, symbol: Symbol) -> &str {
        self.symbols
            .get(usize::from(symbol.0))
            .map_or("", AsRef::as_ref)
    }

    /// How many schools there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.schools.len()
    }

    /// True where nothing was imported yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.schools.is_empty()
    }

    /// How many inspections there are.
    #[must_use]
    pub fn inspections(&self) -> usize {
        self.events.len()
    }

    /// All schools by URN.
    pub fn schools(&self) -> impl Iterator<Item = &School> {
        self.schools.iter()
    }

    /// Lineages.
    #[must_use]
    pub fn lineages(&self) -> &Lineages {
        &self.lineages
    }

    fn position(&self, urn: Urn) -> Option<usize> {
        self.schools
            .binary_search_by_key(&urn, |school| school.urn)
            .ok()
    }

    /// The school with this URN.
    #[must_use]
    pub fn school(&self, urn: Urn) -> Option<&School> {
        self.position(urn).and_then(|at| self.schools.get(at))
    }

    /// What the school's status is, in the register's words; empty where nobody says.
    #[must_use]
    pub fn status(&self, school: &School) -> &str {
        self.word(school.status)
    }

    /// Its type.
    #[must_use]
    pub fn kind(&self, school: &School) -> &str {
        self.word(school.kind)
    }

    /// Its local authority.
    #[must_use]
    pub fn authority(&self, school: &School) -> &str {
        self.word(school.authority)
    }

    /// Its town.
    #[must_use]
    pub fn town(&self, school: &School) -> &str {
        self.word(school.town)
    }

    /// Names that it had before, its own.
    pub fn former_names<'s>(&self, school: &'s School) -> impl Iterator<Item = &'s str> + use<'s> {
        school.former.iter().map(AsRef::as_ref)
    }

    /// Its phase; where its own entry does not say (as for many closed
    /// schools), that of the nearest successor, then predecessor, that does.
    #[must_use]
    pub fn phase(&self, school: &School) -> &str {
        let own = self.word(school.phase);
        if !own.is_empty() {
            return own;
        }
        let after = self.lineages.descendants(school.urn);
        let before = self.lineages.ancestors(school.urn);
        after
            .into_iter()
            .chain(before)
            .filter_map(|(urn, _)| self.school(urn))
            .map(|school| self.word(school.phase))
            .find(|phase| !phase.is_empty())
            .unwrap_or("")
    }

    /// Open now, as far as the register says.
    #[must_use]
    pub fn is_open(&self, school: &School) -> bool {
        match self.word(school.status) {
            "" => school.closed.is_none(),
            status => status.starts_with("open"),
        }
    }

    /// Inspections of this URN itself, by day.
    #[must_use]
    pub fn events(&self, urn: Urn) -> &[Event] {
        let Some(at) = self.position(urn) else {
            return &[];
        };
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1] as usize
        };
        &self.events[start..self.ends[at] as usize]
    }

    /// Inspections of the school and of those it came from, by day. Each once.
    #[must_use]
    pub fn events_of_line(&self, urn: Urn) -> Vec<&Event> {
        let mut events: Vec<&Event> = self.events(urn).iter().collect();
        for (before, _) in self.lineages.ancestors(urn) {
            events.extend(self.events(before));
        }
        events.sort_by_key(|event| (event.start, event.urn));
        events
    }

    /// Graded inspections by which the school stood on `on`, the latest last:
    /// its own if it had any by then, else those of the schools it came from
    /// (as Ofsted's statistics deem).
    #[must_use]
    pub fn graded_by(&self, urn: Urn, on: Date) -> Vec<&Event> {
        let graded = |event: &&Event| event.has_grade && event.start <= on;
        let line: Vec<&Event> = self
            .events_of_line(urn)
            .into_iter()
            .filter(graded)
            .collect();
        match line.iter().rposition(|event| event.urn == urn) {
            // What a predecessor was given after the school's own latest
            // inspection is not the school's standing.
            Some(own) => line[..=own].to_vec(),
            None => line,
        }
    }

    /// Graded inspections after `joined` of the school and of what it became, by day.
    #[must_use]
    pub fn graded_after(&self, urn: Urn, joined: Date) -> Vec<&Event> {
        let mut events: Vec<&Event> = self.events(urn).iter().collect();
        for (after, _) in self.lineages.descendants(urn) {
            events.extend(self.events(after));
        }
        events.retain(|event| event.has_grade && event.start > joined);
        events.sort_by_key(|event| (event.start, event.urn));
        events
    }

    /// Whether the school existed on a day, from its dates, its links and its
    /// inspections. Where dates are missing, a successor that was inspected by
    /// then has taken its place, and a successor that was not has not.
    #[must_use]
    pub fn existed_on(&self, school: &School, on: Date) -> bool {
        if school.closed.is_some_and(|closed| closed <= on)
            || school.opened.is_some_and(|opened| opened > on)
        {
            return false;
        }
        let inspected = |urn: Urn| self.events(urn).iter().any(|event| event.start <= on);
        if school.opened.is_none()
            && !school.urn.given_before_2005()
            && self.lineages.predecessors(school.urn).next().is_some()
            && !inspected(school.urn)
        {
            return false;
        }
        let replaced = |urn: Urn| {
            inspected(urn)
                || self
                    .school(urn)
                    .is_some_and(|next| next.opened.is_some_and(|opened| opened <= on))
        };
        school.closed.is_some()
            || self.is_open(school)
            || !self
                .lineages
                .successors(school.urn)
                .any(|next| replaced(next.urn))
    }

    /// Finds schools by what one remembers of them.
    #[must_use]
    pub fn find(&self, query: &str, skip: usize, limit: usize) -> (Found, Vec<&School>) {
        let found = self.finder.find(query, skip, limit);
        let schools = found
            .ids
            .iter()
            .filter_map(|id| self.schools.get(*id as usize))
            .collect();
        (found, schools)
    }
}

fn entry(school: SchoolIn, symbols: &mut Symbols) -> Option<School> {
    Some(School {
        urn: Urn::new(school.urn)?,
        name: school.name.into(),
        former: school.former.into_iter().map(Into::into).collect(),
        status: symbols.of(&school.status),
        phase: symbols.of(&school.phase),
        kind: symbols.of(&school.kind),
        authority: symbols.of(&school.authority),
        town: symbols.of(&school.town),
        laestab: school.laestab,
        postcode: school.postcode.into(),
        opened: school.opened,
        closed: school.closed,
        place: school.place.map(|(lat, lng)| (lat as f32, lng as f32)),
    })
}

#[cfg(test)]
mod tests;
