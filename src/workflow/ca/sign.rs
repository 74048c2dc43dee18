//! A certificate for a request, which brings its own key.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::{Failure, Remarks, certificate_files, note};
use super::issue::{self, Issued};
use super::shared::SharedLedger;
use super::site::{CaSite, of_flag};
use crate::ca::{self, Allowed, Order, OrderKey, Profile};
use crate::message::{CaMessage, CliMessage, Message, Say as _, Value};
use crate::observe::files::{named_file, pem::RawBlock};
use crate::x509::Request;

/// The request, and what it is to get.
pub struct SignOptions {
    /// The request's file, PEM or DER; `-` is standard input.
    pub csr: PathBuf,
    /// What the certificate is for.
    pub profile: Profile,
    /// Which of its names are honoured; all if there is none.
    pub allowed: Vec<Allowed>,
    /// How long the certificate is valid.
    pub ttl: Duration,
    /// The directory for the certificate.
    pub out: PathBuf,
    /// The machine that will hold it.
    pub node_id: Option<String>,
    /// The service that will hold it.
    pub service_name: Option<String>,
}

/// Signs.
pub async fn sign(
    options: SignOptions,
    site: &CaSite,
    shared: &SharedLedger,
    remarks: Remarks<'_>,
) -> Result<Issued, Failure> {
    let request = read(&options.csr)?;
    let granted = ca::grant(&request, options.profile, &options.allowed).map_err(|error| {
        let refused = Failure::refused(error.message().about(options.csr.display()));
        of_flag("--csr", refused)
    })?;
    for what in granted.dropped {
        note(remarks, CaMessage::Dropped { what });
    }
    let subject = request.subject();
    let common_name = subject.split(',').find_map(|part| part.strip_prefix("CN="));
    let stem = options.csr.file_stem().filter(|_| options.csr != Path::new("-"));
    let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
    let name =
        stem.or_else(|| common_name.map(str::to_owned)).filter(|name| issue::is_file_name(name));
    let name =
        name.ok_or_else(|| Failure::misuse(Message::from(CaMessage::CsrNameless).about("--csr")))?;
    let holder = common_name.unwrap_or(&name);
    let order = Order {
        profile: options.profile,
        holder: super::holder(options.profile, holder, options.node_id, options.service_name)?,
        sans: granted.sans,
        ttl: options.ttl,
        cert: options.out.join(format!("{name}.crt")),
        key_file: PathBuf::new(),
        replaces: None,
        subject: request.raw_subject,
        key: OrderKey::Given(request.spki),
    };
    issue::make(vec![order], site, shared, remarks).await
}

fn read(path: &Path) -> Result<Request, Failure> {
    let bytes = certificate_files::read_input(path).map_err(|failure| of_flag("--csr", failure))?;
    let block = named_file::request_block(&bytes);
    Request::parse(block.as_ref().map_or(&bytes, RawBlock::der)).map_err(|error| {
        let path = CaMessage::NotARequest { path: path.display().into() };
        let words = Message::Plain(Value::quoted(error));
        let what = words.about(path).into();
        Failure::failed(CliMessage::OfFlag { flag: "--csr".into(), what })
    })
}
