//! The files of a check as JSON shows them.

use aws_lc_rs::digest;
use data_encoding::HEXLOWER;
use serde::Serialize;

use super::CertificateView;
use crate::{
    facts::Facts,
    observation::{
        FileSeen,
        file::{Content, FileState, Form, Item},
    },
    x509::Certificate,
};

/// One option and the file that it names.
#[derive(Serialize)]
pub(super) struct MaterialView<'a> {
    pub(super) flag: &'a str,
    pub(super) path: &'a str,
    pub(super) kind: &'static str,
    certificates: Vec<CertificateView<'static>>,
    public_key_sha256: Option<String>,
}

/// Every option that names a file, in the order in which they were looked at.
pub(super) fn views<'a>(facts: &Facts<'a>) -> Vec<MaterialView<'a>> {
    let files = facts.observation.files.iter();
    files.flat_map(|file| file.roles.iter().map(|role| view(role, file, facts))).collect()
}

fn view<'a>(flag: &'a str, file: &'a FileSeen, facts: &Facts<'_>) -> MaterialView<'a> {
    let certificates: Vec<_> =
        file.certificates().filter_map(|der| Certificate::parse(&der.0, facts.go).ok()).collect();
    let of_key = || Some(sha256(&file.key()?.spki.as_ref()?.0));
    let public_key_sha256 = certificates.first().map(Certificate::spki_sha256).or_else(of_key);
    MaterialView {
        flag,
        path: &file.path,
        kind: kind(&file.state),
        certificates: certificates.iter().map(CertificateView::from).collect(),
        public_key_sha256,
    }
}

/// What a file is.
pub(super) fn kind(state: &FileState) -> &'static str {
    match state {
        FileState::Missing { .. } => "missing",
        FileState::Denied { .. } | FileState::Failed { .. } => "unreadable",
        FileState::Directory { .. } => "directory",
        FileState::NotRegular { .. } => "not-regular",
        FileState::TooLarge { .. } => "too-large",
        FileState::Read(content) => kind_of_content(content),
    }
}

fn kind_of_content(content: &Content) -> &'static str {
    let telling = |item: &&Item| !matches!(item, Item::Parameters);
    match content.blocks.iter().map(|block| &block.item).find(telling) {
        Some(Item::Certificate(_)) => "certificate",
        Some(Item::Request(_)) => "request",
        Some(Item::Crl(_)) => "crl",
        Some(Item::Key(_)) => "key",
        Some(Item::PublicKey) => "public-key",
        Some(Item::Parameters | Item::Other) => "other",
        None => match content.form {
            Form::Empty => "empty",
            Form::DerCertificate => "certificate",
            Form::DerRequest => "request",
            Form::DerCrl => "crl",
            Form::DerKey => "key",
            Form::Pkcs12 => "pkcs12",
            Form::Pkcs7 => "pkcs7",
            Form::JavaKeystore => "java-keystore",
            Form::Pem | Form::BareBase64 | Form::Text => "text",
            Form::Binary => "binary",
        },
    }
}

/// A digest in lower-case hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}
