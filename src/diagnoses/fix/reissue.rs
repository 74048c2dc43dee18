//! A certificate issued anew, as a command to paste: same names and role, other dates or usages.

use std::path::Path;

use crate::{
    diagnoses::engine::{Fix, Need},
    facts::{Endpoint, Facts, Pair},
    x509::{Certificate, San, Usage},
};

/// The folder beside the CA into which a pair is put that is made on the spot.
const NEW_PAIRS: &str = "etcd-client";

impl Fix {
    /// Issues a certificate again by its own CA, keeping its names and usages and adding some; a request for that CA
    /// to sign when its key is not at hand, and nothing when the certificate's own files are not.
    pub fn renew(
        facts: &Facts<'_>,
        leaf: &Certificate,
        names: &[San],
        usages: &[Usage],
    ) -> Option<Self> {
        let pair = facts.pair_of(leaf)?;
        let renewal = match facts.authority_of(leaf) {
            Some(ca) => Self::reissue(leaf, &pair, &ca, names, usages)?,
            None => Self::request(leaf, &pair, names, usages),
        };
        Some(match facts.viewed_as() {
            Some(_) => renewal.needs(Need::Restart),
            None => renewal,
        })
    }

    /// Issues a pair's certificate again by a CA whose key is at hand; `None` when one of its names can't be written.
    pub fn reissue(
        leaf: &Certificate,
        pair: &Pair<'_>,
        ca: &Pair<'_>,
        names: &[San],
        usages: &[Usage],
    ) -> Option<Self> {
        if leaf.sans.iter().flatten().any(|san| matches!(san, San::Other { .. })) {
            return None;
        }
        let renew = Self::renew_file(pair.cert, Some(pair.key), ca);
        let renew = added(leaf, names).fold(renew, |renew, name| renew.arg("--san", name));
        let for_servers = usages.contains(&Usage::ServerAuth) || leaf.allows(Usage::ServerAuth);
        Some(if usages.is_empty() { renew } else { renew.arg("--profile", role(for_servers)) })
    }

    /// Issues the certificate of a file again by a CA whose key is at hand.
    pub fn renew_file(cert: &str, key: Option<&str>, ca: &Pair<'_>) -> Self {
        let renew = Self::run("etcd-tls ca renew").value(cert);
        let renew = key.into_iter().fold(renew, |renew, key| renew.arg("--key-file", key));
        renew.arg("--ca-cert", ca.cert).arg("--ca-key", ca.key).changes(cert)
    }

    /// The same with a new key, whatever lies where the old one should.
    pub fn with_new_key(cert: &str, key: &str, ca: &Pair<'_>) -> Self {
        Self::renew_file(cert, Some(key), ca).plain("--new-key")
    }

    /// The check with a pair that a server accepts: one at hand, else one that is made on the spot by a CA that it trusts.
    pub fn another_pair(facts: &Facts<'_>, endpoint: &Endpoint<'_>) -> Vec<Self> {
        if let Some(spare) = facts.spare_pair(endpoint) {
            return vec![Self::check_pair(facts, &spare)];
        }
        let name = facts.client.leaf().and_then(Certificate::common_name);
        let name = name.filter(|name| !name.contains(['/', ' ', '\\']));
        let ca = facts.accepted_authority(endpoint);
        ca.map(|ca| Self::made_pair(facts, &ca, name.as_deref().unwrap_or("etcdctl")))
            .unwrap_or_default()
    }

    /// A client's pair of this name made on the spot, and the check with it.
    pub fn made_pair(facts: &Facts<'_>, ca: &Pair<'_>, name: &str) -> Vec<Self> {
        let folder = Path::new(ca.cert).with_file_name(NEW_PAIRS).display().to_string();
        let [cert, key] = ["crt", "key"].map(|extension| format!("{folder}/{name}.{extension}"));
        let issue = Self::run("etcd-tls ca issue client").value(name);
        let issue = issue.arg("--ca-cert", ca.cert).arg("--ca-key", ca.key).arg("--out", &folder);
        vec![issue.changes(ca.key), Self::check_pair(facts, &Pair { cert: &cert, key: &key })]
    }

    /// The same for a certificate that another CA issued.
    #[must_use]
    pub fn of_any_issuer(self) -> Self {
        self.plain("--any-issuer")
    }

    /// Adds a CA to a file of those that are trusted.
    pub fn trusting(ca: &str, trusted: &str) -> Option<Self> {
        let added = || Self::run("cat").value(ca).append_to(trusted).changes(trusted);
        (ca != trusted).then(added)
    }

    /// Makes the pairs that configurations name and the disk lacks.
    pub fn make_missing(facts: &Facts<'_>, configs: &[&str], ca: &Pair<'_>) -> Self {
        let missing = Self::run("etcd-tls ca missing");
        let missing = configs.iter().fold(missing, |missing, path| missing.arg("--config", path));
        let root = facts.observation.target.root.iter();
        let missing = root.fold(missing, |missing, root| missing.arg("--root", root));
        missing.arg("--ca-cert", ca.cert).arg("--ca-key", ca.key).plain("--apply").changes(ca.key)
    }

    /// Writes a certificate request with a pair's subject, names and key, for a CA that is elsewhere to sign; by openssl
    /// where the subject holds more than CN and O.
    pub fn request(leaf: &Certificate, pair: &Pair<'_>, names: &[San], usages: &[Usage]) -> Self {
        let usual = |san: &San| matches!(san, San::Dns(_) | San::Ip(_) | San::Uri(_));
        let plain = leaf.plain_subject().filter(|(name, _)| !name.contains(['/', '\\']));
        let plain = plain.filter(|_| leaf.sans.iter().flatten().all(usual));
        let Some((name, organizations)) = plain else {
            return Self::run("openssl x509 -x509toreq")
                .arg("-in", pair.cert)
                .arg("-signkey", pair.key)
                .arg("-out", format!("{}.csr", pair.cert))
                .changes(pair.cert);
        };
        let for_servers = leaf.allows(Usage::ServerAuth) || usages.contains(&Usage::ServerAuth);
        let request = Self::run("etcd-tls ca request")
            .plain(role(for_servers))
            .value(name)
            .arg("--key-file", pair.key);
        let request =
            organizations.iter().fold(request, |request, name| request.arg("--org", name));
        let sans = leaf.sans.iter().flatten().chain(added(leaf, names));
        let request = sans.fold(request, |request, san| request.arg("--san", san));
        let folder = Path::new(pair.cert).parent().map(|folder| folder.display().to_string());
        let folder = folder.filter(|folder| !folder.is_empty());
        folder
            .into_iter()
            .fold(request, |request, folder| request.arg("--out", folder))
            .changes(pair.cert)
    }
}

/// The names that a certificate does not have yet.
fn added<'n>(leaf: &Certificate, names: &'n [San]) -> impl Iterator<Item = &'n San> {
    let known = leaf.sans.clone().unwrap_or_default();
    names.iter().filter(move |name| !known.contains(name))
}

/// What `etcd-tls ca` calls a certificate of a server, which may be a client too, and one of a client.
fn role(for_servers: bool) -> &'static str {
    if for_servers { "server" } else { "client" }
}
