//! The file near the given ones that can take the place of a given one.
//!
//! A name alone is no reason to propose a file: it is looked into first, and fits what else is given.

use crate::{
    diagnoses::engine::Fix,
    facts::{Certificate, Facts, Material, Neighbour},
};

/// The check with every flag given what can take its place; where nothing at hand can, the pair made anew.
pub(super) fn fixes(given: &[&Material<'_>], names: &[String], facts: &Facts<'_>) -> Vec<Fix> {
    if let Some(check) = check(given, names, facts) {
        return vec![check];
    }
    let of_pair = given.iter().any(|material| material.flag != "--cacert");
    if of_pair { made_anew(facts) } else { Vec::new() }
}

/// The client's certificate issued again with a new key, where it can be read and nobody else's key is in the way; else another pair.
pub(super) fn made_anew(facts: &Facts<'_>) -> Vec<Fix> {
    let renewed = facts.client.leaf().and_then(|leaf| {
        let cert = facts.flag("--cert").filter(|cert| cert.is_pem())?;
        let key = facts.flag("--key").filter(|key| !facts.is_owned(key.file))?;
        let ca = facts.authority_of(leaf)?;
        Some(Fix::with_new_key(&cert.file.path, &key.file.path, &ca))
    });
    if let Some(renewed) = renewed {
        return vec![renewed, Fix::check(facts, &[])];
    }
    let mut asking = facts.endpoints.iter().filter(|endpoint| endpoint.request().is_some());
    asking.next().map(|endpoint| Fix::another_pair(facts, endpoint)).unwrap_or_default()
}

/// The check with every flag given what can take its place; `None` when nothing can.
fn check(given: &[&Material<'_>], names: &[String], facts: &Facts<'_>) -> Option<Fix> {
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
                    .or_else(|| facts.certificate_of(&spki.0))
            }
            None => by_name(&|near| {
                near.certificates.first().is_some_and(|leaf| facts.key_of(leaf).is_some())
            }),
        },
        _ => match facts.client.leaf() {
            Some(leaf) => facts.key_of(leaf),
            None => by_name(&|near| near.file.key().is_some_and(|key| key.unusable.is_none())),
        },
    }
}

fn is_same(one: &str, other: &str) -> bool {
    let bare = |path: &str| path.trim_start_matches("./").to_owned();
    bare(one) == bare(other)
}
