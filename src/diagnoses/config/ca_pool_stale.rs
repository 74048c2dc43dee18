//! The CA file on disk would admit this client, the running etcd does not: it read the file when it started.
//!
//! etcd `client/pkg/transport`, `TLSInfo.ServerConfig`: `ClientCAs` is filled once; etcd-io/etcd#11555, #21156. Certificates and keys,
//! by contrast, are read again for each handshake.

use super::super::{
    chain::ca_expired,
    client::{client_cert_expired_rejected, client_cert_untrusted},
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Certificate, ClientFault, Endpoint, Facts, Settings, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-pool-stale",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[
        &client_cert_untrusted::DIAGNOSIS,
        &client_cert_expired_rejected::DIAGNOSIS,
        &ca_expired::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "etcd still uses an older state of its trusted CA file",
            why: "The CAs in --trusted-ca-file on disk admit this client certificate, but \
                  the running etcd refuses it: it reads this file once, at start, and not \
                  again when it changes. Certificates and keys need no restart, CAs do.",
            fix: "Restart etcd, one member after the other, so that it reads the file again.",
        },
        ja: Prose {
            title: "etcd は信頼する CA ファイルの古い内容を使い続けています",
            why: "ディスク上の --trusted-ca-file の CA ならこのクライアント証明書を受け入れますが、動作中の etcd は拒否しています。etcd はこのファイルを起動時に一度だけ読み、変更されても読み直しません。証明書と鍵は再起動なしで反映されますが、CA は再起動が必要です。",
            fix: "メンバーを 1 台ずつ再起動して、ファイルを読み直させてください。",
        },
        zh: Prose {
            title: "etcd 仍在使用旧的受信任 CA 文件内容",
            why: "磁盘上 --trusted-ca-file 中的 CA 能够接受这张客户端证书，但运行中的 etcd 却拒绝\
                  它：该文件只在启动时读取一次，之后的改动不会被读取。更换证书和私钥无需重启，更\
                  换 CA 则必须重启。",
            fix: "逐个重启 etcd 成员，使其重新读取该文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds.filter(|one| !facts.is_elsewhere(one)).filter_map(|one| stale(one, facts)).collect()
}

fn stale(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let trusted = process.named("trusted-ca-file")?;
    let anchors = process.certificates("trusted-ca-file", facts.go)?;
    let verdict = facts.client.verdict_against(&anchors, facts)?;
    verdict.outcome.ok()?;
    let refuses = |endpoint: &&Endpoint<'_>| {
        let unlisted = facts.client.issuer_is_listed(endpoint) == Some(false);
        let unknown = endpoint.alert() == Some("unknown_ca");
        match endpoint.client_fault(facts) {
            Some(ClientFault::Untrusted) => unlisted || unknown,
            // A server on this machine has this machine's clock: what has expired is the CA that it holds.
            Some(ClientFault::ServerClock | ClientFault::ServersCa) => facts.is_here(endpoint),
            _ => false,
        }
    };
    let refusing: Vec<_> = facts.endpoints_of(process).filter(refuses).collect();
    let first = refusing.first()?;
    let on_disk: Vec<String> = anchors.iter().map(Certificate::subject).collect();
    let finding = Finding::new(&DIAGNOSIS, Subject::File(trusted.file.path.clone()))
        .also_about(trusted.subject());
    let finding =
        refusing.iter().fold(finding, |finding, endpoint| finding.also_about(endpoint.subject()));
    Some(
        finding
            .evidence(Label::Setting, super::place(&trusted))
            .evidence(Label::OnDisk, Value::list(on_disk))
            .evidence(Label::AcceptableCas, Value::list(first.acceptable_names()))
            .evidence(Label::Issuer, facts.client.topmost_issuer()?.issuer())
            .evidence(Label::Alert, first.alert())
            .fixes(super::restart(process)),
    )
}
