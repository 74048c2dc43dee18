//! The files of a check as programs read them.

use aws_lc_rs::digest;
use data_encoding::HEXLOWER;
use schemars::JsonSchema;
use serde::Serialize;

use super::CertificateView;
use crate::{
    report::model::{FileKind, MaterialReport},
    x509::{Certificate, Go},
};

/// One option and the file that it names.
#[derive(Serialize, JsonSchema)]
pub(super) struct MaterialView<'r> {
    flag: &'r str,
    path: &'r str,
    kind: FileKind,
    certificates: Vec<CertificateView<'static>>,
    public_key_sha256: Option<String>,
}

impl<'r> From<&'r MaterialReport<'_>> for MaterialView<'r> {
    fn from(material: &'r MaterialReport<'_>) -> Self {
        let MaterialReport { flag, file, kind, go } = material;
        let certificates = file.certificates().filter_map(|der| parse(&der.0, *go));
        let certificates: Vec<_> = certificates.collect();
        let of_key = || Some(sha256(&file.key()?.spki.as_ref()?.0));
        let public_key_sha256 = certificates.first().map(Certificate::spki_sha256).or_else(of_key);
        Self {
            flag,
            path: &file.path,
            kind: *kind,
            certificates: certificates.iter().map(CertificateView::from).collect(),
            public_key_sha256,
        }
    }
}

fn parse(der: &[u8], go: Go) -> Option<Certificate> {
    Certificate::parse(der, go).ok()
}

/// A digest in lower-case hex.
pub(in crate::report) fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}
