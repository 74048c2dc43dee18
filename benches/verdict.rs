//! From an observation to a verdict: what the tool adds to the time that the network takes. Pure, so measured alone.

use criterion::{Criterion, criterion_group, criterion_main};
use etcd_tls::{diagnoses::all, diagnoses::engine::judge, facts::Facts, observation::Observation};

const CASE: &str = include_str!("../fixtures/cases/client-cert-untrusted/fires.json");

fn verdict(criterion: &mut Criterion) {
    let observation: Observation =
        serde_json::from_str(CASE).unwrap_or_else(|error| panic!("no saved case: {error}"));
    let rooms = all();
    criterion.bench_function("parse a saved case", |bench| {
        bench.iter(|| serde_json::from_str::<Observation>(CASE));
    });
    criterion.bench_function("derive facts", |bench| bench.iter(|| Facts::derive(&observation)));
    criterion.bench_function("observation to verdict", |bench| {
        bench.iter(|| judge(&rooms, &Facts::derive(&observation)));
    });
}

criterion_group!(benches, verdict);
criterion_main!(benches);
