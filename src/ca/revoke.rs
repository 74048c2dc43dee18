//! Certificate revocation lists, RFC 5280 §5. Pure but for the key's arithmetic.
//!
//! etcd compares serials alone; number, reasons and dates are for everybody else.

use std::path::PathBuf;

use data_encoding::HEXLOWER;
use time::OffsetDateTime;
use x509_cert::Version;
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::der::Encode as _;
use x509_cert::der::asn1::{BitString, OctetString, Uint};
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, CrlNumber};
use x509_cert::ext::{AsExtension as _, Extension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;

use super::names::name_from_der;
use super::sign::{self, SignError, Signer};

/// Why a certificate was revoked: RFC 5280 §5.3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Unspecified,
    KeyCompromise,
    CaCompromise,
    AffiliationChanged,
    Superseded,
    CessationOfOperation,
    PrivilegeWithdrawn,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Unspecified,
        Self::KeyCompromise,
        Self::CaCompromise,
        Self::AffiliationChanged,
        Self::Superseded,
        Self::CessationOfOperation,
        Self::PrivilegeWithdrawn,
    ];

    /// RFC 5280's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
        }
    }

    /// Reads RFC 5280's name in any case, with or without hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.replace(['-', '_'], "");
        Self::ALL.into_iter().find(|reason| reason.name().eq_ignore_ascii_case(&plain))
    }
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// Lower-case hex.
    pub serial: String,
    pub at: OffsetDateTime,
    pub reason: Reason,
}

/// A list that was written.
#[derive(Debug, Clone)]
pub struct RevocationList {
    /// Its file.
    pub file: PathBuf,
    /// Its number.
    pub number: u64,
    /// How many certificates are on it.
    pub revoked: usize,
    /// When it was made.
    pub this_update: OffsetDateTime,
    /// When the next one is due.
    pub next_update: OffsetDateTime,
}

/// Makes a list and returns its DER.
pub fn revocation_list(
    signer: Signer<'_>,
    number: u64,
    this_update: OffsetDateTime,
    next_update: OffsetDateTime,
    revoked: &[Revoked],
) -> Result<Vec<u8>, SignError> {
    let issuer = name_from_der(signer.name).ok_or(SignError::Name)?;
    let entries: Result<Vec<_>, _> = revoked.iter().map(|one| entry(one, &issuer)).collect();
    let mut extensions = Vec::with_capacity(2);
    if let Some(id) = signer.key_id {
        let id = AuthorityKeyIdentifier {
            key_identifier: Some(OctetString::new(id)?),
            ..AuthorityKeyIdentifier::default()
        };
        extensions.push(id.to_extension(&issuer, &[])?);
    }
    let number = CrlNumber(Uint::new(&number.to_be_bytes())?).to_extension(&issuer, &[])?;
    extensions.push(Extension { critical: false, ..number });
    let algorithm = signer.key.signature_algorithm();
    let list = TbsCertList {
        version: Version::V2,
        signature: algorithm.clone(),
        issuer,
        this_update: sign::time(this_update)?,
        next_update: Some(sign::time(next_update)?),
        revoked_certificates: Some(entries?).filter(|entries| !entries.is_empty()),
        crl_extensions: Some(extensions),
    };
    let signature = BitString::from_bytes(&signer.key.sign(&list.to_der()?)?)?;
    let list = CertificateList { tbs_cert_list: list, signature_algorithm: algorithm, signature };
    Ok(list.to_der()?)
}

fn entry(revoked: &Revoked, issuer: &Name) -> Result<RevokedCert, SignError> {
    use x509_cert::ext::pkix::CrlReason;
    let serial = HEXLOWER.decode(revoked.serial.as_bytes()).map_err(|_| SignError::Name)?;
    let reason = match revoked.reason {
        // RFC 5280 §5.3.1: left out rather than said.
        Reason::Unspecified => None,
        Reason::KeyCompromise => Some(CrlReason::KeyCompromise),
        Reason::CaCompromise => Some(CrlReason::CaCompromise),
        Reason::AffiliationChanged => Some(CrlReason::AffiliationChanged),
        Reason::Superseded => Some(CrlReason::Superseded),
        Reason::CessationOfOperation => Some(CrlReason::CessationOfOperation),
        Reason::PrivilegeWithdrawn => Some(CrlReason::PrivilegeWithdrawn),
    };
    let extension = |reason: CrlReason| {
        let extension = reason.to_extension(issuer, &[])?;
        Ok::<_, SignError>(vec![Extension { critical: false, ..extension }])
    };
    Ok(RevokedCert {
        serial_number: SerialNumber::new(&serial)?,
        revocation_date: sign::time(revoked.at)?,
        crl_entry_extensions: reason.map(extension).transpose()?,
    })
}
