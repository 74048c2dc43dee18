//! What etcd says of its own TLS settings, at its start and when it opens a listener.
//!
//! etcd: `server/embed/config.go`, `server/embed/etcd.go`, `pkg/flags`, `client/pkg/tlsutil/cipher_suites.go`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::Start,
};
use crate::{diagnoses::engine::Severity, message::Phrase};

pub(super) static ALL: &[&Complaint] = &[
    &SUITE, &NO_HTTP2, &NO_PAIR, &TWICE, &EXCLUSIVE, &VERSION, &UNPAIRED, &UNKNOWN, &NO_YAML,
    &AUTO, &GATEWAY,
];

static SUITE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["unexpected TLS cipher suite", "invalid TLS cipher suite", "unknown TLS cipher suite"],
    only: None,
    causes: &[(Start, &["cipher-suite-unknown"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "--cipher-suites holds a name that Go does not know; etcd does not start",
        ja: "--cipher-suites に Go の知らない名前があり、etcd は起動しません",
        zh: "--cipher-suites 中有 Go 不认识的名称，etcd 无法启动",
    },
    proves: Phrase {
        en: "Names are compared as Go and IANA spell them, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.",
        ja: "名前は TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 のような Go と IANA の表記で照合されます。",
        zh: "名称按 Go 和 IANA 的写法比较，例如 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256。",
    },
    open: Phrase {
        en: "Only the first unknown name is told; there can be more.",
        ja: "示されるのは最初の 1 つだけで、ほかにもあることがあります。",
        zh: "只报告第一个未知的名称，可能还有更多。",
    },
};

static NO_HTTP2: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "missing an HTTP/2-required",
        "TLSConfig.CipherSuites is missing",
        "TLSConfig.CipherSuites index",
        "listener failed…use of closed network connection",
    ],
    only: None,
    causes: &[(Start, &["cipher-suites-no-http2"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "--cipher-suites lacks the suite that HTTP/2 demands; etcd ends when it begins to serve",
        ja: "--cipher-suites に HTTP/2 が必須とするスイートがなく、etcd はサービス開始時に終了します",
        zh: "--cipher-suites 缺少 HTTP/2 要求的套件，etcd 在开始服务时退出",
    },
    proves: Phrase {
        en: "With TLS 1.2 suites chosen by hand, one of TLS_ECDHE_RSA or TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 has to be among them.",
        ja: "TLS 1.2 のスイートを指定するなら、TLS_ECDHE_RSA または TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 が必要です。",
        zh: "手动选择 TLS 1.2 套件时，必须包含 TLS_ECDHE_RSA 或 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256。",
    },
    open: Phrase {
        en: "etcd 3.5.1 says only that a closed connection was used, which other faults at the start can cause as well.",
        ja: "etcd 3.5.1 のログには閉じた接続を使ったとしか出ませんが、これは起動時の別の問題でも出ます。",
        zh: "etcd 3.5.1 只报告使用了已关闭的连接，启动时的其他问题也可能导致同样的报错。",
    },
};

static NO_PAIR: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "TLS key/cert (--",
        "with HTTPS scheme",
        "cannot listen on TLS for",
        "must be provided for client url",
        "must be provided for peer url",
    ],
    only: None,
    causes: &[(Start, &["listen-https-without-cert"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "A listen URL says https and no certificate is configured; etcd does not start",
        ja: "待ち受け URL は https ですが証明書の設定がなく、etcd は起動しません",
        zh: "监听 URL 为 https 但没有配置证书，etcd 无法启动",
    },
    proves: Phrase {
        en: "For the URL in the line, --cert-file and --key-file (or the peer- ones) are not set.",
        ja: "行中の URL に対し、--cert-file と --key-file (ピアは peer- 付き) が設定されていません。",
        zh: "对于该行中的 URL，没有设置 --cert-file 和 --key-file（对等端口为 peer- 开头的选项）。",
    },
    open: Phrase {
        en: "They can stand where etcd did not look: with --config-file all flags and variables are ignored.",
        ja: "etcd が見ない場所に書かれていることもあります。--config-file を使うとフラグと環境変数は無視されます。",
        zh: "它们可能写在 etcd 没有查看的地方：使用 --config-file 时所有标志和环境变量都被忽略。",
    },
};

static TWICE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["conflicting environment variable", "is shadowed by corresponding command-line flag"],
    only: None,
    causes: &[(Start, &["config-conflict"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "The same option is set as a flag and in the environment; etcd does not start",
        ja: "同じオプションがフラグと環境変数の両方で設定され、etcd は起動しません",
        zh: "同一选项同时用标志和环境变量设置，etcd 无法启动",
    },
    proves: Phrase {
        en: "The line names the option that is set twice. etcd exits even if both values are the same.",
        ja: "二重に設定されたオプションが行に示されています。値が同じでも etcd は終了します。",
        zh: "该行指出了重复设置的选项。即使两处的值相同，etcd 也会退出。",
    },
    open: Phrase {
        en: "It does not say which of the two is meant.",
        ja: "どちらが意図したものかはわかりません。",
        zh: "它没有说明哪一个才是本意。",
    },
};

static EXCLUSIVE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "cipher suites cannot be configured when only TLS1.3 is enabled",
        "cipher suites cannot be configured when",
        "is greater than max version",
        "AllowedCN and AllowedHostname are mutually exclusive",
        "allowed…are mutually exclusive",
        "are mutually exclusive (cn=",
    ],
    only: None,
    causes: &[(Start, &["config-options-exclusive"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "Two options of etcd exclude each other; etcd does not start",
        ja: "etcd の 2 つのオプションが両立せず、etcd は起動しません",
        zh: "etcd 的两个选项互相排斥，etcd 无法启动",
    },
    proves: Phrase {
        en: "The line names the two options that cannot be set together.",
        ja: "同時に指定できない 2 つのオプションが行に示されています。",
        zh: "该行指出了不能同时设置的两个选项。",
    },
    open: Phrase {
        en: "It does not say which of the two is meant.",
        ja: "どちらが意図したものかはわかりません。",
        zh: "它没有说明哪一个才是本意。",
    },
};

static VERSION: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["unexpected TLS version"],
    only: None,
    causes: &[(Start, &["tls-version-unknown"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "A TLS version is written in a way that etcd does not know; etcd does not start",
        ja: "TLS バージョンの表記を etcd が認識できず、etcd は起動しません",
        zh: "TLS 版本的写法 etcd 不认识，etcd 无法启动",
    },
    proves: Phrase {
        en: "--tls-min-version or --tls-max-version is neither TLS1.2 nor TLS1.3, spelt exactly so.",
        ja: "--tls-min-version または --tls-max-version が TLS1.2 でも TLS1.3 でもありません。表記は正確に一致する必要があります。",
        zh: "--tls-min-version 或 --tls-max-version 既不是 TLS1.2 也不是 TLS1.3，写法必须完全一致。",
    },
    open: Phrase {
        en: "It does not say which of the two options it is.",
        ja: "どちらのオプションかはわかりません。",
        zh: "它没有说明是哪一个选项。",
    },
};

static UNPAIRED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["--advertise-client-urls is required when --listen-client-urls is set explicitly"],
    only: None,
    causes: &[(Start, &["config-incomplete"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "An option is set without the one that belongs to it; etcd does not start",
        ja: "対になるオプションが設定されておらず、etcd は起動しません",
        zh: "缺少必须成对设置的选项，etcd 无法启动",
    },
    proves: Phrase {
        en: "--listen-client-urls is set and --advertise-client-urls is not.",
        ja: "--listen-client-urls は設定されていますが、--advertise-client-urls は設定されていません。",
        zh: "设置了 --listen-client-urls，但没有设置 --advertise-client-urls。",
    },
    open: Phrase {
        en: "It does not say which address clients reach this member at.",
        ja: "クライアントがこのメンバーに到達できるアドレスはわかりません。",
        zh: "它没有说明客户端能通过哪个地址访问该成员。",
    },
};

static UNKNOWN: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "unrecognized environment variable",
        "flag provided but not defined",
        "Error: unknown flag: --",
        "unknown flag: --etcd-",
        "unknown shorthand flag",
    ],
    only: None,
    causes: &[(Start, &["config-name-unknown"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "An option has a name that the program does not know",
        ja: "プログラムの知らない名前のオプションがあります",
        zh: "有一个选项的名称程序不认识",
    },
    proves: Phrase {
        en: "The line names it. etcd ignores an unknown ETCD_ variable; any Go program exits on an unknown flag.",
        ja: "名前は行に示されています。etcd は未知の ETCD_ 変数を無視し、Go のプログラムは未知のフラグがあると終了します。",
        zh: "该行指出了它的名称。etcd 忽略未知的 ETCD_ 变量，而 Go 程序遇到未知的标志会退出。",
    },
    open: Phrase {
        en: "It does not say which option was meant, or whether another release has it.",
        ja: "意図したオプションがどれか、ほかのリリースにあるかどうかはわかりません。",
        zh: "它没有说明原本想用哪个选项，也没有说明其他版本是否有它。",
    },
};

static NO_YAML: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "couldn't parse as pod(",
        "error converting YAML to JSON",
        "yaml: unmarshal errors",
        "yaml: line …",
        "error unmarshaling JSON",
        "cannot unmarshal …into Go struct field …configYAML",
    ],
    only: Some(of_a_configuration),
    causes: &[(Start, &["config-unreadable"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "A configuration file or manifest is no valid YAML; nothing of it is used",
        ja: "設定ファイルまたはマニフェストが有効な YAML でなく、内容はまったく使われません",
        zh: "配置文件或清单不是有效的 YAML，其内容完全不会被采用",
    },
    proves: Phrase {
        en: "The line names the place where the parser gave up.",
        ja: "解析に失敗した箇所が行に示されています。",
        zh: "该行指出了解析失败的位置。",
    },
    open: Phrase {
        en: "The mistake itself is often a line above: an indentation, a missing colon or quotation mark.",
        ja: "実際の誤りはその 1 行上 (字下げ、コロンや引用符の欠落) であることが多くあります。",
        zh: "真正的错误常在上一行：缩进，或缺少冒号、引号。",
    },
};

/// YAML is everywhere.
fn of_a_configuration(text: &str) -> bool {
    ["etcd", "manifests/", "kube-apiserver", "verify"].iter().any(|word| text.contains(word))
}

static AUTO: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "ignoring client auto TLS since certs given",
        "ignoring peer auto TLS since certs given",
        "ignoring client auto TLS",
        "ignoring peer auto TLS",
    ],
    only: None,
    causes: &[(Start, &["auto-tls"])],
    severity: Some(Severity::Warning),
    decide: Decide::Config,
    what: Phrase {
        en: "Automatic certificates and real ones are both configured; the real ones are used",
        ja: "自動生成の証明書と本来の証明書の両方が設定され、本来の証明書が使われます",
        zh: "同时配置了自动证书和正式证书；使用的是正式证书",
    },
    proves: Phrase {
        en: "--auto-tls or --peer-auto-tls has no effect here.",
        ja: "--auto-tls または --peer-auto-tls はここでは効果がありません。",
        zh: "--auto-tls 或 --peer-auto-tls 在此不起作用。",
    },
    open: Phrase {
        en: "Without the certificate files it would take over and drop client authentication.",
        ja: "証明書ファイルがなければ自動生成の証明書が使われ、クライアント認証は無効になります。",
        zh: "若没有证书文件，它就会生效并取消客户端认证。",
    },
};

/// Nobody but etcd itself dials the address that it listens at: `registerGateway` in `server/embed/serve.go`.
static GATEWAY: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "Failed to dial 0.0.0.0:…remote error: tls: bad certificate",
        "Failed to dial [::]:…remote error: tls: bad certificate",
        "failed to connect to {0.0.0.0:…remote error: tls: bad certificate",
        "failed to connect to {[::]:…remote error: tls: bad certificate",
    ],
    only: None,
    causes: &[(Start, &["gateway-eku-missing", "trusted-ca-mismatch"])],
    severity: None,
    decide: Decide::Config,
    what: Phrase {
        en: "etcd's own HTTP gateway was refused by etcd",
        ja: "etcd 自身の gRPC ゲートウェイ (HTTP) が etcd に拒否されました",
        zh: "etcd 自己的 HTTP 网关被 etcd 拒绝",
    },
    proves: Phrase {
        en: "The gateway dials its own member and shows the server certificate as a client certificate; etcd refused that certificate.",
        ja: "ゲートウェイは自身のメンバーに接続し、サーバー証明書をクライアント証明書として提示します。その証明書が拒否されました。",
        zh: "网关连接自己所在的成员，并把服务器证书当作客户端证书出示；这张证书被拒绝了。",
    },
    open: Phrase {
        en: "gRPC clients such as etcdctl are not concerned. It does not say whether clientAuth is missing or the client CA is another one.",
        ja: "etcdctl などの gRPC クライアントには影響しません。clientAuth がないのか、クライアント用の CA が違うのかはわかりません。",
        zh: "etcdctl 等 gRPC 客户端不受影响。它没有说明是缺少 clientAuth，还是客户端 CA 不同。",
    },
};
