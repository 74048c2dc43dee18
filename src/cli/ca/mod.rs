//! `ca`: the certificate authority's commands, one file each.

mod init;
pub(super) mod issue;
mod missing;
pub(super) mod place;
mod renew;
mod request;
mod revoke;
mod rollover;
mod rotate;
mod rotation;
pub(super) mod shared;
mod sign;

use std::io::{self, BufWriter, StdoutLock, Write as _};

use clap::{Args, Subcommand};

use super::{Done, exit::Exit, later::Later, ledger};
use crate::message::Lang;
use crate::report::records::{self, Output};
use crate::workflow::ca::Issued;

#[derive(Debug, Args)]
pub(super) struct CaArgs {
    #[command(subcommand)]
    command: CaCommand,
}

#[derive(Debug, Subcommand)]
enum CaCommand {
    /// Make a CA: a root, or a root and an intermediate that issues
    Init(Later<init::InitArgs>),
    /// Make a key and a certificate for a client, a server or a peer
    Issue(Later<issue::IssueArgs>),
    /// Sign a request that brings its own key
    Sign(Later<sign::SignArgs>),
    /// Make a key and a request, for a CA that is elsewhere
    Request(Later<request::RequestArgs>),
    /// Replace a certificate: same names and role, new key and dates
    Renew(Later<renew::RenewArgs>),
    /// Say which certificates are due; exit 1 if any is
    CheckRotation(Later<rotation::CheckArgs>),
    /// Renew what is due, once or as a service
    Rotate(Later<rotate::RotateArgs>),
    /// Say which certificates a node's configuration names and its disk lacks; make them with --apply
    Missing(Later<missing::MissingArgs>),
    /// Replace the CA itself under a running cluster, in checked steps, one a call
    Rollover(Later<rollover::RolloverArgs>),
    /// Put a certificate on the revocation list
    Revoke(Later<revoke::RevokeArgs>),
    /// Write the revocation list, in the form that etcd reads
    Crl(Later<revoke::CrlArgs>),
    /// List what was issued; the same as `ledger list`
    List(Later<ledger::ListArgs>),
}

/// Runs one of them.
pub(super) fn run(args: CaArgs, lang: Lang) -> Done<Exit> {
    match args.command {
        CaCommand::Init(args) => init::run(&args, lang),
        CaCommand::Issue(args) => issue::run(args.take(), lang),
        CaCommand::Sign(args) => sign::run(&args, lang),
        CaCommand::Request(args) => request::run(&args, lang),
        CaCommand::Renew(args) => renew::run(&args, lang),
        CaCommand::CheckRotation(args) => rotation::check(&args, lang),
        CaCommand::Rotate(args) => rotate::run(&args, lang),
        CaCommand::Missing(args) => missing::run(&args, lang),
        CaCommand::Rollover(args) => rollover::run(&args, lang),
        CaCommand::Revoke(args) => revoke::revoke(&args, lang),
        CaCommand::Crl(args) => revoke::list(&args, lang),
        CaCommand::List(args) => ledger::list(&args, lang),
    }
}

/// Writes a result to standard output.
pub(super) fn print<T>(
    draw: impl FnOnce(&mut BufWriter<StdoutLock<'static>>) -> io::Result<T>,
) -> io::Result<T> {
    let mut out = BufWriter::new(io::stdout().lock());
    let drawn = draw(&mut out)?;
    out.flush().map(|()| drawn)
}

/// Prints what was issued, also where the rest was not.
fn print_issued(issued: Issued, output: Output, lang: Lang) -> Done<Exit> {
    let delivered = |serial: &str| issued.delivered.has(serial);
    print(|out| records::issued(out, &issued.made, delivered, output, lang))?;
    issued.failure.map_or(Ok(Exit::Fine), |failure| Err(failure.into()))
}
