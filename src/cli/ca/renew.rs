//! `ca renew`: the same names and role, a new key, new dates; the old pair keeps a second name.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::issue::Role;
use super::place::{CaPlace, KeyKind};
use super::shared::{self, SharedLedger};
use crate::ca::{self, Profile, Renewal};
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::{Lang, Say as _};
use crate::report::records::Output;
use crate::workflow::Failure;
use crate::workflow::ca::{RenewOptions, renew};
use crate::x509::San;

#[derive(Debug, Args)]
pub(super) struct RenewArgs {
    /// The certificate to renew
    file: PathBuf,
    #[command(flatten)]
    place: CaPlace,
    /// The certificate's key [default: the file beside it that fits]
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Make a new key at --key-file, whatever lies there: a key that is lost, or of another certificate
    #[arg(long, requires = "key_file", conflicts_with = "keep_key")]
    new_key: bool,
    #[command(flatten)]
    renewal: RenewalArgs,
    /// A name to add to those that it has; may be given several times
    #[arg(long, value_name = "IP-or-DNS", value_delimiter = ',', value_parser = name)]
    san: Vec<San>,
    /// Another CN than before, and nothing else in the subject
    #[arg(long, value_name = "NAME")]
    cn: Option<String>,
    /// What it is for from now on [default: as before]
    #[arg(long, value_enum, value_name = "client|server|peer")]
    profile: Option<Role>,
    /// Renew a certificate of another CA too, with the names and usages that it has
    #[arg(long)]
    any_issuer: bool,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// How to renew, for `ca renew` and `ca rotate` alike.
#[derive(Debug, Args, Clone)]
pub(super) struct RenewalArgs {
    /// How long the new certificate lives [default: as long as the old one]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    ttl: Option<Duration>,
    /// Keep the key: only the certificate is replaced, with no moment in which the two differ
    #[arg(long)]
    keep_key: bool,
    /// The kind of key to make [default: as before]
    #[arg(long, value_enum, value_name = "KIND", conflicts_with = "keep_key")]
    key_algorithm: Option<KeyKind>,
}

impl RenewalArgs {
    pub(super) fn renewal(&self) -> Renewal {
        let algorithm = self.key_algorithm.map(Into::into);
        Renewal { ttl: self.ttl, keep_key: self.keep_key, algorithm, ..Renewal::default() }
    }
}

fn subject(cn: &str) -> Result<Vec<u8>, Failure> {
    ca::subject(cn, &[]).map_err(|error| Failure::misuse(error.message()))
}

fn name(text: &str) -> Result<San, Failure> {
    ca::san(text).map_err(|error| Failure::misuse(error.message()))
}

/// Renews.
pub(super) fn run(args: &RenewArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let options = RenewOptions {
        file: args.file.clone(),
        key_file: args.key_file.clone(),
        new_key: args.new_key,
        renewal: Renewal {
            sans: args.san.clone(),
            profile: args.profile.map(Profile::from),
            subject: args.cn.as_deref().map(subject).transpose()?,
            ..args.renewal.renewal()
        },
        any_issuer: args.any_issuer,
    };
    let (site, ledger) = (args.place.site(stderr), args.shared.open(stderr)?);
    let issued = shared::run(renew(&options, &site, &ledger, &mut stderr.remarks()))??;
    super::print_issued(issued, args.output, lang)
}
