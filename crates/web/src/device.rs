//! Where somebody comes from: their browser in words, their network address.

use crate::App;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use std::{convert::Infallible, net::IpAddr};

/// The other end of the connection, put there by [`crate::serve`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Where a request comes from.
#[derive(Debug, Clone)]
pub(crate) struct From {
    /// ‘Firefox on Linux’.
    pub(crate) device: String,
    /// The network address, where it is known.
    pub(crate) network: Option<String>,
}

impl FromRequestParts<App> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
        let network = network(peer, &parts.headers, &app.settings.proxies);
        Ok(Self { device: device(&parts.headers), network })
    }
}

/// The caller's address. A proxy on this machine, or one that the configuration names,
/// says whom it speaks for, and only its own word counts: what stands before it came from
/// the caller.
fn network(peer: Option<IpAddr>, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<String> {
    // An IPv4 caller at a socket that takes both is one address, not another.
    let peer = peer?.to_canonical();
    if !peer.is_loopback() && !proxies.contains(&peer) {
        return Some(peer.to_string());
    }
    let said = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last: IpAddr = said.rsplit(',').next()?.trim().parse().ok()?;
    Some(last.to_string())
}

/// The browser in words, coarse enough not to change with each version.
pub(crate) fn device(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // The first that fits: browsers name each other for compatibility.
    let first =
        |words: &[(&str, &'static str)]| words.iter().find(|(sign, _)| said.contains(sign)).map(|(_, words)| *words);
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "an iPhone"),
        ("iPad", "an iPad"),
        ("Android", "Android"),
        ("CrOS", "a Chromebook"),
        ("Windows", "Windows"),
        ("Mac OS X", "a Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => "A browser or a program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_in_words() {
        let told = |said: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, said.parse().unwrap());
            device(&headers)
        };
        let linux = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(told(linux), "Firefox on Linux");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
        assert_eq!(told(edge), "Edge on Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(told(phone), "Safari on an iPhone");
        assert_eq!(told("<script>"), "A browser or a program");
    }

    #[test]
    fn only_a_proxy_of_this_machine_or_one_that_is_named_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().unwrap());
        let named = ["192.0.2.8".parse().unwrap()];
        let at = |peer: &str| network(peer.parse().ok(), &headers, &named);
        assert_eq!(at("127.0.0.1").as_deref(), Some("198.51.100.7"), "what the proxy itself added");
        assert_eq!(at("192.0.2.1").as_deref(), Some("192.0.2.1"));
        for proxy in ["192.0.2.8", "::ffff:192.0.2.8"] {
            assert_eq!(at(proxy).as_deref(), Some("198.51.100.7"));
        }
        assert_eq!(network("127.0.0.1".parse().ok(), &HeaderMap::new(), &named), None);
        assert_eq!(network(None, &headers, &named), None);
    }
}
