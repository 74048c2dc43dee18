//! `ca init`: a new CA in a folder of its own.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use time::OffsetDateTime;

use super::place::{self, CaPlace, KeyKind, Output};
use crate::ca::{NewAuthority, Passphrase, Paths};
use crate::cli::exit::{Exit, Misuse};
use crate::cli::{Done, target::duration};
use crate::ledger::Embedded;
use crate::message::{CaWord, Label, Lang, TreeWord};
use crate::report::{CertificateView, listing};

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    #[command(flatten)]
    place: CaPlace,
    /// The CA's name
    #[arg(long, value_name = "NAME")]
    cn: String,
    /// Organization in the CA's name; may be given several times
    #[arg(long, value_name = "NAME")]
    org: Vec<String>,
    /// Also make an intermediate of this name, which issues; the root goes to root.crt and root.key
    #[arg(long, value_name = "NAME")]
    intermediate: Option<String>,
    /// How long it lives
    #[arg(long, value_name = "DURATION", default_value = "3650d", value_parser = duration)]
    ttl: Duration,
    /// How many CAs may stand below the one that issues
    #[arg(long, value_name = "N", default_value_t = 0)]
    path_length: u8,
    /// The CA's key
    #[arg(long, value_enum, default_value_t = KeyKind::P256, value_name = "KIND")]
    key_algorithm: KeyKind,
    /// Encrypt the CA's key, asking for a passphrase unless --ca-passphrase-file or the environment gives it
    #[arg(long)]
    encrypt: bool,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Serialize)]
struct Created {
    cert: PathBuf,
    key: PathBuf,
    ledger: PathBuf,
    root_cert: Option<PathBuf>,
    root_key: Option<PathBuf>,
    certificate: CertificateView<'static>,
}

/// Makes the CA.
pub(super) fn run(args: &InitArgs, lang: Lang) -> Done<Exit> {
    let passphrase = passphrase(args)?;
    let place = args.place.here();
    let (folder, paths) = (place.folder(), place.paths());
    let root = Paths { cert: folder.join("root.crt"), key: folder.join("root.key") };
    let ledger_path = place.ledger();
    for path in [Some(&paths), args.intermediate.as_ref().map(|_| &root)].into_iter().flatten() {
        for file in [&path.cert, &path.key] {
            // Looked at before anything is made, and again when the file is put in its place.
            if file.symlink_metadata().is_ok() && !ledger_path.exists() {
                return Err(place::refuse(crate::ca::IssueError::Exists(file.clone())));
            }
        }
    }
    for file in [&paths.cert, &paths.key, &ledger_path] {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            crate::ca::make_private_folder(folder)?;
        }
    }
    let mut ledger = Embedded::open(&ledger_path)?;
    let mut held = place::hold(&mut ledger)?;
    let new = NewAuthority {
        common_name: &args.cn,
        organizations: &args.org,
        ttl: args.ttl,
        algorithm: args.key_algorithm.into(),
        path_length: Some(args.path_length),
        passphrase: passphrase.as_ref(),
        intermediate: args.intermediate.as_deref().map(|name| (name, &root)),
    };
    let made = new.create(&paths, OffsetDateTime::now_utc(), &mut held).map_err(place::refuse)?;
    let with_root = args.intermediate.is_some();
    let created = Created {
        certificate: CertificateView::from(&made),
        cert: paths.cert,
        key: paths.key,
        ledger: ledger_path,
        root_cert: with_root.then_some(root.cert),
        root_key: with_root.then_some(root.key),
    };
    let mut out = io::stdout().lock();
    match args.output {
        Output::Json => listing::object(&mut out, &created)?,
        Output::Table => {
            let path = |path: &PathBuf| path.display().to_string();
            let of_root = |given: &Option<PathBuf>| given.as_ref().map(path).unwrap_or_default();
            let until = super::made::date(made.not_after.unix_timestamp());
            let rows = [
                (CaWord::Ca.in_lang(lang), made.subject()),
                (Label::Certificate.in_lang(lang), path(&created.cert)),
                (TreeWord::PrivateKey.in_lang(lang), path(&created.key)),
                (CaWord::Ledger.in_lang(lang), path(&created.ledger)),
                (Label::NotAfter.in_lang(lang), until),
                (TreeWord::RootCa.in_lang(lang), of_root(&created.root_cert)),
                (CaWord::RootKey.in_lang(lang), of_root(&created.root_key)),
            ];
            listing::pairs(&mut out, &rows)?;
        }
    }
    out.flush()?;
    Ok(Exit::Fine)
}

fn passphrase(args: &InitArgs) -> Done<Option<Passphrase>> {
    let given = args.place.passphrase()?;
    if given.is_some() || !args.encrypt {
        return Ok(given);
    }
    if !io::stdin().is_terminal() {
        let hint = "--encrypt needs --ca-passphrase-file, ETCD_TLS_CA_PASSPHRASE or a terminal";
        return Err(Misuse(hint.to_owned()).into());
    }
    let first = place::ask("New passphrase of the CA key")?;
    let again = place::ask("Once more")?;
    if first.is_empty() || first != again {
        return Err(Misuse("the two passphrases differ, or are empty".to_owned()).into());
    }
    Ok(Some(first))
}
