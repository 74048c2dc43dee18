//! The verdict on one certificate as JSON, and the line of a conformance case.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::text::name;
use crate::{
    facts::{CaseVerdict, Judged, KeyMatch, Unparsed, Verified},
    message::{Lang, Value},
    report::{Document, json},
    x509::{Place, Rejection},
};

const SCHEMA: &str = "etcd-tls/verify/v1";

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum View<'a> {
    Judged(JudgedView<'a>),
    Unparsed(UnparsedView<'a>),
}

#[derive(Serialize, JsonSchema)]
struct JudgedView<'a> {
    schema: &'static str,
    accept: bool,
    /// `ok`, or the reason's word.
    reason: &'a str,
    /// Go's text.
    error: Option<&'a str>,
    rejection: Option<RejectionView<'a>>,
    paths: Vec<PathView<'a>>,
    key_matches: Option<bool>,
    spiffe: Option<String>,
    revocation: Option<&'a str>,
    rustls: OpinionView<'a>,
}

/// A file whose certificate Go can't parse.
#[derive(Serialize, JsonSchema)]
struct UnparsedView<'a> {
    schema: &'static str,
    accept: bool,
    reason: &'static str,
    error: &'a str,
    at: ByteView<'a>,
}

#[derive(Serialize, JsonSchema)]
struct ByteView<'a> {
    file: &'a str,
    /// Which of the file's certificates, counted from 1.
    certificate: usize,
    offset: usize,
    field: String,
}

#[derive(Serialize, JsonSchema)]
struct PathView<'a> {
    links: Vec<LinkView>,
    rejection: Option<RejectionView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct LinkView {
    kind: &'static str,
    index: Option<usize>,
    subject: String,
}

#[derive(Serialize, JsonSchema)]
struct RejectionView<'a> {
    reason: &'static str,
    at: LinkView,
    message: &'a str,
    expected: Option<&'a Value>,
    presented: Option<&'a Value>,
}

/// What rustls makes of it.
#[derive(Serialize, JsonSchema)]
struct OpinionView<'a> {
    accept: bool,
    error: Option<&'a str>,
}

/// The schemas of what `verify` prints.
pub(in crate::report) fn documents() -> [Document; 2] {
    [
        Document::of_type::<View<'_>>("verify", "What etcd-tls verify -o json prints"),
        Document::of_type::<CaseVerdict>("verify-cases-line", "A line of etcd-tls verify --cases"),
    ]
}

/// Writes the verdict as one document.
pub(super) fn write(out: &mut impl Write, verified: &Verified) -> io::Result<()> {
    let view = match verified {
        Verified::Judged(judged) => View::Judged(of_judged(judged)),
        Verified::Unparsed(unparsed) => View::Unparsed(of_unparsed(unparsed)),
    };
    json::document(out, &view)
}

fn of_unparsed(unparsed: &Unparsed) -> UnparsedView<'_> {
    let Unparsed { file, number, error } = unparsed;
    let at = ByteView {
        file,
        certificate: *number,
        offset: error.offset,
        field: error.field.to_string(),
    };
    let (reason, error) = ("parse-error", error.message.as_str());
    UnparsedView { schema: SCHEMA, accept: false, reason, error, at }
}

fn of_judged(judged: &Judged) -> JudgedView<'_> {
    let rejection = judged.verification.outcome.as_ref().err();
    let refused = |rejection| refused(judged, rejection);
    let paths = judged.verification.paths.iter().map(|path| PathView {
        links: path.links.iter().map(|place| link(judged, *place)).collect(),
        rejection: path.end.as_ref().err().map(refused),
    });
    let refused_identity = judged.identity.as_ref().and_then(|checked| checked.as_ref().err());
    let revoked = judged.revocation.as_ref().and_then(|checked| checked.as_ref().err());
    JudgedView {
        schema: SCHEMA,
        accept: judged.refusal().is_none(),
        reason: judged.refusal().map_or("ok", |(reason, _)| reason),
        error: rejection.map(|rejection| rejection.message.as_str()),
        rejection: rejection.map(refused),
        paths: paths.collect(),
        key_matches: judged.key.map(|key| key == KeyMatch::Matches),
        spiffe: refused_identity.map(ToString::to_string),
        revocation: revoked.map(String::as_str),
        rustls: OpinionView {
            accept: judged.second_opinion.is_ok(),
            error: judged.second_opinion.as_ref().err().map(String::as_str),
        },
    }
}

fn refused<'a>(judged: &Judged, rejection: &'a Rejection) -> RejectionView<'a> {
    RejectionView {
        reason: rejection.reason.word(),
        at: link(judged, rejection.at),
        message: &rejection.message,
        expected: rejection.expected.as_ref(),
        presented: rejection.presented.as_ref(),
    }
}

fn link(judged: &Judged, place: Place) -> LinkView {
    let (kind, index) = match place {
        Place::Leaf => ("leaf", None),
        Place::Intermediate(index) => ("intermediate", Some(index)),
        Place::Anchor(index) => ("anchor", Some(index)),
    };
    LinkView { kind, index, subject: name(judged, place, Lang::En) }
}
