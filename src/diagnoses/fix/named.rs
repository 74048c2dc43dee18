//! What mends a file that a configuration names, and that is missing or of no use where it is: the file at hand that fits, else a pair made
//! anew by the CA whose key is at hand.

use std::path::Path;

use super::Edit;
use crate::{
    diagnoses::engine::{Fix, Need},
    etcd::FilePair,
    facts::{
        Facts, Named, Pair, Settings,
        file::{FileSeen, FileState},
    },
    observation::{ConfigKind, Program, Setting},
    x509::Certificate,
};

impl Fix {
    /// What mends the file of a setting, best first; nothing where it takes something that is not at hand.
    pub fn for_named(facts: &Facts<'_>, named: &Named<'_, '_>) -> Vec<Self> {
        let name = named.setting.name.as_str();
        let pairs = || FilePair::ALL.into_iter().filter(|p| p.program == named.process.program);
        if let Some(pair) = pairs().find(|pair| pair.has(name)) {
            return pair_of(facts, named, &pair);
        }
        let judged = pairs().find(|pair| pair.ca == name);
        judged.map(|pair| ca_of(facts, named, &pair)).unwrap_or_default()
    }

    /// Makes the pairs that a process names and lacks, by the CA that those accept who have to.
    pub fn for_lost(facts: &Facts<'_>, process: &Settings<'_>, pair: &FilePair) -> Option<Self> {
        let ca = facts.authority_for(process, pair)?;
        let configs = process.configs().filter(|config| config.kind != ConfigKind::Process);
        let configs: Vec<_> = configs.map(|config| config.path.as_str()).collect();
        // Without these files etcd ended at its start.
        Some(Self::make_missing(facts, &configs, &ca).needs(Need::Restart))
    }

    /// Names a pair for a listener that has none, beside a setting of its process: one at hand that fits, else one made by the CA whose key
    /// is at hand. Nothing where there is neither; else with some further edits.
    pub fn naming_pair<'a>(
        facts: &Facts<'a>,
        process: &Settings<'a>,
        pair: &FilePair,
        beside: &Setting,
        further: impl IntoIterator<Item = Edit<'a>>,
    ) -> Vec<Self> {
        let Some((config, _)) = process.get(&beside.name) else { return Vec::new() };
        let edits = |cert: &str, key: &str| {
            let (cert, key) = (facts.path_for(config, cert)?, facts.path_for(config, key)?);
            let cert = Edit::add(config, beside, pair.certificate, &cert)?;
            Some(vec![cert, Edit::add(config, beside, pair.key, &key)?])
        };
        let mut at_hand = facts.pairs_for(process, pair);
        let found = at_hand.find_map(|found| edits(found.cert, found.key));
        let made = || {
            let ca = facts.authority_for(process, pair)?;
            let stem =
                pair.certificate.trim_end_matches("-cert-file").replace("cert-file", "server");
            let folder = Path::new(ca.cert).parent()?;
            let [cert, key] = ["crt", "key"].map(|extension| {
                folder.join(format!("etcd-{stem}.{extension}")).display().to_string()
            });
            Some((edits(&cert, &key)?, Self::for_lost(facts, process, pair)?))
        };
        let (named, made) = match found {
            Some(named) => (named, None),
            None => match made() {
                Some((named, made)) => (named, Some(made)),
                None => return Vec::new(),
            },
        };
        Self::edits(further.into_iter().chain(named)).into_iter().chain(made).collect()
    }
}

/// The other half that fits, or the pair that was meant; else what is lost is made anew; else any pair that fits.
fn pair_of(facts: &Facts<'_>, named: &Named<'_, '_>, pair: &FilePair) -> Vec<Fix> {
    let process = named.process;
    let (Some(cert), Some(key)) = (process.named(pair.certificate), process.named(pair.key)) else {
        return Vec::new();
    };
    let certificates = process.certificates(pair.certificate, facts.go);
    let leaf = certificates.and_then(|all| all.into_iter().next());
    let fits = leaf.as_ref().and_then(|leaf| facts.key_of(leaf));
    let fits = fits.filter(|path| *path != key.file.path);
    let edit = fits.and_then(|path| Edit::name_file(facts, key.config, key.setting, path));
    if edit.is_some() {
        return Fix::edits(edit);
    }
    let spki = key.file.key().and_then(|key| key.spki.as_ref()).map(|spki| &spki.0);
    let has_the_key =
        |path: &str| facts.certificate_at(path).is_some_and(|leaf| spki == Some(&leaf.spki));
    let instead = |candidate: &Pair<'_>| {
        let certificate = Edit::name_file(facts, cert.config, cert.setting, candidate.cert)?;
        if has_the_key(candidate.cert) {
            return Some(vec![certificate]);
        }
        Some(vec![certificate, Edit::name_file(facts, key.config, key.setting, candidate.key)?])
    };
    let meant =
        |candidate: &Pair<'_>| has_the_key(candidate.cert) || is_meant(cert.file, candidate.cert);
    if let Some(edits) = facts.pairs_for(process, pair).filter(meant).find_map(|one| instead(&one))
    {
        return Fix::edits(edits);
    }
    let anew = match &leaf {
        Some(leaf) => with_new_key(facts, leaf, &cert, &key),
        None => Fix::for_lost(facts, process, pair).into_iter().collect(),
    };
    if !anew.is_empty() {
        return anew;
    }
    let other = facts.pairs_for(process, pair).find_map(|one| instead(&one));
    Fix::edits(other.into_iter().flatten())
}

/// Whether a file at hand is the one that a path should lead to: of nearly the same name, or of the same one in another folder.
fn is_meant(missing: &FileSeen, path: &str) -> bool {
    let FileState::Missing { near, .. } = &missing.state else { return false };
    let same_name = Path::new(&missing.path).file_name() == Path::new(path).file_name();
    same_name || near.iter().any(|one| one == path)
}

/// A certificate issued again with a new key. A key that belongs to another certificate stays; the new one gets a file of its own.
fn with_new_key(
    facts: &Facts<'_>,
    leaf: &Certificate,
    cert: &Named<'_, '_>,
    key: &Named<'_, '_>,
) -> Vec<Fix> {
    let Some(ca) = facts.authority_of(leaf) else { return Vec::new() };
    let (cert, old) = (&cert.file.path, &key.file.path);
    if !facts.is_owned(key.file) {
        return vec![Fix::with_new_key(cert, old, &ca)];
    }
    let own = Path::new(cert).with_extension("key").display().to_string();
    let is_free = facts.files().all(|file| file.path != own);
    let edit = Edit::name_file(facts, key.config, key.setting, &own).filter(|_| is_free);
    let renewed = edit.is_some().then(|| Fix::with_new_key(cert, &own, &ca));
    renewed.into_iter().chain(Fix::edits(edit)).collect()
}

/// The certificate of a CA made again where it is lost and its key lies beside.
fn restored(facts: &Facts<'_>, ca: &str, issued: &str) -> Vec<Fix> {
    let key = Path::new(ca).with_extension("key").display().to_string();
    let is_there = facts.files().any(|file| file.path == key && file.key().is_some());
    let restore = Fix::run("etcd-tls ca init").arg("--restore", issued).arg("--ca-cert", ca);
    let restore = || restore.arg("--ca-key", key).changes(ca).needs(Need::Restart);
    is_there.then(restore).into_iter().collect()
}

/// The file whose CAs accept what the process shows, or is shown.
fn ca_of(facts: &Facts<'_>, named: &Named<'_, '_>, pair: &FilePair) -> Vec<Fix> {
    let shown = if pair.program == Program::Etcd {
        named.process.certificates(pair.certificate, facts.go)
    } else {
        let etcd = facts.processes().find(|one| one.program == Program::Etcd);
        etcd.and_then(|etcd| etcd.certificates("cert-file", facts.go))
    };
    let chain = shown.unwrap_or_default();
    let mut others = facts.issuers_of(&chain).filter(|file| file.path != named.file.path);
    let edit =
        others.find_map(|file| Edit::name_file(facts, named.config, named.setting, &file.path));
    match (edit, named.process.file(pair.certificate)) {
        (None, Some(issued)) if named.is_missing() && !chain.is_empty() => {
            restored(facts, &named.file.path, &issued.path)
        }
        (edit, _) => Fix::edits(edit),
    }
}
