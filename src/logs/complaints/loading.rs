//! Files that a TLS library would not take, in the words of those libraries: curl, OpenSSL, PHP, `GnuTLS`, gRPC's C core, nginx, `HAProxy`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, Server},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] = &[&KEY, &UNLOADED];

/// Seen with a key of another certificate and with a protected one: these libraries say the same of both.
static KEY: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "unable to set private key file",
        "error setting private key",
        "Invalid private key.",
        "Error importing key",
    ],
    only: None,
    causes: &[
        (
            Client,
            &["key-mismatch", "key-encrypted", "pem-malformed", "flags-swapped", "file-missing"],
        ),
        (Server, &["server-cert-unloadable", "key-mismatch"]),
    ],
    severity: None,
    decide: Decide::Pair,
    what: Phrase {
        en: "The private key was not taken",
        ja: "秘密鍵が受け付けられませんでした",
        zh: "私钥未被接受",
    },
    proves: Phrase {
        en: "It went wrong before any connection was made: key and certificate do not belong together, or the key can't be read.",
        ja: "接続する前の段階で失敗しています。鍵と証明書が対になっていないか、鍵を読み取れません。",
        zh: "在建立任何连接之前就失败了：私钥与证书不匹配，或者私钥无法读取。",
    },
    open: Phrase {
        en: "It does not say which of the two, nor whether a passphrase protects the key.",
        ja: "そのどちらなのか、また鍵がパスフレーズで保護されているかどうかはわかりません。",
        zh: "它没有说明是其中哪一种，也没有说明私钥是否受口令保护。",
    },
};

static UNLOADED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "failed to load key pair",
        "could not load cert pair",
        "unable to load server certificate",
        "unable to load client CA",
        "unable to load X509 certificate",
        "cannot load certificate",
        "cannot load private key",
        "SSL_CTX_use_PrivateKey",
        "SSL_CTX_use_certificate",
        "use_certificate_chain_file",
        "failed to load certificate",
        "failed to load client certificate",
        "failed to load CA",
        "unable to load certificate",
        "error loading certificate",
        "could not load PEM client certificate",
        "Unable to set local cert chain file",
        "error reading X.509 key or certificate file",
        "Error loading cert file",
        "Handshaker factory creation failed",
        "error setting local certificate",
        "error adding our certificate",
        "error reading our certificate",
    ],
    only: None,
    causes: &[
        (Client, &["file-missing", "key-mismatch", "pem-malformed", "file-unreadable"]),
        (Server, &["server-cert-unloadable"]),
    ],
    severity: None,
    decide: Decide::Pair,
    what: Phrase {
        en: "A certificate, key or CA file could not be loaded",
        ja: "証明書、鍵または CA のファイルを読み込めませんでした",
        zh: "无法加载证书、私钥或 CA 文件",
    },
    proves: Phrase {
        en: "It went wrong before any connection was made.",
        ja: "接続より前に失敗しています。",
        zh: "在建立任何连接之前就失败了。",
    },
    open: Phrase {
        en: "It does not say whether the file is absent, unreadable or of the wrong kind.",
        ja: "ファイルがないのか、読めないのか、種類が違うのかはわかりません。",
        zh: "它没有说明文件是不存在、不可读还是类型不对。",
    },
};
