//! `verify`: flags, one workflow, one verdict.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    Done,
    etcd_flags::{go, spiffe_id},
    exit::Exit,
    output_options::{OutputOptions, formats},
};
use crate::{
    message::CliMessage,
    report::{self, Format},
    workflow::{self, Failure, Verify},
    x509::{Go, SpiffeId, Usage},
};

const FORMATS: [Format; 3] = [Format::Table, Format::Simple, Format::Json];

/// What to verify, and by whose rules.
#[derive(Args, Debug)]
pub(super) struct VerifyArgs {
    /// The CA certificates to trust, PEM
    #[arg(long, value_name = "FILE", required_unless_present = "cases")]
    cacert: Option<PathBuf>,
    /// The certificate to judge, PEM, followed by its intermediates
    #[arg(long, value_name = "FILE", required_unless_present = "cases")]
    cert: Option<PathBuf>,
    /// The private key that should belong to the certificate
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// The name or address that was dialled
    #[arg(long, value_name = "NAME")]
    host: Option<String>,
    /// What the certificate is used for
    #[arg(long, value_enum, default_value_t = Role::Server)]
    usage: Role,
    /// The time to judge at, RFC 3339; default: now
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<OffsetDateTime>,
    /// A revocation list, read as etcd reads it
    #[arg(long, value_name = "FILE")]
    crl: Option<PathBuf>,
    /// The SPIFFE ID that the certificate has to have, or its trust domain, by the rules for X.509-SVIDs
    #[arg(long, value_name = "URI", value_parser = spiffe_id)]
    expect_spiffe: Option<SpiffeId>,
    /// The Go release whose rules decide
    #[arg(long = "go", value_name = "VERSION", default_value = "1.24", value_parser = go)]
    go: Go,
    /// How to print the verdict
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_parser = formats(&FORMATS), default_value = "table")]
    output: Format,
    /// Judge a file of conformance cases instead, one JSON object a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cacert", "cert", "key", "host", "at", "crl"])]
    cases: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Role {
    Server,
    Client,
}

/// Runs the command: 0 accepted, 1 rejected, 3 the tool itself failed.
pub(super) fn run(args: VerifyArgs, options: &OutputOptions) -> Done<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    let is_accepted = match (args.cases, args.cacert, args.cert) {
        (Some(cases), ..) => {
            for verdict in workflow::verify_cases(&cases, args.go)? {
                report::verify::write_case(&mut out, &verdict)?;
            }
            true
        }
        (None, Some(cacert), Some(cert)) => {
            let usage = match args.usage {
                Role::Server => Usage::ServerAuth,
                Role::Client => Usage::ClientAuth,
            };
            let verified = workflow::verify_files(&Verify {
                cacert,
                cert,
                key: args.key,
                host: args.host,
                usage,
                when: args.at.unwrap_or_else(OffsetDateTime::now_utc),
                crl: args.crl,
                spiffe: args.expect_spiffe,
                go: args.go,
            })?;
            report::verify::write(&mut out, args.output, &verified, options.lang())?;
            verified.is_accepted()
        }
        (None, ..) => false,
    };
    out.flush()?;
    Ok(if is_accepted { Exit::Fine } else { Exit::Problem })
}

fn time(text: &str) -> Result<OffsetDateTime, Failure> {
    OffsetDateTime::parse(text, &Rfc3339).map_err(|_| Failure::misuse(CliMessage::NoTime))
}
