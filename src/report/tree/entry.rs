//! The things of a tree as JSON shows them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    facts::tree::{Certified, Digest, File, Inventory, Kind, Place, Relation, Role, Signer, State},
    message::{Say, Value},
    observation::file::Form,
    report::CertificateView,
    x509::Certificate,
};

/// A certificate, and what it is to the others.
#[derive(Serialize, JsonSchema)]
pub(super) struct CertificateEntry<'a> {
    #[serde(flatten)]
    certificate: CertificateView<'a>,
    role: Role,
    state: State,
    days_left: i64,
    archived: bool,
    node: Option<&'a str>,
    other_node: bool,
    self_signed: bool,
    /// The SHA-256 of the certificate whose key signed it.
    issued_by: Option<String>,
    verified: Option<Verified<'a>>,
    keys: Vec<PlaceEntry<'a>>,
    files: Vec<PlaceEntry<'a>>,
}

/// Go's verdict with the CAs of the tree.
#[derive(Serialize, JsonSchema)]
struct Verified<'a> {
    accept: bool,
    reason: &'static str,
    message: Option<&'a str>,
}

/// Where something lies.
#[derive(Serialize, JsonSchema)]
pub(super) struct PlaceEntry<'a> {
    path: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
}

/// A private key.
#[derive(Serialize, JsonSchema)]
pub(super) struct KeyEntry<'a> {
    #[serde(flatten)]
    place: PlaceEntry<'a>,
    container: &'a str,
    algorithm: &'a str,
    encrypted: bool,
    unusable: Option<Value>,
    mode: String,
    public_key_sha256: Option<String>,
    certificates: Vec<String>,
}

/// A file that holds something.
#[derive(Serialize, JsonSchema)]
pub(super) struct FileEntry<'a> {
    path: &'a str,
    kind: &'static str,
    mode: String,
    holds: u32,
}

impl<'a> CertificateEntry<'a> {
    pub(super) fn of(
        inventory: &'a Inventory,
        kept: &'a Certified,
        certificate: &Certificate,
        relation: &'a Relation,
        is_stranger: bool,
    ) -> Self {
        let issuer = match relation.signer {
            Signer::Other(index) => inventory.certificates.get(index),
            Signer::Itself | Signer::Namesake(_) | Signer::Unknown => None,
        };
        let verified = relation.verdict.as_ref().map(|verdict| Verified {
            accept: verdict.is_ok(),
            reason: verdict.as_ref().err().map_or("ok", |refused| refused.reason.word()),
            message: verdict.as_ref().err().map(|refused| &*refused.message),
        });
        let keys = inventory.keys_of(&kept.public_key);
        Self {
            certificate: CertificateView::known(
                certificate,
                (&*kept.subject).into(),
                (&*kept.issuer).into(),
                kept.sha256.to_string(),
            ),
            role: kept.role,
            state: inventory.state(kept),
            days_left: inventory.days_left(kept),
            archived: inventory.is_archived(kept),
            node: kept.node.as_deref(),
            other_node: is_stranger,
            self_signed: relation.signer == Signer::Itself,
            issued_by: issuer.map(|issuer| issuer.sha256.to_string()),
            verified,
            keys: keys.map(|key| place(inventory, &key.place)).collect(),
            files: kept.places.iter().map(|at| place(inventory, at)).collect(),
        }
    }
}

/// A place with its path.
pub(super) fn place<'a>(inventory: &'a Inventory, place: &'a Place) -> PlaceEntry<'a> {
    PlaceEntry { path: inventory.path(place), line: place.line, field: place.field.as_deref() }
}

/// All private keys.
pub(super) fn keys(inventory: &Inventory) -> Vec<KeyEntry<'_>> {
    let mut owners: std::collections::HashMap<Digest, Vec<String>> =
        inventory.keys.iter().filter_map(|key| Some((key.public_key?, Vec::new()))).collect();
    for certificate in &inventory.certificates {
        if let Some(owner) = owners.get_mut(&certificate.public_key) {
            owner.push(certificate.sha256.to_string());
        }
    }
    let fitting = |key: &Digest| owners.get(key).cloned().unwrap_or_default();
    let entry = |key: &'_ crate::facts::tree::PrivateKey| key.public_key.as_ref().map(fitting);
    inventory
        .keys
        .iter()
        .map(|key| KeyEntry {
            place: place(inventory, &key.place),
            container: &key.seen.container,
            algorithm: &key.seen.algorithm,
            encrypted: key.seen.encrypted,
            unusable: key.seen.unusable.as_ref().map(|defect| defect.message().into()),
            mode: mode(inventory.file(&key.place)),
            public_key_sha256: key.public_key.map(|digest| digest.to_string()),
            certificates: entry(key).unwrap_or_default(),
        })
        .collect()
}

/// A file.
pub(super) fn file(file: &File) -> FileEntry<'_> {
    FileEntry { path: &file.path, kind: kind(file), mode: mode(file), holds: file.holds }
}

fn mode(file: &File) -> String {
    format!("{:04o}", file.mode)
}

/// What a file is.
pub(super) fn kind(file: &File) -> &'static str {
    match file.kind {
        Kind::Kubeconfig => "kubeconfig",
        Kind::Plain(form) => match form {
            Form::Empty => "empty",
            Form::Pem => "pem",
            Form::DerCertificate | Form::DerRequest | Form::DerCrl | Form::DerKey => "der",
            Form::Pkcs12 => "pkcs12",
            Form::Pkcs7 => "pkcs7",
            Form::JavaKeystore => "java-keystore",
            Form::BareBase64 | Form::Text => "text",
            Form::Binary => "binary",
        },
    }
}
