//! The configuration file: TOML to values with the lines they stand on.

use super::{
    given::{Given, Origin, Problem, Section, Values},
    keys::{KEYS, Key, Kind, SECTIONS},
};
use std::{ops::Range, path::Path};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A file's text with the name under which it is spoken of.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn at(&self, span: Range<usize>) -> Origin {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        Origin::File(self.path.to_owned(), before.iter().filter(|byte| **byte == b'\n').count() + 1)
    }
}

/// Reads `text`, the content of the file at `path`. What cannot be used is told,
/// all of it at once.
pub(crate) fn read(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Values {
    let file = File { path, text };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let place = file.at(error.span().unwrap_or_default());
        problems.push(Problem::at(&place, format!("this is not TOML: {}", error.message().trim())));
    }
    let mut values = Values::default();
    if !errors.is_empty() {
        return values;
    }
    for (name, value) in root.get_ref() {
        let place = file.at(name.span());
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("oidc", DeValue::Array(all)) => {
                for one in all {
                    match one.get_ref() {
                        DeValue::Table(table) => {
                            let mut section = Section::new();
                            read_section(&file, "oidc", table, &mut section, problems);
                            values.providers.push(section);
                        }
                        _ => problems.push(Problem::at(&file.at(one.span()), "oidc is a section, [[oidc]]")),
                    }
                }
            }
            ("oidc", _) => problems.push(Problem::at(&place, "oidc is a list: its section begins with [[oidc]]")),
            (section, DeValue::Table(table)) if SECTIONS.iter().any(|(known, _)| *known == section) => {
                read_section(&file, section, table, &mut values.plain, problems);
            }
            (key, DeValue::Table(_)) if Key::of(key).is_none() => {
                let known = SECTIONS.iter().map(|(section, _)| *section).filter(|section| !section.is_empty());
                let what = format!("there is no section [{key}]{}", like(key, known));
                problems.push(Problem::at(&place, what));
            }
            (key, _) => read_key(&file, "", key, place, value, &mut values.plain, problems),
        }
    }
    values
}

fn read_section(file: &File<'_>, section: &str, table: &DeTable<'_>, into: &mut Section, problems: &mut Vec<Problem>) {
    for (name, value) in table {
        read_key(file, section, name.get_ref(), file.at(name.span()), value, into, problems);
    }
}

fn read_key(
    file: &File<'_>,
    section: &str,
    name: &str,
    place: Origin,
    value: &Spanned<DeValue<'_>>,
    into: &mut Section,
    problems: &mut Vec<Problem>,
) {
    let path = if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") };
    let Some(key) = Key::of(&path) else {
        let known = KEYS.iter().filter(|key| key.section() == section).map(|key| key.path);
        problems.push(Problem::at(&place, format!("there is no key ‘{path}’{}", like(&path, known))));
        return;
    };
    let text = match (key.kind, value.get_ref()) {
        (Kind::Flag, DeValue::Boolean(flag)) => Some(flag.to_string()),
        (Kind::Number(..), DeValue::Integer(number)) if number.radix() == 10 => Some(number.as_str().replace('_', "")),
        (Kind::Flag | Kind::Number(..), _) => None,
        (_, DeValue::String(text)) => Some(text.to_string()),
        _ => None,
    };
    if let Some(text) = text {
        into.insert(key.path, Given { text, from: place });
        return;
    }
    let quoted = !matches!(key.kind, Kind::Flag | Kind::Number(..));
    let how = if quoted { ", in quotation marks" } else { ", without quotation marks" };
    let raw = file.text.get(value.span()).unwrap_or_default();
    let given = Given { text: raw.to_owned(), from: place };
    problems.push(Problem::value(key, &given, &format!("{}{how}", key.kind.expected())));
}

/// ‘; did you mean …’ where something known is spelt nearly the same.
pub(crate) fn like<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|one| (strsim::damerau_levenshtein(word, one), one))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map_or_else(String::new, |(_, one)| format!("; did you mean ‘{one}’?"))
}
