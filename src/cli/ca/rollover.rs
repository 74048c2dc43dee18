//! `ca rollover`: replaces the CA itself under a running cluster, one checked step a call.

use std::time::Duration;

use clap::Args;

use super::place::{CaPlace, KeyKind};
use super::shared::{self, SharedLedger};
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::Lang;
use crate::report::records::{self, Output};
use crate::workflow::{RolloverOptions, roll_over};

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

/// Does the step that comes next, or says why it can't.
pub(super) fn run(args: &RolloverArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let etcd = args.shared.etcd.named(stderr)?;
    let ledger = args.shared.open_at(&etcd)?;
    let options = RolloverOptions {
        common_name: args.cn.clone(),
        ttl: args.ttl,
        algorithm: args.key_algorithm.into(),
        endpoints: etcd.endpoints,
        peer_endpoints: args.peer_endpoints.clone(),
        credentials: etcd.credentials,
        patience: etcd.patience,
    };
    let site = args.place.site(stderr);
    let done = shared::run(roll_over(&options, &site, &ledger, &mut stderr.remarks()))??;
    super::print(|out| {
        records::rolled_over(out, done.step, &done.pool, &done.files, args.output, lang)
    })?;
    Ok(Exit::Fine)
}
