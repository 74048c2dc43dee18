//! Remembers which signatures were checked: a thousand endpoints present the same few certificates, and a check asks
//! about each while it probes and again while it judges. The arithmetic is pure, so remembering changes no verdict.

use std::{cell::RefCell, collections::HashMap};

use aws_lc_rs::digest;

use super::{certificate::Certificate, signature};

/// How many answers are kept before all are dropped: about 200 KiB.
const ROOM: usize = 4096;

type Key = [u8; digest::SHA256_OUTPUT_LEN];

thread_local! {
    static KNOWN: RefCell<HashMap<Key, bool>> = RefCell::default();
}

/// Whether `issuer`'s key made the signature of `child`, computed at most once for the same bytes.
pub(super) fn signed_by(child: &Certificate, issuer: &Certificate) -> bool {
    let mut bytes = digest::Context::new(&digest::SHA256);
    // The length keeps (child, issuer) pairs apart whose concatenation is the same.
    bytes.update(&child.der.len().to_be_bytes());
    bytes.update(&child.der);
    bytes.update(&issuer.spki);
    let Ok(key) = Key::try_from(bytes.finish().as_ref()) else { return compute(child, issuer) };
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
        return known;
    }
    let answer = compute(child, issuer);
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= ROOM {
            known.clear();
        }
        known.insert(key, answer);
    });
    answer
}

fn compute(child: &Certificate, issuer: &Certificate) -> bool {
    let (algorithm, key) = (child.signature_algorithm, &issuer.public_key);
    signature::verify(algorithm, key, child.signed_bytes(), &child.signature)
}
