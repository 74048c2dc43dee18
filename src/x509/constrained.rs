//! Do the names below a CA keep to its name constraints? `isValid`, `checkNameConstraints` and the `match…Constraint`
//! functions in `crypto/x509/verify.go`.
//!
//! All SANs of all certificates below count, in their order; excluded subtrees before permitted ones.

use super::certificate::{Certificate, San};
use super::constraints::NameConstraints;
use super::domain::reverse_labels;
use super::go::Go;
use super::mailbox::{self, Mailbox};
use super::quote::quoted;
use super::rejection::Reason;
use super::uri;
use std::net::IpAddr;

/// The comparisons that one CA may cost, Go's default for `MaxConstraintComparisions`.
const MAX_COMPARISONS: usize = 250_000;

/// A reason and Go's text.
pub(super) type Refusal = (Reason, String);

/// Checks the names of `below` against what `issuer` allows.
pub(super) fn check(
    issuer: &NameConstraints,
    below: &[&Certificate],
    go: Go,
) -> Result<(), Refusal> {
    let mut check = Check { issuer, comparisons: 0, go };
    let sans = below.iter().filter_map(|certificate| certificate.sans.as_deref()).flatten();
    for san in sans {
        check.name(san)?;
    }
    Ok(())
}

struct Check<'a> {
    issuer: &'a NameConstraints,
    comparisons: usize,
    go: Go,
}

/// Which list a constraint stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Permitted,
    Excluded,
}

/// A comparison, or why the name cannot be compared at all.
type Matched = Result<bool, String>;

impl Check<'_> {
    fn name(&mut self, san: &San) -> Result<(), Refusal> {
        let (permitted, excluded) = (&self.issuer.permitted, &self.issuer.excluded);
        let go = self.go;
        match san {
            San::Email(text) => {
                let Some(mailbox) = mailbox::parse(text.as_bytes(), go) else {
                    return Err(unparsable(r#"rfc822Name {"" ""}"#));
                };
                let matches = |constraint: &String, side| email(&mailbox, constraint, side, go);
                self.subtrees("email address", text, matches, &permitted.email, &excluded.email)
            }
            San::Dns(text) => {
                if reverse_labels(text.as_bytes(), go).is_none() {
                    return Err(unparsable(&format!("dnsName {}", quoted(text.as_bytes()))));
                }
                let matches =
                    |constraint: &String, side| domain(text.as_bytes(), constraint, side, go);
                self.subtrees("DNS name", text, matches, &permitted.dns, &excluded.dns)
            }
            San::Uri(text) => {
                let matches = |constraint: &String, side| {
                    domain(uri_host(text)?.as_bytes(), constraint, side, go)
                };
                self.subtrees("URI", text, matches, &permitted.uri, &excluded.uri)
            }
            San::Ip(address) => {
                let shown = address.to_canonical().to_string();
                self.subtrees(
                    "IP address",
                    &shown,
                    |range, _| Ok(range.contains(*address)),
                    &permitted.ip,
                    &excluded.ip,
                )
            }
            San::Other { .. } => Ok(()),
        }
    }

    fn subtrees<C: std::fmt::Display>(
        &mut self,
        kind: &str,
        name: &str,
        matches: impl Fn(&C, Side) -> Matched,
        permitted: &[C],
        excluded: &[C],
    ) -> Result<(), Refusal> {
        self.count(excluded.len())?;
        let name = quoted(name.as_bytes());
        for constraint in excluded {
            if matches(constraint, Side::Excluded).map_err(refused)? {
                let constraint = quoted(constraint.to_string().as_bytes());
                return Err(refused(format!(
                    "{kind} {name} is excluded by constraint {constraint}"
                )));
            }
        }
        self.count(permitted.len())?;
        for constraint in permitted {
            if matches(constraint, Side::Permitted).map_err(refused)? {
                return Ok(());
            }
        }
        if permitted.is_empty() {
            return Ok(());
        }
        Err(refused(format!("{kind} {name} is not permitted by any constraint")))
    }

    fn count(&mut self, comparisons: usize) -> Result<(), Refusal> {
        self.comparisons += comparisons;
        if self.comparisons > MAX_COMPARISONS {
            // Go has no text of its own for this one.
            return Err((Reason::TooManyConstraints, "x509: unknown error".into()));
        }
        Ok(())
    }
}

fn unparsable(what: &str) -> Refusal {
    (Reason::NameConstraints, format!("x509: cannot parse {what}"))
}

fn refused(detail: impl AsRef<str>) -> Refusal {
    (Reason::NameConstraints, unauthorized(detail.as_ref()))
}

/// Go's text for a name that a CA may not sign for.
pub(super) fn unauthorized(detail: &str) -> String {
    format!(
        "x509: a root or intermediate certificate is not authorized to sign for this name: {detail}"
    )
}

fn email(mailbox: &Mailbox<'_>, constraint: &str, side: Side, go: Go) -> Matched {
    if !constraint.contains('@') {
        return domain(mailbox.domain, constraint, side, go);
    }
    let Some(wanted) = mailbox::parse(constraint.as_bytes(), go) else {
        return Err(format!(
            "x509: internal error: cannot parse constraint {}",
            quoted(constraint.as_bytes())
        ));
    };
    Ok(mailbox.local == wanted.local && mailbox.domain.eq_ignore_ascii_case(wanted.domain))
}

/// The host name of a URI; RFC 5280 wants certificates refused whose URIs have none, or an address in its place.
pub(super) fn uri_host(text: &str) -> Result<String, String> {
    let whole = uri::host(text)?;
    if whole.is_empty() {
        return Err(format!(
            "URI with empty host ({}) cannot be matched against constraints",
            quoted(text.as_bytes())
        ));
    }
    let host =
        if whole.contains(':') && !whole.ends_with(']') { without_port(&whole)? } else { &whole };
    if host.parse::<IpAddr>().is_ok() || host.starts_with('[') && host.ends_with(']') {
        return Err(format!(
            "URI with IP ({}) cannot be matched against constraints",
            quoted(text.as_bytes())
        ));
    }
    Ok(host.to_owned())
}

/// Go's `net.SplitHostPort`, for what `net/url` lets through as a host.
fn without_port(host: &str) -> Result<&str, String> {
    let refused = |why: &str| format!("address {host}: {why}");
    if let Some(bracketed) = host.strip_prefix('[') {
        let end = bracketed.find(']').ok_or_else(|| refused("missing ']' in address"))?;
        return Ok(&bracketed[..end]);
    }
    let (name, _port) = host.rsplit_once(':').ok_or_else(|| refused("missing port in address"))?;
    if name.contains(':') { Err(refused("too many colons in address")) } else { Ok(name) }
}

fn domain(domain: &[u8], constraint: &str, side: Side, go: Go) -> Matched {
    if constraint.is_empty() {
        return Ok(true);
    }
    let cannot =
        |what: &[u8]| format!("x509: internal error: cannot parse domain {}", quoted(what));
    let labels = reverse_labels(domain, go).ok_or_else(|| cannot(domain))?;
    let (suffix, needs_subdomain) = match constraint.strip_prefix('.') {
        Some(rest) => (rest, true),
        None => (constraint, false),
    };
    let suffix = reverse_labels(suffix.as_bytes(), go).ok_or_else(|| cannot(suffix.as_bytes()))?;
    if labels.len() < suffix.len() + usize::from(needs_subdomain) {
        return Ok(false);
    }
    // Go 1.24.11 and 1.25.5 let a wildcard collide with anything excluded that differs in its first label alone.
    let collides =
        side == Side::Excluded && domain.starts_with(b"*") && go.wildcards_meet_exclusions();
    let compared = suffix.len() - usize::from(collides && labels.len() > 1 && !suffix.is_empty());
    Ok(suffix
        .iter()
        .zip(&labels)
        .take(compared)
        .all(|(wanted, label)| wanted.eq_ignore_ascii_case(label)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains() {
        let fits = |name: &str, constraint| {
            domain(name.as_bytes(), constraint, Side::Permitted, Go::DEFAULT).unwrap()
        };
        assert!(
            fits("a.Example.com", "example.com")
                && fits("example.com", "example.com")
                && fits("x", "")
        );
        assert!(fits("a.example.com", ".example.com") && !fits("example.com", ".example.com"));
        assert!(!fits("badexample.com", "example.com"));
        assert!(fits("*.example.com", "example.com") && !fits("*.example.com", "a.example.com"));
    }

    #[test]
    fn uris_need_a_host_name() {
        assert_eq!(uri_host("https://a.example.com:2379/x").as_deref(), Ok("a.example.com"));
        assert!(uri_host("urn:x").unwrap_err().starts_with("URI with empty host"));
        assert!(uri_host("https://[::1]/").unwrap_err().starts_with("URI with IP"));
        assert!(uri_host("https://10.0.0.1:1/").unwrap_err().starts_with("URI with IP"));
    }
}
