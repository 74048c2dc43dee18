//! The command line: one file per command with its flags and wiring, nothing else.

mod arguments;
mod ca;
mod check;
mod env;
mod etcd_flags;
mod exit;
mod explain;
mod explain_log;
mod generate;
mod inspect;
mod later;
mod ledger;
mod output_options;
mod preflight;
mod probe;
mod scan;
mod stderr;
mod target;
mod verify;

use std::{io, process::ExitCode};

use clap::{CommandFactory, Parser, Subcommand};

use crate::message::Lang;

use self::{
    exit::{CommandError, Exit},
    later::Later,
    output_options::OutputOptions,
    stderr::Stderr,
};

/// What a command gives back: how it ended, or why the tool itself failed.
type Done<T> = Result<T, CommandError>;

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
    options: OutputOptions,
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
        Err(error) => return misread(&error),
    };
    let stderr = cli.options.stderr();
    let done = match cli.command {
        Command::Check(args) => check::run(args.take(), &cli.options),
        Command::Env(args) => env::run(args.take(), &cli.options),
        Command::Ca(args) => ca::run(args.take(), cli.options.lang()),
        Command::Explain(args) => explain::run(&args, &cli.options),
        Command::Inspect(args) => inspect::run(&args, &cli.options),
        Command::Preflight(args) => preflight::run(args.take(), &cli.options),
        Command::Probe(args) => probe::run(&args, &cli.options),
        Command::Scan(args) => scan::run(args.take(), &cli.options),
        Command::Ledger(args) => ledger::run(args.take(), cli.options.lang()),
        Command::Verify(args) => verify::run(args.take(), &cli.options),
        Command::Completions(args) => generate::completions(&args, Cli::command()),
        Command::Man => generate::man(Cli::command()),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) => {
            let (failure, exit) = error.end();
            if let Some(failure) = failure {
                stderr.error(&failure);
            }
            exit.into()
        }
    }
}

/// Says what the argument parser makes of the command line; help and the version, which come the same way, as they are.
fn misread(error: &clap::Error) -> ExitCode {
    let arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    let lang = OutputOptions::lang_of(arguments);
    if !error.use_stderr() || lang == Lang::En {
        error.exit();
    }
    let stderr = Stderr::new(lang);
    for line in &arguments::refusal(error) {
        stderr.say(line);
    }
    Exit::Usage.into()
}

/// Runs a workflow that waits for the network.
fn block_on<T>(workflow: impl Future<Output = T>) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(workflow);
    // A name lookup that outlived its deadline can't be called back; nobody waits for it.
    runtime.shutdown_background();
    Ok(done)
}
