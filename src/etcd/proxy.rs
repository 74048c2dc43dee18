//! Which connections of etcd's clients and members go through a proxy.
//!
//! Go's `golang.org/x/net/http/httpproxy` (`useProxy` and `init`). grpc-go asks it for every connection, as if the URL said https
//! (`internal/transport/proxy.go`, `mapAddress`): etcdctl and its Go client from 3.5, kube-apiserver, Calico. etcdctl 3.4 dials by
//! itself. Members ask it about each other's peer URLs (etcd `client/pkg/transport/transport.go`). Tried with 3.4, 3.5 and 3.6.

use std::net::IpAddr;

/// The variables that name a proxy for https and what goes past it, the stronger of each pair first; Go's newest release has the lower
/// case first.
pub const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"];

/// Whether a connection goes past the proxy by the value of `NO_PROXY`.
pub fn is_excepted(no_proxy: &str, host: &str, port: u16) -> bool {
    let host = host.trim().to_ascii_lowercase();
    let address = host.parse::<IpAddr>().ok();
    let is_local = host == "localhost" || address.is_some_and(|ip| ip.to_canonical().is_loopback());
    is_local || no_proxy.split(',').any(|entry| matches(entry, &host, address, port))
}

fn matches(entry: &str, host: &str, address: Option<IpAddr>, port: u16) -> bool {
    let entry = entry.trim().to_ascii_lowercase();
    if entry == "*" {
        return true;
    }
    if let Some((network, bits)) = cidr(&entry) {
        return address.is_some_and(|address| is_within(address, network, bits));
    }
    let (name, wanted) = split_port(&entry);
    let at_port = wanted.is_none_or(|wanted| wanted.is_empty() || wanted == port.to_string());
    if let Ok(ip) = name.parse::<IpAddr>() {
        return at_port && address.is_some_and(|own| own.to_canonical() == ip.to_canonical());
    }
    let name = name.strip_prefix('*').filter(|rest| rest.starts_with('.')).unwrap_or(name);
    let below = |suffix: &str| !suffix.is_empty() && host.ends_with(suffix);
    at_port
        && address.is_none()
        && match name.strip_prefix('.') {
            Some(_) => below(name),
            None => !name.is_empty() && (host == name || below(&format!(".{name}"))),
        }
}

/// `10.0.0.0/8` or `fd00::/8`.
fn cidr(entry: &str) -> Option<(IpAddr, u32)> {
    let (network, bits) = entry.split_once('/')?;
    let (network, bits) = (network.parse::<IpAddr>().ok()?, bits.parse::<u32>().ok()?);
    let most = if network.is_ipv4() { 32 } else { 128 };
    (bits <= most).then_some((network, bits))
}

fn is_within(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    let same =
        |one: u128, other: u128, width: u32| bits == 0 || (one ^ other) >> (width - bits) == 0;
    match (address.to_canonical(), network) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            same(u32::from(one).into(), u32::from(other).into(), 32)
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => same(one.into(), other.into(), 128),
        _ => false,
    }
}

/// Host and port as Go's `net.SplitHostPort` has them; the whole where there is no port.
fn split_port(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        Some((host, port)) if host.starts_with('[') && host.ends_with(']') => {
            (&host[1..host.len() - 1], Some(port))
        }
        Some((host, port)) if !host.contains(':') => (host, Some(port)),
        _ => (entry, None),
    }
}

/// A proxy's URL without the user and password that may stand in it.
pub fn without_login(url: &str) -> String {
    match url.rsplit_once('@') {
        Some((before, host)) => match before.split_once("://") {
            Some((scheme, _)) => format!("{scheme}://{host}"),
            None => host.to_owned(),
        },
        None => url.to_owned(),
    }
}

/// Where grpc-go connects to: the authority of a proxy's URL, in which a scheme may be missing.
pub fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_proxy_names_is_gos() {
        for (no_proxy, host, port, expected) in [
            ("", "etcd-1.corp.example", 2379, false),
            ("", "localhost", 2379, true),
            ("", "127.0.0.2", 2379, true),
            ("", "::1", 2379, true),
            ("*", "10.0.0.1", 2379, true),
            ("a, *", "x", 1, true),
            ("corp.example", "etcd-1.corp.example", 2379, true),
            ("corp.example", "corp.example", 2379, true),
            (".corp.example", "corp.example", 2379, false),
            ("*.corp.example", "etcd-1.corp.example", 2379, true),
            ("CORP.example", "ETCD-1.corp.EXAMPLE", 2379, true),
            ("corp.example:2380", "etcd-1.corp.example", 2379, false),
            ("corp.example:2379", "etcd-1.corp.example", 2379, true),
            ("orp.example", "corp.example", 2379, false),
            ("10.0.0.0/8", "10.1.2.3", 2379, true),
            ("10.0.0.0/8", "11.1.2.3", 2379, false),
            ("0.0.0.0/0", "11.1.2.3", 2379, true),
            ("10.0.0.0/8", "etcd-1.corp.example", 2379, false),
            ("10.0.0.1", "10.0.0.1", 2379, true),
            ("10.0.0.1:2380", "10.0.0.1", 2379, false),
            ("[fd00::1]:2379", "fd00::1", 2379, true),
            ("fd00::/8", "fd12::1", 2379, true),
            ("fd00::1", "fd00::1", 2379, true),
            (" , :80, ", "x", 80, false),
            ("10.*", "10.0.0.1", 2379, false),
        ] {
            assert_eq!(is_excepted(no_proxy, host, port), expected, "{no_proxy} {host}:{port}");
        }
    }

    #[test]
    fn a_login_is_not_kept() {
        assert_eq!(without_login("http://u:p@w@h:3128"), "http://h:3128");
        assert_eq!(without_login("u:p@h:3128"), "h:3128");
        assert_eq!(authority("http://h:3128/"), "h:3128");
        assert_eq!(authority("h:3128"), "h:3128");
    }
}
