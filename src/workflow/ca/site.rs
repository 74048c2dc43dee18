//! Where a CA and its ledger are, and how its key is opened.

use std::io;
use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use super::super::{Failure, Remarks, note};
use crate::ca::{Authority, Outcome, Passphrase, Paths, StandingList, recover};
use crate::ledger::{LedgerGuard, LocalLedger};
use crate::message::{CaMessage, CliMessage, LedgerMessage, Message};
use crate::observe::config::{self, Disk};
use crate::observe::files::named_file;

/// Asks somebody for a passphrase.
pub type Ask = Box<dyn Fn(&Message) -> io::Result<Passphrase>>;

/// What a caller says of a CA's place; everything has a default.
#[derive(Default)]
pub struct CaOptions {
    /// The directory with `ca.crt`, `ca.key` and `ledger.db`.
    pub directory: Option<PathBuf>,
    /// The CA's certificate, if it is elsewhere.
    pub cert: Option<PathBuf>,
    /// The CA's private key, if it is elsewhere.
    pub key: Option<PathBuf>,
    /// The ledger, if it is elsewhere.
    pub ledger: Option<PathBuf>,
    /// How its key is opened.
    pub passphrase: PassphraseSource,
}

/// Where the passphrase of the CA's key comes from.
#[derive(Default)]
pub struct PassphraseSource {
    /// The file that holds it.
    pub file: Option<PathBuf>,
    /// The passphrase itself, where no file is named.
    pub given: Option<Passphrase>,
    /// Whom to ask where one is needed and none was given.
    pub ask: Option<Ask>,
}

/// A CA's files and its ledger.
pub struct CaSite {
    /// The CA's directory.
    pub directory: PathBuf,
    /// Certificate and key.
    pub paths: Paths,
    /// The ledger's file.
    pub ledger: PathBuf,
    passphrase: PassphraseSource,
}

impl CaOptions {
    /// The CA that is meant: in the directory named, or the current one, or one where an installer of etcd keeps its CA.
    pub fn find(self, remarks: Remarks<'_>) -> CaSite {
        self.site(|| installed(remarks))
    }

    /// The same without a search, for a new CA, which is never made where another one was found.
    pub fn here(self) -> CaSite {
        self.site(|| None)
    }

    fn site(self, search: impl FnOnce() -> Option<PathBuf>) -> CaSite {
        let beside = self.cert.as_ref().and_then(|cert| cert.parent());
        let beside = beside.filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned);
        let directory =
            self.directory.or(beside).or_else(search).unwrap_or_else(|| PathBuf::from("."));
        let paths = Paths {
            cert: self.cert.unwrap_or_else(|| directory.join("ca.crt")),
            key: self.key.unwrap_or_else(|| directory.join("ca.key")),
        };
        let ledger = self.ledger.unwrap_or_else(|| directory.join("ledger.db"));
        CaSite { directory, paths, ledger, passphrase: self.passphrase }
    }
}

/// The directory of a known layout that holds a CA with its key, where the current one holds none.
fn installed(remarks: Remarks<'_>) -> Option<PathBuf> {
    if Path::new("ca.crt").exists() {
        return None;
    }
    let folders = config::known_folders(&Disk::new(None)).folders;
    let folder = folders
        .into_iter()
        .find(|folder| folder.join("ca.crt").is_file() && folder.join("ca.key").is_file())?;
    note(remarks, CaMessage::UsingCa { folder: folder.display().into() });
    Some(folder)
}

impl CaSite {
    /// The passphrase from the file or as it was given.
    pub fn passphrase(&self) -> Result<Option<Passphrase>, Failure> {
        let Some(path) = &self.passphrase.file else { return Ok(self.passphrase.given.clone()) };
        let line = named_file::first_line(path)
            .map_err(|error| of_flag("--ca-passphrase-file", error.into()))?;
        Ok(Some(Passphrase::new(&line)).filter(|passphrase| !passphrase.is_empty()))
    }

    /// The passphrase for a new key: as given, else asked for twice.
    pub fn new_passphrase(&self) -> Result<Option<Passphrase>, Failure> {
        if let Some(given) = self.passphrase()? {
            return Ok(Some(given));
        }
        let Some(ask) = &self.passphrase.ask else {
            return Err(Failure::misuse(CaMessage::EncryptNeeds));
        };
        let first = asked(ask, CaMessage::NewPassphrase)?;
        let again = asked(ask, CaMessage::OnceMore)?;
        if first.is_empty() || first != again {
            return Err(Failure::misuse(CaMessage::PassphrasesDiffer));
        }
        Ok(Some(first))
    }

    /// Loads the CA, asking for the passphrase where one is needed and none was given.
    pub fn authority(&self, now: OffsetDateTime) -> Result<Authority, Failure> {
        match (Authority::load(&self.paths, self.passphrase()?.as_ref(), now), &self.passphrase.ask)
        {
            (Err(error), Some(ask)) if error.wants_passphrase() => {
                let key = self.paths.key.display().into();
                let given = asked(ask, CaMessage::PassphraseOf { key })?;
                Ok(Authority::load(&self.paths, Some(&given), now)?)
            }
            (loaded, _) => Ok(loaded?),
        }
    }

    /// Opens the ledger to write to it. One that is missing is made, unless a revocation list says that there was one: to begin anew
    /// would forget what is revoked.
    pub fn open_ledger(&self) -> Result<LocalLedger, Failure> {
        if !self.has_ledger()
            && let Some(list) = self.standing_list()
        {
            let (ledger, list) = (self.ledger.display().into(), list.file.display().into());
            return Err(Failure::refused(CaMessage::LedgerLost { ledger, list }));
        }
        Ok(LocalLedger::open(&self.ledger)?)
    }

    /// Whether there is anything in the ledger's file, or under way to it in `SQLite`'s write-ahead log.
    pub fn has_ledger(&self) -> bool {
        let mut log = self.ledger.clone().into_os_string();
        log.push("-wal");
        let holds =
            |path: &Path| path.metadata().is_ok_and(|found| !found.is_file() || found.len() > 0);
        holds(&self.ledger) || holds(Path::new(&log))
    }

    /// Opens a ledger that has to be there already.
    pub fn existing_ledger(&self) -> Result<LocalLedger, Failure> {
        if !self.has_ledger() && self.standing_list().is_none() {
            let path = self.ledger.display().into();
            return Err(Failure::refused(LedgerMessage::NoLedger { path }));
        }
        self.open_ledger()
    }

    /// Where the list of what is revoked stands, unless another file was named.
    pub fn list_file(&self) -> PathBuf {
        self.paths.cert.with_extension("crl")
    }

    /// The revocation list beside the CA.
    pub fn standing_list(&self) -> Option<StandingList> {
        StandingList::read(&self.list_file())
    }

    /// Opens the ledger to read from it, and puts right what an interrupted command left; an empty one if there is none.
    pub fn read_ledger(&self, remarks: Remarks<'_>) -> Result<LocalLedger, Failure> {
        if !self.has_ledger() {
            note(remarks, LedgerMessage::NoLedger { path: self.ledger.display().into() });
            return Ok(LocalLedger::empty(&self.ledger)?);
        }
        let mut ledger = self.open_ledger()?;
        if ledger.is_interrupted()? {
            hold(&mut ledger, remarks)?;
        }
        Ok(ledger)
    }
}

fn asked(ask: &Ask, question: CaMessage) -> Result<Passphrase, Failure> {
    ask(&question.into()).map_err(|error| Failure::failed(&error))
}

/// What a flag named can't be used.
pub(in crate::workflow) fn of_flag(flag: &'static str, failure: Failure) -> Failure {
    let Failure { ending, message } = failure;
    Failure {
        ending,
        message: CliMessage::OfFlag { flag: flag.into(), what: message.into() }.into(),
    }
}

/// Takes the ledger for writing; files that an interrupted command left are completed or undone first.
pub fn hold<'l>(
    ledger: &'l mut LocalLedger,
    remarks: Remarks<'_>,
) -> Result<LedgerGuard<'l>, Failure> {
    let mut guard = ledger.hold()?;
    for (pending, outcome) in recover(&mut guard)? {
        let file = pending.cert.to.display().into();
        let remark = match outcome {
            Outcome::Published => CaMessage::Completed { file },
            Outcome::Withdrawn => CaMessage::Undid { file },
            Outcome::Lost => CaMessage::Lost { file },
        };
        note(remarks, remark);
    }
    Ok(guard)
}
