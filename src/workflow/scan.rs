//! `scan`: which files a tree holds, read and parsed; relations and findings follow from the inventory.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use time::OffsetDateTime;

use super::Failure;
use crate::{
    facts::tree::{Inventory, Sighted},
    message::CliMessage,
    observe::{
        config::{self, Disk},
        files::tree,
    },
};

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 64;

/// What to look through, and how.
#[derive(Debug)]
pub struct Scan {
    /// Directories or files; without any, those in which this machine keeps etcd's certificates.
    pub folders: Vec<PathBuf>,
    /// The directory that stands for another machine's `/`.
    pub root: Option<PathBuf>,
    /// Whether signatures are verified and private keys computed with.
    pub verifies: bool,
    /// How many threads to work with; by default as many as there are processors, one without verifying.
    pub threads: Option<usize>,
    /// When an expiry becomes a warning, if not by the default rule.
    pub expires_within: Option<Duration>,
}

impl Scan {
    /// Reads everything below the directories. [`Inventory::relate`] says who signed whom.
    ///
    /// # Errors
    /// There is no directory to look through, or one that was named can't be read.
    pub fn gather(&self) -> Result<Inventory, Failure> {
        let walked = tree::walk(&self.folders()?, self.root.as_deref())?;
        let mut inventory = Inventory::new(OffsetDateTime::now_utc(), self.expires_within);
        inventory.skipped = walked.skipped;
        inventory.gather(&walked.files, self.threads(), |entry| Sighted {
            file: tree::look_at(entry, self.verifies),
            above: entry.above,
        });
        Ok(inventory)
    }

    /// Reading and parsing is over before it is shared out; signatures are worth the threads.
    pub fn threads(&self) -> usize {
        let available = || std::thread::available_parallelism().map_or(1, usize::from);
        let usual = || if self.verifies { available() } else { 1 };
        self.threads.unwrap_or_else(usual).min(MOST_THREADS)
    }

    /// The directories named, else those in which the machine keeps etcd's certificates, as it sees them itself.
    fn folders(&self) -> Result<Vec<PathBuf>, Failure> {
        if !self.folders.is_empty() {
            return Ok(self.folders.clone());
        }
        let found = config::machine(&Disk::new(self.root.clone())).certificate_folders();
        if found.is_empty() {
            return Err(Failure::misuse(CliMessage::NoCertificateFolder));
        }
        let own = |path: PathBuf| {
            let below = self.root.as_ref().and_then(|root| path.strip_prefix(root).ok());
            below.map(|below| Path::new("/").join(below)).unwrap_or(path)
        };
        Ok(found.into_iter().map(own).collect())
    }
}
