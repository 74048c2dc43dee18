//! The server's certificate is trusted and has no SAN at all; its CN no longer counts.
//!
//! Go ignores the CN since 1.15 (`x509.HostnameError`). RFC 9525 §6.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-no-san",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The server certificate lists no names at all",
            why: "Since Go 1.15 a client compares the host it dials with the SAN entries only and \
                  ignores the CN. This certificate has no SAN, so no name and no address matches.",
            fix: "Issue the server certificate again with every name and address that clients dial \
                  as a SAN.",
        },
        ja: Prose {
            title: "サーバー証明書に SAN がありません",
            why: "Go 1.15 以降のクライアントは、接続先のホストを SAN とだけ照合し、CN は参照しません。\
                  この証明書には SAN がないため、どの名前やアドレスで接続しても一致しません。",
            fix: "クライアントが接続に使うすべてのホスト名と IP アドレスを SAN に入れて、\
                  サーバー証明書を再発行してください。",
        },
        zh: Prose {
            title: "服务器证书没有 SAN",
            why: "从 Go 1.15 起，客户端只用 SAN 校验所连接的主机，不再看 CN。\
                  该证书没有任何 SAN，因此无论用哪个名称或地址连接都无法匹配。",
            fix: "重新签发服务器证书，把客户端连接时使用的所有主机名和 IP 地址写入 SAN。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let misnamed = facts.presented().filter_map(|(endpoint, presented)| {
        let named = presented.leaf()?.sans.as_ref().is_some_and(|sans| !sans.is_empty());
        if !presented.is_trusted() || named {
            return None;
        }
        let (leaf, rejection) = (presented.leaf()?, presented.name_verdict.as_ref().err()?);
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::Dialled, &presented.dialled)
            .evidence(Label::Subject, leaf.subject())
            .evidence(Label::GoSays, Value::quoted(&rejection.message))
            .fixes(Fix::renew(facts, leaf, &facts.names_for(leaf, presented.dialled_name()), &[]));
        Some(finding)
    });
    misnamed.collect()
}
