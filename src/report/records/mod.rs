//! What the CA and its ledger did or hold: certificates that were issued or are due, records, differences. Tables for people, in their
//! language; one JSON object a certificate or record for programs, the same in each.

mod authority;
mod issued;
mod ledger;

pub use authority::{created, revocation_list, revoked, rolled_over};
pub use issued::{due, issued, missing, requested};
pub use ledger::{differences, record, records, synced};

use std::{iter, path::Path};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::ca::Profile;
use crate::message::{Lang, TreeWord};
use crate::report::Document;

/// The schemas of what is printed here for programs.
pub(super) fn documents() -> impl Iterator<Item = Document> {
    iter::empty()
        .chain(authority::documents())
        .chain(issued::documents())
        .chain(ledger::documents())
}

/// How records are written: in rows for people, or an object a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Output {
    // What is documented here is shown by --help, where the names say enough.
    Table,
    #[value(alias = "ndjson")]
    Json,
}

/// What a certificate is for.
fn role(profile: Profile, lang: Lang) -> &'static str {
    let word = match profile {
        Profile::Client => TreeWord::Client,
        Profile::Server => TreeWord::Server,
        Profile::Peer => TreeWord::Peer,
    };
    word.in_lang(lang)
}

/// Unix seconds as RFC 3339.
fn date(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|when| when.format(&Rfc3339).ok())
        .unwrap_or_else(|| seconds.to_string())
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
