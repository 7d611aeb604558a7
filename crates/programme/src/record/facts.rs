//! Facts with the source that says each: a newer file does not erase what an
//! older one alone knew.

use register::school::{Fact, SchoolField, State};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};
use std::{borrow::Cow, marker::PhantomData};

/// How much a source weighs against another: the later its facts stood, the
/// more; of two of the same day, the one imported later. Whatever its age, a
/// source that says ‘not recorded’ weighs less than one that knows.
pub type Weight = (kernel::Date, i64);

/// Facts by the id of the source that says them. Stored as JSON,
/// `{"3":{"name":"Headcorn Primary School","pupils":208}}`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts(Vec<(i64, Said)>);

/// What one source says: facts by their short names.
type Said = Vec<(Cow<'static, str>, Fact)>;

/// What merging did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The thing was not known before.
    New,
    /// A fact has another value now.
    Changed,
    /// All values are as they were.
    Unchanged,
}

impl Facts {
    /// What one source says of something of which nobody has said anything yet;
    /// no two facts may have one key.
    pub fn first(source: i64, said: impl Iterator<Item = (Cow<'static, str>, Fact)>) -> Self {
        let facts: Said = said.collect();
        Self(if facts.is_empty() { Vec::new() } else { vec![(source, facts)] })
    }

    /// True where nobody has said anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes over what `source` says, where nobody who weighs more says otherwise.
    /// A value that was said before and is replaced goes to `replaced`. Also says
    /// whether anything at all was touched: a value that stays may have a newer
    /// source now.
    pub fn merge(
        &mut self,
        said: impl IntoIterator<Item = (Cow<'static, str>, Fact)>,
        source: i64,
        weight: &dyn Fn(i64) -> Weight,
        mut replaced: impl FnMut(&str, &Fact),
    ) -> (Change, bool) {
        let was_empty = self.0.is_empty();
        let own = weight(source);
        let (mut change, mut touched) = (Change::Unchanged, false);
        for (key, fact) in said {
            let known =
                self.0.iter().enumerate().find_map(|(group, (by, facts))| {
                    facts.iter().position(|(k, _)| *k == key).map(|at| (group, at, *by))
                });
            if let Some((group, at, by)) = known {
                let known = &self.0[group].1[at].1;
                if (is_known(known), weight(by)) > (is_known(&fact), own) {
                    // An older file may still tell what it was called before.
                    if self.0[group].1[at].1 != fact {
                        replaced(&key, &fact);
                    }
                    continue;
                }
                let (_, old) = &self.0[group].1[at];
                if *old != fact {
                    replaced(&key, old);
                    change = Change::Changed;
                }
                if by == source {
                    touched |= self.0[group].1[at].1 != fact;
                    self.0[group].1[at].1 = fact;
                    continue;
                }
                self.0[group].1.swap_remove(at);
            } else {
                change = Change::Changed;
            }
            touched = true;
            match self.0.iter_mut().find(|(by, _)| *by == source) {
                Some((_, facts)) => facts.push((key, fact)),
                None => self.0.push((source, vec![(key, fact)])),
            }
        }
        self.0.retain(|(_, facts)| !facts.is_empty());
        (if was_empty { Change::New } else { change }, touched || was_empty)
    }

    /// The fact with this key, and who says it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<(&Fact, i64)> {
        self.0.iter().find_map(|(source, facts)| facts.iter().find(|(k, _)| k == key).map(|(_, fact)| (fact, *source)))
    }

    /// All facts with their source, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact, i64)> {
        self.0.iter().flat_map(|(source, facts)| facts.iter().map(move |(key, fact)| (key.as_ref(), fact, *source)))
    }

    /// As the database keeps it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = Vec::with_capacity(self.0.iter().map(|(_, facts)| 16 + facts.len() * 32).sum());
        out.push(b'{');
        for (at, (source, facts)) in self.0.iter().enumerate() {
            out.extend_from_slice(if at == 0 { b"\"" } else { b",\"" });
            push_json(&mut out, source);
            out.extend_from_slice(b"\":{");
            for (at, (key, fact)) in facts.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                push_text(&mut out, key.as_ref());
                out.push(b':');
                match fact {
                    Fact::Text(text) => push_text(&mut out, text),
                    other => push_json(&mut out, other),
                }
            }
            out.push(b'}');
        }
        out.push(b'}');
        String::from_utf8(out).unwrap_or_default()
    }

    /// From what the database keeps.
    ///
    /// # Errors
    /// What serde has against the text.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(|Groups(groups)| Self(groups))
    }
}

/// Facts by source, in the order in which they stand in the text.
struct Groups(Vec<(i64, Said)>);

impl<'de> Deserialize<'de> for Groups {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let groups = deserializer.deserialize_map(Pairs(PhantomData::<(String, Group)>))?;
        let numbered = groups.into_iter().map(|(source, Group(facts))| Some((source.parse().ok()?, facts)));
        numbered.collect::<Option<_>>().map(Groups).ok_or_else(|| de::Error::custom("a source’s id is a number"))
    }
}

struct Group(Said);

impl<'de> Deserialize<'de> for Group {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let facts = deserializer.deserialize_map(Pairs(PhantomData::<(String, Fact)>))?;
        Ok(Self(facts.into_iter().map(|(key, fact)| (kept(key), fact)).collect()))
    }
}

/// A school's field has its name already; only a measure's is kept as it came.
fn kept(key: String) -> Cow<'static, str> {
    SchoolField::from_key(&key).map_or(Cow::Owned(key), |field| Cow::Borrowed(field.key()))
}

/// A map as the list of its pairs.
struct Pairs<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Pairs<K, V> {
    type Value = Vec<(K, V)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(32);
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

fn is_known(fact: &Fact) -> bool {
    !matches!(fact, Fact::State { state: State::NotCollected, .. })
}

/// Text as JSON; most texts have nothing in them that JSON writes otherwise.
fn push_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        push_json(out, text);
    }
}

fn push_json(out: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) {
    // Writing text and numbers into memory cannot fail.
    let _ = serde_json::to_writer(out, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn said(facts: &[(&'static str, &str)]) -> Vec<(Cow<'static, str>, Fact)> {
        facts.iter().map(|(key, value)| (Cow::Borrowed(*key), Fact::Text((*value).to_owned()))).collect()
    }

    /// Sources 1 (2020), 2 (2024) and 3 (2022).
    fn weight(source: i64) -> Weight {
        (
            date(
                match source {
                    1 => 2020,
                    2 => 2024,
                    _ => 2022,
                },
                1,
                1,
            ),
            source,
        )
    }

    #[test]
    fn a_newer_source_wins_and_an_older_one_fills_gaps() {
        let mut facts = Facts::default();
        let none = |_: &str, _: &Fact| {};
        assert_eq!(facts.merge(said(&[("name", "Old"), ("town", "Hove")]), 1, &weight, none).0, Change::New);
        let mut gone = Vec::new();
        let change = facts.merge(said(&[("name", "New")]), 2, &weight, |key, old| gone.push(format!("{key} {old:?}")));
        assert_eq!((change.0, gone.len()), (Change::Changed, 1));
        assert_eq!(
            facts.merge(said(&[("name", "Middle"), ("town", "Hove")]), 3, &weight, none),
            (Change::Unchanged, true)
        );
        assert_eq!(facts.get("name"), Some((&Fact::Text("New".into()), 2)));
        assert_eq!(facts.get("town"), Some((&Fact::Text("Hove".into()), 3)), "who said it last");
    }

    #[test]
    fn the_order_of_imports_does_not_matter() {
        let files: [(i64, &[(&str, &str)]); 3] =
            [(1, &[("a", "1"), ("b", "1"), ("c", "1")]), (2, &[("a", "2")]), (3, &[("a", "3"), ("b", "3")])];
        let merged = |order: [usize; 3]| {
            let mut facts = Facts::default();
            for at in order {
                facts.merge(said(files[at].1), files[at].0, &weight, |_, _| {});
            }
            let mut all: Vec<_> = facts.iter().map(|(k, f, s)| format!("{k} {f:?} {s}")).collect();
            all.sort();
            all
        };
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            assert_eq!(merged([0, 1, 2]), merged(order));
        }
    }

    #[test]
    fn not_recorded_erases_nothing() {
        let blank = || Fact::State { state: State::NotCollected, marker: "Not recorded".into() };
        let mut facts = Facts::default();
        facts.merge(said(&[("religion", "Methodist")]), 1, &weight, |_, _| {});
        facts.merge([(Cow::Borrowed("religion"), blank())], 2, &weight, |_, _| {});
        assert_eq!(facts.get("religion"), Some((&Fact::Text("Methodist".into()), 1)));
        let mut facts = Facts::default();
        facts.merge([(Cow::Borrowed("religion"), blank())], 2, &weight, |_, _| {});
        facts.merge(said(&[("religion", "Methodist")]), 1, &weight, |_, _| {});
        assert_eq!(facts.get("religion"), Some((&Fact::Text("Methodist".into()), 1)));
    }

    #[test]
    fn the_first_to_speak_is_merged_like_any_other() {
        let all = || said(&[("name", "St James’ \"CE\" \\ Hove\n"), ("town", "")]);
        let mut merged = Facts::default();
        merged.merge(all(), 3, &weight, |_, _| {});
        let first = Facts::first(3, all().into_iter());
        assert_eq!(first, merged);
        assert_eq!(Facts::from_json(&first.to_json()).unwrap(), merged);
        assert!(Facts::first(3, std::iter::empty()).is_empty());
    }

    #[test]
    fn json_comes_back() {
        let mut facts = Facts::default();
        facts.merge(said(&[("name", "St James’ \"CE\"")]), 3, &weight, |_, _| {});
        facts.merge([(Cow::Borrowed("pupils"), Fact::Whole(208))], 1, &weight, |_, _| {});
        assert_eq!(Facts::from_json(&facts.to_json()).unwrap().get("pupils"), Some((&Fact::Whole(208), 1)));
        assert_eq!(Facts::from_json(&facts.to_json()).unwrap().get("name"), facts.get("name"));
    }
}
