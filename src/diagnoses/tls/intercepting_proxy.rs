//! Something on the way ends TLS with a certificate of its own.
//!
//! etcd reads its certificate anew for each connection (`client/pkg/transport/listener.go`), so what it presents is the
//! file of its configuration; a leaf of an unrelated CA in its place is not etcd's.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Endpoint, Facts, Presented, Subject},
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "intercepting-proxy",
    severity: Severity::Error,
    side: Side::Network,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Something between you and etcd presents a certificate of its own",
            why: "The server certificate that etcd's configuration names is not the one that arrived, and \
                  the one that arrived comes from a CA that has nothing to do with etcd. A TLS-inspecting \
                  proxy or a load balancer ends TLS on the way; client certificates cannot pass it.",
            fix: "Exempt etcd's address from TLS inspection, or let the proxy pass TLS through unopened.",
        },
        ja: Prose {
            title: "etcd との間にある何かが自前の証明書を提示しています",
            why: "届いたサーバー証明書は etcd の設定にあるものではなく、etcd と無関係な CA が発行した\
                  ものです。TLS を検査するプロキシまたはロードバランサーが途中で TLS を終端しており、\
                  クライアント証明書はそこを通過できません。",
            fix: "etcd のアドレスを TLS 検査の対象から外すか、プロキシで TLS をそのまま通過させてください。",
        },
        zh: Prose {
            title: "在你与 etcd 之间，有设备出示了自己的证书",
            why: "收到的服务器证书不是 etcd 配置中的那一张，签发它的 CA 也与 etcd 无关。\
                  途中有进行 TLS 检查的代理或负载均衡器终结了 TLS，而客户端证书无法穿过它。",
            fix: "将 etcd 的地址排除在 TLS 检查之外，或让代理直接透传 TLS。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let presented = facts.presented();
    presented.filter_map(|(endpoint, seen)| intercepted(endpoint, seen, facts)).collect()
}

fn intercepted(
    endpoint: &Endpoint<'_>,
    presented: &Presented,
    facts: &Facts<'_>,
) -> Option<Finding> {
    let expected = presented.stands_in_for(facts)?;
    let leaf = presented.leaf()?;
    let file = facts.settings.file("cert-file")?;
    let issued = |certificate: &Certificate| EvidenceMessage::IssuedBy {
        subject: certificate.subject().into(),
        issuer: certificate.issuer().into(),
    };
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .also_about(Subject::File(file.path.clone()))
        .evidence(Label::Presented, issued(leaf))
        .evidence(Label::Expected, issued(expected))
        .evidence(Label::Setting, facts.settings.show("cert-file"))
        .evidence(Label::NotBefore, facts.show(leaf.not_before));
    let direct = facts.settings.list("listen-client-urls").join(",");
    let finding = if direct.is_empty() || direct == endpoint.url() {
        finding
    } else {
        finding.fix(Fix::check_endpoint(facts, endpoint.url(), &direct))
    };
    Some(finding.fix(Fix::handshake(endpoint, "-showcerts")))
}
