//! `ca check-rotation`: which certificates are due.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use time::OffsetDateTime;

use super::place::CaPlace;
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::Lang;
use crate::report::records::{self, Output};
use crate::workflow::{DueOptions, dated};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Certificates, or folders of them [default: the active records of the ledger]
    #[arg(value_name = "FILE|DIR")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: CaPlace,
    /// Due when less than this remains [default: 30d, or a third of its life if that is less]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    expires_within: Option<Duration>,
    /// How to print what is due; JSON is one object a line
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// Reports what is due.
pub(super) fn check(args: &CheckArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let now = OffsetDateTime::now_utc();
    let options = DueOptions { files: args.files.clone(), within: args.expires_within };
    let all = dated(&options, &args.place.site(stderr), now, &mut stderr.remarks())?;
    let summary =
        super::print(|out| records::due(out, &all, now.unix_timestamp(), args.output, lang))?;
    if args.output == Output::Json {
        Stderr::show(&summary);
    }
    Ok(if all.iter().any(|dated| dated.due) { Exit::Problem } else { Exit::Fine })
}
