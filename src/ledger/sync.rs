//! Delivery: what waits in the embedded ledger goes to the shared one, each record exactly once, whatever dies meanwhile.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use tokio::time::{Instant, sleep};

use super::etcd::{EtcdLedger, Placed, place};
use super::local::{LocalLedger, Waiting};
use super::record::key_of;
use crate::ca::{LedgerError, Record};
use crate::message::{LedgerMessage, Message, Say, Value, english_display};
use crate::observe::wire::client::ClientError;

/// How many records are under way at once.
const AT_ONCE: usize = 32;
/// After how many records what was delivered is noted down.
const NOTED: usize = 256;

/// What a delivery did.
#[derive(Debug, Default)]
pub struct Delivery {
    /// How many records stand in the shared ledger now that waited before.
    pub delivered: usize,
    /// How many still wait.
    pub waiting: usize,
    /// Records whose key holds something else, and what.
    pub conflicts: Vec<(Record, String)>,
}

/// Why records still wait.
#[derive(Debug)]
pub enum SyncError {
    /// The local ledger fails.
    Ledger(LedgerError),
    /// No endpoint can be reached.
    Unreachable(ClientError),
    /// An endpoint was reached and did not answer.
    Etcd(etcd_client::Error),
}

english_display!(SyncError);

impl Say for SyncError {
    fn message(&self) -> Message {
        match self {
            Self::Ledger(error) => error.message(),
            Self::Unreachable(error) => error.message().about(LedgerMessage::Unreachable),
            Self::Etcd(error) => Message::Plain(Value::quoted(with_causes(error)))
                .about(LedgerMessage::DoesNotAnswer),
        }
    }
}

/// An error of others with all that caused it.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

impl From<LedgerError> for SyncError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<ClientError> for SyncError {
    fn from(error: ClientError) -> Self {
        Self::Unreachable(error)
    }
}

impl From<etcd_client::Error> for SyncError {
    fn from(error: etcd_client::Error) -> Self {
        Self::Etcd(error)
    }
}

/// Delivers what waits. An endpoint that fails is followed by the next, until nothing gets through for `give_up`.
pub async fn deliver(
    ledger: &mut LocalLedger,
    shared: &EtcdLedger,
    give_up: Duration,
) -> Result<Delivery, SyncError> {
    let mut done = Delivery::default();
    let mut waiting = ledger.waiting()?;
    let (mut endpoint, mut until) = (0, Instant::now() + give_up);
    while !waiting.is_empty() {
        let before = waiting.len();
        let failure = match shared.client(endpoint).await {
            Ok(client) => attempt(ledger, shared, &client, &mut waiting, &mut done).await?,
            Err(error) => Some(error.into()),
        };
        if waiting.len() < before {
            until = Instant::now() + give_up;
        }
        if let Some(error) = failure {
            if Instant::now() >= until {
                done.waiting = waiting.len();
                return Err(error);
            }
            // A cluster without a leader needs a moment to elect one.
            sleep(Duration::from_millis(100)).await;
            endpoint += 1;
        }
    }
    Ok(done)
}

/// Delivers over one connection until it is done or fails; what got through no longer waits.
async fn attempt(
    ledger: &mut LocalLedger,
    shared: &EtcdLedger,
    client: &etcd_client::Client,
    waiting: &mut Vec<Waiting>,
    done: &mut Delivery,
) -> Result<Option<SyncError>, LedgerError> {
    while !waiting.is_empty() {
        let batch: Vec<Waiting> = waiting.drain(..waiting.len().min(NOTED)).collect();
        let results: Vec<(Waiting, Result<Placed, etcd_client::Error>)> = stream::iter(batch)
            .map(|waiting| async {
                let key = key_of(&shared.prefix, &waiting.record);
                let placed = place(
                    client,
                    &key,
                    &waiting.body,
                    waiting.delivered.as_deref(),
                    shared.patience,
                );
                let placed = Box::pin(placed).await;
                (waiting, placed)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let (mut noted, mut failure) = (Vec::new(), None);
        for (record, placed) in results {
            match placed {
                Ok(Placed::There) => noted.push(record),
                Ok(Placed::Conflict(found)) => {
                    let found = String::from_utf8_lossy(&found).into_owned();
                    done.conflicts.push((record.record, found));
                }
                Err(error) => {
                    waiting.push(record);
                    failure = Some(error.into());
                }
            }
        }
        ledger.note_delivered(&noted)?;
        done.delivered += noted.len();
        if failure.is_some() {
            return Ok(failure);
        }
    }
    Ok(None)
}
