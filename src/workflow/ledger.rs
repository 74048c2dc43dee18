//! What was issued, here and in the shared ledger: listed, shown and delivered.

use std::collections::HashSet;
use std::time::Duration;

use time::OffsetDateTime;

use super::ca::{CaSite, note_conflicts, read_all};
use super::{Failure, Remarks};
use crate::ca::{Profile, Record, Status};
use crate::ledger::{EtcdLedger, Shared, Stored, deliver};
use crate::message::{LedgerMessage, Message};

/// Which records are wanted; what is left out is no condition.
#[derive(Debug, Clone, Default)]
pub struct RecordFilter {
    /// Their role.
    pub role: Option<Profile>,
    /// The machine that holds them.
    pub node_id: Option<String>,
    /// The service that holds them.
    pub service_name: Option<String>,
    /// Their state.
    pub state: Option<RecordState>,
    /// Their cluster.
    pub cluster_id: Option<String>,
    /// The time within which they expire, or have expired.
    pub expires_within: Option<Duration>,
}

/// The state of a record, as a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordState {
    /// In use.
    Active,
    /// Another took its place.
    Superseded,
    /// On the revocation list.
    Revoked,
    /// Past its end.
    Expired,
}

impl RecordFilter {
    fn admits(&self, record: &Shared, now: i64) -> bool {
        let same = |wanted: &Option<String>, value: Option<&String>| {
            wanted.as_ref().is_none_or(|wanted| value == Some(wanted))
        };
        let (node, service, cluster, expires_at) = match record {
            Shared::Ours(record) => {
                let (node, service) = (record.node_id.as_ref(), record.service_name.as_ref());
                (node, service, Some(&record.cluster_id), record.expires_at)
            }
            Shared::Foreign(record) => {
                let (node, service) = (record.node_id.as_ref(), record.service_name.as_ref());
                (node, service, record.cluster_id.as_ref(), record.expires_at)
            }
        };
        let left = expires_at.saturating_sub(now);
        let within = |limit: Duration| left <= i64::try_from(limit.as_secs()).unwrap_or(i64::MAX);
        same(&self.node_id, node)
            && same(&self.service_name, service)
            && same(&self.cluster_id, cluster)
            && self.expires_within.is_none_or(within)
            && self.admits_state(record, left < 0)
    }

    fn admits_state(&self, record: &Shared, is_expired: bool) -> bool {
        let Shared::Ours(Record { profile, status, .. }) = record else {
            let state = match self.state {
                None => true,
                Some(RecordState::Expired) => is_expired,
                Some(RecordState::Active) => !is_expired,
                Some(RecordState::Superseded | RecordState::Revoked) => false,
            };
            return self.role.is_none() && state;
        };
        self.role.is_none_or(|role| role == *profile)
            && self.state.is_none_or(|state| match state {
                RecordState::Active => *status == Status::Active,
                RecordState::Superseded => *status == Status::Superseded,
                RecordState::Revoked => *status == Status::Revoked,
                RecordState::Expired => is_expired,
            })
    }
}

/// The records that are wanted, oldest first; with a shared ledger also those that only it has.
pub async fn list_records(
    filter: &RecordFilter,
    site: &CaSite,
    etcd: Option<&EtcdLedger>,
    remarks: Remarks<'_>,
) -> Result<Vec<Shared>, Failure> {
    let ledger = site.read_ledger(remarks)?;
    let own = ledger.records()?.into_iter().map(|stored| Shared::Ours(stored.record));
    let mut records: Vec<Shared> = own.collect();
    if let Some(etcd) = etcd {
        let known: HashSet<String> =
            records.iter().map(|record| record.serial().to_owned()).collect();
        let shared = read_all(etcd).await?.into_iter().map(|(_, record)| record);
        records.extend(shared.filter(|record| !known.contains(record.serial())));
    }
    let now = OffsetDateTime::now_utc().unix_timestamp();
    records.retain(|record| filter.admits(record, now));
    Ok(records)
}

/// One record, as it is here and as the shared ledger has it.
pub struct ShownRecord {
    /// The local record.
    pub stored: Option<Stored>,
    /// The shared one with its key.
    pub shared: Option<(String, Shared)>,
}

/// Finds one record by its serial.
pub async fn show_record(
    serial: &str,
    site: &CaSite,
    etcd: Option<&EtcdLedger>,
    remarks: Remarks<'_>,
) -> Result<ShownRecord, Failure> {
    let stored = site.read_ledger(remarks)?.record(serial)?;
    let shared = match etcd {
        Some(etcd) => {
            read_all(etcd).await?.into_iter().find(|(_, record)| record.serial() == serial)
        }
        None => None,
    };
    if stored.is_none() && shared.is_none() {
        return Err(Failure::refused(Message::from(LedgerMessage::NoSuchSerial).about(serial)));
    }
    Ok(ShownRecord { stored, shared })
}

/// What a delivery did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Synced {
    /// How many records the shared ledger has taken.
    pub delivered: usize,
    /// How many found another record in their place.
    pub conflicts: usize,
}

/// Delivers what waits; gives up when nothing got through for `give_up`.
pub async fn sync(
    site: &CaSite,
    etcd: &EtcdLedger,
    give_up: Duration,
    remarks: Remarks<'_>,
) -> Result<Synced, Failure> {
    let mut ledger = site.read_ledger(remarks)?;
    let delivery = deliver(&mut ledger, etcd, give_up).await?;
    note_conflicts(&delivery, remarks);
    Ok(Synced { delivered: delivery.delivered, conflicts: delivery.conflicts.len() })
}
