//! The outside world: files from an address, and mail. A trait, the real thing, a fake.

pub mod mail;

pub mod oidc;

use std::{
    collections::HashMap,
    io::{Read, Write},
    time::Duration,
};

/// Fetches a file from an address. Blocking: call it where blocking is allowed.
pub trait Fetch: Send + Sync {
    /// Writes what stands at `address` to `to` and returns its length in bytes.
    ///
    /// # Errors
    /// [`FetchError`], in words for the person who gave the address.
    fn fetch(&self, address: &str, to: &mut dyn Write, most: u64) -> Result<u64, FetchError>;

    /// As [`Self::fetch`], but asks nobody whose address is not `allowed`, also
    /// where an allowed one sends us on.
    ///
    /// # Errors
    /// As for [`Self::fetch`].
    fn fetch_only(
        &self,
        address: &str,
        to: &mut dyn Write,
        most: u64,
        allowed: &dyn Fn(&str) -> bool,
    ) -> Result<u64, FetchError> {
        if allowed(address) {
            return self.fetch(address, to, most);
        }
        let why = "files are not fetched from there".to_owned();
        Err(FetchError::Refused { address: address.to_owned(), why })
    }
}

/// How often one may be sent on.
const MOST_REDIRECTS: u32 = 5;

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not an http(s) address.
    #[error("‘{0}’ is no address that starts with https:// or http://")]
    Address(String),
    /// The other side said no or was not reached.
    #[error("{address} could not be fetched: {why}")]
    Refused {
        /// The address.
        address: String,
        /// What was said.
        why: String,
    },
    /// Longer than allowed.
    #[error("the file at {address} is larger than {most} bytes")]
    TooLarge {
        /// The address.
        address: String,
        /// The limit in bytes.
        most: u64,
    },
    /// The file could not be written here.
    #[error("the file could not be kept: {0}")]
    Io(#[from] std::io::Error),
}

/// True for an address that can be fetched rather than opened.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The real thing, over HTTP.
#[derive(Debug, Clone)]
pub struct Http(ureq::Agent);

impl Default for Http {
    fn default() -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_global(Some(Duration::from_secs(600)))
            .max_redirects(MOST_REDIRECTS)
            .user_agent(concat!("Aspire/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(config.into())
    }
}

impl Fetch for Http {
    fn fetch(&self, address: &str, to: &mut dyn Write, most: u64) -> Result<u64, FetchError> {
        if !is_address(address) {
            return Err(FetchError::Address(address.to_owned()));
        }
        let refused = |why: String| FetchError::Refused { address: address.to_owned(), why };
        let response = self.0.get(address).call().map_err(|error| refused(error.to_string()))?;
        let body = response.into_body().into_with_config().limit(u64::MAX).reader();
        copy(body, to, most, address, refused)
    }

    fn fetch_only(
        &self,
        address: &str,
        to: &mut dyn Write,
        most: u64,
        allowed: &dyn Fn(&str) -> bool,
    ) -> Result<u64, FetchError> {
        let refused = |why: &str| FetchError::Refused { address: address.to_owned(), why: why.to_owned() };
        let mut at = address.to_owned();
        for _ in 0..=MOST_REDIRECTS {
            if !is_address(&at) || !allowed(&at) {
                let why = if at == address { String::new() } else { format!("it sends us on to {at}; ") };
                return Err(refused(&format!("{why}files are not fetched from there")));
            }
            // Followed by hand, so that each address is looked at before it is asked.
            let request = self.0.get(&at).config().max_redirects(0).build();
            let response = request.call().map_err(|error| refused(&error.to_string()))?;
            if !response.status().is_redirection() {
                let body = response.into_body().into_with_config().limit(u64::MAX).reader();
                return copy(body, to, most, address, |why| refused(&why));
            }
            let next = response.headers().get("location").and_then(|next| next.to_str().ok());
            at = sent_on(&at, next.ok_or_else(|| refused("it sends us on without saying where"))?);
        }
        Err(refused("it sends us on too often"))
    }
}

/// The address to which `from` sends us on: a whole one, or one on its own site.
fn sent_on(from: &str, next: &str) -> String {
    if next.starts_with('/') && !next.starts_with("//") {
        let site = from.match_indices('/').nth(2).map_or(from, |(at, _)| &from[..at]);
        return format!("{site}{next}");
    }
    next.to_owned()
}

/// A world of files for tests.
#[derive(Debug, Clone, Default)]
pub struct FakeFetch(pub HashMap<String, Vec<u8>>);

impl Fetch for FakeFetch {
    fn fetch(&self, address: &str, to: &mut dyn Write, most: u64) -> Result<u64, FetchError> {
        let refused = |why: String| FetchError::Refused { address: address.to_owned(), why };
        let bytes = self.0.get(address).ok_or_else(|| refused("404 Not Found".to_owned()))?;
        copy(bytes.as_slice(), to, most, address, refused)
    }
}

fn copy(
    mut from: impl Read,
    to: &mut dyn Write,
    most: u64,
    address: &str,
    refused: impl Fn(String) -> FetchError,
) -> Result<u64, FetchError> {
    let mut buffer = vec![0; 64 * 1024];
    let mut total = 0;
    loop {
        let read = from.read(&mut buffer).map_err(|error| refused(error.to_string()))?;
        if read == 0 {
            return Ok(total);
        }
        total += read as u64;
        if total > most {
            return Err(FetchError::TooLarge { address: address.to_owned(), most });
        }
        to.write_all(&buffer[..read])?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_longer_than_allowed_is_refused() {
        let fake = FakeFetch(HashMap::from([("http://x/a.csv".to_owned(), vec![b'x'; 100])]));
        let mut kept = Vec::new();
        assert_eq!(fake.fetch("http://x/a.csv", &mut kept, 100).unwrap(), 100);
        assert!(matches!(fake.fetch("http://x/a.csv", &mut Vec::new(), 99), Err(FetchError::TooLarge { .. })));
        assert!(fake.fetch("http://x/b.csv", &mut Vec::new(), 99).is_err());
    }

    /// A server that answers each path with what stands beside it, for so many requests.
    fn server(answers: &'static [(&str, &str)], requests: usize) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().take(requests).flatten() {
                let mut asked = [0; 2_000];
                let read = stream.read(&mut asked).unwrap();
                let asked = String::from_utf8_lossy(&asked[..read]).into_owned();
                let path = asked.split(' ').nth(1).unwrap_or_default();
                let answer = answers.iter().find(|(known, _)| *known == path).map_or("404 Not Found\r\n", |(_, a)| a);
                let answer = format!("HTTP/1.1 {answer}Connection: close\r\n\r\na,b\n");
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        address
    }

    #[test]
    fn each_address_on_the_way_has_to_be_allowed() {
        let site = server(
            &[
                ("/here", "302 Found\r\nLocation: /there\r\nContent-Length: 4\r\n"),
                ("/there", "200 OK\r\nContent-Length: 4\r\n"),
                ("/away", "302 Found\r\nLocation: http://localhost:1/secret\r\nContent-Length: 4\r\n"),
                ("/round", "302 Found\r\nLocation: /round\r\nContent-Length: 4\r\n"),
            ],
            9,
        );
        let allowed = |address: &str| address.starts_with(&site);
        let fetch =
            |path: &str, kept: &mut Vec<u8>| Http::default().fetch_only(&format!("{site}{path}"), kept, 99, &allowed);
        let mut kept = Vec::new();
        assert_eq!(fetch("/here", &mut kept).unwrap(), 4);
        assert_eq!(kept, b"a,b\n");
        let away = fetch("/away", &mut Vec::new()).unwrap_err().to_string();
        assert!(away.contains("sends us on to http://localhost:1/secret; files are not fetched"), "{away}");
        let round = fetch("/round", &mut Vec::new()).unwrap_err().to_string();
        assert!(round.contains("too often"), "{round}");
        let other = Http::default().fetch_only("http://localhost:1/", &mut Vec::new(), 99, &allowed);
        assert!(other.unwrap_err().to_string().contains("not fetched from there"));
    }

    #[test]
    fn one_is_sent_on_to_a_whole_address_or_the_same_site() {
        assert_eq!(sent_on("https://a.gov.uk/x/y?z", "/b"), "https://a.gov.uk/b");
        assert_eq!(sent_on("https://a.gov.uk", "/b"), "https://a.gov.uk/b");
        assert_eq!(sent_on("https://a.gov.uk/x", "https://b.gov.uk/c"), "https://b.gov.uk/c");
        // Neither is an address then, so neither is asked.
        assert!(!is_address(&sent_on("https://a.gov.uk/x", "//evil.example/c")));
        assert!(!is_address(&sent_on("https://a.gov.uk/x", "c")));
    }

    #[test]
    fn a_path_is_no_address() {
        let error = Http::default().fetch("ftp://x/a.csv", &mut Vec::new(), 9).unwrap_err();
        assert!(error.to_string().contains("https://"));
    }
}
