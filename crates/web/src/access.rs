//! Who may use which route: the table that `aspire access` prints.

use crate::routes::ROUTES;
use programme::{rights::Reach, who::Role};
use std::fmt::Write as _;

/// One method of one path, and how far each role reaches there.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The method.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// Anybody may use it.
    pub public: bool,
    /// The name of the right that its handler asks for.
    pub right: &'static str,
    /// How far each role reaches.
    pub roles: Vec<(Role, Reach)>,
}

/// Every method of every path, by path, then method.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let mut all: Vec<Entry> = ROUTES
        .iter()
        .flat_map(|route| {
            route.methods.split(' ').map(|method| Entry {
                method,
                path: route.path,
                public: route.right.public,
                right: route.right.name,
                roles: Role::ALL.iter().map(|role| (*role, route.right.reach(*role))).collect(),
            })
        })
        .collect();
    all.sort_by_key(|entry| (entry.path, entry.method));
    all
}

/// The table as JSON.
#[must_use]
pub fn json() -> String {
    let all: Vec<serde_json::Value> = entries()
        .iter()
        .map(|entry| {
            let roles: serde_json::Map<String, serde_json::Value> =
                entry.roles.iter().map(|(role, reach)| (role.key().to_owned(), reach.key().into())).collect();
            serde_json::json!({"method": entry.method, "path": entry.path, "public": entry.public, "roles": roles})
        })
        .collect();
    format!("{:#}", serde_json::Value::Array(all))
}

/// The table as docs/access.md holds it: rows of roles that reach alike are one word.
#[must_use]
pub fn table() -> String {
    let mut text = String::from(
        "# Who may use which address\n\n\
         What the program itself says: `aspire access` prints this page, `aspire access --json` the same as JSON.\n\n\
         *All* is everywhere in the installation. *Own* is where the role is held: one’s school, one’s programme \
         and the schools that take part in it, the schools one accompanies, one’s own account, and what was \
         released to one. Whoever may not gets the same answer as if there were nothing at that address.\n\n\
         | Method | Address | Right | All | Own |\n|---|---|---|---|---|\n",
    );
    for entry in entries() {
        let (all, own) = match entry.right {
            _ if entry.public => ("anyone".to_owned(), String::new()),
            _ => (names(&entry, Reach::All), names(&entry, Reach::Own)),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} | `{}` | {} | {all} | {own} |", entry.method, entry.path, entry.right);
    }
    text
}

fn names(entry: &Entry, reach: Reach) -> String {
    let those: Vec<Role> = entry.roles.iter().filter(|(_, one)| *one == reach).map(|(role, _)| *role).collect();
    if those.len() == Role::ALL.len() {
        return "whoever is signed in".to_owned();
    }
    those.iter().map(|role| role.words()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_method_of_a_path_stands_once() {
        let all = entries();
        for (at, entry) in all.iter().enumerate() {
            assert!(["GET", "POST"].contains(&entry.method), "{entry:?}");
            let twice = all[at + 1..].iter().any(|other| (other.method, other.path) == (entry.method, entry.path));
            assert!(!twice, "{} {} stands twice", entry.method, entry.path);
        }
    }

    #[test]
    fn the_json_names_every_role() {
        let all: serde_json::Value = serde_json::from_str(&json()).unwrap();
        let start = all.as_array().unwrap().iter().find(|one| one["path"] == "/start").unwrap();
        assert_eq!(start["roles"].as_object().unwrap().len(), Role::ALL.len());
        assert_eq!((&start["roles"]["teacher"], &start["public"]), (&"own".into(), &false.into()));
    }
}
