//! `ca init`: a new CA in a directory of its own.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::place::{CaPlace, KeyKind};
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::Lang;
use crate::report::records::{self, Output};
use crate::workflow::ca::{InitOptions, init, restore};

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    #[command(flatten)]
    place: CaPlace,
    /// The CA's name
    #[arg(long, value_name = "NAME", required_unless_present = "restore")]
    cn: Option<String>,
    /// Make only the CA's certificate again, which is lost, from its key and a certificate that it issued
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cn", "org", "intermediate", "encrypt"])]
    restore: Option<PathBuf>,
    /// Organization in the CA's name; may be given several times
    #[arg(long, value_name = "NAME")]
    org: Vec<String>,
    /// Also make an intermediate of this name, which issues; the root goes to root.crt and root.key
    #[arg(long, value_name = "NAME")]
    intermediate: Option<String>,
    /// How long it lives
    #[arg(long, value_name = "DURATION", default_value = "3650d", value_parser = duration)]
    ttl: Duration,
    /// How many CAs may stand below the one that issues
    #[arg(long, value_name = "N", default_value_t = 0)]
    path_length: u8,
    /// The CA's key
    #[arg(long, value_enum, default_value_t = KeyKind::P256, value_name = "KIND")]
    key_algorithm: KeyKind,
    /// Encrypt the CA's key, asking for a passphrase unless --ca-passphrase-file or the environment gives it
    #[arg(long)]
    encrypt: bool,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// Makes the CA.
pub(super) fn run(args: &InitArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    if let Some(issued) = &args.restore {
        let created = restore(issued, args.ttl, args.place.options(stderr))?;
        super::print(|out| records::created(out, &created, args.output, lang))?;
        return Ok(Exit::Fine);
    }
    let options = InitOptions {
        common_name: args.cn.clone().unwrap_or_default(),
        organizations: args.org.clone(),
        intermediate: args.intermediate.clone(),
        ttl: args.ttl,
        path_length: args.path_length,
        algorithm: args.key_algorithm.into(),
        encrypt: args.encrypt,
    };
    let created = init(&options, args.place.options(stderr), &mut stderr.remarks())?;
    super::print(|out| records::created(out, &created, args.output, lang))?;
    Ok(Exit::Fine)
}
