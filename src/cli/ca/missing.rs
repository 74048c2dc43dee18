//! `ca missing`: which certificates the configuration of a node names and its disk lacks, and making them.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::place::{CaPlace, KeyKind};
use super::shared::{self, SharedLedger};
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::{CaMessage, Lang};
use crate::report::records::{self, Output};
use crate::workflow::{MissingOptions, make_missing, missing};

#[derive(Debug, Args)]
pub(super) struct MissingArgs {
    #[command(flatten)]
    place: CaPlace,
    /// Configuration of etcd or kube-apiserver, or a folder of it; may be given several times [default: this machine's]
    #[arg(long, value_name = "PATH")]
    config: Vec<String>,
    /// Look under this folder instead of / (a mounted disk, a node's files copied off)
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Make what is missing; of half a pair, what is left keeps a second name
    #[arg(long)]
    apply: bool,
    /// A name to add to server and peer certificates; may be given several times
    #[arg(long, value_name = "IP-or-DNS", value_delimiter = ',')]
    san: Vec<String>,
    /// How long the certificates live
    #[arg(long, value_name = "DURATION", default_value = "90d", value_parser = duration)]
    ttl: Duration,
    /// The kind of key to make
    #[arg(long, value_enum, default_value_t = KeyKind::P256, value_name = "KIND")]
    key_algorithm: KeyKind,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print what is missing, or was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// Lists what is missing, or makes it.
pub(super) fn run(args: &MissingArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let options = MissingOptions {
        configs: args.config.clone(),
        root: args.root.clone(),
        sans: args.san.clone(),
    };
    let found = missing(&options)?;
    if args.apply && !found.pairs.is_empty() {
        let (site, ledger) = (args.place.site(stderr), args.shared.open(stderr)?);
        let algorithm = args.key_algorithm.into();
        let mut remarks = stderr.remarks();
        let work = make_missing(found.pairs, args.ttl, algorithm, &site, &ledger, &mut remarks);
        return super::print_issued(shared::run(work)??, args.output, lang);
    }
    super::print(|out| records::missing(out, &found.pairs, args.output, lang))?;
    let (missing, configurations) = (found.pairs.len().into(), found.configurations.into());
    stderr.say(&CaMessage::Missing { missing, configurations }.into());
    Ok(if found.pairs.is_empty() { Exit::Fine } else { Exit::Problem })
}
