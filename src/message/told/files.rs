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
        "no certificate, key, request or revocation list in it",
        "証明書、鍵、CSR、CRL のどれも含まれていません",
        "其中没有证书、私钥、CSR 或 CRL",
    ],
    [
        "the passphrase does not open it: {}",
        "このパスフレーズでは開けません: {}",
        "用此口令无法打开：{}",
    ],
    [
        "this is {}, not text; try {} | etcd-tls explain --log -",
        "テキストではなく{}です。{} | etcd-tls explain --log - を試してください",
        "这是{}，不是文本；请试 {} | etcd-tls explain --log -",
    ],
    ["a {} archive", " {} の圧縮ファイル", " {} 压缩文件"],
    ["an {} archive", " {} の圧縮ファイル", " {} 压缩文件"],
    ["a file of the systemd journal", " systemd ジャーナルのファイル", " systemd 日志文件"],
    ["is no UTF-8 text", "UTF-8 のテキストではありません", "不是 UTF-8 文本"],
    [
        "it asks for {} rounds of hashing; no program writes so many",
        "ハッシュの反復回数が {} 回になっています。そのような回数を指定するプログラムはありません",
        "要求 {} 轮哈希；没有程序会使用这么多轮",
    ],
    [
        "has {} bytes, more than {}",
        "{} バイトあり、上限の {} を超えています",
        "有 {} 字节，超过上限 {}",
    ],
    ["it appeared while it was looked at", "調べている間に現れました", "在检查期间才出现"],
    [
        "a link to a folder outside of the tree",
        "対象の外にあるフォルダーへのリンクです",
        "指向范围之外的目录的链接",
    ],
    ["a link to nothing", "リンク先がありません", "链接目标不存在"],
    ["a link that leads out of --root", "--root の外へのリンクです", "指向 --root 之外的链接"],
    [
        "a file system of the kernel's own",
        "カーネルが作る仮想のファイルシステムです",
        "内核自身的虚拟文件系统",
    ],
    [
        "{} bytes: no certificate is that large",
        "{} バイト。証明書にしては大きすぎます",
        "{} 字节：没有这么大的证书",
    ],
    ["a FIFO", "FIFO です", "FIFO 管道"],
    ["a socket", "ソケットです", "套接字文件"],
    ["a character device", "キャラクターデバイスです", "字符设备文件"],
    ["a block device", "ブロックデバイスです", "块设备文件"],
    ["socket", "ソケット", "套接字"],
    ["character device", "キャラクターデバイス", "字符设备"],
    ["block device", "ブロックデバイス", "块设备"],
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
        "not an RSA private key of this form",
        "この形式の RSA 秘密鍵ではありません",
        "不是这种形式的 RSA 私钥",
    ],
    [
        "not a P-224 private key of this form",
        "この形式の P-224 秘密鍵ではありません",
        "不是这种形式的 P-224 私钥",
    ],
    [
        "not a signature scheme of this key",
        "この鍵で使える署名方式ではありません",
        "不是此密钥的签名方案",
    ],
    [
        "the key is too short for this signature",
        "この署名には鍵が短すぎます",
        "对于这种签名，密钥太短",
    ],
    [
        "no RSA private key inside PKCS#8",
        "PKCS#8 の中に RSA 秘密鍵がありません",
        "PKCS#8 中没有 RSA 私钥",
    ],
    [
        "no EC private key inside PKCS#8",
        "PKCS#8 の中に EC 秘密鍵がありません",
        "PKCS#8 中没有 EC 私钥",
    ],
    ["malformed Ed25519 key", "Ed25519 の鍵の形式が壊れています", "Ed25519 私钥格式不正确"],
    ["malformed RSA key", "RSA の鍵の形式が壊れています", "RSA 私钥格式不正确"],
    [
        "Go's TLS does not know the curve {}",
        "Go の TLS は曲線 {} に対応していません",
        "Go 的 TLS 不支持曲线 {}",
    ],
    [
        "Go's TLS does not read OpenSSH's container",
        "Go の TLS は OpenSSH 形式の鍵を読めません",
        "Go 的 TLS 无法读取 OpenSSH 格式的私钥",
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
