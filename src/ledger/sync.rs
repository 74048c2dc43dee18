//! Delivery: what waits in the embedded ledger goes to the shared one, each record exactly once, whatever dies meanwhile.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use tokio::time::{Instant, sleep};

use super::embedded::{Embedded, Waiting};
use super::etcd::{Placed, Shelf, place};
use super::record::key_of;
use crate::ca::{BookError, Record};
use crate::connect::ConnectError;

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
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    Ledger(#[from] BookError),
    #[error("the shared ledger can't be reached")]
    Unreachable(#[from] ConnectError),
    #[error("the shared ledger does not answer")]
    Etcd(#[from] etcd_client::Error),
}

/// Delivers what waits. An endpoint that fails is followed by the next, until nothing gets through for `give_up`.
pub async fn deliver(
    ledger: &mut Embedded,
    shelf: &Shelf,
    give_up: Duration,
) -> Result<Delivery, SyncError> {
    let mut done = Delivery::default();
    let mut waiting = ledger.waiting()?;
    let (mut endpoint, mut until) = (0, Instant::now() + give_up);
    while !waiting.is_empty() {
        let before = waiting.len();
        let failure = match shelf.client(endpoint).await {
            Ok(client) => attempt(ledger, shelf, &client, &mut waiting, &mut done).await?,
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
    ledger: &mut Embedded,
    shelf: &Shelf,
    client: &etcd_client::Client,
    waiting: &mut Vec<Waiting>,
    done: &mut Delivery,
) -> Result<Option<SyncError>, BookError> {
    while !waiting.is_empty() {
        let batch: Vec<Waiting> = waiting.drain(..waiting.len().min(NOTED)).collect();
        let results: Vec<(Waiting, Result<Placed, etcd_client::Error>)> = stream::iter(batch)
            .map(|one| async {
                let key = key_of(&shelf.prefix, &one.record);
                let placed =
                    place(client, &key, &one.body, one.delivered.as_deref(), shelf.patience);
                let placed = Box::pin(placed).await;
                (one, placed)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let (mut noted, mut failure) = (Vec::new(), None);
        for (one, placed) in results {
            match placed {
                Ok(Placed::There) => noted.push(one),
                Ok(Placed::Conflict(found)) => {
                    let found = String::from_utf8_lossy(&found).into_owned();
                    done.conflicts.push((one.record, found));
                }
                Err(error) => {
                    waiting.push(one);
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
