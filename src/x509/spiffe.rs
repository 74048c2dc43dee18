//! SPIFFE IDs and X.509-SVIDs: the rules of the SPIFFE-ID and X509-SVID standards for one certificate.

use super::certificate::{Certificate, KeyUsage, San};
use super::usage::Usage;
use crate::message::{Message, VerdictMessage};

/// `spiffe://trust-domain/path`, well-formed (SPIFFE-ID §2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpiffeId {
    text: String,
    path_at: usize,
}

const SCHEME: &str = "spiffe://";
/// SPIFFE-ID §2.3.
const LONGEST: usize = 2048;
const LONGEST_DOMAIN: usize = 255;

impl SpiffeId {
    /// Reads an ID; the error says which rule it breaks.
    pub fn parse(text: &str) -> Result<Self, VerdictMessage> {
        let refuse = |why: VerdictMessage| {
            let text = format!("{text:?}").into();
            Err(VerdictMessage::NoSpiffeId { text, why: why.into() })
        };
        let Some(rest) = text.strip_prefix(SCHEME) else {
            return refuse(VerdictMessage::SpiffeScheme);
        };
        if text.len() > LONGEST {
            return refuse(VerdictMessage::SpiffeTooLong);
        }
        let (domain, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        let in_domain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
        if domain.is_empty() || domain.len() > LONGEST_DOMAIN || !domain.bytes().all(in_domain) {
            return refuse(VerdictMessage::SpiffeDomain);
        }
        let in_path = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        for segment in path.split('/').skip(1) {
            if segment.is_empty() {
                return refuse(VerdictMessage::SpiffeEmptySegment);
            }
            if matches!(segment, "." | "..") {
                return refuse(VerdictMessage::SpiffeRelativeSegment);
            }
            if !segment.bytes().all(in_path) {
                return refuse(VerdictMessage::SpiffePath);
            }
        }
        Ok(Self { text: text.to_owned(), path_at: SCHEME.len() + domain.len() })
    }

    /// `spiffe://trust-domain`.
    pub fn trust_domain(&self) -> &str {
        &self.text[..self.path_at]
    }

    /// Whether it names a workload and not only a trust domain.
    pub fn has_path(&self) -> bool {
        self.path_at < self.text.len()
    }
}

impl std::fmt::Display for SpiffeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Certificate {
    /// Whether an end-entity certificate is an X.509-SVID for this ID, or of this trust domain where the ID has no path.
    pub fn check_svid(&self, expected: &SpiffeId) -> Result<SpiffeId, Message> {
        let refuse = |why: VerdictMessage| Err(why.into());
        let uris = self.sans.iter().flatten().filter_map(|san| match san {
            San::Uri(uri) => Some(uri),
            _ => None,
        });
        let uris: Vec<&String> = uris.collect();
        let [uri] = uris.as_slice() else {
            return refuse(VerdictMessage::OneUri { count: uris.len().into() });
        };
        let id = SpiffeId::parse(uri).map_err(Message::from)?;
        if !id.has_path() {
            return refuse(VerdictMessage::NoPath { id: id.to_string().into() });
        }
        if self.is_ca() {
            return refuse(VerdictMessage::SvidOfCa);
        }
        let usage = self.key_usage.unwrap_or_default();
        if usage.contains(KeyUsage::KEY_CERT_SIGN) || usage.contains(KeyUsage::CRL_SIGN) {
            return refuse(VerdictMessage::SvidSigns);
        }
        if !usage.contains(KeyUsage::DIGITAL_SIGNATURE) {
            return refuse(VerdictMessage::SvidWithoutSignature);
        }
        if self.extended_key_usage.is_some()
            && !(self.allows(Usage::ServerAuth) && self.allows(Usage::ClientAuth))
        {
            return refuse(VerdictMessage::SvidUsages);
        }
        let fits = if expected.has_path() {
            id == *expected
        } else {
            id.trust_domain() == expected.trust_domain()
        };
        if fits {
            return Ok(id);
        }
        let (id, expected) = (id.to_string().into(), expected.to_string().into());
        refuse(VerdictMessage::OtherId { id, expected })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_well_formed_ids_pass() {
        for good in
            ["spiffe://example.org", "spiffe://example.org/ns/etcd/sa/A_b.c-d", "spiffe://1-2_3"]
        {
            assert_eq!(SpiffeId::parse(good).unwrap().to_string(), good);
        }
        let long = format!("spiffe://a/{}", "b".repeat(2048));
        for bad in [
            "https://example.org/a",
            "SPIFFE://example.org/a",
            "spiffe://",
            "spiffe:///a",
            "spiffe://Example.org/a",
            "spiffe://example.org/",
            "spiffe://example.org//a",
            "spiffe://example.org/a/",
            "spiffe://example.org/a/../b",
            "spiffe://example.org/./a",
            "spiffe://user@example.org/a",
            "spiffe://example.org:443/a",
            "spiffe://example.org/a?b",
            "spiffe://example.org/a#b",
            "spiffe://example.org/a%20b",
            &long,
        ] {
            assert!(SpiffeId::parse(bad).is_err(), "{bad}");
        }
        assert!(!SpiffeId::parse("spiffe://example.org").unwrap().has_path());
    }
}
