//! The file near the given ones that can take the place of a given one.
//!
//! A name alone is no reason to propose a file: it is looked into first, and fits what else is given.

use crate::{
    diagnoses::engine::Fix,
    facts::{Certificate, Facts, Material, Neighbour, file::FileSeen},
};

/// The check with every flag given what can take its place; `None` when nothing can.
pub(super) fn check(given: &[&Material<'_>], names: &[String], facts: &Facts<'_>) -> Option<Fix> {
    let corrections: Vec<_> = given
        .iter()
        .filter_map(|material| Some((material.flag, of(material.flag, names, facts)?)))
        .collect();
    (!corrections.is_empty()).then(|| Fix::check(facts, &corrections))
}

/// The path that a flag can be given instead; of several that would do, the first of `names`.
pub(super) fn of<'f>(flag: &str, names: &[String], facts: &'f Facts<'_>) -> Option<&'f str> {
    let by_name = |fits: &dyn Fn(&Neighbour<'_>) -> bool| {
        let mut files = names
            .iter()
            .flat_map(|name| facts.neighbours.iter().filter(|near| is_same(&near.file.path, name)));
        files.find(|near| fits(near)).map(|near| near.file.path.as_str())
    };
    match flag {
        "--cacert" => facts
            .presented()
            .find_map(|(_, presented)| presented.verified_by(facts))
            .map(|near| near.file.path.as_str())
            .or_else(|| by_name(&|near| near.certificates.iter().any(Certificate::is_ca))),
        "--cert" => match facts.client.private_key.and_then(|key| key.spki.as_ref()) {
            Some(spki) => {
                by_name(&|near| near.certificates.first().is_some_and(|c| c.spki == spki.0))
                    .or_else(|| certificate_of(&spki.0, facts))
            }
            None => by_name(&|near| !near.certificates.is_empty()),
        },
        _ => match facts.client.leaf() {
            Some(leaf) => facts.key_of(leaf),
            None => by_name(&|near| near.file.key().is_some_and(|key| key.unusable.is_none())),
        },
    }
}

/// The file whose first certificate belongs to a key.
pub(super) fn certificate_of<'f>(spki: &[u8], facts: &'f Facts<'_>) -> Option<&'f str> {
    let others = facts.files().filter(|file| facts.client.cert != Some(&file.path));
    let mut pem = others.filter(|file| file.is_pem());
    let first = |file: &FileSeen| Certificate::parse(&file.certificates().next()?.0, facts.go).ok();
    let found = pem.find(|file| first(file).is_some_and(|first| first.spki == spki))?;
    Some(&found.path)
}

fn is_same(one: &str, other: &str) -> bool {
    let bare = |path: &str| path.trim_start_matches("./").to_owned();
    bare(one) == bare(other)
}
