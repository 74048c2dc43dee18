//! Does a private key belong to a certificate? Only its public half is looked at.

use crate::{
    observe::files::{key, pem},
    x509::Certificate,
};

/// How a private key relates to a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyMatch {
    Matches,
    Differs,
    Unreadable,
}

impl KeyMatch {
    /// Compares the first key of a PEM file, the one that Go's `tls.X509KeyPair` takes.
    pub(super) fn of(file: &[u8], certificate: &Certificate) -> Self {
        let blocks = pem::decode(file).blocks;
        let key = blocks.iter().find(|block| key::is_key_label(&block.label));
        let key = key.map(|block| key::reduce(&block.label, &block.headers, &block.der));
        match key.and_then(|key| key.spki.filter(|_| key.unusable.is_none())) {
            Some(public) if public.0 == certificate.spki => Self::Matches,
            Some(_) => Self::Differs,
            None => Self::Unreadable,
        }
    }
}
