//! Issuing, in the order that survives a crash at any point: sign in memory, make the record durable, write the files
//! under first names and sync them, move key and certificate to their places, sync the folder, forget the journal.

use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;
use time::OffsetDateTime;
use time::macros::datetime;
use zeroize::Zeroizing;

use super::authority::Authority;
use super::issue_error::IssueError;
use super::key::{KeyAlgorithm, SigningKey};
use super::ledger::{Entry, Ledger, Outcome, Pending, Superseded};
use super::profile::Profile;
use super::record::{Holder, Record};
use super::recovery::{self, hex_sha256};
use super::sign::{self, Kind, Template};
use crate::durable::{self, Move, NewFile, Swap, WriteError};
use crate::x509::{Certificate, Go, San};

/// How many certificates share a commit and a sync.
const BATCH: usize = 256;
/// Clocks differ: a certificate is valid from a little before it was made.
pub(super) const BACKDATED: time::Duration = time::Duration::minutes(5);

/// One certificate to be made.
pub struct Order {
    pub profile: Profile,
    /// DER of the subject.
    pub subject: Vec<u8>,
    pub sans: Vec<San>,
    pub ttl: Duration,
    pub key: OrderKey,
    pub holder: Holder,
    /// Where the certificate goes.
    pub cert: PathBuf,
    /// Where the key goes, if one is made.
    pub key_file: PathBuf,
    /// What it takes the place of.
    pub replaces: Option<Replaced>,
}

/// Whose key it is.
pub enum OrderKey {
    /// A new one of this kind.
    New(KeyAlgorithm),
    /// One that stays where it is; the DER of its `SubjectPublicKeyInfo`.
    Given(Vec<u8>),
}

/// What lies where the new files go, and how it is to be treated.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// The old certificate's; `None` where there is none that can be read.
    pub serial: Option<String>,
    /// Modes of the old files.
    pub cert_mode: u32,
    pub key_mode: u32,
    /// Whose the files are.
    pub owner: Option<(u32, u32)>,
}

/// One certificate that was made and written.
#[derive(Debug, Clone)]
pub struct Made {
    pub record: Record,
    pub cert: PathBuf,
    pub key: Option<PathBuf>,
    /// Whether it lives shorter than asked, because its CA does.
    pub shortened: bool,
}

/// A CA at work for one cluster.
pub struct Maker<'a> {
    pub authority: &'a Authority,
    pub cluster_id: &'a str,
    pub now: OffsetDateTime,
}

/// A certificate signed and not yet written.
struct Signed {
    made: Made,
    entry: Entry,
    content: Content,
}

impl Maker<'_> {
    /// Makes all of them or, where one fails, none of its batch; what earlier batches made stays.
    pub fn make(
        &self,
        orders: impl IntoIterator<Item = Order>,
        ledger: &mut impl Ledger,
        mut made: impl FnMut(Made),
    ) -> Result<(), IssueError> {
        let mut orders = orders.into_iter().peekable();
        while orders.peek().is_some() {
            let signed: Result<Vec<_>, _> =
                orders.by_ref().take(BATCH).map(|order| self.sign(order)).collect();
            publish(signed?, ledger)?.into_iter().for_each(&mut made);
        }
        Ok(())
    }

    fn sign(&self, order: Order) -> Result<Signed, IssueError> {
        let key = match &order.key {
            OrderKey::New(algorithm) => Some(SigningKey::generate(*algorithm)?),
            OrderKey::Given(_) => None,
        };
        let spki = match &order.key {
            OrderKey::Given(spki) => spki.clone(),
            OrderKey::New(_) => key.as_ref().map(|key| key.spki().to_vec()).unwrap_or_default(),
        };
        let ca = &self.authority.certificate;
        let asked = after(self.now, order.ttl);
        let template = Template {
            subject: order.subject,
            spki,
            sans: order.sans,
            kind: Kind::Leaf(order.profile),
            not_before: (self.now - BACKDATED).max(ca.not_before),
            not_after: asked.min(ca.not_after),
            serial: sign::new_serial()?,
        };
        let name = || order.cert.display().to_string();
        let der = sign::sign(&template, self.authority.signer())
            .map_err(|source| IssueError::Sign { name: name(), source })?;
        let leaf = Certificate::parse(&der, Go::DEFAULT)
            .map_err(|source| IssueError::Parse { name: name(), source })?;
        let replaces = order.replaces.as_ref();
        let record = Record {
            issued_at: self.now.unix_timestamp(),
            supersedes: replaces.and_then(|old| old.serial.clone()),
            ..Record::active(&leaf, ca, order.profile, order.holder, self.cluster_id)
        };
        let key_file = key.as_ref().map(|_| order.key_file);
        let pending = pending(&record, &order.cert, key_file.as_deref(), replaces)?;
        Ok(Signed {
            content: Content {
                cert_pem: self.authority.pem_with_chain(&leaf.der),
                key_pem: key.map(|key| key.to_pem(None)).transpose()?,
                cert_mode: replaces.map_or(durable::PUBLIC, |old| old.cert_mode),
                key_mode: replaces.map_or(durable::SECRET, |old| old.key_mode),
                owner: replaces.and_then(|old| old.owner),
            },
            made: Made {
                record: record.clone(),
                cert: order.cert,
                key: key_file,
                shortened: asked > ca.not_after,
            },
            entry: Entry { record: Some(record), pending },
        })
    }
}

/// A certificate of ten minutes and its key, as PEM, to try whether a server trusts a CA. Neither is ever written to a
/// file, and so there is no record of them.
pub fn trial(
    authority: &Authority,
    profile: Profile,
    subject: &[u8],
    now: OffsetDateTime,
) -> Result<(String, Zeroizing<String>), IssueError> {
    let key = SigningKey::generate(KeyAlgorithm::P256)?;
    let failed = |source| IssueError::Sign { name: "trial".to_owned(), source };
    let template = Template {
        subject: subject.to_vec(),
        spki: key.spki().to_vec(),
        sans: Vec::new(),
        kind: Kind::Leaf(profile),
        not_before: now - BACKDATED,
        not_after: now + time::Duration::minutes(10),
        serial: sign::new_serial()?,
    };
    let der = sign::sign(&template, authority.signer()).map_err(failed)?;
    Ok((authority.pem_with_chain(&der), key.to_pem(None)?))
}

/// So much later, or the last moment that a certificate can name.
pub fn after(now: OffsetDateTime, life: Duration) -> OffsetDateTime {
    let life = time::Duration::try_from(life).ok();
    let last = datetime!(9999-12-31 23:59:59 UTC);
    life.and_then(|life| now.checked_add(life)).map_or(last, |then| then.min(last))
}

/// The files under way for a record; first names hold the serial, so that nobody else uses them.
fn pending(
    record: &Record,
    cert: &Path,
    key: Option<&Path>,
    replaces: Option<&Replaced>,
) -> Result<Pending, WriteError> {
    let serial = &record.cert_serial;
    let swap = key.zip(replaces).and_then(|(key, _)| Swap::for_pair(cert, key, serial));
    let moved = |place: &Path| match &swap {
        Some(swap) => {
            let name = place.file_name().unwrap_or_default();
            Ok(Move { from: swap.folder.join(name), to: swap.link.join(name) })
        }
        None => first_name(place, serial),
    };
    let (cert, key) = (moved(cert)?, key.map(moved).transpose()?);
    let supersedes = replaces.map(|old| {
        let backup = |file: &Move| {
            let mut name = file.to.clone().into_os_string();
            name.push(format!(".bak-{}", old.serial.as_ref().unwrap_or(serial)));
            Move { from: file.to.clone(), to: name.into() }
        };
        // The old folder of a swap stays, and is the backup.
        let files = key.iter().chain([&cert]).filter(|_| swap.is_none());
        Superseded {
            serial: old.serial.clone().unwrap_or_default(),
            backups: files.map(backup).collect(),
        }
    });
    Ok(Pending {
        id: serial.clone(),
        cert,
        cert_sha256: record.cert_sha256.clone(),
        key,
        spki_sha256: record.spki_sha256.clone(),
        supersedes,
        swap,
    })
}

fn first_name(place: &Path, serial: &str) -> Result<Move, WriteError> {
    let to = std::path::absolute(place)
        .map_err(|source| WriteError::Io { path: place.to_owned(), source })?;
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let from = to.with_file_name(format!(".{name}.{serial}.new"));
    Ok(Move { from, to })
}

/// Records a batch, writes its files and moves them to their places.
fn publish(batch: Vec<Signed>, ledger: &mut impl Ledger) -> Result<Vec<Made>, IssueError> {
    for signed in &batch {
        check_places(signed)?;
    }
    let (mut entries, mut files, mut made) = (Vec::new(), Vec::new(), Vec::new());
    for signed in batch {
        entries.push(signed.entry);
        files.push(signed.content);
        made.push(signed.made);
    }
    put(&entries, &files, ledger)?;
    Ok(made)
}

/// Records what is under way, writes the files and moves them to their places.
pub(super) fn put(
    entries: &[Entry],
    files: &[Content],
    ledger: &mut impl Ledger,
) -> Result<(), IssueError> {
    check_rooms(entries, files)?;
    ledger.enter(entries)?;
    let new_files: Vec<NewFile<'_>> = entries
        .iter()
        .zip(files)
        .flat_map(|(entry, content)| {
            let key = entry.pending.key.as_ref().zip(content.key_pem.as_ref());
            let key = key.map(|(file, pem)| (file, pem.as_bytes(), content.key_mode));
            let cert = (&entry.pending.cert, content.cert_pem.as_bytes(), content.cert_mode);
            let owner = content.owner;
            key.into_iter().chain([cert]).map(move |(file, content, mode)| NewFile {
                path: &file.from,
                content,
                mode,
                owner,
            })
        })
        .collect();
    let written = prepare(entries)
        .and_then(|()| durable::write_all(&new_files))
        .and_then(|()| entries.iter().try_for_each(|entry| entry.pending.change().complete()))
        .and_then(|()| durable::sync_folders(new_files.iter().map(|file| file.path)));
    if let Err(error) = written {
        take_back(entries, ledger);
        return Err(error.into());
    }
    let outcomes: Vec<_> =
        entries.iter().map(|entry| (entry.pending.id.as_str(), Outcome::Published)).collect();
    Ok(ledger.finish(&outcomes)?)
}

/// Makes the folders that links will lead to.
fn prepare(entries: &[Entry]) -> Result<(), WriteError> {
    entries.iter().map(|entry| &entry.pending).try_for_each(|pending| {
        let swap = pending.swap.as_ref().zip(pending.key.as_ref());
        swap.map_or(Ok(()), |(swap, key)| swap.prepare([&pending.cert.from, &key.from]))
    })
}

/// Undoes a batch that failed halfway. Where even that fails, the journal still knows it.
fn take_back(entries: &[Entry], ledger: &mut impl Ledger) {
    let undone: Vec<_> = entries
        .iter()
        .filter(|entry| recovery::undo(&entry.pending).is_ok())
        .map(|entry| (entry.pending.id.as_str(), Outcome::Withdrawn))
        .collect();
    let _ = ledger.finish(&undone);
}

/// A new certificate overwrites nothing, and a renewal's old files get a second name that must be free.
fn check_places(signed: &Signed) -> Result<(), IssueError> {
    let pending = &signed.entry.pending;
    if pending.supersedes.is_some() {
        return Ok(());
    }
    let taken =
        pending.key.iter().chain([&pending.cert]).find(|file| file.to.symlink_metadata().is_ok());
    taken.map_or(Ok(()), |file| Err(IssueError::Exists(file.to.clone())))
}

/// The content of a certificate's files.
pub(super) struct Content {
    pub(super) cert_pem: String,
    pub(super) key_pem: Option<Zeroizing<String>>,
    pub(super) cert_mode: u32,
    pub(super) key_mode: u32,
    /// Whose they shall be, where that is not the caller.
    pub(super) owner: Option<(u32, u32)>,
}

/// Makes the folders, and finds out whether they take the files before anything is recorded.
fn check_rooms(entries: &[Entry], files: &[Content]) -> Result<(), WriteError> {
    let mut rooms: Vec<(&Path, usize)> = Vec::new();
    for (entry, content) in entries.iter().zip(files) {
        let key = entry.pending.key.as_ref().zip(content.key_pem.as_ref());
        let key = key.map(|(file, pem)| (file, pem.len()));
        for (file, bytes) in key.into_iter().chain([(&entry.pending.cert, content.cert_pem.len())])
        {
            let folder = file.to.parent().unwrap_or(Path::new("/"));
            match rooms.iter_mut().find(|(known, _)| *known == folder) {
                Some((_, sum)) => *sum += bytes,
                None => rooms.push((folder, bytes)),
            }
        }
    }
    rooms.into_iter().try_for_each(|(folder, bytes)| {
        durable::make_folder(folder, 0o755)?;
        durable::check_room(folder, bytes)
    })
}

/// A CA's own pair on its way; it has no record.
pub(super) fn own_entry(
    der: &[u8],
    spki: &[u8],
    cert: &Path,
    key: &Path,
) -> Result<Entry, WriteError> {
    let id = hex_sha256(der);
    let mark = HEXLOWER.encode(&spki[spki.len().saturating_sub(4)..]);
    let pending = Pending {
        cert: first_name(cert, &mark)?,
        cert_sha256: id.clone(),
        key: Some(first_name(key, &mark)?),
        spki_sha256: hex_sha256(spki),
        supersedes: None,
        swap: None,
        id,
    };
    Ok(Entry { record: None, pending })
}
