//! What observations say: endpoints that can't be used, connections that end, files and keys that can't be read.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    ["no answer in time", "時間内に応答がありませんでした", "超时无应答"],
    ["{}: no answer in time", "{}: 時間内に応答がありませんでした", "{}：超时无应答"],
    ["{}: no answer", "{}: 応答がありません", "{}：没有应答"],
    ["connection refused", "接続が拒否されました", "连接被拒绝"],
    ["{}: connection refused", "{}: 接続が拒否されました", "{}：连接被拒绝"],
    ["without content type", "Content-Type なし", "没有 Content-Type"],
    [
        "a gRPC call is answered with {}",
        "gRPC の呼び出しに {} が返りました",
        "gRPC 调用得到的应答是 {}",
    ],
    [
        "no such file or directory",
        "そのようなファイルやディレクトリはありません",
        "没有那个文件或目录",
    ],
    ["is a directory", "ディレクトリです", "是一个目录"],
    [
        "its key usage lacks keyCertSign",
        "鍵用途に keyCertSign がありません",
        "其密钥用途缺少 keyCertSign",
    ],
];
