//! Does the same to many things on several threads and takes the results in order.

use std::{
    collections::BTreeMap,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// How many things a thread takes at once.
const BATCH: usize = 32;

/// Works on each of the items; `take` gets what came of them one by one, in the order of the items.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(usize, &T) -> R + Sync,
    mut take: impl FnMut(R),
) {
    if threads < 2 || items.len() <= BATCH {
        items.iter().enumerate().for_each(|(index, item)| take(work(index, item)));
        return;
    }
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(2 * threads);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let first = next.fetch_add(BATCH, Ordering::Relaxed);
                    let Some(batch) = items.get(first..items.len().min(first + BATCH)) else {
                        break;
                    };
                    let numbered = batch.iter().enumerate();
                    let done: Vec<R> =
                        numbered.map(|(index, item)| work(first + index, item)).collect();
                    if batch.is_empty() || sender.send((first, done)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (first, done) in receiver {
            early.insert(first, done);
            while let Some(done) = early.remove(&due) {
                due += done.len();
                done.into_iter().for_each(&mut take);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            in_order(&items, threads, |index, item| (index, item * 2), |done| taken.push(done));
            assert!(taken.iter().enumerate().all(|(at, done)| *done == (at, at * 2)));
            assert_eq!(taken.len(), items.len());
        }
    }
}
