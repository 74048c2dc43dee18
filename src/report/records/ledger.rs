//! Records: one a line in a list, one alone with all that is known of it, and what differs from them.

use std::io::{self, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Output, date, role, shown};
use crate::ca::{Record, Status};
use crate::ledger::{Difference, Foreign, Shared, Stored};
use crate::message::{CaWord, Label, Lang, PageWord, RecordMessage, Say as _, TreeWord, Word};
use crate::report::{Document, json, listing};

/// One record of either kind, as it is stored.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum SharedView<'a> {
    Ours(&'a Record),
    Foreign(&'a Foreign),
}

impl<'a> From<&'a Shared> for SharedView<'a> {
    fn from(record: &'a Shared) -> Self {
        match record {
            Shared::Ours(record) => Self::Ours(record),
            Shared::Foreign(record) => Self::Foreign(record),
        }
    }
}

/// The schemas of what is printed here for programs.
pub(super) fn documents() -> [Document; 4] {
    [
        Document::of_type::<SharedView<'_>>(
            "ledger-list-line",
            "A line of etcd-tls ledger list -o json",
        ),
        Document::of_type::<RecordView<'_>>(
            "ledger-show-line",
            "What etcd-tls ledger show -o json prints",
        ),
        Document::of_type::<SyncedView>(
            "ledger-sync-line",
            "What etcd-tls ledger sync -o json prints",
        ),
        Document::of_type::<DifferenceView<'_>>(
            "ledger-audit-line",
            "A line of etcd-tls ledger audit -o json",
        ),
    ]
}

/// A list of records.
pub fn records(
    out: &mut impl Write,
    records: &[Shared],
    now: i64,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    if output == Output::Json {
        let mut views = records.iter().map(SharedView::from);
        return views.try_for_each(|view| json::line(out, &view));
    }
    let rows: Vec<_> = records.iter().map(|record| row(record, now, lang)).collect();
    listing::columns(out, &headings(lang), &rows)
}

#[derive(Serialize, JsonSchema)]
struct RecordView<'a> {
    record: Option<&'a Record>,
    cert: Option<&'a Path>,
    key: Option<&'a Path>,
    delivered: bool,
    shared_key: Option<&'a str>,
    shared: Option<SharedView<'a>>,
}

/// One record, as it is here and as the shared ledger has it, with the key that it has there.
pub fn record(
    out: &mut impl Write,
    stored: Option<&Stored>,
    shared: Option<&(String, Shared)>,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    let shared_key = shared.map(|(key, _)| key.as_str());
    let cert = stored.and_then(|stored| stored.cert.as_deref());
    if output == Output::Json {
        let view = RecordView {
            record: stored.map(|stored| &stored.record),
            cert,
            key: stored.and_then(|stored| stored.key.as_deref()),
            delivered: stored.is_some_and(|stored| stored.delivered),
            shared_key,
            shared: shared.map(|(_, record)| record.into()),
        };
        return json::line(out, &view);
    }
    let mut rows = match (stored, shared) {
        (Some(stored), _) => of_ours(&stored.record, lang),
        (None, Some((_, Shared::Ours(record)))) => of_ours(record, lang),
        (None, Some((_, Shared::Foreign(record)))) => of_foreign(record, lang),
        (None, None) => Vec::new(),
    };
    rows.push((Label::Certificate.in_lang(lang), cert.map(shown).unwrap_or_default()));
    rows.push((CaWord::InEtcd.in_lang(lang), shared_key.unwrap_or_default().to_owned()));
    listing::pairs(out, &rows)
}

#[derive(Serialize, JsonSchema)]
struct SyncedView {
    delivered: usize,
    conflicts: usize,
}

/// How many records were delivered.
pub fn synced(
    out: &mut impl Write,
    delivered: usize,
    conflicts: usize,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    if output == Output::Json {
        return json::line(out, &SyncedView { delivered, conflicts });
    }
    let delivered = delivered.into();
    let done = match conflicts {
        0 => RecordMessage::Delivered { delivered },
        _ => RecordMessage::DeliveredInPart { delivered, conflicts: conflicts.into() },
    };
    writeln!(out, "{}", done.say(lang))
}

/// A difference as an object, always in English.
#[derive(Serialize, JsonSchema)]
struct DifferenceView<'a> {
    kind: &'static str,
    serial: &'a str,
    place: &'a str,
    detail: String,
}

/// What differs from so many records.
pub fn differences(
    out: &mut impl Write,
    differences: &[Difference],
    records: usize,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    let detail = |difference: &Difference, lang| difference.detail.message().say(lang);
    if output == Output::Json {
        return differences.iter().try_for_each(|difference| {
            let Difference { kind, serial, place, .. } = difference;
            let detail = detail(difference, Lang::En);
            json::line(out, &DifferenceView { kind, serial, place, detail })
        });
    }
    let row = |difference: &Difference| {
        let Difference { kind, serial, place, .. } = difference;
        vec![(*kind).to_owned(), serial.clone(), place.clone(), detail(difference, lang)]
    };
    let rows: Vec<_> = differences.iter().map(row).collect();
    let headings = [
        PageWord::Kind.in_lang(lang),
        Label::Serial.in_lang(lang),
        CaWord::Where.in_lang(lang),
        CaWord::Detail.in_lang(lang),
    ];
    listing::columns(out, &headings, &rows)?;
    let differences = differences.len().into();
    let audited = RecordMessage::Audited { records: records.into(), differences };
    writeln!(out, "{}", audited.say(lang))
}

/// The headings of a list.
fn headings(lang: Lang) -> [&'static str; 6] {
    [
        Label::Serial.in_lang(lang),
        TreeWord::Role.in_lang(lang),
        CaWord::Holder.in_lang(lang),
        CaWord::Names.in_lang(lang),
        Label::NotAfter.in_lang(lang),
        Word::State.in_lang(lang),
    ]
}

/// One line of a list.
fn row(record: &Shared, now: i64, lang: Lang) -> Vec<String> {
    match record {
        Shared::Ours(record) => vec![
            record.cert_serial.clone(),
            role(record.profile, lang).to_owned(),
            record.holder().to_owned(),
            if record.sans.is_empty() { record.subject.clone() } else { record.sans.join(", ") },
            date(record.expires_at),
            state(status(record.status), record.expires_at < now, lang),
        ],
        Shared::Foreign(record) => vec![
            record.cert_serial.clone(),
            String::new(),
            record.node_id.as_ref().or(record.service_name.as_ref()).cloned().unwrap_or_default(),
            String::new(),
            date(record.expires_at),
            state(CaWord::OfOtherTool, record.expires_at < now, lang),
        ],
    }
}

/// All that a record says; what it leaves out is empty.
fn of_ours(record: &Record, lang: Lang) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        (Label::Serial.in_lang(lang), record.cert_serial.clone()),
        (Word::State.in_lang(lang), status(record.status).in_lang(lang).to_owned()),
        (Label::Subject.in_lang(lang), record.subject.clone()),
        (TreeWord::Role.in_lang(lang), role(record.profile, lang).to_owned()),
        (CaWord::Names.in_lang(lang), record.sans.join(", ")),
        (CaWord::Cluster.in_lang(lang), record.cluster_id.clone()),
        (CaWord::Node.in_lang(lang), text(&record.node_id)),
        (CaWord::Service.in_lang(lang), text(&record.service_name)),
        (CaWord::IssuedAt.in_lang(lang), date(record.issued_at)),
        (Label::NotAfter.in_lang(lang), date(record.expires_at)),
        (CaWord::RevokedAt.in_lang(lang), record.revoked_at.map(date).unwrap_or_default()),
        (CaWord::Reason.in_lang(lang), text(&record.reason)),
        (CaWord::InsteadOf.in_lang(lang), text(&record.supersedes)),
        (Label::Issuer.in_lang(lang), record.issuer.clone()),
        (Label::Fingerprint.in_lang(lang), record.cert_sha256.clone()),
        (TreeWord::PublicKeyDigest.in_lang(lang), record.spki_sha256.clone()),
        (CaWord::CaDigest.in_lang(lang), record.ca_sha256.clone()),
    ]
}

fn of_foreign(record: &Foreign, lang: Lang) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        (Label::Serial.in_lang(lang), record.cert_serial.clone()),
        (Word::State.in_lang(lang), CaWord::OfOtherTool.in_lang(lang).to_owned()),
        (CaWord::Cluster.in_lang(lang), text(&record.cluster_id)),
        (CaWord::Node.in_lang(lang), text(&record.node_id)),
        (CaWord::Service.in_lang(lang), text(&record.service_name)),
        (CaWord::IssuedAt.in_lang(lang), date(record.issued_at)),
        (Label::NotAfter.in_lang(lang), date(record.expires_at)),
    ]
}

fn status(status: Status) -> CaWord {
    match status {
        Status::Active => CaWord::Active,
        Status::Superseded => CaWord::Superseded,
        Status::Revoked => CaWord::Revoked,
    }
}

fn state(word: CaWord, is_expired: bool, lang: Lang) -> String {
    let word = word.in_lang(lang);
    if !is_expired {
        return word.to_owned();
    }
    let comma = match lang {
        Lang::En => ", ",
        Lang::Ja => "、",
        Lang::Zh => "，",
    };
    format!("{word}{comma}{}", Word::Expired.in_lang(lang))
}
