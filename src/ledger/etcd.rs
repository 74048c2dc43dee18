//! The shared ledger: one key a record in etcd, written once by a transaction that wants the key absent, and changed
//! only by whoever knows what stands there.

use std::time::Duration;

use etcd_client::{Client, Compare, CompareOp, GetOptions, Txn, TxnOp, TxnOpResponse};
use tokio::time::timeout;

use super::record::Shared;
use crate::observe::wire::client::{ClientError, ClientFault, connect};
use crate::observe::wire::credentials::Credentials;

/// Where the shared ledger is.
pub struct EtcdLedger {
    pub endpoints: Vec<String>,
    pub credentials: Credentials,
    pub prefix: String,
    /// The bound on each endpoint.
    pub patience: Duration,
}

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Placed {
    /// It stands there as it should.
    There,
    /// Something else stands there, which is left alone.
    Conflict(Vec<u8>),
}

/// How many keys one answer holds when all are read.
const PAGE: i64 = 1000;

impl EtcdLedger {
    /// A client at the first endpoint, counted from `start`, that answers.
    pub async fn client(&self, start: usize) -> Result<Client, ClientError> {
        let mut last = ClientError { url: String::new(), fault: ClientFault::TimedOut };
        for index in 0..self.endpoints.len() {
            let url = &self.endpoints[(start + index) % self.endpoints.len()];
            match connect(url, &self.credentials, self.patience).await {
                Ok(client) => return Ok(client),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// All records under a prefix, with their keys.
    pub async fn records(
        &self,
        client: &Client,
        prefix: &str,
    ) -> Result<Vec<(String, Shared)>, etcd_client::Error> {
        let mut kv = client.kv_client();
        let mut from = format!("{}/", prefix.trim_end_matches('/')).into_bytes();
        // The first key behind all that begin so: '/' is followed by '0'.
        let end = format!("{}0", prefix.trim_end_matches('/'));
        let mut records = Vec::new();
        loop {
            let options = GetOptions::new().with_range(end.as_bytes()).with_limit(PAGE);
            let page = within(self.patience, kv.get(from.clone(), Some(options))).await?;
            for entry in page.kvs() {
                let key = String::from_utf8_lossy(entry.key()).into_owned();
                if let Some(record) = Shared::read(&key, entry.value()) {
                    records.push((key, record));
                }
            }
            match page.kvs().last() {
                Some(last) if page.more() => {
                    from = last.key().to_vec();
                    from.push(0);
                }
                _ => return Ok(records),
            }
        }
    }
}

/// Writes a record under its key: new where nothing stands there, else only over `known`, what was delivered before.
pub(super) async fn place(
    client: &Client,
    key: &str,
    value: &str,
    known: Option<&str>,
    patience: Duration,
) -> Result<Placed, etcd_client::Error> {
    let mut kv = client.kv_client();
    let expected = match known {
        Some(known) => Compare::value(key, CompareOp::Equal, known),
        None => Compare::create_revision(key, CompareOp::Equal, 0),
    };
    let write = Txn::new()
        .when([expected])
        .and_then([TxnOp::put(key, value, None)])
        .or_else([TxnOp::get(key, None)]);
    let answer = within(patience, kv.txn(write)).await?;
    if answer.succeeded() {
        return Ok(Placed::There);
    }
    let found = answer.op_responses().into_iter().find_map(|response| match response {
        TxnOpResponse::Get(found) => found.kvs().first().map(|entry| entry.value().to_vec()),
        _ => None,
    });
    match found {
        // An earlier attempt got through, and only its answer was lost.
        Some(found) if found == value.as_bytes() => Ok(Placed::There),
        Some(found) => Ok(Placed::Conflict(found)),
        // What was delivered before is gone, by somebody's hand: it is written anew.
        None => Box::pin(place(client, key, value, None, patience)).await,
    }
}

async fn within<T>(
    patience: Duration,
    call: impl Future<Output = Result<T, etcd_client::Error>>,
) -> Result<T, etcd_client::Error> {
    match timeout(patience, call).await {
        Ok(answer) => answer,
        Err(_) => Err(etcd_client::Error::IoError(std::io::ErrorKind::TimedOut.into())),
    }
}
