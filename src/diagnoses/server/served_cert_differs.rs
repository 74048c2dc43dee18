//! What answers at etcd's port presents another certificate than the file that etcd is configured with.
//!
//! etcd reads certificate and key anew for each handshake (`client/pkg/transport/listener.go`, `GetCertificate`), so that the two are the
//! same whenever etcd itself answers. A certificate of an unrelated CA is `intercepting-proxy`.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, ConfiguredPair, Endpoint, Facts, Subject},
    message::{EvidenceMessage, Label, Prose, Text},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "served-cert-differs",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The certificate on disk is not the one that is served",
            why: "etcd reads its certificate again for every connection, yet another one of \
                  the same CA arrives than the file it is configured with. Another process \
                  holds the port, a proxy ends TLS, or etcd runs with other files than \
                  these, and a renewal here changes nothing there.",
            fix: "Find out which process answers at the port and which files it was started \
                  with.",
        },
        ja: Prose {
            title: "提示された証明書がディスク上のファイルと異なります",
            why: "etcd は接続のたびに証明書を読み直しますが、設定にあるファイルとは別の、同じ CA \
                  の証明書が届いています。別のプロセスがポートを使っているか、プロキシが TLS を終\
                  端しているか、etcd が別のファイルを使って動作しています。ここで更新しても反映さ\
                  れません。",
            fix: "そのポートで応答しているプロセスと、その起動時に指定されたファイルを確認してください。",
        },
        zh: Prose {
            title: "实际出示的证书与磁盘上的不是同一张",
            why: "etcd 每次连接都会重新读取证书，但收到的却是同一 CA 签发的另一张，而不是配置中的\
                  文件。可能是别的进程占用了端口、代理终结了 TLS，或 etcd 用的是其他文件；在这些\
                  情况下，更新配置中的文件不会生效。",
            fix: "查明是哪个进程在该端口应答，以及它启动时用的是哪些文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let pairs = facts.configured_pairs().filter(|pair| {
        let own =
            pair.cert.process.program == Program::Etcd && pair.cert.setting.name == "cert-file";
        own && !facts.is_elsewhere(pair.cert.process) && !pair.cert.is_unmounted()
    });
    pairs
        .filter_map(|pair| {
            // Behind an address of another machine another member may listen just so.
            let mut here = facts.endpoints_of(pair.cert.process).filter(|one| facts.is_here(one));
            here.find_map(|endpoint| differing(&pair, endpoint, facts))
        })
        .collect()
}

fn differing(
    pair: &ConfiguredPair<'_, '_>,
    endpoint: &Endpoint<'_>,
    facts: &Facts<'_>,
) -> Option<Finding> {
    let seen = endpoint.presented.as_ref()?;
    let (served, configured) = (seen.leaf()?, pair.leaf()?);
    let related = served.raw_issuer == configured.raw_issuer || served.sans == configured.sans;
    if served.der == configured.der || !related || seen.stands_in_for(facts).is_some() {
        return None;
    }
    let shown = |certificate: &Certificate| EvidenceMessage::SerialUntil {
        subject: certificate.subject().into(),
        serial: certificate.serial_hex().into(),
        until: facts.show(certificate.not_after).into(),
    };
    let port = endpoint.dialled().rsplit(':').next().unwrap_or_default().to_owned();
    Some(
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .also_about(Subject::File(pair.cert.file.path.clone()))
            .evidence(Label::Presented, shown(served))
            .evidence(Label::OnDisk, shown(configured))
            .evidence(Label::Setting, super::super::config::place(&pair.cert))
            .fix(Fix::run("ss -ltnp").value(format!("sport = :{port}"))),
    )
}
