//! The `etcd-tls` binary: arguments in, exit code out.

use clap::Parser;
use etcd_tls::cli::verify::{self, VerifyArgs};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "etcd-tls")]
enum Command {
    /// Judge certificates offline, as Go does, and show every path tried
    Verify(VerifyArgs),
}

fn main() -> ExitCode {
    match Command::parse() {
        Command::Verify(args) => verify::run(&args),
    }
}
