//! Connections that ended without a word: during the handshake or after it, seen from the client.
//!
//! In TLS 1.3 the server judges the client's certificate after the client's handshake is over (RFC 8446 §4.4.2), so its refusal
//! can reach the client as a closed connection.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, PeerOut},
};
use super::connection::PEER_RESET;
use crate::message::Phrase;

pub(super) static AFTER_HANDSHAKE: &[&Complaint] = &[&AFTERWARDS, &UNNAMED];
pub(super) static BY_RESET: &[&Complaint] = &[&PEER_RESET, &RESET];
pub(super) static ALL: &[&Complaint] = &[&CLOSED];

/// Seen with lftp and wget (`GnuTLS`) against servers that refuse the client's certificate under TLS 1.3.
static AFTERWARDS: Complaint = Complaint {
    kind: Kind::Cut,
    said: &[
        "gnutls_record_recv: A TLS fatal alert",
        "gnutls_record_send: A TLS fatal alert",
        "session has been invalidated for some reason",
    ],
    only: None,
    causes: &[(
        Client,
        &[
            "client-cert-required",
            "client-cert-untrusted",
            "client-eku-missing",
            "cert-expired",
            "key-mismatch",
        ],
    )],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The server broke off right after the handshake",
        ja: "ハンドシェイクの直後にサーバーが接続を中断しました",
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

/// `GnuTLS` keeps the name of the alert for another line.
static UNNAMED: Complaint = Complaint {
    kind: Kind::Alert,
    said: &["A TLS fatal alert has been received"],
    only: None,
    causes: &[(
        Client,
        &[
            "client-cert-required",
            "client-cert-untrusted",
            "client-eku-missing",
            "cert-expired",
            "tls-version-mismatch",
            "tls-cipher-mismatch",
            "handshake-failed",
        ],
    )],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "it sent an alert whose name this line keeps back",
        ja: "相手側がアラートを送りましたが、その名前はこの行にありません",
        zh: "对方发来了警报，但这一行没有写出警报的名称",
    },
    proves: Phrase {
        en: "Both sides speak TLS, and the server refused something: most often the client's certificate or its absence.",
        ja: "双方とも TLS を使っており、サーバーが何かを拒否しました。多くの場合、クライアント証\
              明書が受け入れられなかったか、提示されていません。",
        zh: "双方都使用 TLS，服务器拒绝了某些内容：最常见的是客户端证书未被接受，或没有出示客户端证书。",
    },
    open: Phrase {
        en: "It does not say which alert it was; a line with \"received alert\" near it does, and so does the server's log.",
        ja: "どのアラートかはわかりません。近くの received alert の行かサーバーのログに書かれています。",
        zh: "它没有说明是哪一种警报；请查看附近含 received alert 的行，或服务器的日志。",
    },
};

/// Whoever spoke TLS did not dial in the clear; under TLS 1.3 a refused client can see nothing but this.
static RESET: Complaint = Complaint {
    kind: Kind::Cut,
    said: &[
        "connection reset by peer",
        "Connection reset",
        "ECONNRESET",
        "broken pipe",
        "ConnectionResetError",
        "rror in the pull function",
        "rror in the push function",
    ],
    only: Some(of_tls),
    causes: &[
        (
            Client,
            &[
                "tcp-reset",
                "client-cert-untrusted",
                "client-cert-required",
                "cert-expired",
                "server-cert-unloadable",
                "key-mismatch",
                "plaintext-server",
                "not-etcd",
                "cert-revoked",
                "trusted-ca-mismatch",
                "client-auth-without-ca",
            ],
        ),
        (PeerOut, &["peer-plaintext", "peer-ca-mismatch", "tcp-reset"]),
        (PeerIn, &["peer-plaintext", "peer-ca-mismatch", "tcp-reset"]),
    ],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The other side cut a TLS connection off",
        ja: "相手側が TLS 接続を切断しました",
        zh: "对方切断了 TLS 连接",
    },
    proves: Phrase {
        en: "The connection stood and was reset from there; no alert was read.",
        ja: "接続は確立していましたが、相手側からリセットされ、アラートは読み取れませんでした。",
        zh: "连接已建立，随后被对方重置；没有读到警报。",
    },
    open: Phrase {
        en: "It does not say whether the server refused the client's certificate, ended, or something in between cut the connection.",
        ja: "サーバーがクライアント証明書を拒否したのか、サーバーが終了したのか、経路上の何かが切断したのかはわかりません。",
        zh: "它没有说明是服务器拒绝了客户端证书、服务器退出了，还是中间的某个程序切断了连接。",
    },
};

fn of_tls(text: &str) -> bool {
    ["https://", "SSL", "ssl", "TLS", "tls", "Handshake", "handshake failed"]
        .iter()
        .any(|word| text.contains(word))
        && !text.contains("byte(s) sent to")
}

static CLOSED: Complaint = Complaint {
    kind: Kind::Cut,
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
        "client transport was broken",
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
        ja: "ハンドシェイク中だったのか完了後だったのかも、その理由もわかりません。サーバーのログを確認してください。",
        zh: "它没有说明发生在握手期间还是之后，也没有说明原因；原因写在服务器的日志里。",
    },
};

/// The words are also those of files and streams that end.
fn of_a_request(text: &str) -> bool {
    const WORDS: [&str; 13] = [
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
        "transport",
    ];
    WORDS.iter().any(|word| text.contains(word))
}
