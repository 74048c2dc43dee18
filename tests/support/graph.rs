//! Random graphs of CAs with random faults, as cases in the limbo schema: food for comparing verdicts.

#![allow(dead_code, reason = "the benchmark needs the graphs alone")]

use super::mint::{self, Key, Template};
use serde_json::{Value, json};

/// A small generator of numbers, so that a seed names a graph.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    pub(crate) fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

/// The DER of one question.
pub(crate) struct Graph {
    pub(crate) leaf: Vec<u8>,
    pub(crate) intermediates: Vec<Vec<u8>>,
    pub(crate) anchors: Vec<Vec<u8>>,
    pub(crate) host: Option<&'static str>,
    pub(crate) is_client: bool,
}

pub(crate) const WHEN: &str = "2026-06-01T00:00:00Z";
const NAMES: [&str; 4] = ["root", "blue", "green", "red"];
const SANS: [&str; 8] = [
    "DNS:etcd-0.example.com",
    "DNS:*.example.com",
    "DNS:localhost",
    "IP:10.0.0.1",
    "IP:::1",
    "URI:spiffe://example.com/etcd",
    "email:root@example.com",
    "DNS:.example.com",
];
const HOSTS: [&str; 4] = ["etcd-0.example.com", "10.0.0.1", "localhost", "etcd-9.example.com"];
const SUBTREES: [&str; 7] = [
    "DNS:example.com",
    "DNS:.example.com",
    "DNS:etcd-0.example.com",
    "DNS:",
    "URI:example.com",
    "email:example.com",
    "range:10.0.0.0/255.0.0.0",
];

/// Builds the graph that a seed names, with keys from `keys`.
pub(crate) fn random(seed: u64, keys: &[Key]) -> Graph {
    let mut dice = Dice::new(seed);
    let pool = |dice: &mut Dice, least: usize, most: usize| -> Vec<Vec<u8>> {
        (0..least + dice.roll(most - least + 1))
            .map(|serial| authority(dice, serial, keys))
            .collect()
    };
    let mut anchors = pool(&mut dice, 1, 3);
    let intermediates = pool(&mut dice, 0, 6);
    let parent = dice.roll(NAMES.len());
    let is_client = dice.one_in(3);
    let mut leaf = Template::new("leaf", NAMES[parent]).serial(77);
    if !dice.one_in(6) {
        let count = 1 + dice.roll(3);
        let sans: Vec<&str> = (0..count).map(|_| *dice.pick(&SANS)).collect();
        leaf = leaf.with(mint::san(&sans));
    }
    leaf = usages(&mut dice, leaf, 2);
    if dice.one_in(8) {
        leaf = leaf.valid("200101000000Z", "210101000000Z");
    }
    if dice.one_in(8) {
        leaf = leaf.with(mint::extension("1.2.3.4", dice.one_in(2), b"x"));
    }
    let signer = if dice.one_in(6) { dice.roll(keys.len()) } else { parent % keys.len() };
    let leaf = leaf.sign(&keys[0], &keys[signer]);
    if dice.one_in(20) {
        anchors.push(leaf.clone());
    }
    let host = dice.one_in(2).then(|| *dice.pick(&HOSTS));
    Graph { leaf, intermediates, anchors, host, is_client }
}

/// A CA that may be anything from sound to useless.
fn authority(dice: &mut Dice, serial: usize, keys: &[Key]) -> Vec<u8> {
    let (subject, issuer) = (dice.roll(NAMES.len()), dice.roll(NAMES.len()));
    let mut ca =
        Template::new(NAMES[subject], NAMES[issuer]).serial(i64::try_from(serial).unwrap() + 1);
    if dice.one_in(10) {
        ca.version = [1, 2][dice.roll(2)];
    }
    if !dice.one_in(8) {
        let path_len = dice.one_in(3).then(|| i64::try_from(dice.roll(3)).unwrap());
        ca = ca.with(mint::basic_constraints(!dice.one_in(8), path_len));
    }
    if !dice.one_in(3) {
        ca = ca.with(mint::key_usage(if dice.one_in(6) { "1" } else { "000001" }));
    }
    ca = usages(dice, ca, 5);
    if dice.one_in(4) {
        let mut some = || (0..dice.roll(3)).map(|_| *dice.pick(&SUBTREES)).collect::<Vec<_>>();
        let (permitted, excluded) = (some(), some());
        if !permitted.is_empty() || !excluded.is_empty() {
            ca = ca.with(mint::name_constraints(&permitted, &excluded));
        }
    }
    if dice.one_in(6) {
        ca = ca.with(mint::san(&[*dice.pick(&SANS)]));
    }
    if dice.one_in(3) {
        ca = ca.with(mint::subject_key_id(&[u8::try_from(dice.roll(3)).unwrap()]));
    }
    if dice.one_in(3) {
        ca = ca.with(mint::authority_key_id(&[u8::try_from(dice.roll(3)).unwrap()]));
    }
    if dice.one_in(10) {
        ca = ca.valid("200101000000Z", "210101000000Z");
    }
    if dice.one_in(15) {
        ca = ca.with(mint::extension("1.2.3.5", true, b"x"));
    }
    let key = if dice.one_in(6) { dice.roll(keys.len()) } else { subject % keys.len() };
    let signer = if dice.one_in(6) { dice.roll(keys.len()) } else { issuer % keys.len() };
    ca.sign(&keys[key], &keys[signer])
}

fn usages(dice: &mut Dice, template: Template, rarity: usize) -> Template {
    const SETS: [&[&str]; 5] = [
        &[mint::SERVER_AUTH],
        &[mint::CLIENT_AUTH],
        &[mint::SERVER_AUTH, mint::CLIENT_AUTH],
        &["2.5.29.37.0"],
        &["1.2.3"],
    ];
    if !dice.one_in(rarity) {
        return template;
    }
    let set = *dice.pick(&SETS);
    template.with(mint::extended_key_usage(set))
}

impl Graph {
    /// Changes a byte, or lengthens or shortens the DER of one certificate, somewhere.
    pub(crate) fn damage(&mut self, seed: u64) {
        let mut dice = Dice::new(seed ^ 0xda3a_9e00);
        let mut all: Vec<&mut Vec<u8>> =
            self.anchors.iter_mut().chain(&mut self.intermediates).collect();
        let which = dice.roll(2 * all.len());
        let der = if which < all.len() { all.swap_remove(which) } else { &mut self.leaf };
        let at = dice.roll(der.len());
        match dice.roll(16) {
            0 => der.truncate(at.max(1)),
            1 => der.insert(at, 0),
            2 => drop(der.remove(at)),
            3..8 => der[at] ^= 1 << dice.roll(8),
            _ => der[at] = u8::try_from(dice.roll(256)).unwrap(),
        }
    }

    /// The case as conformance files write it.
    pub(crate) fn to_case(&self, id: &str) -> Value {
        let pems = |pool: &[Vec<u8>]| pool.iter().map(|der| mint::pem(der)).collect::<Vec<_>>();
        let kind = |host: &str| if host.parse::<std::net::IpAddr>().is_ok() { "IP" } else { "DNS" };
        json!({
            "id": id,
            "validation_kind": if self.is_client { "CLIENT" } else { "SERVER" },
            "trusted_certs": pems(&self.anchors),
            "untrusted_intermediates": pems(&self.intermediates),
            "peer_certificate": mint::pem(&self.leaf),
            "validation_time": WHEN,
            "extended_key_usage": [],
            "expected_peer_name": self.host.map(|host| json!({"kind": kind(host), "value": host})),
        })
    }
}
