//! What lies around etcd: a proxy in between, kube-apiserver in front of it, and an etcdctl that speaks another API.

use super::super::{
    aside,
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::Client,
};
use crate::message::Phrase;

pub(super) static BETWEEN: &[&Complaint] = &[&PROXY, &API_V2];
pub(super) static APISERVER_DOWN: &[&Complaint] = &[&KUBECTL, &APISERVER];

/// Go's `net/http`, curl, Python and Java about a proxy that the environment names.
static PROXY: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "proxyconnect",
        "failed to do connect handshake",
        "CONNECT tunnel failed",
        "Proxy CONNECT aborted",
        "Received HTTP code …from proxy after CONNECT",
        "Could not resolve proxy",
        "Unable to connect to proxy",
        "Cannot connect to proxy",
        "Unable to tunnel through proxy",
        "Tunnel connection failed",
        "ProxyError(",
        "ProxyConnectException",
        "tunneling socket could not be established",
        "could not connect to proxy",
        "Proxy Authentication Required",
    ],
    only: None,
    causes: &[(Client, &["proxy-environment", "intercepting-proxy"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The client goes through a proxy, and the proxy did not take it to the server",
        ja: "クライアントはプロキシを経由しており、プロキシはサーバーに接続しませんでした",
        zh: "客户端经过代理，而代理没有连通服务器",
    },
    proves: Phrase {
        en: "The server was not reached. The proxy comes from HTTPS_PROXY or HTTP_PROXY, which grpc-go and most HTTP clients honor.",
        ja: "サーバーには到達していません。プロキシは HTTPS_PROXY または HTTP_PROXY によるもので、grpc-go と多くの HTTP クライアントがこれに従います。",
        zh: "没有到达服务器。代理来自 HTTPS_PROXY 或 HTTP_PROXY，grpc-go 和多数 HTTP 客户端都会采用它们。",
    },
    open: Phrase {
        en: "It does not say where the variable is set: in the shell, in the unit, or in the manifest. etcd's hosts belong into NO_PROXY.",
        ja: "変数がシェル、ユニット、マニフェストのどこで設定されたかはわかりません。etcd のホストは NO_PROXY に入れます。",
        zh: "它没有说明变量是在 shell、单元文件还是清单中设置的。etcd 的主机应写入 NO_PROXY。",
    },
};

/// etcdctl up to 3.3 speaks v2 by default; its library `urfave/cli` and cobra say it in these words.
static API_V2: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "No help topic for '",
        "not defined: -cacert",
        "not defined: --cacert",
        "not defined: -endpoints",
        "not defined: -write-out",
        "not defined: -prefix",
        "not defined: -w",
        "unknown flag: --ca-file",
        "unknown flag: --cert-file",
        "unknown flag: --key-file",
        "unknown flag: --no-sync",
        "unknown flag: --peers",
        "unknown flag: --recursive",
        "unknown command …for \"etcdctl\"",
        "unknown command \"cluster-health\"",
        "unknown command \"backup\"",
        "unsupported ETCDCTL_API",
        "response is invalid json. The endpoint is probably not valid etcd cluster endpoint",
        "Bad response : 404 page not found",
    ],
    only: None,
    causes: &[(Client, &["etcdctl-v2-api"])],
    severity: None,
    decide: Decide::Check,
    what: Phrase {
        en: "The command belongs to another version of etcd's API than the program speaks",
        ja: "コマンドが、プログラムの使う etcd API とは別のバージョンのものです",
        zh: "该命令属于 etcd API 的另一个版本，与程序所用的不同",
    },
    proves: Phrase {
        en: "Certificates were not looked at. etcdctl up to 3.3 speaks v2 unless ETCDCTL_API=3 is set; from 3.4 on it speaks v3.",
        ja: "証明書は確認されていません。etcdctl は 3.3 まで ETCDCTL_API=3 がなければ v2 を、3.4 以降は v3 を使います。",
        zh: "没有检查证书。3.3 及更早的 etcdctl 不设 ETCDCTL_API=3 时使用 v2，3.4 起使用 v3。",
    },
    open: Phrase {
        en: "It does not say which release of etcdctl it is.",
        ja: "etcdctl のリリースはわかりません。",
        zh: "它没有说明 etcdctl 的版本。",
    },
};

static KUBECTL: Complaint = Complaint {
    said: &["The connection to the server …was refused", "[kube-apiserver check failed at"],
    only: Some(has_server),
    ..APISERVER
};

/// Without a kubeconfig kubectl dials localhost:8080, where nobody serves.
fn has_server(text: &str) -> bool {
    !text.contains(":8080")
}

static APISERVER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "connection refused",
        "Client.Timeout exceeded",
        "Client.Timeout or context cancellation",
        "i/o timeout",
        "no route to host",
        "Unable to connect to the server: dial",
        "Unable to connect to the server: net/http: request canceled",
        "context deadline exceeded",
    ],
    only: Some(aside::is_about_apiserver),
    causes: &[(Client, &["apiserver-down"])],
    severity: None,
    decide: Decide::Apiserver,
    what: Phrase {
        en: "kube-apiserver does not answer",
        ja: "kube-apiserver が応答しません",
        zh: "kube-apiserver 没有应答",
    },
    proves: Phrase {
        en: "A client of kube-apiserver got no answer. The line is not about etcd.",
        ja: "kube-apiserver のクライアントが応答を得られませんでした。この行は etcd についてのものではありません。",
        zh: "kube-apiserver 的客户端没有得到应答。这一行说的不是 etcd。",
    },
    open: Phrase {
        en: "It does not say why. kube-apiserver ends when it can't reach etcd; its own log names the reason.",
        ja: "理由はわかりません。kube-apiserver は etcd に接続できないと終了します。理由は kube-apiserver 自身のログにあります。",
        zh: "它没有说明原因。kube-apiserver 无法连接 etcd 时会退出；原因写在它自己的日志里。",
    },
};
