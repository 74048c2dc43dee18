//! The handshake failed in none of the usual ways: another alert, or what our own TLS library could not go on with.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Endpoint, Facts, Reach},
    message::{Label, NetworkMessage, Prose, Say, Text, Value},
    observation::endpoint::HandshakeEnd,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "handshake-failed",
    severity: Severity::Error,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The TLS handshake broke off for a rare reason",
            why: "The server, or the TLS library on this side, gave up in the middle of the handshake. The \
                  alert or error text shown is all that was said, and it fits none of the usual causes.",
            fix: "Find this connection in the server's log, which holds the reason from its side.",
        },
        ja: Prose {
            title: "TLS ハンドシェイクがまれな理由で中断しました",
            why: "ハンドシェイクの途中で、サーバーまたはこちら側の TLS ライブラリが処理を打ち切りました。\
                  手がかりは表示したアラートまたはエラー文だけで、よくある原因のどれにも当てはまりません。",
            fix: "サーバーのログからこの接続の行を探し、サーバー側の理由を確かめてください。",
        },
        zh: Prose {
            title: "TLS 握手因少见的原因中断",
            why: "握手进行到一半，服务器或本端的 TLS 库放弃了连接。唯一的线索是所显示的警报或错误文\
                  本，它与任何常见原因都对不上。",
            fix: "在服务器日志中找到这次连接，查看服务器一侧记录的原因。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.endpoints.iter().filter_map(broken_off).collect()
}

/// A certificate that can't be parsed, or a signature that doesn't fit it, explains itself in its own room.
fn broken_off(endpoint: &Endpoint<'_>) -> Option<Finding> {
    let Reach::HandshakeFailed(why) = &endpoint.reach else { return None };
    let unparsable = endpoint.presented.as_ref().is_some_and(|seen| seen.unparsable.is_some());
    if unparsable || endpoint.tls()?.bad_signature.is_some() {
        return None;
    }
    let (label, said) = match why {
        HandshakeEnd::Alert(name) => (Label::Alert, Value::from(name)),
        HandshakeEnd::Closed => (Label::Seen, NetworkMessage::ClosedWithoutAlert.into()),
        other => (Label::Seen, other.message().into()),
    };
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(label, said)
        .evidence(Label::Dialled, endpoint.dialled())
        .fix(Fix::handshake(endpoint, "-alpn h2 -state"));
    Some(finding)
}
