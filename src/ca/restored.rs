//! A CA's certificate made again from its key, where it is lost: with the name that a certificate which the CA issued has for its issuer,
//! byte for byte, so that everything issued before stays good.

use std::time::Duration;

use time::OffsetDateTime;

use super::authority::{AuthorityError, Paths};
use super::issue;
use super::issue_error::IssueError;
use super::key::SigningKey;
use super::passphrase::Passphrase;
use super::sign::{self, Kind, Signer, Template};
use crate::observe::files::named_file;
use crate::x509::{Certificate, Go};

/// Makes the certificate of a root whose key lies at `paths`, from one that it issued.
///
/// # Errors
/// The key can't be read, or did not sign that certificate.
pub fn restored(
    paths: &Paths,
    issued: &Certificate,
    ttl: Duration,
    passphrase: Option<&Passphrase>,
    now: OffsetDateTime,
) -> Result<Certificate, IssueError> {
    let pem = named_file::bytes(&paths.key, named_file::LARGEST).map_err(AuthorityError::File)?;
    let key = SigningKey::from_pem(&pem, passphrase)
        .map_err(|source| AuthorityError::Key { path: paths.key.clone(), source })?;
    let name = || issued.issuer();
    let failed = |source| IssueError::Sign { name: name(), source };
    let template = Template {
        subject: issued.raw_issuer.clone(),
        spki: key.spki().to_vec(),
        sans: Vec::new(),
        kind: Kind::Ca { path_length: None },
        not_before: (now - issue::BACKDATED).min(issued.not_before),
        not_after: issue::after(now, ttl),
        serial: sign::new_serial()?,
    };
    let signer =
        Signer { name: &issued.raw_issuer, key_id: issued.authority_key_id.as_deref(), key: &key };
    let der = sign::sign(&template, signer).map_err(failed)?;
    let ca = Certificate::parse(&der, Go::DEFAULT)
        .map_err(|source| IssueError::Parse { name: name(), source })?;
    if issued.signed_by(&ca) {
        return Ok(ca);
    }
    let (cert, key) = (paths.cert.clone(), paths.key.clone());
    Err(AuthorityError::OtherKey { cert, key }.into())
}
