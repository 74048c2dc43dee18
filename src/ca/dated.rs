//! A certificate with the time from which on it is due for renewal, and a pair of files that is yet to be made. Pure.

use std::path::PathBuf;
use std::time::Duration;

use super::profile::Profile;
use crate::x509::{San, renewal_notice};

/// One certificate, and by when it has to be renewed.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct Dated {
    /// Its file.
    pub path: Option<PathBuf>,
    /// Its serial.
    pub serial: String,
    /// Its subject.
    pub subject: String,
    /// Whether it is a CA's.
    pub is_ca: bool,
    /// Its end, in Unix seconds.
    pub expires_at: i64,
    /// From when on it is due, in Unix seconds.
    pub due_at: i64,
    /// Whether that is now.
    pub due: bool,
}

impl Dated {
    /// Decides when it is due, by the usual rule or `within` that time before its end. All times are Unix seconds.
    #[must_use]
    pub fn judged(mut self, begins: i64, now: i64, within: Option<Duration>) -> Self {
        let life = time::Duration::seconds(self.expires_at.saturating_sub(begins));
        let notice = renewal_notice(life, within).whole_seconds();
        self.due_at = self.expires_at.saturating_sub(notice);
        self.due = now > self.due_at;
        self
    }
}

/// A pair of files that a configuration names, and of which one at least is missing or holds nothing of use.
#[derive(Debug, Clone)]
pub struct MissingPair {
    /// What it is for.
    pub profile: Profile,
    /// Its common name.
    pub name: String,
    /// Its names.
    pub sans: Vec<San>,
    /// The certificate's file.
    pub cert: PathBuf,
    /// The key's file.
    pub key: PathBuf,
    /// The configuration that names them.
    pub named_by: String,
}
