//! Client certificates are required, and the server certificate cannot serve as one: etcd's own gateway is locked out.
//!
//! The gateway dials its own member and presents the server certificate, or `--client-cert-file` (etcd 3.5 and later;
//! `server/embed/serve.go`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text, Value},
    x509::Usage,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "gateway-eku-missing",
    severity: Severity::Warning,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd's own HTTP gateway cannot log in to etcd",
            why: "The gRPC gateway (paths under /v3/) dials its own member and presents the server \
                  certificate as a client certificate. This one lacks clientAuth, and client \
                  certificates are required: JSON requests fail, those of etcdctl do not pass here.",
            fix: "Issue the server certificate again with serverAuth and clientAuth, or set \
                  --client-cert-file and --client-key-file (3.5 and later), or set \
                  --enable-grpc-gateway=false.",
        },
        ja: Prose {
            title: "etcd の gRPC ゲートウェイが自分自身に接続できません",
            why: "gRPC ゲートウェイ (/v3/ 以下) は、サーバー証明書をクライアント証明書として提示して\
                  自分のメンバーに接続します。クライアント証明書は必須ですが、この証明書の EKU には \
                  clientAuth がないため、JSON のリクエストは失敗します (etcdctl はここを通りません)。",
            fix: "サーバー証明書を serverAuth と clientAuth 付きで再発行するか、\
                  --client-cert-file と --client-key-file (3.5 以降) を指定するか、\
                  --enable-grpc-gateway=false を指定してください。",
        },
        zh: Prose {
            title: "etcd 自带的 HTTP 网关无法登录 etcd",
            why: "gRPC 网关（/v3/ 下的路径）连接本成员时，会把服务器证书当作客户端证书出示。这里要求\
                  客户端证书，而该证书的 EKU 不含 clientAuth，所以 JSON 请求\
                  会失败（etcdctl 不经过这里）。",
            fix: "重新签发包含 serverAuth 和 clientAuth 的服务器证书，或设置 --client-cert-file 和 \
                  --client-key-file（3.5 及以上），或设置 --enable-grpc-gateway=false。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let provided = facts.settings.get("client-cert-file").is_some()
        || facts.settings.is_off("enable-grpc-gateway");
    if provided {
        return Vec::new();
    }
    let locked_out = facts.presented().filter_map(|(endpoint, presented)| {
        let request = endpoint.request().filter(|_| endpoint.is_etcd())?;
        let leaf = presented.leaf().filter(|leaf| !leaf.allows(Usage::ClientAuth))?;
        let asked = format!("CertificateRequest, {} CA", request.acceptable_cas.len());
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Subject, leaf.subject())
            .evidence(Label::ExtendedKeyUsage, Value::list(leaf.extended_key_usage_display()))
            .evidence(Label::Required, "serverAuth, clientAuth")
            .evidence(Label::Seen, asked)
            .fixes(Fix::renew(facts, leaf, &[], &[Usage::ServerAuth, Usage::ClientAuth]));
        Some(finding)
    });
    locked_out.collect()
}
