//! An intermediate between the certificate and a trusted CA was not sent, and lies in a file near by.
//!
//! TLS makes the presenter send it (RFC 8446 §4.4.2); Go fetches nothing by itself.

use super::broken::{self, Broken, Flaw, Presenter};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "missing-intermediate",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "An intermediate certificate is missing from the chain",
            why: "The certificate was issued by an intermediate CA whose certificate was not sent \
                  along. The other side knows only the CA above and cannot bridge the gap; Go \
                  downloads nothing to fill it.",
            fix: "Append the intermediate to the certificate file: end-entity first, then issuers.",
        },
        ja: Prose {
            title: "証明書チェーンに中間証明書がありません",
            why: "この証明書は中間 CA が発行したものですが、その中間証明書が一緒に送られていません。\
                  相手は上位の CA しか知らないため、間をつなげません。\
                  Go が中間証明書を自動的に取得することはありません。",
            fix: "証明書ファイルの末尾に中間証明書を追加してください (末端が先、続けて発行者の順)。",
        },
        zh: Prose {
            title: "证书链中缺少中间证书",
            why: "该证书由中间 CA 签发，但没有一并发送中间证书。\
                  对方只认识更上级的 CA，无法补上中间的一环；Go 也不会自动下载中间证书。",
            fix: "将中间证书追加到证书文件末尾：终端证书在前，颁发者依次在后。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::MissingIntermediate).iter().filter_map(describe).collect()
}

fn describe(chain: &Broken<'_, '_>) -> Option<Finding> {
    let facts = chain.facts;
    let near = match chain.presenter {
        Presenter::Server(presented) => presented.completed_by(facts)?,
        Presenter::Client(_) => facts.client.completed_by(chain.endpoint, facts)?,
    };
    let near = near.file.path.as_str();
    let mut finding = chain
        .at_presenter(&DIAGNOSIS)
        .evidence(Label::Issuer, chain.culprit.issuer())
        .evidence(Label::Beside, near)
        .evidence(Label::Chain, chain.subjects());
    finding = chain.go_says(finding);
    let (flag, own) = match chain.presenter {
        Presenter::Client(cert) => ("--cert", cert),
        Presenter::Server(_) => {
            // etcd reads it again at every handshake.
            if let Some(cert) = chain.chain().first().and_then(|leaf| facts.file_of(leaf)) {
                let append = Fix::run("cat").value(near).append_to(&cert.path);
                return Some(finding.fix(append.changes(&cert.path)));
            }
            // Until the server sends it, the client can bring the intermediate itself.
            ("--cacert", facts.flag("--cacert")?.file.path.as_str())
        }
    };
    let full = format!("{own}.bundle.pem");
    Some(finding.fix(bundle(own, near).into_file(&full)).fix(Fix::check(facts, &[(flag, &full)])))
}

fn bundle(own: &str, near: &str) -> Fix {
    Fix::run("cat").value(own).value(near)
}
