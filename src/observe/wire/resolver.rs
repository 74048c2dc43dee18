//! What this machine's resolver knows about a dialling member, asked as etcd's peer listener asks its own.
//!
//! Go takes the names of an address from `/etc/hosts` first and asks DNS only where there are none (`net/hosts.go`,
//! `net/lookup_unix.go`); etcd: `client/pkg/transport/listener_tls.go`, `isHostInDNS`.

use std::{net::IpAddr, time::Duration};

use tokio::time::{Instant, timeout_at};

use crate::observe::files::named_file;
use crate::{
    etcd::admission::names_to_look_up,
    observation::{
        Der,
        endpoint::{DiallerSeen, LookupError, NameSeen, ResolverSeen},
    },
    x509::{Certificate, San},
};

/// Asks the resolver for the addresses of names.
pub(crate) async fn look_up_names(names: Vec<String>, timeout: Duration) -> Vec<NameSeen> {
    let deadline = Instant::now() + timeout;
    let look_up = async |name: String| {
        let found = addresses_of(&name, deadline).await;
        NameSeen { name, found }
    };
    futures_util::future::join_all(names.into_iter().map(look_up)).await
}

/// Asks the resolver about members as diallers.
pub(crate) async fn look_up_diallers(
    diallers: Vec<(Certificate, IpAddr)>,
    timeout: Duration,
) -> Vec<DiallerSeen> {
    let deadline = Instant::now() + timeout;
    let look_up = async |(leaf, address): (Certificate, IpAddr)| {
        let resolver = ask(&leaf, address, deadline).await;
        DiallerSeen { certificate: Der(leaf.der), address, resolver }
    };
    futures_util::future::join_all(diallers.into_iter().map(look_up)).await
}

/// Looks up the names of the address that a connection comes from, and the addresses of the certificate's names.
pub(crate) async fn ask(leaf: &Certificate, source: IpAddr, deadline: Instant) -> ResolverSeen {
    let mut seen = ResolverSeen::default();
    let named = |san: &San| matches!(san, San::Dns(_));
    if !leaf.sans.as_ref().is_some_and(|sans| sans.iter().any(named)) {
        return seen;
    }
    let names = tokio::task::spawn_blocking(move || names_of(source));
    seen.reverse = Some(match timeout_at(deadline, names).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => Err(LookupError::Other(error.to_string())),
        Err(_) => Err(LookupError::Timeout),
    });
    for name in names_to_look_up(leaf) {
        seen.forward.push((name.to_owned(), addresses_of(name, deadline).await));
    }
    seen
}

/// The addresses of a name.
pub(crate) async fn addresses_of(
    name: &str,
    deadline: Instant,
) -> Result<Vec<IpAddr>, LookupError> {
    match timeout_at(deadline, tokio::net::lookup_host((name, 0))).await {
        Ok(Ok(sockets)) => Ok(distinct(sockets.map(|socket| socket.ip()))),
        Ok(Err(error)) => Err(LookupError::Other(error.to_string())),
        Err(_) => Err(LookupError::Timeout),
    }
}

fn names_of(address: IpAddr) -> Result<Vec<String>, LookupError> {
    let hosts = named_file::system_text("/etc/hosts");
    let listed = names_in_hosts(&hosts, address);
    if !listed.is_empty() {
        return Ok(listed);
    }
    let name =
        dns_lookup::lookup_addr(&address).map_err(|error| LookupError::Other(error.to_string()))?;
    // Where there is no name, the system gives the address back.
    Ok(if name.parse::<IpAddr>().is_ok() { Vec::new() } else { vec![name] })
}

fn names_in_hosts(hosts: &str, address: IpAddr) -> Vec<String> {
    let line_names = |line: &str| {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let here = words.next().and_then(|first| first.parse::<IpAddr>().ok()) == Some(address);
        words.filter(|_| here).map(str::to_owned).collect::<Vec<_>>()
    };
    hosts.lines().flat_map(line_names).collect()
}

fn distinct(addresses: impl Iterator<Item = IpAddr>) -> Vec<IpAddr> {
    let mut found = Vec::new();
    for address in addresses {
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::names_in_hosts;

    #[test]
    fn every_name_of_an_address_counts() {
        let hosts = "127.0.0.1 localhost\n# 10.0.0.1 x\n10.0.0.1\tm0 m0.internal # first\n\n10.0.0.1 again\n";
        let names = |address: &str| names_in_hosts(hosts, address.parse().unwrap());
        assert_eq!(names("10.0.0.1"), ["m0", "m0.internal", "again"]);
        assert_eq!(names("127.0.0.1"), ["localhost"]);
        assert!(names("10.0.0.2").is_empty());
    }
}
