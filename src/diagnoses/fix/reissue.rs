//! A certificate issued anew, as a command to paste: same names and role, other dates or usages.

use std::path::Path;

use crate::{
    diagnoses::engine::Fix,
    facts::{Facts, Pair},
    x509::{Certificate, San, Usage},
};

impl Fix {
    /// Issues a certificate again by its own CA, keeping its names and usages and adding some; a request for that CA
    /// to sign when its key is not at hand, and nothing when the certificate's own files are not.
    pub fn renew(
        facts: &Facts<'_>,
        leaf: &Certificate,
        names: &[String],
        usages: &[Usage],
    ) -> Option<Self> {
        let pair = facts.pair_of(leaf)?;
        match facts.authority_of(leaf) {
            Some(ca) => Self::reissue(leaf, &pair, &ca, names, usages),
            None => Some(Self::request(leaf, &pair, names, usages)),
        }
    }

    /// Issues a pair's certificate again by a CA whose key is at hand; `None` when one of its names can't be written.
    pub fn reissue(
        leaf: &Certificate,
        pair: &Pair<'_>,
        ca: &Pair<'_>,
        names: &[String],
        usages: &[Usage],
    ) -> Option<Self> {
        if leaf.sans.iter().flatten().any(|san| matches!(san, San::Other { .. })) {
            return None;
        }
        let renew = Self::run("etcd-tls ca renew")
            .value(pair.cert)
            .arg("--key-file", pair.key)
            .arg("--ca-cert", ca.cert)
            .arg("--ca-key", ca.key);
        let has = leaf.names_display();
        let added =
            names.iter().filter(|name| !has.iter().any(|one| one.ends_with(&format!(":{name}"))));
        let renew = added.fold(renew, |renew, name| renew.arg("--san", name));
        Some(match usages {
            [] => renew,
            wanted if wanted.contains(&Usage::ServerAuth) => renew.arg("--profile", "server"),
            _ if leaf.allows(Usage::ServerAuth) => renew.arg("--profile", "server"),
            _ => renew.arg("--profile", "client"),
        })
    }

    /// The same for a certificate that another CA issued.
    #[must_use]
    pub fn of_any_issuer(self) -> Self {
        Self { command: format!("{} --any-issuer", self.command) }
    }

    /// Makes a client certificate by a CA whose key is at hand.
    pub fn issue_client(name: &str, ca: &Pair<'_>) -> Self {
        Self::run("etcd-tls ca issue client")
            .value(name)
            .arg("--ca-cert", ca.cert)
            .arg("--ca-key", ca.key)
    }

    /// Makes the pairs that a configuration names and the disk lacks.
    pub fn make_missing(config: Option<&str>, ca: &Pair<'_>) -> Self {
        let missing = Self::run("etcd-tls ca missing");
        let missing =
            config.into_iter().fold(missing, |missing, path| missing.arg("--config", path));
        missing.arg("--ca-cert", ca.cert).arg("--ca-key", ca.key).flag("--apply")
    }

    /// Writes a certificate request with a pair's subject, names and key, for a CA that is elsewhere to sign; by openssl
    /// where the subject holds more than CN and O.
    pub fn request(
        leaf: &Certificate,
        pair: &Pair<'_>,
        names: &[String],
        usages: &[Usage],
    ) -> Self {
        let role = if leaf.allows(Usage::ServerAuth) || usages.contains(&Usage::ServerAuth) {
            "server"
        } else {
            "client"
        };
        let subject = leaf.subject();
        let of = |kind: &str| -> Vec<String> {
            subject
                .split([',', '+'])
                .filter_map(|part| part.strip_prefix(kind))
                .map(str::to_owned)
                .collect()
        };
        let (common, organizations) = (of("CN="), of("O="));
        let plain = common.len() + organizations.len() == subject.split([',', '+']).count();
        let usual = |san: &San| matches!(san, San::Dns(_) | San::Ip(_) | San::Uri(_));
        match common.as_slice() {
            [name]
                if plain
                    && !name.contains(['/', '\\'])
                    && leaf.sans.iter().flatten().all(usual) =>
            {
                let folder =
                    Path::new(pair.cert).parent().map(|folder| folder.display().to_string());
                let folder = folder.filter(|folder| !folder.is_empty());
                let request = Self::run(&format!("etcd-tls ca request {role}"))
                    .value(name)
                    .arg("--key-file", pair.key);
                let has = leaf.names_display();
                let added = names
                    .iter()
                    .filter(|name| !has.iter().any(|one| one.ends_with(&format!(":{name}"))));
                let request =
                    organizations.iter().fold(request, |request, one| request.arg("--org", one));
                let request =
                    has.iter().chain(added).fold(request, |request, one| request.arg("--san", one));
                folder.into_iter().fold(request, |request, folder| request.arg("--out", folder))
            }
            _ => Self::run("openssl x509 -x509toreq")
                .arg("-in", pair.cert)
                .arg("-signkey", pair.key)
                .arg("-out", format!("{}.csr", pair.cert)),
        }
    }
}
