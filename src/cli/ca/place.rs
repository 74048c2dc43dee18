//! Where the CA and its ledger are, and the passphrase of its key.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::{Args, ValueEnum};
use time::OffsetDateTime;

use crate::ca::{
    Authority, AuthorityError, End, IssueError, KeyAlgorithm, Passphrase, Paths, recover,
};
use crate::cli::Done;
use crate::cli::exit::{self, Refusal, note};
use crate::ledger::{Embedded, Held};
use crate::observe::config::{self, Disk};

/// The flags that say where a CA is.
#[derive(Debug, Args, Clone)]
pub(crate) struct CaPlace {
    /// Folder with ca.crt, ca.key and ledger.db [default: the folder of --ca-cert, else the current one]
    #[arg(long, value_name = "DIR")]
    ca_dir: Option<PathBuf>,
    /// The CA's certificate [default: ca.crt in --ca-dir]
    #[arg(long, value_name = "FILE")]
    ca_cert: Option<PathBuf>,
    /// The CA's private key [default: ca.key in --ca-dir]
    #[arg(long, value_name = "FILE")]
    ca_key: Option<PathBuf>,
    /// The embedded ledger [default: ledger.db in --ca-dir]
    #[arg(long, value_name = "FILE")]
    #[expect(clippy::option_option, reason = "the flag may stand alone, for the default")]
    ledger: Option<Option<PathBuf>>,
    /// Passphrase of the CA's key [env: `ETCD_TLS_CA_PASSPHRASE`; else asked for on a terminal]
    #[arg(long, value_name = "FILE")]
    ca_passphrase_file: Option<PathBuf>,
}

/// The output that CA and ledger commands have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Table,
    Json,
}

/// The kinds of key on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum KeyKind {
    #[value(name = "p256", aliases = ["P-256", "ecdsa-p256", "ecdsa"])]
    P256,
    #[value(name = "p384", aliases = ["P-384", "ecdsa-p384"])]
    P384,
    #[value(name = "p521", aliases = ["P-521", "ecdsa-p521"])]
    P521,
    Ed25519,
    #[value(name = "rsa2048", aliases = ["rsa", "rsa-2048"])]
    Rsa2048,
    #[value(name = "rsa3072", aliases = ["rsa-3072"])]
    Rsa3072,
    #[value(name = "rsa4096", aliases = ["rsa-4096"])]
    Rsa4096,
}

impl From<KeyKind> for KeyAlgorithm {
    fn from(kind: KeyKind) -> Self {
        match kind {
            KeyKind::P256 => Self::P256,
            KeyKind::P384 => Self::P384,
            KeyKind::P521 => Self::P521,
            KeyKind::Ed25519 => Self::Ed25519,
            KeyKind::Rsa2048 => Self::Rsa2048,
            KeyKind::Rsa3072 => Self::Rsa3072,
            KeyKind::Rsa4096 => Self::Rsa4096,
        }
    }
}

/// A file that the passphrase was to come from.
#[derive(Debug, thiserror::Error)]
#[error("--ca-passphrase-file {}", path.display())]
struct PassphraseError {
    path: PathBuf,
    source: std::io::Error,
}

impl CaPlace {
    /// The same with the current folder where nothing was said: a new CA is never made where another one was found.
    pub(super) fn here(&self) -> Self {
        let said = self.ca_dir.is_some() || self.ca_cert.is_some();
        let ca_dir = if said { self.ca_dir.clone() } else { Some(PathBuf::from(".")) };
        Self { ca_dir, ..self.clone() }
    }

    /// The CA's folder: named, or the current one, or one that a way of installing etcd keeps its CA in.
    pub(crate) fn folder(&self) -> PathBuf {
        let beside = self.ca_cert.as_ref().and_then(|cert| cert.parent());
        let beside = beside.filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned);
        self.ca_dir.clone().or(beside).or_else(found).unwrap_or_else(|| PathBuf::from("."))
    }

    /// The CA's certificate and key.
    pub(crate) fn paths(&self) -> Paths {
        let folder = self.folder();
        let place =
            |given: &Option<PathBuf>, name| given.clone().unwrap_or_else(|| folder.join(name));
        Paths { cert: place(&self.ca_cert, "ca.crt"), key: place(&self.ca_key, "ca.key") }
    }

    /// The embedded ledger's file.
    pub(crate) fn ledger(&self) -> PathBuf {
        self.ledger.clone().flatten().unwrap_or_else(|| self.folder().join("ledger.db"))
    }

    /// The passphrase from file or environment.
    pub(crate) fn passphrase(&self) -> Done<Option<Passphrase>> {
        let given = match &self.ca_passphrase_file {
            Some(path) => {
                let read = std::fs::read_to_string(path).map(zeroize::Zeroizing::new);
                let read = read.map_err(|source| PassphraseError { path: path.clone(), source })?;
                Some(Passphrase::new(&read))
            }
            None => std::env::var("ETCD_TLS_CA_PASSPHRASE").ok().map(|text| {
                let text = zeroize::Zeroizing::new(text);
                Passphrase::new(&text)
            }),
        };
        Ok(given.filter(|passphrase| !passphrase.is_empty()))
    }

    /// Loads the CA, asking for the passphrase where one is needed and nobody gave it.
    pub(crate) fn load(&self, now: OffsetDateTime) -> Done<Authority> {
        let (paths, given) = (self.paths(), self.passphrase()?);
        match Authority::load(&paths, given.as_ref(), now) {
            Err(error) if error.wants_passphrase() && std::io::stdin().is_terminal() => {
                let asked = ask(&format!("Passphrase of {}", paths.key.display()))?;
                Ok(Authority::load(&paths, Some(&asked), now)?)
            }
            loaded => Ok(loaded.map_err(|error: AuthorityError| error)?),
        }
    }

    /// Opens the ledger to read from it, and puts right what an interrupted command left.
    pub(crate) fn open_ledger(&self) -> Done<Embedded> {
        let path = self.ledger();
        if !path.exists() {
            note(&format!("note: there is no ledger at {}", path.display()));
            return Ok(Embedded::empty(&path)?);
        }
        let mut ledger = Embedded::open(&path)?;
        if ledger.is_interrupted()? {
            hold(&mut ledger)?;
        }
        Ok(ledger)
    }
}

/// The folder of a known layout that holds a CA with its key, where the current one holds none.
fn found() -> Option<PathBuf> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    let look = || {
        if Path::new("ca.crt").exists() {
            return None;
        }
        let folders = config::known_folders(&Disk::new(None)).folders;
        let folder = folders
            .into_iter()
            .find(|folder| folder.join("ca.crt").is_file() && folder.join("ca.key").is_file())?;
        note(&format!("note: using the CA in {}", folder.display()));
        Some(folder)
    };
    FOUND.get_or_init(look).clone()
}

/// Takes the ledger for writing; files that an interrupted command left are completed or undone first.
pub(crate) fn hold(ledger: &mut Embedded) -> Done<Held<'_>> {
    let mut held = ledger.hold()?;
    for (pending, end) in recover(&mut held)? {
        let place = pending.cert.to.display();
        note(&match end {
            End::Published => {
                format!("note: completed {place}, which an interrupted command had begun")
            }
            End::Withdrawn => {
                format!("note: undid {place}, which an interrupted command had begun")
            }
            End::Lost => format!(
                "note: {place}: an interrupted command had begun it and its folder is gone; its record stays"
            ),
        });
    }
    Ok(held)
}

/// A refusal to overwrite is an answer, every other error a failure.
pub(super) fn refuse(error: IssueError) -> Box<dyn std::error::Error + Send + Sync> {
    match error {
        IssueError::Exists(_) => Refusal(error.to_string()).into(),
        other => other.into(),
    }
}

/// Asks on the terminal, without showing what is typed.
pub(crate) fn ask(question: &str) -> std::io::Result<Passphrase> {
    let typed = zeroize::Zeroizing::new(exit::ask(question)?);
    Ok(Passphrase::new(&typed))
}
