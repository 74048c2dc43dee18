//! A new CA in the old one's place, file by file: it is made in a directory of its own, both go into one bundle, and at the end its
//! pair is written over the old one, recorded and moved as a renewal is.
//!
//! What comes next is read from the files alone, so that a call that was interrupted is finished by the next.

use std::fs;
use std::path::{Path, PathBuf};

use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::authority::{AuthorityError, Paths};
use super::issue::{self, Content};
use super::issue_error::IssueError;
use super::ledger::{Ledger, Superseded};
use super::new_authority::NewAuthority;
use super::record::{Record, Status};
use crate::durable::{self, Move};
use crate::observe::files::named_file;
use crate::x509::Certificate;

/// The files of a rollover.
#[derive(Debug, Clone)]
pub struct Rollover {
    /// The CA that is in use.
    pub current: Paths,
    /// The one that takes its place, while it is not there yet.
    pub new: Paths,
    /// Both CAs, for every pool of trust anchors.
    pub bundle: PathBuf,
}

/// What one call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Makes the new CA beside the old one, and the bundle.
    Begin,
    /// Issues every recorded certificate again, by the new CA.
    Reissue,
    /// Puts the new CA in the old one's place.
    TakeOver,
}

impl Rollover {
    /// The files in a CA's directory.
    pub fn new(directory: &Path, current: &Paths) -> Self {
        let next = directory.join("next");
        Self {
            current: current.clone(),
            new: Paths { cert: next.join("ca.crt"), key: next.join("ca.key") },
            bundle: directory.join("ca-bundle.crt"),
        }
    }

    /// What comes next, by the files and the records.
    pub fn next_step<'r>(
        &self,
        mut records: impl Iterator<Item = &'r Record>,
    ) -> Result<Step, IssueError> {
        if !self.new.cert.exists() {
            return Ok(Step::Begin);
        }
        if self.has_taken_over()? {
            return Ok(Step::TakeOver);
        }
        let sha256 = certificate(&self.new.cert)?.sha256();
        let outdated = records.any(|record| is_outdated(record, &sha256));
        Ok(if outdated { Step::Reissue } else { Step::TakeOver })
    }

    /// Whether the new CA is in its place already, and only what follows is missing.
    pub fn has_taken_over(&self) -> Result<bool, IssueError> {
        Ok(certificate(&self.current.cert)?.der == certificate(&self.new.cert)?.der)
    }

    /// Makes the new CA, then the bundle.
    pub fn begin(
        &self,
        new: &NewAuthority<'_>,
        now: OffsetDateTime,
        ledger: &mut impl Ledger,
    ) -> Result<(), IssueError> {
        if let Some(folder) = self.new.cert.parent() {
            durable::make_private_folder(folder)?;
        }
        new.create(&self.new, now, ledger)?;
        self.write_bundle()
    }

    /// Writes both CAs into the bundle, unless it holds them.
    pub fn write_bundle(&self) -> Result<(), IssueError> {
        let both = [read(&self.current.cert)?.as_slice(), &read(&self.new.cert)?].concat();
        if !read(&self.bundle).is_ok_and(|held| *held == both) {
            durable::write_file(&self.bundle, &both)?;
        }
        Ok(())
    }

    /// Puts the new CA in the old one's place, which keeps a second name; then the old one leaves the bundle.
    pub fn take_over(&self, ledger: &mut impl Ledger) -> Result<(), IssueError> {
        if !self.has_taken_over()? {
            self.replace(ledger)?;
        }
        durable::write_file(&self.bundle, &read(&self.current.cert)?)?;
        // The certificate goes last: while it is there, the next call comes back here. Release 0.1 moved by a third name.
        let linked =
            [&self.current.key, &self.current.cert].map(|path| path.with_extension("rollover"));
        for file in linked.iter().chain([&self.new.key, &self.new.cert]) {
            durable::remove(file)?;
        }
        durable::sync_folders([self.new.cert.as_path(), self.current.cert.as_path()])?;
        if let Some(folder) = self.new.cert.parent() {
            // Whoever put other files there keeps them.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }

    fn replace(&self, ledger: &mut impl Ledger) -> Result<(), IssueError> {
        let (old, new) = (certificate(&self.current.cert)?, certificate(&self.new.cert)?);
        let Paths { cert, key } = &self.current;
        let mut entry = issue::own_entry(&new.der, &new.spki, cert, key)?;
        let serial = old.serial_hex();
        let backup = |file: &Move| {
            let mut name = file.to.clone().into_os_string();
            name.push(format!(".bak-{serial}"));
            Move { from: file.to.clone(), to: name.into() }
        };
        let files = entry.pending.key.iter().chain([&entry.pending.cert]);
        let backups = files.map(backup).collect();
        entry.pending.supersedes = Some(Superseded { serial, backups });
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let own = rustix::process::geteuid().as_raw();
        let owner = named_file::ownership(key).ok().map(|key| (key.uid, key.gid));
        let content = Content {
            cert_pem: text(&read(&self.new.cert)?),
            key_pem: Some(Zeroizing::new(text(&read(&self.new.key)?))),
            cert_mode: durable::PUBLIC,
            key_mode: durable::SECRET,
            owner: owner.filter(|(uid, _)| *uid != own),
        };
        issue::put(&[entry], &[content], ledger)
    }
}

/// Whether a certificate in use comes from another CA than the one with this digest.
pub fn is_outdated(record: &Record, ca_sha256: &str) -> bool {
    record.status == Status::Active && record.ca_sha256 != ca_sha256
}

fn certificate(path: &Path) -> Result<Certificate, AuthorityError> {
    Ok(named_file::certificate(path)?)
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, AuthorityError> {
    Ok(named_file::bytes(path, named_file::LARGEST)?)
}
