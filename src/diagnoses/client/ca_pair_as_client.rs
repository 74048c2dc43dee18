//! The CA's own certificate and key are used as a client's: it works, and the key that can issue everything lies where a client's does.
//!
//! Go asks a client's certificate for `clientAuth` or no EKU at all, and not for CA:FALSE (crypto/x509 `Verify`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Pair, Subject, Usable},
    message::{Label, Prose, Text},
};

/// The name of the client that is proposed.
const CLIENT: &str = "etcdctl";

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-pair-as-client",
    severity: Severity::Warning,
    side: Side::LocalFile,
    hardening: true,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The CA's own certificate and key are used as a client's",
            why: "--cert names a CA certificate, and --key the key that signs everything it issues. Whoever \
                  copies this client's files can issue certificates for any user and any member. A client \
                  needs a certificate of its own.",
            fix: "Issue a client certificate from this CA, use that pair, and keep the CA's key away from clients.",
        },
        ja: Prose {
            title: "CA 自身の証明書と秘密鍵がクライアント用に使われています",
            why: "--cert に CA 証明書、--key にその CA の署名鍵が指定されています。このクライアントのファイルを\
                  コピーした者は、任意のユーザーやメンバーの証明書を発行できます。クライアントには専用の証明書が必要です。",
            fix: "この CA からクライアント証明書を発行してその組を使い、CA の秘密鍵はクライアントから離して保管してください。",
        },
        zh: Prose {
            title: "CA 自己的证书和私钥被当作客户端证书使用",
            why: "--cert 指定的是 CA 证书，--key 指定的是签发一切证书的私钥。任何拿到该客户端文件的人都能为\
                  任意用户和成员签发证书。客户端应当有自己的证书。",
            fix: "用此 CA 签发一张客户端证书并改用该证书和私钥，CA 的私钥不要放在客户端处。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let client = &facts.client;
    let pair = client.cert.zip(client.key).map(|(cert, key)| Pair { cert, key });
    let leaf = client.leaf().filter(|leaf| leaf.is_ca() && client.usable == Usable::Yes);
    let Some((pair, leaf)) = pair.zip(leaf) else { return Vec::new() };
    let spare = facts.endpoints.iter().find_map(|endpoint| facts.spare_pair(endpoint));
    let fixes = match spare {
        Some(spare) => vec![Fix::check_pair(facts, &spare)],
        None => Fix::made_pair(facts, &pair, CLIENT),
    };
    let finding = Finding::new(&DIAGNOSIS, Subject::File(pair.cert.to_owned()))
        .also_about(Subject::File(pair.key.to_owned()))
        .evidence(Label::Subject, leaf.subject())
        .evidence(Label::Key, pair.key)
        .fixes(fixes);
    vec![finding]
}
