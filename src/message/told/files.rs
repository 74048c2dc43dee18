//! What is wrong with a file that a command was given or found: cases, certificates, keys, requests, snapshots.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    [
        "--case {} is no saved case",
        "--case {} は保存されたケースではありません",
        "--case {} 不是已保存的案例",
    ],
    [
        "--case {} has schema {}; this release reads {}",
        "--case {} のスキーマは {} です。このリリースで読めるのは {} です",
        "--case {} 的格式版本为 {}；此版本的 etcd-tls 读取的是 {}",
    ],
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
    [
        "--save {}: {}; nothing was written",
        "--save {}: {}。何も書き込んでいません",
        "--save {}：{}；没有写入任何内容",
    ],
    [
        "--save {}: {}, after {} of {} bytes; the part file was removed",
        "--save {}: {}。{} / {} バイトの時点で失敗しました。一時ファイルは削除しました",
        "--save {}：{}，已写入 {}/{} 字节；临时文件已删除",
    ],
    [
        "--save {}: the snapshot broke off after {} of {} bytes ({} {}); the part file was removed",
        "--save {}: スナップショットが {} / {} バイトで途切れました ({} {})。一時ファイルは削除しました",
        "--save {}：快照在 {}/{} 字节处中断（{} {}）；临时文件已删除",
    ],
    [
        "--save {}: {} bytes came, and their SHA-256 is not the one at their end; the part file was removed",
        "--save {}: {} バイト届きましたが、SHA-256 が末尾のものと一致しません。一時ファイルは削除しました",
        "--save {}：收到 {} 字节，但其 SHA-256 与末尾的不符；临时文件已删除",
    ],
    [
        "--save {}: interrupted after {} of {} bytes; the part file was removed",
        "--save {}: {} / {} バイトの時点で中断されました。一時ファイルは削除しました",
        "--save {}：在 {}/{} 字节处被中断；临时文件已删除",
    ],
];
