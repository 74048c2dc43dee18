//! Which Go release decides. Go's X.509 rules changed between releases, so every check that did asks here.
//!
//! Each predicate names one change; the release is the first that has it (Go's release notes and the history of
//! `crypto/x509`, confirmed against verdicts recorded from live toolchains).

use std::fmt;

/// A Go release: the minor and patch number of a 1.x toolchain, and the `go` line of the program's go.mod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Go {
    minor: u16,
    patch: u16,
    module: u16,
}

/// Stands for "the newest patch of that line" when a release is named without one.
const NEWEST: u16 = u16::MAX;

impl Go {
    /// The release that decides when none is named: 1.24.4, the reference of the conformance cases.
    pub const DEFAULT: Self = Self { minor: 24, patch: 4, module: 24 };

    /// Reads `1.24`, `1.22.7` or `go1.22.7`; a line without a patch number means its newest, for 1.24 the default.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.trim().strip_prefix("go").unwrap_or(text.trim()).strip_prefix("1.")?;
        let (minor, patch) = match rest.split_once('.') {
            Some((minor, patch)) => (minor.parse().ok()?, patch.parse().ok()?),
            None if rest == "24" => return Some(Self::DEFAULT),
            None => (rest.parse().ok()?, NEWEST),
        };
        Some(Self { minor, patch, module: minor })
    }

    /// The same toolchain building a program whose go.mod says `go 1.minor`: some rules follow that line (GODEBUG).
    #[must_use]
    pub fn with_module_line(self, minor: u16) -> Self {
        Self { module: minor.min(self.minor), ..self }
    }

    fn since(self, minor: u16) -> bool {
        self.minor >= minor
    }

    fn module_since(self, minor: u16) -> bool {
        self.minor >= minor && self.module >= minor
    }

    pub(super) fn refuses_sha1(self) -> bool {
        self.since(18)
    }

    pub(super) fn allows_sha1_override(self) -> bool {
        !self.since(24)
    }

    pub(super) fn demands_minimal_arcs(self) -> bool {
        self.since(20)
    }

    pub(super) fn passes_over_unknown_keys(self) -> bool {
        self.since(20)
    }

    pub(super) fn constrains_intermediates(self) -> bool {
        self.since(20)
    }

    pub(super) fn reads_huge_policy_arcs(self) -> bool {
        self.since(22)
    }

    pub(super) fn refuses_critical_key_ids(self) -> bool {
        self.since(23)
    }

    pub(super) fn refuses_negative_serials(self) -> bool {
        self.module_since(23)
    }

    pub(super) fn refuses_bare_wildcard(self) -> bool {
        self.since(23)
    }

    pub(super) fn refuses_leading_empty_label(self) -> bool {
        self.since(23)
    }

    pub(super) fn refuses_short_rsa(self) -> bool {
        self.module_since(24)
    }

    pub(super) fn checks_rsa_numbers(self) -> bool {
        self.since(24)
    }

    pub(super) fn checks_policies(self) -> bool {
        self.since(24)
    }

    /// The fixes of CVE-2025-58187 and CVE-2025-61727, from 1.24.11 and 1.25.5 on.
    pub(super) fn wildcards_meet_exclusions(self) -> bool {
        match self.minor {
            24 => self.patch >= 11,
            25 => self.patch >= 5,
            minor => minor > 25,
        }
    }

    pub(super) fn refuses_negative_path_length(self) -> bool {
        self.since(25)
    }

    pub(super) fn constrains_finished_chains(self) -> bool {
        self.since(26)
    }

    pub(super) fn stops_when_budget_is_spent(self) -> bool {
        self.since(26)
    }

    /// `crypto/ecdsa` reads the points, and has words of its own for what is wrong with one.
    pub(super) fn names_bad_points(self) -> bool {
        self.since(26)
    }

    pub(super) fn refuses_second_at_sign(self) -> bool {
        self.since(27)
    }

    pub(super) fn reads_any_string_type(self) -> bool {
        self.since(27)
    }

    pub(super) fn refuses_mapped_ip_sans(self) -> bool {
        self.since(27)
    }
}

impl Default for Go {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl fmt::Display for Go {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)?;
        if self.patch == NEWEST { Ok(()) } else { write!(f, ".{}", self.patch) }
    }
}
