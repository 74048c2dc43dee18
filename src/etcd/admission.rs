//! etcd's own rules on top of Go's: allowed CNs and hostnames, a peer's address against its SANs, revoked serials, and
//! CA files that fail as a whole.
//!
//! `client/pkg/transport/{listener,listener_tls}.go` and `client/pkg/tlsutil/tlsutil.go` in etcd's repository.

use crate::x509::{Certificate, Crl, Go, ParseError, quoted};

/// `--client-cert-allowed-hostname`, `--peer-cert-allowed-cn` and `--peer-cert-allowed-hostname`: lists since etcd 3.6, one
/// value before; CN and hostname exclude each other. Nothing listed admits everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedNames {
    pub common_names: Vec<String>,
    pub hostnames: Vec<String>,
}

impl AllowedNames {
    /// Checks a verified leaf; the error is the text etcd logs.
    pub fn admit(&self, leaf: &Certificate, go: Go) -> Result<(), String> {
        let common_name = leaf.common_name().unwrap_or_default();
        let admitted = if self.hostnames.is_empty() {
            self.common_names.is_empty() || self.common_names.contains(&common_name)
        } else {
            self.hostnames.iter().any(|host| leaf.verify_host(host, go).is_ok())
        };
        if admitted { Ok(()) } else { Err("client certificate authentication failed".into()) }
    }
}

/// What the resolver of the member that was dialled says; an error is its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lookups {
    /// The names of the remote address.
    pub reverse: Option<Result<Vec<String>, String>>,
    /// The addresses of each DNS name in the SANs.
    pub forward: Vec<(String, Result<Vec<String>, String>)>,
}

/// The DNS names that [`check_peer_address`] needs forward lookups of.
pub fn names_to_look_up(leaf: &Certificate) -> Vec<&str> {
    leaf.dns_names().filter(|name| !name.starts_with("*.")).collect()
}

/// By which rule a peer listener admits a dialler's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressRule {
    /// The certificate has no SAN that could be compared.
    NoSan,
    /// The address is listed.
    Address,
    /// A name of the address is listed.
    ReverseName,
    /// A name of the address ends like a listed wildcard.
    SuffixWildcard,
    /// A listed name has the address.
    ForwardName,
}

/// The peer listener's check (`checkCertSAN`) of a peer certificate against the address it came from, without the port.
pub fn check_peer_address(
    leaf: &Certificate,
    remote: &str,
    lookups: &Lookups,
    go: Go,
) -> Result<(), String> {
    peer_address_rule(leaf, remote, lookups, go).map(|_| ())
}

/// The same, with the rule that admits it.
pub fn peer_address_rule(
    leaf: &Certificate,
    remote: &str,
    lookups: &Lookups,
    go: Go,
) -> Result<AddressRule, String> {
    let has_addresses = leaf.addresses().next().is_some();
    let dns_names: Vec<&str> = leaf.dns_names().collect();
    if has_addresses {
        match leaf.verify_host(remote, go) {
            Ok(()) => return Ok(AddressRule::Address),
            Err(mismatch) if dns_names.is_empty() => return Err(mismatch.message),
            Err(_) => {}
        }
    }
    if dns_names.is_empty() {
        return Ok(AddressRule::NoSan);
    }
    let why = match resolves(&dns_names, remote, lookups) {
        Ok(rule) => return Ok(rule),
        Err(Some(error)) => format!(" ({error})"),
        Err(None) => String::new(),
    };
    let names: Vec<String> = dns_names.iter().map(|name| quoted(name.as_bytes())).collect();
    Err(format!(
        "tls: {} does not match any of DNSNames [{}]{why}",
        quoted(remote.as_bytes()),
        names.join(" ")
    ))
}

/// Reverse lookup first, wildcards by suffix; then forward lookups, equal as text. The error is the resolver's last.
fn resolves(
    dns_names: &[&str],
    remote: &str,
    lookups: &Lookups,
) -> Result<AddressRule, Option<String>> {
    let mut error = None;
    match &lookups.reverse {
        Some(Ok(found)) => {
            let listed = |name: &str| {
                dns_names.iter().find_map(|listed| match listed.strip_prefix('*') {
                    Some(suffix) if suffix.starts_with('.') => {
                        name.ends_with(suffix).then_some(AddressRule::SuffixWildcard)
                    }
                    _ => (*listed == name).then_some(AddressRule::ReverseName),
                })
            };
            let mut names = found.iter().map(|name| name.strip_suffix('.').unwrap_or(name));
            if let Some(rule) = names.find_map(listed) {
                return Ok(rule);
            }
        }
        Some(Err(failed)) => error = Some(failed.clone()),
        None => {}
    }
    for (name, answer) in &lookups.forward {
        match answer {
            _ if name.starts_with("*.") || !dns_names.contains(&name.as_str()) => {}
            Ok(addresses) if addresses.iter().any(|address| address == remote) => {
                return Ok(AddressRule::ForwardName);
            }
            Ok(_) => {}
            Err(failed) => error = Some(failed.clone()),
        }
    }
    Err(error)
}

/// Refuses a presented chain if any certificate in it has a revoked serial; who issued it is not looked at.
pub fn check_revocation(crl: &Crl, presented: &[Certificate]) -> Result<(), String> {
    match presented.iter().find(|certificate| crl.revokes(certificate)) {
        Some(revoked) => {
            Err(format!("transport: certificate serial {} revoked", revoked.serial_hex()))
        }
        None => Ok(()),
    }
}

/// The certificates of a CA file, given the content of each PEM block whatever its type; one that does not parse fails
/// the file, and its index is in the error (`NewCertPool`).
pub fn read_ca_file<'a>(
    blocks: impl IntoIterator<Item = &'a [u8]>,
    go: Go,
) -> Result<Vec<Certificate>, (usize, ParseError)> {
    let blocks = blocks.into_iter().enumerate();
    blocks.map(|(index, der)| Certificate::parse(der, go).map_err(|error| (index, error))).collect()
}
