//! An etcd release: the Go that upstream built it with, and how it reads revocation lists.
//!
//! Sources: "Compile binaries using go …" in etcd's `CHANGELOG/CHANGELOG-3.{4,5,7}.md`, and the `toolchain` line of go.mod in
//! `go.etcd.io/etcd/server/v3` from 3.5.14 on. For 3.4.25 to 3.4.36 the Go of the 3.5 release of the same weeks stands in, since
//! both branches were moved together. Distributions build with a Go of their own: what is read here is an assumption.

use std::fmt;

use crate::x509::Go;

/// A release as a server reports it, such as `3.5.16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    major: u16,
    minor: u16,
    patch: u16,
}

/// From which release on upstream used which Go, in order.
const BUILT_WITH: &[((u16, u16, u16), &str)] = &[
    ((3, 4, 0), "1.12.9"),
    ((3, 4, 3), "1.12.12"),
    ((3, 4, 5), "1.12.17"),
    ((3, 4, 19), "1.16"),
    ((3, 4, 25), "1.19.8"),
    ((3, 4, 28), "1.20.12"),
    ((3, 4, 31), "1.21.8"),
    ((3, 4, 34), "1.22.7"),
    ((3, 4, 35), "1.22.9"),
    ((3, 4, 37), "1.23.7"),
    ((3, 5, 0), "1.16"),
    ((3, 5, 7), "1.17.13"),
    ((3, 5, 8), "1.19.8"),
    ((3, 5, 9), "1.19.9"),
    ((3, 5, 10), "1.20.10"),
    ((3, 5, 11), "1.20.12"),
    ((3, 5, 12), "1.20.13"),
    ((3, 5, 13), "1.21.8"),
    ((3, 5, 14), "1.21.10"),
    ((3, 5, 15), "1.21.12"),
    ((3, 5, 16), "1.22.7"),
    ((3, 5, 17), "1.22.9"),
    ((3, 5, 18), "1.22.11"),
    ((3, 5, 19), "1.23.7"),
    ((3, 5, 22), "1.23.11"),
    ((3, 5, 23), "1.24.7"),
    ((3, 5, 24), "1.24.9"),
    ((3, 5, 25), "1.24.10"),
    ((3, 5, 33), "1.25.12"),
    ((3, 6, 0), "1.23.9"),
    ((3, 6, 3), "1.23.11"),
    ((3, 6, 5), "1.24.7"),
    ((3, 6, 6), "1.24.10"),
    ((3, 6, 7), "1.24.11"),
    ((3, 6, 8), "1.24.13"),
    ((3, 6, 9), "1.25.8"),
    ((3, 6, 11), "1.25.9"),
    ((3, 6, 12), "1.25.10"),
    ((3, 6, 14), "1.25.12"),
    ((3, 7, 0), "1.26.5"),
];

impl Release {
    /// Reads `3.5.16`; what follows the patch number, such as `-rc.1` or `+git`, makes no difference here.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().trim_start_matches('v').splitn(3, '.');
        let mut number = || {
            let part = parts.next()?;
            let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part[..end].parse().ok()
        };
        Some(Self { major: number()?, minor: number()?, patch: number()? })
    }

    /// The Go that upstream built it with; for a release between or after the known ones that of the one before it.
    pub fn built_with(self) -> Go {
        let known = (self.major, self.minor, self.patch);
        let row = BUILT_WITH.iter().rev().find(|(from, _)| *from <= known);
        row.and_then(|(_, go)| Go::parse(go)).unwrap_or_default()
    }

    /// Whether it is older than the first release with a fix, of those that each minor line has; lines before the first of them
    /// never got it.
    pub fn lacks(self, fixed_in: &[(u16, u16, u16)]) -> bool {
        let line = (self.major, self.minor);
        let own = fixed_in.iter().find(|(major, minor, _)| (*major, *minor) == line);
        match own {
            Some((_, _, patch)) => self.patch < *patch,
            None => fixed_in.iter().all(|(major, minor, _)| line < (*major, *minor)),
        }
    }

    /// Whether it takes a revocation list in PEM: `x509.ParseCRL` up to 3.5 does, `x509.ParseRevocationList` later does not.
    pub fn reads_pem_crls(self) -> bool {
        (self.major, self.minor) < (3, 6)
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_in_order_and_name_a_go() {
        assert!(BUILT_WITH.is_sorted_by(|one, next| one.0 < next.0));
        assert!(BUILT_WITH.iter().all(|(_, go)| Go::parse(go).is_some()));
    }

    #[test]
    fn a_fix_is_looked_for_in_the_own_line() {
        let fixed_in = [(3, 5, 32), (3, 6, 13), (3, 7, 0)];
        let lacks = |text: &str| Release::parse(text).unwrap().lacks(&fixed_in);
        assert!(lacks("3.4.30") && lacks("3.5.31") && lacks("3.6.12"));
        assert!(!lacks("3.5.32") && !lacks("3.6.13") && !lacks("3.7.0") && !lacks("3.8.1"));
    }

    #[test]
    fn the_release_before_stands_in() {
        let go = |text: &str| Release::parse(text).unwrap().built_with().to_string();
        assert_eq!(go("3.5.16"), "1.22.7");
        assert_eq!(go("3.5.20+git"), "1.23.7");
        assert_eq!(go("3.6.0-rc.3"), "1.23.9");
        assert_eq!(go("3.9.0"), "1.26.5");
        assert_eq!(go("3.3.10"), Go::DEFAULT.to_string());
        assert_eq!(Release::parse("not_decided"), None);
    }
}
