//! Private keys in forms that Go's TLS cannot take: under a passphrase, OpenSSH's own container, DSA.

use pkcs8::der::asn1::{OctetStringRef, UintRef};
use pkcs8::der::{Decode, Reader, SliceReader};
use pkcs8::spki::AlgorithmIdentifierRef;

use crate::observation::key::{KeyDefect, KeySeen};

/// Describes such a key; none if it is of no such form.
pub(crate) fn describe(label: &str, headers: &[(String, String)], der: &[u8]) -> Option<KeySeen> {
    encrypted_pem(label, headers)
        .or_else(|| encrypted_pkcs8(label, der))
        .or_else(|| openssh(label, der))
        .or_else(|| dsa(label, der))
}

/// RFC 1421 headers, as `openssl rsa -aes256 -traditional` writes them.
fn encrypted_pem(label: &str, headers: &[(String, String)]) -> Option<KeySeen> {
    let (_, value) = headers.iter().find(|(key, _)| key == "Proc-Type")?;
    if !value.contains("ENCRYPTED") {
        return None;
    }
    let algorithm = match label {
        "RSA PRIVATE KEY" => "RSA",
        "EC PRIVATE KEY" => "ECDSA",
        "DSA PRIVATE KEY" => "DSA",
        _ => "",
    };
    Some(refused("encrypted PEM", algorithm.to_owned(), true, KeyDefect::Passphrase))
}

/// `EncryptedPrivateKeyInfo`, RFC 5958 section 3.
fn encrypted_pkcs8(label: &str, der: &[u8]) -> Option<KeySeen> {
    let parsed = sequence(der, |reader| {
        AlgorithmIdentifierRef::decode(reader)?;
        OctetStringRef::decode(reader)
    });
    (parsed || label == "ENCRYPTED PRIVATE KEY")
        .then(|| refused("encrypted PKCS#8", String::new(), true, KeyDefect::Passphrase))
}

/// OpenSSH's `PROTOCOL.key`: a magic, the cipher's name, and a public key that names the algorithm.
fn openssh(label: &str, bytes: &[u8]) -> Option<KeySeen> {
    let Some(rest) = bytes.strip_prefix(b"openssh-key-v1\0") else {
        return (label == "OPENSSH PRIVATE KEY")
            .then(|| refused("OpenSSH", String::new(), false, KeyDefect::OpenSsh));
    };
    let fields = || {
        let (cipher, rest) = ssh_string(rest)?;
        let (_kdf, rest) = ssh_string(rest)?;
        let (_kdf_options, rest) = ssh_string(rest)?;
        let (public, _) = ssh_string(rest.get(4..)?)?;
        Some((cipher, ssh_string(public)?.0))
    };
    let (cipher, kind) = fields().unwrap_or((b"none", b""));
    let algorithm = match kind {
        b"ssh-rsa" => "RSA",
        b"ssh-ed25519" => "Ed25519",
        b"ssh-dss" => "DSA",
        b"ecdsa-sha2-nistp256" => "ECDSA P-256",
        b"ecdsa-sha2-nistp384" => "ECDSA P-384",
        b"ecdsa-sha2-nistp521" => "ECDSA P-521",
        _ => "",
    };
    Some(refused("OpenSSH", algorithm.to_owned(), cipher != b"none", KeyDefect::OpenSsh))
}

/// OpenSSL's traditional DSA key: version, p, q, g, public and private number.
fn dsa(label: &str, der: &[u8]) -> Option<KeySeen> {
    let parsed = sequence(der, |reader| (0..6).try_for_each(|_| UintRef::decode(reader).map(drop)));
    (parsed || label == "DSA PRIVATE KEY")
        .then(|| refused("DSA", "DSA".to_owned(), false, KeyDefect::NotForTls("DSA".to_owned())))
}

fn refused(container: &str, algorithm: String, encrypted: bool, defect: KeyDefect) -> KeySeen {
    let unusable = Some(defect);
    KeySeen { container: container.to_owned(), algorithm, spki: None, encrypted, unusable }
}

/// Whether `der` is one SEQUENCE of just what `fields` reads.
fn sequence<'a, T>(
    der: &'a [u8],
    fields: impl FnOnce(&mut SliceReader<'a>) -> pkcs8::der::Result<T>,
) -> bool {
    let read = || {
        let body = pkcs8::der::asn1::AnyRef::from_der(der)?;
        let mut reader = SliceReader::new(body.value())?;
        fields(&mut reader)?;
        Ok::<_, pkcs8::der::Error>(reader.is_finished())
    };
    der.first() == Some(&0x30) && read().unwrap_or(false)
}

fn ssh_string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}
