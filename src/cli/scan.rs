//! `scan`: what a tree of files holds, who signed whom, what ends when.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use clap::{Args, ValueEnum};
use time::OffsetDateTime;

use super::{
    Done,
    check::FailOn,
    exit::{Exit, Misuse},
    target::duration,
    telling::Telling,
};
use crate::{
    diagnoses,
    diagnoses::engine::Severity,
    facts::tree::{Inventory, Sighted},
    observe::config::{self, Disk},
    report::tree::{self, Drawing, Told, View},
};

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 64;

#[derive(Debug, Args)]
#[command(
    after_help = "A folder or file is shown with all certificates, keys, requests, revocation lists, keystores and \
kubeconfigs in it; each certificate\nis judged against the CAs of the tree. Old copies (expired/, *.bak, backup-…) are shown \
and never complained about.\nExit code: 0 no problem, 1 problems found, 2 command line wrong, 3 a DIR can't be read."
)]
pub(super) struct ScanArgs {
    /// Folders or files to look through [default: where this machine keeps etcd's certificates]
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Take every DIR, and every absolute link, as below this folder: a mounted disk, a node's files copied off
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Compute nothing: issuers are told by name and key identifier, keys by the public half written in them
    #[arg(long)]
    no_verify: bool,
    /// How many threads to work with [default: as many as there are processors, one with --no-verify]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Show validity as bars instead of the table
    #[arg(long, value_enum, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "text", conflicts_with = "output")]
    timeline: Option<Timeline>,
    /// Draw who signed whom instead of the table
    #[arg(long, value_enum, value_name = "FORM", conflicts_with_all = ["output", "timeline"])]
    graph: Option<Drawing>,
    /// How to print the result
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
    /// From which severity on the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// The same as --fail-on warning
    #[arg(long)]
    strict: bool,
    /// Warn when a certificate expires within this time [default: 30d, or a third of its life if that is less]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    expires_within: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Simple,
    Json,
    Ndjson,
    Html,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Timeline {
    Text,
    Svg,
}

/// A folder that was named can't be looked through.
#[derive(Debug, thiserror::Error)]
#[error("{}", path.display())]
struct Unreadable {
    path: PathBuf,
    source: io::Error,
}

/// Looks through the folders, judges what is there, and tells.
pub(super) fn run(args: &ScanArgs, telling: &Telling) -> Done<Exit> {
    let start = Instant::now();
    let style = telling.style();
    let threads = args.threads().min(MOST_THREADS);
    let folders = args.folders()?;
    let walked = crate::observe::files::tree::walk(&folders, args.root.as_deref())
        .map_err(|(path, source)| Unreadable { path, source })?;
    let mut inventory = Inventory::new(OffsetDateTime::now_utc(), args.expires_within);
    inventory.skipped = walked.skipped;
    inventory.gather(&walked.files, threads, |entry| Sighted {
        file: crate::observe::files::tree::look_at(entry, !args.no_verify),
        above: entry.above,
    });
    drop(walked.files);
    let mut out = BufWriter::new(io::stdout().lock());
    let streamed = args.view().is_none();
    if streamed {
        tree::file_lines(&mut out, &inventory)?;
        let strangers = inventory.strangers();
        let mut written = Ok(());
        inventory.relate(
            threads,
            !args.no_verify,
            |inventory, index, certificate, relation| {
                tree::certificate_line(inventory, &strangers, index, certificate, relation)
            },
            |line| {
                if written.is_ok() {
                    written = out.write_all(line.as_bytes());
                }
            },
        );
        written?;
    } else {
        inventory.relate(threads, !args.no_verify, |_, _, _, _| (), |()| ());
    }
    let findings = diagnoses::of_tree(&inventory);
    let took_ms = start.elapsed().as_secs_f64() * 1000.0;
    let told = Told { inventory: &inventory, findings: &findings, took_ms };
    match args.view() {
        Some(view) => tree::write(&mut out, view, &told, &style)?,
        None => tree::last_lines(&mut out, &told, style.lang)?,
    }
    out.flush()?;
    let limit = if args.strict { FailOn::Warning } else { args.fail_on };
    let problem = match limit {
        FailOn::Warning => diagnoses::worst(&findings) >= Some(Severity::Warning),
        FailOn::Error => diagnoses::worst(&findings) >= Some(Severity::Error),
    };
    Ok(if problem { Exit::Problem } else { Exit::Fine })
}

impl ScanArgs {
    /// The folders named, else those that the machine keeps etcd's certificates in, as it sees them itself.
    fn folders(&self) -> Result<Vec<PathBuf>, Misuse> {
        if !self.folders.is_empty() {
            return Ok(self.folders.clone());
        }
        let found = config::machine(&Disk::new(self.root.clone())).certificate_folders();
        if found.is_empty() {
            return Err(Misuse(
                "no folder of etcd's certificates was found here: name a DIR".to_owned(),
            ));
        }
        let own = |path: PathBuf| match self
            .root
            .as_ref()
            .and_then(|root| path.strip_prefix(root).ok())
        {
            Some(below) => Path::new("/").join(below),
            None => path,
        };
        Ok(found.into_iter().map(own).collect())
    }

    /// Reading and parsing is over before it is shared out; signatures are worth the threads.
    fn threads(&self) -> usize {
        let usual = || if self.no_verify { 1 } else { available() };
        self.threads.map_or_else(usual, usize::from)
    }

    /// What to show; nothing when lines are written as they become known.
    fn view(&self) -> Option<View> {
        match (self.graph, self.timeline, self.output) {
            (Some(drawing), ..) => Some(View::Graph(drawing)),
            (None, Some(Timeline::Text), _) => Some(View::Timeline),
            (None, Some(Timeline::Svg), _) => Some(View::TimelineSvg),
            (None, None, Output::Table) => Some(View::Table),
            (None, None, Output::Simple) => Some(View::Simple),
            (None, None, Output::Json) => Some(View::Json),
            (None, None, Output::Html) => Some(View::Html),
            (None, None, Output::Markdown) => Some(View::Markdown),
            (None, None, Output::Ndjson) => None,
        }
    }
}

fn available() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
