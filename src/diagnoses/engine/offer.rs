//! Whether what a server offers is enough for etcd's clients: TLS 1.2 or 1.3, HTTP/2 and the suites that it allows. This is no
//! scorecard of a web server.
//!
//! RFC 9113 §9.2.2 and its appendix A; Go's `http2.ConfigureServer` refuses a list of suites without the mandatory one.

use super::OfferNote;
use crate::{
    observation::offer::{NameOffer, OfferSeen, Unreached},
    x509::{Certificate, Go},
};

/// How far an offer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// All that etcd needs, and nothing that it should not have.
    Fit,
    /// All that etcd needs.
    Weak,
    /// Something is missing.
    Unfit,
}

/// What a server offers, judged.
#[derive(Debug)]
pub struct Offer<'a> {
    /// What was seen.
    pub seen: &'a OfferSeen,
    /// The chain as presented, as far as it parses, end-entity first.
    pub chain: Vec<Certificate>,
    /// The verdict.
    pub grade: Grade,
    /// Why, most important first.
    pub notes: Vec<OfferNote>,
}

impl<'a> Offer<'a> {
    /// Judges one server.
    pub fn of(seen: &'a OfferSeen) -> Self {
        let presented = seen.handshake.iter().flat_map(|tls| &tls.chain);
        let chain: Vec<Certificate> =
            presented.map_while(|der| Certificate::parse(&der.0, Go::DEFAULT).ok()).collect();
        let missing = missing(seen);
        let (weak, told) = (weaknesses(seen), remarks(seen, chain.first()));
        let grade = match (missing.is_empty(), weak.is_empty()) {
            (false, _) => Grade::Unfit,
            (true, false) => Grade::Weak,
            (true, true) => Grade::Fit,
        };
        Self { seen, chain, grade, notes: [missing, weak, told].concat() }
    }
}

/// What etcd's clients can't do without.
fn missing(seen: &OfferSeen) -> Vec<OfferNote> {
    let unreached = seen.failure.as_ref().map(|failure| match failure {
        Unreached::Lookup(_) => OfferNote::Unresolved,
        Unreached::Connect(_) => OfferNote::Unreachable,
        Unreached::Plaintext => OfferNote::Plaintext,
        Unreached::NotTls => OfferNote::NotTls,
        Unreached::Silent => OfferNote::Silent,
        Unreached::HungUp => OfferNote::HungUp,
    });
    let unreached = unreached.or(seen.host.is_err().then_some(OfferNote::Unreachable));
    if let Some(note) = unreached {
        return vec![note];
    }
    let modern = || seen.versions.iter().filter(|one| matches!(one.version, "TLSv1.3" | "TLSv1.2"));
    if modern().next().is_none() {
        return vec![OfferNote::NoModernVersion];
    }
    let mut notes = Vec::new();
    if !modern().flat_map(|one| &one.suites).any(|suite| suits_http2(suite)) {
        notes.push(OfferNote::NoHttp2Suite);
    }
    if !seen.alpn.iter().any(|protocol| protocol == "h2") {
        notes.push(OfferNote::NoHttp2);
    }
    notes
}

/// What works, and should not be there, or is missing for some.
fn weaknesses(seen: &OfferSeen) -> Vec<OfferNote> {
    let mut notes = Vec::new();
    let tls12 = seen.versions.iter().find(|one| one.version == "TLSv1.2");
    let mandatory =
        |suite: &String| suite.contains("_ECDHE_") && suite.ends_with("AES_128_GCM_SHA256");
    if tls12.is_some_and(|one| !one.suites.iter().any(mandatory)) {
        notes.push(OfferNote::NoMandatorySuite);
    }
    if seen.versions.iter().any(|one| !matches!(one.version, "TLSv1.3" | "TLSv1.2")) {
        notes.push(OfferNote::OldVersions);
    }
    let broken = |suite: &String| {
        suite.contains("_RC4_") || suite.contains("_3DES_") || suite.starts_with("TLS_RSA_")
    };
    if seen.versions.iter().flat_map(|one| &one.suites).any(broken) {
        notes.push(OfferNote::BrokenSuites);
    }
    notes
}

/// What is worth knowing and changes no grade.
fn remarks(seen: &OfferSeen, leaf: Option<&Certificate>) -> Vec<OfferNote> {
    let mut notes = Vec::new();
    let completed = seen.handshake.as_ref().filter(|tls| tls.version.is_some());
    if completed.is_some_and(|tls| tls.request.is_none()) {
        notes.push(OfferNote::NoClientCertificate);
    }
    let listed =
        |host: &String| leaf.is_none_or(|leaf| leaf.verify_host(host, Go::DEFAULT).is_ok());
    if !seen.host.as_ref().is_ok_and(listed) && leaf.is_some() {
        notes.push(OfferNote::NameNotListed);
    }
    let mut leaves = seen.names.iter().filter_map(|name: &NameOffer| name.leaf.as_ref());
    let first = leaves.next();
    if leaves.any(|leaf| Some(leaf) != first) {
        notes.push(OfferNote::NamesDiffer);
    }
    notes
}

/// Whether HTTP/2 allows a suite: forward secrecy and AEAD.
fn suits_http2(suite: &str) -> bool {
    let modern = !suite.contains("_WITH_");
    let ephemeral = modern || suite.contains("_ECDHE_") || suite.contains("_DHE_");
    ephemeral && ["_GCM_", "_CCM", "_CHACHA20_"].iter().any(|aead| suite.contains(aead))
}

#[cfg(test)]
mod tests {
    use super::suits_http2;

    #[test]
    fn http2_wants_forward_secrecy_and_aead() {
        for suite in [
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8",
        ] {
            assert!(suits_http2(suite), "{suite}");
        }
        for suite in ["TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"] {
            assert!(!suits_http2(suite), "{suite}");
        }
    }
}
