//! Who may work at once: handshakes cost the processor's time, and a thousand begun together would all run into their deadlines.
//!
//! Waiting costs nothing, so whoever hears nothing for a while makes room for the next one.

use std::{future::poll_fn, pin::pin, time::Duration};

use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, sleep},
};

/// How many work at once. Each holds the buffers of a connection.
const AT_ONCE: usize = 64;
/// Who heard nothing for so long is waiting.
const QUIET: Duration = Duration::from_millis(50);

/// The places of those who work.
pub(crate) struct Turns(Semaphore);

impl Turns {
    pub(crate) fn new() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }

    /// Waits for a place.
    pub(crate) async fn next(&self) -> Option<SemaphorePermit<'_>> {
        self.0.acquire().await.ok()
    }
}

/// Does a work that holds a place until it is done, or hears nothing for a while.
pub(crate) async fn hold<T>(place: SemaphorePermit<'_>, work: impl Future<Output = T>) -> T {
    let mut place = Some(place);
    let mut work = pin!(work);
    let mut quiet = pin!(sleep(QUIET));
    poll_fn(|context| {
        if place.is_some() && quiet.as_mut().poll(context).is_ready() {
            place = None;
        }
        let polled = work.as_mut().poll(context);
        if place.is_some() {
            quiet.as_mut().reset(Instant::now() + QUIET);
        }
        polled
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, future::pending};

    use futures_util::{StreamExt, stream::FuturesUnordered};

    use super::AT_ONCE;
    use super::Turns;
    use super::hold;

    #[tokio::test]
    async fn those_who_work_are_few_and_those_who_wait_are_in_nobodys_way() {
        let turns = Turns::new();
        let (working, most) = (Cell::new(0), Cell::new(0));
        let silent: FuturesUnordered<_> = (0..3 * AT_ONCE)
            .map(|_| async { hold(turns.next().await.unwrap(), pending::<()>()).await })
            .collect();
        let busy: FuturesUnordered<_> = (0..3 * AT_ONCE)
            .map(|_| async {
                let work = async {
                    working.set(working.get() + 1);
                    most.set(working.get().max(most.get()));
                    for _ in 0..3 {
                        tokio::task::yield_now().await;
                    }
                    working.set(working.get() - 1);
                };
                hold(turns.next().await.unwrap(), work).await;
            })
            .collect();
        tokio::select! {
            () = silent.collect::<()>() => unreachable!("they wait for ever"),
            done = busy.count() => assert_eq!(done, 3 * AT_ONCE),
        }
        assert!((2..=AT_ONCE).contains(&most.get()), "{} worked at once", most.get());
    }
}
