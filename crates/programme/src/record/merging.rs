//! What a file says meets what is known: chunk by chunk, within the import's
//! transaction.

use super::{
    access::MayImport,
    facts::{Change, Facts, Weight},
    model::{Counts, ImportReport},
    store::{self, LinkRow, ResultKey, SchoolRow},
};
use crate::error::Result;
use ::store::{Desk, Tx};
use register::{
    inspection::{
        Change as EventChange, Inspection, InspectionKey, InspectionSheet, Origin, SourceId, find_event, merge,
    },
    lineage::Link,
    readers::Record,
    results::{Dataset, ResultSheet},
    school::SchoolSheet,
};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet, hash_map::Entry},
};

/// One import's merging.
pub(super) struct Merging {
    source: i64,
    weights: HashMap<i64, Weight>,
    /// Tables that were empty when the import began: what this import has not
    /// written itself need not be looked up.
    empty: Empty,
    written: Written,
    /// Inspections that this file has stated already.
    seen: HashSet<InspectionKey>,
    schools: Counts,
    inspections: Counts,
    repeated: u64,
    links: Counts,
    results: Counts,
    touched: bool,
}

pub(super) struct Empty {
    pub(super) schools: bool,
    pub(super) inspections: bool,
    pub(super) links: bool,
    pub(super) results: bool,
}

/// URNs that this import has written to each table.
#[derive(Default)]
struct Written {
    schools: HashSet<i64>,
    inspections: HashSet<i64>,
    links: HashSet<i64>,
    results: HashSet<i64>,
}

impl Merging {
    pub(super) async fn new(tx: &mut Tx, source: i64, weights: HashMap<i64, Weight>) -> Result<Self> {
        Ok(Self {
            source,
            weights,
            empty: store::empty(tx).await?,
            written: Written::default(),
            seen: HashSet::new(),
            schools: Counts::default(),
            inspections: Counts::default(),
            repeated: 0,
            links: Counts::default(),
            results: Counts::default(),
            touched: false,
        })
    }

    /// True where anything was written.
    pub(super) fn touched(&self) -> bool {
        self.touched
    }

    pub(super) fn report(&self, report: &mut ImportReport) {
        report.schools = self.schools;
        report.inspections = self.inspections;
        report.repeated = self.repeated;
        report.links = self.links;
        report.results = self.results;
    }

    /// Takes over what a chunk of rows says.
    pub(super) async fn take(&mut self, desk: &mut Desk, leave: &MayImport, records: Vec<Record>) -> Result<()> {
        let (mut schools, mut sheets, mut links, mut results) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for record in records {
            match record {
                Record::School(sheet) => schools.push(sheet),
                Record::Inspection(sheet) => sheets.push(sheet),
                Record::Link(link) => links.push(link),
                Record::Results(sheet) => results.push(sheet),
            }
        }
        self.schools(desk, leave, schools).await?;
        self.inspections(desk, leave, sheets).await?;
        self.links(desk, leave, links).await?;
        self.results(desk, leave, results).await
    }

    async fn schools(&mut self, desk: &mut Desk, leave: &MayImport, sheets: Vec<SchoolSheet>) -> Result<()> {
        let urns = wanted(sheets.iter().map(|sheet| sheet.urn), self.empty.schools, &self.written.schools);
        let mut known: HashMap<i64, SchoolRow> = HashMap::new();
        for row in store::schools(desk, &urns).await? {
            known.insert(row.urn, row);
        }
        let mut touched: Vec<i64> = Vec::new();
        for sheet in sheets {
            let urn = i64::from(sheet.urn.get());
            let row = known.entry(urn).or_insert_with(|| SchoolRow::new(urn));
            let mut former = Vec::new();
            let each_once = sheet.facts.is_sorted_by(|(one, _), (next, _)| one < next);
            let said = sheet.facts.into_iter().map(|(field, fact)| (Cow::Borrowed(field.key()), fact));
            // Most rows of a first import: nobody has said anything before.
            if row.facts.is_empty() && each_once {
                row.facts = Facts::first(self.source, said);
                self.schools.add(Change::New);
                touched.push(urn);
                continue;
            }
            let weights = &self.weights;
            let (change, dirty) = row.facts.merge(said, self.source, &|by| weight(weights, by), |key, old| {
                if let ("name", Some(name)) = (key, old.text()) {
                    former.push(name.to_owned());
                }
            });
            let renamed = row.add_former(former);
            self.schools.add(change);
            if dirty || renamed {
                touched.push(urn);
            }
        }
        touched.sort_unstable();
        touched.dedup();
        self.touched |= !touched.is_empty();
        self.written.schools.extend(&touched);
        store::write_schools(desk, leave, touched.iter().filter_map(|urn| known.get(urn))).await?;
        Ok(())
    }

    async fn inspections(&mut self, desk: &mut Desk, leave: &MayImport, sheets: Vec<InspectionSheet>) -> Result<()> {
        let urns = wanted(
            sheets.iter().map(|sheet| sheet.urn_at_inspection),
            self.empty.inspections,
            &self.written.inspections,
        );
        let mut known: HashMap<i64, (Vec<Inspection>, Vec<bool>)> = HashMap::new();
        for inspection in store::inspections(desk, &urns).await? {
            let urn = i64::from(inspection.urn_at_inspection.get());
            let (events, dirty) = known.entry(urn).or_default();
            events.push(inspection);
            dirty.push(false);
        }
        let source = SourceId(u32::try_from(self.source).unwrap_or(u32::MAX));
        let as_of = weight(&self.weights, self.source).0;
        let origin = Origin { source, as_of, rank: 0 };
        let mut moved = Vec::new();
        for sheet in sheets {
            let urn = i64::from(sheet.urn_at_inspection.get());
            let (events, dirty) = known.entry(urn).or_default();
            let Some(at) = find_event(events, &sheet) else {
                let (inspection, _) = merge(None, &sheet, origin);
                self.inspections.add(Change::New);
                self.seen.insert(inspection.key());
                events.push(inspection);
                dirty.push(true);
                continue;
            };
            let event = &mut events[at];
            let (merged, change) = merge(Some(event), &sheet, origin);
            match (self.seen.insert(merged.key()), change) {
                (false, _) => self.repeated += 1,
                (true, EventChange::Changed) => self.inspections.add(Change::Changed),
                (true, _) => self.inspections.add(Change::Unchanged),
            }
            if change != EventChange::Unchanged {
                if merged.key() != event.key() {
                    moved.push(event.key());
                }
                *event = merged;
                dirty[at] = true;
            }
        }
        let both = known.values().flat_map(|(events, dirty)| events.iter().zip(dirty));
        let mut dirty: Vec<&Inspection> = both.filter(|(_, dirty)| **dirty).map(|(event, _)| event).collect();
        dirty.sort_by_key(|event| (event.urn_at_inspection, event.start, event.kind));
        self.touched |= !dirty.is_empty();
        self.written.inspections.extend(dirty.iter().map(|event| i64::from(event.urn_at_inspection.get())));
        for key in moved {
            store::forget_inspection(desk, leave, &key).await?;
        }
        store::write_inspections(desk, leave, &dirty).await?;
        Ok(())
    }

    async fn links(&mut self, desk: &mut Desk, leave: &MayImport, links: Vec<Link>) -> Result<()> {
        let urns = wanted(links.iter().map(|link| link.urn), self.empty.links, &self.written.links);
        let mut known: HashMap<(i64, i64, &'static str), LinkRow> = HashMap::new();
        for row in store::links_of(desk, &urns).await? {
            known.insert((row.urn, row.other, row.kind), row);
        }
        let mut dirty = Vec::new();
        for link in links {
            let row = LinkRow::of(&link, self.source);
            match known.entry((row.urn, row.other, row.kind)) {
                Entry::Vacant(place) => {
                    self.links.add(Change::New);
                    dirty.push(place.insert(row).clone());
                }
                Entry::Occupied(mut place) => {
                    let before = place.get();
                    let newer = weight(&self.weights, self.source) >= weight(&self.weights, before.source);
                    // A blank date does not erase one that another file knew.
                    let dated = row.established.is_some() && before.established != row.established;
                    if dated && (newer || before.established.is_none()) {
                        self.links.add(Change::Changed);
                        dirty.retain(|other: &LinkRow| {
                            (other.urn, other.other, other.kind) != (row.urn, row.other, row.kind)
                        });
                        dirty.push(row.clone());
                        place.insert(row);
                    } else {
                        self.links.add(Change::Unchanged);
                    }
                }
            }
        }
        self.touched |= !dirty.is_empty();
        self.written.links.extend(dirty.iter().map(|row| row.urn));
        store::write_links(desk, leave, &dirty).await?;
        Ok(())
    }

    async fn results(&mut self, desk: &mut Desk, leave: &MayImport, sheets: Vec<ResultSheet>) -> Result<()> {
        let urns = wanted(sheets.iter().map(|sheet| sheet.urn), self.empty.results, &self.written.results);
        let mut tables: Vec<(Dataset, String)> =
            sheets.iter().map(|sheet| (sheet.dataset, sheet.period.clone())).collect();
        tables.sort();
        tables.dedup();
        let mut known: HashMap<ResultKey, Facts> = store::results(desk, &urns, &tables).await?.into_iter().collect();
        let mut touched: Vec<ResultKey> = Vec::new();
        for sheet in sheets {
            let key: ResultKey = (i64::from(sheet.urn.get()), sheet.dataset, sheet.period);
            let facts = known.entry(key.clone()).or_default();
            let said = sheet.measures.into_iter().map(|(measure, fact)| (Cow::Owned(measure), fact));
            let weights = &self.weights;
            let (change, dirty) = facts.merge(said, self.source, &|by| weight(weights, by), |_, _| {});
            self.results.add(change);
            if dirty {
                touched.push(key);
            }
        }
        touched.sort();
        touched.dedup();
        self.touched |= !touched.is_empty();
        self.written.results.extend(touched.iter().map(|key| key.0));
        store::write_results(desk, leave, touched.iter().filter_map(|key| Some((key, known.get(key)?)))).await?;
        Ok(())
    }
}

fn weight(weights: &HashMap<i64, Weight>, source: i64) -> Weight {
    weights.get(&source).copied().unwrap_or_default()
}

/// URNs that must be looked up.
fn wanted(urns: impl Iterator<Item = kernel::Urn>, empty: bool, written: &HashSet<i64>) -> Vec<i64> {
    let mut urns: Vec<i64> =
        urns.map(|urn| i64::from(urn.get())).filter(|urn| !empty || written.contains(urn)).collect();
    urns.sort_unstable();
    urns.dedup();
    urns
}
