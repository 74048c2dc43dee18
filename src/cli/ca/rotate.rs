//! `ca rotate`: renews what is due, once or as a service that systemd can watch.
//!
//! A renewal that fails leaves the old pair as it was, and is tried again later and later.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use sd_notify::NotifyState;
use time::OffsetDateTime;
use tokio::signal::unix::{SignalKind, signal};

use super::made;
use super::place::{self, CaPlace, Output};
use super::renew::{RenewalArgs, renew};
use super::rotation::{self, Dated};
use super::shared::SharedLedger;
use crate::ca::{Made, Maker, Old, Status};
use crate::cli::exit::{Exit, note};
use crate::cli::{Done, target::duration};
use crate::ledger::Embedded;
use crate::message::Lang;

#[derive(Debug, Args)]
pub(super) struct RotateArgs {
    /// Certificates, or folders of them [default: the active records of the ledger]
    #[arg(value_name = "FILE|DIR")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: CaPlace,
    /// Due when less than this remains [default: 30d, or a third of its life if that is less]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    expires_within: Option<Duration>,
    #[command(flatten)]
    renewal: RenewalArgs,
    /// Run after each renewal, by sh -c with `ETCD_TLS_CERT`, `ETCD_TLS_KEY` and `ETCD_TLS_SERIAL` set
    #[arg(long, value_name = "COMMAND")]
    hook: Option<String>,
    /// How long the hook may take
    #[arg(long, value_name = "DURATION", default_value = "1m", value_parser = duration)]
    hook_timeout: Duration,
    /// Stay, and renew whatever becomes due
    #[arg(long)]
    watch: bool,
    /// With --watch: how often to look
    #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = duration)]
    interval: Duration,
    /// With --watch: wait up to this much longer each time, so that many machines do not all come at once
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = humantime_duration)]
    jitter: Duration,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

fn humantime_duration(text: &str) -> Result<Duration, String> {
    if text == "0" { Ok(Duration::ZERO) } else { duration(text) }
}

/// How long a certificate that can't be renewed is left alone: doubled with each failure.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// How often a certificate could not be renewed, and when to try again.
#[derive(Default)]
struct Failures(HashMap<PathBuf, (u32, i64)>);

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
}

/// Rotates.
pub(super) fn run(args: &RotateArgs, lang: Lang) -> Done<Exit> {
    let mut failures = Failures::default();
    if !args.watch {
        let (made, failed) = rotate(args, &mut failures, lang)?;
        if made == 0 && failed == 0 {
            note("note: nothing is due");
        }
        return Ok(if failed == 0 { Exit::Fine } else { Exit::Problem });
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminated = signal(SignalKind::terminate())?;
        let mut interrupted = signal(SignalKind::interrupt())?;
        let _ = sd_notify::notify(&[NotifyState::Ready]);
        loop {
            match rotate(args, &mut failures, lang) {
                Ok((made, failed)) => {
                    let status = format!("{made} renewed, {failed} failed");
                    let _ =
                        sd_notify::notify(&[NotifyState::Status(&status), NotifyState::Watchdog]);
                }
                Err(error) => note(&format!("error: {error}; looking again later")),
            }
            tokio::select! {
                () = wait(pause(args, &failures)) => {}
                _ = terminated.recv() => break,
                _ = interrupted.recv() => break,
            }
        }
        let _ = sd_notify::notify(&[NotifyState::Stopping]);
        Ok(Exit::Fine)
    })
}

/// Waits, and shows the service manager's watchdog meanwhile that it does no more than that.
async fn wait(pause: Duration) {
    const SHORTEST: Duration = Duration::from_millis(100);
    let beat = sd_notify::watchdog_enabled().map(|limit| (limit / 2).max(SHORTEST));
    let until = Instant::now() + pause;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(beat.map_or(left, |beat| beat.min(left))).await;
        let _ = sd_notify::notify(&[NotifyState::Watchdog]);
    }
}

/// Until the next look: the interval and a share of the jitter, or sooner where a failure is to be tried again.
fn pause(args: &RotateArgs, failures: &Failures) -> Duration {
    let mut random = [0; 4];
    // Without randomness there is no jitter, and nothing else is lost.
    let _ = aws_lc_rs::rand::fill(&mut random);
    let share = f64::from(u32::from_be_bytes(random)) / f64::from(u32::MAX);
    let usual = args.interval + args.jitter.mul_f64(share);
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let retries = failures.0.values().map(|(_, again)| (again - now).max(1).unsigned_abs());
    retries.min().map_or(usual, |retry| usual.min(Duration::from_secs(retry)))
}

/// Renews what is due; how many were, and how many failed.
fn rotate(args: &RotateArgs, failures: &mut Failures, lang: Lang) -> Done<(usize, usize)> {
    let now = OffsetDateTime::now_utc();
    let seconds = now.unix_timestamp();
    let seen = if args.files.is_empty() {
        rotation::recorded(&args.place, seconds, args.expires_within)?
    } else {
        rotation::in_files(&args.files, seconds, args.expires_within)?
    };
    let due: Vec<Dated> = seen.into_iter().filter(|one| one.due && !one.is_ca).collect();
    let (mut made, mut failed) = (0, 0);
    for one in due {
        let Some(path) = one.path.filter(|path| failures.may_try(path, seconds)) else { continue };
        match renew_one(args, &path, &one.serial, now) {
            Ok(None) => {}
            Ok(Some(renewed)) => {
                made += 1;
                failures.0.remove(&path);
                tell(args, &renewed, lang)?;
                if let Some(hook) = &args.hook
                    && let Err(error) = run_hook(hook, args.hook_timeout, &renewed)
                {
                    failed += 1;
                    note(&format!("error: the hook after {}: {error}", path.display()));
                }
            }
            Err(error) => {
                failed += 1;
                let again = failures.note(&path, seconds);
                let later = if args.watch {
                    format!("; trying again in {}", humantime::format_duration(again))
                } else {
                    String::new()
                };
                note(&format!(
                    "error: {}: {}{later}",
                    path.display(),
                    super::chain(error.as_ref())
                ));
            }
        }
    }
    Ok((made, failed))
}

/// Renews one, unless the file holds something else by now, or only what a link has left behind.
fn renew_one(
    args: &RotateArgs,
    path: &Path,
    serial: &str,
    now: OffsetDateTime,
) -> Done<Option<Made>> {
    let old = Old::read(path, None)?;
    if old.certificate.serial_hex() != serial {
        return Ok(None);
    }
    let authority = args.place.load(now)?;
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let known = ledger.record(serial)?;
    if known.is_some_and(|known| known.record.status == Status::Superseded) {
        return Ok(None);
    }
    let mut held = place::hold(&mut ledger)?;
    let maker = Maker { authority: &authority, cluster_id: &args.shared.cluster_id, now };
    renew(&maker, &old, &args.renewal.renewal(), false, &mut held).map(Some)
}

fn tell(args: &RotateArgs, made: &Made, lang: Lang) -> Done<()> {
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let delivered = args.shared.deliver(&mut ledger)?;
    let mut out = io::stdout().lock();
    made::tell(&mut out, std::slice::from_ref(made), args.output, &delivered, lang)?;
    Ok(out.flush()?)
}

fn run_hook(hook: &str, timeout: Duration, made: &Made) -> io::Result<()> {
    let mut child = Command::new("sh")
        .args(["-c", hook])
        .env("ETCD_TLS_CERT", &made.cert)
        .env("ETCD_TLS_KEY", made.key.as_deref().unwrap_or(Path::new("")))
        .env("ETCD_TLS_SERIAL", &made.record.cert_serial)
        .env_remove("ETCD_TLS_CA_PASSPHRASE")
        .spawn()?;
    let until = Instant::now() + timeout;
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(io::Error::other(status.to_string())),
            None if Instant::now() < until => thread::sleep(Duration::from_millis(20)),
            None => {
                child.kill()?;
                child.wait()?;
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
    }
}
