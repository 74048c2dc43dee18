//! A certificate issued anew, as a command to paste: same names and role, other dates or usages.

use super::Fix;
use crate::{
    facts::{Facts, Pair},
    trust::{Certificate, San, Usage},
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
            None => Some(Self::request(&pair)),
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

    /// Writes a certificate request with a pair's subject and key, for a CA to sign.
    pub fn request(pair: &Pair<'_>) -> Self {
        Self::run("openssl x509 -x509toreq")
            .arg("-in", pair.cert)
            .arg("-signkey", pair.key)
            .arg("-out", format!("{}.csr", pair.cert))
    }
}
