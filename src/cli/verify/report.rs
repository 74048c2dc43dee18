//! The verdict for people, and as JSON: one line, the paths tried as a tree, Go's words, and who disagrees.

use super::{Failure, Judged, KeyMatch, Output};
use crate::trust::{Certificate, ParseError, Place, Rejection};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;

pub(super) fn failure(failure: &Failure) {
    let _ = writeln!(io::stderr(), "etcd-tls: {failure}");
}

pub(super) fn print(judged: &Judged, output: Output) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match output {
        Output::Json => writeln!(out, "{}", json(judged)),
        Output::Simple => writeln!(out, "{}", verdict_line(judged)),
        Output::Table => table(judged, &mut out),
    }
}

/// A file whose certificate Go cannot parse: etcd refuses the whole file.
pub(super) fn unparseable(
    output: Output,
    file: &Path,
    index: usize,
    error: &ParseError,
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
    writeln!(out, "rejected: parse-error in {file}, certificate {number}")?;
    if output == Output::Table {
        writeln!(out, "  Go says: {}", error.message)?;
        writeln!(out, "  {} at byte {}", error.field, error.offset)?;
    }
    Ok(())
}

fn verdict_line(judged: &Judged) -> String {
    match refusal(judged) {
        None => format!("accepted: {}", judged.leaf.subject()),
        Some((reason, at)) => format!("rejected: {reason} at {at}"),
    }
}

/// The first reason to refuse, in the order in which etcd would meet them, and whom it concerns.
fn refusal(judged: &Judged) -> Option<(&'static str, String)> {
    if let Err(rejection) = &judged.verification.outcome {
        return Some((rejection.reason.word(), name(judged, rejection.at)));
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

fn table(judged: &Judged, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", verdict_line(judged))?;
    if let Err(rejection) = &judged.verification.outcome {
        writeln!(out, "  Go says: {}", rejection.message)?;
        if let (Some(expected), Some(presented)) = (&rejection.expected, &rejection.presented) {
            writeln!(out, "  expected: {expected}")?;
            writeln!(
                out,
                "  presented: {}",
                if presented.is_empty() { "nothing" } else { presented }
            )?;
        }
    }
    let about_key = match judged.key {
        Some(KeyMatch::Differs) => "  the private key belongs to another certificate\n",
        Some(KeyMatch::Unreadable) => "  the private key cannot be read\n",
        Some(KeyMatch::Matches) | None => "",
    };
    write!(out, "{about_key}")?;
    if let Some(Err(revoked)) = &judged.revocation {
        writeln!(out, "  etcd says: {revoked}")?;
    }
    if let Some(Err(other)) = &judged.identity {
        writeln!(out, "  SPIFFE: {other}")?;
    }
    writeln!(out, "paths tried:")?;
    Tree::grow(judged).draw(judged, "  ", "  ", out)?;
    match (&judged.second_opinion, judged.verification.outcome.is_ok()) {
        (Err(why), true) => writeln!(out, "rustls would refuse it: {why}"),
        (Ok(()), false) => writeln!(out, "rustls would accept it"),
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
        indent: &str,
        below: &str,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let kind = match self.place {
            Place::Leaf => "leaf",
            Place::Intermediate(_) => "intermediate",
            Place::Anchor(_) => "anchor",
        };
        write!(out, "{indent}{kind} {}", name(judged, self.place))?;
        for end in &self.ends {
            match end {
                Ok(()) => write!(out, "  [trusted]")?,
                Err(rejection) => write!(out, "  [{}: {}]", rejection.reason, rejection.message)?,
            }
        }
        writeln!(out)?;
        self.children.iter().enumerate().try_for_each(|(index, child)| {
            let last = index + 1 == self.children.len();
            child.draw(
                judged,
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

fn name(judged: &Judged, place: Place) -> String {
    let Some(certificate) = certificate(judged, place) else { return String::new() };
    let subject = certificate.subject();
    if subject.is_empty() { format!("serial {}", certificate.serial_hex()) } else { subject }
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
        "reason": refusal(judged).map_or("ok", |(reason, _)| reason),
        "error": outcome.as_ref().err().map(|rejection| rejection.message.as_str()),
        "rejection": outcome.as_ref().err().map(|rejection| refused(judged, rejection)),
        "paths": paths,
        "key_matches": judged.key.map(|key| key == KeyMatch::Matches),
        "spiffe": judged.identity.as_ref().map(|checked| checked.as_ref().err()),
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
    json!({"kind": kind, "index": index, "subject": name(judged, place)})
}
