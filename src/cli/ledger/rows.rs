//! Records for people: one a line in a list, one alone with all that is known of it.

use crate::ca::{Record, Status};
use crate::cli::ca::made::{date, role};
use crate::ledger::{Foreign, Shared};
use crate::message::{CaWord, Label, Lang, TreeWord, Word};

/// The headings of a list.
pub(super) fn headings(lang: Lang) -> [&'static str; 6] {
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
pub(super) fn row(record: &Shared, now: i64, lang: Lang) -> Vec<String> {
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
pub(super) fn details(record: &Shared, lang: Lang) -> Vec<(&'static str, String)> {
    match record {
        Shared::Ours(record) => of_ours(record, lang),
        Shared::Foreign(record) => of_foreign(record, lang),
    }
}

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
