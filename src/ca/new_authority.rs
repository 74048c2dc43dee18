//! A CA made by the tool: a root, or a root and an intermediate that issues in its place.

use std::path::PathBuf;
use std::time::Duration;

use time::OffsetDateTime;

use super::authority::{Paths, pem};
use super::issue::{self, Content};
use super::issue_error::IssueError;
use super::key::{KeyAlgorithm, SigningKey};
use super::ledger::{Entry, Ledger};
use super::names;
use super::passphrase::Passphrase;
use super::self_made::{self, CaTerms, OwnCa};
use super::sign::{self, Kind, Signer, Template};
use crate::durable;
use crate::x509::{Certificate, Go};

/// A CA that was made.
#[derive(Debug, Clone)]
pub struct Created {
    /// The certificate that issues.
    pub certificate: Certificate,
    /// Its files.
    pub paths: Paths,
    /// Its ledger.
    pub ledger: PathBuf,
    /// The root's files, if an intermediate issues.
    pub root: Option<Paths>,
}

/// A CA to be made.
pub struct NewAuthority<'a> {
    pub common_name: &'a str,
    pub organizations: &'a [String],
    pub ttl: Duration,
    pub algorithm: KeyAlgorithm,
    /// How many CAs may be below the one that issues.
    pub path_length: Option<u8>,
    pub passphrase: Option<&'a Passphrase>,
    /// The name of an intermediate that issues in the root's place, and where the root goes.
    pub intermediate: Option<(&'a str, &'a Paths)>,
}

impl NewAuthority<'_> {
    /// Makes it and writes it to `paths`; nothing that is there is overwritten.
    pub fn create(
        &self,
        paths: &Paths,
        now: OffsetDateTime,
        ledger: &mut impl Ledger,
    ) -> Result<Certificate, IssueError> {
        let root_paths = self.intermediate.map_or(paths, |(_, root)| root);
        for path in [&root_paths.cert, &root_paths.key, &paths.cert, &paths.key] {
            if path.symlink_metadata().is_ok() {
                return Err(IssueError::AuthorityExists(path.clone()));
            }
        }
        let root_key = SigningKey::generate(self.algorithm)?;
        let above = self.path_length.filter(|_| self.intermediate.is_some());
        let length = above.map_or(self.path_length, |below| below.checked_add(1));
        let root = self.certificate(self.common_name, &root_key, None, length, now)?;
        let mut made = vec![self.entry(&[&root], &root_key, root_paths)?];
        let mut issuing = root.clone();
        if let Some((name, _)) = self.intermediate {
            let key = SigningKey::generate(self.algorithm)?;
            let below =
                self.certificate(name, &key, Some((&root, &root_key)), self.path_length, now)?;
            made.push(self.entry(&[&below, &root], &key, paths)?);
            issuing = below;
        }
        let (entries, files): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        issue::put(&entries, &files, ledger)?;
        Ok(issuing)
    }

    fn certificate(
        &self,
        name: &str,
        key: &SigningKey,
        above: Option<(&Certificate, &SigningKey)>,
        path_length: Option<u8>,
        now: OffsetDateTime,
    ) -> Result<Certificate, IssueError> {
        let failed = |source| IssueError::Sign { name: name.to_owned(), source };
        let subject = names::subject(name, self.organizations)
            .map_err(|source| IssueError::Name { source })?;
        let asked = issue::after(now, self.ttl);
        let template = Template {
            spki: key.spki().to_vec(),
            sans: Vec::new(),
            kind: Kind::Ca { path_length },
            not_before: now - issue::BACKDATED,
            not_after: above.map_or(asked, |(root, _)| asked.min(root.not_after)),
            serial: sign::new_serial()?,
            subject: subject.clone(),
        };
        let own_id = sign::key_id(key.spki()).map_err(failed)?;
        let signer = match above {
            Some((root, key)) => {
                Signer { name: &root.raw_subject, key_id: root.subject_key_id.as_deref(), key }
            }
            None => Signer { name: &subject, key_id: Some(&own_id), key },
        };
        let der = match self.organizations {
            [] | [_] => {
                let ca = |common_name, key| OwnCa {
                    common_name,
                    organization: self.organizations.first().map(String::as_str),
                    key,
                    algorithm: self.algorithm,
                };
                let own = ca(name, key);
                let above = above.map(|(_, key)| ca(self.common_name, key));
                let terms = CaTerms {
                    not_before: template.not_before,
                    not_after: template.not_after,
                    path_length,
                    serial: template.serial,
                };
                self_made::certificate(&own, above.as_ref(), &terms)
            }
            _ => sign::sign(&template, signer),
        };
        let der = der.map_err(failed)?;
        Certificate::parse(&der, Go::DEFAULT)
            .map_err(|source| IssueError::Parse { name: name.to_owned(), source })
    }

    fn entry(
        &self,
        chain: &[&Certificate],
        key: &SigningKey,
        paths: &Paths,
    ) -> Result<(Entry, Content), IssueError> {
        let own = chain.first().map(|own| own.der.as_slice()).unwrap_or_default();
        let content = Content {
            cert_pem: chain.iter().map(|link| pem(&link.der)).collect(),
            key_pem: Some(key.to_pem(self.passphrase)?),
            cert_mode: durable::PUBLIC,
            key_mode: durable::SECRET,
            owner: None,
        };
        Ok((issue::own_entry(own, key.spki(), &paths.cert, &paths.key)?, content))
    }
}
