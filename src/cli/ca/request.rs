//! `ca request`: a key and a request, for a CA that is elsewhere.

use std::path::PathBuf;

use clap::Args;

use super::issue::Role;
use super::place::KeyKind;
use crate::cli::Done;
use crate::cli::exit::Exit;
use crate::message::Lang;
use crate::report::records::{self, Output};
use crate::workflow::ca::{RequestOptions, request};

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

/// Makes both.
pub(super) fn run(args: &RequestArgs, lang: Lang) -> Done<Exit> {
    let made = request(&RequestOptions {
        profile: args.profile.into(),
        name: args.name.clone(),
        sans: args.san.clone(),
        organizations: args.org.clone(),
        algorithm: args.key_algorithm.into(),
        key_file: args.key_file.clone(),
        out: args.out.clone(),
    })?;
    super::print(|out| records::requested(out, &made.csr, &made.key, args.output, lang))?;
    Ok(Exit::Fine)
}
