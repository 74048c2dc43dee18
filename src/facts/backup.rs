//! Which endpoint a backup is best taken from, and whether what is needed for it is there.

use super::{Endpoint, Facts};
use crate::{observation::backup::BackupSeen, x509::Certificate};

impl<'a> Facts<'a> {
    /// What was looked at for a backup, if this is about one.
    pub fn backup(&self) -> Option<&'a BackupSeen> {
        self.observation.backup.as_ref()
    }

    /// The endpoint to take a snapshot from: one that serves and reads, a voter, not the leader if another can do it, and
    /// of those the one that lags least.
    pub fn snapshot_source(&self) -> Option<&Endpoint<'a>> {
        let most = self.endpoints.iter().filter_map(Endpoint::status).map(|s| s.raft_index).max();
        let fit = self.endpoints.iter().filter_map(|endpoint| {
            let status = endpoint.status().filter(|s| s.leader != "0" && !s.is_learner)?;
            let healthy = endpoint.serves(self)
                && endpoint.read_error().is_none()
                && endpoint.alarms().next().is_none();
            let lag = most.unwrap_or_default() - status.raft_index;
            healthy.then_some((status.leader == status.member_id, lag, endpoint))
        });
        fit.min_by_key(|(leads, lag, _)| (*leads, *lag)).map(|(_, _, endpoint)| endpoint)
    }

    /// Bytes that a snapshot takes: what its stream announced, else the size of the database.
    pub fn snapshot_bytes(&self) -> Option<u64> {
        let stream = self.backup().and_then(|backup| backup.stream.as_ref());
        let announced = stream.and_then(|stream| stream.opened.as_ref().ok().copied());
        let sizes = self.endpoints.iter().filter_map(Endpoint::status).map(|s| s.db_size_bytes);
        announced.or_else(|| sizes.max().and_then(|size| u64::try_from(size).ok()))
    }

    /// The certificates that the next backup needs as well: our own, and the chain of each server that serves, with
    /// those that end before it.
    pub fn ends_before_next_backup(&self) -> Vec<(Option<&Endpoint<'a>>, &Certificate)> {
        let Some(every) = self.backup().and_then(|backup| backup.every) else { return Vec::new() };
        let next = time::Duration::try_from(every).unwrap_or(time::Duration::MAX);
        let next = self.now().saturating_add(next);
        let served = self.presented().filter(|(_, presented)| presented.is_trusted());
        let served =
            served.flat_map(|(e, presented)| presented.chain.iter().map(move |c| (Some(e), c)));
        let own = self.client.leaf().into_iter().map(|leaf| (None, leaf));
        let ends = |one: &(Option<&Endpoint<'a>>, &Certificate)| {
            one.1.not_after > self.now() && one.1.not_after < next
        };
        own.chain(served).filter(ends).collect()
    }
}
