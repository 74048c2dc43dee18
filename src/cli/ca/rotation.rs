//! `ca check-rotation`: which certificates are due. Never silent: what was looked at and what comes next is said.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Serialize;
use time::OffsetDateTime;

use super::made;
use super::place::{CaPlace, Output};
use crate::ca::{Due, Status, is_due};
use crate::cli::exit::{Exit, note, show};
use crate::cli::{Done, target::duration};
use crate::message::{self, CaWord, Label, Lang, Word};
use crate::report::listing;
use crate::x509::{Certificate, Go};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Certificates, or folders of them [default: the active records of the ledger]
    #[arg(value_name = "FILE|DIR")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: CaPlace,
    /// Due when less than this remains [default: 30d, or a third of its life if that is less]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    expires_within: Option<Duration>,
    /// How to print what is due; JSON is one object a line
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// One certificate, and by when it has to be renewed.
#[derive(Debug, Serialize)]
pub(super) struct Dated {
    pub(super) path: Option<PathBuf>,
    pub(super) serial: String,
    pub(super) subject: String,
    pub(super) is_ca: bool,
    pub(super) expires_at: i64,
    pub(super) due_at: i64,
    pub(super) due: bool,
}

/// A file that can't be looked at.
#[derive(Debug, thiserror::Error)]
#[error("{}", path.display())]
struct Unreadable {
    path: PathBuf,
    source: io::Error,
}

/// Nothing to look at: a wrong folder must not pass for a CA without certificates.
#[derive(Debug, thiserror::Error)]
#[error("there is no ledger at {}; name it by --ca-dir, or name certificates or folders", .0.display())]
struct NoLedger(PathBuf);

/// Says what is due.
pub(super) fn check(args: &CheckArgs, lang: Lang) -> Done<Exit> {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let seen = if args.files.is_empty() {
        recorded(&args.place, now, args.expires_within)?
    } else {
        in_files(&args.files, now, args.expires_within)?
    };
    let due: Vec<&Dated> = seen.iter().filter(|one| one.due).collect();
    let mut out = io::BufWriter::new(io::stdout().lock());
    match args.output {
        Output::Json => due.iter().try_for_each(|one| listing::object(&mut out, one))?,
        Output::Table => {
            let rows: Vec<_> = due.iter().map(|one| one.row(now, lang)).collect();
            let headings = [
                CaWord::Due.in_lang(lang),
                Label::Certificate.in_lang(lang),
                Label::Subject.in_lang(lang),
                Label::NotAfter.in_lang(lang),
            ];
            listing::columns(&mut out, &headings, &rows)?;
        }
    }
    let (count, all) = (&due.len().to_string(), &seen.len().to_string());
    let summary = match seen.iter().filter(|one| !one.due).map(|one| one.due_at).min() {
        _ if seen.is_empty() => CaWord::NothingFound.in_lang(lang).to_owned(),
        Some(next) => {
            message::filled(CaWord::DueNext.in_lang(lang), &[count, all, &made::date(next)])
        }
        None => message::filled(CaWord::DueAll.in_lang(lang), &[count, all]),
    };
    match args.output {
        Output::Table => writeln!(out, "{summary}")?,
        Output::Json => show(&summary),
    }
    out.flush()?;
    Ok(if due.is_empty() { Exit::Fine } else { Exit::Problem })
}

impl Dated {
    fn row(&self, now: i64, lang: Lang) -> Vec<String> {
        let when = if self.expires_at < now {
            Word::Expired.in_lang(lang)
        } else {
            CaWord::DueNow.in_lang(lang)
        };
        let what = self
            .path
            .as_ref()
            .map_or_else(|| self.serial.clone(), |path| path.display().to_string());
        vec![when.to_owned(), what, self.subject.clone(), made::date(self.expires_at)]
    }
}

/// The active records, with the files that they were written to.
pub(super) fn recorded(place: &CaPlace, now: i64, within: Option<Duration>) -> Done<Vec<Dated>> {
    let path = place.ledger();
    if !path.exists() {
        return Err(NoLedger(path).into());
    }
    let ledger = place.open_ledger()?;
    let active = ledger.records()?.into_iter();
    let active = active.filter(|stored| stored.record.status == Status::Active);
    let dated = active.map(|stored| {
        let record = stored.record;
        let Due { from, now } = is_due(record.issued_at, record.expires_at, now, within);
        Dated {
            path: stored.cert,
            serial: record.cert_serial,
            subject: record.subject,
            is_ca: false,
            expires_at: record.expires_at,
            due_at: from,
            due: now,
        }
    });
    Ok(dated.collect())
}

/// The certificates in files and, as far as they are certificates, in the files of folders.
pub(super) fn in_files(files: &[PathBuf], now: i64, within: Option<Duration>) -> Done<Vec<Dated>> {
    let mut seen = Vec::new();
    for path in files {
        if path.is_dir() {
            each_file(path, &mut |path, pem| seen.extend(dated(path, pem, now, within)))?;
        } else {
            let unreadable = |source| Unreadable { path: path.clone(), source };
            let found = dated(path, &fs::read(path).map_err(unreadable)?, now, within);
            if found.is_empty() {
                return Err(crate::ca::RenewError::NoCertificate(path.clone()).into());
            }
            seen.extend(found);
        }
    }
    Ok(seen)
}

pub(in crate::cli) fn each_file(folder: &Path, see: &mut impl FnMut(&Path, &[u8])) -> Done<()> {
    /// No certificate comes near.
    const LARGEST: u64 = 1 << 20;
    let unreadable = |source| Unreadable { path: folder.to_owned(), source };
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(unreadable)?.collect();
    let mut paths: Vec<_> = entries.map_err(unreadable)?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(found) = path.symlink_metadata() else { continue };
        if found.is_dir() {
            each_file(&path, see)?;
        } else if path.metadata().is_ok_and(|found| found.is_file() && found.len() <= LARGEST)
            && !name.contains(".bak-")
            && !name.starts_with('.')
        {
            match fs::read(&path) {
                Ok(bytes) => see(&path, &bytes),
                Err(error) => note(&format!("note: {}: {error}", path.display())),
            }
        }
    }
    Ok(())
}

/// The certificates of a file that has any.
fn dated(path: &Path, pem: &[u8], now: i64, within: Option<Duration>) -> Vec<Dated> {
    let blocks = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok);
    let parsed = blocks.filter_map(|der| Certificate::parse(&der, Go::DEFAULT).ok());
    let dated = parsed.map(|certificate| {
        let (begins, expires_at) =
            (certificate.not_before.unix_timestamp(), certificate.not_after.unix_timestamp());
        let Due { from, now } = is_due(begins, expires_at, now, within);
        Dated {
            path: Some(path.to_owned()),
            serial: certificate.serial_hex(),
            subject: certificate.subject(),
            is_ca: certificate.is_ca(),
            expires_at,
            due_at: from,
            due: now,
        }
    });
    dated.collect()
}
