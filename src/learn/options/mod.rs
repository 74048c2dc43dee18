//! Every option of etcd, etcdctl and kube-apiserver that decides about TLS: what it is for, since when there is one, what goes wrong.
//!
//! True for etcd 3.4 to 3.7: `tests/topics.rs` holds it to what each installed etcd takes, `CHANGELOG-3.4.md` to `CHANGELOG-3.7.md` to the
//! patch releases. One file for each group.

mod apiserver;
mod both_listeners;
mod client_listener;
mod discovery;
mod etcdctl;
mod peer_listener;
mod urls;

use super::words;
use crate::{
    message::Phrase,
    observation::{
        Program,
        option::{self, SECTION_KEYS},
    },
};

/// The first release with an option, one for each minor release that got it; `[]` where 3.4.0 has it already.
pub type Since = &'static [[u16; 3]];

/// Options that belong together.
#[derive(Debug)]
pub struct OptionGroup {
    /// Its file here, with `-` for `_`.
    pub id: &'static str,
    /// Whose they are and for what.
    pub title: Phrase,
    /// The options.
    pub options: &'static [TlsOption],
}

/// One option.
#[derive(Debug)]
pub struct TlsOption {
    /// Whose it is.
    pub program: Program,
    /// Its name without dashes.
    pub name: &'static str,
    /// What it was called in older releases.
    pub former: Option<&'static str>,
    /// Since when.
    pub since: Since,
    /// What it is for.
    pub purpose: Phrase,
    /// What goes wrong with it.
    pub wrong: Phrase,
    /// Diagnoses that speak of it.
    pub see: &'static [&'static str],
}

/// What goes wrong with a certificate or key that needs the other.
const HALF_A_PAIR: Phrase = words(
    "One of the two alone keeps etcd from starting.",
    "2 つのうち片方だけでは etcd は起動しません。",
    "只设置其中一个时 etcd 无法启动。",
);

/// All options in groups.
pub const OPTIONS: &[OptionGroup] = &[
    OptionGroup {
        id: "client-listener",
        title: words("etcd: towards its clients", "etcd: クライアント向け", "etcd：面向客户端"),
        options: client_listener::OPTIONS,
    },
    OptionGroup {
        id: "peer-listener",
        title: words("etcd: among members", "etcd: メンバー間", "etcd：成员之间"),
        options: peer_listener::OPTIONS,
    },
    OptionGroup {
        id: "both-listeners",
        title: words(
            "etcd: both listeners",
            "etcd: クライアント向けとメンバー間の両方",
            "etcd：两个监听器共用",
        ),
        options: both_listeners::OPTIONS,
    },
    OptionGroup {
        id: "urls",
        title: words("etcd: where TLS is spoken", "etcd: TLS を使う場所", "etcd：何处使用 TLS"),
        options: urls::OPTIONS,
    },
    OptionGroup {
        id: "discovery",
        title: words(
            "etcd: the discovery service",
            "etcd: ディスカバリーサービス",
            "etcd：发现服务",
        ),
        options: discovery::OPTIONS,
    },
    OptionGroup {
        id: "etcdctl",
        title: words("etcdctl", "etcdctl の設定", "etcdctl 的选项"),
        options: etcdctl::OPTIONS,
    },
    OptionGroup {
        id: "apiserver",
        title: words(
            "kube-apiserver as etcd's client",
            "etcd のクライアントとしての kube-apiserver",
            "作为 etcd 客户端的 kube-apiserver",
        ),
        options: apiserver::OPTIONS,
    },
];

/// All options.
pub fn all() -> impl Iterator<Item = &'static TlsOption> {
    OPTIONS.iter().flat_map(|group| group.options)
}

/// The options that a word names: `--cert-file`, `cert-file` or `ETCD_CERT_FILE`.
pub fn named(word: &str) -> Vec<&'static TlsOption> {
    let (name, program) = spelt(word);
    let is_meant = |option: &&TlsOption| {
        (option.name == name || option.former == Some(&name))
            && program.is_none_or(|program| program == option.program)
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

impl TlsOption {
    /// The variable that sets it, where the program reads any.
    pub fn variable(&self) -> Option<String> {
        Some(option::variable(self.program.variables()?, self.name))
    }

    /// Where it stands in etcd's `--config-file` when not under its own name: `client-transport-security.cert-file`.
    pub fn key(&self) -> Option<String> {
        if self.program != Program::Etcd {
            return None;
        }
        let (section, key) = match self.name.strip_prefix("peer-") {
            Some(key) => ("peer-transport-security", key),
            None => ("client-transport-security", self.name),
        };
        let key = match key {
            "cert-allowed-cn" => "allowed-cn",
            "cert-allowed-hostname" | "client-cert-allowed-hostname" => "allowed-hostname",
            key => key,
        };
        SECTION_KEYS.contains(&key).then(|| format!("{section}.{key}"))
    }

    /// Whether a release has it.
    pub fn is_in(&self, [major, minor, patch]: [u16; 3]) -> bool {
        let line = self.since.iter().find(|since| since[..2] == [major, minor]);
        match line {
            Some(since) => patch >= since[2],
            None => self.since.iter().all(|since| since[..2] < [major, minor][..]),
        }
    }
}

const fn option(
    program: Program,
    name: &'static str,
    since: Since,
    purpose: Phrase,
    wrong: Phrase,
    see: &'static [&'static str],
) -> TlsOption {
    TlsOption { program, name, former: None, since, purpose, wrong, see }
}
