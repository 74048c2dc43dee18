//! `preflight`: flags, one workflow, one report.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    time::{Duration, Instant},
};

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::{
    Done,
    etcd_flags::duration,
    exit::Exit,
    output_options::{FailOptions, OutputOptions, formats},
    target::TargetArgs,
};
use crate::{
    report::{self, Format, Report},
    workflow::{self, Backup, Search},
};

const FORMATS: [Format; 5] =
    [Format::Table, Format::Simple, Format::Json, Format::Html, Format::Markdown];
/// How often a terminal shows how far a snapshot has come.
const SHOWN_EVERY: Duration = Duration::from_millis(100);

#[derive(Debug, Args)]
pub(super) struct PreflightArgs {
    #[command(flatten)]
    target: TargetArgs,
    /// How often backups are taken: every certificate has to live until the next one
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    every: Option<Duration>,
    /// Then take the snapshot into this file, which must not exist yet
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Check what a restore of this snapshot needs instead: the file, and with --config the member's certificates and data directory
    #[arg(long, value_name = "FILE", conflicts_with_all = ["save", "every"])]
    restore: Option<PathBuf>,
    /// Write everything observed, and nothing secret, to a file
    #[arg(long, value_name = "FILE")]
    save_case: Option<PathBuf>,
    /// How to print the report
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_parser = formats(&FORMATS), default_value = "table")]
    output: Format,
    #[command(flatten)]
    fail: FailOptions,
}

/// Looks, judges, and takes the snapshot when nothing stands against it.
pub(super) fn run(args: PreflightArgs, options: &OutputOptions) -> Done<Exit> {
    let (stderr, fail_on) = (options.stderr(), args.fail.level());
    let request = args.target.request(Search::WithoutEndpoints, stderr)?;
    let backup = Backup { every: args.every, save: args.save, restore: args.restore };
    let mut progress = Progress::new();
    let judged = super::block_on(async {
        let target = workflow::resolve_one(request, &mut stderr.remarks()).await?;
        let stop = std::pin::pin!(interrupted());
        let shown = &mut |bytes, total| progress.show(bytes, total);
        workflow::preflight(target, &backup, fail_on, stop, shown, |facts, verdict, failed| {
            if let Some(path) = &args.save_case {
                workflow::write_case(path, [facts.observation])?;
            }
            let mut out = io::BufWriter::new(io::stdout().lock());
            let reports = [Report::new(facts, verdict)];
            report::write(&mut out, args.output, &reports, &options.style())?;
            out.flush()?;
            Done::Ok((verdict.level, failed))
        })
        .await
    })?;
    let (level, failed) = judged??;
    if let Some(failure) = &failed {
        stderr.error(failure);
    }
    Ok(if failed.is_some() || level >= fail_on { Exit::Problem } else { Exit::Fine })
}

/// Waits until the user, or whoever runs this, wants it to end.
async fn interrupted() {
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    let [Ok(mut interrupt), Ok(mut terminate)] = signals else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// A bar on a terminal's standard error; nothing elsewhere.
struct Progress {
    shown: Option<Instant>,
}

impl Progress {
    fn new() -> Self {
        Self { shown: io::stderr().is_terminal().then(Instant::now) }
    }

    fn show(&mut self, bytes: u64, total: u64) {
        const CELLS: u64 = 30;
        let Some(shown) = &mut self.shown else { return };
        if shown.elapsed() < SHOWN_EVERY && bytes < total {
            return;
        }
        *shown = Instant::now();
        let full = bytes.saturating_mul(CELLS).checked_div(total).unwrap_or(CELLS).min(CELLS);
        let cells: String = (0..CELLS).map(|cell| if cell < full { '#' } else { '.' }).collect();
        let megabytes = |bytes: u64| bytes / 1_000_000;
        let end = if bytes >= total { "\n" } else { "" };
        let line = format!("\r[{cells}] {}/{} MB{end}", megabytes(bytes), megabytes(total));
        // A terminal that went away is no reason to give up the snapshot.
        let _ = io::stderr().write_all(line.as_bytes());
    }
}
