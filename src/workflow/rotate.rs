//! What is due, and renewing it: once, or again and again as a service.
//!
//! A renewal that fails leaves the old pair as it was, and is tried again later and later.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::ca::{CaSite, Issued, SharedLedger, hold, renew_held};
use super::{Failure, Remarks, certificate_files};
use crate::ca::{Dated, Maker, Old, Renewal, Status};
use crate::message::{CaMessage, CliMessage, Message, Value};
use crate::observe::files::file_error::{FileError, FileFault};
use crate::observe::files::named_file;

/// Which certificates are looked at, and when one of them is due.
#[derive(Debug, Clone, Default)]
pub struct DueOptions {
    /// Files and directories; the active records of the ledger if there is none.
    pub files: Vec<PathBuf>,
    /// The time before the end from which on one is due; else the usual rule.
    pub within: Option<Duration>,
}

/// Every certificate that was looked at, with when it is due.
pub fn dated(
    options: &DueOptions,
    site: &CaSite,
    now: OffsetDateTime,
    remarks: Remarks<'_>,
) -> Result<Vec<Dated>, Failure> {
    let now = now.unix_timestamp();
    if options.files.is_empty() {
        return recorded(options.within, site, now, remarks);
    }
    let mut seen = Vec::new();
    for path in &options.files {
        if path.is_dir() {
            certificate_files::each_file(path, remarks, &mut |path, pem| {
                seen.extend(in_file(path, pem, now, options.within));
            })?;
        } else {
            let pem = named_file::bytes(path, named_file::LARGEST)?;
            let before = seen.len();
            seen.extend(in_file(path, &pem, now, options.within));
            if seen.len() == before {
                return Err(FileError::new(path.display(), FileFault::NoCertificate(None)).into());
            }
        }
    }
    Ok(seen)
}

/// The active records, with the files that they were written to. A wrong directory must not pass for a CA without certificates.
fn recorded(
    within: Option<Duration>,
    site: &CaSite,
    now: i64,
    remarks: Remarks<'_>,
) -> Result<Vec<Dated>, Failure> {
    if !site.ledger.exists() {
        let path = site.ledger.display().into();
        return Err(Failure::failed(CaMessage::NoLedgerHere { path }));
    }
    let records = site.read_ledger(remarks)?.records()?.into_iter();
    let active = records.filter(|stored| stored.record.status == Status::Active);
    let dated = active.map(|stored| {
        let record = stored.record;
        let dated = Dated {
            path: stored.cert,
            serial: record.cert_serial,
            subject: record.subject,
            is_ca: false,
            expires_at: record.expires_at,
            due_at: 0,
            due: false,
        };
        dated.judged(record.issued_at, now, within)
    });
    Ok(dated.collect())
}

/// The certificates of a file that has any.
fn in_file(path: &Path, pem: &[u8], now: i64, within: Option<Duration>) -> Vec<Dated> {
    let dated = named_file::certificates_in(pem).map(|certificate| {
        let dated = Dated {
            path: Some(path.to_owned()),
            serial: certificate.serial_hex(),
            subject: certificate.subject(),
            is_ca: certificate.is_ca(),
            expires_at: certificate.not_after.unix_timestamp(),
            due_at: 0,
            due: false,
        };
        dated.judged(certificate.not_before.unix_timestamp(), now, within)
    });
    dated.collect()
}

/// How to rotate.
#[derive(Debug, Clone)]
pub struct RotateOptions {
    /// What is looked at.
    pub due: DueOptions,
    /// How certificates are renewed.
    pub renewal: Renewal,
    /// A command to run after each renewal, by `sh -c`, with `ETCD_TLS_CERT`, `ETCD_TLS_KEY` and `ETCD_TLS_SERIAL` set.
    pub hook: Option<String>,
    /// How long the hook may take.
    pub hook_timeout: Duration,
    /// Whether failures are tried again later.
    pub watch: bool,
}

/// How long a certificate that can't be renewed is left alone: doubled with each failure.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// How often a certificate could not be renewed, and when to try again.
#[derive(Debug, Default)]
pub struct Failures(HashMap<PathBuf, (u32, i64)>);

impl Failures {
    fn may_try(&self, path: &Path, now: i64) -> bool {
        self.0.get(path).is_none_or(|(_, again)| *again <= now)
    }

    fn note(&mut self, path: &Path, now: i64) -> Duration {
        let (count, again) = self.0.entry(path.to_owned()).or_default();
        let pause = FIRST_PAUSE.saturating_mul(1 << (*count).min(10)).min(LONGEST_PAUSE);
        *count += 1;
        *again = now.saturating_add(i64::try_from(pause.as_secs()).unwrap_or(i64::MAX));
        pause
    }

    /// How long until the first of them may be tried again.
    pub fn next_try(&self, now: OffsetDateTime) -> Option<Duration> {
        let retries = self.0.values().map(|(_, again)| again - now.unix_timestamp());
        retries.min().map(|left| Duration::from_secs(left.max(1).unsigned_abs()))
    }
}

/// How a round ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// How many certificates were renewed.
    pub renewed: usize,
    /// How many renewals and hooks failed.
    pub failed: usize,
}

/// Renews what is due, and hands each renewal to `renewed` as soon as it is made.
pub async fn rotate(
    options: &RotateOptions,
    site: &CaSite,
    shared: &SharedLedger,
    failures: &mut Failures,
    renewed: &mut dyn FnMut(&Issued),
    remarks: Remarks<'_>,
) -> Result<Round, Failure> {
    let now = OffsetDateTime::now_utc();
    let seconds = now.unix_timestamp();
    let mut round = Round::default();
    let seen = dated(&options.due, site, now, remarks)?;
    for dated in seen.into_iter().filter(|dated| dated.due && !dated.is_ca) {
        let Some(path) = dated.path.filter(|path| failures.may_try(path, seconds)) else {
            continue;
        };
        match renew_due(options, site, shared, &path, &dated.serial, now, remarks).await {
            Ok(None) => {}
            Ok(Some(issued)) => {
                round.renewed += 1;
                failures.0.remove(&path);
                renewed(&issued);
                if let Some(hook) = &options.hook
                    && let Err(why) = run_hook(hook, options.hook_timeout, &issued).await
                {
                    round.failed += 1;
                    complain(remarks, CaMessage::Hook { file: path.display().into(), why });
                }
            }
            Err(failure) => {
                round.failed += 1;
                let pause = failures.note(&path, seconds);
                let why = failure.message.about(path.display());
                let pause = humantime::format_duration(pause).to_string().into();
                if options.watch {
                    complain(remarks, CaMessage::TryingAgain { why: why.into(), pause });
                } else {
                    complain(remarks, why);
                }
            }
        }
    }
    Ok(round)
}

fn complain(remarks: Remarks<'_>, what: impl Into<Message>) {
    remarks(CliMessage::Error { what: what.into().into() }.into());
}

/// Renews one, unless the file holds something else by now, or only what a link has left behind.
async fn renew_due(
    options: &RotateOptions,
    site: &CaSite,
    shared: &SharedLedger,
    path: &Path,
    serial: &str,
    now: OffsetDateTime,
    remarks: Remarks<'_>,
) -> Result<Option<Issued>, Failure> {
    let old = Old::read(path, None)?;
    if old.certificate.serial_hex() != serial {
        return Ok(None);
    }
    let authority = site.authority(now)?;
    let mut ledger = site.open_ledger()?;
    let known = ledger.record(serial)?;
    if known.is_some_and(|known| known.record.status == Status::Superseded) {
        return Ok(None);
    }
    let mut guard = hold(&mut ledger, remarks)?;
    let maker = Maker { authority: &authority, cluster_id: &shared.cluster_id, now };
    let made = renew_held(&maker, &old, &options.renewal, false, &mut guard)?;
    drop(guard);
    let delivered = shared.deliver(&mut ledger, remarks).await?;
    Ok(Some(Issued { made: vec![made], delivered, failure: None }))
}

async fn run_hook(hook: &str, timeout: Duration, issued: &Issued) -> Result<(), Value> {
    const STEP: Duration = Duration::from_millis(20);
    let Some(made) = issued.made.first() else { return Ok(()) };
    let said = |error: std::io::Error| Value::from(Message::from(&error));
    let mut child = Command::new("sh")
        .args(["-c", hook])
        .env("ETCD_TLS_CERT", &made.cert)
        .env("ETCD_TLS_KEY", made.key.as_deref().unwrap_or(Path::new("")))
        .env("ETCD_TLS_SERIAL", &made.record.cert_serial)
        .env_remove("ETCD_TLS_CA_PASSPHRASE")
        .spawn()
        .map_err(said)?;
    let until = Instant::now() + timeout;
    loop {
        match child.try_wait().map_err(said)? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(Value::quoted(status)),
            None if Instant::now() < until => tokio::time::sleep(STEP).await,
            None => {
                child.kill().and_then(|()| child.wait()).map_err(said)?;
                return Err(said(std::io::ErrorKind::TimedOut.into()));
            }
        }
    }
}
