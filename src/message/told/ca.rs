//! What a CA refuses or fails at: names, requests, keys, renewals, revocations.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    ["{} is no CA: {}", "{} は CA ではありません: {}", "{} 不是 CA：{}"],
    [
        "its basic constraints do not say CA:TRUE",
        "基本制約が CA:TRUE ではありません",
        "其基本约束不是 CA:TRUE",
    ],
    [
        "its key usage lacks keyCertSign",
        "鍵用途に keyCertSign がありません",
        "其密钥用途缺少 keyCertSign",
    ],
    [
        "its key usage lacks cRLSign, so that its lists count for nobody",
        "鍵用途に cRLSign がないため、この CA の CRL は無視されます",
        "其密钥用途缺少 cRLSign，因此它签发的 CRL 不会被接受",
    ],
    ["{} expired at {}", "{} の有効期限は {} に切れました", "{} 已于 {} 过期"],
    [
        "{} is valid only from {}; this machine's clock says {}",
        "{} の有効開始は {} です。このマシンの時計は {} を指しています",
        "{} 自 {} 起才有效；本机时钟为 {}",
    ],
    ["{} is not the key of {}", "{} は {} の鍵ではありません", "{} 不是 {} 的私钥"],
    [
        "an earlier run was interrupted, and its files can't be put right",
        "以前の実行が中断されており、そのファイルを元に戻せません",
        "之前的运行被中断，其文件无法恢复",
    ],
    [
        "the file is already there; ca renew replaces a certificate",
        "ファイルがすでに存在します。証明書の置き換えには ca renew を使ってください",
        "文件已存在；替换证书请用 ca renew",
    ],
    ["{} is already there", "{} はすでに存在します", "{} 已存在"],
    ["what was signed does not parse", "署名した証明書を解析できません", "签发的证书无法解析"],
    ["nothing was issued", "何も発行されませんでした", "没有签发任何证书"],
    ["nothing was made", "何も作成されませんでした", "没有生成任何内容"],
    ["making a key", "鍵の作成に失敗しました", "生成密钥失败"],
    [
        "the random generator or the arithmetic failed",
        "乱数の生成か演算に失敗しました",
        "随机数生成器或运算失败",
    ],
    [
        "a name can't be encoded as it stands",
        "名前はそのままの形では符号化できません",
        "名称无法按原样编码",
    ],
    [
        "the public key can't be encoded as it stands",
        "公開鍵はそのままの形では符号化できません",
        "公钥无法按原样编码",
    ],
    [
        "a date is out of the range of certificates",
        "日付が証明書で表せる範囲を超えています",
        "日期超出证书可表示的范围",
    ],
    ["the certificate can't be encoded", "証明書を符号化できません", "证书无法编码"],
    ["signing failed", "署名に失敗しました", "签名失败"],
    [
        "{} is neither a DNS name nor an address (DNS:…, IP:…, URI:… and email:… say which it is)",
        "{} は DNS 名でもアドレスでもありません (DNS:…、IP:…、URI:…、email:… で種類を明示できます)",
        "{} 既不是 DNS 名称，也不是地址（可用 DNS:…、IP:…、URI:…、email:… 指明类型）",
    ],
    [
        "{} has a port; a certificate names hosts only",
        "{} にポートが付いています。証明書に入れられるのはホストだけです",
        "{} 带有端口；证书中只能写主机名或地址",
    ],
    [
        "{} is not ASCII; write the name in punycode (xn--…)",
        "{} は ASCII ではありません。Punycode (xn--…) で書いてください",
        "{} 含有非 ASCII 字符；请用 Punycode（xn--…）书写名称",
    ],
    [
        "{} is empty or longer than 64 characters",
        "{} は空か、64 文字を超えています",
        "{} 为空或超过 64 个字符",
    ],
    [
        "{} is a CA; ca rollover replaces one",
        "{} は CA です。CA の交換には ca rollover を使ってください",
        "{} 是 CA；更换 CA 请用 ca rollover",
    ],
    [
        "{} was not issued by this CA but by {}",
        "{} はこの CA が発行したものではありません。発行者は {} です",
        "{} 不是由此 CA 签发的，其颁发者为 {}",
    ],
    [
        "no key file beside it fits; name it with --key-file, or keep the key with --keep-key",
        "対応する鍵ファイルが同じ場所にありません。--key-file で指定するか、--keep-key で鍵を変えずに更新してください",
        "同一目录中没有与之匹配的私钥文件；请用 --key-file 指定，或用 --keep-key 保留原密钥",
    ],
    [
        "{} holds certificate and key in one file, which can't be renewed in two steps",
        "{} は証明書と鍵を 1 つのファイルに収めているため、2 段階では更新できません",
        "{} 把证书和私钥放在同一个文件里，无法分两步续期",
    ],
    [
        "{} is good neither for servers nor for clients",
        "{} はサーバー用にもクライアント用にも使えません",
        "{} 既不能用于服务器，也不能用于客户端",
    ],
    [
        "{} is revoked; issue a new certificate instead",
        "{} は失効しています。新しい証明書を発行してください",
        "{} 已被吊销；请签发新证书",
    ],
    [
        "the request is not signed by the key that it brings, or with SHA-1 or MD5",
        "CSR がその鍵自身で署名されていないか、署名に SHA-1 か MD5 が使われています",
        "CSR 的签名与其自带的公钥不符，或使用了 SHA-1 或 MD5",
    ],
    [
        "its key is {}; P-256, P-384, P-521, Ed25519 and RSA from 2048 bits are taken",
        "鍵は {} です。受け付けるのは P-256、P-384、P-521、Ed25519 と 2048 ビット以上の RSA です",
        "其密钥为 {}；可接受的是 P-256、P-384、P-521、Ed25519 和 2048 位以上的 RSA",
    ],
    [
        "no name is left that a {} certificate could be dialled by",
        "{} 証明書に、接続先として使える名前が 1 つも残りません",
        "{} 证书中没有剩下可供连接的名称",
    ],
    ["it presents no certificate", "証明書を提示しません", "没有出示证书"],
    [
        "dropped {}, which the request asks for",
        "CSR で要求された {} は取り除きました",
        "已去掉 CSR 所请求的 {}",
    ],
    ["the name {}", "名前 {}", "名称 {}"],
    ["the extended key usage {}", "拡張鍵用途 {}", "扩展密钥用途 {}"],
    ["the extension {}", "拡張 {}", "扩展 {}"],
    ["key usages of other purposes", "ほかの目的の鍵用途", "用于其他目的的密钥用途"],
    [
        "serverAuth and clientAuth: etcd's gRPC gateway dials its own member with the server certificate",
        "serverAuth と clientAuth を付けます。etcd の gRPC ゲートウェイがサーバー証明書で自身のメンバーに接続するためです",
        "同时带 serverAuth 和 clientAuth：etcd 的 gRPC 网关用服务器证书连接自己所在的成员",
    ],
    [
        "serverAuth and clientAuth: members serve and dial each other with the same peer certificate",
        "serverAuth と clientAuth を付けます。メンバーは待ち受けにも接続にも同じピア証明書を使うためです",
        "同时带 serverAuth 和 clientAuth：成员之间监听和连接都用同一张对等证书",
    ],
    [
        "shortened to the end of the CA itself, {}",
        "CA 自身の有効期限 {} に合わせて短くしました",
        "已缩短至 CA 自身的到期时间 {}",
    ],
    ["{} was revoked before", "{} はすでに失効しています", "{} 之前已被吊销"],
    [
        "{}: neither a file nor a serial in the ledger",
        "{} はファイルでも、台帳にあるシリアル番号でもありません",
        "{} 既不是文件，也不是台账中的序列号",
    ],
    [
        "etcd from 3.6 on reads DER only; with a PEM list it refuses every client",
        "etcd 3.6 以降が読めるのは DER だけです。PEM の CRL を渡すと、すべてのクライアントを拒否します",
        "etcd 从 3.6 起只读取 DER；CRL 若为 PEM 格式，etcd 会拒绝所有客户端",
    ],
];
