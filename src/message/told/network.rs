//! What keeps a connection from coming about, and where a value came from.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    [
        "{} is no endpoint such as https://10.0.0.1:2379",
        "{} は https://10.0.0.1:2379 のようなエンドポイントではありません",
        "{} 不是 https://10.0.0.1:2379 这样的端点",
    ],
    ["the connection is gone", "接続が失われました", "连接已断开"],
    ["no connection", "接続できませんでした", "未能建立连接"],
    ["no address", "アドレスがありません", "没有地址"],
    ["no certificate", "証明書がありません", "没有证书"],
    ["the TLS handshake failed", "TLS ハンドシェイクに失敗しました", "TLS 握手失败"],
    [
        "the server's certificate is not accepted",
        "サーバー証明書を受け入れられません",
        "服务器证书未被接受",
    ],
    [
        "no TLS is spoken at an http or unix URL",
        "http と unix の URL では TLS を使いません",
        "http 和 unix URL 不使用 TLS",
    ],
    ["{} cipher suites: {}", "{} の暗号スイート: {}", "{} 密码套件：{}"],
    ["key exchange groups: {}", "鍵交換グループ: {}", "密钥交换组：{}"],
    ["{}: not looked up", "{}: 名前を調べていません", "{}：未解析"],
    [
        "{} of the SRV records is left out: it is clear text",
        "SRV レコードの {} は平文のため使いません",
        "SRV 记录中的 {} 是明文，已排除",
    ],
    [
        "names endpoints in clear text alone",
        "平文のエンドポイントしかありません",
        "只列出了明文端点",
    ],
    [
        "no SRV record of etcd clients at {}",
        "{} に etcd クライアント用の SRV レコードがありません",
        "{} 没有 etcd 客户端的 SRV 记录",
    ],
    ["is no domain name", "ドメイン名ではありません", "不是域名"],
    ["{} answers with code {}", "{} の応答コードは {} です", "{} 的应答代码为 {}"],
    ["{} gives half an answer", "{} の応答が途中で切れています", "{} 的应答不完整"],
    ["SRV records of {}", "{} の SRV レコード", "{} 的 SRV 记录"],
];
