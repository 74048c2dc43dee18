//! Name constraints on finished chains, as Go does it since 1.26: `checkChainConstraints` in `crypto/x509/constraints.go`.
//!
//! It differs from what `constrained` does in order (permitted before excluded, addresses first), in wildcards, which now
//! collide with what is excluded right below them, and in URIs without a host, which no constraint of any kind lets pass.

use super::certificate::{Certificate, San};
use super::constrained::{self, Side, unauthorized};
use super::constraints::{NameConstraints, Subtrees, is_domain};
use super::go::Go;
use super::mailbox::{self, Mailbox};
use super::quote::quoted;
use std::net::IpAddr;

/// Checks the names of every certificate against every constraint above it, leaf first; the error is about the
/// issuer at that index.
pub(super) fn check(chain: &[&Certificate], go: Go) -> Result<(), (usize, String)> {
    for (index, certificate) in chain.iter().enumerate() {
        let Some(sans) = &certificate.sans else { continue };
        let above = chain.iter().enumerate().skip(index + 1);
        let constrained: Vec<(usize, &NameConstraints)> = above
            .filter_map(|(above, issuer)| Some((above, issuer.name_constraints.as_ref()?)))
            .collect();
        let Some((nearest, _)) = constrained.first() else { return Ok(()) };
        let names = Names::read(sans, go).map_err(|why| (*nearest, unauthorized(&why)))?;
        for (issuer, constraints) in &constrained {
            names.check(constraints).map_err(|why| (*issuer, unauthorized(&why)))?;
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

    fn check(&self, issuer: &NameConstraints) -> Result<(), String> {
        for address in &self.addresses {
            let name = address.to_canonical().to_string();
            let matches = |subtrees: &Subtrees| {
                subtrees.ip.iter().find(|range| range.contains(*address)).map(ToString::to_string)
            };
            verdict(
                "IP address",
                &name,
                issuer,
                |subtrees| subtrees.ip.len(),
                |subtrees, _| matches(subtrees),
            )?;
        }
        for name in &self.dns {
            if !name.is_empty() && !is_domain(name.as_bytes()) {
                return Err(format!("x509: cannot parse dnsName {}", quoted(name.as_bytes())));
            }
            let matches = |subtrees: &Subtrees, side| domain(&subtrees.dns, name, side);
            verdict("DNS name", name, issuer, |subtrees| subtrees.dns.len(), matches)?;
        }
        for (uri, host) in &self.uris {
            let matches = |subtrees: &Subtrees, side| domain(&subtrees.uri, host, side);
            verdict("URI", uri, issuer, |subtrees| subtrees.uri.len(), matches)?;
        }
        for (text, mailbox) in &self.mailboxes {
            let matches = |subtrees: &Subtrees, side| email(&subtrees.email, mailbox, side);
            verdict("email address", text, issuer, |subtrees| subtrees.email.len(), matches)?;
        }
        Ok(())
    }
}

/// Permitted first, then excluded; a kind without constraints is free.
fn verdict(
    kind: &str,
    name: &str,
    issuer: &NameConstraints,
    count: impl Fn(&Subtrees) -> usize,
    matches: impl Fn(&Subtrees, Side) -> Option<String>,
) -> Result<(), String> {
    let name = quoted(name.as_bytes());
    if count(&issuer.permitted) > 0 && matches(&issuer.permitted, Side::Permitted).is_none() {
        return Err(format!("{kind} {name} is not permitted by any constraint"));
    }
    match matches(&issuer.excluded, Side::Excluded) {
        Some(constraint) => Err(format!(
            "{kind} {name} is excluded by constraint {}",
            quoted(constraint.as_bytes())
        )),
        None => Ok(()),
    }
}

fn domain(constraints: &[String], name: &str, side: Side) -> Option<String> {
    let below =
        constraints.iter().find(|constraint| constraint.is_empty() || has_suffix(name, constraint));
    let beside = || {
        let (_, rest) =
            name.strip_prefix('*').filter(|_| side == Side::Excluded)?.split_once('.')?;
        constraints.iter().find(|constraint| {
            constraint.split_once('.').is_some_and(|(_, parent)| parent.eq_ignore_ascii_case(rest))
        })
    };
    below.or_else(beside).cloned()
}

/// Whether `constraint` is `name` or an end of it at a dot; its own leading dot demands a label before it.
fn has_suffix(name: &str, constraint: &str) -> bool {
    let Some(at) = name.len().checked_sub(constraint.len()) else { return false };
    let (before, end) = name.as_bytes().split_at(at);
    end.eq_ignore_ascii_case(constraint.as_bytes())
        && (constraint.starts_with('.') || before.is_empty() || before.ends_with(b"."))
}

fn email(constraints: &[String], mailbox: &Mailbox<'_>, side: Side) -> Option<String> {
    let whole = constraints.iter().find(|constraint| {
        constraint.contains('@')
            && mailbox::parse(constraint.as_bytes(), Go::DEFAULT).is_some_and(|wanted| {
                wanted.local == mailbox.local && wanted.domain.eq_ignore_ascii_case(mailbox.domain)
            })
    });
    let domains: Vec<String> =
        constraints.iter().filter(|constraint| !constraint.contains('@')).cloned().collect();
    whole.cloned().or_else(|| domain(&domains, &String::from_utf8_lossy(mailbox.domain), side))
}
