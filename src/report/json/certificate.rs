//! A certificate as JSON shows it, in every command alike.

use std::borrow::Cow;

use data_encoding::HEXLOWER;
use serde::Serialize;
use time::OffsetDateTime;

use crate::x509::Certificate;

/// `<certificate>` of the reports: times in RFC 3339, serials and digests in lower-case hex.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct CertificateView<'a> {
    subject: Cow<'a, str>,
    issuer: Cow<'a, str>,
    serial: String,
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    not_before: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    not_after: OffsetDateTime,
    sans: Vec<String>,
    key_usage: Vec<String>,
    extended_key_usage: Vec<String>,
    is_ca: bool,
    key: String,
    signature: String,
    subject_key_id: Option<String>,
    authority_key_id: Option<String>,
    sha256: String,
}

impl From<&Certificate> for CertificateView<'_> {
    fn from(certificate: &Certificate) -> Self {
        Self::known(
            certificate,
            certificate.subject().into(),
            certificate.issuer().into(),
            certificate.sha256(),
        )
    }
}

impl<'a> CertificateView<'a> {
    /// The view of a certificate whose names in words and digest are known already.
    pub(in crate::report) fn known(
        certificate: &Certificate,
        subject: Cow<'a, str>,
        issuer: Cow<'a, str>,
        sha256: String,
    ) -> Self {
        let hex = |id: &Option<Vec<u8>>| id.as_ref().map(|id| HEXLOWER.encode(id));
        Self {
            subject,
            issuer,
            serial: certificate.serial_hex(),
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            sans: certificate.names_display(),
            key_usage: certificate.key_usage_display(),
            extended_key_usage: certificate.extended_key_usage_display(),
            is_ca: certificate.is_ca(),
            key: certificate.key_display(),
            signature: certificate.signature_display(),
            subject_key_id: hex(&certificate.subject_key_id),
            authority_key_id: hex(&certificate.authority_key_id),
            sha256,
        }
    }
}
