//! A new CA in a directory of its own.

use std::path::Path;
use std::time::Duration;

use time::OffsetDateTime;

use super::super::{Failure, Remarks};
use super::site::{CaOptions, hold};
use crate::ca::{Created, IssueError, KeyAlgorithm, NewAuthority, Paths, pem, restored};
use crate::durable;
use crate::observe::files::named_file;

/// The CA that is wanted.
pub struct InitOptions {
    /// Its common name.
    pub common_name: String,
    /// Organizations in its name.
    pub organizations: Vec<String>,
    /// The name of an intermediate that issues in its place; the root then goes to `root.crt` and `root.key`.
    pub intermediate: Option<String>,
    /// How long it is valid.
    pub ttl: Duration,
    /// How many CAs may be below the one that issues.
    pub path_length: u8,
    /// The kind of its key.
    pub algorithm: KeyAlgorithm,
    /// Whether its key is encrypted even if no passphrase was given yet.
    pub encrypt: bool,
}

/// Makes the certificate of a CA again whose key is there, from one that it issued; a certificate that exists is not overwritten.
pub fn restore(issued: &Path, ttl: Duration, place: CaOptions) -> Result<Created, Failure> {
    let site = place.here();
    if site.paths.cert.symlink_metadata().is_ok() {
        return Err(IssueError::AuthorityExists(site.paths.cert).into());
    }
    let issued = named_file::certificate(issued)?;
    let passphrase = site.passphrase()?;
    let now = OffsetDateTime::now_utc();
    let certificate = restored(&site.paths, &issued, ttl, passphrase.as_ref(), now)?;
    durable::write_file(&site.paths.cert, pem(&certificate.der).as_bytes())?;
    Ok(Created { certificate, paths: site.paths, ledger: site.ledger, root: None })
}

/// Makes a CA; nothing that exists is overwritten.
pub fn init(
    options: &InitOptions,
    place: CaOptions,
    remarks: Remarks<'_>,
) -> Result<Created, Failure> {
    let site = place.here();
    let passphrase = if options.encrypt { site.new_passphrase()? } else { site.passphrase()? };
    let root =
        Paths { cert: site.directory.join("root.crt"), key: site.directory.join("root.key") };
    let paths = &site.paths;
    for Paths { cert, key } in
        [Some(paths), options.intermediate.as_ref().map(|_| &root)].into_iter().flatten()
    {
        for file in [cert, key] {
            // Looked at before anything is made, and again when the file is put in its place.
            if file.symlink_metadata().is_ok() && !site.ledger.exists() {
                return Err(IssueError::AuthorityExists(file.clone()).into());
            }
        }
    }
    for file in [&paths.cert, &paths.key, &site.ledger] {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            durable::make_private_folder(folder)?;
        }
    }
    let mut ledger = site.open_ledger()?;
    let mut guard = hold(&mut ledger, remarks)?;
    let new = NewAuthority {
        common_name: &options.common_name,
        organizations: &options.organizations,
        ttl: options.ttl,
        algorithm: options.algorithm,
        path_length: Some(options.path_length),
        passphrase: passphrase.as_ref(),
        intermediate: options.intermediate.as_deref().map(|name| (name, &root)),
    };
    let certificate = new.create(paths, OffsetDateTime::now_utc(), &mut guard)?;
    let root = options.intermediate.is_some().then_some(root);
    Ok(Created { certificate, paths: site.paths, ledger: site.ledger, root })
}
