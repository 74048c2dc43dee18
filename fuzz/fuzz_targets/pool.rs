//! Any bytes cut into certificates, each after its length in two bytes: the first is the leaf, every other one an anchor.
#![no_main]

use etcd_tls::x509::{Certificate, Go, Question, Usage, second_opinion, verify};
use libfuzzer_sys::fuzz_target;
use time::macros::datetime;

fuzz_target!(|bytes: &[u8]| {
    let (mut rest, mut parsed) = (bytes, Vec::new());
    while let Some((length, tail)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length)).min(tail.len());
        let (der, after) = tail.split_at(length);
        parsed.extend(Certificate::parse(der, Go::DEFAULT).ok());
        rest = after;
    }
    if parsed.is_empty() {
        return;
    }
    let leaf = parsed.remove(0);
    let (anchors, intermediates): (Vec<_>, Vec<_>) = parsed.into_iter().enumerate().partition(|(index, _)| index % 2 == 0);
    let bare = |pool: Vec<(usize, Certificate)>| pool.into_iter().map(|(_, certificate)| certificate).collect::<Vec<_>>();
    let (anchors, intermediates) = (bare(anchors), bare(intermediates));
    let question = Question {
        leaf: &leaf,
        intermediates: &intermediates,
        anchors: &anchors,
        when: datetime!(2026-06-01 0:00 UTC),
        host: Some("etcd-0.example.com"),
        usages: &[Usage::ServerAuth],
        go: Go::DEFAULT,
    };
    let _ = (verify(&question), second_opinion(&question));
});
