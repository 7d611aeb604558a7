//! Values of one section, parsed; what does not fit is gathered, so that all of
//! it is told at once.

use super::{
    given::{Given, Problem, Secret, Section},
    keys::{Key, Kind},
};
use std::{net::SocketAddr, path::PathBuf};

/// Reads values of a section by their keys.
pub(crate) struct Reader<'a> {
    section: &'a Section,
    pub(crate) problems: Vec<Problem>,
    /// Every key that was asked for; a test compares it with the table.
    #[cfg(test)]
    pub(crate) asked: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn of(section: &'a Section) -> Self {
        Self {
            section,
            problems: Vec::new(),
            #[cfg(test)]
            asked: Vec::new(),
        }
    }

    /// What was given under a key.
    pub(crate) fn given(&mut self, path: &str) -> Option<&'a Given> {
        #[cfg(test)]
        self.asked.push(path.to_owned());
        self.section.get(path)
    }

    fn parsed<T>(&mut self, path: &str, parse: impl Fn(Kind, &str) -> Option<T>) -> Option<T> {
        let given = self.given(path)?;
        let key = Key::of(path)?;
        let parsed = parse(key.kind, given.text.trim());
        if parsed.is_none() {
            self.problems.push(Problem::value(key, given, &key.kind.expected()));
        }
        parsed
    }

    pub(crate) fn flag(&mut self, path: &str) -> Option<bool> {
        self.parsed(path, |_, text| text.parse().ok())
    }

    pub(crate) fn number(&mut self, path: &str) -> Option<u64> {
        self.parsed(path, |kind, text| {
            let number = text.parse().ok()?;
            match kind {
                Kind::Number(least, most) => (least..=most).contains(&number).then_some(number),
                _ => Some(number),
            }
        })
    }

    pub(crate) fn listen(&mut self, path: &str) -> Option<SocketAddr> {
        self.parsed(path, |_, text| text.parse().ok())
    }

    pub(crate) fn path(&mut self, path: &str) -> Option<PathBuf> {
        self.parsed(path, |_, text| (!text.is_empty()).then(|| PathBuf::from(text)))
    }

    /// Any other value, as the text it is.
    pub(crate) fn text(&mut self, path: &str) -> Option<String> {
        self.parsed(path, |kind, text| fits(kind, text).then(|| text.to_owned()))
    }

    /// What is given itself or by a file; the stronger of the two where both are.
    pub(crate) fn secret(&mut self, path: &str) -> Option<Secret> {
        let file = format!("{path}_file");
        let (here, there) = (self.given(path), self.given(&file));
        if let (Some(here), Some(there)) = (here, there)
            && here.from.strength() == there.from.strength()
        {
            let what = format!("{path} is given, and {file} too; keep one of them");
            self.problems.push(Problem::at(&there.from, what));
            return None;
        }
        let file_wins = match (here, there) {
            (Some(here), Some(there)) => there.from.strength() > here.from.strength(),
            (_, there) => there.is_some(),
        };
        if file_wins { self.path(&file).map(Secret::File) } else { self.text(path).map(Secret::Here) }
    }

    /// Says that a key is missing that others of its section need.
    pub(crate) fn missing(&mut self, path: &str, why: &str) {
        let section = path.split_once('.').map_or("", |(section, _)| section);
        let beside = self.section.iter().find(|(key, _)| key.split_once('.').is_some_and(|(one, _)| one == section));
        let expected = Key::of(path).map_or_else(String::new, |key| key.kind.expected());
        let what = format!("{path} is missing, {why}; expected {expected}");
        self.problems.push(match beside {
            Some((_, given)) => Problem::at(&given.from, what),
            None => Problem::of("the configuration", what),
        });
    }
}

/// Whether a text is what a key takes.
pub(super) fn fits(kind: Kind, text: &str) -> bool {
    let plain = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    match kind {
        Kind::Site => ["https://", "http://"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme))
            .is_some_and(|rest| plain(rest) && !rest.contains(['/', '?', '#', '@'])),
        Kind::Database => {
            let path = text.strip_prefix("sqlite:");
            let server = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://"));
            path.or(server).is_some_and(|rest| !rest.is_empty())
        }
        Kind::Filter => {
            let levels = ["off", "error", "warn", "info", "debug", "trace"];
            let part = |part: &str| match part.split_once('=') {
                None => levels.contains(&part),
                Some((target, level)) => plain(target) && levels.contains(&level),
            };
            text.to_lowercase().split(',').all(|one| part(one.trim()))
        }
        Kind::Word(words) => words.contains(&text),
        Kind::Host => plain(text) && !text.contains(['/', '@']),
        Kind::Networks => text.split(',').all(|one| one.trim().parse::<std::net::IpAddr>().is_ok()),
        Kind::Mailbox => {
            let address = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
            address.split_once('@').is_some_and(|(user, host)| plain(user) && plain(host)) && plain(address)
        }
        Kind::Https => {
            let here = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
            plain(text) && (text.len() > "https://".len() && text.starts_with("https://"))
                || here.iter().any(|one| text.starts_with(one))
        }
        Kind::Text | Kind::Path => !text.is_empty(),
        Kind::Listen | Kind::Flag | Kind::Number(..) => true,
    }
}
