//! Tells what was made: a block for one certificate, a line each for many, one JSON object each.

use std::io::{self, Write};

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::place::Output;
use super::shared::Delivered;
use crate::ca::{Made, Record};
use crate::cli::exit::note;
use crate::report::listing;
use crate::trust::Certificate;

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
                ("issued", format!("{} ({})", record.subject, record.profile)),
                ("names", record.sans.join(", ")),
                ("certificate", path(&one.cert)),
                ("key", one.key.as_deref().map(path).unwrap_or_default()),
                ("serial", record.cert_serial.clone()),
                ("valid until", date(record.expires_at)),
                ("instead of", record.supersedes.clone().unwrap_or_default()),
            ];
            let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
            let rows: Vec<_> = rows.map(|(label, value)| vec![label.to_owned(), value]).collect();
            listing::pairs(out, &rows)
        }
        (Output::Table, many) => {
            let row = |one: &Made| {
                let (cert, record) = (one.cert.display().to_string(), &one.record);
                vec![cert, record.cert_serial.clone(), date(record.expires_at)]
            };
            let rows: Vec<_> = many.iter().map(row).collect();
            listing::columns(out, &["CERTIFICATE", "SERIAL", "VALID UNTIL"], &rows)
        }
    }
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
