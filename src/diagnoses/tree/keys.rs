//! Private keys that others may read, and pairs that by their names belong together and do not.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::{
    diagnoses::engine::Finding,
    diagnoses::files::{bundle_order, key_mismatch, key_permissions},
    facts::tree::{Certified, File, Inventory, PrivateKey},
    message::Label,
};

pub(super) fn findings(inventory: &Inventory) -> Vec<Finding> {
    let mut found: Vec<_> = readable(inventory).collect();
    found.extend(pairs(inventory));
    found
}

fn readable(inventory: &Inventory) -> impl Iterator<Item = Finding> {
    let mut told = HashSet::new();
    let new = move |key: &&PrivateKey| told.insert(key.place.file);
    let files = inventory.keys.iter().filter(new).map(|key| inventory.file(&key.place));
    let open = files.filter(|file| key_permissions::is_open(file.mode));
    open.map(|file| key_permissions::finding(&file.path, file.mode, file.uid, file.gid))
}

/// A certificate file and the key that its name promises.
fn pairs(inventory: &Inventory) -> Vec<Finding> {
    let files: HashMap<&str, u32> =
        (0..).zip(&inventory.files).map(|(number, file)| (&*file.path, number)).collect();
    let promised = |key: &PrivateKey| {
        let file = inventory.file(&key.place);
        let partner = partners(file).into_iter().find_map(|path| files.get(path.as_str()).copied());
        partner.filter(|_| !file.is_archived && key.public_key.is_some())
    };
    let pairs: Vec<(u32, &PrivateKey)> =
        inventory.keys.iter().filter_map(|key| Some((promised(key)?, key))).collect();
    let mut chains: HashMap<u32, Vec<(u32, &Certified)>> =
        pairs.iter().map(|(number, _)| (*number, Vec::new())).collect();
    for certificate in &inventory.certificates {
        for place in &certificate.places {
            if let Some(chain) = chains.get_mut(&place.file) {
                chain.push((place.line, certificate));
            }
        }
    }
    for chain in chains.values_mut() {
        chain.sort_by_key(|(line, _)| *line);
    }
    pairs
        .iter()
        .filter_map(|(number, key)| mismatch(inventory, *number, &chains[number], key))
        .collect()
}

/// The certificate files that a key's name promises: `server.key` and `server.crt`, `node-key.pem` and `node.pem`.
fn partners(file: &File) -> Vec<String> {
    let Some((stem, extension)) = file.name().rsplit_once('.') else { return Vec::new() };
    let stems: Vec<&str> = match extension {
        "key" => vec![stem],
        _ if stem == "key" => vec!["cert", "tls"],
        _ => ["-key", "_key", ".key"].iter().filter_map(|end| stem.strip_suffix(end)).collect(),
    };
    let names = stems.iter().flat_map(|stem| {
        ["crt", "pem", "cert", "cer"].map(|extension| format!("{stem}.{extension}"))
    });
    let beside = |name: String| Path::new(&*file.path).with_file_name(name).display().to_string();
    names.map(beside).collect()
}

fn mismatch(
    inventory: &Inventory,
    number: u32,
    chain: &[(u32, &Certified)],
    key: &PrivateKey,
) -> Option<Finding> {
    let (_, first) = chain.first()?;
    let fits = |one: &Certified| Some(one.public_key) == key.public_key;
    let at = chain.iter().position(|(_, one)| fits(one));
    let (room, path) = match at {
        None => (&key_mismatch::DIAGNOSIS, inventory.path(&key.place)),
        // Of a CA bundle any may be the one whose key is kept; an end-entity has to come first.
        Some(at) if at > 0 && !chain[at].1.is_ca => {
            (&bundle_order::DIAGNOSIS, &*inventory.files[number as usize].path)
        }
        Some(_) => return None,
    };
    let owner = inventory.certificates.iter().find(|one| at.is_none() && fits(one));
    let owner = owner.map(|one| inventory.path(inventory.place_of(one)));
    let cert = &inventory.files[number as usize].path;
    let finding = Finding::new(room, crate::facts::Subject::File(path.to_owned()))
        .also_about(crate::facts::Subject::File(cert.to_string()))
        .evidence(Label::Key, format!("{}: {}", inventory.path(&key.place), key.seen.algorithm))
        .evidence(Label::Certificate, format!("{cert}: {}", first.subject))
        .evidence(Label::BelongsTo, owner);
    Some(finding)
}
