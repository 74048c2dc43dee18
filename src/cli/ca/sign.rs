//! `ca sign`: a certificate for a request, which brings its own key.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::issue::Role;
use super::place::CaPlace;
use super::shared::{self, SharedLedger};
use crate::ca::Allowed;
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::{CaMessage, Lang};
use crate::report::records::Output;
use crate::workflow::Failure;
use crate::workflow::ca::{SignOptions, sign};

#[derive(Debug, Args)]
pub(super) struct SignArgs {
    #[command(flatten)]
    place: CaPlace,
    /// The request, PEM or DER (- = standard input)
    #[arg(long, value_name = "FILE")]
    csr: PathBuf,
    /// What the certificate is for
    #[arg(long, value_enum, value_name = "client|server|peer")]
    profile: Role,
    /// Honour only these names of the request: a name, *.DOMAIN, an address, a network such as 10.0.0.0/8, or how a
    /// URI begins; may be given several times [default: all]
    #[arg(long, value_name = "PATTERN", value_parser = allowed, value_delimiter = ',')]
    allow_san: Vec<Allowed>,
    /// How long it lives; never longer than its CA
    #[arg(long, value_name = "DURATION", default_value = "90d", value_parser = duration)]
    ttl: Duration,
    /// Folder for the certificate, which is named as the request; made if missing
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// The machine that will hold it [server and peer default: the request's CN]
    #[arg(long, value_name = "ID", conflicts_with = "service_name")]
    node_id: Option<String>,
    /// The service that will hold it [client default: the request's CN]
    #[arg(long, value_name = "NAME")]
    service_name: Option<String>,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

fn allowed(text: &str) -> Result<Allowed, Failure> {
    Allowed::parse(text).ok_or_else(|| Failure::misuse(CaMessage::PatternWanted))
}

/// Signs.
pub(super) fn run(args: &SignArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let options = SignOptions {
        csr: args.csr.clone(),
        profile: args.profile.into(),
        allowed: args.allow_san.clone(),
        ttl: args.ttl,
        out: args.out.clone(),
        node_id: args.node_id.clone(),
        service_name: args.service_name.clone(),
    };
    let (site, ledger) = (args.place.site(stderr), args.shared.open(stderr)?);
    let issued = shared::run(sign(options, &site, &ledger, &mut stderr.remarks()))??;
    super::print_issued(issued, args.output, lang)
}
