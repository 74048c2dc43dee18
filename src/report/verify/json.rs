//! The verdict on one certificate as JSON.

use serde_json::{Value, json};

use super::text::name;
use crate::{
    facts::{Judged, KeyMatch, Unparsed},
    message::Lang,
    x509::{Place, Rejection},
};

/// A file whose certificate Go can't parse.
pub(super) fn unparsed(unparsed: &Unparsed) -> Value {
    let Unparsed { file, number, error } = unparsed;
    let field = error.field.to_string();
    let at = json!({"file": file, "certificate": number, "offset": error.offset, "field": field});
    json!({"accept": false, "reason": "parse-error", "error": error.message, "at": at})
}

/// The verdict as one object.
pub(super) fn judged(judged: &Judged) -> Value {
    let outcome = &judged.verification.outcome;
    let paths: Vec<Value> = judged
        .verification
        .paths
        .iter()
        .map(|path| {
            let links: Vec<Value> = path.links.iter().map(|place| link(judged, *place)).collect();
            let end = path.end.as_ref().err().map(|rejection| refused(judged, rejection));
            json!({"links": links, "rejection": end})
        })
        .collect();
    json!({
        "accept": judged.refusal().is_none(),
        "reason": judged.refusal().map_or("ok", |(reason, _)| reason),
        "error": outcome.as_ref().err().map(|rejection| rejection.message.as_str()),
        "rejection": outcome.as_ref().err().map(|rejection| refused(judged, rejection)),
        "paths": paths,
        "key_matches": judged.key.map(|key| key == KeyMatch::Matches),
        "spiffe": judged.identity.as_ref().map(|checked| checked.as_ref().err().map(ToString::to_string)),
        "revocation": judged.revocation.as_ref().map(|checked| checked.as_ref().err()),
        "rustls": {"accept": judged.second_opinion.is_ok(), "error": judged.second_opinion.as_ref().err()},
    })
}

fn refused(judged: &Judged, rejection: &Rejection) -> Value {
    json!({
        "reason": rejection.reason.word(),
        "at": link(judged, rejection.at),
        "message": rejection.message,
        "expected": rejection.expected,
        "presented": rejection.presented,
    })
}

fn link(judged: &Judged, place: Place) -> Value {
    let (kind, index) = match place {
        Place::Leaf => ("leaf", None),
        Place::Intermediate(index) => ("intermediate", Some(index)),
        Place::Anchor(index) => ("anchor", Some(index)),
    };
    json!({"kind": kind, "index": index, "subject": name(judged, place, Lang::En)})
}
