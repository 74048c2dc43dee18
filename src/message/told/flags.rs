//! What is wrong with a command line, and remarks on how it was taken.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    [
        "--endpoints names no endpoint",
        "--endpoints にエンドポイントがありません",
        "--endpoints 未指定端点",
    ],
    [
        "several --root want no --config, or one for each in the same order",
        "--root を複数指定するときは、--config を指定しないか、同じ順に 1 つずつ指定してください",
        "指定多个 --root 时，不要指定 --config，或按相同顺序为每个 --root 各指定一个",
    ],
    [
        "must be more than nothing, such as 2s",
        "0 より長い時間を 2s のように指定してください",
        "必须大于零，例如 2s",
    ],
    [
        "a number with a unit is wanted, such as 500ms, 2s, 1m30s or 30d",
        "500ms、2s、1m30s、30d のように単位付きの数で指定してください",
        "需要带单位的数值，例如 500ms、2s、1m30s 或 30d",
    ],
    [
        "a Go release is wanted, such as 1.24 or 1.22.7",
        "1.24 や 1.22.7 のような Go のリリースを指定してください",
        "需要 Go 的版本号，例如 1.24 或 1.22.7",
    ],
    [
        "not a Go release such as 1.24 or 1.22.7",
        "1.24 や 1.22.7 のような Go のリリースではありません",
        "不是 1.24 或 1.22.7 这样的 Go 版本号",
    ],
    [
        "{} is the name of etcdctl's v2 API; taken as {}",
        "{} は etcdctl の v2 API での名前です。{} として扱います",
        "{} 是 etcdctl v2 API 的名称；按 {} 处理",
    ],
    [
        "{} is empty: give a path or leave it out",
        "{} が空です。パスを指定するか、省略してください",
        "{} 为空：请给出路径，或不要指定",
    ],
    ["Password of {}", "{} のパスワード", "{} 的密码"],
    [
        "--user needs a password, and no terminal can be asked: {}",
        "--user にはパスワードが必要ですが、端末で尋ねることができません: {}",
        "--user 需要密码，但没有可供输入的终端：{}",
    ],
    [
        "NAME:PASSWORD, --password or ETCDCTL_PASSWORD",
        "NAME:PASSWORD、--password、ETCDCTL_PASSWORD のいずれかで指定してください",
        "请使用 NAME:PASSWORD、--password 或 ETCDCTL_PASSWORD",
    ],
    [
        "--log is told as table or json",
        "--log の出力形式は table か json です",
        "--log 的输出格式只能是 table 或 json",
    ],
    ["{} needs a file here", "ここでは {} にファイルが必要です", "此处 {} 需要一个文件"],
    [
        "--peer: a snapshot comes from a client URL",
        "--peer は使えません。スナップショットはクライアント URL から取得します",
        "--peer 不适用：快照来自客户端 URL",
    ],
    [
        "--save takes a snapshot of one member: give one endpoint; without --save the best one is recommended",
        "--save は 1 つのメンバーからスナップショットを取得します。エンドポイントを 1 つ指定してください。\
         --save なしで実行すると、最適なものを提案します",
        "--save 只从一个成员获取快照：请给出一个端点；不带 --save 运行时，会推荐最合适的端点",
    ],
    [
        "no folder of etcd's certificates was found here: name a DIR",
        "etcd の証明書のフォルダーが見つかりません。DIR を指定してください",
        "此处未找到存放 etcd 证书的目录：请指定 DIR",
    ],
    [
        "--kubectl and --crictl need etcd's static pod manifest; none was found",
        "--kubectl と --crictl には etcd の静的 Pod のマニフェストが必要ですが、見つかりません",
        "--kubectl 和 --crictl 需要 etcd 的静态 Pod 清单，但未找到",
    ],
    [
        "no working set of endpoint, CA, certificate and key was found; `etcd-tls check` says more",
        "接続できるエンドポイント、CA、証明書、鍵の組み合わせが見つかりません。詳しくは `etcd-tls check` を実行してください",
        "未找到可用的端点、CA、证书和私钥组合；详情请运行 `etcd-tls check`",
    ],
    ["tried and works: {} ({})", "試したところ接続できました: {} ({})", "已试过，可用：{}（{}）"],
    [
        "a path is wanted behind the trust domain",
        "トラストドメインの後にパスが必要です",
        "信任域之后需要路径",
    ],
    ["{} is no SPIFFE ID: {}", "{} は SPIFFE ID ではありません: {}", "{} 不是 SPIFFE ID：{}"],
    ["it does not begin with spiffe://", "spiffe:// で始まっていません", "不以 spiffe:// 开头"],
    ["it is longer than 2048 bytes", "2048 バイトを超えています", "超过 2048 字节"],
    [
        "a trust domain is lower-case letters, digits, dots, dashes and underscores",
        "トラストドメインに使えるのは英小文字、数字、ドット、ハイフン、アンダースコアです",
        "信任域只能由小写字母、数字、点、连字符和下划线组成",
    ],
    [
        "its path has an empty segment, or ends with a slash",
        "パスに空のセグメントがあるか、末尾がスラッシュです",
        "路径中有空段，或以斜杠结尾",
    ],
    ["its path has a relative segment", "パスに . または .. があります", "路径中有 . 或 .. 段"],
    [
        "a path is letters, digits, dots, dashes and underscores between slashes",
        "パスに使えるのはスラッシュと英数字、ドット、ハイフン、アンダースコアです",
        "路径只能由斜杠以及字母、数字、点、连字符和下划线组成",
    ],
    [
        "a name without slash is wanted",
        "スラッシュを含まない名前を指定してください",
        "需要不含斜杠的名称",
    ],
    ["one of {} is wanted", "{} のいずれかを指定してください", "需要以下之一：{}"],
    [
        "a name, *.DOMAIN, an address, a network or a URI is wanted",
        "名前、*.DOMAIN、アドレス、ネットワーク、URI のいずれかを指定してください",
        "需要名称、*.DOMAIN、地址、网段或 URI",
    ],
    ["Passphrase of {}", "{} のパスフレーズ", "{} 的口令"],
];
