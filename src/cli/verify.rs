//! `verify`: certificates offline, with Go's verdict and every path tried.

mod cases;
mod key;
mod report;

use super::{Done, exit::Exit};
use crate::etcd::admission;
use crate::message::Lang;
use crate::observe::files::named_file;
use crate::observe::files::pem::{self, RawBlock};
use crate::x509::{
    Certificate, Crl, Go, ParseError, Question, SpiffeId, Usage, Verification, second_opinion,
    verify,
};
use clap::{Args, ValueEnum};
use key::KeyMatch;
use std::path::{Path, PathBuf};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

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
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<OffsetDateTime>,
    /// A revocation list, read as etcd reads it
    #[arg(long, value_name = "FILE")]
    crl: Option<PathBuf>,
    /// The SPIFFE ID that the certificate has to have, or its trust domain, by the rules for X.509-SVIDs
    #[arg(long, value_name = "URI", value_parser = SpiffeId::parse)]
    expect_spiffe: Option<SpiffeId>,
    /// The Go release whose rules decide
    #[arg(long = "go", value_name = "VERSION", default_value = "1.24", value_parser = parse_go)]
    go: Go,
    /// How to print the verdict
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
    /// Judge a file of conformance cases instead, one JSON object a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cacert", "cert", "key", "host", "at", "crl"])]
    cases: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Role {
    Server,
    Client,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Simple,
    Json,
}

/// The tool could not do its job.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{}: no PEM block of type CERTIFICATE", path.display())]
    NoCertificate { path: PathBuf },
    #[error("{}", path.display())]
    Cases { path: PathBuf, source: serde_json::Error },
}

/// Runs the command: 0 accepted, 1 rejected, 3 the tool itself failed.
pub(super) fn run(args: &VerifyArgs, lang: Lang) -> Done<Exit> {
    let accepted = match (&args.cases, &args.cacert, &args.cert) {
        (Some(cases), ..) => cases::run(cases, args.go).map(|()| true)?,
        (None, Some(cacert), Some(cert)) => judge(args, cacert, cert, lang)?,
        (None, ..) => false,
    };
    Ok(if accepted { Exit::Fine } else { Exit::Problem })
}

/// Everything that was found out about one certificate.
struct Judged {
    leaf: Certificate,
    intermediates: Vec<Certificate>,
    anchors: Vec<Certificate>,
    verification: Verification,
    second_opinion: Result<(), String>,
    revocation: Option<Result<(), String>>,
    identity: Option<Result<SpiffeId, crate::message::Message>>,
    key: Option<KeyMatch>,
}

impl Judged {
    fn is_accepted(&self) -> bool {
        self.verification.outcome.is_ok()
            && self.revocation.as_ref().is_none_or(Result::is_ok)
            && self.identity.as_ref().is_none_or(Result::is_ok)
            && self.key.is_none_or(|key| key == KeyMatch::Matches)
    }
}

fn judge(args: &VerifyArgs, cacert: &Path, cert: &Path, lang: Lang) -> Done<bool> {
    let refuse = |file: &Path, index, error: &ParseError| {
        Ok(report::unparseable(args.output, file, index, error, lang).map(|()| false)?)
    };
    let anchors =
        match admission::read_ca_file(blocks(cacert, false)?.iter().map(RawBlock::der), args.go) {
            Ok(anchors) => anchors,
            Err((index, error)) => return refuse(cacert, index, &error),
        };
    let mut presented = Vec::new();
    for (index, block) in blocks(cert, true)?.iter().enumerate() {
        match Certificate::parse(&block.der, args.go) {
            Ok(certificate) => presented.push(certificate),
            Err(error) => return refuse(cert, index, &error),
        }
    }
    let revocation = match &args.crl {
        Some(path) => Some(
            read_crl(path)?
                .map_err(|error| error.to_string())
                .and_then(|crl| admission::check_revocation(&crl, &presented)),
        ),
        None => None,
    };
    let leaf = presented.remove(0);
    let key = match &args.key {
        Some(path) => Some(KeyMatch::of(&read(path)?, &leaf)),
        None => None,
    };
    let when = args.at.unwrap_or_else(OffsetDateTime::now_utc);
    let usages = match args.usage {
        Role::Server => [Usage::ServerAuth],
        Role::Client => [Usage::ClientAuth],
    };
    let question = Question {
        leaf: &leaf,
        intermediates: &presented,
        anchors: &anchors,
        when,
        host: args.host.as_deref(),
        usages: &usages,
        go: args.go,
    };
    let (verification, second_opinion) = (verify(&question), second_opinion(&question));
    let identity = args.expect_spiffe.as_ref().map(|expected| leaf.check_svid(expected));
    let judged = Judged {
        leaf,
        intermediates: presented,
        anchors,
        verification,
        second_opinion,
        revocation,
        identity,
        key,
    };
    report::print(&judged, args.output, lang)?;
    Ok(judged.is_accepted())
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::Read { path: path.to_owned(), source })
}

/// The PEM blocks of a file; at least one. etcd takes every block of a CA file for a certificate.
fn blocks(path: &Path, only_certificates: bool) -> Result<Vec<RawBlock>, Failure> {
    let mut blocks = pem::decode(&read(path)?).blocks;
    blocks.retain(|block| !only_certificates || is_certificate(block));
    if blocks.is_empty() {
        Err(Failure::NoCertificate { path: path.to_owned() })
    } else {
        Ok(blocks)
    }
}

fn is_certificate(block: &RawBlock) -> bool {
    block.label == "CERTIFICATE"
}

/// A list in PEM or DER; the strict reading of newer etcd is what counts for DER.
fn read_crl(path: &Path) -> Result<Result<Crl, ParseError>, Failure> {
    let bytes = read(path)?;
    Ok(match named_file::revocation_block(&bytes) {
        Some(block) => Crl::parse_old(block.der()),
        None => Crl::parse(&bytes),
    })
}

fn parse_time(text: &str) -> Result<OffsetDateTime, String> {
    OffsetDateTime::parse(text, &Rfc3339).map_err(|error| error.to_string())
}

fn parse_go(text: &str) -> Result<Go, String> {
    Go::parse(text).ok_or_else(|| "not a Go release such as 1.24 or 1.22.7".to_owned())
}
