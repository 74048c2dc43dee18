//! The few words around evidence, in three languages.

use super::Lang;

macro_rules! labels {
    ($($name:ident: $en:literal, $ja:literal, $zh:literal;)*) => {
        /// The word in front of an evidence value.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Label { $(#[doc = $en] $name),* }

        impl Label {
            /// All labels.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in one language.
            pub fn in_lang(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::En) => $en, (Self::$name, Lang::Ja) => $ja, (Self::$name, Lang::Zh) => $zh,)*
                }
            }
        }
    };
}

labels! {
    AcceptableCas: "CAs the server accepts", "サーバーが受け入れる CA", "服务器接受的 CA";
    AcceptedBy: "accepted by the file on disk", "ディスク上の次のファイルなら受け入れる", "可被磁盘上的此文件接受";
    Addresses: "addresses", "アドレス", "地址";
    Alert: "alert from the server", "サーバーからのアラート", "服务器发来的警报";
    Allowed: "allowed", "許可されている値", "允许的值";
    Alpn: "ALPN", "ALPN", "ALPN";
    Answer: "answer", "応答", "应答";
    AuthorityKeyId: "authority key id", "認証局鍵識別子 (AKI)", "颁发者密钥标识 (AKI)";
    Beside: "beside it", "同じ場所にあるファイル", "旁边的文件";
    Certificate: "certificate", "証明書", "证书";
    Chain: "chain presented", "提示された証明書チェーン", "出示的证书链";
    ClientUrls: "client URLs", "クライアント URL", "客户端 URL";
    Correct: "correct form", "正しい形", "正确写法";
    CrlFile: "CRL file", "CRL ファイル", "CRL 文件";
    Defect: "defect", "不備の箇所", "缺陷位置";
    Dialled: "dialled", "接続先", "连接目标";
    Expected: "expected", "本来の内容", "预期";
    Difference: "difference", "差", "相差";
    Extension: "extension", "拡張", "扩展";
    ExtendedKeyUsage: "extended key usage", "拡張鍵用途 (EKU)", "扩展密钥用途 (EKU)";
    Fingerprint: "SHA-256", "SHA-256", "SHA-256";
    FirstBytes: "first bytes", "最初のバイト列", "最初的字节";
    Found: "found", "見つかったもの", "实际内容";
    GoSays: "Go says", "Go のエラー", "Go 的报错";
    GivenBy: "given by", "指定元", "来源";
    Issuer: "issuer", "発行者", "颁发者";
    Key: "key", "鍵", "密钥";
    KeyUsage: "key usage", "鍵用途 (KU)", "密钥用途 (KU)";
    LocalClock: "local clock", "ローカル時刻", "本机时钟";
    LinkTarget: "link points to", "リンク先", "链接指向";
    Missing: "missing", "存在しないもの", "缺失";
    Mode: "mode", "パーミッション", "权限";
    Name: "name", "名前", "名称";
    NeverMatches: "IP address as DNS entry, never matches", "DNS 型に書かれた IP アドレス (一致しません)", "写成 DNS 类型的 IP 地址（永不匹配）";
    NextUpdate: "next update", "次回更新", "下次更新";
    NotAfter: "valid until", "有効期限", "有效期至";
    NotBefore: "valid from", "有効開始", "有效期自";
    OnDisk: "on disk", "ディスク上のファイル", "磁盘上的文件";
    Other: "also at", "同じ問題の場所", "同样出现在";
    Owner: "owner", "所有者", "属主";
    Path: "path tried", "試した検証経路", "尝试过的路径";
    PathLength: "path length", "パス長", "路径长度";
    Presented: "presented", "提示された内容", "实际出示";
    Offered: "offered by this client", "こちらが提示したもの", "本端提供";
    PublicKey: "public key", "公開鍵", "公钥";
    Remaining: "remaining", "残り", "剩余";
    Required: "required", "必要な値", "要求的值";
    Resolver: "resolver", "名前解決", "解析器";
    Seen: "seen on the wire", "通信で観測", "线上所见";
    Serial: "serial", "シリアル番号", "序列号";
    ServerClock: "server clock", "サーバー時刻", "服务器时钟";
    Setting: "setting", "設定", "配置项";
    SignatureAlgorithm: "signature", "署名アルゴリズム", "签名算法";
    SourceAddress: "our source address", "接続元アドレス", "本机源地址";
    Step: "step", "段階", "步骤";
    Stops: "stops at", "止まる場所", "止于";
    Subject: "subject", "サブジェクト", "主体";
    SubjectAltNames: "SAN", "SAN", "SAN";
    SubjectKeyId: "subject key id", "サブジェクト鍵識別子 (SKI)", "主体密钥标识 (SKI)";
    System: "the system says", "システムのエラー", "系统报错";
    TrustAnchors: "trusted CAs", "信頼している CA", "信任的 CA";
    Viewer: "running as", "実行ユーザー", "运行身份";
    TlsVersion: "TLS version", "TLS バージョン", "TLS 版本";
    Waited: "waited", "待ち時間", "等待";
    WithoutCertificate: "alert when no certificate is sent", "証明書を送らない場合のアラート", "不发送证书时的警报";
}
