//! `env`: the files with which this machine's etcd can be reached, tried before they are handed on.

use super::{Resolved, check::judge_again};
use crate::{
    diagnoses::engine::Verdict,
    facts::{Endpoint, Facts},
    observation::{Target, target::Given},
    observe::target::{make_room, observe},
};

/// What came of trying the files at hand.
#[derive(Debug)]
pub enum Tried<R> {
    /// These work.
    Works(R),
    /// None do; this came of those that were given, or fit best.
    Fails(R),
}

/// Tries the pairs at hand, the given one or the least privileged first, until one works and can be `used`. `judged` is called for each,
/// and told whether it does.
pub async fn try_files<R>(
    target: Resolved,
    used: impl Fn(&Facts<'_>) -> bool,
    judged: impl Fn(&Facts<'_>, &Verdict, bool) -> R,
) -> Tried<R> {
    let Resolved { target, login, configs, files, spares } = target;
    make_room(target.endpoints.len());
    let attempt = async |cert: Option<Given>, key: Option<Given>| {
        let target = Target { cert, key, ..target.clone() };
        let (configs, files) = (configs.clone(), files.clone());
        let observation = observe(target, configs, files, login.clone(), |_| {}).await;
        judge_again(&observation, |facts, verdict| {
            let works = facts.endpoints.iter().all(Endpoint::is_etcd) && used(facts);
            (works, judged(facts, verdict, works))
        })
    };
    let (works, first) = attempt(target.cert.clone(), target.key.clone()).await;
    if works {
        return Tried::Works(first);
    }
    for (cert, key) in spares {
        let (works, found) = attempt(Some(cert), Some(key)).await;
        if works {
            return Tried::Works(found);
        }
    }
    Tried::Fails(first)
}
