//! `scan`: flags, one workflow, and what a tree of files holds.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
    time::{Duration, Instant},
};

use clap::{Args, ValueEnum};

use super::{
    Done,
    etcd_flags::duration,
    exit::Exit,
    output_options::{FailOptions, OutputOptions, formats},
};
use crate::{
    diagnoses,
    report::{
        Format,
        tree::{self, Drawing, Told, View},
    },
    workflow::Scan,
};

const FORMATS: [Format; 6] =
    [Format::Table, Format::Simple, Format::Json, Format::Ndjson, Format::Html, Format::Markdown];

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
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_parser = formats(&FORMATS), default_value = "table")]
    output: Format,
    #[command(flatten)]
    fail: FailOptions,
    /// Warn when a certificate expires within this time [default: 30d, or a third of its life if that is less]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    expires_within: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Timeline {
    Text,
    Svg,
}

/// Looks through the folders, judges what is there, and shows it.
pub(super) fn run(args: ScanArgs, options: &OutputOptions) -> Done<Exit> {
    let start = Instant::now();
    let (view, style) = (args.view(), options.style());
    let scan = Scan {
        folders: args.folders,
        root: args.root,
        verifies: !args.no_verify,
        threads: args.threads.map(usize::from),
        expires_within: args.expires_within,
    };
    let mut inventory = scan.gather()?;
    let mut out = BufWriter::new(io::stdout().lock());
    if view.is_some() {
        inventory.relate(scan.threads(), scan.verifies, |_, _, _, _| (), |()| ());
    } else {
        tree::file_lines(&mut out, &inventory)?;
        let strangers = inventory.strangers();
        let mut written = Ok(());
        inventory.relate(
            scan.threads(),
            scan.verifies,
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
    }
    let findings = diagnoses::of_tree(&inventory);
    let took_ms = start.elapsed().as_secs_f64() * 1000.0;
    let told = Told { inventory: &inventory, findings: &findings, took_ms };
    match view {
        Some(view) => tree::write(&mut out, view, &told, &style)?,
        None => tree::last_lines(&mut out, &told, style.lang)?,
    }
    out.flush()?;
    let is_problem = diagnoses::worst(&findings) >= Some(args.fail.severity());
    Ok(if is_problem { Exit::Problem } else { Exit::Fine })
}

impl ScanArgs {
    /// What to show; nothing when lines are written as they become known.
    fn view(&self) -> Option<View> {
        match (self.graph, self.timeline, self.output) {
            (Some(drawing), ..) => Some(View::Graph(drawing)),
            (None, Some(Timeline::Text), _) => Some(View::Timeline),
            (None, Some(Timeline::Svg), _) => Some(View::TimelineSvg),
            (None, None, Format::Simple) => Some(View::Simple),
            (None, None, Format::Json) => Some(View::Json),
            (None, None, Format::Html) => Some(View::Html),
            (None, None, Format::Markdown) => Some(View::Markdown),
            (None, None, Format::Ndjson) => None,
            (None, None, Format::Table | Format::Ladder) => Some(View::Table),
        }
    }
}
