//! Tells what was made: a block for one certificate, a line each for many, one JSON object each.

use std::io::{self, Write};

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::place::Output;
use super::shared::Delivered;
use crate::ca::{Made, Profile, Record};
use crate::cli::exit::note;
use crate::message::{CaWord, Label, Lang, TreeWord};
use crate::report::listing;
use crate::x509::Certificate;

#[derive(Serialize)]
struct MadeView<'a> {
    cert: &'a std::path::Path,
    key: Option<&'a std::path::Path>,
    record: &'a Record,
    delivered: bool,
}

/// Writes what was made.
pub(super) fn tell(
    out: &mut impl Write,
    made: &[Made],
    output: Output,
    delivered: &Delivered,
    lang: Lang,
) -> io::Result<()> {
    match (output, made) {
        (Output::Json, _) => made.iter().try_for_each(|one| {
            let (cert, key) = (one.cert.as_path(), one.key.as_deref());
            let delivered = delivered.has(&one.record.cert_serial);
            listing::object(out, &MadeView { cert, key, record: &one.record, delivered })
        }),
        (Output::Table, [one]) => {
            let path = |path: &std::path::Path| path.display().to_string();
            let record = &one.record;
            let rows = [
                (CaWord::Issued.in_lang(lang), record.subject.clone()),
                (TreeWord::Role.in_lang(lang), role(record.profile, lang).to_owned()),
                (CaWord::Names.in_lang(lang), record.sans.join(", ")),
                (Label::Certificate.in_lang(lang), path(&one.cert)),
                (
                    TreeWord::PrivateKey.in_lang(lang),
                    one.key.as_deref().map(path).unwrap_or_default(),
                ),
                (Label::Serial.in_lang(lang), record.cert_serial.clone()),
                (Label::NotAfter.in_lang(lang), date(record.expires_at)),
                (CaWord::InsteadOf.in_lang(lang), record.supersedes.clone().unwrap_or_default()),
            ];
            listing::pairs(out, &rows)
        }
        (Output::Table, many) => {
            let row = |one: &Made| {
                let (cert, record) = (one.cert.display().to_string(), &one.record);
                vec![cert, record.cert_serial.clone(), date(record.expires_at)]
            };
            let rows: Vec<_> = many.iter().map(row).collect();
            let headings = [Label::Certificate, Label::Serial, Label::NotAfter];
            listing::columns(out, &headings.map(|word| word.in_lang(lang)), &rows)
        }
    }
}

/// What a certificate is for.
pub(in crate::cli) fn role(profile: Profile, lang: Lang) -> &'static str {
    let word = match profile {
        Profile::Client => TreeWord::Client,
        Profile::Server => TreeWord::Server,
        Profile::Peer => TreeWord::Peer,
    };
    word.in_lang(lang)
}

/// Says so when a certificate lives shorter than asked.
pub(super) fn note_shortened(made: &[Made], authority: &Certificate) {
    if made.iter().any(|one| one.shortened) {
        let until = date(authority.not_after.unix_timestamp());
        note(&format!("note: shortened to the end of the CA itself, {until}"));
    }
}

/// Unix seconds as RFC 3339.
pub(in crate::cli) fn date(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|when| when.format(&Rfc3339).ok())
        .unwrap_or_else(|| seconds.to_string())
}
