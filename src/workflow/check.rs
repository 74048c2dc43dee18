//! `check`: observe, look again where the facts ask for more, judge.

use std::cell::RefCell;

use futures_util::future::join_all;

use super::{
    Resolved,
    look::{Checked, Looking, judge_all, with_verdict},
};
use crate::{
    diagnoses,
    diagnoses::engine::{Verdict, judge},
    facts::Facts,
    observation::Observation,
    observe::target::{make_room, observe},
};

/// Connects to every endpoint of each cluster, all at once, and to the other members where this machine can, and hands facts and
/// verdicts to `judged`. `known` gets an observation of each endpoint alone, as it becomes known; [`judge_again`] judges it.
pub async fn check<R>(
    clusters: Vec<Resolved>,
    known: &mut dyn FnMut(&Observation),
    judged: impl FnOnce(&[Checked<'_>]) -> R,
) -> R {
    make_room(clusters.iter().map(|one| one.target.endpoints.len()).sum());
    let known = RefCell::new(known);
    let looked = clusters.into_iter().map(|cluster| async {
        let Resolved { target, login, configs, files, .. } = cluster;
        let shown = |seen: &Observation| (known.borrow_mut())(seen);
        let observation = observe(target, configs, files, login, shown).await;
        Looking { observation, login: None, snapshot: None, known: &known }
    });
    let mut looked = join_all(looked).await;
    judge_all(&mut looked, judged).await
}

/// Judges what is known so far. Nothing is looked at.
pub fn judge_again<R>(
    observation: &Observation,
    judged: impl FnOnce(&Facts<'_>, &Verdict) -> R,
) -> R {
    let facts = Facts::derive(observation);
    judged(&facts, &judge(&diagnoses::all(), &facts))
}

/// Judges a saved case with all its clusters. Nothing is looked at.
pub fn judge_case<R>(case: &Observation, judged: impl FnOnce(&[Checked<'_>]) -> R) -> R {
    let clusters = std::iter::once(case).chain(&case.also);
    judged(&clusters.map(|one| with_verdict(Facts::derive(one))).collect::<Vec<_>>())
}
