//! Which addresses a page may have fetched, and fetching one.
//!
//! The server fetches what a form names, from where the server stands: inside
//! its own network, next to its database and to whatever trusts its address. A
//! form that took any address would lend that place to whoever can send it
//! (server-side request forgery). So from a page only the government's own
//! sites are fetched, over https, on the usual port. The command line, whose
//! user stands there anyway, takes any address.

use crate::{App, error::PageError};
use std::io::Write as _;
use tempfile::TempPath;

/// What the form says of an address that is not fetched from a page.
const ONLY: &str = "Enter an address that starts with https:// on a site that ends in .gov.uk. Files from elsewhere can be chosen above, or imported at the command line";

/// The name of the file at an address that a page may fetch.
///
/// # Errors
/// What the form says, where it may not.
pub(super) fn name_of_allowed(address: &str) -> Result<String, String> {
    let refused = || Err(ONLY.to_owned());
    let Some(rest) = address.strip_prefix("https://") else {
        return refused();
    };
    if address.len() > 2_000
        || !address.chars().all(|c| c.is_ascii_graphic())
        || address.contains('\\')
    {
        return refused();
    }
    let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(at);
    // Letters, digits, hyphens and dots alone: no user, no port, no IPv6.
    let plain = host
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    let government = host
        .to_ascii_lowercase()
        .strip_suffix(".gov.uk")
        .is_some_and(|site| !site.is_empty());
    if !plain || !government || host.split('.').any(str::is_empty) {
        return refused();
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    Ok(if name.is_empty() {
        host.to_owned()
    } else {
        name.chars().take(200).collect()
    })
}

/// Fetches the file at `address`, which [`name_of_allowed`] has allowed; or
/// what the form says where it could not be fetched.
pub(super) async fn fetch(app: &App, address: &str) -> Result<Result<TempPath, String>, PageError> {
    let fetch = app.world.fetch.clone();
    let most = app.settings.largest_upload;
    let address = address.to_owned();
    let unexpected = |error: &dyn std::error::Error| PageError::Unexpected(error.to_string());
    let mut file = tempfile::NamedTempFile::new().map_err(|error| unexpected(&error))?;
    let fetched = tokio::task::spawn_blocking(move || {
        fetch
            .fetch(&address, &mut file, most)
            .map_err(|error| error.to_string())?;
        file.flush()
            .map_err(|error| format!("the file could not be kept: {error}"))?;
        Ok(file.into_temp_path())
    });
    fetched.await.map_err(|error| unexpected(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_government_s_files_are_fetched() {
        for (address, name) in [
            (
                "https://assets.publishing.service.gov.uk/media/1/latest_31_August_2026.csv",
                "latest_31_August_2026.csv",
            ),
            (
                "https://get-information-schools.service.gov.uk/Downloads/a.csv?x=/b#c",
                "a.csv",
            ),
            ("https://WWW.GOV.UK/government/a.xlsx", "a.xlsx"),
            ("https://www.gov.uk", "www.gov.uk"),
        ] {
            assert_eq!(name_of_allowed(address).as_deref(), Ok(name), "{address}");
        }
    }

    #[test]
    fn nothing_else_is() {
        for address in [
            "http://127.0.0.1",
            "https://127.0.0.1/a.csv",
            "http://[::1]",
            "https://[::1]/a.gov.uk",
            "https://gov.uk.evil.example",
            "https://gov.uk.evil.example/a.gov.uk",
            "https://evil.example/?.gov.uk",
            "https://evil.example#.gov.uk",
            "https://evil.example\\.gov.uk",
            "https://user@www.gov.uk/",
            "https://www.gov.uk@127.0.0.1/",
            "https://www.gov.uk:8443/",
            "https://evilgov.uk/",
            "https://.gov.uk/",
            "https://a..gov.uk/",
            "http://www.gov.uk/a.csv",
            "HTTPS://localhost",
            "file:///etc/passwd",
            "https://www.gov.uk /",
            "https://www.gov.uk\u{2215}.evil.example/",
            "",
        ] {
            assert!(name_of_allowed(address).is_err(), "{address}");
        }
    }
}
