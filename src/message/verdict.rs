//! What verification expected and found instead.

messages! { VerdictMessage, "What verification expected and found instead.";
    None: "none", "なし", "无";
    More: "more", "それより多い", "更多";
    ValidAt { time }: "valid at {time}", "{time} の時点で有効", "在 {time} 有效";
    CertificateOf { subject }: "a certificate of {subject}", "{subject} の証明書", "{subject} 的证书";
    SignatureBy { subject }: "a signature by {subject}", "{subject} による署名", "{subject} 的签名";
    OtherKeyThan { key }: "one by another key than {key}", "{key} とは別の鍵による署名", "由 {key} 以外的密钥签名";
    IntermediatesBelow { limit }: "at most {limit} intermediates below", "下位の中間証明書は最大 {limit} 枚", "其下最多 {limit} 张中间证书";
    Candidates { limit }: "at most {limit} candidates", "候補は最大 {limit} 枚", "最多 {limit} 个候选";
    KeyUsage { usage }: "key usage {usage}", "鍵用途 {usage}", "密钥用途 {usage}";
    IsCa: "basic constraints CA:TRUE", "基本制約 CA:TRUE", "基本约束 CA:TRUE";
    NoBasicConstraints: "no basic constraints", "基本制約なし", "没有基本约束";
    KnownExtensions: "critical extensions that Go handles", "Go が処理できる重要 (critical) 拡張", "Go 能处理的关键扩展";
    EitherUsage { one, other }: "{one} or {other}", "{one} または {other}", "{one} 或 {other}";
    OneUri { count }: "an X.509-SVID has exactly one URI SAN; this one has {count}", "X.509-SVID の URI SAN は 1 つでなければなりませんが、この証明書では {count} 個です", "X.509-SVID 必须恰有一个 URI SAN，而此证书有 {count} 个";
    NoPath { id }: "the ID of a workload has a path; this one is {id}", "ワークロードの ID にはパスが必要ですが、この ID は {id} です", "工作负载的 ID 必须带路径，而此 ID 为 {id}";
    SvidOfCa: "an end-entity X.509-SVID is no CA", "エンドエンティティの X.509-SVID は CA であってはなりません", "终端实体 X.509-SVID 不得是 CA";
    SvidSigns: "an end-entity X.509-SVID may not sign certificates or lists", "エンドエンティティの X.509-SVID は証明書や CRL に署名できません", "终端实体 X.509-SVID 不得签发证书或 CRL";
    SvidWithoutSignature: "an X.509-SVID has the key usage digitalSignature", "X.509-SVID には鍵用途 digitalSignature が必要です", "X.509-SVID 必须具有密钥用途 digitalSignature";
    SvidUsages: "the extended key usage of an X.509-SVID has serverAuth and clientAuth", "X.509-SVID の拡張鍵用途には serverAuth と clientAuth が必要です", "X.509-SVID 的扩展密钥用途必须包含 serverAuth 和 clientAuth";
    NoSpiffeId { text, why }: "{text} is no SPIFFE ID: {why}", "{text} は SPIFFE ID ではありません: {why}", "{text} 不是 SPIFFE ID：{why}";
    SpiffeScheme: "it does not begin with spiffe://", "spiffe:// で始まっていません", "不以 spiffe:// 开头";
    SpiffeTooLong: "it is longer than 2048 bytes", "2048 バイトを超えています", "超过 2048 字节";
    SpiffeDomain: "a trust domain is lower-case letters, digits, dots, dashes and underscores", "トラストドメインに使えるのは英小文字、数字、ドット、ハイフン、アンダースコアです", "信任域只能由小写字母、数字、点、连字符和下划线组成";
    SpiffeEmptySegment: "its path has an empty segment, or ends with a slash", "パスに空のセグメントがあるか、末尾がスラッシュです", "路径中有空段，或以斜杠结尾";
    SpiffeRelativeSegment: "its path has a relative segment", "パスに . または .. があります", "路径中有 . 或 .. 段";
    SpiffePath: "a path is letters, digits, dots, dashes and underscores between slashes", "パスに使えるのはスラッシュと英数字、ドット、ハイフン、アンダースコアです", "路径只能由斜杠以及字母、数字、点、连字符和下划线组成";
    OtherId { id, expected }: "its SPIFFE ID is {id}, not {expected}", "SPIFFE ID は {id} で、{expected} ではありません", "其 SPIFFE ID 为 {id}，而不是 {expected}";
}
