//! What the bytes of a file are: PEM blocks, one DER object, a keystore, text; private keys only reduced.

use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::prelude::{CertificateRevocationList, FromDer, X509Certificate};

use super::key;
use super::key::PrivateKey;
use super::pem;
use super::pem::RawBlock;
use crate::observation::Der;
use crate::observation::file::{Block, Form, Item, KeySeen, PemDefect};

/// What bytes hold.
pub(crate) struct Held {
    pub(crate) form: Form,
    pub(crate) blocks: Vec<Block>,
    pub(crate) defects: Vec<PemDefect>,
    /// The key that Go's `tls.X509KeyPair` would take from them: the first block labelled as one, or none.
    pub(crate) key: Option<PrivateKey>,
}

/// Recognises bytes; makes the key ready for use only where it is wanted, since checking it costs a signature's time.
pub(crate) fn recognise(bytes: &[u8], wants_key: bool) -> Held {
    recognise_with(bytes, wants_key, key::reduce)
}

/// The same without computing anything: the public half of a key is what is written in it.
pub(crate) fn recognise_as_written(bytes: &[u8]) -> Held {
    recognise_with(bytes, false, |label, headers, der| {
        key::stated(der).unwrap_or_else(|| key::reduce(label, headers, der))
    })
}

type Reduce = fn(&str, &[(String, String)], &[u8]) -> KeySeen;

fn recognise_with(bytes: &[u8], wants_key: bool, reduce: Reduce) -> Held {
    let pem::Decoded { blocks, defects } = pem::decode(bytes);
    if !blocks.is_empty() || !defects.is_empty() {
        let key = blocks.iter().find(|block| wants_key && key::is_key_label(&block.label));
        let key = key.and_then(|block| key::load(&block.der));
        let blocks = blocks.into_iter().map(|block| described(block, reduce)).collect();
        return Held { form: Form::Pem, blocks, defects, key };
    }
    let (form, item) = whole(bytes);
    let blocks = item.map(|item| Block { label: String::new(), line: 1, item });
    Held { form, blocks: blocks.into_iter().collect(), defects, key: None }
}

fn described(block: RawBlock, reduce: Reduce) -> Block {
    let RawBlock { label, line, headers, der } = block;
    let public = || Der(der.to_vec());
    let item = if key::is_key_label(&label) {
        Item::Key(reduce(&label, &headers, &der))
    } else if let Some(key) = key::recognise(&der) {
        // Whatever the label claims, these bytes must not be kept.
        Item::Key(key)
    } else {
        match label.as_str() {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
                Item::Certificate(public())
            }
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Item::Request(public()),
            "X509 CRL" => Item::Crl(public()),
            label if label.ends_with("PUBLIC KEY") => Item::PublicKey,
            label if label.ends_with("PARAMETERS") => Item::Parameters,
            _ => Item::Other,
        }
    };
    Block { label, line, item }
}

/// The form of bytes that are no PEM, and the object in them if it can be described.
fn whole(bytes: &[u8]) -> (Form, Option<Item>) {
    let public = || Der(bytes.to_vec());
    if bytes.iter().all(u8::is_ascii_whitespace) {
        (Form::Empty, None)
    } else if X509Certificate::from_der(bytes).is_ok() {
        (Form::DerCertificate, Some(Item::Certificate(public())))
    } else if X509CertificationRequest::from_der(bytes).is_ok() {
        (Form::DerRequest, Some(Item::Request(public())))
    } else if CertificateRevocationList::from_der(bytes).is_ok() {
        (Form::DerCrl, Some(Item::Crl(public())))
    } else if let Some(key) = key::recognise(bytes) {
        (Form::DerKey, Some(Item::Key(key)))
    } else {
        (container(bytes), None)
    }
}

fn container(bytes: &[u8]) -> Form {
    /// INTEGER 3, the version of a PFX: RFC 7292 section 4.
    const PFX_VERSION: &[u8] = &[0x02, 0x01, 0x03];
    /// OBJECT IDENTIFIER 1.2.840.113549.1.7.2, signedData: RFC 2315 section 14.
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    /// The magic numbers of JKS and JCEKS.
    const KEYSTORES: [&[u8]; 2] = [&[0xfe, 0xed, 0xfe, 0xed], &[0xce, 0xce, 0xce, 0xce]];
    let in_sequence = sequence_content(bytes).unwrap_or_default();
    if in_sequence.starts_with(PFX_VERSION) {
        Form::Pkcs12
    } else if in_sequence.starts_with(SIGNED_DATA) {
        Form::Pkcs7
    } else if KEYSTORES.iter().any(|magic| bytes.starts_with(magic)) {
        Form::JavaKeystore
    } else if is_bare_base64(bytes) {
        Form::BareBase64
    } else if is_text(bytes) {
        Form::Text
    } else {
        Form::Binary
    }
}

/// What follows the head of a SEQUENCE, whose length may be indefinite: keystores are often BER.
fn sequence_content(bytes: &[u8]) -> Option<&[u8]> {
    let (&length, rest) = bytes.strip_prefix(&[0x30])?.split_first()?;
    rest.get(usize::from(length & 0x7f) * usize::from(length >> 7)..)
}

/// Base64 of something that starts as a SEQUENCE does.
fn is_bare_base64(bytes: &[u8]) -> bool {
    const SHORTEST: usize = 40;
    let symbols = || bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    symbols().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte))
        && symbols().count() >= SHORTEST
        && symbols().next() == Some(&b'M')
        && symbols().nth(1).is_some_and(|byte| (b'A'..=b'P').contains(byte))
}

fn is_text(bytes: &[u8]) -> bool {
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let visible = |c: char| !c.is_control() || c.is_ascii_whitespace();
    is_utf16 || std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(visible))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rcgen::{CertificateParams, KeyPair};

    use super::*;

    fn form(bytes: &[u8]) -> Form {
        recognise(bytes, true).form
    }

    #[test]
    fn der_is_told_apart_and_kept_unless_it_is_a_key() {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::default().self_signed(&key).unwrap();
        let held = recognise(certificate.der(), true);
        assert_eq!(held.form, Form::DerCertificate);
        let [Block { label, item: Item::Certificate(der), .. }] = held.blocks.as_slice() else {
            panic!("{:?}", held.blocks);
        };
        assert_eq!((label.as_str(), der.0.as_slice()), ("", certificate.der().as_ref()));
        let request = CertificateParams::default().serialize_request(&key).unwrap();
        assert_eq!(form(request.der()), Form::DerRequest);
        let held = recognise(&key.serialize_der(), true);
        assert_eq!(held.form, Form::DerKey);
        assert!(matches!(&held.blocks[0].item, Item::Key(seen) if seen.spki.is_some()));
        assert!(held.key.is_none());
    }

    #[test]
    fn a_revocation_list_is_told_apart() {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let issuer = rcgen::Issuer::new(params, key);
        let list = rcgen::CertificateRevocationListParams {
            this_update: rcgen::date_time_ymd(2026, 1, 1),
            next_update: rcgen::date_time_ymd(2027, 1, 1),
            crl_number: rcgen::SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: Vec::new(),
            key_identifier_method: rcgen::KeyIdMethod::Sha256,
        };
        let list = list.signed_by(&issuer).unwrap();
        assert_eq!(form(list.der()), Form::DerCrl);
        let held = recognise(list.pem().unwrap().as_bytes(), true);
        assert!(matches!(held.blocks[0].item, Item::Crl(_)));
    }

    #[test]
    fn a_key_under_another_label_is_never_kept() {
        let pem = KeyPair::generate().unwrap().serialize_pem();
        for label in ["CERTIFICATE", "PUBLIC KEY", "X509 CRL", "ANYTHING"] {
            let held = recognise(pem.replace("PRIVATE KEY", label).as_bytes(), true);
            assert!(matches!(held.blocks[0].item, Item::Key(_)), "{label}");
            assert!(held.key.is_none());
        }
        assert!(recognise(pem.as_bytes(), true).key.is_some());
    }

    #[test]
    fn go_takes_the_first_key_even_if_it_is_broken() {
        let pem = KeyPair::generate().unwrap().serialize_pem();
        let broken = "-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----\n";
        let parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n\
                          -----END EC PARAMETERS-----\n";
        assert!(recognise(format!("{broken}{pem}").as_bytes(), true).key.is_none());
        let held = recognise(format!("{parameters}{pem}").as_bytes(), true);
        assert!(held.key.is_some());
        assert!(matches!(held.blocks[0].item, Item::Parameters));
    }

    #[test]
    fn other_bytes_have_a_form_too() {
        let certificate =
            CertificateParams::default().self_signed(&KeyPair::generate().unwrap()).unwrap();
        let base64 = data_encoding::BASE64.encode(certificate.der());
        for (bytes, expected) in [
            (&b""[..], Form::Empty),
            (b" \r\n\t", Form::Empty),
            (b"\x30\x82\x09\x00\x02\x01\x03\x30\x82", Form::Pkcs12),
            (b"\x30\x80\x02\x01\x03\x30\x80", Form::Pkcs12),
            (b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0", Form::Pkcs7),
            (b"\xfe\xed\xfe\xed\0\0\0\x02", Form::JavaKeystore),
            (base64.as_bytes(), Form::BareBase64),
            ("apiVersion: v1\nname: caf\u{e9}\n".as_bytes(), Form::Text),
            (b"MIT License, and so on, for more than forty bytes.", Form::Text),
            (b"\x7fELF\x02\x01\x01\0", Form::Binary),
            (b"-----BEGIN CERTIFICATE-----\nMII", Form::Pem),
        ] {
            assert_eq!(form(bytes), expected, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_form(bytes: Vec<u8>, after_sequence: Vec<u8>) {
            recognise(&bytes, true);
            recognise(&[&[0x30], &after_sequence[..]].concat(), true);
        }
    }
}
