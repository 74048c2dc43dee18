//! What keeps a connection from coming about, and where a value came from.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
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
