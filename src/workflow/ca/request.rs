//! A key and a request, for a CA that is elsewhere.

use std::path::PathBuf;

use super::super::Failure;
use super::issue;
use super::site::of_flag;
use crate::ca::{self, KeyAlgorithm, Profile, SigningKey};
use crate::durable::{self, WriteError};
use crate::message::Say as _;
use crate::observe::files::named_file;

/// The request that is wanted.
pub struct RequestOptions {
    /// What the certificate is to be for.
    pub profile: Profile,
    /// Its common name, and the name of the files.
    pub name: String,
    /// Its names, as a user writes them.
    pub sans: Vec<String>,
    /// Organizations in the subject.
    pub organizations: Vec<String>,
    /// The kind of key to make.
    pub algorithm: KeyAlgorithm,
    /// A key that exists, to be used instead.
    pub key_file: Option<PathBuf>,
    /// The directory for the files.
    pub out: PathBuf,
}

/// The files that were written.
pub struct Requested {
    /// The request.
    pub csr: PathBuf,
    /// Its key, which was made unless one was named.
    pub key: PathBuf,
}

/// Makes both; nothing that exists is overwritten.
pub fn request(options: &RequestOptions) -> Result<Requested, Failure> {
    let RequestOptions { profile, name, .. } = options;
    issue::check_name(name)?;
    let sans = issue::names(*profile, name, &options.sans)?;
    let subject = ca::subject(name, &options.organizations)
        .map_err(|error| Failure::misuse(error.message()))?;
    let key = match &options.key_file {
        Some(path) => {
            let unusable = |failure| of_flag("--key-file", failure);
            let pem = named_file::bytes(path, named_file::LARGEST);
            let pem = pem.map_err(|error| unusable(error.into()))?;
            SigningKey::from_pem(&pem, None)
                .map_err(|error| unusable(Failure::failed(error.message().about(path.display()))))?
        }
        None => SigningKey::generate(options.algorithm)?,
    };
    let request = ca::make_request(&subject, &sans, *profile, &key)?;
    let requested = Requested {
        csr: options.out.join(format!("{name}.csr")),
        key: options.key_file.clone().unwrap_or_else(|| options.out.join(format!("{name}.key"))),
    };
    let pem = if options.key_file.is_none() { Some(key.to_pem(None)?) } else { None };
    let new_key = pem.as_ref().map(|pem| (requested.key.as_path(), pem.as_bytes()));
    match durable::write_request(new_key, (&requested.csr, request.as_bytes())) {
        Err(error @ WriteError::Exists(_)) => Err(Failure::refused(error.message())),
        written => Ok(written.map(|()| requested)?),
    }
}
