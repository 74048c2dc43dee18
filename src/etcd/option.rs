//! The options of the programs that configure etcd's TLS: which exist, which take no value, which name files.
//!
//! From `etcd --help` of 3.4.23, 3.5.16 and 3.6.16, `configYAML` in etcd's `server/embed/config.go`, and
//! kube-apiserver's reference.

use super::Program;

/// Options of etcd that are on when they stand alone; Go's `flag` never takes the next word for their value.
pub const SWITCHES: &[&str] = &[
    "auto-tls",
    "client-cert-auth",
    "debug",
    "discovery-insecure-skip-tls-verify",
    "discovery-insecure-transport",
    "enable-distributed-tracing",
    "enable-grpc-gateway",
    "enable-log-rotation",
    "enable-pprof",
    "enable-v2",
    "experimental-compact-hash-check-enabled",
    "experimental-enable-distributed-tracing",
    "experimental-enable-lease-checkpoint",
    "experimental-enable-lease-checkpoint-persist",
    "experimental-initial-corrupt-check",
    "experimental-memory-mlock",
    "experimental-peer-skip-client-san-verification",
    "experimental-stop-grpc-service-on-defrag",
    "experimental-txn-mode-write-with-shared-buffer",
    "force-new-cluster",
    "initial-election-tick-advance",
    "memory-mlock",
    "peer-auto-tls",
    "peer-client-cert-auth",
    "peer-skip-client-san-verification",
    "pre-vote",
    "socket-reuse-address",
    "socket-reuse-port",
    "strict-reconfig-check",
    "unsafe-no-fsync",
    "version",
];

/// The other options of etcd.
pub const VALUES: &[&str] = &[
    "advertise-client-urls",
    "auth-token",
    "auth-token-ttl",
    "auto-compaction-mode",
    "auto-compaction-retention",
    "backend-batch-interval",
    "backend-batch-limit",
    "backend-bbolt-freelist-type",
    "bcrypt-cost",
    "bootstrap-defrag-threshold-megabytes",
    "cert-file",
    "cipher-suites",
    "client-cert-allowed-hostname",
    "client-cert-file",
    "client-crl-file",
    "client-key-file",
    "compact-hash-check-time",
    "compaction-batch-limit",
    "compaction-sleep-interval",
    "config-file",
    "corrupt-check-time",
    "cors",
    "data-dir",
    "discovery",
    "discovery-cacert",
    "discovery-cert",
    "discovery-dial-timeout",
    "discovery-endpoints",
    "discovery-fallback",
    "discovery-keepalive-time",
    "discovery-keepalive-timeout",
    "discovery-key",
    "discovery-password",
    "discovery-proxy",
    "discovery-request-timeout",
    "discovery-srv",
    "discovery-srv-name",
    "discovery-token",
    "discovery-user",
    "distributed-tracing-address",
    "distributed-tracing-instance-id",
    "distributed-tracing-sampling-rate",
    "distributed-tracing-service-name",
    "downgrade-check-time",
    "election-timeout",
    "experimental-backend-bbolt-freelist-type",
    "experimental-bootstrap-defrag-threshold-megabytes",
    "experimental-compact-hash-check-time",
    "experimental-compaction-batch-limit",
    "experimental-compaction-sleep-interval",
    "experimental-corrupt-check-time",
    "experimental-distributed-tracing-address",
    "experimental-distributed-tracing-instance-id",
    "experimental-distributed-tracing-sampling-rate",
    "experimental-distributed-tracing-service-name",
    "experimental-downgrade-check-time",
    "experimental-enable-v2v3",
    "experimental-max-learners",
    "experimental-snapshot-catchup-entries",
    "experimental-warning-apply-duration",
    "experimental-warning-unary-request-duration",
    "experimental-watch-progress-notify-interval",
    "feature-gates",
    "grpc-keepalive-interval",
    "grpc-keepalive-min-time",
    "grpc-keepalive-timeout",
    "heartbeat-interval",
    "host-whitelist",
    "initial-advertise-peer-urls",
    "initial-cluster",
    "initial-cluster-state",
    "initial-cluster-token",
    "key-file",
    "listen-client-http-urls",
    "listen-client-urls",
    "listen-metrics-urls",
    "listen-peer-urls",
    "log-format",
    "log-level",
    "log-output",
    "log-outputs",
    "log-package-levels",
    "log-rotation-config-json",
    "logger",
    "max-concurrent-streams",
    "max-learners",
    "max-request-bytes",
    "max-snapshots",
    "max-txn-ops",
    "max-wals",
    "metrics",
    "name",
    "peer-cert-allowed-cn",
    "peer-cert-allowed-hostname",
    "peer-cert-file",
    "peer-client-cert-file",
    "peer-client-key-file",
    "peer-crl-file",
    "peer-key-file",
    "peer-trusted-ca-file",
    "proxy",
    "proxy-dial-timeout",
    "proxy-failure-wait",
    "proxy-read-timeout",
    "proxy-refresh-interval",
    "proxy-write-timeout",
    "quota-backend-bytes",
    "raft-read-timeout",
    "raft-write-timeout",
    "self-signed-cert-validity",
    "snapshot-catchup-entries",
    "snapshot-count",
    "tls-max-version",
    "tls-min-version",
    "trusted-ca-file",
    "v2-deprecation",
    "wal-dir",
    "warning-apply-duration",
    "warning-unary-request-duration",
    "watch-progress-notify-interval",
];

/// The options of kube-apiserver that are about etcd (`staging/src/k8s.io/apiserver/pkg/server/options/etcd.go`).
pub const APISERVERS: &[&str] = &[
    "etcd-cafile",
    "etcd-certfile",
    "etcd-compaction-interval",
    "etcd-count-metric-poll-period",
    "etcd-db-metric-poll-interval",
    "etcd-healthcheck-timeout",
    "etcd-keyfile",
    "etcd-prefix",
    "etcd-readycheck-timeout",
    "etcd-servers",
    "etcd-servers-overrides",
];

/// Keys of the two security sections of etcd's configuration file.
pub const SECTION_KEYS: &[&str] = &[
    "allowed-cn",
    "allowed-hostname",
    "auto-tls",
    "cert-file",
    "client-cert-auth",
    "client-cert-file",
    "client-key-file",
    "key-file",
    "skip-client-san-verification",
    "trusted-ca-file",
];

/// Options of etcd that decide about TLS besides those that name files, and those whose URLs say whether it is spoken.
pub const TLS: &[&str] = &[
    "advertise-client-urls",
    "auto-tls",
    "cipher-suites",
    "client-cert-allowed-hostname",
    "client-cert-auth",
    "initial-advertise-peer-urls",
    "listen-client-http-urls",
    "listen-client-urls",
    "listen-metrics-urls",
    "listen-peer-urls",
    "peer-auto-tls",
    "peer-cert-allowed-cn",
    "peer-cert-allowed-hostname",
    "peer-client-cert-auth",
    "peer-skip-client-san-verification",
    "self-signed-cert-validity",
    "tls-max-version",
    "tls-min-version",
];

/// The first release with an option, one for each minor release that got it; `[]` where 3.4.0 has it already.
pub type Since = &'static [[u16; 3]];

/// Since when etcd has an option, as `CHANGELOG-3.4.md` to `CHANGELOG-3.7.md` say it.
pub fn since(name: &str) -> Since {
    match name {
        "client-cert-file"
        | "client-key-file"
        | "peer-client-cert-file"
        | "peer-client-key-file"
        | "self-signed-cert-validity" => &[[3, 5, 0]],
        "listen-client-http-urls" | "tls-max-version" | "tls-min-version" => {
            &[[3, 4, 25], [3, 5, 8], [3, 6, 0]]
        }
        "discovery-cacert"
        | "discovery-cert"
        | "discovery-insecure-skip-tls-verify"
        | "discovery-insecure-transport"
        | "discovery-key"
        | PEER_SKIP => &[[3, 6, 0]],
        _ => &[],
    }
}

/// What etcd called an option in older releases.
pub fn former(name: &str) -> Option<&'static str> {
    (name == PEER_SKIP).then_some("experimental-peer-skip-client-san-verification")
}

const PEER_SKIP: &str = "peer-skip-client-san-verification";

/// Options that say where etcd listens, and what it tells others.
pub const URLS: &[&str] = &[
    "listen-client-urls",
    "advertise-client-urls",
    "listen-peer-urls",
    "initial-advertise-peer-urls",
    "listen-metrics-urls",
    "listen-client-http-urls",
];

/// Where an option stands in etcd's `--config-file` when not under its own name: `client-transport-security.cert-file`.
pub fn section_key(name: &str) -> Option<String> {
    let (section, key) = match name.strip_prefix("peer-") {
        Some(key) => ("peer-transport-security", key),
        None => ("client-transport-security", name),
    };
    let key = match key {
        "cert-allowed-cn" => "allowed-cn",
        "cert-allowed-hostname" | "client-cert-allowed-hostname" => "allowed-hostname",
        key => key,
    };
    SECTION_KEYS.contains(&key).then(|| format!("{section}.{key}"))
}

/// Options whose value is the path of a certificate, key or revocation list, of whichever program.
pub const FILES: &[&str] = &[
    "trusted-ca-file",
    "cert-file",
    "key-file",
    "client-cert-file",
    "client-key-file",
    "client-crl-file",
    "peer-trusted-ca-file",
    "peer-cert-file",
    "peer-key-file",
    "peer-client-cert-file",
    "peer-client-key-file",
    "peer-crl-file",
    "etcd-cafile",
    "etcd-certfile",
    "etcd-keyfile",
    "cacert",
    "cert",
    "key",
];

/// Whether an option's value is a path.
pub fn is_path(name: &str) -> bool {
    FILES.contains(&name) || ["config-file", "data-dir", "wal-dir"].contains(&name)
}

/// The options of etcd that decide about TLS, all of them.
pub fn of_tls() -> impl Iterator<Item = &'static str> {
    TLS.iter().copied().chain(files_of(Program::Etcd))
}

/// The options of a program that name files.
pub fn files_of(program: Program) -> impl Iterator<Item = &'static str> {
    FILES.iter().copied().filter(move |name| match program {
        Program::Etcd => is_etcds(name),
        Program::KubeApiserver => name.starts_with("etcd-"),
        _ => ["cacert", "cert", "key"].contains(name),
    })
}

/// Whether etcd has an option of this name, in any release from 3.4 on.
pub fn is_etcds(name: &str) -> bool {
    SWITCHES.contains(&name) || VALUES.contains(&name)
}

/// The variable of an option, by what variables begin with: `ETCD_` and `cert-file` give `ETCD_CERT_FILE`.
pub fn variable(prefix: &str, name: &str) -> String {
    format!("{prefix}{}", name.to_ascii_uppercase().replace('-', "_"))
}

/// The option that a variable sets, by what is left of it behind its prefix: `CERT_FILE` gives `cert-file`.
pub fn of_variable(rest: &str) -> String {
    rest.to_ascii_lowercase().replace('_', "-")
}

/// Whether a value may let somebody in; such settings are left out of all that is kept or shown.
pub fn is_secret(name: &str) -> bool {
    let is_token = name.ends_with("token") && name != "auth-token";
    let logs_in = matches!(name, "discovery-user" | "user");
    is_token || logs_in || name.contains("password") || name.contains("secret")
}
