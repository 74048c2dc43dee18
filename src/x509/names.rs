//! Does a certificate cover the host that was dialled? Go's `VerifyHostname`, `validHostname` and `matchHostnames`.
//!
//! Only SAN counts, never CN; RFC 6125 with Go's leniencies: any equal text matches, one whole first label may be `*`.

use super::certificate::Certificate;
use super::go::Go;
use super::rejection::{Place, Reason, Rejection};
use crate::message::Value;
use std::net::IpAddr;

impl Certificate {
    /// Go's `VerifyHostname`.
    pub fn verify_host(&self, host: &str, go: Go) -> Result<(), Rejection> {
        let bare = host
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .filter(|inner| !inner.is_empty());
        let candidate = bare.unwrap_or(host);
        if let Ok(address) = candidate.parse::<IpAddr>() {
            let wanted = address.to_canonical();
            let covered = self.addresses().any(|san| san.to_canonical() == wanted);
            return if covered { Ok(()) } else { Err(self.host_mismatch(candidate)) };
        }
        let host_is_valid = is_valid_host(host, go);
        let covered = self.dns_names().any(|san| {
            if host_is_valid && is_valid_pattern(san, go) {
                matches(san, host)
            } else {
                matches_exactly(san, host)
            }
        });
        if covered { Ok(()) } else { Err(self.host_mismatch(host)) }
    }

    /// Go's `HostnameError`, its text included.
    fn host_mismatch(&self, host: &str) -> Rejection {
        let presented = Value::list(self.names_display());
        let message = self.mismatch_message(host);
        Rejection::new(Reason::NameMismatch, Place::Leaf, message).expecting(host, presented)
    }

    fn mismatch_message(&self, host: &str) -> String {
        if self.sans.is_none() && matches(&self.common_name().unwrap_or_default(), host) {
            return "x509: certificate relies on legacy Common Name field, use SANs instead".into();
        }
        let valid = if host.parse::<IpAddr>().is_ok() {
            let addresses: Vec<String> =
                self.addresses().map(|address| address.to_canonical().to_string()).collect();
            if addresses.is_empty() {
                return format!(
                    "x509: cannot validate certificate for {host} because it doesn't contain any IP SANs"
                );
            }
            addresses.join(", ")
        } else {
            self.dns_names().collect::<Vec<_>>().join(", ")
        };
        if valid.is_empty() {
            return format!(
                "x509: certificate is not valid for any names, but wanted to match {host}"
            );
        }
        format!("x509: certificate is valid for {valid}, not {host}")
    }
}

fn is_valid_host(host: &str, go: Go) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    !(host == "*" && go.refuses_bare_wildcard()) && host.split('.').all(is_valid_label)
}

fn is_valid_pattern(pattern: &str, go: Go) -> bool {
    if pattern == "*" {
        return !go.refuses_bare_wildcard();
    }
    pattern
        .split('.')
        .enumerate()
        .all(|(index, label)| index == 0 && label == "*" || is_valid_label(label))
}

fn is_valid_label(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn matches(pattern: &str, host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    if pattern.is_empty() || host.is_empty() {
        return false;
    }
    let mut labels = host.split('.');
    let fit = pattern.split('.').enumerate().all(|(index, label)| {
        labels
            .next()
            .is_some_and(|wanted| index == 0 && label == "*" || label.eq_ignore_ascii_case(wanted))
    });
    fit && labels.next().is_none()
}

fn matches_exactly(san: &str, host: &str) -> bool {
    !matches!(san, "" | ".") && !matches!(host, "" | ".") && san.eq_ignore_ascii_case(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(san: &str, host: &str) -> bool {
        let (host_is_valid, go) = (is_valid_host(host, Go::DEFAULT), Go::DEFAULT);
        if host_is_valid && is_valid_pattern(san, go) {
            matches(san, host)
        } else {
            matches_exactly(san, host)
        }
    }

    #[test]
    fn matching_table() {
        for (san, host) in [
            ("etcd-0.example.com", "ETCD-0.example.COM"),
            ("etcd-0.example.com", "etcd-0.example.com."),
            ("*.example.com", "etcd-0.example.com"),
            ("*.com", "example.com"),
            ("127.0.0.1", "127.0.0.1."),
            ("a..b", "a..b"),
            ("etcd-*.x", "etcd-*.x"),
            ("a_b", "A_B"),
        ] {
            assert!(covers(san, host), "{san} {host}");
        }
        for (san, host) in [
            ("*.example.com", "a.b.example.com"),
            ("*.example.com", "example.com"),
            ("etcd-*.x", "etcd-0.x"),
            ("*", "localhost"),
            ("example.com.", "example.com"),
            ("*.*.com", "a.b.com"),
            ("-a.x", "*.x"),
        ] {
            assert!(!covers(san, host), "{san} {host}");
        }
        assert!(matches("*", "localhost") && is_valid_pattern("*", Go::parse("1.22.10").unwrap()));
    }
}
