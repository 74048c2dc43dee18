//! `ca rollover`: replaces the CA itself under a running cluster, one checked step a call.
//!
//! etcd reads its pools only at start (`client/pkg/transport/listener.go`), so that trust in both CAs has to be true on the
//! wire before anything is reissued, and every new certificate has to be served before the old CA is dropped.

mod wire;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use time::OffsetDateTime;

use super::place::{self, CaPlace, KeyKind, Output};
use super::renew::renew;
use super::shared::SharedLedger;
use crate::ca::{self, Authority, Maker, NewAuthority, Old, Paths, Renewal, Status};
use crate::cli::exit::{Exit, note};
use crate::cli::{Done, target::duration};
use crate::ledger::Embedded;
use crate::message::{self, CaWord, Lang};
use crate::report::{listing, pair};
use crate::x509::{Certificate, Go};

#[derive(Debug, Args)]
pub(super) struct RolloverArgs {
    #[command(flatten)]
    place: CaPlace,
    /// The new CA's name [default: the old one's]
    #[arg(long, value_name = "NAME")]
    cn: Option<String>,
    /// How long the new CA lives
    #[arg(long, value_name = "DURATION", default_value = "3650d", value_parser = duration)]
    ttl: Duration,
    /// The new CA's key
    #[arg(long, value_enum, default_value_t = KeyKind::P256, value_name = "KIND")]
    key_algorithm: KeyKind,
    /// Peer URLs of every member, where this CA issued peer certificates [default: as etcd lists them]
    #[arg(long, value_name = "URL,URL", value_delimiter = ',')]
    peer_endpoints: Vec<String>,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print what was done
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// What one call did, and what is to be done by hand before the next.
struct Step {
    did: CaWord,
    next: CaWord,
    /// The pool that the next step speaks of.
    pool: PathBuf,
    files: Vec<PathBuf>,
}

/// The same as an object, always in English.
#[derive(Serialize)]
struct StepView<'a> {
    step: &'static str,
    next: String,
    files: &'a [PathBuf],
}

/// The files of a rollover, all in the CA's folder.
struct Files {
    current: Paths,
    new: Paths,
    /// Both CAs, for every pool.
    bundle: PathBuf,
}

/// Does the step that comes next, or says why it can't.
pub(super) fn run(args: &RolloverArgs, lang: Lang) -> Done<Exit> {
    let folder = args.place.folder();
    let next = folder.join("next");
    let files = Files {
        current: args.place.paths(),
        new: Paths { cert: next.join("ca.crt"), key: next.join("ca.key") },
        bundle: folder.join("ca-bundle.crt"),
    };
    let now = OffsetDateTime::now_utc();
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let step = if !files.new.cert.exists() {
        begin(args, &files, &mut ledger, now)?
    } else if certificate(&files.current.cert)?.der == certificate(&files.new.cert)?.der {
        settle(&files)?
    } else {
        bundle(&files)?;
        let passphrase = args.place.passphrase()?;
        let new = Authority::load(&files.new, passphrase.as_ref(), now)?;
        if outdated(&ledger, &new)?.is_empty() {
            drop_old(args, &files, &new, &ledger, now)?
        } else {
            reissue(args, &files, &new, &mut ledger, now)?
        }
    };
    let mut out = io::stdout().lock();
    match args.output {
        Output::Json => {
            let (did, next) = (step.did.in_lang(Lang::En), step.next(Lang::En));
            listing::object(&mut out, &StepView { step: did, next, files: &step.files })?;
        }
        Output::Table => {
            let mut line = |text: &str| writeln!(out, "{}", listing::harmless(text));
            line(step.did.in_lang(lang))?;
            step.files.iter().try_for_each(|file| line(&format!("  {}", file.display())))?;
            line(&pair(CaWord::Next.in_lang(lang), &step.next(lang), lang))?;
        }
    }
    out.flush()?;
    Ok(Exit::Fine)
}

impl Step {
    fn next(&self, lang: Lang) -> String {
        message::filled(self.next.in_lang(lang), &[&self.pool.display().to_string()])
    }
}

/// First step: a new CA beside the old one, and a bundle of both.
fn begin(
    args: &RolloverArgs,
    files: &Files,
    ledger: &mut Embedded,
    now: OffsetDateTime,
) -> Done<Step> {
    let old = args.place.load(now)?.certificate;
    let passphrase = args.place.passphrase()?;
    if let Some(folder) = files.new.cert.parent() {
        ca::make_private_folder(folder)?;
    }
    let common_name =
        args.cn.clone().or_else(|| old.common_name()).unwrap_or_else(|| old.subject());
    let mut held = place::hold(ledger)?;
    let new = NewAuthority {
        common_name: &common_name,
        organizations: &[],
        ttl: args.ttl,
        algorithm: args.key_algorithm.into(),
        path_length: Some(0),
        passphrase: passphrase.as_ref(),
        intermediate: None,
    };
    new.create(&files.new, now, &mut held).map_err(place::refuse)?;
    bundle(files)?;
    Ok(Step {
        did: CaWord::StepBegun,
        next: CaWord::NextTrustBoth,
        pool: files.bundle.clone(),
        files: vec![files.new.cert.clone(), files.new.key.clone(), files.bundle.clone()],
    })
}

/// Writes both CAs into one file, unless it holds them.
fn bundle(files: &Files) -> Done<()> {
    let both = [fs::read(&files.current.cert)?, fs::read(&files.new.cert)?].concat();
    if !fs::read(&files.bundle).is_ok_and(|held| held == both) {
        ca::write_file(&files.bundle, &both)?;
    }
    Ok(())
}

/// Second step: everything is issued anew, once every endpoint lets in a client of the new CA.
fn reissue(
    args: &RolloverArgs,
    files: &Files,
    new: &Authority,
    ledger: &mut Embedded,
    now: OffsetDateTime,
) -> Done<Step> {
    wire::trusts(args, files, new, ledger, now)?;
    let outdated = outdated(ledger, new)?;
    let mut held = place::hold(ledger)?;
    let maker = Maker { authority: new, cluster_id: &args.shared.cluster_id, now };
    let mut renewed = Vec::new();
    for path in outdated {
        let old = Old::read(&path, None)?;
        let made = renew(&maker, &old, &Renewal::default(), true, &mut held)?;
        renewed.push(made.cert);
    }
    drop(held);
    args.shared.deliver(ledger)?;
    Ok(Step {
        did: CaWord::StepReissued,
        next: CaWord::NextCarry,
        pool: files.bundle.clone(),
        files: renewed,
    })
}

/// Third step: the new CA takes the old one's place, once every endpoint serves a certificate of it.
fn drop_old(
    args: &RolloverArgs,
    files: &Files,
    new: &Authority,
    ledger: &Embedded,
    now: OffsetDateTime,
) -> Done<Step> {
    let seen = wire::trusts(args, files, new, ledger, now)?;
    wire::serves(args, new, &seen)?;
    let serial = certificate(&files.current.cert)?.serial_hex();
    let backup = |path: &Path| PathBuf::from(format!("{}.bak-{serial}", path.display()));
    // The old pair gets a second name, then key and certificate move in; a crash between them is finished by the next call.
    for (from, to) in [(&files.new.key, &files.current.key), (&files.new.cert, &files.current.cert)]
    {
        if !backup(to).exists() {
            fs::hard_link(to, backup(to))?;
        }
        let waiting = to.with_extension("rollover");
        let _ = fs::remove_file(&waiting);
        fs::hard_link(from, &waiting)?;
        fs::rename(&waiting, to)?;
    }
    settle(files)
}

/// What remains after the new CA is in place: the old one leaves the bundle.
fn settle(files: &Files) -> Done<Step> {
    // The certificate moved last, so that the key is in its place too.
    ca::write_file(&files.bundle, &fs::read(&files.current.cert)?)?;
    for file in [&files.new.key, &files.new.cert] {
        if file.exists() {
            fs::remove_file(file)?;
        }
    }
    if let Some(folder) = files.new.cert.parent() {
        let _ = fs::remove_dir(folder);
    }
    Ok(Step {
        did: CaWord::StepTakenOver,
        next: CaWord::NextDropBundle,
        pool: files.bundle.clone(),
        files: vec![files.current.cert.clone(), files.current.key.clone(), files.bundle.clone()],
    })
}

/// The files of active records that another CA than the new one issued.
fn outdated(ledger: &Embedded, new: &Authority) -> Done<Vec<PathBuf>> {
    let sha256 = new.certificate.sha256();
    let mut files = Vec::new();
    for stored in ledger.records()? {
        if stored.record.status != Status::Active || stored.record.ca_sha256 == sha256 {
            continue;
        }
        match stored.cert {
            Some(path) if path.exists() => files.push(path),
            _ => note(&format!(
                "note: {} has no file here; issue it anew by hand",
                stored.record.cert_serial
            )),
        }
    }
    Ok(files)
}

fn certificate(path: &Path) -> Done<Certificate> {
    use rustls::pki_types::pem::PemObject as _;
    let der = rustls::pki_types::CertificateDer::from_pem_file(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Certificate::parse(&der, Go::DEFAULT)
        .map_err(|error| format!("{}: {error}", path.display()))?)
}
