//! The outside world: files from an address. A trait, the real thing, a fake.

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
}

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
            .max_redirects(5)
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
        let refused = |why: String| FetchError::Refused {
            address: address.to_owned(),
            why,
        };
        let response = self
            .0
            .get(address)
            .call()
            .map_err(|error| refused(error.to_string()))?;
        let body = response
            .into_body()
            .into_with_config()
            .limit(u64::MAX)
            .reader();
        copy(body, to, most, address, refused)
    }
}

/// A world of files for tests.
#[derive(Debug, Clone, Default)]
pub struct FakeFetch(pub HashMap<String, Vec<u8>>);

impl Fetch for FakeFetch {
    fn fetch(&self, address: &str, to: &mut dyn Write, most: u64) -> Result<u64, FetchError> {
        let refused = |why: String| FetchError::Refused {
            address: address.to_owned(),
            why,
        };
        let bytes = self
            .0
            .get(address)
            .ok_or_else(|| refused("404 Not Found".to_owned()))?;
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
        let read = from
            .read(&mut buffer)
            .map_err(|error| refused(error.to_string()))?;
        if read == 0 {
            return Ok(total);
        }
        total += read as u64;
        if total > most {
            return Err(FetchError::TooLarge {
                address: address.to_owned(),
                most,
            });
        }
        to.write_all(&buffer[..read])?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_longer_than_allowed_is_refused() {
        let fake = FakeFetch(HashMap::from([(
            "http://x/a.csv".to_owned(),
            vec![b'x'; 100],
        )]));
        let mut kept = Vec::new();
        assert_eq!(fake.fetch("http://x/a.csv", &mut kept, 100).unwrap(), 100);
        assert!(matches!(
            fake.fetch("http://x/a.csv", &mut Vec::new(), 99),
            Err(FetchError::TooLarge { .. })
        ));
        assert!(fake.fetch("http://x/b.csv", &mut Vec::new(), 99).is_err());
    }

    #[test]
    fn a_path_is_no_address() {
        let error = Http::default()
            .fetch("ftp://x/a.csv", &mut Vec::new(), 9)
            .unwrap_err();
        assert!(error.to_string().contains("https://"));
    }
}
