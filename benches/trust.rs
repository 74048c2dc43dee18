//! What a verdict costs beside the signature checks it cannot do without, and what a hostile pool costs.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark may stop where it stands"
)]

#[path = "../tests/support/mint.rs"]
mod mint;

use criterion::{Criterion, criterion_group, criterion_main};
use etcd_tls::trust::{Certificate, Go, Question, Usage, verify};
use mint::{Key, Template};
use std::hint::black_box;
use time::macros::datetime;

fn parse(der: &[u8]) -> Certificate {
    Certificate::parse(der, Go::DEFAULT).expect("the mint's certificates parse")
}

fn question<'a>(
    leaf: &'a Certificate,
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
) -> Question<'a> {
    let when = datetime!(2026-06-01 0:00 UTC);
    Question {
        leaf,
        intermediates,
        anchors,
        when,
        host: Some("etcd-0"),
        usages: &[Usage::ServerAuth],
        go: Go::DEFAULT,
    }
}

fn two_links(criterion: &mut Criterion) {
    let (root, ca, key) = (Key::generate(), Key::generate(), Key::generate());
    let leaf_der = Template::new("leaf", "ca").with(mint::san(&["DNS:etcd-0"])).sign(&key, &ca);
    let leaf = parse(&leaf_der);
    let intermediates = [parse(&Template::ca("ca", "root").sign(&ca, &root))];
    let anchors = [parse(&Template::ca("root", "root").sign(&root, &root))];
    let mut group = criterion.benchmark_group("two P-256 links");
    group.bench_function("signatures alone", |bench| {
        bench.iter(|| {
            leaf.signed_by(black_box(&intermediates[0]))
                && intermediates[0].signed_by(black_box(&anchors[0]))
        });
    });
    group.bench_function("verdict", |bench| {
        bench.iter(|| verify(black_box(&question(&leaf, &intermediates, &anchors))));
    });
    group.bench_function("parse a leaf", |bench| bench.iter(|| parse(black_box(&leaf_der))));
    group.finish();
}

fn hostile_pool(criterion: &mut Criterion) {
    let keys: Vec<Key> = (0..32).map(|_| Key::generate()).collect();
    let mesh: Vec<Certificate> = (0..1000_usize)
        .map(|index| {
            let serial = i64::try_from(index).unwrap_or_default();
            parse(
                &Template::ca("mesh", "mesh")
                    .serial(serial)
                    .sign(&keys[index % 32], &keys[index / 32 % 32]),
            )
        })
        .collect();
    let leaf = parse(
        &Template::new("leaf", "mesh").with(mint::san(&["DNS:etcd-0"])).sign(&keys[0], &keys[31]),
    );
    criterion.bench_function("1000 cross-signed certificates", |bench| {
        bench.iter(|| verify(black_box(&question(&leaf, &mesh, &[]))));
    });
}

criterion_group!(benches, two_links, hostile_pool);
criterion_main!(benches);
