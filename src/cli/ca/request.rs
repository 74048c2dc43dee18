//! `ca request`: a key and a request, for a CA that is elsewhere.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::issue::{self, Role};
use super::place::{KeyKind, Output};
use crate::ca::{self, Profile, SigningKey};
use crate::cli::Done;
use crate::cli::exit::{Exit, Misuse, Refusal};
use crate::message::{Lang, TreeWord};
use crate::report::listing;

#[derive(Debug, Args)]
pub(super) struct RequestArgs {
    /// What the certificate is to be for
    #[arg(value_enum, value_name = "client|server|peer")]
    profile: Role,
    /// Its CN, and the name of the files: NAME.key and NAME.csr
    name: String,
    /// A DNS name or an IP address; may be given several times [server and peer default: NAME]
    #[arg(long, value_name = "IP-or-DNS", value_delimiter = ',')]
    san: Vec<String>,
    /// Organization in the subject; may be given several times
    #[arg(long, value_name = "NAME")]
    org: Vec<String>,
    /// The kind of key to make
    #[arg(long, value_enum, default_value_t = KeyKind::P256, value_name = "KIND")]
    key_algorithm: KeyKind,
    /// Use this key instead of making one
    #[arg(long, value_name = "FILE", conflicts_with = "key_algorithm")]
    key_file: Option<PathBuf>,
    /// Folder for the files; made if missing
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// The key that was named can't be used.
#[derive(Debug, thiserror::Error)]
enum KeyFileError {
    #[error("--key-file {}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("--key-file {}", path.display())]
    Unusable { path: PathBuf, source: ca::KeyError },
}

#[derive(Serialize)]
struct Requested {
    csr: PathBuf,
    key: PathBuf,
}

/// Makes both.
pub(super) fn run(args: &RequestArgs, lang: Lang) -> Done<Exit> {
    let profile = Profile::from(args.profile);
    issue::check_name(&args.name)?;
    let sans = issue::names(profile, &args.name, &args.san)?;
    let subject = ca::subject(&args.name, &args.org).map_err(|error| Misuse(error.to_string()))?;
    let key = match &args.key_file {
        Some(path) => {
            let pem = std::fs::read(path).map(zeroize::Zeroizing::new);
            let pem =
                pem.map_err(|source| KeyFileError::Unreadable { path: path.clone(), source })?;
            SigningKey::from_pem(&pem, None)
                .map_err(|source| KeyFileError::Unusable { path: path.clone(), source })?
        }
        None => SigningKey::generate(args.key_algorithm.into())?,
    };
    let request = ca::make_request(&subject, &sans, profile, &key)?;
    let made = Requested {
        csr: args.out.join(format!("{}.csr", args.name)),
        key: args.key_file.clone().unwrap_or_else(|| args.out.join(format!("{}.key", args.name))),
    };
    let pem = if args.key_file.is_none() { Some(key.to_pem(None)?) } else { None };
    let new_key = pem.as_ref().map(|pem| (made.key.as_path(), pem.as_bytes()));
    match ca::write_request(new_key, (&made.csr, request.as_bytes())) {
        Err(error @ ca::WriteError::Exists(_)) => return Err(Refusal(error.to_string()).into()),
        written => written?,
    }
    let mut out = io::stdout().lock();
    match args.output {
        Output::Json => listing::object(&mut out, &made)?,
        Output::Table => {
            let path = |path: &PathBuf| path.display().to_string();
            let request = (TreeWord::Request.in_lang(lang), path(&made.csr));
            let key = (TreeWord::PrivateKey.in_lang(lang), path(&made.key));
            listing::pairs(&mut out, &[request, key])?;
        }
    }
    out.flush()?;
    Ok(Exit::Fine)
}
