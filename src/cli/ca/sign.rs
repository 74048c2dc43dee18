//! `ca sign`: a certificate for a request, which brings its own key.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use time::OffsetDateTime;
use x509_cert::der::pem;

use super::issue::Role;
use super::place::{self, CaPlace, Output};
use super::{holder, made};
use crate::ca::{self, Allowed, Made, Maker, Order, OrderKey, Profile};
use crate::cli::exit::{Exit, Misuse, Refusal, note};
use crate::cli::{Done, target::duration};
use crate::ledger::Embedded;
use crate::message::Lang;
use crate::x509::{ParseError, Request};

#[derive(Debug, Args)]
pub(super) struct SignArgs {
    #[command(flatten)]
    place: CaPlace,
    /// The request, PEM or DER (- = standard input)
    #[arg(long, value_name = "FILE")]
    csr: PathBuf,
    /// What the certificate is for
    #[arg(long, value_enum, value_name = "client|server|peer")]
    profile: Role,
    /// Honour only these names of the request: a name, *.DOMAIN, an address, a network such as 10.0.0.0/8, or how a
    /// URI begins; may be given several times [default: all]
    #[arg(long, value_name = "PATTERN", value_parser = allowed, value_delimiter = ',')]
    allow_san: Vec<Allowed>,
    /// How long it lives; never longer than its CA
    #[arg(long, value_name = "DURATION", default_value = "90d", value_parser = duration)]
    ttl: Duration,
    /// Folder for the certificate, which is named as the request; made if missing
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// The machine that will hold it [server and peer default: the request's CN]
    #[arg(long, value_name = "ID", conflicts_with = "service_name")]
    node_id: Option<String>,
    /// The service that will hold it [client default: the request's CN]
    #[arg(long, value_name = "NAME")]
    service_name: Option<String>,
    #[command(flatten)]
    shared: super::shared::SharedLedger,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

fn allowed(text: &str) -> Result<Allowed, String> {
    Allowed::parse(text)
        .ok_or_else(|| "a name, *.DOMAIN, an address, a network or a URI is wanted".to_owned())
}

/// A request that can't be used.
#[derive(Debug, thiserror::Error)]
enum CsrError {
    #[error("--csr {}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("--csr {} is no certificate request", path.display())]
    Malformed { path: PathBuf, source: ParseError },
}

/// Signs.
pub(super) fn run(args: &SignArgs, lang: Lang) -> Done<Exit> {
    let now = OffsetDateTime::now_utc();
    let authority = args.place.load(now)?;
    let request = read(&args.csr)?;
    let profile = Profile::from(args.profile);
    let granted = ca::grant(&request, profile, &args.allow_san)
        .map_err(|error| Refusal(format!("--csr {}: {error}", args.csr.display())))?;
    for dropped in &granted.dropped {
        note(&format!("note: dropped {dropped}, which the request asks for"));
    }
    let name = name_of(args, &request)?;
    let (node, service) = (args.node_id.clone(), args.service_name.clone());
    let subject = request.subject();
    let own_name = subject.split(',').find_map(|part| part.strip_prefix("CN="));
    let order = Order {
        profile,
        holder: holder(profile, own_name.unwrap_or(&name), node, service)?,
        subject: request.raw_subject,
        sans: granted.sans,
        ttl: args.ttl,
        key: OrderKey::Given(request.spki),
        cert: args.out.join(format!("{name}.crt")),
        key_file: PathBuf::new(),
        replaces: None,
    };
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let mut held = place::hold(&mut ledger)?;
    let maker = Maker { authority: &authority, cluster_id: &args.shared.cluster_id, now };
    let mut done: Vec<Made> = Vec::new();
    maker.make([order], &mut held, |made| done.push(made)).map_err(place::refuse)?;
    drop(held);
    made::note_shortened(&done, &authority.certificate);
    let delivered = args.shared.deliver(&mut ledger)?;
    let mut out = io::stdout().lock();
    made::tell(&mut out, &done, args.output, &delivered, lang)?;
    out.flush()?;
    Ok(Exit::Fine)
}

fn read(path: &Path) -> Result<Request, CsrError> {
    let unreadable = |source| CsrError::Unreadable { path: path.to_owned(), source };
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
        bytes
    } else {
        std::fs::read(path).map_err(unreadable)?
    };
    let der = request_block(&bytes).unwrap_or(bytes);
    Request::parse(&der).map_err(|source| CsrError::Malformed { path: path.to_owned(), source })
}

/// The first request of a PEM file; openssl and older Microsoft tools label it differently.
fn request_block(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let block = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"].iter().find_map(|label| {
        let from = &text[text.find(&format!("-----BEGIN {label}-----"))?..];
        let end = format!("-----END {label}-----");
        Some(&from[..from.find(&end)? + end.len()])
    })?;
    pem::decode_vec(block.as_bytes()).ok().map(|(_, der)| der)
}

fn name_of(args: &SignArgs, request: &Request) -> Done<String> {
    let stem = args.csr.file_stem().filter(|_| args.csr != Path::new("-"));
    let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
    let subject = request.subject();
    let name = stem
        .or_else(|| Some(subject.split(',').find_map(|part| part.strip_prefix("CN="))?.to_owned()));
    let name = name
        .filter(|name| !name.is_empty() && !name.contains(['/', '\0']) && !name.starts_with('.'));
    Ok(name.ok_or_else(|| {
        Misuse("--csr: neither file nor CN can name the certificate's file".to_owned())
    })?)
}
