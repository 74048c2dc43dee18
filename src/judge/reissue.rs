//! A certificate issued anew with `openssl`, as a command to paste: same subject, same key, other dates or extensions.

use super::{Fix, finding::shell_word};
use crate::{
    facts::{Facts, Pair},
    trust::{Certificate, Usage},
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

    /// Issues a pair's certificate again by a CA whose key is at hand; `None` when one of its names holds a character
    /// that openssl's configuration gives a meaning.
    pub fn reissue(
        leaf: &Certificate,
        pair: &Pair<'_>,
        ca: &Pair<'_>,
        names: &[String],
        usages: &[Usage],
    ) -> Option<Self> {
        let names = joined(leaf.names_display(), names.iter().cloned());
        let wanted = usages.iter().map(|usage| usage.name().to_owned());
        let usages = joined(leaf.extended_key_usage_display(), wanted);
        let harmless = |c: char| c.is_ascii_alphanumeric() || ".,:*-_/@".contains(c);
        if !names.chars().chain(usages.chars()).all(harmless) || names.contains("other:") {
            return None;
        }
        let mut lines = Self::run("printf '%s\\n'")
            .value("basicConstraints=critical,CA:FALSE")
            .value("keyUsage=critical,digitalSignature,keyEncipherment");
        for (extension, values) in [("subjectAltName", names), ("extendedKeyUsage", usages)] {
            if !values.is_empty() {
                lines = lines.value(format!("{extension}={values}"));
            }
        }
        let (cert, key) = (shell_word(pair.cert), shell_word(pair.key));
        let extensions = shell_word(&format!("{}.ext", pair.cert));
        let renewed = shell_word(&format!("{}.new", pair.cert));
        let sign = Self::run("openssl x509 -req -CAcreateserial -sha256 -days 365")
            .arg("-CA", ca.cert)
            .arg("-CAkey", ca.key);
        let (lines, sign) = (lines.command, sign.command);
        Some(Self {
            command: format!(
                "{lines} >{extensions} && openssl x509 -x509toreq -in {cert} -signkey {key} | \
                 {sign} -extfile {extensions} -out {renewed} && mv {renewed} {cert}"
            ),
        })
    }

    /// Writes a certificate request with a pair's subject and key, for a CA to sign.
    pub fn request(pair: &Pair<'_>) -> Self {
        Self::run("openssl x509 -x509toreq")
            .arg("-in", pair.cert)
            .arg("-signkey", pair.key)
            .arg("-out", format!("{}.csr", pair.cert))
    }
}

/// Both, each value once; `any` says nothing beside what is named.
fn joined(present: Vec<String>, added: impl Iterator<Item = String>) -> String {
    let mut values: Vec<String> = present.into_iter().filter(|value| value != "any").collect();
    for value in added {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values.join(",")
}
