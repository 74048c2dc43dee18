//! Remembers what was parsed and which signatures were checked: a thousand endpoints present the same few certificates,
//! and a check asks about each while it probes, judges and tells. Both are pure, so remembering changes no verdict.

use std::{cell::RefCell, collections::HashMap, hash::Hash};

use aws_lc_rs::digest;

use super::{certificate::Certificate, go::Go, parse::ParseError, signature};

/// How many answers of each kind are kept before all are dropped.
const ROOM: usize = 1024;

/// Certificates beyond this are parsed each time: they are rare, and 1024 of them would be much to keep.
const LARGEST: usize = 4096;

type Digest = [u8; digest::SHA256_OUTPUT_LEN];
type Parsed = Result<Certificate, ParseError>;

thread_local! {
    static SIGNED: RefCell<HashMap<Digest, bool>> = RefCell::default();
    static PARSED: RefCell<HashMap<(Digest, Go), Parsed>> = RefCell::default();
}

/// Whether `issuer`'s key made the signature of `child`, computed at most once for the same bytes.
pub(super) fn signed_by(child: &Certificate, issuer: &Certificate) -> bool {
    let compute = || {
        let (algorithm, key) = (child.signature_algorithm, &issuer.public_key);
        signature::verify(algorithm, key, child.signed_bytes(), &child.signature)
    };
    // The length keeps (child, issuer) pairs apart whose concatenation is the same.
    match sha256(&[&child.der.len().to_be_bytes(), &child.der, &issuer.spki]) {
        Some(key) => SIGNED.with_borrow_mut(|known| recall(known, key, compute)),
        None => compute(),
    }
}

/// What parsing gives, done at most once for the same bytes.
pub(super) fn parsed(der: &[u8], go: Go) -> Parsed {
    match sha256(&[der]).filter(|_| der.len() <= LARGEST) {
        Some(key) => {
            PARSED.with_borrow_mut(|known| recall(known, (key, go), || Certificate::read(der, go)))
        }
        None => Certificate::read(der, go),
    }
}

fn recall<K: Eq + Hash, V: Clone>(
    known: &mut HashMap<K, V>,
    key: K,
    compute: impl FnOnce() -> V,
) -> V {
    if known.len() >= ROOM {
        known.clear();
    }
    known.entry(key).or_insert_with(compute).clone()
}

fn sha256(parts: &[&[u8]]) -> Option<Digest> {
    let mut bytes = digest::Context::new(&digest::SHA256);
    parts.iter().for_each(|part| bytes.update(part));
    Digest::try_from(bytes.finish().as_ref()).ok()
}
