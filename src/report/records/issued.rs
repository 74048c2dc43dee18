//! Certificates that were issued, are due, or are missing.

use std::io::{self, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Output, date, role, shown};
use crate::ca::{Dated, Made, MissingPair, Profile, Record};
use crate::message::{CaWord, Label, Lang, RecordMessage, TreeWord, Word};
use crate::report::{Document, json, listing};

#[derive(Serialize, JsonSchema)]
struct IssuedView<'a> {
    cert: &'a Path,
    key: Option<&'a Path>,
    record: &'a Record,
    delivered: bool,
}

/// The schemas of what is printed here for programs.
pub(super) fn documents() -> [Document; 4] {
    [
        Document::of_type::<IssuedView<'_>>(
            "ca-issue-line",
            "A line of etcd-tls ca issue, sign, renew and rotate -o json",
        ),
        Document::of_type::<Dated>(
            "ca-check-rotation-line",
            "A line of etcd-tls ca check-rotation -o json",
        ),
        Document::of_type::<MissingView<'_>>(
            "ca-missing-line",
            "A line of etcd-tls ca missing -o json",
        ),
        Document::of_type::<RequestedView<'_>>(
            "ca-request-line",
            "What etcd-tls ca request -o json prints",
        ),
    ]
}

/// What was issued: a block for one certificate, a line each for many. `is_delivered` knows by its serial what the shared ledger has.
pub fn issued(
    out: &mut impl Write,
    made: &[Made],
    is_delivered: impl Fn(&str) -> bool,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    match (output, made) {
        (Output::Json, _) => made.iter().try_for_each(|made| {
            let (cert, key) = (made.cert.as_path(), made.key.as_deref());
            let delivered = is_delivered(&made.record.cert_serial);
            json::line(out, &IssuedView { cert, key, record: &made.record, delivered })
        }),
        (Output::Table, [made]) => {
            let record = &made.record;
            let key = made.key.as_deref().map(shown).unwrap_or_default();
            let rows = [
                (CaWord::Issued.in_lang(lang), record.subject.clone()),
                (TreeWord::Role.in_lang(lang), role(record.profile, lang).to_owned()),
                (CaWord::Names.in_lang(lang), record.sans.join(", ")),
                (Label::Certificate.in_lang(lang), shown(&made.cert)),
                (TreeWord::PrivateKey.in_lang(lang), key),
                (Label::Serial.in_lang(lang), record.cert_serial.clone()),
                (Label::NotAfter.in_lang(lang), date(record.expires_at)),
                (CaWord::InsteadOf.in_lang(lang), record.supersedes.clone().unwrap_or_default()),
            ];
            listing::pairs(out, &rows)
        }
        (Output::Table, many) => {
            let row = |made: &Made| {
                let record = &made.record;
                vec![shown(&made.cert), record.cert_serial.clone(), date(record.expires_at)]
            };
            let rows: Vec<_> = many.iter().map(row).collect();
            let headings = [Label::Certificate, Label::Serial, Label::NotAfter];
            listing::columns(out, &headings.map(|word| word.in_lang(lang)), &rows)
        }
    }
}

/// What is due of all that was looked at. Returns the summary, which a table ends with.
pub fn due(
    out: &mut impl Write,
    all: &[Dated],
    now: i64,
    output: Output,
    lang: Lang,
) -> io::Result<String> {
    let due: Vec<&Dated> = all.iter().filter(|dated| dated.due).collect();
    let (count, total) = (due.len().into(), all.len().into());
    let summary = match all.iter().filter(|dated| !dated.due).map(|dated| dated.due_at).min() {
        _ if all.is_empty() => RecordMessage::NothingFound,
        Some(next) => RecordMessage::DueNext { due: count, total, next: date(next).into() },
        None => RecordMessage::DueAll { due: count, total },
    };
    let summary = summary.say(lang);
    if output == Output::Json {
        due.iter().try_for_each(|dated| json::line(out, dated))?;
        return Ok(summary);
    }
    let row = |dated: &&Dated| {
        let is_expired = dated.expires_at < now;
        let expired = || Word::Expired.in_lang(lang);
        let when = if is_expired { expired() } else { CaWord::DueNow.in_lang(lang) };
        let what = dated.path.as_deref().map_or_else(|| dated.serial.clone(), shown);
        vec![when.to_owned(), what, dated.subject.clone(), date(dated.expires_at)]
    };
    let rows: Vec<_> = due.iter().map(row).collect();
    let headings = [
        CaWord::Due.in_lang(lang),
        Label::Certificate.in_lang(lang),
        Label::Subject.in_lang(lang),
        Label::NotAfter.in_lang(lang),
    ];
    listing::columns(out, &headings, &rows)?;
    writeln!(out, "{summary}")?;
    Ok(summary)
}

#[derive(Serialize, JsonSchema)]
struct MissingView<'a> {
    profile: Profile,
    name: &'a str,
    sans: Vec<String>,
    cert: &'a Path,
    key: &'a Path,
    named_by: &'a str,
}

/// Pairs that a configuration names and that do not exist.
pub fn missing(
    out: &mut impl Write,
    pairs: &[MissingPair],
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    let names = |pair: &MissingPair| pair.sans.iter().map(ToString::to_string).collect::<Vec<_>>();
    if output == Output::Json {
        return pairs.iter().try_for_each(|pair| {
            let MissingPair { profile, name, cert, key, named_by, .. } = pair;
            let (profile, sans) = (*profile, names(pair));
            json::line(out, &MissingView { profile, name, sans, cert, key, named_by })
        });
    }
    let row = |pair: &MissingPair| {
        let role = role(pair.profile, lang).to_owned();
        vec![role, shown(&pair.cert), names(pair).join(", "), pair.named_by.clone()]
    };
    let rows: Vec<_> = pairs.iter().map(row).collect();
    let headings = [
        TreeWord::Role.in_lang(lang),
        Label::Certificate.in_lang(lang),
        CaWord::Names.in_lang(lang),
        Label::GivenBy.in_lang(lang),
    ];
    listing::columns(out, &headings, &rows)
}

#[derive(Serialize, JsonSchema)]
struct RequestedView<'a> {
    csr: &'a Path,
    key: &'a Path,
}

/// A request that was made, and its key.
pub fn requested(
    out: &mut impl Write,
    csr: &Path,
    key: &Path,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    if output == Output::Json {
        return json::line(out, &RequestedView { csr, key });
    }
    let request = (TreeWord::Request.in_lang(lang), shown(csr));
    listing::pairs(out, &[request, (TreeWord::PrivateKey.in_lang(lang), shown(key))])
}
