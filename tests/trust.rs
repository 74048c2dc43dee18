//! What `trust` says about single certificates, revocation lists, keys, and etcd's own rules.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "support/mint.rs"]
mod mint;

use etcd_tls::etcd::admission::{
    AllowedNames, Lookups, check_peer_address, check_revocation, names_to_look_up, read_ca_file,
};
use etcd_tls::x509::signature::{KeyError, P224Key, SmallRsaKey, verify_tls};
use etcd_tls::x509::{
    Certificate, Crl, Go, Place, Question, Reason, Usage, second_opinion, verify,
};
use mint::{Key, Template, tlv};
use rsa::pkcs8::EncodePrivateKey as _;
use rsa::pkcs8::spki::EncodePublicKey as _;
use rustls::SignatureScheme;
use time::macros::datetime;

fn leaf(names: &[&str]) -> Certificate {
    let key = Key::generate();
    let template = Template::new("etcd-0", "ca").serial(0x1234).with(mint::san(names));
    Certificate::parse(&template.sign(&key, &key), Go::DEFAULT).unwrap()
}

#[test]
fn a_certificate_in_words() {
    let key = Key::generate();
    let template = Template::ca("etcd-ca", "etcd-ca")
        .serial(0x0080)
        .with(mint::extended_key_usage(&[mint::SERVER_AUTH, "2.5.29.37.0", "1.2.3"]))
        .with(mint::san(&["DNS:localhost", "IP:127.0.0.1", "URI:spiffe://a/b", "email:a@b"]));
    let certificate = Certificate::parse(&template.sign(&key, &key), Go::DEFAULT).unwrap();
    assert_eq!(certificate.subject(), "CN=etcd-ca");
    assert_eq!(certificate.common_name().as_deref(), Some("etcd-ca"));
    assert_eq!(certificate.serial_hex(), "80");
    assert_eq!(certificate.key_display(), "ECDSA P-256");
    assert_eq!(certificate.signature_display(), "ECDSA-SHA256");
    assert_eq!(certificate.key_usage_display(), ["keyCertSign"]);
    assert_eq!(certificate.extended_key_usage_display(), ["serverAuth", "any", "1.2.3"]);
    assert_eq!(
        certificate.names_display(),
        ["DNS:localhost", "IP:127.0.0.1", "URI:spiffe://a/b", "email:a@b"]
    );
    assert!(certificate.is_ca() && certificate.is_self_issued() && certificate.is_self_signed());
    assert!(certificate.allows(Usage::ClientAuth), "any allows all");
    assert_eq!(certificate.sha256().len(), 64);
    assert_eq!(certificate.spki, key.spki());
    let stranger = Key::generate();
    let forged = Certificate::parse(&template.sign(&key, &stranger), Go::DEFAULT).unwrap();
    assert!(!forged.is_self_signed() && !forged.signed_by(&certificate));
    assert_eq!(
        forged.check_signature_from(&certificate, Go::DEFAULT).unwrap_err().reason,
        Reason::BadSignature
    );
}

#[test]
fn rules_change_with_the_release() {
    let key = Key::generate();
    let negative = Template::new("a", "a").serial(-5).sign(&key, &key);
    let old = Go::parse("1.22.7").unwrap();
    assert_eq!(Certificate::parse(&negative, old).unwrap().serial_hex(), "-05");
    let refused = Certificate::parse(&negative, Go::DEFAULT).unwrap_err();
    assert_eq!(refused.message, "x509: negative serial number");
    let lax = Go::parse("1.24.4").unwrap().with_module_line(22);
    assert!(Certificate::parse(&negative, lax).is_ok(), "the go line of go.mod decides");
}

#[test]
fn paths_say_where_they_ended() {
    let (root, ca, other) = (Key::generate(), Key::generate(), Key::generate());
    let parse = |der: Vec<u8>| Certificate::parse(&der, Go::DEFAULT).unwrap();
    let leaf = parse(Template::new("leaf", "ca").sign(&other, &ca));
    let twin = parse(Template::ca("ca", "root").serial(2).sign(&other, &root));
    let expired =
        parse(Template::ca("ca", "root").valid("200101000000Z", "210101000000Z").sign(&ca, &root));
    let anchors = [parse(Template::ca("root", "root").sign(&root, &root))];
    let question = Question {
        leaf: &leaf,
        intermediates: &[twin, expired],
        anchors: &anchors,
        when: datetime!(2026-01-01 0:00 UTC),
        host: None,
        usages: &[Usage::ServerAuth],
        go: Go::DEFAULT,
    };
    let judged = verify(&question);
    let rejection = judged.outcome.unwrap_err();
    assert_eq!((rejection.reason, rejection.at), (Reason::Expired, Place::Intermediate(1)));
    assert_eq!(rejection.presented, Some("notAfter 2021-01-01T00:00:00Z".into()));
    let ends: Vec<_> = judged
        .paths
        .iter()
        .map(|path| (path.links[1], path.end.clone().unwrap_err().reason))
        .collect();
    let expected =
        [(Place::Intermediate(0), Reason::BadSignature), (Place::Intermediate(1), Reason::Expired)];
    assert_eq!(ends, expected);
    assert!(second_opinion(&question).is_err());
}

#[test]
fn allowed_names() {
    let leaf = leaf(&["DNS:etcd-0.example.com"]);
    let allowed = |common_names: &[&str], hostnames: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        let allowed =
            AllowedNames { common_names: owned(common_names), hostnames: owned(hostnames) };
        allowed.admit(&leaf, Go::DEFAULT).is_ok()
    };
    assert!(allowed(&[], &[]));
    assert!(allowed(&["x", "etcd-0"], &[]) && !allowed(&["ETCD-0"], &[]), "CN is compared exactly");
    assert!(allowed(&[], &["ETCD-0.example.com"]) && !allowed(&[], &["etcd-0"]));
}

#[test]
fn a_peer_comes_from_an_address_in_its_certificate() {
    let check = |names: &[&str],
                 reverse: Option<Result<Vec<String>, String>>,
                 forward: &[(&str, &[&str])]| {
        let forward = forward
            .iter()
            .map(|(name, found)| {
                ((*name).to_owned(), Ok(found.iter().map(ToString::to_string).collect()))
            })
            .collect();
        check_peer_address(&leaf(names), "10.0.0.7", &Lookups { reverse, forward }, Go::DEFAULT)
    };
    let ptr = |name: &str| Some(Ok(vec![name.to_owned()]));
    assert_eq!(check(&[], None, &[]), Ok(()), "no SAN passes");
    assert_eq!(
        check(&["URI:spiffe://x"], None, &[]),
        Ok(()),
        "neither does a SAN of another kind matter"
    );
    assert_eq!(check(&["IP:10.0.0.7"], None, &[]), Ok(()));
    assert!(
        check(&["IP:10.0.0.8"], None, &[])
            .unwrap_err()
            .starts_with("x509: certificate is valid for 10.0.0.8")
    );
    assert_eq!(check(&["IP:10.0.0.8", "DNS:a.b"], ptr("a.b."), &[]), Ok(()));
    assert_eq!(check(&["DNS:*.b"], ptr("x.a.b."), &[]), Ok(()), "a wildcard is a suffix here");
    assert_eq!(
        check(&["DNS:a.b"], Some(Err("no such host".into())), &[("a.b", &["10.0.0.7"])]),
        Ok(())
    );
    let refused =
        check(&["DNS:a.b", "DNS:*.c"], Some(Err("no such host".into())), &[("a.b", &["10.0.0.9"])]);
    let text = "tls: \"10.0.0.7\" does not match any of DNSNames [\"a.b\" \"*.c\"] (no such host)";
    assert_eq!(refused.unwrap_err(), text);
    assert_eq!(names_to_look_up(&leaf(&["DNS:a.b", "DNS:*.c"])), ["a.b"]);
}

fn crl(serials: &[i64]) -> Vec<u8> {
    let when = || tlv(0x17, b"260101000000Z");
    let entries: Vec<Vec<u8>> =
        serials.iter().map(|serial| mint::sequence(&[mint::integer(*serial), when()])).collect();
    let algorithm = mint::sequence(&[mint::oid("1.2.840.10045.4.3.2")]);
    let revoked = if entries.is_empty() { vec![] } else { mint::sequence(&entries) };
    let tbs = [mint::integer(1), algorithm.clone(), mint::name("any"), when(), when(), revoked];
    mint::sequence(&[mint::sequence(&tbs), algorithm, tlv(3, &[0, 1])])
}

#[test]
fn revocation_is_by_serial_alone() {
    let list = Crl::parse(&crl(&[0x1234, 0x80])).unwrap();
    assert_eq!(list.issuer, "CN=any");
    assert_eq!(list.serials, [vec![0x12, 0x34], vec![0x80]]);
    assert_eq!(list.next_update, Some(datetime!(2026-01-01 0:00 UTC)));
    let revoked = check_revocation(&list, &[leaf(&[])]);
    assert_eq!(revoked.unwrap_err(), "transport: certificate serial 1234 revoked");
    assert_eq!(check_revocation(&Crl::parse(&crl(&[])).unwrap(), &[leaf(&[])]), Ok(()));
    assert_eq!(Crl::parse_old(&crl(&[7])).unwrap().serials, [vec![7]]);
    assert_eq!(Crl::parse(b"-----BEGIN X509 CRL-----").unwrap_err().message, "x509: malformed crl");
}

#[test]
fn one_bad_certificate_spoils_a_ca_file() {
    let key = Key::generate();
    let good = Template::ca("a", "a").sign(&key, &key);
    assert_eq!(read_ca_file([good.as_slice(), &good], Go::DEFAULT).unwrap().len(), 2);
    let (index, error) = read_ca_file([good.as_slice(), b"junk"], Go::DEFAULT).unwrap_err();
    assert_eq!((index, error.message.as_str()), (1, "x509: malformed certificate"));
}

#[test]
fn short_rsa_keys_sign_and_verify_every_scheme() {
    let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 1024).unwrap();
    let spki = key.to_public_key().to_public_key_der().unwrap().into_vec();
    let key = SmallRsaKey::from_pkcs8_der(key.to_pkcs8_der().unwrap().as_bytes()).unwrap();
    assert_eq!(key.bits(), 1024);
    for scheme in [
        SignatureScheme::RSA_PKCS1_SHA256,
        SignatureScheme::RSA_PKCS1_SHA384,
        SignatureScheme::RSA_PKCS1_SHA512,
        SignatureScheme::RSA_PSS_SHA256,
        SignatureScheme::RSA_PSS_SHA384,
    ] {
        let signature = key.sign(scheme, b"hello").unwrap();
        assert_eq!(verify_tls(scheme, &spki, b"hello", &signature), Ok(()), "{scheme:?}");
        assert!(verify_tls(scheme, &spki, b"hallo", &signature).is_err());
    }
    let too_short = key.sign(SignatureScheme::RSA_PSS_SHA512, b"hello");
    assert_eq!(
        too_short.unwrap_err(),
        KeyError::TooShort,
        "a 1024-bit modulus has no room for two SHA-512 lengths"
    );
    assert_eq!(key.sign(SignatureScheme::ED25519, b"").unwrap_err(), KeyError::UnsupportedScheme);
}

#[test]
fn p224_keys_sign_and_verify() {
    let curve = mint::oid("1.3.132.0.33");
    let algorithm = mint::sequence(&[mint::oid("1.2.840.10045.2.1"), curve.clone()]);
    let secret = [mint::integer(1), tlv(4, &[7; 28])];
    let sec1 = mint::sequence(&[secret.concat(), tlv(0xa0, &curve)]);
    let pkcs8 =
        mint::sequence(&[mint::integer(0), algorithm.clone(), tlv(4, &mint::sequence(&secret))]);
    let key = P224Key::from_pkcs8_der(&pkcs8).unwrap();
    assert_eq!(P224Key::from_sec1_der(&sec1).unwrap().public_point(), key.public_point());
    assert_eq!(P224Key::from_sec1_der(b"junk").err(), Some(KeyError::NotP224));
    let point = [&[0], key.public_point().as_slice()].concat();
    let spki = mint::sequence(&[algorithm, tlv(3, &point)]);
    let signature = key.sign(b"hello").unwrap();
    let scheme = SignatureScheme::ECDSA_NISTP256_SHA256;
    assert_eq!(verify_tls(scheme, &spki, b"hello", &signature), Ok(()));
    assert!(verify_tls(scheme, &spki, b"hallo", &signature).is_err());
}

/// DER has no limit, and Go sets none.
#[test]
fn ten_megabytes_are_read_or_refused_at_once() {
    let key = Key::generate();
    let ballast = mint::extension("1.2.3.4", false, &vec![0xaa; 10 << 20]);
    let mut der = Template::new("big", "big").serial(7).with(ballast).sign(&key, &key);
    let certificate = Certificate::parse(&der, Go::DEFAULT).unwrap();
    assert_eq!(certificate.serial_hex(), "07");
    assert!(certificate.is_self_signed());
    der.truncate(5 << 20);
    assert!(Certificate::parse(&der, Go::DEFAULT).is_err());
}

#[test]
fn nesting_without_end_is_refused() {
    for levels in [1_000, 50_000] {
        let mut nested = Vec::new();
        for _ in 0..levels {
            // Indefinite length, so that a level costs two bytes.
            nested.extend([0x30, 0x80]);
        }
        assert!(Certificate::parse(&nested, Go::DEFAULT).is_err());
        assert!(Crl::parse(&nested).is_err() && Crl::parse_old(&nested).is_err());
        let mut deep = Vec::new();
        for _ in 0..levels / 50 {
            deep = tlv(0x30, &deep);
        }
        let key = Key::generate();
        for id in ["2.5.29.17", "2.5.29.30", "2.5.29.31", "2.5.29.32", "2.5.29.37"] {
            let template = Template::ca("deep", "deep").with(mint::extension(id, true, &deep));
            let parsed = Certificate::parse(&template.sign(&key, &key), Go::DEFAULT);
            let question = |leaf| {
                let (intermediates, anchors) = (&[][..], &[][..]);
                let (when, host) = (datetime!(2026-01-01 0:00 UTC), Some("a.b"));
                verify(&Question {
                    leaf,
                    intermediates,
                    anchors,
                    when,
                    host,
                    usages: &[],
                    go: Go::DEFAULT,
                })
            };
            assert!(parsed.is_err() || question(&parsed.unwrap()).outcome.is_err());
        }
    }
}
