//! The server demands a client certificate, and none was given.
//!
//! Go answers with `certificate_required` (RFC 8446 §6.2), before 1.21 and under TLS 1.2 with `bad_certificate`.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{ClientFault, Facts, Subject, Unmet, show_setting},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "client-cert-required",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd wants a client certificate, and none was given",
            why: "The server asked for a client certificate, and there was none to send. etcd asks \
                  as soon as --trusted-ca-file or --client-cert-auth is set; \
                  --client-cert-auth=false beside a CA file changes nothing.",
            fix: "Give --cert and --key of a client certificate that an accepted CA issued.",
        },
        ja: Prose {
            title: "etcd が要求するクライアント証明書が指定されていません",
            why: "サーバーはクライアント証明書を要求しましたが、送る証明書がありませんでした。etcd は \
                  --trusted-ca-file か --client-cert-auth が設定されていれば証明書を要求します。\
                  CA ファイルがある場合は --client-cert-auth=false としても変わりません。",
            fix: "受け入れられる CA が発行したクライアント証明書を --cert と --key で指定してください。",
        },
        zh: Prose {
            title: "etcd 要求客户端证书，但客户端没有提供",
            why: "服务器要求客户端证书，而这里没有证书可发送。只要设置了 --trusted-ca-file 或 \
                  --client-cert-auth，etcd 就会要求证书；设置了 CA 文件时，\
                  --client-cert-auth=false 也不起作用。",
            fix: "用 --cert 和 --key 指定由服务器所接受的 CA 签发的客户端证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let asked = facts.refused_for(ClientFault::NotGiven).map(|endpoint| {
        let spare = facts.spare_pair(endpoint);
        let beside = spare.map(|spare| Value::list([spare.cert, spare.key]));
        Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Seen, EvidenceMessage::RequestUnanswered)
            .evidence(Label::Alert, endpoint.alert())
            .evidence(Label::AcceptableCas, Value::list(endpoint.acceptable_names()))
            .evidence(Label::Beside, beside)
            .fixes(Fix::another_pair(facts, endpoint))
    });
    let unmet = facts.unmet_urls();
    let mut known: Vec<&str> = Vec::new();
    let configured = unmet.iter().filter_map(|unmet| {
        let is_new = !known.contains(&unmet.config.path.as_str());
        known.push(&unmet.config.path);
        is_new.then(|| configured(unmet, facts)).flatten()
    });
    asked.chain(configured).collect()
}

/// A client that is configured without a certificate, beside an etcd that is configured to ask for one.
fn configured(unmet: &Unmet<'_, '_>, facts: &Facts<'_>) -> Option<Finding> {
    let Unmet { process, config, setting, url, etcd } = unmet;
    let pair = process.client_pair()?;
    let asks = etcd.names("trusted-ca-file") || etcd.is_on("client-cert-auth");
    let gives_none = !process.names(pair.certificate) && !process.names(pair.key);
    if !asks || !gives_none || !url.is_tls() {
        return None;
    }
    let spare = facts.pair_for(process);
    let given = spare.map(|spare| [(pair.certificate, spare.cert), (pair.key, spare.key)]);
    let added = given.and_then(|given| Fix::add_files(facts, config, setting, &given));
    let asked_by =
        if etcd.names("trusted-ca-file") { "trusted-ca-file" } else { "client-cert-auth" };
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    Some(
        Finding::new(&DIAGNOSIS, subject)
            .side(Side::Config)
            .of_client(process.as_configured_client())
            .evidence(Label::Setting, show_setting(config, setting))
            .evidence(Label::Required, etcd.show(asked_by))
            .evidence(Label::Beside, spare.map(|spare| Value::list([spare.cert, spare.key])))
            .fixes(added),
    )
}
