//! `check`: observe, look again where the facts ask for more, judge.

use super::{Resolved, look::Looking};
use crate::{
    diagnoses,
    diagnoses::engine::{Verdict, judge},
    facts::Facts,
    observation::Observation,
    observe::target::{make_room, observe},
};

/// Connects to every endpoint of a target, and to the other members where this machine can, and hands facts and verdict to
/// `judged`. `known` gets an observation of each endpoint alone, as it becomes known; [`judge_again`] judges it.
pub async fn check<R>(
    target: Resolved,
    known: &mut dyn FnMut(&Observation),
    judged: impl FnOnce(&Facts<'_>, &Verdict) -> R,
) -> R {
    let Resolved { target, login, configs, files, .. } = target;
    make_room(target.endpoints.len());
    let observation = observe(target, configs, files, login, &mut *known).await;
    let mut looking = Looking { observation, login: None, snapshot: None, known };
    looking.judge(judged).await
}

/// Judges what was observed before: a saved case, or what is known so far. Nothing is looked at.
pub fn judge_again<R>(
    observation: &Observation,
    judged: impl FnOnce(&Facts<'_>, &Verdict) -> R,
) -> R {
    let facts = Facts::derive(observation);
    judged(&facts, &judge(&diagnoses::all(), &facts))
}
