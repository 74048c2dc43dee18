//! `ca rotate`: renews what is due, once or as a service that systemd can watch.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use sd_notify::NotifyState;
use time::OffsetDateTime;
use tokio::signal::unix::{SignalKind, signal};

use super::place::CaPlace;
use super::renew::RenewalArgs;
use super::shared::{self, SharedLedger};
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::{CaMessage, CliMessage, Lang};
use crate::report::records::{self, Output};
use crate::workflow::ca::{self, CaSite, Issued};
use crate::workflow::{DueOptions, Failures, RotateOptions, Round, rotate};

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

fn humantime_duration(text: &str) -> Result<Duration, crate::workflow::Failure> {
    if text == "0" { Ok(Duration::ZERO) } else { duration(text) }
}

/// Rotates.
pub(super) fn run(args: &RotateArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let options = RotateOptions {
        due: DueOptions { files: args.files.clone(), within: args.expires_within },
        renewal: args.renewal.renewal(),
        hook: args.hook.clone(),
        hook_timeout: args.hook_timeout,
        watch: args.watch,
    };
    let (site, ledger) = (args.place.site(stderr), args.shared.open(stderr)?);
    let mut failures = Failures::default();
    let mut printed = Ok(());
    let mut print = |issued: &Issued| {
        let delivered = |serial: &str| issued.delivered.has(serial);
        let draw = |out: &mut _| records::issued(out, &issued.made, delivered, args.output, lang);
        if let Err(error) = super::print(draw) {
            printed = Err(error);
        }
    };
    if args.watch {
        shared::run(watch(args, stderr, &options, &site, &ledger, &mut failures, &mut print))??;
        return Ok(printed.map(|()| Exit::Fine)?);
    }
    let mut remarks = stderr.remarks();
    let work = rotate(&options, &site, &ledger, &mut failures, &mut print, &mut remarks);
    let round = shared::run(work)??;
    printed?;
    if round == Round::default() {
        stderr.note(CaMessage::NothingDue);
    }
    Ok(if round.failed == 0 { Exit::Fine } else { Exit::Problem })
}

/// Stays until a signal ends it.
async fn watch(
    args: &RotateArgs,
    stderr: Stderr,
    options: &RotateOptions,
    site: &CaSite,
    ledger: &ca::SharedLedger,
    failures: &mut Failures,
    print: &mut dyn FnMut(&Issued),
) -> Done<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let _ = sd_notify::notify(&[NotifyState::Ready]);
    loop {
        match rotate(options, site, ledger, failures, print, &mut stderr.remarks()).await {
            Ok(Round { renewed, failed }) => {
                let status = format!("{renewed} renewed, {failed} failed");
                let _ = sd_notify::notify(&[NotifyState::Status(&status), NotifyState::Watchdog]);
            }
            Err(failure) => {
                let what = CaMessage::LookingLater { why: failure.message.into() }.into();
                stderr.say(&CliMessage::Error { what }.into());
            }
        }
        let usual = args.interval + jitter(args.jitter);
        let retry = failures.next_try(OffsetDateTime::now_utc());
        tokio::select! {
            () = wait(retry.map_or(usual, |retry| usual.min(retry))) => {}
            _ = terminated.recv() => break,
            _ = interrupted.recv() => break,
        }
    }
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
    Ok(())
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

/// A random share of the jitter.
fn jitter(most: Duration) -> Duration {
    let mut random = [0; 4];
    // Without randomness there is no jitter, and nothing else is lost.
    let _ = aws_lc_rs::rand::fill(&mut random);
    most.mul_f64(f64::from(u32::from_be_bytes(random)) / f64::from(u32::MAX))
}
