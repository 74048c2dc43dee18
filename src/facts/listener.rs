//! Where a configured etcd listens and what it advertises, and whether an endpoint is one of these.

use crate::{
    etcd::ListenerOptions,
    observation::{EndpointSeen, endpoint::Parts},
};

use super::Settings;

/// What etcd takes for an option of URLs that is not set (`server/embed/config.go`, `NewConfig`).
const DEFAULTS: [(&str, &str); 4] = [
    ("listen-client-urls", "http://localhost:2379"),
    ("advertise-client-urls", "http://localhost:2379"),
    ("listen-peer-urls", "http://localhost:2380"),
    ("initial-advertise-peer-urls", "http://localhost:2380"),
];

/// A URL of etcd's configuration, in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener<'a> {
    /// As written.
    pub url: &'a str,
    /// `http` or `https`; `unix` and `unixs` for sockets.
    pub scheme: &'a str,
    /// The host without brackets.
    pub host: &'a str,
    /// The port; `None` when there is none, or it is no number.
    pub port: Option<u16>,
}

/// A member of the cluster as `--initial-cluster` lists it: its name, and one of its peer URLs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// Its `--name`.
    pub name: &'a str,
    /// Where its peers dial it.
    pub url: Listener<'a>,
}

impl<'a> Listener<'a> {
    /// Splits a URL; `None` without a scheme.
    pub fn parse(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let authority = rest.split('/').next().unwrap_or_default();
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port.parse().ok()),
            _ => (authority, None),
        };
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        Some(Self { url, scheme, host, port })
    }

    /// Whether TLS is spoken there.
    pub fn is_tls(&self) -> bool {
        matches!(self.scheme, "https" | "unixs")
    }

    /// Host and port as in an endpoint, `[::1]:2379` for one.
    pub fn authority(&self) -> String {
        let host =
            if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.to_owned() };
        self.port.map_or(host.clone(), |port| format!("{host}:{port}"))
    }

    /// Whether it means every address of the machine.
    pub fn is_everywhere(&self) -> bool {
        matches!(self.host, "0.0.0.0" | "::" | "")
    }

    /// Whether another URL leads here, as it is written.
    pub fn is_reached_by(&self, url: &Self) -> bool {
        self.port == url.port && self.is_tls() == url.is_tls() && self.is_at_host(url)
    }

    /// Whether this is listened to at the host of another URL.
    pub fn is_at_host(&self, url: &Self) -> bool {
        self.is_everywhere()
            || self.host.eq_ignore_ascii_case(url.host)
            || (is_localhost(self.host) && is_localhost(url.host))
    }

    /// Whether dialling these parts, on the machine that listens, leads here.
    fn is_dialled_by(&self, parts: &Parts) -> bool {
        let same_host = parts.host.eq_ignore_ascii_case(self.host)
            || self.is_everywhere()
            || (is_localhost(self.host) && is_localhost(&parts.host));
        self.port == Some(parts.port) && same_host && !parts.unix
    }
}

impl<'a> Settings<'a> {
    /// The URLs of an option, etcd's default where it is not set.
    pub fn urls(&self, name: &str) -> Vec<Listener<'a>> {
        if self.names(name) {
            return self.list(name).into_iter().filter_map(Listener::parse).collect();
        }
        let default = DEFAULTS.iter().find(|(option, _)| *option == name);
        default.and_then(|(_, url)| Listener::parse(url)).into_iter().collect()
    }

    /// The options of TLS that are set for a listener.
    pub fn tls_options(&self, listener: &ListenerOptions) -> Vec<&'static str> {
        let files = [listener.certificate, listener.key, listener.trusted_ca];
        let files = files.into_iter().filter(|option| self.names(option));
        files.chain(Some(listener.demands).filter(|option| self.is_on(option))).collect()
    }

    /// The URLs at which a listener speaks plaintext over the network, and whether it speaks TLS at others.
    pub fn plain_urls(&self, listener: &ListenerOptions) -> (Vec<Listener<'a>>, bool) {
        let urls = self.urls(listener.listens);
        let speaks_tls = urls.iter().any(Listener::is_tls);
        (urls.into_iter().filter(|url| url.scheme == "http").collect(), speaks_tls)
    }

    /// The members of `--initial-cluster`, one entry for each URL.
    pub fn members(&self) -> Vec<Member<'a>> {
        let listed = self.list("initial-cluster").into_iter();
        let member = |entry: &'a str| {
            let (name, url) = entry.split_once('=')?;
            Some(Member { name, url: Listener::parse(url)? })
        };
        listed.filter_map(member).collect()
    }

    /// Whether an endpoint leads to this etcd, for clients or for peers.
    pub fn is_behind(&self, seen: &EndpointSeen) -> bool {
        let Ok(parts) = &seen.parsed else { return false };
        let options = DEFAULTS.iter().map(|(option, _)| *option);
        let mut set = options.filter(|option| self.names(option)).peekable();
        // A file without any address, the security options alone, speaks of the endpoint that it is given with.
        set.peek().is_none()
            || set.any(|option| self.urls(option).iter().any(|url| url.is_dialled_by(parts)))
    }
}

/// The names of one place; another address of 127.0.0.0/8 is another one.
pub(super) fn is_localhost(host: &str) -> bool {
    ["localhost", "127.0.0.1", "::1"].iter().any(|name| host.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dials(url: &str, host: &str, port: u16) -> bool {
        let parts =
            Parts { tls: true, scheme_given: true, host: host.to_owned(), port, unix: false };
        Listener::parse(url).unwrap().is_dialled_by(&parts)
    }

    #[test]
    fn an_endpoint_is_matched_by_address() {
        assert!(dials("https://10.0.0.1:2379", "10.0.0.1", 2379));
        assert!(dials("https://0.0.0.0:2379", "cp1", 2379));
        assert!(dials("https://[::1]:2379", "localhost", 2379));
        assert!(!dials("https://127.0.0.1:2379", "127.0.0.2", 2379));
        assert!(!dials("https://10.0.0.1:2379", "10.0.0.2", 2379));
        assert!(!dials("https://10.0.0.1:2379", "10.0.0.1", 2380));
        assert_eq!(Listener::parse("https://[::1]").unwrap().host, "::1");
        assert_eq!(Listener::parse("10.0.0.1:2379"), None);
    }
}
