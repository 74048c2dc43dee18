//! The same names and role, a new key, new dates; the old pair keeps a second name.

use std::path::PathBuf;

use time::OffsetDateTime;

use super::super::{Failure, Remarks};
use super::issue::{self, Issued};
use super::shared::SharedLedger;
use super::site::{CaSite, hold};
use crate::ca::{Made, Maker, Old, RenewError, Renewal, Status};
use crate::ledger::LedgerGuard;
use crate::message::{CaMessage, Say as _};

/// Which certificate is to be renewed, and how.
pub struct RenewOptions {
    /// The certificate's file.
    pub file: PathBuf,
    /// Its key; else the file in its directory that fits.
    pub key_file: Option<PathBuf>,
    /// Whether a new key goes to `key_file`, whatever lies there.
    pub new_key: bool,
    /// What changes.
    pub renewal: Renewal,
    /// Whether another CA may have issued it.
    pub any_issuer: bool,
}

/// Renews one certificate.
pub async fn renew(
    options: &RenewOptions,
    site: &CaSite,
    shared: &SharedLedger,
    remarks: Remarks<'_>,
) -> Result<Issued, Failure> {
    let now = OffsetDateTime::now_utc();
    let authority = site.authority(now)?;
    let mut ledger = site.open_ledger()?;
    let mut guard = hold(&mut ledger, remarks)?;
    let old = match &options.key_file {
        Some(key) if options.new_key => Old::without_key(&options.file, key)?,
        key => Old::read(&options.file, key.as_deref())?,
    };
    let maker = Maker { authority: &authority, cluster_id: &shared.cluster_id, now };
    let made = renew_held(&maker, &old, &options.renewal, options.any_issuer, &mut guard)?;
    drop(guard);
    let made = vec![made];
    issue::note_shortened(&made, &authority.certificate, remarks);
    let delivered = shared.deliver(&mut ledger, remarks).await?;
    Ok(Issued { made, delivered, failure: None })
}

/// Renews one certificate with the ledger held.
pub(in crate::workflow) fn renew_held(
    maker: &Maker<'_>,
    old: &Old,
    renewal: &Renewal,
    any_issuer: bool,
    guard: &mut LedgerGuard<'_>,
) -> Result<Made, Failure> {
    let refuse = |error: RenewError| Failure::refused(error.message());
    if !any_issuer && !maker.authority.issued(&old.certificate) {
        let (path, issuer) = (old.cert.clone(), old.certificate.issuer());
        return Err(refuse(RenewError::OtherIssuer { path, issuer }));
    }
    let stored = guard.ledger().record(&old.certificate.serial_hex())?;
    let record = stored.map(|stored| stored.record);
    if record.as_ref().is_some_and(|record| record.status == Status::Revoked) {
        return Err(refuse(RenewError::Revoked(old.cert.clone())));
    }
    let order = old.order(record.as_ref(), renewal).map_err(refuse)?;
    let cluster_id = record.map_or_else(|| maker.cluster_id.to_owned(), |record| record.cluster_id);
    let maker = Maker { cluster_id: &cluster_id, ..*maker };
    let mut made = None;
    maker.make([order], guard, |new| made = Some(new))?;
    made.ok_or_else(|| Failure::failed(CaMessage::NothingIssued))
}
