//! The words around a verdict of `verify`, in three languages. Go's and etcd's own words are quoted as they are.

words! { VerifyWord, "A word of `verify`.";
    Accepted: "accepted", "受け入れ", "接受";
    Anchor: "anchor", "トラストアンカー", "信任锚";
    EtcdSays: "etcd says", "etcd のエラー", "etcd 的报错";
    Intermediate: "intermediate", "中間証明書", "中间证书";
    KeyDiffers: "the private key belongs to another certificate", "秘密鍵は別の証明書のものです", "私钥属于另一张证书";
    KeyUnreadable: "the private key cannot be read", "秘密鍵を読めません", "无法读取私钥";
    Leaf: "leaf", "エンドエンティティ証明書", "终端实体证书";
    Nothing: "nothing", "なし", "无";
    PathsTried: "paths tried", "試した検証経路", "尝试过的验证路径";
    Rejected: "rejected", "拒否", "拒绝";
    RustlsAccepts: "rustls would accept it", "rustls なら受け入れます", "rustls 会接受它";
    RustlsRefuses: "rustls would refuse it", "rustls なら拒否します", "rustls 会拒绝它";
    Trusted: "trusted", "信頼できる", "受信任";
}

messages! { VerifyMessage, "Where `verify` found what it refuses.";
    AtByte { field, offset }: "{field} at byte {offset}", "{field} ({offset} バイト目)", "{field}（第 {offset} 字节）";
    RejectedAt { reason, certificate }: "{reason} at {certificate}", "{reason} ({certificate})", "{reason}（{certificate}）";
    UnparsedIn { file, number }: "parse-error in {file}, certificate {number}", "parse-error ({file}、{number} 枚目の証明書)", "parse-error（{file}，第 {number} 张证书）";
}

words! { FieldWord, "A part of a certificate or list that can't be read.";
    Certificate: "certificate", "証明書", "证书";
    Extensions: "extensions", "拡張", "扩展";
    Name: "name", "名前", "名称";
    PublicKey: "public key", "公開鍵", "公钥";
    RevocationList: "revocation list", "失効リスト", "吊销列表";
    SerialNumber: "serial number", "シリアル番号", "序列号";
    Signature: "signature", "署名", "签名";
    SignatureAlgorithm: "signature algorithm", "署名アルゴリズム", "签名算法";
    Validity: "validity", "有効期間", "有效期";
    Version: "version", "バージョン", "版本";
}
