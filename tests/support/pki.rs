//! Certificates and keys made by code, written as a careful administrator would: keys for their owner alone.

use std::{
    fs,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

pub(crate) use rcgen::ExtendedKeyUsagePurpose as Usage;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, RsaKeySize, SanType, SignatureAlgorithm,
};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

/// The names under which every test server is dialled.
pub(crate) const LOCAL: [&str; 3] = ["127.0.0.1", "::1", "localhost"];

/// A temporary folder with certificates.
pub(crate) struct Pki {
    folder: TempDir,
}

/// A CA that can sign; its certificate and key lie in the folder.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Path of the certificate.
    pub cert: String,
    /// Path of the key.
    pub key: String,
    /// The certificate.
    pub pem: String,
    /// The certificates between this CA and its root, itself first; empty for a root.
    intermediates: String,
}

/// A certificate and its key, as paths.
#[derive(Clone)]
pub(crate) struct Pair {
    /// Path of the certificate, followed by its intermediates.
    pub cert: String,
    /// Path of the key.
    pub key: String,
}

/// The flags of a client with this pair that trusts this CA.
pub(crate) fn mtls<'a>(ca: &'a Authority, pair: &'a Pair) -> [&'a str; 6] {
    ["--cacert", &ca.cert, "--cert", &pair.cert, "--key", &pair.key]
}

/// The algorithms that etcd accepts and this test suite can make.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KeyKind {
    P256,
    P384,
    P521,
    Ed25519,
    Rsa2048,
}

impl Pki {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// The folder itself, to run a command in or to look for leaks.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where a file of this name lies or would lie.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes any file.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = PathBuf::from(self.path(name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        self.path(name)
    }

    /// A root CA, written as `NAME.crt` and `NAME.key`.
    pub(crate) fn authority(&self, name: &str, cn: &str) -> Authority {
        let key = KeyPair::generate().unwrap();
        let params = authority_params(cn);
        let pem = params.self_signed(&key).unwrap().pem();
        self.keep_authority(name, params, key, pem, String::new())
    }

    /// A CA below another one.
    pub(crate) fn intermediate(&self, above: &Authority, name: &str, cn: &str) -> Authority {
        let key = KeyPair::generate().unwrap();
        let params = authority_params(cn);
        let pem = params.signed_by(&key, &above.issuer).unwrap().pem();
        let intermediates = format!("{pem}{}", above.intermediates);
        self.keep_authority(name, params, key, pem, intermediates)
    }

    fn keep_authority(
        &self,
        name: &str,
        params: CertificateParams,
        key: KeyPair,
        pem: String,
        intermediates: String,
    ) -> Authority {
        let pair = self.keep(name, &pem, &key);
        let issuer = Issuer::new(params, key);
        Authority { issuer, cert: pair.cert, key: pair.key, pem, intermediates }
    }

    /// A server certificate good for loopback, and for etcd's gateway, which logs in with it.
    pub(crate) fn server<'a>(&'a self, ca: &'a Authority, name: &'a str) -> Leaf<'a> {
        Leaf::new(self, ca, name, &[Usage::ServerAuth, Usage::ClientAuth]).sans(&LOCAL)
    }

    /// A client certificate.
    pub(crate) fn client<'a>(&'a self, ca: &'a Authority, name: &'a str) -> Leaf<'a> {
        Leaf::new(self, ca, name, &[Usage::ClientAuth])
    }

    fn keep(&self, name: &str, certificates: &str, key: &KeyPair) -> Pair {
        let cert = self.write(&format!("{name}.crt"), certificates);
        fs::set_permissions(&cert, fs::Permissions::from_mode(0o644)).unwrap();
        let key_path = self.path(&format!("{name}.key"));
        let mut options = fs::OpenOptions::new();
        let mut file =
            options.write(true).create(true).truncate(true).mode(0o600).open(&key_path).unwrap();
        std::io::Write::write_all(&mut file, key.serialize_pem().as_bytes()).unwrap();
        Pair { cert, key: key_path }
    }
}

/// An end-entity certificate in the making.
pub(crate) struct Leaf<'a> {
    pki: &'a Pki,
    ca: &'a Authority,
    name: &'a str,
    params: CertificateParams,
    kind: KeyKind,
    with_intermediates: bool,
}

impl<'a> Leaf<'a> {
    fn new(pki: &'a Pki, ca: &'a Authority, name: &'a str, usages: &[Usage]) -> Self {
        let mut params = params(name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = usages.to_vec();
        params.use_authority_key_identifier_extension = true;
        Self { pki, ca, name, params, kind: KeyKind::P256, with_intermediates: true }.days(-1, 364)
    }

    /// Another CN than the file's name.
    pub(crate) fn cn(mut self, cn: &str) -> Self {
        self.params.distinguished_name = name_of(cn);
        self
    }

    /// Other names, addresses or `URI:` entries.
    pub(crate) fn sans(mut self, sans: &[&str]) -> Self {
        self.params.subject_alt_names = sans.iter().map(|san| san_of(san)).collect();
        self
    }

    /// Without a key usage, which also allows RSA key exchange.
    pub(crate) fn any_key_usage(mut self) -> Self {
        self.params.key_usages.clear();
        self
    }

    pub(crate) fn usages(mut self, usages: &[Usage]) -> Self {
        self.params.extended_key_usages = usages.to_vec();
        self
    }

    /// Validity, in days from now.
    pub(crate) fn days(mut self, from: i64, to: i64) -> Self {
        let now = OffsetDateTime::now_utc();
        self.params.not_before = now + Duration::days(from);
        self.params.not_after = now + Duration::days(to);
        self
    }

    pub(crate) fn key(mut self, kind: KeyKind) -> Self {
        self.kind = kind;
        self
    }

    /// Leaves the intermediates out of the file, the classic mistake.
    pub(crate) fn alone(mut self) -> Self {
        self.with_intermediates = false;
        self
    }

    /// Signs it with its own key and no CA's.
    pub(crate) fn self_signed(self) -> Pair {
        let key = self.kind.generate();
        let pem = self.params.self_signed(&key).unwrap().pem();
        self.pki.keep(self.name, &pem, &key)
    }

    /// Signs it and writes `NAME.crt` and `NAME.key`.
    pub(crate) fn issue(self) -> Pair {
        let key = self.kind.generate();
        let mut pem = self.params.signed_by(&key, &self.ca.issuer).unwrap().pem();
        if self.with_intermediates {
            pem.push_str(&self.ca.intermediates);
        }
        self.pki.keep(self.name, &pem, &key)
    }
}

impl KeyKind {
    fn generate(self) -> KeyPair {
        let ecdsa = |algorithm: &'static SignatureAlgorithm| KeyPair::generate_for(algorithm);
        match self {
            Self::P256 => ecdsa(&rcgen::PKCS_ECDSA_P256_SHA256),
            Self::P384 => ecdsa(&rcgen::PKCS_ECDSA_P384_SHA384),
            Self::P521 => ecdsa(&rcgen::PKCS_ECDSA_P521_SHA512),
            Self::Ed25519 => ecdsa(&rcgen::PKCS_ED25519),
            Self::Rsa2048 => KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, RsaKeySize::_2048),
        }
        .unwrap()
    }
}

/// A root's certificate as the helpers make it, before it is signed.
pub(crate) fn authority_params(cn: &str) -> CertificateParams {
    let mut params = params(cn);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let now = OffsetDateTime::now_utc();
    params.not_before = now - Duration::days(2);
    params.not_after = now + Duration::days(3650);
    params
}

fn params(cn: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name_of(cn);
    params
}

fn name_of(cn: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, cn);
    name
}

fn san_of(san: &str) -> SanType {
    match (san.parse(), san.strip_prefix("URI:")) {
        (Ok(address), _) => SanType::IpAddress(address),
        (_, Some(uri)) => SanType::URI(uri.try_into().unwrap()),
        _ => SanType::DnsName(san.try_into().unwrap()),
    }
}
