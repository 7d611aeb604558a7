//! The environment: variables that override keys of the file.

use super::{
    file::like,
    given::{Given, Origin, Section, Values},
    keys::{KEYS, Key},
};
use std::collections::BTreeMap;

/// The environment, passed in so that a test can have its own.
pub(crate) type Env = BTreeMap<String, String>;

/// The variable that names the file.
pub(crate) const CONFIG: &str = "ASPIRE_CONFIG";

/// Variables of ours that are no keys.
const OTHERS: [&str; 3] = [CONFIG, "ASPIRE_ADMIN_EMAIL", "ASPIRE_ADMIN_PASSWORD"];

/// The variables of this process that begin with `ASPIRE_`. An empty one is as
/// one that is not set, because container files like to pass empty ones on.
pub(crate) fn of_process() -> Env {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .filter(|(name, value)| name.starts_with("ASPIRE_") && !value.is_empty())
        .collect()
}

/// Puts the environment over what the file gives.
pub(crate) fn put_over(values: &mut Values, env: &Env) {
    for (name, text) in env {
        let given = || Given { text: text.clone(), from: Origin::Env(name.clone()) };
        if let Some(key) = plain(name) {
            values.plain.insert(key.path, given());
        } else if let Some((id, key)) = provider(name) {
            let same = |section: &&mut Section| section.get("oidc.id").is_some_and(|one| one.text == id);
            match values.providers.iter_mut().find(same) {
                Some(section) => drop(section.insert(key.path, given())),
                None => {
                    let named = Given { text: id, from: Origin::Env(name.clone()) };
                    values.providers.push(Section::from([("oidc.id", named), (key.path, given())]));
                }
            }
        }
    }
}

/// Variables that look like ours and are read by nobody.
pub(crate) fn unknown(env: &Env) -> Vec<String> {
    env.keys()
        .filter(|name| plain(name).is_none() && provider(name).is_none())
        .filter(|name| !OTHERS.contains(&name.as_str()) && !name.starts_with("ASPIRE_TEST_"))
        .map(|name| {
            let known: Vec<String> = KEYS.iter().map(Key::env).collect();
            format!("{name} is set, and nothing reads it{}", like(name, known.iter().map(String::as_str)))
        })
        .collect()
}

fn plain(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.section() != "oidc" && key.env() == name)
}

/// `ASPIRE_OIDC_DFE_SIGN_IN_CLIENT_ID`: the provider ‘dfe-sign-in’ and the key.
/// The longest name of a key that fits is the one that is meant.
fn provider(name: &str) -> Option<(String, &'static Key)> {
    let rest = name.strip_prefix("ASPIRE_OIDC_")?;
    KEYS.iter()
        .filter(|key| key.section() == "oidc" && key.name() != "id")
        .filter_map(|key| {
            let id = rest.strip_suffix(&key.name().to_uppercase())?.strip_suffix('_')?;
            (!id.is_empty()).then(|| (id.to_lowercase().replace('_', "-"), key))
        })
        .max_by_key(|(_, key)| key.name().len())
}
