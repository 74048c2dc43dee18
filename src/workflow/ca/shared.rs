//! The shared ledger, and how what was made gets there.

use std::collections::HashSet;
use std::time::Duration;

use super::super::{Failure, Remarks, note};
use crate::ledger::{Delivery, EtcdLedger, LocalLedger, PHOTONCLOUD, Shared, SyncError, deliver};
use crate::message::{CliMessage, LedgerMessage, Say as _};

/// The cluster that certificates are for, and the etcd that holds its records.
pub struct SharedLedger {
    /// The cluster's name in the records.
    pub cluster_id: String,
    /// The etcd, if one was named.
    pub etcd: Option<EtcdLedger>,
}

/// What still waits in the local ledger, if a shared one was asked.
#[derive(Debug, Default)]
pub struct Delivered(Option<HashSet<String>>);

impl Delivered {
    /// Whether the shared ledger has a record as it is here.
    pub fn has(&self, serial: &str) -> bool {
        self.0.as_ref().is_some_and(|waiting| !waiting.contains(serial))
    }
}

impl SharedLedger {
    /// Delivers what waits. A shared ledger that can't be reached is no failure: the records wait.
    pub async fn deliver(
        &self,
        ledger: &mut LocalLedger,
        remarks: Remarks<'_>,
    ) -> Result<Delivered, Failure> {
        let Some(etcd) = &self.etcd else { return Ok(Delivered::default()) };
        match deliver(ledger, etcd, Duration::ZERO).await {
            Ok(delivery) => note_conflicts(&delivery, remarks),
            Err(error) => note(remarks, LedgerMessage::Waits { why: error.message().into() }),
        }
        let waiting = ledger.waiting()?.into_iter().map(|waiting| waiting.record.cert_serial);
        Ok(Delivered(Some(waiting.collect())))
    }
}

/// Remarks which records found something else in their place.
pub(in crate::workflow) fn note_conflicts(delivery: &Delivery, remarks: Remarks<'_>) {
    for (record, found) in &delivery.conflicts {
        let (serial, found) = (record.cert_serial.as_str().into(), found.as_str().into());
        let what = LedgerMessage::Conflict { serial, found }.into();
        remarks(CliMessage::Conflict { what }.into());
    }
}

/// What is under the prefix, and under the one that PhotonCloud's tool writes to.
pub(in crate::workflow) async fn read_all(
    etcd: &EtcdLedger,
) -> Result<Vec<(String, Shared)>, Failure> {
    let client = etcd.client(0).await.map_err(SyncError::from)?;
    let mut records = etcd.records(&client, &etcd.prefix).await.map_err(SyncError::from)?;
    if etcd.prefix != PHOTONCLOUD {
        records.extend(etcd.records(&client, PHOTONCLOUD).await.map_err(SyncError::from)?);
    }
    Ok(records)
}
