//! The command line: one file per command with its flags and wiring, nothing else.

mod ca;
mod check;
mod choice;
mod env;
mod exit;
mod explain;
mod explain_here;
mod explain_log;
mod generate;
mod inspect;
mod later;
mod ledger;
mod pod;
mod preflight;
mod probe;
mod scan;
mod srv;
mod target;
mod telling;
mod verify;

use std::{error::Error, process::ExitCode};

use clap::{CommandFactory, Parser, Subcommand};

use self::{later::Later, telling::Telling};

/// What a command gives back: how it ended, or why the tool itself failed.
type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Says who refused whom, at which check and because of which file, when etcd answers "context deadline exceeded".
#[derive(Debug, Parser)]
#[command(
    name = "etcd-tls",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    telling: Telling,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find the one thing that is wrong between this client and these etcd endpoints
    Check(Later<check::CheckArgs>),
    /// Print what etcdctl needs to reach this machine's etcd, tried first
    Env(Later<env::EnvArgs>),
    /// A small careful CA: make, sign, renew and revoke certificates for etcd
    Ca(Later<ca::CaArgs>),
    /// Say what a diagnosis, a topic, an option or a file means, or what the lines of a log mean
    Explain(Later<explain::ExplainArgs>),
    /// Show what a file or a server holds: certificates, keys, requests, revocation lists, PKCS#12
    Inspect(Later<inspect::InspectArgs>),
    /// Check what a backup needs before it is taken, and take it
    Preflight(Later<preflight::PreflightArgs>),
    /// Say what a server offers: TLS versions, cipher suites, groups, ALPN, chain, client certificates
    Probe(Later<probe::ProbeArgs>),
    /// Take stock of a tree of files: who signed whom, which key fits, what ends when
    Scan(Later<scan::ScanArgs>),
    /// The record of what was issued
    Ledger(Later<ledger::LedgerArgs>),
    /// Judge certificates offline, as Go does, and show every path tried
    Verify(Later<verify::VerifyArgs>),
    /// Print the completion script of a shell
    Completions(Later<generate::CompletionsArgs>),
    /// Print the manual page
    Man,
}

/// The command line's definition, for the documentation.
pub fn command() -> clap::Command {
    Cli::command()
}

/// The schemas of everything that commands print for programs.
pub fn documents() -> Vec<crate::report::Document> {
    crate::report::documents()
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let arguments = std::env::args_os().map(|one| one.to_string_lossy().into_owned());
            exit::speak(Telling::lang_of(arguments));
            return exit::misread(&error);
        }
    };
    exit::speak(cli.telling.lang());
    let done = match cli.command {
        Command::Check(args) => check::run(args.take(), &cli.telling),
        Command::Env(args) => env::run(args.take(), &cli.telling),
        Command::Ca(args) => ca::run(args.take(), cli.telling.lang()),
        Command::Explain(args) => explain::run(&args, &cli.telling),
        Command::Inspect(args) => inspect::run(&args, &cli.telling),
        Command::Preflight(args) => preflight::run(args.take(), &cli.telling),
        Command::Probe(args) => probe::run(&args, &cli.telling),
        Command::Scan(args) => scan::run(&args, &cli.telling),
        Command::Ledger(args) => ledger::run(args.take(), cli.telling.lang()),
        Command::Verify(args) => verify::run(&args, cli.telling.lang()),
        Command::Completions(args) => generate::completions(&args, Cli::command()),
        Command::Man => generate::man(Cli::command()),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => exit::complain(failure.as_ref()),
    }
}
