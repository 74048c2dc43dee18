//! Gathers what is really there, and compares the records with it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use time::OffsetDateTime;
use tonic::Code;

use super::ca::{CaSite, read_all};
use super::{Failure, Remarks, certificate_files, note};
use crate::ca::{StandingList, Status};
use crate::ledger::{
    self, AtEndpoint, AuditInput, CredentialSources, Credentials, Difference, EtcdLedger, InFile,
    Stored,
};
use crate::message::{LedgerMessage, Say as _};
use crate::observe::{files::named_file, wire::client};
use crate::x509::{Certificate, Go};

/// Where to look.
pub struct AuditOptions {
    /// Directories to search for certificates without record; those that certificates were written to if there is none.
    pub directories: Vec<PathBuf>,
    /// The endpoints whose certificates are looked at.
    pub endpoints: Vec<String>,
    /// How they are reached, but for the client certificate.
    pub credentials: CredentialSources,
    /// The bound on each endpoint.
    pub patience: Duration,
}

/// What an audit found.
pub struct Audited {
    /// How many records there are.
    pub records: usize,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// Audits.
pub async fn audit(
    options: &AuditOptions,
    site: &CaSite,
    etcd: Option<&EtcdLedger>,
    remarks: Remarks<'_>,
) -> Result<Audited, Failure> {
    let records = site.read_ledger(remarks)?.records()?;
    let ca = named_file::certificate(&site.paths.cert)?;
    let list = site.standing_list().into_iter();
    let listed = list.flat_map(|StandingList { file, serials, .. }| {
        serials.into_iter().map(move |serial| InFile { path: file.clone(), serial })
    });
    let mut found = AuditInput {
        places: places(&records),
        lost_ledger: (!site.has_ledger()).then(|| site.ledger.clone()),
        listed: listed.collect(),
        ..AuditInput::default()
    };
    let mut directories = options.directories.clone();
    if directories.is_empty() {
        let written = records.iter().filter_map(|stored| stored.cert.as_ref()?.parent());
        directories.extend(written.filter(|folder| folder.is_dir()).map(Path::to_owned));
        directories.sort();
        directories.dedup();
    }
    for directory in &directories {
        certificate_files::each_file(directory, remarks, &mut |path, pem| {
            found.files.extend(of_ca(path, pem, &ca));
        })?;
    }
    if let Some(etcd) = etcd {
        let shared = read_all(etcd).await?;
        found.shared = Some(shared.into_iter().map(|(_, record)| record).collect());
    }
    look_at_endpoints(options, &records, &mut found, remarks).await;
    let now = OffsetDateTime::now_utc().unix_timestamp();
    Ok(Audited { differences: ledger::audit(&records, &found, now), records: records.len() })
}

/// What the places hold that certificates were written to.
fn places(records: &[Stored]) -> HashMap<PathBuf, Option<String>> {
    let paths = records.iter().filter_map(|stored| stored.cert.clone());
    paths.map(|path| (path.clone(), serial_in(&path))).collect()
}

fn serial_in(path: &Path) -> Option<String> {
    named_file::certificate(path).ok().map(|certificate| certificate.serial_hex())
}

/// The end-entity certificates in a file that this CA issued.
fn of_ca(path: &Path, pem: &[u8], ca: &Certificate) -> Vec<InFile> {
    named_file::certificates_in(pem)
        .filter(|leaf| !leaf.is_ca() && leaf.raw_issuer == ca.raw_subject && leaf.signed_by(ca))
        .map(|leaf| InFile { path: path.to_owned(), serial: leaf.serial_hex() })
        .collect()
}

async fn look_at_endpoints(
    options: &AuditOptions,
    records: &[Stored],
    found: &mut AuditInput,
    remarks: Remarks<'_>,
) {
    for url in options
        .endpoints
        .iter()
        .filter(|url| client::means_tls(url, options.credentials.implies_tls()))
    {
        match client::presented(url, options.patience).await {
            Ok(tls) => {
                let first = tls.chain.first();
                let leaf = first.and_then(|der| Certificate::parse(&der.0, Go::DEFAULT).ok());
                let serial = leaf.map(|leaf| leaf.serial_hex());
                found.served.extend(serial.map(|serial| AtEndpoint { url: url.clone(), serial }));
            }
            Err(error) => note(remarks, LedgerMessage::NotLookedAt { why: error.message().into() }),
        }
        let now = OffsetDateTime::now_utc().unix_timestamp();
        for stored in records.iter().filter(|stored| stored.record.expires_at > now) {
            let (Status::Revoked, Some(cert), Some(key)) =
                (stored.record.status, &stored.cert, &stored.key)
            else {
                continue;
            };
            let is_held = serial_in(cert).as_ref() == Some(&stored.record.cert_serial);
            if is_held && is_accepted(url, cert, key, options).await {
                let serial = stored.record.cert_serial.clone();
                found.accepted.push(AtEndpoint { url: url.clone(), serial });
            }
        }
    }
}

/// Whether an endpoint answers somebody with this certificate.
async fn is_accepted(url: &str, cert: &Path, key: &Path, options: &AuditOptions) -> bool {
    let text = |path: &Path| Some(path.display().to_string());
    let (cert, key) = (text(cert), text(key));
    let sources = CredentialSources { cert, key, login: None, ..options.credentials.clone() };
    let Ok(credentials) = Credentials::load(&sources) else { return false };
    let patience = options.patience;
    let Ok(client) = client::connect(url, &credentials, patience).await else { return false };
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
