//! What is wrong with a file that a command was given or found: cases, certificates, keys, requests, snapshots.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    [
        "no PEM block of type CERTIFICATE",
        "CERTIFICATE の PEM ブロックがありません",
        "没有 CERTIFICATE 类型的 PEM 块",
    ],
    [
        "this is {}, not text; try {} | etcd-tls explain --log -",
        "テキストではなく{}です。{} | etcd-tls explain --log - を試してください",
        "这是{}，不是文本；请试 {} | etcd-tls explain --log -",
    ],
    ["a {} archive", " {} の圧縮ファイル", " {} 压缩文件"],
    ["an {} archive", " {} の圧縮ファイル", " {} 压缩文件"],
    ["a file of the systemd journal", " systemd ジャーナルのファイル", " systemd 日志文件"],
];
