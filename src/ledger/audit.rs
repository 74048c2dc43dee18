//! Compares the records with what is really there: files, the shared ledger, and what endpoints serve and accept. Pure.

use std::collections::HashMap;
use std::path::PathBuf;

use super::local::Stored;
use super::record::Shared;
use crate::ca::{Record, Status};
use crate::message::{AuditMessage, Message, Say};

/// A certificate of this CA that was found in a file.
#[derive(Debug, Clone)]
pub struct InFile {
    pub path: PathBuf,
    pub serial: String,
}

/// What an endpoint did.
#[derive(Debug, Clone)]
pub struct AtEndpoint {
    pub url: String,
    pub serial: String,
}

/// Everything that was seen.
#[derive(Debug, Default)]
pub struct AuditInput {
    /// The certificates of this CA in the folders looked at.
    pub files: Vec<InFile>,
    /// What the recorded places hold now; none for a file that is not there.
    pub places: HashMap<PathBuf, Option<String>>,
    /// The shared ledger's entries, if it was asked.
    pub shared: Option<Vec<Shared>>,
    /// What endpoints present.
    pub served: Vec<AtEndpoint>,
    /// Revoked client certificates that endpoints let in.
    pub accepted: Vec<AtEndpoint>,
    /// The ledger's file, if it is not there.
    pub lost_ledger: Option<PathBuf>,
    /// What the standing revocation list revokes.
    pub listed: Vec<InFile>,
}

/// One thing that records and reality disagree about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `no-ledger`, `unrecorded-revocation`, `missing`, `unrecorded`, `superseded-served`, `revoked-served`, `revoked-accepted`,
    /// `undelivered`, `conflict`.
    pub kind: &'static str,
    pub serial: String,
    /// The file or endpoint.
    pub place: String,
    pub detail: Detail,
}

/// How a difference shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// The file is not there.
    Gone,
    /// The file holds another certificate, by its serial.
    Holds(String),
    /// This CA issued it and no record says so.
    Unrecorded,
    /// The revocation list has it and no record says so.
    UnrecordedRevocation,
    /// The CA's ledger is not there.
    NoLedger,
    /// An endpoint serves it still; by its successor's serial, if it has one.
    Served(Option<String>),
    /// An endpoint lets it in although it is revoked.
    Accepted,
    /// The shared ledger has another record of it.
    OtherRecord,
    /// The shared ledger does not have it as it is.
    NotDelivered,
}

impl Say for Detail {
    fn message(&self) -> Message {
        match self {
            Self::Gone => AuditMessage::Gone,
            Self::Holds(serial) => AuditMessage::Holds { serial: serial.into() },
            Self::Unrecorded => AuditMessage::Unrecorded,
            Self::UnrecordedRevocation => AuditMessage::UnrecordedRevocation,
            Self::NoLedger => AuditMessage::NoLedger,
            Self::Served(None) => AuditMessage::Served,
            Self::Served(Some(successor)) => {
                AuditMessage::ServedInstead { successor: successor.into() }
            }
            Self::Accepted => AuditMessage::Accepted,
            Self::OtherRecord => AuditMessage::OtherRecord,
            Self::NotDelivered => AuditMessage::NotDelivered,
        }
        .into()
    }
}

/// What differs.
pub fn audit(records: &[Stored], seen: &AuditInput, now: i64) -> Vec<Difference> {
    let by_serial: HashMap<&str, &Record> =
        records.iter().map(|stored| (stored.record.cert_serial.as_str(), &stored.record)).collect();
    let shared = seen.shared.iter().flatten().filter_map(|entry| match entry {
        Shared::Ours(record) => Some((record.cert_serial.as_str(), record)),
        Shared::Foreign(_) => None,
    });
    let shared: HashMap<&str, &Record> = shared.collect();
    let known = |serial: &str| by_serial.get(serial).or_else(|| shared.get(serial)).copied();
    let lost = seen
        .lost_ledger
        .iter()
        .map(|path| difference("no-ledger", "", path.display().to_string(), Detail::NoLedger));
    let mut differences: Vec<_> = lost.collect();
    let is_revoked =
        |serial: &str| known(serial).is_some_and(|record| record.status == Status::Revoked);
    differences.extend(seen.listed.iter().filter(|listed| !is_revoked(&listed.serial)).map(
        |listed| {
            let place = listed.path.display().to_string();
            let detail = Detail::UnrecordedRevocation;
            difference("unrecorded-revocation", &listed.serial, place, detail)
        },
    ));
    differences.extend(records.iter().filter_map(|stored| missing(stored, seen, now)));
    differences.extend(seen.files.iter().filter(|file| known(&file.serial).is_none()).map(
        |file| {
            let place = file.path.display().to_string();
            difference("unrecorded", &file.serial, place, Detail::Unrecorded)
        },
    ));
    for served in &seen.served {
        let kind = match known(&served.serial).map(|record| record.status) {
            Some(Status::Superseded) => "superseded-served",
            Some(Status::Revoked) => "revoked-served",
            Some(Status::Active) | None => continue,
        };
        let successor =
            records.iter().find(|stored| stored.record.supersedes.as_ref() == Some(&served.serial));
        let detail = Detail::Served(successor.map(|stored| stored.record.cert_serial.clone()));
        differences.push(difference(kind, &served.serial, served.url.clone(), detail));
    }
    differences.extend(seen.accepted.iter().map(|accepted| {
        difference("revoked-accepted", &accepted.serial, accepted.url.clone(), Detail::Accepted)
    }));
    if seen.shared.is_some() {
        differences.extend(records.iter().filter_map(|stored| undelivered(stored, &shared)));
    }
    differences
}

fn difference(kind: &'static str, serial: &str, place: String, detail: Detail) -> Difference {
    Difference { kind, serial: serial.to_owned(), place, detail }
}

/// A certificate that still counts has to lie where it was written.
fn missing(stored: &Stored, seen: &AuditInput, now: i64) -> Option<Difference> {
    let record = &stored.record;
    if record.status != Status::Active || record.expires_at < now {
        return None;
    }
    let path = stored.cert.as_ref()?;
    let detail = match seen.places.get(path)? {
        Some(serial) if *serial == record.cert_serial => return None,
        Some(other) => Detail::Holds(other.clone()),
        None => Detail::Gone,
    };
    Some(difference("missing", &record.cert_serial, path.display().to_string(), detail))
}

fn undelivered(stored: &Stored, shared: &HashMap<&str, &Record>) -> Option<Difference> {
    let record = &stored.record;
    let (kind, detail) = match shared.get(record.cert_serial.as_str()) {
        Some(other) if *other == record => return None,
        Some(_) if stored.delivered => ("conflict", Detail::OtherRecord),
        _ => ("undelivered", Detail::NotDelivered),
    };
    Some(difference(kind, &record.cert_serial, record.holder().to_owned(), detail))
}
