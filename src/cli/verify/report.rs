//! The verdict for people, and as JSON: one line, the paths tried as a tree, Go's words, and who disagrees.

use super::{Judged, KeyMatch, Output};
use crate::message::{self, FieldWord, Label, Lang, VerifyWord};
use crate::report::{lead, listing::harmless, pair};
use crate::x509::{Certificate, Field, ParseError, Place, Rejection};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;

pub(super) fn print(judged: &Judged, output: Output, lang: Lang) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match output {
        Output::Json => writeln!(out, "{}", json(judged)),
        Output::Simple => writeln!(out, "{}", verdict_line(judged, lang)),
        Output::Table => table(judged, &mut out, lang),
    }
}

/// A file whose certificate Go cannot parse: etcd refuses the whole file.
pub(super) fn unparseable(
    output: Output,
    file: &Path,
    index: usize,
    error: &ParseError,
    lang: Lang,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let (file, number) = (file.display(), index + 1);
    if output == Output::Json {
        let (offset, field) = (error.offset, error.field.to_string());
        let at = json!({"file": file.to_string(), "certificate": number, "offset": offset, "field": field});
        return writeln!(
            out,
            "{}",
            json!({"accept": false, "reason": "parse-error", "error": error.message, "at": at})
        );
    }
    let (file, number) = (file.to_string(), number.to_string());
    let place = message::filled(VerifyWord::UnparsedIn.in_lang(lang), &[&file, &number]);
    let verdict = pair(VerifyWord::Rejected.in_lang(lang), &place, lang);
    writeln!(out, "{}", harmless(&verdict))?;
    if output == Output::Table {
        let said = pair(Label::GoSays.in_lang(lang), &error.message, lang);
        let (field, offset) = (field(error.field, lang), error.offset.to_string());
        let place = message::filled(VerifyWord::AtByte.in_lang(lang), &[field, &offset]);
        writeln!(out, "  {}\n  {place}", harmless(&said))?;
    }
    Ok(())
}

fn field(field: Field, lang: Lang) -> &'static str {
    let word = match field {
        Field::Certificate => FieldWord::Certificate,
        Field::Version => FieldWord::Version,
        Field::SerialNumber => FieldWord::SerialNumber,
        Field::SignatureAlgorithm => FieldWord::SignatureAlgorithm,
        Field::Name => FieldWord::Name,
        Field::Validity => FieldWord::Validity,
        Field::PublicKey => FieldWord::PublicKey,
        Field::Extensions => FieldWord::Extensions,
        Field::Signature => FieldWord::Signature,
        Field::RevocationList => FieldWord::RevocationList,
    };
    word.in_lang(lang)
}

fn verdict_line(judged: &Judged, lang: Lang) -> String {
    let (verdict, about) = match refusal(judged, lang) {
        None => (VerifyWord::Accepted, judged.leaf.subject()),
        Some((reason, at)) => {
            let about = message::filled(VerifyWord::RejectedAt.in_lang(lang), &[reason, &at]);
            (VerifyWord::Rejected, about)
        }
    };
    harmless(&pair(verdict.in_lang(lang), &about, lang)).into_owned()
}

/// The first reason to refuse, in the order in which etcd would meet them, and whom it concerns.
fn refusal(judged: &Judged, lang: Lang) -> Option<(&'static str, String)> {
    if let Err(rejection) = &judged.verification.outcome {
        return Some((rejection.reason.word(), name(judged, rejection.at, lang)));
    }
    match (judged.key, &judged.revocation) {
        (Some(KeyMatch::Differs), _) => Some(("key-mismatch", judged.leaf.subject())),
        (Some(KeyMatch::Unreadable), _) => Some(("key-unreadable", judged.leaf.subject())),
        (_, Some(Err(_))) => Some(("revoked", judged.leaf.subject())),
        _ if matches!(judged.identity, Some(Err(_))) => {
            Some(("spiffe-id-mismatch", judged.leaf.subject()))
        }
        _ => None,
    }
}

fn table(judged: &Judged, out: &mut impl Write, lang: Lang) -> io::Result<()> {
    writeln!(out, "{}", verdict_line(judged, lang))?;
    let mut said =
        |label: &str, value: &str| writeln!(out, "  {}", harmless(&pair(label, value, lang)));
    if let Err(rejection) = &judged.verification.outcome {
        said(Label::GoSays.in_lang(lang), &rejection.message)?;
        if let (Some(expected), Some(presented)) = (&rejection.expected, &rejection.presented) {
            said(Label::Expected.in_lang(lang), &expected.say(lang))?;
            let nothing = VerifyWord::Nothing.in_lang(lang);
            let presented = presented.say(lang);
            let presented = if presented.is_empty() { nothing } else { &presented };
            said(Label::Presented.in_lang(lang), presented)?;
        }
    }
    match judged.key {
        Some(KeyMatch::Differs) => said(VerifyWord::KeyDiffers.in_lang(lang), "")?,
        Some(KeyMatch::Unreadable) => said(VerifyWord::KeyUnreadable.in_lang(lang), "")?,
        Some(KeyMatch::Matches) | None => {}
    }
    if let Some(Err(revoked)) = &judged.revocation {
        said(VerifyWord::EtcdSays.in_lang(lang), revoked)?;
    }
    if let Some(Err(other)) = &judged.identity {
        said("SPIFFE", &other.say(lang))?;
    }
    writeln!(out, "{}", lead(VerifyWord::PathsTried.in_lang(lang), lang).trim_end())?;
    Tree::grow(judged).draw(judged, lang, "  ", "  ", out)?;
    match (&judged.second_opinion, judged.verification.outcome.is_ok()) {
        (Err(why), true) => {
            writeln!(out, "{}", pair(VerifyWord::RustlsRefuses.in_lang(lang), why, lang))
        }
        (Ok(()), false) => writeln!(out, "{}", VerifyWord::RustlsAccepts.in_lang(lang)),
        _ => Ok(()),
    }
}

/// The paths with their common beginnings put together.
struct Tree<'a> {
    place: Place,
    ends: Vec<&'a Result<(), Rejection>>,
    children: Vec<Self>,
}

impl<'a> Tree<'a> {
    fn grow(judged: &'a Judged) -> Self {
        let mut root = Self { place: Place::Leaf, ends: Vec::new(), children: Vec::new() };
        for path in &judged.verification.paths {
            let mut node = &mut root;
            for &place in path.links.iter().skip(1) {
                let index = node
                    .children
                    .iter()
                    .position(|child| child.place == place)
                    .unwrap_or_else(|| {
                        node.children.push(Self { place, ends: Vec::new(), children: Vec::new() });
                        node.children.len() - 1
                    });
                node = &mut node.children[index];
            }
            node.ends.push(&path.end);
        }
        root
    }

    /// One line for this certificate after `indent`, and its issuers, each after `below` and a branch.
    fn draw(
        &self,
        judged: &Judged,
        lang: Lang,
        indent: &str,
        below: &str,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let kind = match self.place {
            Place::Leaf => VerifyWord::Leaf,
            Place::Intermediate(_) => VerifyWord::Intermediate,
            Place::Anchor(_) => VerifyWord::Anchor,
        };
        let mut line = format!("{} {}", kind.in_lang(lang), name(judged, self.place, lang));
        for end in &self.ends {
            let end = match end {
                Ok(()) => VerifyWord::Trusted.in_lang(lang).to_owned(),
                Err(rejection) => pair(rejection.reason.word(), &rejection.message, lang),
            };
            line.extend(["  [", &end, "]"]);
        }
        writeln!(out, "{indent}{}", harmless(&line))?;
        self.children.iter().enumerate().try_for_each(|(index, child)| {
            let last = index + 1 == self.children.len();
            child.draw(
                judged,
                lang,
                &format!("{below}{}", if last { "└─ " } else { "├─ " }),
                &format!("{below}{}", if last { "   " } else { "│  " }),
                out,
            )
        })
    }
}

fn certificate(judged: &Judged, place: Place) -> Option<&Certificate> {
    match place {
        Place::Leaf => Some(&judged.leaf),
        Place::Intermediate(index) => judged.intermediates.get(index),
        Place::Anchor(index) => judged.anchors.get(index),
    }
}

fn name(judged: &Judged, place: Place, lang: Lang) -> String {
    let Some(certificate) = certificate(judged, place) else { return String::new() };
    let subject = certificate.subject();
    if subject.is_empty() {
        format!("{} {}", Label::Serial.in_lang(lang), certificate.serial_hex())
    } else {
        subject
    }
}

fn json(judged: &Judged) -> Value {
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
        "accept": judged.is_accepted(),
        "reason": refusal(judged, Lang::En).map_or("ok", |(reason, _)| reason),
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
