//! TLS is configured for a listener whose URLs say http: etcd ignores certificate, key, CA and the demand for certificates.
//!
//! etcd `server/embed/etcd.go`, `configureClientListeners` and `configurePeerListeners`: one warning in the log.

use super::super::{network::plaintext_server, peer::peer_plaintext};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    etcd::ListenerOptions,
    facts::{Clear, Facts, Reach, Settings, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tls-files-unused",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[&plaintext_server::DIAGNOSIS, &peer_plaintext::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "etcd ignores its certificates: the listen URL says http",
            why: "Certificate, key, CA and client-cert-auth take effect for https URLs only. For an \
                  http URL etcd logs one warning, ignores all of them, and serves its whole API in \
                  plaintext to anyone who reaches the port.",
            fix: "Change http to https in the listen and the advertise URLs, then restart etcd. For peer \
                  URLs of a running cluster run `etcdctl member update` first.",
        },
        ja: Prose {
            title: "待ち受け URL が http のため、etcd は証明書を無視しています",
            why: "証明書、鍵、CA、client-cert-auth が有効になるのは https の URL だけです。http の URL で\
                  は、etcd は警告を 1 行ログに残すだけでこれらをすべて無視し、ポートに到達できる相手なら\
                  誰にでも API 全体を平文で提供します。",
            fix: "待ち受け URL と公開 URL の http を https に変えて etcd を再起動してください。稼働中のクラスタ\
                  ーのピア URL は、先に `etcdctl member update` で変更します。",
        },
        zh: Prose {
            title: "监听 URL 为 http，etcd 忽略了所配置的证书",
            why: "证书、私钥、CA 和 client-cert-auth 只对 https URL 生效。对 http URL，etcd 只记录一条警告，\
                  随后忽略这些设置，以明文向任何能访问该端口的人提供全部 API。",
            fix: "将监听 URL 和公布 URL 中的 http 改为 https，然后重启 etcd。对于运行中集群的对等 URL，\
                  请先执行 `etcdctl member update`。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    let listeners = |process| ListenerOptions::ALL.into_iter().map(move |one| (process, one));
    let unused = etcds.flat_map(listeners);
    unused.filter_map(|(process, listener)| describe(process, &listener, facts)).collect()
}

fn describe(
    process: &Settings<'_>,
    listener: &ListenerOptions,
    facts: &Facts<'_>,
) -> Option<Finding> {
    let options = process.tls_options(listener);
    let (plain, speaks_tls) = process.plain_urls(listener);
    // That it advertises https all the same is another fault: listen-advertise-scheme.
    let advertises_tls = process.urls(listener.advertises).iter().any(|url| url.is_tls());
    if options.is_empty() || plain.is_empty() || speaks_tls || advertises_tls {
        return None;
    }
    let (config, setting) = process.get(listener.listens)?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let is_missed = facts
        .endpoints_of(process)
        .any(|endpoint| matches!(endpoint.reach, Reach::Clear(Clear::Etcd | Clear::PeerPort)));
    let severity = if is_missed { Severity::Error } else { Severity::Warning };
    let finding = super::finding(&DIAGNOSIS, process, subject, facts)
        .severity(severity)
        .evidence(Label::Setting, process.show(listener.listens));
    let finding = options
        .into_iter()
        .fold(finding, |finding, option| finding.evidence(Label::Dropped, process.show(option)));
    let has_pair = process.names(listener.certificate) && process.names(listener.key);
    let edits = [listener.listens, listener.advertises].into_iter();
    let edits = edits.filter(|_| has_pair).filter_map(|option| with_tls(process, option));
    Some(
        finding
            .evidence(Label::PeerUrls, peer_urls(listener, process))
            .fixes(edits)
            .fixes(super::restart(process).filter(|_| has_pair)),
    )
}

/// What `etcdctl member update` is to be given, where members dial each other at these URLs.
fn peer_urls(listener: &ListenerOptions, process: &Settings<'_>) -> Value {
    let urls = process.urls(listener.advertises).into_iter();
    let urls = urls.filter(|_| *listener == ListenerOptions::PEER);
    Value::list(urls.map(|url| format!("https://{}", url.authority())))
}

/// Writes https into an option's URLs.
fn with_tls(process: &Settings<'_>, option: &str) -> Option<Fix> {
    let (config, setting) = process.get(option)?;
    super::replaced(config, setting, &setting.value.replace("http://", "https://"))
}
