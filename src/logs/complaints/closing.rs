//! Connections that ended without a word: during the handshake or after it, seen from the client.
//!
//! In TLS 1.3 the server judges the client's certificate after the client's handshake is over (RFC 8446 §4.4.2), so its refusal
//! can reach the client as a closed connection.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerOut},
};
use crate::lang::Phrase;

pub(super) static AFTER_HANDSHAKE: &[&Complaint] = &[&AFTERWARDS];
pub(super) static ALL: &[&Complaint] = &[&CLOSED];

/// Seen with lftp and wget (`GnuTLS`) against servers that refuse the client's certificate under TLS 1.3.
static AFTERWARDS: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "gnutls_record_recv: A TLS fatal alert",
        "gnutls_record_send: A TLS fatal alert",
        "session has been invalidated for some reason",
    ],
    only: None,
    causes: &[(
        Client,
        &["client-cert-required", "client-cert-untrusted", "client-eku-missing", "cert-expired"],
    )],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The server broke off right after the handshake",
        ja: "ハンドシェイクの直後にサーバーが中断しました",
        zh: "握手刚完成，服务器就中断了连接",
    },
    proves: Phrase {
        en: "The client had accepted the server's certificate; then an alert came. Under TLS 1.3 that is how a client certificate is refused.",
        ja: "クライアントはサーバー証明書を受け入れ、その後でアラートが届きました。TLS 1.3 ではクライアント証明書の拒否がこの形で届きます。",
        zh: "客户端已接受服务器的证书，随后收到了警报。在 TLS 1.3 中，拒绝客户端证书就是这样表现的。",
    },
    open: Phrase {
        en: "It does not say which alert it was; the server's log names the reason.",
        ja: "どのアラートかはわかりません。理由はサーバーのログにあります。",
        zh: "它没有说明是哪一种警报；原因写在服务器的日志里。",
    },
};

static CLOSED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        ": EOF",
        ": unexpected EOF",
        "Remote end closed connection without response",
        "Server disconnected",
        "Empty reply from server",
        "header parser received no bytes",
        "Channel closed while performing protocol negotiation",
        "Connection prematurely closed",
        "SSL write error",
        "Socket closed",
    ],
    only: Some(of_a_request),
    causes: &[
        (
            Client,
            &[
                "tcp-reset",
                "plaintext-server",
                "tls-server-plain-url",
                "client-cert-required",
                "client-cert-untrusted",
                "server-cert-unloadable",
                "cert-revoked",
                "not-etcd",
            ],
        ),
        (PeerOut, &["peer-plaintext", "peer-san-mismatch", "peer-ca-mismatch", "tcp-reset"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The other side closed the connection without an answer",
        ja: "相手側が応答せずに接続を閉じました",
        zh: "对方没有应答就关闭了连接",
    },
    proves: Phrase {
        en: "The connection stood; then it was closed from there, without an alert that arrived.",
        ja: "接続は確立しましたが、アラートが届かないまま相手側から閉じられました。",
        zh: "连接已建立，随后被对方关闭，没有收到警报。",
    },
    open: Phrase {
        en: "It does not say whether that was during the handshake or after it, nor why; the server's log does.",
        ja: "ハンドシェイク中か後か、その理由もわかりません。サーバーのログを見てください。",
        zh: "它没有说明发生在握手期间还是之后，也没有说明原因；服务器的日志里有。",
    },
};

/// The words are also those of files and streams that end.
fn of_a_request(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "https://",
        "http://",
        "connect",
        "Connect",
        "disconnected",
        "Empty reply",
        "header parser",
        "Channel closed",
        "dial",
        "SSL",
        "etcd",
        "Socket closed",
    ];
    WORDS.iter().any(|word| text.contains(word))
}
