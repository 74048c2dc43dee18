//! The words of the CA and its ledger, in three languages.

words! { CaWord, "A label or a state of `ca` and `ledger`.";
    Active: "active", "有効", "有效";
    Ca: "CA", "CA", "CA";
    CaDigest: "SHA-256 of the CA", "CA の SHA-256", "CA 的 SHA-256";
    Cluster: "cluster", "クラスター", "集群";
    CrlNumber: "number", "CRL 番号", "CRL 编号";
    Detail: "detail", "詳細", "详情";
    Due: "due", "更新時期", "续期";
    DueNow: "now", "更新が必要", "需续期";
    Holder: "holder", "保持者", "持有者";
    InEtcd: "in etcd", "etcd でのキー", "etcd 中的键";
    InsteadOf: "instead of", "置き換え前のシリアル番号", "所取代的序列号";
    Issued: "issued", "発行した証明書", "已签发";
    IssuedAt: "issued on", "発行日時", "签发时间";
    Ledger: "ledger", "台帳", "台账";
    Names: "names", "名前", "名称";
    Next: "next", "次の手順", "下一步";
    Node: "node", "ノード", "节点";
    OfOtherTool: "of another tool", "別のツールの記録", "其他工具的记录";
    Reason: "reason", "失効理由", "吊销原因";
    Revoked: "revoked", "失効", "已吊销";
    RevokedAt: "revoked on", "失効日時", "吊销时间";
    RootKey: "root key (keep it elsewhere)", "ルート CA の秘密鍵 (別の場所に保管)", "根 CA 的私钥（请另行保管）";
    Schema: "schema", "スキーマ", "格式";
    Service: "service", "サービス", "服务";
    Superseded: "superseded", "置き換え済み", "已被取代";
    Where: "where", "場所", "位置";
}
