//! Object identifiers, and the few that a verdict turns on.
//!
//! Kept as DER content, so that comparing is comparing bytes, and in place: a certificate has a dozen of them. Limits on arcs: cryptobyte's `ReadASN1ObjectIdentifier`.

use super::go::Go;
use smallvec::SmallVec;
use std::fmt;

/// An object identifier in its only DER form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(SmallVec<[u8; 16]>);

pub(super) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
pub(super) const MGF1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08];
pub(super) const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];
pub(super) const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
pub(super) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
pub(super) const P224: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x21];
pub(super) const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
pub(super) const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
pub(super) const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];
pub(super) const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
pub(super) const SHA384: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02];
pub(super) const SHA512: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03];
pub(super) const AUTHORITY_INFO_ACCESS: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x01];
pub(super) const ANY_POLICY: &[u8] = &[0x55, 0x1d, 0x20, 0x00];
/// Every arc below id-ce, `2.5.29`.
pub(super) const ID_CE: &[u8] = &[0x55, 0x1d];
/// Every arc below id-at, `2.5.4`.
pub(super) const ID_AT: &[u8] = &[0x55, 0x04];

impl Oid {
    /// Reads DER content; arcs must stay below 2^31 and, since Go 1.20, have no leading zero digits.
    pub(super) fn decode(content: &[u8], go: Go) -> Option<Self> {
        let (mut minimal, mut arc, mut length) = (SmallVec::new(), 0_u64, 0);
        for &byte in content {
            arc = arc << 7 | u64::from(byte & 0x7f);
            length += 1;
            let is_leading_zero = byte == 0x80 && arc == 0;
            if length > 5 || is_leading_zero && go.demands_minimal_arcs() {
                return None;
            }
            if !is_leading_zero {
                minimal.push(byte);
            }
            if byte & 0x80 == 0 {
                if arc >= 1 << 31 {
                    return None;
                }
                (arc, length) = (0, 0);
            }
        }
        (length == 0 && !content.is_empty()).then_some(Self(minimal))
    }

    /// Reads DER content whose arcs may have any size (`newOIDFromDER`, policies since Go 1.22).
    pub(super) fn decode_unbounded(content: &[u8]) -> Option<Self> {
        let mut arcs = content.split_inclusive(|byte| byte & 0x80 == 0);
        let minimal = arcs.all(|arc| arc[0] != 0x80 && arc[arc.len() - 1] & 0x80 == 0);
        (minimal && !content.is_empty()).then(|| Self::raw(content))
    }

    /// Takes DER content as it stands, where Go does not look into it.
    pub(super) fn raw(content: &[u8]) -> Self {
        Self(content.into())
    }

    pub(super) fn der(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, arc) in self.0.split_inclusive(|byte| byte & 0x80 == 0).enumerate() {
            let value =
                arc.iter().fold(0_u128, |value, &byte| value << 7 | u128::from(byte & 0x7f));
            match index {
                0 if value < 80 => write!(f, "{}.{}", value / 40, value % 40)?,
                0 => write!(f, "2.{}", value - 80)?,
                _ => write!(f, ".{value}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_dotted() {
        assert_eq!(Oid::raw(RSA).to_string(), "1.2.840.113549.1.1.1");
        assert_eq!(Oid::raw(ANY_POLICY).to_string(), "2.5.29.32.0");
    }

    #[test]
    fn arcs_are_bounded_and_minimal() {
        let old = Go::parse("1.19.8").unwrap();
        assert_eq!(Oid::decode(&[0x55, 0x80, 0x1d], Go::DEFAULT), None);
        assert_eq!(Oid::decode(&[0x55, 0x80, 0x1d], old).unwrap().der(), ID_CE);
        assert!(Oid::decode(&[0x55, 0x87, 0xff, 0xff, 0xff, 0x7f], old).is_some());
        assert!(Oid::decode(&[0x55, 0x88, 0x80, 0x80, 0x80, 0x00], old).is_none());
        assert!(Oid::decode_unbounded(&[0x55, 0x88, 0x80, 0x80, 0x80, 0x00]).is_some());
        assert!(Oid::decode(&[0x55, 0x9d], old).is_none());
    }
}
