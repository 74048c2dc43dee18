//! The labels of a domain name: `domainToReverseLabels` in `crypto/x509/verify.go`.

use super::go::Go;

/// The labels of a domain from last to first, or nothing if Go cannot read it as one (`domainToReverseLabels`).
pub(super) fn reverse_labels(domain: &[u8], go: Go) -> Option<Vec<&[u8]>> {
    if domain.is_empty() {
        return Some(Vec::new());
    }
    let domain = match domain.strip_prefix(b".") {
        Some(rest) if !go.refuses_leading_empty_label() => rest,
        _ => domain,
    };
    let labels = domain.rsplit(|&byte| byte == b'.');
    labels
        .map(|label| (!label.is_empty() && label.iter().all(u8::is_ascii_graphic)).then_some(label))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        assert_eq!(reverse_labels(b"a.b", Go::DEFAULT), Some(vec![&b"b"[..], b"a"]));
        assert_eq!(reverse_labels(b"", Go::DEFAULT), Some(vec![]));
        for bad in [&b"."[..], b"a.", b".a", b"a..b", b"a b", b"\xc3\xa9"] {
            assert_eq!(reverse_labels(bad, Go::DEFAULT), None);
        }
        assert!(reverse_labels(b".a", Go::parse("1.22.10").unwrap()).is_some());
        assert!(reverse_labels(b".", Go::parse("1.22.10").unwrap()).is_none());
    }
}
