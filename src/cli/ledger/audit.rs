//! `ledger audit`: gathers what is really there, and tells what differs from the records.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Serialize;
use time::OffsetDateTime;
use tonic::Code;

use super::read_all;
use crate::ca::Status;
use crate::cli::Done;
use crate::cli::ca::place::{CaPlace, Output};
use crate::cli::ca::rotation::each_file;
use crate::cli::ca::shared::{self, SharedEtcd};
use crate::cli::exit::{Exit, note};
use crate::connect::{self, Credentials, Given};
use crate::ledger::{AtEndpoint, Detail, Difference, Found, InFile, Stored, audit};
use crate::message::{self, AuditWord, CaWord, Label, Lang, PageWord};
use crate::report::listing;
use crate::x509::{Certificate, Go};

#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    /// Folders to search for certificates without record [default: those that certificates were written to]
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    place: CaPlace,
    /// Look at what these endpoints serve and accept [default: --endpoints]
    #[arg(long, value_name = "URL,URL", value_delimiter = ',')]
    serving: Vec<String>,
    #[command(flatten)]
    etcd: SharedEtcd,
    /// How to print what differs; JSON is one object a line
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// A difference as an object, always in English.
#[derive(Serialize)]
struct DifferenceView<'a> {
    kind: &'static str,
    serial: &'a str,
    place: &'a str,
    detail: String,
}

impl<'a> From<&'a Difference> for DifferenceView<'a> {
    fn from(one: &'a Difference) -> Self {
        let Difference { kind, serial, place, detail } = one;
        Self { kind, serial, place, detail: told(detail, Lang::En) }
    }
}

/// Audits.
pub(super) fn run(args: &AuditArgs, lang: Lang) -> Done<Exit> {
    let records = args.place.open_ledger()?.records()?;
    let ca = certificate(&args.place.paths().cert)?;
    let mut found = Found { places: places(&records), ..Found::default() };
    let mut folders = args.folders.clone();
    if folders.is_empty() {
        let written = records.iter().filter_map(|stored| stored.cert.as_ref()?.parent());
        folders.extend(written.map(Path::to_owned));
        folders.sort();
        folders.dedup();
    }
    for folder in folders.iter().filter(|folder| !args.folders.is_empty() || folder.is_dir()) {
        each_file(folder, &mut |path, pem| found.files.extend(of_ca(path, pem, &ca)))?;
    }
    if let Some(shelf) = args.etcd.shelf()? {
        let shared = shared::run(read_all(&shelf))??;
        found.shared = Some(shared.into_iter().map(|(_, record)| record).collect());
    }
    shared::run(look_at_endpoints(args, &records, &mut found))??;
    let differences = audit(&records, &found, OffsetDateTime::now_utc().unix_timestamp());
    let mut out = io::BufWriter::new(io::stdout().lock());
    match args.output {
        Output::Json => {
            let mut views = differences.iter().map(DifferenceView::from);
            views.try_for_each(|one| listing::object(&mut out, &one))?;
        }
        Output::Table => {
            let row = |one: &Difference| {
                let (serial, place) = (one.serial.clone(), one.place.clone());
                vec![one.kind.to_owned(), serial, place, told(&one.detail, lang)]
            };
            let rows: Vec<_> = differences.iter().map(row).collect();
            let headings = [
                PageWord::Kind.in_lang(lang),
                Label::Serial.in_lang(lang),
                CaWord::Where.in_lang(lang),
                CaWord::Detail.in_lang(lang),
            ];
            listing::columns(&mut out, &headings, &rows)?;
            let counts = [records.len(), differences.len()].map(|count| count.to_string());
            let audited = CaWord::Audited.in_lang(lang);
            writeln!(out, "{}", message::filled(audited, &[&counts[0], &counts[1]]))?;
        }
    }
    out.flush()?;
    Ok(if differences.is_empty() { Exit::Fine } else { Exit::Problem })
}

/// How a difference shows, as a sentence.
fn told(detail: &Detail, lang: Lang) -> String {
    let (word, about) = match detail {
        Detail::Gone => (AuditWord::Gone, None),
        Detail::Holds(serial) => (AuditWord::Holds, Some(serial)),
        Detail::Unrecorded => (AuditWord::Unrecorded, None),
        Detail::Served(None) => (AuditWord::Served, None),
        Detail::Served(successor) => (AuditWord::ServedInstead, successor.as_ref()),
        Detail::Accepted => (AuditWord::Accepted, None),
        Detail::OtherRecord => (AuditWord::OtherRecord, None),
        Detail::NotDelivered => (AuditWord::NotDelivered, None),
    };
    message::filled(word.in_lang(lang), &[about.map_or("", String::as_str)])
}

fn certificate(path: &Path) -> Done<Certificate> {
    let der = CertificateDer::from_pem_file(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Certificate::parse(&der, Go::DEFAULT)
        .map_err(|error| format!("{}: {error}", path.display()))?)
}

/// What the places hold that certificates were written to.
fn places(records: &[Stored]) -> HashMap<PathBuf, Option<String>> {
    let paths = records.iter().filter_map(|stored| stored.cert.clone());
    let held = |path: &Path| {
        let der = CertificateDer::from_pem_slice(&fs::read(path).ok()?).ok()?;
        Some(Certificate::parse(&der, Go::DEFAULT).ok()?.serial_hex())
    };
    paths.map(|path| (path.clone(), held(&path))).collect()
}

/// The end-entity certificates in a file that this CA issued.
fn of_ca(path: &Path, pem: &[u8], ca: &Certificate) -> Vec<InFile> {
    let blocks = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok);
    let parsed = blocks.filter_map(|der| Certificate::parse(&der, Go::DEFAULT).ok());
    let own =
        parsed.filter(|one| !one.is_ca() && one.raw_issuer == ca.raw_subject && one.signed_by(ca));
    own.map(|one| InFile { path: path.to_owned(), serial: one.serial_hex() }).collect()
}

async fn look_at_endpoints(args: &AuditArgs, records: &[Stored], found: &mut Found) -> Done<()> {
    let (urls, patience) = (
        if args.serving.is_empty() { args.etcd.endpoints() } else { &args.serving },
        args.etcd.timeout(),
    );
    let given = args.etcd.given()?;
    for url in urls.iter().filter(|url| !url.starts_with("http://")) {
        match connect::served(url, patience).await {
            Ok(chain) => {
                let leaf = chain.first().and_then(|der| Certificate::parse(der, Go::DEFAULT).ok());
                let serial = leaf.map(|leaf| leaf.serial_hex());
                found.served.extend(serial.map(|serial| AtEndpoint { url: url.clone(), serial }));
            }
            Err(error) => note(&format!("note: not looked at: {error}")),
        }
        let now = OffsetDateTime::now_utc().unix_timestamp();
        for stored in records.iter().filter(|stored| stored.record.expires_at > now) {
            let (Status::Revoked, Some(cert), Some(key)) =
                (stored.record.status, &stored.cert, &stored.key)
            else {
                continue;
            };
            if is_accepted(url, cert, key, &given, stored, patience).await {
                let serial = stored.record.cert_serial.clone();
                found.accepted.push(AtEndpoint { url: url.clone(), serial });
            }
        }
    }
    Ok(())
}

/// Whether an endpoint answers somebody with this certificate, if its files still hold it.
async fn is_accepted(
    url: &str,
    cert: &Path,
    key: &Path,
    given: &Given,
    stored: &Stored,
    patience: std::time::Duration,
) -> bool {
    let held = places(std::slice::from_ref(stored)).into_values().flatten().next();
    if held.as_ref() != Some(&stored.record.cert_serial) {
        return false;
    }
    let text = |path: &Path| Some(path.display().to_string());
    let given = Given { cert: text(cert), key: text(key), login: None, ..given.clone() };
    let Ok(credentials) = Credentials::load(&given) else { return false };
    let Ok(client) = connect::connect(url, &credentials, patience).await else { return false };
    // In TLS 1.3 the refusal comes after the handshake; only an answer shows that there was none.
    let asked = tokio::time::timeout(patience, client.maintenance_client().status()).await;
    match asked {
        Ok(Ok(_)) => true,
        // A right that is missing is an answer too; other statuses stand for a broken connection.
        Ok(Err(etcd_client::Error::GRpcStatus(status))) => {
            matches!(status.code(), Code::PermissionDenied | Code::Unauthenticated)
        }
        _ => false,
    }
}
