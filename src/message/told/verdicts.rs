//! What verification expected and found instead, and where a command is to be run.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    ["# on {}", "# {} で実行", "# 在 {} 上执行"],
    ["a certificate of {}", "{} の証明書", "{} 的证书"],
    ["a signature by {}", "{} による署名", "{} 的签名"],
    ["one by another key than {}", "{} とは別の鍵による署名", "由 {} 以外的密钥签名"],
    ["at most {} intermediates below", "下位の中間証明書は最大 {} 枚", "其下最多 {} 张中间证书"],
    ["at most {} candidates", "候補は最大 {} 枚", "最多 {} 个候选"],
    ["more", "それより多い", "更多"],
    ["none", "なし", "无"],
    ["key usage {}", "鍵用途 {}", "密钥用途 {}"],
    ["basic constraints CA:TRUE", "基本制約 CA:TRUE", "基本约束 CA:TRUE"],
    ["no basic constraints", "基本制約なし", "没有基本约束"],
    [
        "critical extensions that Go handles",
        "Go が処理できる重要 (critical) 拡張",
        "Go 能处理的关键扩展",
    ],
    ["valid at {}", "{} の時点で有効", "在 {} 有效"],
    ["serverAuth or clientAuth", "serverAuth または clientAuth", "serverAuth 或 clientAuth"],
    [
        "an X.509-SVID has exactly one URI SAN; this one has {}",
        "X.509-SVID の URI SAN は 1 つでなければなりませんが、この証明書では {} 個です",
        "X.509-SVID 必须恰有一个 URI SAN，而此证书有 {} 个",
    ],
    [
        "the ID of a workload has a path; this one is {}",
        "ワークロードの ID にはパスが必要ですが、この ID は {} です",
        "工作负载的 ID 必须带路径，而此 ID 为 {}",
    ],
    [
        "an end-entity X.509-SVID is no CA",
        "エンドエンティティの X.509-SVID は CA であってはなりません",
        "终端实体 X.509-SVID 不得是 CA",
    ],
    [
        "an end-entity X.509-SVID may not sign certificates or lists",
        "エンドエンティティの X.509-SVID は証明書や CRL に署名できません",
        "终端实体 X.509-SVID 不得签发证书或 CRL",
    ],
    [
        "an X.509-SVID has the key usage digitalSignature",
        "X.509-SVID には鍵用途 digitalSignature が必要です",
        "X.509-SVID 必须具有密钥用途 digitalSignature",
    ],
    [
        "the extended key usage of an X.509-SVID has serverAuth and clientAuth",
        "X.509-SVID の拡張鍵用途には serverAuth と clientAuth が必要です",
        "X.509-SVID 的扩展密钥用途必须包含 serverAuth 和 clientAuth",
    ],
    [
        "its SPIFFE ID is {}, not {}",
        "SPIFFE ID は {} で、{} ではありません",
        "其 SPIFFE ID 为 {}，而不是 {}",
    ],
];
