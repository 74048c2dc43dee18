//! Name constraints on finished chains, as Go does it since 1.26: `checkChainConstraints` in `crypto/x509/constraints.go`.
//!
//! It differs from what `constrained` does in order (permitted before excluded, addresses first), in wildcards, which now
//! collide with what is excluded right below them, and in URIs without a host, which no constraint of any kind lets pass.

use super::certificate::{Certificate, San};
use super::constrained::{self, unauthorized};
use super::constraints::{IpRange, Subtrees};
use super::domain::reverse_labels;
use super::go::Go;
use super::mailbox::{self, Mailbox};
use super::quote::quoted;
use std::collections::HashMap;
use std::net::IpAddr;

/// Checks the names of every certificate against every constraint above it, leaf first; the error is about the
/// issuer at that index.
pub(super) fn check(chain: &[&Certificate], go: Go) -> Result<(), (usize, String)> {
    let issuers: Vec<Issuer<'_>> = chain
        .iter()
        .enumerate()
        .filter_map(|(index, issuer)| {
            let constraints = issuer.name_constraints.as_ref()?;
            let (permitted, excluded) =
                (Side::new(&constraints.permitted), Side::new(&constraints.excluded));
            Some(Issuer { index, permitted, excluded })
        })
        .collect();
    for (index, certificate) in chain.iter().enumerate() {
        let Some(sans) = &certificate.sans else { continue };
        let mut above = issuers.iter().filter(|issuer| issuer.index > index).peekable();
        let Some(nearest) = above.peek() else { return Ok(()) };
        let names = Names::read(sans, go).map_err(|why| (nearest.index, unauthorized(&why)))?;
        for issuer in above {
            names.check(issuer, go).map_err(|why| (issuer.index, unauthorized(&why)))?;
        }
    }
    Ok(())
}

/// The names of one certificate, in the order in which they are compared.
struct Names<'a> {
    addresses: Vec<IpAddr>,
    dns: Vec<&'a str>,
    /// The URI and its host without the port.
    uris: Vec<(&'a str, String)>,
    mailboxes: Vec<(&'a str, Mailbox<'a>)>,
}

impl<'a> Names<'a> {
    fn read(sans: &'a [San], go: Go) -> Result<Self, String> {
        let mut names = Self {
            addresses: Vec::new(),
            dns: Vec::new(),
            uris: Vec::new(),
            mailboxes: Vec::new(),
        };
        for san in sans {
            match san {
                San::Ip(address) => names.addresses.push(*address),
                San::Dns(name) => names.dns.push(name),
                San::Uri(uri) => names.uris.push((uri, constrained::uri_host(uri)?)),
                San::Email(text) => {
                    let mailbox = mailbox::parse(text.as_bytes(), go);
                    let refused = || format!("cannot parse rfc822Name {}", quoted(text.as_bytes()));
                    names.mailboxes.push((text, mailbox.ok_or_else(refused)?));
                }
                San::Other { .. } => {}
            }
        }
        Ok(names)
    }

    fn check(&self, issuer: &Issuer<'_>, go: Go) -> Result<(), String> {
        for address in &self.addresses {
            let find = |ranges: &[IpRange]| {
                ranges.iter().find(|range| range.contains(*address)).map(ToString::to_string)
            };
            let (permitted, excluded) =
                (&issuer.permitted.subtrees.ip, &issuer.excluded.subtrees.ip);
            let is_permitted = permitted.is_empty() || find(permitted).is_some();
            verdict(
                "IP address",
                &address.to_canonical().to_string(),
                is_permitted,
                find(excluded),
            )?;
        }
        for name in &self.dns {
            if reverse_labels(name.as_bytes(), go).is_none() {
                return Err(format!("x509: cannot parse dnsName {}", quoted(name.as_bytes())));
            }
            let excluded =
                issuer.excluded.dns.find(name).or_else(|| issuer.excluded.dns.beside(name));
            verdict("DNS name", name, issuer.permitted.dns.admits(name), excluded)?;
        }
        for (uri, host) in &self.uris {
            let excluded =
                issuer.excluded.uri.find(host).or_else(|| issuer.excluded.uri.beside(host));
            verdict("URI", uri, issuer.permitted.uri.admits(host), excluded)?;
        }
        for (text, mailbox) in &self.mailboxes {
            let listed = &issuer.permitted.subtrees.email;
            let is_permitted =
                listed.is_empty() || issuer.permitted.find_mailbox(mailbox).is_some();
            verdict("email address", text, is_permitted, issuer.excluded.find_mailbox(mailbox))?;
        }
        Ok(())
    }
}

/// Permitted first, then excluded.
fn verdict(
    kind: &str,
    name: &str,
    is_permitted: bool,
    excluded_by: Option<String>,
) -> Result<(), String> {
    let name = quoted(name.as_bytes());
    if !is_permitted {
        return Err(format!("{kind} {name} is not permitted by any constraint"));
    }
    match excluded_by {
        Some(constraint) => Err(format!(
            "{kind} {name} is excluded by constraint {}",
            quoted(constraint.as_bytes())
        )),
        None => Ok(()),
    }
}

/// The constraints of one CA, arranged so that a name costs as many look-ups as it has labels.
struct Issuer<'a> {
    index: usize,
    permitted: Side<'a>,
    excluded: Side<'a>,
}

struct Side<'a> {
    subtrees: &'a Subtrees,
    dns: Domains<'a>,
    uri: Domains<'a>,
    mail_domains: Domains<'a>,
}

impl<'a> Side<'a> {
    fn new(subtrees: &'a Subtrees) -> Self {
        let whole_domains = subtrees.email.iter().filter(|constraint| !constraint.contains('@'));
        Self {
            subtrees,
            dns: Domains::new(subtrees.dns.iter()),
            uri: Domains::new(subtrees.uri.iter()),
            mail_domains: Domains::new(whole_domains),
        }
    }

    fn find_mailbox(&self, mailbox: &Mailbox<'_>) -> Option<String> {
        let same = |constraint: &&String| {
            mailbox::parse(constraint.as_bytes(), Go::DEFAULT).is_some_and(|wanted| {
                wanted.local == mailbox.local && wanted.domain.eq_ignore_ascii_case(mailbox.domain)
            })
        };
        let mut single = self.subtrees.email.iter().filter(|constraint| constraint.contains('@'));
        let domain = String::from_utf8_lossy(mailbox.domain);
        single.find(same).cloned().or_else(|| self.mail_domains.find(&domain))
    }
}

/// Domain constraints by their text and, for wildcards, by the text after their first label.
struct Domains<'a> {
    by_name: HashMap<String, &'a str>,
    by_parent: HashMap<String, &'a str>,
}

impl<'a> Domains<'a> {
    fn new(constraints: impl Iterator<Item = &'a String>) -> Self {
        let mut domains = Self { by_name: HashMap::new(), by_parent: HashMap::new() };
        for constraint in constraints {
            let lower = constraint.to_ascii_lowercase();
            if let Some((_, parent)) = lower.split_once('.') {
                domains.by_parent.insert(parent.to_owned(), constraint);
            }
            domains.by_name.insert(lower, constraint);
        }
        domains
    }

    fn admits(&self, name: &str) -> bool {
        self.by_name.is_empty() || self.find(name).is_some()
    }

    /// The widest constraint that is the name or an end of it; a leading dot demands a label before it.
    fn find(&self, name: &str) -> Option<String> {
        let lower = name.to_ascii_lowercase();
        let dots = lower.rmatch_indices('.').flat_map(|(dot, _)| [dot + 1, dot]);
        let mut ends =
            std::iter::once(lower.len()).chain(dots).chain([0]).map(|start| &lower[start..]);
        ends.find_map(|end| self.by_name.get(end)).map(ToString::to_string)
    }

    /// A constraint that the wildcard could stand for.
    fn beside(&self, name: &str) -> Option<String> {
        let (_, parent) = name.strip_prefix('*')?.split_once('.')?;
        self.by_parent.get(&parent.to_ascii_lowercase()).map(ToString::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_match_at_labels() {
        let list = ["example.com", ".Sub.org", "a.b.net"].map(str::to_owned);
        let domains = Domains::new(list.iter());
        assert_eq!(domains.find("x.EXAMPLE.com").as_deref(), Some("example.com"));
        assert_eq!(domains.find("x.sub.org").as_deref(), Some(".Sub.org"));
        assert!(domains.find("sub.org").is_none() && domains.find("badexample.com").is_none());
        assert_eq!(domains.beside("*.b.net").as_deref(), Some("a.b.net"));
        assert!(domains.beside("x.b.net").is_none());
        assert!(Domains::new([String::new()].iter()).find("anything").is_some());
    }
}
