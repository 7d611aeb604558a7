//! The numbers by which schools are known.

use serde::{Deserialize, Serialize};

/// A school's Unique Reference Number: six digits, given by the register of
/// schools; a school that changes its legal form gets a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Urn(u32);

impl Urn {
    /// The URN with this number, or `None` outside 100000 to 999999.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        (100_000..=999_999)
            .contains(&number)
            .then_some(Self(number))
    }

    /// The number itself.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// True for numbers that were given before September 2005, when the open
    /// record of inspections begins. Numbers are given in order; in the record
    /// of inspections, schools up to 131000 were inspected from its first month.
    #[must_use]
    pub fn given_before_2005(self) -> bool {
        self.0 < 131_000
    }
}

impl std::fmt::Display for Urn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Why a text is no URN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a URN is six digits, such as 118291")]
pub struct NotAUrn;

impl std::str::FromStr for Urn {
    type Err = NotAUrn;

    /// Reads six digits; surrounding blanks are forgiven.
    fn from_str(text: &str) -> Result<Self, NotAUrn> {
        let text = text.trim();
        if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAUrn);
        }
        text.parse().ok().and_then(Self::new).ok_or(NotAUrn)
    }
}

/// A LAESTAB: the authority's code (three digits) and the school's number
/// within it (four digits), often written 850/2345 or 8502345.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LaEstab(u32);

impl LaEstab {
    /// From the authority's code and the establishment's number.
    #[must_use]
    pub fn new(authority: u16, establishment: u16) -> Option<Self> {
        ((100..=999).contains(&authority) && (1..=9999).contains(&establishment))
            .then(|| Self(u32::from(authority) * 10_000 + u32::from(establishment)))
    }

    /// The seven digits as one number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// From the seven digits as one number.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        let authority = u16::try_from(number / 10_000).ok()?;
        let establishment = u16::try_from(number % 10_000).ok()?;
        Self::new(authority, establishment)
    }
}

impl std::fmt::Display for LaEstab {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

/// Why a text is no LAESTAB.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a LAESTAB is seven digits, such as 886/2345")]
pub struct NotALaEstab;

impl std::str::FromStr for LaEstab {
    type Err = NotALaEstab;

    /// Reads `8502345`, `850/2345`, `850-2345` and `850 2345`.
    fn from_str(text: &str) -> Result<Self, NotALaEstab> {
        let digits: String = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, '/' | '-' | ' '))
            .collect();
        if digits.len() != 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotALaEstab);
        }
        digits
            .parse()
            .ok()
            .and_then(Self::from_number)
            .ok_or(NotALaEstab)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_is_six_digits() {
        assert_eq!(" 118291 ".parse::<Urn>().unwrap().get(), 118_291);
        for wrong in [
            "", "1", "11829", "1182910", "ABCDEF", "１18291", "012345", "-11829",
        ] {
            assert!(wrong.parse::<Urn>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_laestab_is_written_in_several_ways() {
        for text in ["8502345", "850/2345", "850-2345", " 850 2345 "] {
            assert_eq!(text.parse::<LaEstab>().unwrap().to_string(), "850/2345");
        }
        assert!("850/234".parse::<LaEstab>().is_err());
        assert!("000/2345".parse::<LaEstab>().is_err());
    }
}
