//! Why a server turned this client's certificate away: one answer out of the certificate, the alert, the list of
//! acceptable CAs, and etcd's settings where they are at hand.
//!
//! The order is that of the server's own checks: the chain (crypto/tls `processCertsFromClient`), then allowed host
//! names and CNs (etcd `client/pkg/transport/listener.go`), then the CRL and the source address after the handshake
//! (`listener_tls.go`).

use super::{Client, Endpoint, Facts, Refusal, Usable};
use crate::{
    etcd::admission::check_revocation,
    observation::endpoint::Purpose,
    x509::{Certificate, Reason, San, Usage},
};

/// What is wrong with a client certificate in the eyes of one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientFault {
    /// None was given.
    NotGiven,
    /// The end-entity certificate has expired.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// Signed with SHA-1 or MD5.
    WeakSignature,
    /// Its EKU (or its CA's) doesn't allow `clientAuth`.
    Usage,
    /// An intermediate between it and an accepted CA was not sent, and lies near by.
    MissingIntermediate,
    /// It does not lead to a CA that the server trusts.
    Untrusted,
    /// Go refuses the chain for another reason, which `trust` can name.
    Chain(Reason),
    /// `--client-cert-allowed-hostname` doesn't admit it.
    HostName,
    /// `allowed-cn` doesn't admit it.
    CommonName,
    /// It is valid by our clock, expired by the server's.
    ServerClock,
    /// It is valid, and the CA that the server still has of it is expired: ours was renewed with its key later.
    ServersCa,
    /// Its serial is in the CRL, or the CRL is the only thing left that closes without an alert.
    Revoked,
    /// The CRL file is missing or unreadable for etcd, which then refuses every certificate.
    CrlMissing,
    /// Its SANs lack our source address, which only peer and metrics listeners check.
    SourceAddress,
}

impl Endpoint<'_> {
    /// What this server holds against the client's certificate; `None` when it doesn't refuse it, when the given
    /// files can't be presented at all, or when it is not etcd that refuses, but something on the way.
    pub fn client_fault(&self, facts: &Facts<'_>) -> Option<ClientFault> {
        *self.fault.get_or_init(|| self.found_fault(facts))
    }

    fn found_fault(&self, facts: &Facts<'_>) -> Option<ClientFault> {
        let refusal = self.refusal()?;
        if self.presented.as_ref().is_some_and(|seen| seen.stands_in_for(facts).is_some()) {
            return None;
        }
        let client = &facts.client;
        match client.usable {
            Usable::NotGiven => return Some(ClientFault::NotGiven),
            Usable::No => return None,
            Usable::Yes => {}
        }
        match refusal {
            Refusal::Closed => Some(after_handshake(self, client, facts)),
            Refusal::Alert(alert) => Some(in_handshake(self, client, facts, alert)),
        }
    }

    /// Whether this server tells causes apart by alert: it answers a missing certificate with `certificate_required`
    /// (Go 1.21 and later under TLS 1.3), so that its `bad_certificate` is neither "unknown" nor "expired".
    pub fn alerts_are_exact(&self) -> Option<bool> {
        let without = self.seen.second(Purpose::WithoutCertificate)?;
        Some(without.alert()? == "certificate_required")
    }
}

impl<'a> Facts<'a> {
    /// The same where clients are judged; among peers other rooms speak of it.
    pub fn clients_refused_for(&self, fault: ClientFault) -> impl Iterator<Item = &Endpoint<'a>> {
        self.refused_for(fault).filter(|_| !self.among_peers())
    }

    /// The endpoints whose servers hold this against the client's certificate.
    pub fn refused_for(&self, fault: ClientFault) -> impl Iterator<Item = &Endpoint<'a>> {
        self.endpoints.iter().filter(move |endpoint| endpoint.client_fault(self) == Some(fault))
    }
}

fn in_handshake(
    endpoint: &Endpoint<'_>,
    client: &Client<'_>,
    facts: &Facts<'_>,
    alert: &str,
) -> ClientFault {
    let Some(leaf) = client.leaf() else { return ClientFault::Untrusted };
    if leaf.not_after < facts.now() {
        return ClientFault::Expired;
    }
    if leaf.not_before > facts.now() {
        return ClientFault::NotYetValid;
    }
    let listed = client.issuer_is_listed(endpoint);
    let near = || {
        if client.completed_by(endpoint, facts).is_some() {
            ClientFault::MissingIntermediate
        } else {
            ClientFault::Untrusted
        }
    };
    let verdict = facts.client_verdict();
    let reason = verdict.and_then(|verdict| Some(verdict.blamed.as_ref()?.rejection.reason));
    if verdict.is_some_and(|verdict| verdict.by_servers_cas) {
        match reason {
            Some(Reason::IncompatibleUsage) => return ClientFault::Usage,
            Some(Reason::InsecureAlgorithm) => return ClientFault::WeakSignature,
            Some(Reason::UnknownAuthority | Reason::BadSignature) => return near(),
            Some(other) => return ClientFault::Chain(other),
            None => {}
        }
    } else if !leaf.allows(Usage::ClientAuth) {
        return ClientFault::Usage;
    } else if sent_weak(client) {
        return ClientFault::WeakSignature;
    } else if listed == Some(false) {
        return near();
    } else if let Some(reason) = reason.filter(|reason| tells(*reason)) {
        return ClientFault::Chain(reason);
    }
    let allowed = facts.allowed_names();
    if allowed.admit(leaf, facts.go).is_err() {
        let by_host = !allowed.hostnames.is_empty();
        return if by_host { ClientFault::HostName } else { ClientFault::CommonName };
    }
    match alert {
        "certificate_expired"
            if is_within_by_far(leaf, facts) && client.renewed_issuer(&facts.anchors).is_some() =>
        {
            ClientFault::ServersCa
        }
        "certificate_expired" => ClientFault::ServerClock,
        "bad_certificate" if facts.among_peers() && is_trusted_here(endpoint, client, facts) => {
            unlike_the_member(endpoint, leaf, facts)
        }
        "bad_certificate" | "access_denied" if endpoint.alerts_are_exact() == Some(true) => {
            ClientFault::HostName
        }
        _ => ClientFault::Untrusted,
    }
}

/// Whether no clock that anybody would bear puts a certificate outside its validity.
fn is_within_by_far(leaf: &Certificate, facts: &Facts<'_>) -> bool {
    const BEHIND: time::Duration = time::Duration::days(1);
    const AHEAD: time::Duration = time::Duration::days(30);
    facts.now() - leaf.not_before > BEHIND && leaf.not_after - facts.now() > AHEAD
}

/// Whether a peer's chain is good by every rule that can be looked at from here: the CA that peers share made it.
fn is_trusted_here(endpoint: &Endpoint<'_>, client: &Client<'_>, facts: &Facts<'_>) -> bool {
    let verdict = client.verdict_against(&facts.anchors.certificates, facts);
    verdict.is_some_and(|verdict| verdict.outcome.is_ok())
        && client.issuer_is_listed(endpoint) == Some(true)
        && endpoint.presented.as_ref().is_some_and(|presented| presented.is_trusted())
}

/// Which name a member misses in a certificate without any other fault. Both sides of a connection are held to the same
/// names, so its own certificate has what it wants: where the common names are equal, it wants a SAN.
fn unlike_the_member(
    endpoint: &Endpoint<'_>,
    leaf: &Certificate,
    facts: &Facts<'_>,
) -> ClientFault {
    let member = endpoint.presented.as_ref().and_then(|presented| presented.leaf());
    let same_name = member.is_some_and(|member| member.common_name() == leaf.common_name());
    let listed = |name: &San| match name {
        San::Dns(name) => leaf.verify_host(name, facts.go).is_ok(),
        San::Ip(address) => leaf.verify_host(&address.to_string(), facts.go).is_ok(),
        _ => true,
    };
    let sans = member.and_then(|member| member.sans.as_ref());
    let same_sans = sans.is_none_or(|sans| sans.iter().all(listed));
    if same_name && !same_sans { ClientFault::HostName } else { ClientFault::CommonName }
}

fn sent_weak(client: &Client<'_>) -> bool {
    client.chain.iter().any(|sent| sent.signature_algorithm.is_insecure() && !sent.is_self_issued())
}

/// Whether a reason why `--cacert` does not lead to the client's certificate counts where the server trusts a CA of that
/// name: an expired CA, a path length, a constraint. That no such CA is at hand says nothing.
fn tells(reason: Reason) -> bool {
    !matches!(reason, Reason::UnknownAuthority | Reason::BadSignature | Reason::NotACa)
}

fn after_handshake(endpoint: &Endpoint<'_>, client: &Client<'_>, facts: &Facts<'_>) -> ClientFault {
    let crl_file = facts.section().crl;
    if facts.settings.get(crl_file).is_some() {
        match facts.settings.crl(crl_file) {
            None => return ClientFault::CrlMissing,
            Some(crl) if check_revocation(&crl, &client.chain).is_err() => {
                return ClientFault::Revoked;
            }
            Some(_) => {}
        }
    }
    let source = endpoint.main().and_then(|main| main.from).map(|from| from.ip());
    let leaf = client.leaf();
    match (source, leaf, leaf.and_then(|leaf| leaf.sans.as_ref())) {
        (Some(source), Some(leaf), _) if facts.among_peers() => {
            match facts.peer_address_verdict(endpoint, leaf, source) {
                Err(_) => ClientFault::SourceAddress,
                Ok(()) => ClientFault::Revoked,
            }
        }
        (Some(source), _, Some(sans)) if !sans.is_empty() && !names_cover(sans, source) => {
            ClientFault::SourceAddress
        }
        // etcd 3.6 reads DER alone (`x509.ParseRevocationList`), where `x509.ParseCRL` of 3.5 took PEM too.
        _ if facts.settings.crl_must_be_der(crl_file) => ClientFault::CrlMissing,
        _ => ClientFault::Revoked,
    }
}

/// Whether SANs could admit a source address, names being given the benefit of the doubt only for loopback, since
/// the server's resolver is not ours.
fn names_cover(sans: &[San], source: std::net::IpAddr) -> bool {
    sans.iter().any(|san| match san {
        San::Ip(address) => address.to_canonical() == source.to_canonical(),
        San::Dns(name) => source.is_loopback() && name.eq_ignore_ascii_case("localhost"),
        _ => false,
    })
}
