//! The whole public record in memory: every school, every inspection, every
//! lineage, and what follows from them on a given day.
//!
//! It is built once from the database and then only read, by many requests at
//! once; so it is compact (about 30 MB for England) and never changes.

mod events;
mod schools;
#[cfg(test)]
mod tests;

pub use events::Event;
pub use schools::{School, SchoolIn, Schools, Symbol};

use crate::{
    find::{Findable, Finder, Found},
    lineage::{Lineages, Link, LinkKind},
};
use kernel::{Date, LaEstab, Urn};

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
    pub fn of(version: i64, schools: impl IntoIterator<Item = SchoolIn>, events: Vec<Event>, links: &[Link]) -> Self {
        let mut gathered = Schools::default();
        schools.into_iter().for_each(|school| gathered.add(school));
        Self::of_gathered(version, gathered, events, links)
    }

    /// As [`Self::of`], of schools that were gathered one by one.
    #[must_use]
    pub fn of_gathered(version: i64, mut schools: Schools, mut events: Vec<Event>, links: &[Link]) -> Self {
        let known: std::collections::HashSet<Urn> = schools.list.iter().map(|school| school.urn).collect();
        let mut nameless: Vec<Urn> = events.iter().map(|event| event.urn).filter(|urn| !known.contains(urn)).collect();
        nameless.sort_unstable();
        nameless.dedup();
        for urn in nameless {
            let name = format!("School {urn} (no register entry)");
            schools.add(SchoolIn { urn: urn.get(), name, ..SchoolIn::default() });
        }
        let Schools { list: mut schools, symbols } = schools;
        schools.sort_by_key(|school| school.urn);
        schools.dedup_by_key(|school| school.urn);
        schools.shrink_to_fit();
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
        record.fill_phases();
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
                LinkKind::Predecessor | LinkKind::PredecessorMerged | LinkKind::PredecessorSplit => link.urn,
                LinkKind::Successor | LinkKind::SuccessorMerged | LinkKind::SuccessorSplit => link.other,
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
            let closed = self.lineages.predecessors(urn).filter_map(|p| self.school(p.urn)?.closed).max();
            let opened = told.get(&urn).copied().or(closed);
            self.schools[at].opened = opened;
        }
    }

    fn index(&self) -> Finder {
        Finder::of(self.schools.len() as u32, |at| {
            let school = &self.schools[at as usize];
            Findable {
                urn: school.urn.get(),
                laestab: school.laestab.map_or(0, LaEstab::get),
                name: &school.name,
                former: school
                    .former
                    .iter()
                    .map(AsRef::as_ref)
                    .chain(self.lineages.predecessors(school.urn).filter_map(|p| Some(&*self.school(p.urn)?.name)))
                    .collect(),
                places: vec![self.word(school.town), self.word(school.authority)],
                postcode: &school.postcode,
                open: self.is_open(school),
            }
        })
    }

    fn word(&self, symbol: Symbol) -> &str {
        self.symbols.get(usize::from(symbol.0)).map_or("", AsRef::as_ref)
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
        self.schools.binary_search_by_key(&urn, |school| school.urn).ok()
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
        self.word(school.phase)
    }

    fn fill_phases(&mut self) {
        let unsaid = Symbol::default();
        for at in 0..self.schools.len() {
            if self.schools[at].phase != unsaid {
                continue;
            }
            let urn = self.schools[at].urn;
            let kin = self.lineages.descendants(urn).into_iter().chain(self.lineages.ancestors(urn));
            let said = kin.filter_map(|(urn, _)| self.school(urn)).map(|kin| kin.phase).find(|phase| *phase != unsaid);
            self.schools[at].phase = said.unwrap_or(unsaid);
        }
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
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
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
        let line: Vec<&Event> = self.events_of_line(urn).into_iter().filter(graded).collect();
        match line.iter().rposition(|event| event.urn == urn) {
            // What a predecessor was given after the school's own latest
            // inspection is not the school's standing.
            Some(own) => line[..=own].to_vec(),
            None => line,
        }
    }

    /// The last of [`Self::graded_by`], without making the list.
    #[must_use]
    pub fn latest_graded(&self, urn: Urn, on: Date) -> Option<&Event> {
        let graded = |event: &&Event| event.has_grade && event.start <= on;
        if let Some(own) = self.events(urn).iter().rfind(graded) {
            return Some(own);
        }
        self.lineages.predecessors(urn).next()?;
        let before = self.lineages.ancestors(urn).into_iter().flat_map(|(before, _)| self.events(before));
        before.filter(graded).max_by_key(|event| (event.start, event.urn))
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
        if school.closed.is_some_and(|closed| closed <= on) || school.opened.is_some_and(|opened| opened > on) {
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
            inspected(urn) || self.school(urn).is_some_and(|next| next.opened.is_some_and(|opened| opened <= on))
        };
        school.closed.is_some()
            || self.is_open(school)
            || !self.lineages.successors(school.urn).any(|next| replaced(next.urn))
    }

    /// Finds schools by what one remembers of them.
    #[must_use]
    pub fn find(&self, query: &str, skip: usize, limit: usize) -> (Found, Vec<&School>) {
        let found = self.finder.find(query, skip, limit);
        let schools = found.ids.iter().filter_map(|id| self.schools.get(*id as usize)).collect();
        (found, schools)
    }
}
