//! What a verdict costs beside the signature checks it cannot do without, and what a hostile pool costs.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark may stop where it stands, and prints its figures"
)]

#[path = "../tests/support/graph.rs"]
mod graph;
#[path = "../tests/support/mint.rs"]
mod mint;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use criterion::{Criterion, criterion_group, criterion_main};
use etcd_tls::x509::{Certificate, Go, PublicKey, Question, Usage, verify};
use graph::Graph;
use mint::{Key, Template};
use std::hint::black_box;
use std::slice::from_ref;
use std::time::{Duration, Instant};
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

/// Two P-256 links under one root, more of them than `trust` remembers signatures, so that none is known when its turn comes.
struct Chains {
    root: Certificate,
    links: Vec<(Certificate, Certificate)>,
    next: usize,
}

impl Chains {
    fn mint() -> Self {
        let (root, ca, key) = (Key::generate(), Key::generate(), Key::generate());
        let link = |serial| {
            let leaf = Template::new("leaf", "ca").serial(serial);
            let leaf = leaf.with(mint::san(&["DNS:etcd-0"])).sign(&key, &ca);
            (parse(&leaf), parse(&Template::ca("ca", "root").serial(serial).sign(&ca, &root)))
        };
        let links = (1..=3000).map(link).collect();
        Self { root: parse(&Template::ca("root", "root").sign(&root, &root)), links, next: 0 }
    }

    fn each<R>(&mut self, ask: impl Fn(&Certificate, &Certificate, &Certificate) -> R) -> R {
        self.next = (self.next + 1) % self.links.len();
        let (leaf, ca) = &self.links[self.next];
        ask(black_box(leaf), black_box(ca), black_box(&self.root))
    }

    /// The two signatures and nothing else.
    fn bare(&mut self) -> bool {
        self.each(|leaf, ca, root| is_signed(leaf, ca) && is_signed(ca, root))
    }

    fn verdict(&mut self) -> bool {
        self.each(|leaf, ca, root| {
            verify(&question(leaf, from_ref(ca), from_ref(root))).outcome.is_ok()
        })
    }
}

fn is_signed(child: &Certificate, issuer: &Certificate) -> bool {
    let PublicKey::Ec { point, .. } = &issuer.public_key else { return false };
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point);
    key.verify(child.signed_bytes(), &child.signature).is_ok()
}

fn two_links(criterion: &mut Criterion) {
    let mut chains = Chains::mint();
    assert!(chains.bare() && chains.verdict());
    let mut group = criterion.benchmark_group("two P-256 links");
    group.bench_function("signatures alone", |bench| bench.iter(|| chains.bare()));
    group.bench_function("verdict", |bench| bench.iter(|| chains.verdict()));
    let der = chains.links[0].0.der.clone();
    group.bench_function("parse a leaf", |bench| bench.iter(|| parse(black_box(&der))));
    group.finish();
    ratio(&mut chains);
}

/// Verdicts against bare signatures in turns, since a shared machine drifts: the goal is 1.2 at most.
fn ratio(chains: &mut Chains) {
    let mut spent = [Duration::ZERO; 2];
    for _ in 0..60 {
        for (kind, spent) in spent.iter_mut().enumerate() {
            let began = Instant::now();
            for _ in 0..100 {
                black_box(if kind == 0 { chains.bare() } else { chains.verdict() });
            }
            *spent += began.elapsed();
        }
    }
    let ratio = spent[1].as_secs_f64() / spent[0].as_secs_f64();
    println!("verdict / bare signatures: {ratio:.3}");
}

/// Ten thousand random graphs, parsed and judged in one go.
fn many_cases(criterion: &mut Criterion) {
    let keys: Vec<Key> = (0..4).map(|_| Key::generate()).collect();
    let graphs: Vec<Graph> = (0..10_000).map(|seed| graph::random(seed, &keys)).collect();
    let parsed = |ders: &[Vec<u8>]| -> Vec<Certificate> {
        ders.iter().filter_map(|der| Certificate::parse(der, Go::DEFAULT).ok()).collect()
    };
    let mut group = criterion.benchmark_group("10,000 cases");
    group.sample_size(10);
    group.bench_function("parse and judge", |bench| {
        bench.iter(|| {
            let accepted = graphs.iter().filter(|graph| {
                let (leaf, pool) = (parse(&graph.leaf), parsed(&graph.intermediates));
                verify(&question(&leaf, &pool, &parsed(&graph.anchors))).outcome.is_ok()
            });
            accepted.count()
        });
    });
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

criterion_group!(benches, two_links, hostile_pool, many_cases);
criterion_main!(benches);
