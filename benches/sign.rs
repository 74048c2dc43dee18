//! What signing costs beside a bare rcgen loop: a fresh P-256 key, a client certificate, no files.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop where it stands")]

use criterion::{Criterion, criterion_group, criterion_main};
use etcd_tls::ca::{self, KeyAlgorithm, Kind, Profile, Signer, SigningKey, Template};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use std::hint::black_box;
use time::macros::datetime;

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = datetime!(2026-01-01 0:00 UTC);
    params.not_after = datetime!(2026-04-01 0:00 UTC);
    params.use_authority_key_identifier_extension = true;
    params
}

fn signing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a fresh key and its certificate");
    let mut root = params("etcd-ca");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = Issuer::new(root, KeyPair::generate().unwrap());
    group.bench_function("rcgen", |bench| {
        bench.iter(|| {
            let key = KeyPair::generate().unwrap();
            let mut leaf = params(black_box("client"));
            leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
            leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
            let certificate = leaf.signed_by(&key, &issuer).unwrap();
            (certificate.pem(), key.serialize_pem())
        });
    });
    let authority = SigningKey::generate(KeyAlgorithm::P256).unwrap();
    let name = ca::subject("etcd-ca", &[]).unwrap();
    let key_id = ca::key_id(authority.spki()).unwrap();
    let signer = Signer { name: &name, key_id: Some(&key_id), key: &authority };
    group.bench_function("ca::sign", |bench| {
        bench.iter(|| {
            let key = SigningKey::generate(KeyAlgorithm::P256).unwrap();
            let template = Template {
                subject: ca::subject(black_box("client"), &[]).unwrap(),
                spki: key.spki().to_vec(),
                sans: Vec::new(),
                kind: Kind::Leaf(Profile::Client),
                not_before: datetime!(2026-01-01 0:00 UTC),
                not_after: datetime!(2026-04-01 0:00 UTC),
                serial: ca::new_serial().unwrap(),
            };
            (ca::sign(&template, signer).unwrap(), key.to_pem(None).unwrap())
        });
    });
    group.finish();
}

criterion_group!(benches, signing);
criterion_main!(benches);
