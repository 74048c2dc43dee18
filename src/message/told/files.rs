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
    ["no private key in it", "秘密鍵が含まれていません", "其中没有私钥"],
    [
        "the key is encrypted; give --ca-passphrase-file or ETCD_TLS_CA_PASSPHRASE",
        "鍵が暗号化されています。--ca-passphrase-file か ETCD_TLS_CA_PASSPHRASE を指定してください",
        "私钥已加密；请指定 --ca-passphrase-file 或 ETCD_TLS_CA_PASSPHRASE",
    ],
    [
        "the passphrase does not open the key",
        "このパスフレーズでは鍵を開けません",
        "用此口令无法解密私钥",
    ],
    [
        "not a key that can sign here: P-256, P-384, P-521, Ed25519 and RSA from 2048 bits can",
        "署名に使えない鍵です。使えるのは P-256、P-384、P-521、Ed25519 と 2048 ビット以上の RSA です",
        "此私钥不能用于签名；可用的是 P-256、P-384、P-521、Ed25519 和 2048 位以上的 RSA",
    ],
    [
        "{} is no certificate request",
        "{} は証明書署名要求 (CSR) ではありません",
        "{} 不是证书签名请求（CSR）",
    ],
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
