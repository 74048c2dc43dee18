//! Authentication is on, and etcd takes no user from the certificate: client-cert-auth is not set.
//!
//! With `--trusted-ca-file` alone a certificate is demanded and verified, but its CN is no user (etcd
//! `server/etcdserver/v3_server.go`, `AuthInfoFromTLS` only with `ClientCertAuthEnabled`).

use crate::{
    diagnoses::{
        config,
        engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
        fix::Edit,
    },
    facts::{AuthFault, Certificate, Facts},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "auth-cn-ignored",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Authentication is on, but etcd takes no user from your certificate",
            why: "The certificate's CN becomes the etcd user only when the member runs with \
                  --client-cert-auth. A --trusted-ca-file alone demands certificates and ignores \
                  the CN, as the gRPC gateway and grpc-proxy do; requests then come from nobody.",
            fix: "Set --client-cert-auth on every member and restart it, or log in with --user.",
        },
        ja: Prose {
            title: "認証は有効ですが、etcd が証明書からユーザーを決めていません",
            why: "証明書の CN が etcd のユーザーになるのは、メンバーに --client-cert-auth がある場合\
                  だけです。--trusted-ca-file だけでは証明書を要求しても CN は無視され、gRPC ゲート\
                  ウェイや grpc-proxy も同様です。そのため、リクエストの送信元はどのユーザーとしても\
                  扱われません。",
            fix: "全メンバーに --client-cert-auth を設定して再起動するか、--user でログインしてください。",
        },
        zh: Prose {
            title: "认证已启用，但 etcd 没有从你的证书取得用户",
            why: "只有成员设置了 --client-cert-auth，证书的 CN 才会成为 etcd 用户。\
                  仅有 --trusted-ca-file 时会要求证书但忽略 CN，gRPC 网关和 grpc-proxy 也是如此；\
                  于是请求不属于任何用户。",
            fix: "在每个成员上设置 --client-cert-auth 并重启，或用 --user 登录。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let ignored = facts.unauthorised(AuthFault::CnIgnored).map(|endpoint| {
        let says = endpoint.read_error().map(|error| error.message.as_str()).unwrap_or_default();
        let cn = facts.client.leaf().and_then(Certificate::common_name).unwrap_or_default();
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::User, cn)
            .evidence(Label::Certificate, facts.client.cert)
            .evidence(Label::Answer, Value::quoted(says))
            .evidence(Label::Setting, facts.settings.show("client-cert-auth"))
            .evidence(Label::Setting, facts.settings.show("trusted-ca-file"))
            .fixes(taking_names(facts))
    });
    ignored.collect()
}

/// The option beside the CA by which etcd measures its clients, where its settings are at hand.
fn taking_names(facts: &Facts<'_>) -> Vec<Fix> {
    let on = |(config, setting)| Edit::add(config, setting, "client-cert-auth", "true");
    let edits = Fix::edits(facts.settings.get("trusted-ca-file").and_then(on));
    if edits.is_empty() {
        return vec![Fix::run("etcd --client-cert-auth").needs(Need::Restart)];
    }
    edits.into_iter().chain(config::restart(&facts.settings)).collect()
}
