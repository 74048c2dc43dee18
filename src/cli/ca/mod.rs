//! `ca`: the certificate authority's commands, one file each.

mod init;
pub(super) mod issue;
pub(super) mod made;
pub(super) mod place;

use clap::{Args, Subcommand};

use super::{Done, exit::Exit, ledger};

#[derive(Debug, Args)]
pub(super) struct CaArgs {
    #[command(subcommand)]
    command: CaCommand,
}

#[derive(Debug, Subcommand)]
enum CaCommand {
    /// Make a CA: a root, or a root and an intermediate that issues
    Init(init::InitArgs),
    /// Make a key and a certificate for a client, a server or a peer
    Issue(Box<issue::IssueArgs>),
    /// List what was issued; the same as `ledger list`
    List(ledger::ListArgs),
}

/// Runs one of them.
pub(super) fn run(args: CaArgs) -> Done<Exit> {
    match args.command {
        CaCommand::Init(args) => init::run(&args),
        CaCommand::Issue(args) => issue::run(*args),
        CaCommand::List(args) => ledger::list(&args),
    }
}
