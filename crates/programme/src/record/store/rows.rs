//! Rows on their way in and out.

use crate::record::facts::Facts;
use register::{
    lineage::Link,
    results::Dataset,
    school::{Fact, SchoolField as Field},
};
use store::Value;

/// A school as its row holds it.
pub(in crate::record) struct SchoolRow {
    pub(in crate::record) urn: i64,
    pub(super) former: Vec<String>,
    pub(in crate::record) facts: Facts,
}

impl SchoolRow {
    pub(in crate::record) fn new(urn: i64) -> Self {
        Self { urn, former: Vec::new(), facts: Facts::default() }
    }

    /// Notes names that it had before, each once, and none that it has now;
    /// whether that changed anything.
    pub(in crate::record) fn add_former(&mut self, names: Vec<String>) -> bool {
        let before = self.former.clone();
        self.former.extend(names);
        let now = self.text(Field::Name).unwrap_or_default();
        let mut seen: Vec<String> = vec![now.to_lowercase()];
        self.former.retain(|name| {
            let folded = name.to_lowercase();
            let new = !seen.contains(&folded);
            seen.push(folded);
            new
        });
        self.former != before
    }

    fn fact(&self, field: Field) -> Option<&Fact> {
        self.facts.get(field.key()).map(|(fact, _)| fact)
    }

    fn text(&self, field: Field) -> Option<String> {
        self.fact(field).and_then(Fact::text).map(str::to_owned)
    }

    pub(super) fn values(&self) -> [Value; 20] {
        let whole = |field| Value::from(self.fact(field).and_then(Fact::whole));
        let text = |field| Value::from(self.text(field));
        let place = self.place();
        let name = self.text(Field::Name).unwrap_or_else(|| format!("School {}", self.urn));
        let former = if self.former.is_empty() {
            "[]".to_owned()
        } else {
            serde_json::to_string(&self.former).unwrap_or_default()
        };
        [
            self.urn.into(),
            name.into(),
            former.into(),
            text(Field::Status),
            text(Field::Phase),
            text(Field::Kind),
            whole(Field::LaCode),
            text(Field::LaName),
            whole(Field::EstabNumber),
            text(Field::Town),
            text(Field::Postcode),
            text(Field::Region),
            text(Field::Opened),
            text(Field::Closed),
            whole(Field::Easting),
            whole(Field::Northing),
            place.map(|(latitude, _)| latitude).into(),
            place.map(|(_, longitude)| longitude).into(),
            whole(Field::Pupils),
            self.facts.to_json().into(),
        ]
    }

    /// Latitude and longitude as published, or from the National Grid.
    fn place(&self) -> Option<(f64, f64)> {
        let number = |field| self.fact(field).and_then(Fact::number);
        match (number(Field::Latitude), number(Field::Longitude)) {
            (Some(latitude), Some(longitude)) => Some((latitude, longitude)),
            _ => register::place::from_grid(number(Field::Easting)?, number(Field::Northing)?),
        }
    }
}

/// A link as its row holds it.
#[derive(Clone)]
pub(in crate::record) struct LinkRow {
    pub(in crate::record) urn: i64,
    pub(in crate::record) other: i64,
    pub(in crate::record) kind: &'static str,
    pub(in crate::record) established: Option<String>,
    pub(in crate::record) source: i64,
}

impl LinkRow {
    pub(in crate::record) fn of(link: &Link, source: i64) -> Self {
        Self {
            urn: link.urn.get().into(),
            other: link.other.get().into(),
            kind: link.kind.key(),
            established: link.established.map(|date| date.to_string()),
            source,
        }
    }
}

/// URN, dataset, period.
pub(in crate::record) type ResultKey = (i64, Dataset, String);
