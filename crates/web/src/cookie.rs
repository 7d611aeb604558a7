//! Our cookies. Where browsers come by https, each name begins with `__Host-`,
//! so that no other site of the same domain can set it.

use axum::http::HeaderMap;

/// A cookie of ours. Its value is always a secret in hexadecimal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cookie {
    name: &'static str,
    /// How long a browser keeps it, seconds.
    seconds: u32,
    /// Whether a link from elsewhere carries it. What changes anything is a
    /// POST, which other sites cannot send with it either way.
    same_site: &'static str,
}

/// The session's token. `Lax`, so that a link from a letter arrives signed in.
pub(crate) const SESSION: Cookie = Cookie { name: "aspire_session", seconds: 7 * 24 * 3_600, same_site: "Lax" };

/// Between the first factor and the second.
pub(crate) const HALF: Cookie = Cookie { name: "aspire_half", seconds: 10 * 60, same_site: "Strict" };

/// While a browser is asked for a passkey.
pub(crate) const PASSKEY: Cookie = Cookie { name: "aspire_passkey", seconds: 5 * 60, same_site: "Strict" };

/// While somebody is away at a provider, whose answer comes from elsewhere.
pub(crate) const ELSEWHERE: Cookie = Cookie { name: "aspire_elsewhere", seconds: 15 * 60, same_site: "Lax" };

/// The secret of a letter whose reader went off to sign in.
pub(crate) const INVITATION: Cookie = Cookie { name: "aspire_invitation", seconds: 3_600, same_site: "Lax" };

impl Cookie {
    /// The header's value that sets it.
    pub(crate) fn set(self, https: bool, value: &str) -> String {
        self.header(https, value, self.seconds)
    }

    /// The header's value that makes a browser forget it.
    pub(crate) fn forget(self, https: bool) -> String {
        self.header(https, "", 0)
    }

    fn header(self, https: bool, value: &str, seconds: u32) -> String {
        let (name, secure) = (self.name(https), if https { "; Secure" } else { "" });
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={}{secure}", self.same_site)
    }

    fn name(self, https: bool) -> String {
        format!("{}{}", if https { "__Host-" } else { "" }, self.name)
    }

    /// What the request carries; `None` unless it is hexadecimal.
    pub(crate) fn of(self, https: bool, headers: &HeaderMap) -> Option<String> {
        let wanted = self.name(https);
        headers
            .get_all(axum::http::header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value.to_owned())
            .filter(|value| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_name_and_a_secret_are_taken() {
        let with = |https: bool, text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(axum::http::header::COOKIE, text.parse().unwrap());
            INVITATION.of(https, &headers)
        };
        assert_eq!(with(false, "a=b; aspire_invitation=0a1b; c=d").as_deref(), Some("0a1b"));
        assert_eq!(with(true, "aspire_invitation=0a1b"), None, "another site of the domain could have set it");
        assert_eq!(with(true, "__Host-aspire_invitation=0a1b").as_deref(), Some("0a1b"));
        assert_eq!(with(false, "aspire_invitation=//evil.example"), None);
        assert_eq!(with(false, "aspire_invitation="), None);
    }

    #[test]
    fn over_https_it_is_sent_over_nothing_else() {
        assert_eq!(
            HALF.set(true, "0a"),
            "__Host-aspire_half=0a; Path=/; Max-Age=600; HttpOnly; SameSite=Strict; Secure"
        );
        assert!(!HALF.set(false, "0a").contains("Secure"));
        assert!(HALF.forget(true).contains("Max-Age=0"));
    }
}
