//! `--cert` and `--key` when both can be read: whether they belong together, and in which order.

use super::flaw;
use crate::facts::{Certificate, Facts, file::KeySeen};

/// A certificate file and a key file, each fine by itself.
pub(super) struct Pair<'f> {
    pub(super) cert: &'f str,
    pub(super) key: &'f str,
    pub(super) chain: &'f [Certificate],
    pub(super) private_key: &'f KeySeen,
    pub(super) spki: &'f [u8],
}

impl<'f> Pair<'f> {
    pub(super) fn of(facts: &'f Facts<'_>) -> Option<Self> {
        let (cert, key) = (facts.flag("--cert")?, facts.flag("--key")?);
        if flaw::of(cert, facts).is_some() || flaw::of(key, facts).is_some() {
            return None;
        }
        let private_key = facts.client.private_key?;
        let spki = &private_key.spki.as_ref()?.0;
        let chain = facts.client.chain.as_slice();
        let (cert, key) = (cert.file.path.as_str(), key.file.path.as_str());
        (!chain.is_empty()).then_some(Self { cert, key, chain, private_key, spki })
    }

    /// The position of the certificate that the key belongs to; Go wants it to be the first.
    pub(super) fn fits_at(&self) -> Option<usize> {
        self.chain.iter().position(|certificate| certificate.spki == self.spki)
    }
}
