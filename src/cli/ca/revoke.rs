//! `ca revoke` and `ca crl`: a certificate goes on the list, the list goes into a file.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::place::CaPlace;
use super::shared::{self, SharedLedger};
use crate::ca::Reason;
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::{CaMessage, Lang};
use crate::report::records::{self, Output};
use crate::workflow::Failure;
use crate::workflow::ca::{ListOptions, RevokeOptions, list_revoked, revoke as revoke_certificate};

#[derive(Debug, Args)]
pub(super) struct RevokeArgs {
    /// A serial from the ledger, or a certificate's file
    #[arg(value_name = "SERIAL|FILE")]
    what: String,
    #[command(flatten)]
    place: CaPlace,
    /// Why: unspecified, keyCompromise, affiliationChanged, superseded, cessationOfOperation, privilegeWithdrawn …
    #[arg(long, value_name = "WORD", default_value = "unspecified", value_parser = reason)]
    reason: Reason,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print the record
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Debug, Args)]
pub(super) struct CrlArgs {
    #[command(flatten)]
    place: CaPlace,
    /// The list's file [default: ca.crl beside the CA's certificate]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write PEM, which etcd from 3.6 on can't read, instead of DER
    #[arg(long)]
    pem: bool,
    /// When the next list is due
    #[arg(long, value_name = "DURATION", default_value = "7d", value_parser = duration)]
    next_update: Duration,
    /// How to print what was written
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

fn reason(text: &str) -> Result<Reason, Failure> {
    let names = || Reason::ALL.map(Reason::name).join(", ");
    Reason::parse(text).ok_or_else(|| Failure::misuse(CaMessage::OneOf { names: names().into() }))
}

/// Revokes.
pub(super) fn revoke(args: &RevokeArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let options = RevokeOptions { what: args.what.clone(), reason: args.reason };
    let (site, ledger) = (args.place.site(stderr), args.shared.open(stderr)?);
    let mut remarks = stderr.remarks();
    let work = revoke_certificate(&options, &site, &ledger, &mut remarks);
    let revoked = shared::run(work)??;
    super::print(|out| {
        let list = args.place.command("etcd-tls ca crl");
        records::revoked(out, &revoked.record, revoked.is_delivered, &list, args.output, lang)
    })?;
    Ok(Exit::Fine)
}

/// Writes the list.
pub(super) fn list(args: &CrlArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let options =
        ListOptions { out: args.out.clone(), pem: args.pem, next_update: args.next_update };
    let written = list_revoked(&options, &args.place.site(stderr), &mut stderr.remarks())?;
    super::print(|out| records::revocation_list(out, &written, args.output, lang))?;
    Ok(Exit::Fine)
}
