//! A certificate goes on the revocation list; the list goes into a file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use time::OffsetDateTime;
use x509_cert::der::pem::{LineEnding, encode_string};

use super::super::{Failure, Remarks, note};
use super::shared::SharedLedger;
use super::site::{CaSite, hold};
use crate::ca::{
    self, Authority, KeyError, Old, Reason, Record, RenewError, RevocationList, Revoked, SignError,
    StandingList, Status,
};
use crate::durable;
use crate::ledger::LedgerGuard;
use crate::message::{CaMessage, Message, Say as _};
use crate::x509::KeyUsage;

/// What is to be revoked, and why.
pub struct RevokeOptions {
    /// A serial of the ledger, or a certificate's file.
    pub what: String,
    /// Why.
    pub reason: Reason,
}

/// A revoked certificate.
pub struct RevokedRecord {
    /// Its record.
    pub record: Record,
    /// Whether the shared ledger has it.
    pub is_delivered: bool,
}

/// Revokes.
pub async fn revoke(
    options: &RevokeOptions,
    site: &CaSite,
    shared: &SharedLedger,
    remarks: Remarks<'_>,
) -> Result<RevokedRecord, Failure> {
    let now = OffsetDateTime::now_utc();
    let mut ledger = site.open_ledger()?;
    let mut guard = hold(&mut ledger, remarks)?;
    let record = find(&options.what, site, &shared.cluster_id, &guard, now)?;
    let changed = guard.revoke(&record, now.unix_timestamp(), options.reason.name())?;
    drop(guard);
    if !changed {
        note(remarks, CaMessage::RevokedBefore { serial: record.cert_serial.as_str().into() });
    }
    let delivered = shared.deliver(&mut ledger, remarks).await?;
    let stored = ledger.record(&record.cert_serial)?;
    let record = stored.map_or(record, |stored| stored.record);
    Ok(RevokedRecord { is_delivered: delivered.has(&record.cert_serial), record })
}

/// The record of a serial or a file; a certificate without record gets one, if this CA issued it.
fn find(
    what: &str,
    site: &CaSite,
    cluster_id: &str,
    guard: &LedgerGuard<'_>,
    now: OffsetDateTime,
) -> Result<Record, Failure> {
    let path = Path::new(what);
    if !path.is_file() {
        let serial = what.replace(':', "").to_ascii_lowercase();
        let serial = serial.trim_start_matches("0x");
        let ledger = guard.ledger();
        let found = ledger.record(serial)?.or(ledger.record(&format!("0{serial}"))?);
        let unknown = || Failure::refused(CaMessage::UnknownCertificate { what: what.into() });
        return Ok(found.ok_or_else(unknown)?.record);
    }
    let old = Old::read(path, None)?;
    if let Some(stored) = guard.ledger().record(&old.certificate.serial_hex())? {
        return Ok(stored.record);
    }
    let authority = site.authority(now)?;
    let own = authority.issued(&old.certificate).then(|| old.record(cluster_id, &authority));
    own.flatten().ok_or_else(|| {
        let issuer = old.certificate.issuer();
        let error = RenewError::OtherIssuer { path: path.to_owned(), issuer };
        Failure::refused(error.message())
    })
}

/// The list that is wanted.
pub struct ListOptions {
    /// Its file; else `ca.crl` in the directory of the CA's certificate.
    pub out: Option<PathBuf>,
    /// PEM, which etcd from 3.6 on can't read, instead of DER.
    pub pem: bool,
    /// When the next list is due.
    pub next_update: Duration,
}

/// Writes the list of revoked certificates.
pub fn list_revoked(
    options: &ListOptions,
    site: &CaSite,
    remarks: Remarks<'_>,
) -> Result<RevocationList, Failure> {
    let now = OffsetDateTime::now_utc();
    let authority = site.authority(now)?;
    check_usage(&authority)?;
    let issuer = authority.certificate.subject();
    let mut ledger = site.existing_ledger()?;
    let mut guard = hold(&mut ledger, remarks)?;
    let records = guard.ledger().records()?.into_iter().map(|stored| stored.record);
    let revoked: Vec<Revoked> = records
        .filter(|record| record.status == Status::Revoked && record.issuer == issuer)
        .map(entry)
        .collect::<Result<_, _>>()?;
    let file = options.out.clone().unwrap_or_else(|| site.list_file());
    let next_number = guard.ledger().last_list_number(&issuer)? + 1;
    let knows = |serial: &str| revoked.iter().any(|one| one.serial == serial);
    for list in [Some(&file), Some(&site.list_file()).filter(|own| **own != file)] {
        let Some(standing) = list.and_then(|list| StandingList::read(list)) else { continue };
        standing
            .admits(next_number, knows, &site.ledger)
            .map_err(|forgotten| Failure::refused(forgotten.message()))?;
    }
    let number = guard.next_list_number(&issuer)?;
    let next = ca::after(now, options.next_update);
    let der = ca::revocation_list(authority.signer(), number, now, next, &revoked)?;
    if options.pem {
        let pem = encode_string("X509 CRL", LineEnding::LF, &der).map_err(|_| KeyError::Failed)?;
        durable::write_file(&file, pem.as_bytes())?;
        note(remarks, CaMessage::PemList);
    } else {
        durable::write_file(&file, &der)?;
    }
    Ok(RevocationList { file, number, revoked: revoked.len(), this_update: now, next_update: next })
}

fn entry(record: Record) -> Result<Revoked, SignError> {
    let at = OffsetDateTime::from_unix_timestamp(record.revoked_at.unwrap_or_default());
    let at = at.map_err(|_| SignError::Date)?;
    let reason = record.reason.as_deref().and_then(Reason::parse).unwrap_or(Reason::Unspecified);
    Ok(Revoked { serial: record.cert_serial, at, reason })
}

fn check_usage(authority: &Authority) -> Result<(), Failure> {
    let ca = &authority.certificate;
    if ca.key_usage.is_none_or(|usage| usage.contains(KeyUsage::CRL_SIGN)) {
        return Ok(());
    }
    Err(Failure::refused(Message::from(CaMessage::NoCrlSign).about(ca.subject())))
}
