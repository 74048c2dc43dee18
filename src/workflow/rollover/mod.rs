//! The CA itself is replaced under a running cluster, one checked step a call.
//!
//! etcd reads its pools only at start (`client/pkg/transport/listener.go`), so that trust in both CAs has to be true on the
//! wire before anything is issued again, and every new certificate has to be served before the old CA is dropped.

mod wire;

use std::path::PathBuf;
use std::time::Duration;

use time::OffsetDateTime;

use super::ca::{CaSite, SharedLedger, hold, renew_held};
use super::{Failure, Remarks, note};
use crate::ca::{
    Authority, KeyAlgorithm, Maker, NewAuthority, Old, Renewal, Rollover, Step, is_outdated,
};
use crate::ledger::{CredentialSources, LocalLedger, Stored};
use crate::message::CaMessage;

/// The new CA that is wanted, and where the cluster is.
pub struct RolloverOptions {
    /// Its common name; else the old one's.
    pub common_name: Option<String>,
    /// How long it is valid.
    pub ttl: Duration,
    /// The kind of its key.
    pub algorithm: KeyAlgorithm,
    /// Client URLs of every member.
    pub endpoints: Vec<String>,
    /// Peer URLs of every member; else as etcd lists them.
    pub peer_endpoints: Vec<String>,
    /// How each of them is reached, but for the client certificate.
    pub credentials: CredentialSources,
    /// The bound on each of them.
    pub patience: Duration,
}

/// What one call did.
pub struct RolledOver {
    /// The step.
    pub step: Step,
    /// The pool that the user has to put into use.
    pub pool: PathBuf,
    /// The files that were written.
    pub files: Vec<PathBuf>,
}

/// Does the step that comes next, or refuses it with what is missing.
pub async fn roll_over(
    options: &RolloverOptions,
    site: &CaSite,
    shared: &SharedLedger,
    remarks: Remarks<'_>,
) -> Result<RolledOver, Failure> {
    let files = Rollover::new(&site.directory, &site.paths);
    let now = OffsetDateTime::now_utc();
    let mut ledger = site.open_ledger()?;
    // What an interrupted call left under way decides which step comes next.
    drop(hold(&mut ledger, remarks)?);
    let records = ledger.records()?;
    let here = records.iter().filter(|stored| is_here(stored));
    let step = files.next_step(here.map(|stored| &stored.record))?;
    let written = match step {
        Step::Begin => begin(options, site, &files, &mut ledger, now, remarks)?,
        Step::Reissue => {
            files.write_bundle()?;
            let new = new_authority(site, &files, now)?;
            note_absent(&records, &new, remarks);
            wire::trusts(options, &files, &new, &records, now).await?;
            let made = reissue(shared, &new, &records, &mut ledger, now, remarks)?;
            shared.deliver(&mut ledger, remarks).await?;
            made
        }
        Step::TakeOver => {
            if !files.has_taken_over()? {
                files.write_bundle()?;
                let new = new_authority(site, &files, now)?;
                note_absent(&records, &new, remarks);
                let seen = wire::trusts(options, &files, &new, &records, now).await?;
                wire::serves(options, &new, &seen).await?;
            }
            files.take_over(&mut hold(&mut ledger, remarks)?)?;
            vec![files.current.cert.clone(), files.current.key.clone(), files.bundle.clone()]
        }
    };
    Ok(RolledOver { step, pool: files.bundle, files: written })
}

fn new_authority(
    site: &CaSite,
    files: &Rollover,
    now: OffsetDateTime,
) -> Result<Authority, Failure> {
    Ok(Authority::load(&files.new, site.passphrase()?.as_ref(), now)?)
}

/// First step: a new CA beside the old one, and a bundle of both.
fn begin(
    options: &RolloverOptions,
    site: &CaSite,
    files: &Rollover,
    ledger: &mut LocalLedger,
    now: OffsetDateTime,
    remarks: Remarks<'_>,
) -> Result<Vec<PathBuf>, Failure> {
    let old = site.authority(now)?.certificate;
    let passphrase = site.passphrase()?;
    let common_name = options.common_name.clone().or_else(|| old.common_name());
    let new = NewAuthority {
        common_name: &common_name.unwrap_or_else(|| old.subject()),
        organizations: &[],
        ttl: options.ttl,
        algorithm: options.algorithm,
        path_length: Some(0),
        passphrase: passphrase.as_ref(),
        intermediate: None,
    };
    files.begin(&new, now, &mut hold(ledger, remarks)?)?;
    Ok(vec![files.new.cert.clone(), files.new.key.clone(), files.bundle.clone()])
}

/// Second step: everything is issued again, once every endpoint accepts a client of the new CA.
fn reissue(
    shared: &SharedLedger,
    new: &Authority,
    records: &[Stored],
    ledger: &mut LocalLedger,
    now: OffsetDateTime,
    remarks: Remarks<'_>,
) -> Result<Vec<PathBuf>, Failure> {
    let mut guard = hold(ledger, remarks)?;
    let maker = Maker { authority: new, cluster_id: &shared.cluster_id, now };
    let mut renewed = Vec::new();
    for path in outdated(records, new)
        .filter(|stored| is_here(stored))
        .filter_map(|stored| stored.cert.as_ref())
    {
        let old = Old::read(path, None)?;
        renewed.push(renew_held(&maker, &old, &Renewal::default(), true, &mut guard)?.cert);
    }
    Ok(renewed)
}

/// The records of certificates in use that another CA than the new one issued.
fn outdated<'r>(records: &'r [Stored], new: &Authority) -> impl Iterator<Item = &'r Stored> {
    let sha256 = new.certificate.sha256();
    records.iter().filter(move |stored| is_outdated(&stored.record, &sha256))
}

fn is_here(stored: &Stored) -> bool {
    stored.cert.as_ref().is_some_and(|path| path.exists())
}

/// Remarks which certificates can't be issued again, since their files are elsewhere.
fn note_absent(records: &[Stored], new: &Authority, remarks: Remarks<'_>) {
    for stored in outdated(records, new).filter(|stored| !is_here(stored)) {
        let serial = stored.record.cert_serial.as_str().into();
        note(remarks, CaMessage::NoFileHere { serial });
    }
}
