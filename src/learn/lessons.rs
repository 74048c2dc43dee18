//! The topics, in the order in which a learner meets them. What each says stands in `lessons/LANGUAGE/ID.md`.

use std::mem::take;

use super::{
    Command, Here, Lesson, Passage, Picture, Table, Topic,
    markdown::{Block, Translated, blocks, files},
};

macro_rules! topic {
    ($id:literal, [$($alias:literal),*], [$($see:literal),*], $table:expr, $here:expr) => {
        Topic {
            id: $id,
            aliases: &[$($alias),*],
            see: &[$($see),*],
            table: $table,
            here: $here,
            lessons: Translated::new(files!("lessons", $id)),
        }
    };
}

pub(super) static ALL: [Topic; 18] = [
    topic!(
        "mtls",
        ["tls", "mutual-tls", "handshake"],
        ["cacert-cert-key", "client-peer-server", "unknown-authority", "client-cert-required"],
        None,
        None
    ),
    topic!(
        "cacert-cert-key",
        ["three-files", "ca-cert-key"],
        ["files", "wrong-ca-file", "key-mismatch", "flags-swapped"],
        None,
        Some(Here::Client)
    ),
    topic!(
        "files",
        ["pki", "layout", "layouts", "paths"],
        ["cacert-cert-key", "client-peer-server", "wrong-ca-file"],
        Some(Table::Files),
        Some(Here::Files)
    ),
    topic!(
        "client-peer-server",
        ["peer", "server", "client", "peers"],
        ["ports", "options", "eku", "peer-port", "peer-san-mismatch"],
        None,
        Some(Here::Listeners)
    ),
    topic!(
        "env",
        ["environment", "variables", "ETCDCTL_API", "etcdctl-api"],
        ["options", "config-shadowed", "config-conflict"],
        None,
        Some(Here::Environment)
    ),
    topic!(
        "ports",
        ["port", "2379", "2380", "2381"],
        ["client-peer-server", "peer-port", "metrics-port", "http-only-port", "client-port"],
        None,
        Some(Here::Ports)
    ),
    topic!(
        "san",
        ["sans", "subject-alt-name", "subjectaltname", "cn"],
        ["server-san-mismatch", "cert-no-san", "san-ip-as-dns", "peer-san-mismatch"],
        None,
        None
    ),
    topic!(
        "eku",
        ["extended-key-usage", "key-usage", "clientauth", "serverauth"],
        ["client-eku-missing", "server-eku-missing", "peer-eku-incomplete", "gateway-eku-missing"],
        None,
        None
    ),
    topic!(
        "ca",
        ["certificate-authority", "chain", "trust", "trust-anchor"],
        ["unknown-authority", "ca-regenerated", "missing-intermediate", "self-signed-leaf"],
        None,
        None
    ),
    topic!(
        "crl",
        ["revocation", "revoke", "revoked"],
        ["cert-revoked", "crl-missing", "crl-expired", "options"],
        None,
        None
    ),
    topic!(
        "rotation",
        ["renew", "renewal", "rotate", "expiry", "reload", "restart"],
        ["cert-expired", "cert-expiring-soon", "ca-pool-stale", "served-cert-differs"],
        None,
        None
    ),
    topic!(
        "options",
        ["flags", "option"],
        [
            "env",
            "client-peer-server",
            "config-name-unknown",
            "config-key-misplaced",
            "config-shadowed"
        ],
        Some(Table::Options),
        None
    ),
    topic!(
        "backup",
        ["snapshot", "restore", "snapshot-save"],
        [
            "kubectl-exec",
            "cacert-cert-key",
            "snapshot-refused",
            "snapshot-damaged",
            "alarm-nospace"
        ],
        None,
        Some(Here::Backup)
    ),
    topic!(
        "kubectl-exec",
        ["kubectl", "exec", "crictl", "pod"],
        ["backup", "files", "hostpath-missing"],
        None,
        None
    ),
    topic!(
        "external-etcd",
        ["external", "apiserver", "kube-apiserver"],
        [
            "files",
            "apiserver-cafile-mismatch",
            "apiserver-client-cert-untrusted",
            "apiserver-endpoint-scheme"
        ],
        None,
        None
    ),
    topic!(
        "auth",
        ["user", "users", "roles", "rbac", "authentication"],
        ["auth-user-missing", "auth-permission-denied", "auth-cn-ignored", "gateway"],
        None,
        None
    ),
    topic!(
        "gateway",
        ["grpc-gateway", "grpc-proxy", "json"],
        ["eku", "auth", "gateway-eku-missing", "client-hostname-not-allowed", "auth-cn-ignored"],
        None,
        None
    ),
    topic!(
        "faq",
        ["questions", "why"],
        ["eku", "gateway", "cacert-cert-key", "env", "rotation"],
        None,
        None
    ),
];

impl From<&str> for Lesson {
    /// A title, a picture, paragraphs with or without a question above them, a quotation for the comparison, commands behind `sh`, and a
    /// list for the exam.
    fn from(source: &str) -> Self {
        let mut lesson = Self::default();
        let mut heading = String::new();
        for block in blocks(source) {
            match block {
                Block::Title(text) => lesson.title = text,
                Block::Heading(text) => heading = text,
                Block::Paragraph(text) => {
                    lesson.passages.push(Passage { heading: take(&mut heading), text });
                }
                Block::Quote(text) => lesson.comparison = text,
                Block::Item(text) => lesson.exam.push(text),
                Block::Fence(kind, body) if kind == "sh" => lesson.commands = commands(&body),
                Block::Fence(kind, body) => lesson.picture = Picture::parse(&kind, &body),
            }
        }
        lesson
    }
}

/// Each command stands below a comment that says what it shows.
fn commands(body: &str) -> Vec<Command> {
    let read = |part: &str| {
        let (shows, line) = part.trim().strip_prefix("# ")?.split_once('\n')?;
        Some(Command { line: line.to_owned(), shows: shows.to_owned() })
    };
    body.split("\n\n").filter_map(read).collect()
}
