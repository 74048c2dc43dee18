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
    ["no certificate", "証明書がありません", "没有证书"],
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
    ["the certificate made for a trial", "試験用に作成した証明書", "为测试生成的证书"],
    ["no answer", "応答がありません", "没有应答"],
];
