//! The certificates of a layout, made on the spot.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SanType,
};
use time::{Duration, OffsetDateTime};

use super::Tree;

/// A CA that signs.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(super) pem: String,
}

/// An end-entity certificate: what the layout says of it.
pub(crate) struct Leaf<'a> {
    cn: &'a str,
    organization: Option<&'a str>,
    usages: Vec<ExtendedKeyUsagePurpose>,
    sans: Vec<String>,
    days: i64,
}

impl<'a> Leaf<'a> {
    /// serverAuth and clientAuth, as servers and peers of etcd have.
    pub(super) fn both(cn: &'a str) -> Self {
        let usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        Self { cn, organization: None, usages, sans: Vec::new(), days: 365 }
    }

    pub(super) fn server(cn: &'a str) -> Self {
        Self { usages: vec![ExtendedKeyUsagePurpose::ServerAuth], ..Self::both(cn) }
    }

    pub(super) fn client(cn: &'a str) -> Self {
        Self { usages: vec![ExtendedKeyUsagePurpose::ClientAuth], ..Self::both(cn) }
    }

    pub(super) fn of(mut self, organization: &'a str) -> Self {
        self.organization = Some(organization);
        self
    }

    pub(super) fn sans<S: AsRef<str>>(mut self, sans: impl IntoIterator<Item = S>) -> Self {
        self.sans.extend(sans.into_iter().map(|san| san.as_ref().to_owned()));
        self
    }

    pub(super) fn days(self, days: i64) -> Self {
        Self { days, ..self }
    }
}

impl Tree {
    /// A CA of ten years; its key is written where the layout keeps one.
    pub(super) fn authority(&mut self, cert: &str, key: Option<&str>, cn: &str) -> Authority {
        let authority = Authority::new(cn);
        self.write(cert, 0o644, &authority.pem);
        if let Some(key) = key {
            self.write(key, 0o600, &authority.issuer.key().serialize_pem());
        }
        authority
    }

    /// A certificate and its key.
    pub(super) fn leaf(&mut self, ca: &Authority, cert: &str, key: &str, leaf: Leaf<'_>) {
        let (pem, secret) = ca.issue(leaf);
        self.write(cert, 0o644, &pem);
        self.write(key, 0o600, &secret);
    }

    /// `NAME.crt` and `NAME.key`, as kubeadm, k3s and step name them.
    pub(super) fn pair(&mut self, ca: &Authority, name: &str, leaf: Leaf<'_>) {
        self.leaf(ca, &format!("{name}.crt"), &format!("{name}.key"), leaf);
    }

    /// `NAME.pem` and `NAME-key.pem`, as cfssl and kubespray name them.
    pub(super) fn pem_pair(&mut self, ca: &Authority, name: &str, leaf: Leaf<'_>) {
        self.leaf(ca, &format!("{name}.pem"), &format!("{name}-key.pem"), leaf);
    }

    /// What kubeadm lists for servers and peers: the node's name and address, and loopback.
    pub(super) fn local_names(&self, node: &str) -> Vec<String> {
        let mut names = vec![node.to_owned(), "localhost".to_owned()];
        names.extend(["127.0.0.1", "::1"].map(str::to_owned));
        if !names.contains(&self.place.address) {
            names.push(self.place.address.clone());
        }
        names
    }
}

impl Authority {
    /// A self-signed CA of ten years.
    pub(super) fn new(cn: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = params(cn, None, 3650);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![
            KeyUsagePurpose::DigitalSignature,
            KeyUsagePurpose::KeyEncipherment,
            KeyUsagePurpose::KeyCertSign,
        ];
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// The certificate and the key, PEM both.
    pub(super) fn issue(&self, leaf: Leaf<'_>) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = params(leaf.cn, leaf.organization, leaf.days);
        params.key_usages =
            vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
        params.extended_key_usages = leaf.usages;
        params.use_authority_key_identifier_extension = true;
        let san = |text: &String| match text.parse() {
            Ok(address) => SanType::IpAddress(address),
            Err(_) => SanType::DnsName(text.as_str().try_into().unwrap()),
        };
        params.subject_alt_names = leaf.sans.iter().map(san).collect();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}

fn params(cn: &str, organization: Option<&str>, days: i64) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mut name = DistinguishedName::new();
    if let Some(organization) = organization {
        name.push(DnType::OrganizationName, organization);
    }
    name.push(DnType::CommonName, cn);
    params.distinguished_name = name;
    let now = OffsetDateTime::now_utc();
    params.not_before = now - Duration::minutes(5);
    params.not_after = now + Duration::days(days);
    params
}
