//! The schools that meet a rule, by authority and name: never by severity.

use kernel::words::{figures, long_date};
use programme::need_rule::Met;
use register::public_record::PublicRecord;
use ui::{Details, Link, Table, cells};

/// Up to so many schools are all named at once; of more, one authority's at a time.
const NAMED: usize = 60;

/// A school that meets the rule: authority, name, and why.
pub(super) type InAuthority<'a> = (&'a str, &'a str, &'a Met);

/// How the schools are shown.
pub(super) enum Listed {
    /// There are none.
    None,
    /// All of them, an authority after the other.
    Named(Vec<Details>),
    /// Those of the authority asked for, and the way back to all.
    In(Table, Link),
    /// How many there are in each authority.
    Counted(Table),
}

/// The schools by authority and name; of one authority where one is named.
pub(super) fn by_authority<'a>(record: &'a PublicRecord, met: &'a [Met], authority: &str) -> Vec<InAuthority<'a>> {
    let mut schools: Vec<InAuthority> = met
        .iter()
        .filter_map(|met| {
            let school = record.school(met.urn)?;
            let known = record.authority(school);
            Some((if known.is_empty() { "Authority not known" } else { known }, &*school.name, met))
        })
        .filter(|school| authority.is_empty() || school.0.eq_ignore_ascii_case(authority))
        .collect();
    schools.sort_by(|a, b| (a.0, a.1, a.2.urn).cmp(&(b.0, b.1, b.2.urn)));
    schools
}

/// The schools for the page, `here` being its address without an authority.
pub(super) fn listed(schools: &[InAuthority], authority: &str, here: &str) -> Listed {
    let Some((first, ..)) = schools.first() else { return Listed::None };
    let groups = schools.chunk_by(|a, b| a.0 == b.0);
    if !authority.is_empty() {
        return Listed::In(named(first, schools), Link::new(format!("{here}#schools"), "All authorities"));
    }
    if schools.len() <= NAMED {
        let details = groups.filter_map(|group| {
            let name = group.first()?.0;
            Some(Details::new(format!("{name}: {}", figures(group.len() as u64)), named(name, group)).open())
        });
        return Listed::Named(details.collect());
    }
    let rows = groups.filter_map(|group| {
        let name = group.first()?.0;
        let link = Link::new(format!("{here}&authority={}#schools", super::super::find::encoded(name)), name);
        Some(cells![link, figures(group.len() as u64)])
    });
    Listed::Counted(Table::new("Schools by authority").hidden_caption().head(["Authority", "Schools"]).rows(rows))
}

fn named(authority: &str, schools: &[InAuthority]) -> Table {
    Table::new(format!("Schools in {authority}"))
        .hidden_caption()
        .head(["School", "Since", "Why"])
        .rows(schools.iter().map(|(_, name, met)| {
            cells![Link::new(format!("/schools/{}", met.urn), *name), long_date(met.since), met.reason.clone()]
        }))
        .small()
        .wide()
}
