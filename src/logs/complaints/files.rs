//! Files that could not be loaded, in the words of whoever tried.
//!
//! Go: `X509KeyPair` in `crypto/tls/tls.go`; etcd: `client/pkg/tlsutil`, `TLSInfo.cafiles`; OpenSSL: `PEM_R_*`, `X509_R_*`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerIn, Server, Start},
};
use crate::message::Phrase;

pub(super) static ALL: &[&Complaint] =
    &[&MISSING, &DENIED, &FOLDER, &SWAPPED, &HALF, &ENCRYPTED, &OTHER_KEY, &OTHER_KIND, &NO_PEM];

static MISSING: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "open …no such file or directory",
        "stat …no such file or directory",
        "No such file or directory",
        "ENOENT: no such file or directory",
        "java.nio.file.NoSuchFileException",
        "java.io.FileNotFoundException",
        "error adding trust anchors from file",
        "error setting certificate verify locations",
        "error setting certificate file",
        "could not open certificate file",
        "failed loading cafile stream",
        "Failed to open cert …(-64)",
        "x509 trust file: Error while reading",
        "suitable TLS CA certificate bundle",
        "Could not find the TLS certificate file",
        "Could not find the TLS key file",
        "Could not open file or uri for loading",
        "BIO_new_file:no such file",
        "ExternalEtcdClientCertificates",
        "could not find a certificate at",
        "could not find certificate file",
        "could not find certificate key file",
    ],
    only: Some(is_key_material),
    causes: &[
        (
            Client,
            &["file-missing", "file-unreadable", "pem-malformed", "der-not-pem", "file-empty"],
        ),
        (Server, &["crl-missing", "server-cert-unloadable"]),
        (PeerIn, &["crl-missing", "server-cert-unloadable"]),
        (Start, &["config-file-missing", "hostpath-missing"]),
    ],
    severity: None,
    decide: Decide::File,
    what: Phrase {
        en: "A certificate, key or CA file could not be opened at the path given",
        ja: "証明書、鍵または CA のファイルを指定のパスで開けませんでした",
        zh: "无法打开指定路径上的证书、私钥或 CA 文件",
    },
    proves: Phrase {
        en: "The program that wrote this line did not see the file, as its own user and in its own file system.",
        ja: "この行を書いたプログラムは、自分のユーザーと自分のファイルシステムからそのファイルを見つけられませんでした。",
        zh: "写下这一行的程序以自己的用户身份、在自己的文件系统中没有看到该文件。",
    },
    open: Phrase {
        en: "It can exist on the host all the same: a container sees only what is mounted.",
        ja: "ホストには存在することもあります。コンテナから見えるのはマウントされたものだけです。",
        zh: "文件在宿主机上仍可能存在：容器只能看到已挂载的内容。",
    },
};

static DENIED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "open …permission denied",
        "stat …permission denied",
        "EACCES: permission denied",
        "java.nio.file.AccessDeniedException",
        "Permission denied…fopen(",
        "fopen(…Permission denied",
        "PermissionError: ",
        "PermissionError(13",
    ],
    only: Some(is_key_material),
    causes: &[
        (Client, &["file-unreadable"]),
        (Server, &["server-cert-unloadable", "crl-missing", "file-unreadable"]),
    ],
    severity: None,
    decide: Decide::File,
    what: Phrase {
        en: "The user that runs this program may not read the file",
        ja: "このプログラムの実行ユーザーにファイルを読む権限がありません",
        zh: "运行此程序的用户无权读取该文件",
    },
    proves: Phrase {
        en: "The path leads to the file, or to a folder on the way, and reading it was refused.",
        ja: "パスはファイルまたは途中のディレクトリに達しており、読み取りが拒否されました。",
        zh: "路径可到达该文件或途中的目录，但读取被拒绝。",
    },
    open: Phrase {
        en: "It does not say which part of the path refused; a parent folder counts as well, and so do SELinux, AppArmor and snap.",
        ja: "パスのどこで拒否されたかはわかりません。親ディレクトリのほか、SELinux、AppArmor、snap の場合もあります。",
        zh: "它没有说明是路径的哪一部分拒绝的；上级目录、SELinux、AppArmor 和 snap 都有可能。",
    },
};

static FOLDER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[": is a directory", "EISDIR: illegal operation on a directory"],
    only: None,
    causes: &[(Client, &["file-unreadable"]), (Start, &["file-unreadable", "config-file-missing"])],
    severity: None,
    decide: Decide::File,
    what: Phrase {
        en: "The path names a folder where a file is meant",
        ja: "ファイルのはずのパスがディレクトリを指しています",
        zh: "该路径应为文件，实际是目录",
    },
    proves: Phrase {
        en: "The folder exists; the name of the file in it is missing.",
        ja: "ディレクトリは存在し、その中のファイル名が抜けています。",
        zh: "目录存在，路径中缺少的是文件名。",
    },
    open: Phrase {
        en: "A hostPath mount of a missing file makes a folder of its name, too.",
        ja: "存在しないファイルを hostPath でマウントした場合も、その名前のディレクトリが作られます。",
        zh: "以 hostPath 挂载不存在的文件时，也会生成同名目录。",
    },
};

static SWAPPED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "PEM inputs may have been switched",
        "found a certificate rather than a key in the PEM for the private key",
        "but did find a private key",
    ],
    only: None,
    causes: &[(Client, &["flags-swapped"])],
    severity: None,
    decide: Decide::Pair,
    what: Phrase {
        en: "The certificate was given as the key, or the key as the certificate",
        ja: "証明書と鍵が逆に指定されています",
        zh: "证书与私钥被对调了",
    },
    proves: Phrase {
        en: "The file was read and holds the other kind of object.",
        ja: "ファイルは読めており、もう一方の種類の内容が入っています。",
        zh: "文件可以读取，其中是另一种内容。",
    },
    open: Phrase {
        en: "It does not say which of the two flags is wrong.",
        ja: "2 つのフラグのどちらが誤りかはわかりません。",
        zh: "它没有说明两个标志中哪一个有误。",
    },
};

static HALF: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "KeyFile and CertFile must both be present",
        "key and cert must both be",
        "certificate and key must both be",
        "both cert and key",
        "both certificate and key",
    ],
    only: None,
    causes: &[(Client, &["key-not-given"]), (Start, &["config-incomplete"])],
    severity: None,
    decide: Decide::Pair,
    what: Phrase {
        en: "Only one of certificate and key was given",
        ja: "証明書と鍵の一方だけが指定されています",
        zh: "证书和私钥只指定了其中一个",
    },
    proves: Phrase {
        en: "The pair is incomplete; the text shows in brackets which part there is.",
        ja: "組がそろっていません。角括弧の中に、指定された方が示されています。",
        zh: "这一对不完整；方括号中显示已指定的部分。",
    },
    open: Phrase {
        en: "It does not say where the other file lies.",
        ja: "もう一方のファイルの場所はわかりません。",
        zh: "它没有说明另一个文件在哪里。",
    },
};

static ENCRYPTED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "tls: failed to parse private key",
        "bad decrypt",
        "BAD_DECRYPT",
        "bad password read",
        "BAD_PASSWORD_READ",
        "processing error:unsupported…ENCRYPTED",
        "InterruptedOrCancelled",
        "interrupted or cancelled",
        "no valid encrypted",
        "x509: decryption password incorrect",
        "private key is encrypted",
        "key is password protected",
        "unable to get passphrase",
        "Enter PEM pass phrase",
        "Enter pass phrase for",
        "maybe wrong password",
        "keystore password was incorrect",
        "UnrecoverableKeyException",
        "importing key: Decryption has failed",
        "certificate private key from",
        "Could not read private key",
        "adding our certificate…Decryption has failed",
    ],
    only: None,
    causes: &[(Client, &["key-encrypted", "key-unsupported", "pem-malformed", "flags-swapped"])],
    severity: None,
    decide: Decide::Pair,
    what: Phrase {
        en: "The private key can't be read; most often it is protected by a passphrase",
        ja: "秘密鍵を読めません。多くはパスフレーズで保護されているためです",
        zh: "无法读取私钥，最常见的原因是设有口令保护",
    },
    proves: Phrase {
        en: "The file was found; its content is no key that this program can parse. etcd and etcdctl never ask for a passphrase.",
        ja: "ファイルは見つかりましたが、内容をこのプログラムが鍵として解釈できません。etcd も etcdctl もパスフレーズを尋ねません。",
        zh: "文件已找到，但内容不是此程序能解析的私钥。etcd 和 etcdctl 从不询问口令。",
    },
    open: Phrase {
        en: "It does not tell a protected key from an exotic or damaged one: the first line of the file does.",
        ja: "保護された鍵か、特殊な鍵か、壊れた鍵かはわかりません。ファイルの先頭行を見ればわかります。",
        zh: "它不能区分受保护的私钥、特殊的私钥和损坏的私钥；看文件首行即可知道。",
    },
};

static OTHER_KEY: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "tls: private key does not match public key",
        "tls: private key type does not match",
        "key values mismatch",
        "KEY_VALUES_MISMATCH",
        "key type mismatch",
        "KEY_TYPE_MISMATCH",
        "KeyMismatch",
        "InconsistentKeys",
        "keys may not be consistent",
        "Certificate and private key do not match",
        "private key doesn't match",
    ],
    only: None,
    causes: &[
        (Client, &["key-mismatch", "bundle-order"]),
        (Server, &["server-cert-unloadable", "key-mismatch"]),
        (PeerIn, &["server-cert-unloadable", "key-mismatch"]),
    ],
    severity: None,
    decide: Decide::Pair,
    what: Phrase {
        en: "The key does not belong to the certificate",
        ja: "鍵と証明書が対応していません",
        zh: "私钥与证书不匹配",
    },
    proves: Phrase {
        en: "Both files were read. The key fits no certificate at the beginning of the file; only the first one counts.",
        ja: "両方のファイルは読めています。鍵がファイル先頭の証明書に合いません。照合されるのは先頭の証明書だけです。",
        zh: "两个文件都已读取。私钥与文件开头的证书不匹配；只有第一张证书算数。",
    },
    open: Phrase {
        en: "It does not say which of the two is the old one, or whether the bundle merely has the wrong order.",
        ja: "どちらが古いか、単に並び順の誤りかはわかりません。",
        zh: "它没有说明哪一个是旧的，也可能只是证书包的顺序不对。",
    },
};

static OTHER_KIND: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "PEM block in certificate input after skipping",
        "in key input after skipping PEM blocks",
        "x509: malformed tbs certificate",
        "asn1: structure error: tags don't match",
    ],
    only: None,
    causes: &[(Client, &["pem-wrong-type", "flags-swapped", "cert-malformed"])],
    severity: None,
    decide: Decide::File,
    what: Phrase {
        en: "The file holds another kind of object than is wanted here",
        ja: "ファイルの内容がここで必要な種類と異なります",
        zh: "文件中的内容不是这里需要的类型",
    },
    proves: Phrase {
        en: "The file is PEM and was decoded; a request, a key or another block stands where a certificate is meant.",
        ja: "PEM として読めていますが、証明書のはずの場所に CSR や鍵など別のブロックがあります。",
        zh: "文件是 PEM 且已解码；应为证书之处却是证书签名请求、私钥或其他块。",
    },
    open: Phrase {
        en: "It does not name the file; of the files given, it is the one whose first line says something else.",
        ja: "ファイル名は示されません。指定したファイルのうち、先頭行が異なるものです。",
        zh: "它没有指出文件名；在给定的文件中，首行内容不同的就是它。",
    },
};

static NO_PEM: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "failed to find any PEM data in",
        "no start line",
        "NO_START_LINE",
        "PEM lib",
        "bad base64 decode",
        "BAD_BASE64_DECODE",
        "bad end line",
        "could not find any PEM",
        "no PEM data",
        "no certificate or crl found",
        "NO_CERTIFICATE_OR_CRL_FOUND",
        "does not contain any certificate",
        "File does not contain valid cert",
        "toDerInputStream rejects tag type",
        "data isn't an object ID",
        "No PEM-encoded",
        "NoPemFileFound",
        "no valid certificates found",
        "data does not contain any valid RSA or ECDSA certificates",
        "no valid certs found cafile",
        "Failed to open cert ",
        "x509 trust file: No certificate was found",
        "Could not load any root certificate",
        "Cannot load server root certificates",
        "trustAnchors parameter must be non-empty",
        "Invalid keystore format",
        "lengthTag=",
        "cert file: No certificate was found",
        "Invalid cert chain file",
    ],
    only: None,
    causes: &[
        (Client, &["pem-malformed", "file-empty", "der-not-pem", "pem-wrong-type"]),
        (Server, &["server-cert-unloadable", "pem-malformed"]),
    ],
    severity: None,
    decide: Decide::File,
    what: Phrase {
        en: "The file holds no PEM block that can be read",
        ja: "ファイルに読み取れる PEM ブロックがありません",
        zh: "文件中没有可读取的 PEM 块",
    },
    proves: Phrase {
        en: "The file was opened; nothing in it begins and ends as PEM does.",
        ja: "ファイルは開けましたが、PEM の BEGIN 行から END 行までの部分がありません。",
        zh: "文件已打开，但其中没有以 PEM 形式开头和结尾的内容。",
    },
    open: Phrase {
        en: "It can be empty, cut off, DER or PKCS#12: its size and first byte tell. A CA file of this kind gives no such error but an empty pool.",
        ja: "空、途中切れ、DER、PKCS#12 のいずれかで、サイズと先頭のバイト列で見分けられます。CA \
              ファイルの場合はエラーにならず、信頼する CA が空になります。",
        zh: "它可能为空、被截断、是 DER 或 PKCS#12：看大小和最初的字节即可知道。若是 CA 文件则不会报错，而是得到空的 CA 列表。",
    },
};

/// Logs are full of files; here only those count whose name is that of a certificate, a key, a list or a folder of them.
fn is_key_material(text: &str) -> bool {
    const NAMES: [&str; 19] = [
        ".crt",
        ".pem",
        ".key",
        ".cer",
        ".crl",
        ".p12",
        ".pfx",
        ".jks",
        ".der",
        "pki",
        "cert",
        "/ssl",
        "/tls",
        "trust anchors",
        "load_verify",
        "BIO_new_file",
        "TLS CA",
        "TLS certificate",
        "TLS key",
    ];
    NAMES.iter().any(|name| text.contains(name)) || is_unnamed(text)
}

/// Python's `ssl` module does not say which of its files it means.
fn is_unnamed(text: &str) -> bool {
    const OF_TLS: [&str; 4] = ["HTTPS", "https://", "SSLError", "Connection aborted"];
    let without_name = ["Error(2, ", "Error(13, "].iter().any(|error| text.contains(error));
    text.ends_with("[Errno 2] No such file or directory")
        || without_name && OF_TLS.iter().any(|word| text.contains(word))
}
