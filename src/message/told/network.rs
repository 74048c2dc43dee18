//! What keeps a connection from coming about, and where a value came from.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    ["the certificate made for a trial", "試験用に作成した証明書", "为测试生成的证书"],
    ["no answer", "応答がありません", "没有应答"],
];
