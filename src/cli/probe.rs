//! `probe`: flags, one workflow, and what servers offer, judged by what etcd needs.

use std::{
    io::{self, BufWriter, Write},
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
    diagnoses::engine::{Grade, Offer},
    report::{Format, offer},
    workflow,
};

/// Asks each server which TLS versions, cipher suites, key exchange groups and ALPN protocols it takes, which chain it presents,
/// and whether and from which CAs it wants client certificates. The grade says whether that is enough for etcd: TLS 1.2 or 1.3,
/// HTTP/2, and a cipher suite that HTTP/2 allows.
///
/// No client certificate is shown, and nothing is sent behind a handshake. Most handshakes are given up after the first answer;
/// a server may log them as rejected.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ProbeArgs {
    /// Servers to ask: https://host:port or host:port
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
    /// Bound on each server, all its connections together
    #[arg(long, value_name = "DURATION", default_value = "2s", value_parser = duration)]
    timeout: Duration,
    /// How to print it; ndjson is one object a line
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_parser = formats(&[Format::Table, Format::Json, Format::Ndjson]), default_value = "table")]
    output: Format,
}

/// Asks all servers at once: 0 when each of them is fit for etcd, 1 when one is not, or not reached.
pub(super) fn run(args: &ProbeArgs, options: &OutputOptions) -> Done<Exit> {
    let seen = super::block_on(workflow::probe(&args.urls, args.timeout))?;
    let offers: Vec<Offer<'_>> = seen.iter().map(Offer::of).collect();
    let style = options.style();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.output {
        Format::Json => offer::document(&mut out, &offers, &style)?,
        Format::Ndjson => offer::lines(&mut out, &offers, &style)?,
        _ => offer::table(&mut out, &offers, &style)?,
    }
    out.flush()?;
    let unfit = offers.iter().any(|offer| offer.grade == Grade::Unfit);
    Ok(if unfit { Exit::Problem } else { Exit::Fine })
}
