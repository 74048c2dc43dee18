//! Every option of etcd, etcdctl and kube-apiserver that decides about TLS: what it is for, since when there is one, what goes wrong. What
//! each says stands in `options/LANGUAGE/GROUP.md`.
//!
//! True for etcd 3.4 to 3.7: `tests/topics.rs` holds it to what each installed etcd takes, `CHANGELOG-3.4.md` to `CHANGELOG-3.7.md` to the
//! patch releases.

use super::markdown::{Entries, Translated, files};
use crate::{
    etcd::{
        Program,
        option::{self, Since},
    },
    message::Lang,
};

/// An option, and the diagnoses that speak of it.
type Row = (&'static str, &'static [&'static str]);

/// Options that belong together.
#[derive(Debug)]
pub struct OptionGroup {
    /// Its file, without `.md`.
    pub id: &'static str,
    /// Whose they are.
    program: Program,
    text: Translated<Entries>,
    rows: &'static [Row],
}

/// One option.
#[derive(Debug, Clone, Copy)]
pub struct TlsOption {
    /// Where it belongs.
    group: &'static OptionGroup,
    /// Its name without dashes.
    pub name: &'static str,
    /// Diagnoses that speak of it.
    pub see: &'static [&'static str],
}

macro_rules! group {
    ($id:literal, $program:expr, $rows:expr) => {
        OptionGroup {
            id: $id,
            program: $program,
            text: Translated::new(files!("options", $id)),
            rows: &$rows,
        }
    };
}

/// All options in groups.
pub static OPTIONS: [OptionGroup; 7] = [
    // The section `client-transport-security`: what etcd shows to clients, and what it wants of them.
    group!(
        "client-listener",
        Program::Etcd,
        [
            (
                "cert-file",
                &[
                    "server-san-mismatch",
                    "cert-expired",
                    "gateway-eku-missing",
                    "listen-https-without-cert"
                ]
            ),
            (
                "key-file",
                &["key-mismatch", "key-encrypted", "file-unreadable", "server-cert-unloadable"]
            ),
            (
                "client-cert-auth",
                &["client-cert-required", "client-auth-without-ca", "client-auth-off"]
            ),
            ("trusted-ca-file", &["client-cert-untrusted", "trusted-ca-mismatch", "ca-pool-stale"]),
            ("client-crl-file", &["cert-revoked", "crl-missing", "crl-expired"]),
            ("client-cert-allowed-hostname", &["client-hostname-not-allowed"]),
            ("client-cert-file", &["gateway-eku-missing"]),
            ("client-key-file", &["config-incomplete"]),
            ("auto-tls", &["auto-tls"]),
        ]
    ),
    // The section `peer-transport-security`: the same among members, on port 2380. Here every member is server and client.
    group!(
        "peer-listener",
        Program::Etcd,
        [
            ("peer-cert-file", &["peer-eku-incomplete", "peer-san-mismatch", "peer-cert-expired"]),
            ("peer-key-file", &["key-mismatch"]),
            ("peer-client-cert-auth", &["peer-auth-off"]),
            ("peer-trusted-ca-file", &["peer-ca-missing", "peer-ca-mismatch"]),
            ("peer-crl-file", &["crl-missing"]),
            ("peer-cert-allowed-cn", &["peer-cn-not-allowed", "config-options-exclusive"]),
            (
                "peer-cert-allowed-hostname",
                &["peer-hostname-not-allowed", "config-options-exclusive"]
            ),
            ("peer-client-cert-file", &["peer-eku-incomplete"]),
            ("peer-client-key-file", &["config-incomplete"]),
            ("peer-auto-tls", &["auto-tls"]),
            ("peer-skip-client-san-verification", &["peer-san-mismatch"]),
        ]
    ),
    // What holds for clients and members alike: suites, versions, and the life of certificates that etcd makes itself.
    group!(
        "both-listeners",
        Program::Etcd,
        [
            (
                "cipher-suites",
                &[
                    "tls-cipher-mismatch",
                    "cipher-suites-no-http2",
                    "cipher-suite-unknown",
                    "weak-cipher-suites"
                ]
            ),
            ("tls-min-version", &["tls-version-mismatch", "tls-version-unknown"]),
            ("tls-max-version", &["tls-version-mismatch", "tls-version-unknown"]),
            ("self-signed-cert-validity", &["auto-tls", "cert-expired"]),
        ]
    ),
    // The URLs whose scheme says whether TLS is spoken, and the gateway behind them.
    group!(
        "urls",
        Program::Etcd,
        [
            ("listen-client-urls", &["plaintext-server", "listen-https-without-cert"]),
            (
                "advertise-client-urls",
                &[
                    "advertised-url-unreachable",
                    "advertised-url-scheme",
                    "listen-advertise-scheme",
                    "address-not-in-san"
                ]
            ),
            ("listen-peer-urls", &["peer-plaintext"]),
            ("initial-advertise-peer-urls", &["peer-san-mismatch", "listen-advertise-scheme"]),
            ("listen-metrics-urls", &["metrics-port"]),
            ("listen-client-http-urls", &["http-only-port", "version-advisory"]),
            ("enable-grpc-gateway", &["gateway-eku-missing", "auth-cn-ignored"]),
        ]
    ),
    // How a member that starts the first time reaches a discovery service, which is an etcd cluster of its own.
    group!(
        "discovery",
        Program::Etcd,
        [
            ("discovery-cacert", &["unknown-authority"]),
            ("discovery-cert", &["client-cert-untrusted"]),
            ("discovery-key", &["key-mismatch"]),
            ("discovery-insecure-transport", &[]),
            ("discovery-insecure-skip-tls-verify", &[]),
        ]
    ),
    // What etcdctl is told about the way to etcd; etcd-tls takes the same names and variables.
    group!(
        "etcdctl",
        Program::Etcdctl,
        [
            (
                "endpoints",
                &["tls-server-plain-url", "endpoint-malformed", "peer-port", "metrics-port"]
            ),
            (
                "cacert",
                &["unknown-authority", "wrong-ca-file", "ca-regenerated", "cacert-not-a-ca"]
            ),
            ("cert", &["client-cert-required", "client-cert-untrusted", "client-eku-missing"]),
            ("key", &["key-mismatch", "key-not-given", "file-unreadable", "flags-swapped"]),
            ("insecure-skip-tls-verify", &["client-cert-required"]),
            ("insecure-transport", &["tls-server-plain-url"]),
            ("discovery-srv", &["dns-failure", "server-san-mismatch"]),
            ("insecure-discovery", &["plaintext-server"]),
            ("user", &["auth-login-failed", "auth-user-missing", "auth-permission-denied"]),
            ("password", &["auth-login-failed"]),
        ]
    ),
    // What kube-apiserver is told about the way to etcd; it reads no environment variables.
    group!(
        "apiserver",
        Program::KubeApiserver,
        [
            ("etcd-servers", &["apiserver-endpoint-scheme"]),
            ("etcd-cafile", &["apiserver-cafile-mismatch"]),
            ("etcd-certfile", &["apiserver-client-cert-untrusted"]),
            ("etcd-keyfile", &["key-mismatch", "hostpath-missing"]),
        ]
    ),
];

/// All options.
pub fn all() -> impl Iterator<Item = TlsOption> {
    OPTIONS.iter().flat_map(OptionGroup::options)
}

/// The options that a word names: `--cert-file`, `cert-file` or `ETCD_CERT_FILE`.
pub fn named(word: &str) -> Vec<TlsOption> {
    let (name, program) = spelt(word);
    let is_meant = |option: &TlsOption| {
        (option.name == name || option.former() == Some(&name))
            && program.is_none_or(|program| program == option.program())
    };
    all().filter(is_meant).collect()
}

/// A word as an option's name, and the program where a variable's prefix says it.
pub(super) fn spelt(word: &str) -> (String, Option<Program>) {
    let variable = [Program::Etcdctl, Program::Etcd]
        .into_iter()
        .find_map(|program| Some((word.strip_prefix(program.variables()?)?, program)));
    let (text, program) =
        variable.map_or((word.trim_start_matches('-'), None), |(rest, of)| (rest, Some(of)));
    let text = text.split('=').next().unwrap_or_default();
    (option::of_variable(text), program)
}

impl OptionGroup {
    /// Whose they are and for what.
    pub fn title(&'static self, lang: Lang) -> &'static str {
        &self.text.in_lang(lang).title
    }

    /// The options.
    pub fn options(&'static self) -> impl Iterator<Item = TlsOption> {
        self.rows.iter().map(move |(name, see)| TlsOption { group: self, name, see })
    }
}

impl TlsOption {
    /// Whose it is.
    pub fn program(&self) -> Program {
        self.group.program
    }

    /// What it is for.
    pub fn purpose(&self, lang: Lang) -> &'static str {
        self.paragraph(lang, 0)
    }

    /// What goes wrong with it.
    pub fn wrong(&self, lang: Lang) -> &'static str {
        self.paragraph(lang, 1)
    }

    fn paragraph(&self, lang: Lang, number: usize) -> &'static str {
        self.group.text.in_lang(lang).paragraph(&format!("--{}", self.name), number)
    }

    /// What it was called in older releases.
    pub fn former(&self) -> Option<&'static str> {
        self.etcds().and_then(option::former)
    }

    /// Since when.
    pub fn since(&self) -> Since {
        self.etcds().map_or(&[], option::since)
    }

    fn etcds(&self) -> Option<&'static str> {
        (self.program() == Program::Etcd).then_some(self.name)
    }

    /// The variable that sets it, where the program reads any.
    pub fn variable(&self) -> Option<String> {
        Some(option::variable(self.program().variables()?, self.name))
    }

    /// Where it stands in etcd's `--config-file` when not under its own name: `client-transport-security.cert-file`.
    pub fn key(&self) -> Option<String> {
        self.etcds().and_then(option::section_key)
    }

    /// Whether a release has it.
    pub fn is_in(&self, [major, minor, patch]: [u16; 3]) -> bool {
        let line = self.since().iter().find(|since| since[..2] == [major, minor]);
        match line {
            Some(since) => patch >= since[2],
            None => self.since().iter().all(|since| since[..2] < [major, minor][..]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OPTIONS;
    use crate::message::Lang;

    #[test]
    fn every_language_has_the_options_of_the_table_and_no_others() {
        for group in &OPTIONS {
            let names: Vec<_> =
                group.options().map(|option| format!("--{}", option.name)).collect();
            for lang in Lang::ALL {
                assert!(!group.title(lang).is_empty(), "{} {lang:?}", group.id);
                assert_eq!(group.text.in_lang(lang).names(), names, "{} {lang:?}", group.id);
            }
        }
    }
}
