//! `Maintenance.Snapshot`: the stream that a backup is made of, over a connection of its own.
//!
//! Blocks of the database file, then its SHA-256 (etcd `server/etcdserver/api/v3rpc/maintenance.go`). As everywhere, it is
//! asked only of a server that the strict verdict accepts.

use std::time::Duration;

use etcd_client::{Channel, Client, SnapshotStreaming};
use tokio::time::{Instant, timeout_at};
use tower::util::BoxCloneSyncService;

use super::endpoint::Prober;
use super::given_files::GivenFiles;
use super::requests::grpc_error;
use super::requests::within;
use crate::observation::Observation;
use crate::observation::backup::StreamError;
use crate::observe::wire::client::{self, ClientFault};
use crate::observe::wire::credentials::Login;

/// How long a block may keep the reader waiting.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open snapshot.
pub(crate) struct Snapshot {
    stream: SnapshotStreaming,
    first: Option<Vec<u8>>,
    /// Bytes of the whole, hash included.
    pub(crate) total: u64,
}

impl Snapshot {
    /// Opens one at an endpoint that was observed, with the same files and the same login, and waits for its first block.
    pub(crate) async fn open(
        observation: &Observation,
        login: Option<Login>,
        url: &str,
    ) -> Result<Self, StreamError> {
        let (identity, _) = GivenFiles::load(&observation.target, Vec::new()).identity();
        let prober = &Prober::new(observation, identity, login);
        let deadline = Instant::now() + prober.timeout;
        let reached = Box::pin(client::http2(url, &prober.credentials, deadline));
        let reached = timeout_at(deadline, reached).await.unwrap_or(Err(ClientFault::TimedOut));
        let http2 = reached.map_err(refused)?;
        let channel = Channel::Custom(BoxCloneSyncService::new(http2));
        let options = client::client_options(prober.credentials.login.as_ref());
        let client = within(deadline, Client::from_channel(channel, options)).await?;
        let mut stream = within(deadline, client.maintenance_client().snapshot()).await?;
        let first = within(deadline, stream.message()).await?;
        let first = first.ok_or(StreamError::Ended)?;
        let total = first.remaining_bytes() + first.blob().len() as u64;
        Ok(Self { stream, first: Some(first.blob().to_vec()), total })
    }

    /// The next block; `None` at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<u8>>, StreamError> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let block = timeout_at(Instant::now() + PATIENCE, self.stream.message()).await;
        let block = block.map_err(|_| StreamError::Silent)?;
        Ok(block.map_err(grpc_error)?.map(|block| block.blob().to_vec()))
    }
}

fn refused(fault: ClientFault) -> StreamError {
    match fault {
        ClientFault::Malformed(malformed) => malformed.into(),
        ClientFault::TimedOut => StreamError::Timeout,
        ClientFault::Lookup(_) | ClientFault::Tcp(..) => StreamError::NoConnection,
        ClientFault::Untrusted(_) => StreamError::NotAccepted,
        ClientFault::Protocol(words) => StreamError::Http2(words),
        ClientFault::Handshake(_)
        | ClientFault::HungUp(_)
        | ClientFault::Plaintext
        | ClientFault::Http(_)
        | ClientFault::Status(_) => StreamError::Handshake,
    }
}
