//! PKCS#12 (RFC 7292): its safes without a passphrase, and its certificates and keys with one.
//!
//! The only file that touches `p12-keystore`. A file may ask for any number of rounds of hashing; one that asks for more
//! than any program writes is not opened.

use p12_keystore::Pkcs12Archive;
use pkcs8::der::asn1::AnyRef;
use pkcs8::der::{Decode, Reader, SliceReader, Tag, Tagged};
use zeroize::Zeroizing;

use super::key;
use crate::observation::Der;
use crate::observation::file::{Block, Item};
use crate::observation::keystore::{Keystore, KeystoreRefusal};

/// The contents of OBJECT IDENTIFIER data and encryptedData: RFC 5652 §4 and §8.
const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const ENCRYPTED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];

/// OpenSSL writes 2,048 rounds, Java 10,000, the most careful 600,000.
const MOST_ROUNDS: u64 = 2_000_000;

/// How deep objects may lie in each other.
const DEEPEST: usize = 16;

/// Describes a PKCS#12 file; opens it if there is a passphrase.
pub(crate) fn describe(bytes: &[u8], passphrase: Option<&str>) -> Keystore {
    let mut seen = structure(bytes).unwrap_or_default();
    seen.opened = passphrase.map(|passphrase| open(bytes, passphrase));
    seen
}

fn open(bytes: &[u8], passphrase: &str) -> Result<Vec<Block>, KeystoreRefusal> {
    let mut rounds = 0;
    largest_number(bytes, DEEPEST, &mut rounds);
    if rounds > MOST_ROUNDS {
        return Err(KeystoreRefusal::Rounds(rounds));
    }
    let archive = Pkcs12Archive::from_pkcs12(bytes, passphrase)
        .map_err(|error| KeystoreRefusal::Passphrase(error.to_string()))?;
    let mut blocks = Vec::new();
    let mut add = |item| blocks.push(Block { label: String::new(), line: 1, item });
    for bag in archive.certs {
        add(Item::Certificate(Der(bag.cert.as_der().to_vec())));
    }
    for bag in archive.keys {
        let der = Zeroizing::new(bag.key.as_der().to_vec());
        add(Item::Key(key::reduce("PRIVATE KEY", &[], &der)));
    }
    Ok(blocks)
}

/// `PFX`, `AuthenticatedSafe` and `SafeContents` as far as they are open.
fn structure(bytes: &[u8]) -> Option<Keystore> {
    let [_version, safe, rest @ ..] = &parts(bytes)?[..] else { return None };
    let mut seen = Keystore { has_mac: !rest.is_empty(), ..Keystore::default() };
    let safes = content(safe.value(), DATA)?;
    for info in parts(safes.value())? {
        seen.safes += 1;
        if let Some(open) = content(info.value(), DATA) {
            seen.bags += parts(open.value()).map_or(0, |bags| bags.len());
        } else {
            let is_encrypted = elements(info.value())
                .is_some_and(|parts| parts.first().is_some_and(|kind| kind.value() == ENCRYPTED));
            seen.encrypted += usize::from(is_encrypted);
        }
    }
    Some(seen)
}

/// What a `ContentInfo` of this kind wraps: `[0] { OCTET STRING { … } }`.
fn content<'a>(info: &'a [u8], kind: &[u8]) -> Option<AnyRef<'a>> {
    let parts = elements(info)?;
    let [id, wrapped] = parts.as_slice() else { return None };
    let inner = (id.value() == kind).then(|| AnyRef::from_der(wrapped.value()).ok()).flatten()?;
    (inner.tag() == Tag::OctetString).then_some(inner)
}

/// The elements of the SEQUENCE that some bytes are.
fn parts(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    elements(AnyRef::from_der(bytes).ok().filter(|outer| outer.tag() == Tag::Sequence)?.value())
}

/// One element after the other.
fn elements(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(found)
}

/// The largest INTEGER of at most eight bytes in some DER and in the strings of it: no count of rounds is larger.
fn largest_number(bytes: &[u8], depth: usize, largest: &mut u64) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for element in elements(bytes).into_iter().flatten() {
        let value = element.value();
        match element.tag() {
            Tag::Integer if value.len() <= 8 => {
                let number = value.iter().fold(0, |sum: u64, &byte| sum << 8 | u64::from(byte));
                *largest = number.max(*largest);
            }
            Tag::Integer => {}
            _ => largest_number(value, depth, largest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> Vec<u8> {
        let path = format!("{}/fixtures/keystores/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).unwrap()
    }

    #[test]
    fn safes_are_counted_without_a_passphrase_and_opened_with_it() {
        let bytes = fixture("openssl.p12");
        let seen = describe(&bytes, None);
        assert_eq!((seen.has_mac, seen.safes, seen.encrypted, seen.bags), (true, 2, 1, 1));
        let blocks = describe(&bytes, Some("changeit")).opened.unwrap().unwrap();
        let [certificate, key] = blocks.as_slice() else { panic!("{blocks:?}") };
        assert!(matches!(certificate.item, Item::Certificate(_)));
        assert!(matches!(&key.item, Item::Key(key) if key.spki.is_some()));
        assert!(describe(&bytes, Some("wrong")).opened.unwrap().is_err());
    }

    #[test]
    fn endless_hashing_is_not_begun() {
        let error = describe(&fixture("rounds.p12"), Some("changeit")).opened.unwrap().unwrap_err();
        assert!(matches!(error, KeystoreRefusal::Rounds(_)), "{error:?}");
    }

    #[test]
    fn damaged_bytes_are_no_keystore() {
        let bytes = fixture("openssl.p12");
        for length in 0..bytes.len() {
            describe(&bytes[..length], None);
        }
    }
}
