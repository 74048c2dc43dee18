//! `inspect`: flags, one workflow for each file or server, and what it holds.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
    time::Duration,
};

use clap::Args;

use super::{
    Done,
    etcd_flags::duration,
    exit::Exit,
    output_options::{OutputOptions, formats},
};
use crate::{
    report::{
        Format,
        inspect::{self, Drawing},
    },
    workflow,
};

#[derive(Debug, Args)]
#[command(
    after_help = "A certificate, key, request, revocation list, PKCS#12 or kubeconfig file, PEM or DER; or a server, as \
https://host:port or host:port,\nwhose presented chain is shown. Private keys are reduced to what is public in them.\n\
Exit code: 0, 1 something can't be read or is none of these, 2 command line wrong, 3 the tool itself failed."
)]
pub(super) struct InspectArgs {
    /// What to look at
    #[arg(value_name = "FILE or URL", required = true)]
    names: Vec<String>,
    /// How to print it; ndjson is one object a line for each FILE or URL
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_parser = formats(&[Format::Table, Format::Json, Format::Ndjson]), default_value = "table")]
    output: Format,
    /// The same as --output json
    #[arg(long, conflicts_with = "output")]
    json: bool,
    /// Print the certificates as PEM, nothing else
    #[arg(long, conflicts_with_all = ["output", "json"])]
    pem: bool,
    /// The file whose first line opens PKCS#12
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Bound on each server, from name lookup to its chain
    #[arg(long, value_name = "DURATION", default_value = "2s", value_parser = duration)]
    timeout: Duration,
}

/// Looks at each of them and shows it.
pub(super) fn run(args: &InspectArgs, options: &OutputOptions) -> Done<Exit> {
    let style = options.style();
    let drawing = match args.output {
        _ if args.pem => Drawing::Pem,
        _ if args.json => Drawing::Document,
        Format::Json => Drawing::Document,
        Format::Ndjson => Drawing::Lines,
        _ => Drawing::Words,
    };
    let passphrase = args.passphrase_file.as_deref().map(workflow::read_passphrase).transpose()?;
    let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
    let (mut all, mut exit) = (Vec::new(), Exit::Fine);
    super::block_on(async {
        for name in &args.names {
            match workflow::inspect(name, passphrase, args.timeout).await {
                Ok(inspected) => all.push(inspected),
                Err(failure) => {
                    options.stderr().error(&failure);
                    exit = Exit::Problem;
                }
            }
        }
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    inspect::write(&mut out, drawing, &all, &style)?;
    out.flush()?;
    Ok(exit)
}
