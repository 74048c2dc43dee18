//! `preflight`: what a backup (or a restore) needs, looked at before it is taken; with `--save`, then taken.

mod save;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};

use super::{
    Done,
    check::{FailOn, write_case},
    exit::{Exit, Misuse, note},
    target::{Asked, Search, TargetArgs, duration},
    telling::Telling,
};
use crate::{
    diagnoses,
    diagnoses::engine::{Level, judge},
    facts::Facts,
    observation::{
        Observation,
        backup::{BackupSeen, StreamSeen},
    },
    observe::etcd::snapshot::Snapshot,
    report::{self, Format, Report},
};

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
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
    /// From which severity on the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// The same as --fail-on warning
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Simple,
    Json,
    Html,
    Markdown,
}

/// Looks, judges, and takes the snapshot when nothing stands against it.
pub(super) fn run(args: PreflightArgs, telling: &Telling) -> Done<Exit> {
    let fail_on = if args.strict { FailOn::Warning } else { args.fail_on };
    let mut asked = args.target.resolve(None, Search::WithoutEndpoints)?;
    let mut backup = BackupSeen { every: args.every, ..BackupSeen::default() };
    if asked.target.peer {
        return Err(Misuse("--peer: a snapshot comes from a client URL".to_owned()).into());
    }
    if let Some(path) = &args.restore {
        asked.target.endpoints.clear();
        backup.source = Some(crate::observe::files::destination::look_at_snapshot(path));
    }
    if let Some(path) = &args.save {
        if asked.target.endpoints.len() != 1 || asked.target.cluster {
            let why = "--save takes a snapshot of one member: give one endpoint; without --save the \
                       best one is recommended";
            return Err(Misuse(why.to_owned()).into());
        }
        backup.destination = Some(crate::observe::files::destination::look_at_destination(path));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(carry_out(asked, backup, args.save.as_deref(), fail_on));
    // A name lookup that outlived its deadline can't be called back; nobody waits for it.
    runtime.shutdown_background();
    let Ended { observation, failed } = ended;
    if let Some(path) = &args.save_case {
        write_case(path, &observation)?;
    }
    let facts = Facts::derive(&observation);
    let verdict = judge(&diagnoses::all(), &facts);
    let format = match args.output {
        Output::Table => Format::Table,
        Output::Simple => Format::Simple,
        Output::Json => Format::Json,
        Output::Html => Format::Html,
        Output::Markdown => Format::Markdown,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    report::write(&mut out, format, &Report::new(&facts, &verdict), &telling.style())?;
    out.flush()?;
    if let Some(error) = &failed {
        note(&format!("error: {error}"));
    }
    let problem = failed.is_some() || stands_against(verdict.level, fail_on);
    Ok(if problem { Exit::Problem } else { Exit::Fine })
}

/// What was seen, and why the snapshot was not taken if it was tried.
struct Ended {
    observation: Observation,
    failed: Option<save::SaveError>,
}

async fn carry_out(
    asked: Asked,
    backup: BackupSeen,
    save: Option<&Path>,
    fail_on: FailOn,
) -> Ended {
    let Asked { target, login, configs, files, .. } = asked;
    let restoring = backup.source.is_some();
    let observed = crate::observe::target::observe(target, configs, files, login.clone(), |_| {});
    let mut observation = Box::pin(observed).await;
    observation.backup = Some(backup);
    if restoring {
        look_at_data_dir(&mut observation);
        return Ended { observation, failed: None };
    }
    let snapshot = open(&mut observation, login).await;
    let verdict = judge(&diagnoses::all(), &Facts::derive(&observation));
    let mut failed = None;
    if let (Some(path), Some(snapshot)) = (save, snapshot)
        && !stands_against(verdict.level, fail_on)
    {
        match Box::pin(save::save(snapshot, path)).await {
            Ok(saved) => {
                if let Some(backup) = &mut observation.backup {
                    backup.saved = Some(saved);
                }
            }
            Err(error) => failed = Some(error),
        }
    }
    Ended { observation, failed }
}

/// Opens the snapshot at the endpoint that it is best taken from, and notes how that went.
async fn open(
    observation: &mut Observation,
    login: Option<crate::observe::wire::credentials::Login>,
) -> Option<Snapshot> {
    let url = Facts::derive(observation).snapshot_source()?.url().to_owned();
    let opened = Box::pin(Snapshot::open(observation, login, &url)).await;
    let (opened, snapshot) = match opened {
        Ok(snapshot) => (Ok(snapshot.total), Some(snapshot)),
        Err(error) => (Err(error), None),
    };
    if let Some(backup) = &mut observation.backup {
        backup.stream = Some(StreamSeen { endpoint: url, opened });
    }
    snapshot
}

/// The data directory of the member whose configuration was given.
fn look_at_data_dir(observation: &mut Observation) {
    let facts = Facts::derive(observation);
    let path = facts.settings.get("data-dir").map(|(_, setting)| setting.path().to_owned());
    let seen =
        path.map(|path| crate::observe::files::destination::look_at_data_dir(Path::new(&path)));
    if let Some(backup) = &mut observation.backup {
        backup.data_dir = seen;
    }
}

fn stands_against(level: Level, fail_on: FailOn) -> bool {
    match fail_on {
        FailOn::Warning => level >= Level::Warning,
        FailOn::Error => level >= Level::Incomplete,
    }
}
