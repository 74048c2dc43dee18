//! `Maintenance.Snapshot`: the stream that a backup is made of, over a connection of its own.
//!
//! Blocks of the database file, then its SHA-256 (etcd `server/etcdserver/api/v3rpc/maintenance.go`). As everywhere, it is
//! asked only of a server that the strict verdict accepts.

use std::time::Duration;

use etcd_client::{Channel, Client, SnapshotStreaming};
use tokio::time::{Instant, timeout_at};
use tower::util::BoxCloneSyncService;

use super::endpoint::Prober;
use super::requests::client_options;
use super::requests::grpc_error;
use super::requests::within;
use crate::observation::backup::StreamError;
use crate::observation::endpoint::Purpose;
use crate::observe::wire::dial;
use crate::observe::wire::endpoint_url;
use crate::observe::wire::exchange;
use crate::observe::wire::handshake::Handshake;
use crate::observe::wire::http2::Http2;
use crate::observe::wire::watched::Watched;

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
    /// Opens one and waits for its first block.
    pub(crate) async fn open(prober: &Prober, url: &str) -> Result<Self, StreamError> {
        let deadline = Instant::now() + prober.timeout;
        let http2 = timeout_at(deadline, Box::pin(connect(prober, url, deadline)));
        let http2 = http2.await.unwrap_or_else(|_| Err(StreamError::Timeout))?;
        let channel = Channel::Custom(BoxCloneSyncService::new(http2));
        let options = client_options(prober.login.as_ref());
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

async fn connect(prober: &Prober, url: &str, deadline: Instant) -> Result<Http2, StreamError> {
    let parts = endpoint_url::parse(url, prober.implies_tls)?;
    let (addresses, _) = dial::lookup(&parts, deadline).await;
    let (_, dialled) = dial::connect(&addresses, Purpose::Main, deadline).await;
    let stream = dialled.ok_or(StreamError::NoConnection)?.stream;
    let (host, port) = (parts.host.as_str(), parts.port);
    let started = if parts.tls {
        let (identity, local) = (prober.identity.clone(), None);
        let host = prober.expected(host);
        let handshake = Handshake { host, alpn: &[b"h2"], identity, deadline, local };
        let (tls, secured, _) = Box::pin(handshake.run(stream)).await;
        let secured = secured.ok_or(StreamError::Handshake)?;
        if !prober.skip_verify && !prober.anchors.accept(&tls, host) {
            return Err(StreamError::NotAccepted);
        }
        let mut stream = Watched::new(secured);
        exchange::listen(&mut stream, tls.ms, deadline).await;
        Http2::start(stream, true, host, port).await
    } else {
        Http2::start(Watched::new(stream), false, host, port).await
    };
    started.map_err(|error| StreamError::Http2(error.to_string()))
}
