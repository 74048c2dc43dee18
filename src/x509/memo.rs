//! Remembers what was parsed and which signatures were checked: a thousand endpoints present the same few certificates,
//! and a check asks about each while it probes, judges and tells. Both are pure, so remembering changes no verdict.

use std::{cell::RefCell, collections::HashMap};

use aws_lc_rs::digest;

use super::{certificate::Certificate, go::Go, parse_error::ParseError, signature};

/// How many answers of each kind are kept before all are dropped.
const ROOM: usize = 1024;

/// Certificates beyond this are parsed each time: they are rare, and 1024 of them would be much to keep.
const LARGEST: usize = 4096;

type Digest = [u8; digest::SHA256_OUTPUT_LEN];
type Parsed = Result<Certificate, ParseError>;

thread_local! {
    static SIGNED: RefCell<HashMap<(Digest, Digest), bool>> = RefCell::default();
    static PARSED: RefCell<HashMap<Vec<u8>, (Go, Parsed)>> = RefCell::default();
}

impl Certificate {
    /// Parses one certificate exactly as strictly as that Go does.
    pub fn parse(der: &[u8], go: Go) -> Result<Self, ParseError> {
        parsed(der, go)
    }

    /// Whether `issuer`'s key made the signature: arithmetic alone, no name, CA flag, or taste in algorithms.
    pub fn signed_by(&self, issuer: &Self) -> bool {
        signed_by(self, issuer)
    }
}

/// The same signature is computed at most once for the same bytes.
fn signed_by(child: &Certificate, issuer: &Certificate) -> bool {
    let compute = || {
        let (algorithm, key) = (child.signature_algorithm, &issuer.public_key);
        signature::verify(algorithm, key, child.signed_bytes(), &child.signature)
    };
    let pair = (*child.fingerprint(), *issuer.fingerprint());
    SIGNED.with_borrow_mut(|known| {
        if known.len() >= ROOM {
            known.clear();
        }
        *known.entry(pair).or_insert_with(compute)
    })
}

/// What parsing gives, done at most once in a row for the same bytes and rules.
fn parsed(der: &[u8], go: Go) -> Parsed {
    if der.len() > LARGEST {
        return Certificate::read(der, go);
    }
    PARSED.with_borrow_mut(|known| {
        if let Some((_, parsed)) = known.get(der).filter(|(rules, _)| *rules == go) {
            return parsed.clone();
        }
        if known.len() >= ROOM {
            known.clear();
        }
        let parsed = Certificate::read(der, go);
        known.insert(der.to_vec(), (go, parsed.clone()));
        parsed
    })
}
