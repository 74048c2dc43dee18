//! The flags that say where the CA and its ledger are, and what kind of key is wanted.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeroize::Zeroizing;

use crate::ca::{KeyAlgorithm, Passphrase};
use crate::cli::stderr::Stderr;
use crate::shell;
use crate::workflow::ca::{Ask, CaOptions, CaSite, PassphraseSource};

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

/// The kinds of key on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
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

impl CaPlace {
    /// The place as the workflows take it; a passphrase is asked for on a terminal only.
    pub(crate) fn options(&self, stderr: Stderr) -> CaOptions {
        let given = std::env::var("ETCD_TLS_CA_PASSPHRASE").ok().map(Zeroizing::new);
        let given = given.map(|text| Passphrase::new(&text)).filter(|given| !given.is_empty());
        let ask: Ask = Box::new(move |question| {
            let typed = Zeroizing::new(stderr.ask(question)?);
            Ok(Passphrase::new(&typed))
        });
        CaOptions {
            directory: self.ca_dir.clone(),
            cert: self.ca_cert.clone(),
            key: self.ca_key.clone(),
            ledger: self.ledger.clone().flatten(),
            passphrase: PassphraseSource {
                file: self.ca_passphrase_file.clone(),
                given,
                ask: io::stdin().is_terminal().then_some(ask),
            },
        }
    }

    /// A command on the same CA, as it was named here.
    pub(crate) fn command(&self, command: &str) -> String {
        let files = [
            ("--ca-dir", &self.ca_dir),
            ("--ca-cert", &self.ca_cert),
            ("--ca-key", &self.ca_key),
            ("--ca-passphrase-file", &self.ca_passphrase_file),
        ];
        let ledger = self.ledger.clone().flatten();
        let files = files.into_iter().map(|(flag, path)| (flag, path.as_ref()));
        let given = files.chain([("--ledger", ledger.as_ref())]);
        given.fold(command.to_owned(), |command, (flag, path)| match path {
            Some(path) => {
                format!("{command} {flag} {}", shell::quoted(&path.display().to_string()))
            }
            None => command,
        })
    }

    /// The CA that is meant.
    pub(crate) fn site(&self, stderr: Stderr) -> CaSite {
        self.options(stderr).find(&mut stderr.remarks())
    }
}
