//! `ca`: the certificate authority's commands, one file each.

mod init;
pub(super) mod issue;
pub(super) mod made;
mod missing;
pub(super) mod place;
mod renew;
mod request;
mod revoke;
mod rollover;
mod rotate;
pub(super) mod rotation;
pub(super) mod shared;
mod sign;

use clap::{Args, Subcommand};

use super::{
    Done,
    exit::{Exit, Misuse},
    later::Later,
    ledger,
};
use crate::{
    ca::{Holder, NameError, Profile, is_key_part},
    message::Lang,
};

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

/// A name on the command line that can't stand in a certificate.
fn misuse(error: &NameError) -> Misuse {
    Misuse(format!("--san: {error}"))
}

/// Who holds a certificate: the one named, else whoever its name stands for.
fn holder(
    profile: Profile,
    name: &str,
    node: Option<String>,
    service: Option<String>,
) -> Result<Holder, Misuse> {
    let holder = match (node, service) {
        (Some(node), _) => Holder::NodeId(node),
        (None, Some(service)) => Holder::ServiceName(service),
        (None, None) => Holder::of(profile, name.to_owned()),
    };
    let name = holder.name();
    if is_key_part(name) {
        return Ok(holder);
    }
    let wanted = "the holder needs a name without slash: --node-id or --service-name";
    Err(Misuse(format!("{name:?}: {wanted}")))
}

/// An error with all that caused it.
fn chain(error: &(dyn std::error::Error + Send + Sync + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
