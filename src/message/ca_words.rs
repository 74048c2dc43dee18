//! The words of the CA and its ledger, in three languages. A `{}` stands for what the sentence is about.

words! { CaWord, "A label, a state or a sentence of `ca` and `ledger`.";
    Active: "active", "有効", "有效";
    Audited: "{} records, {} differences", "記録 {} 件、相違 {} 件", "记录 {} 条，不一致 {} 处";
    Ca: "CA", "CA", "CA";
    CaDigest: "SHA-256 of the CA", "CA の SHA-256", "CA 的 SHA-256";
    Cluster: "cluster", "クラスター", "集群";
    CrlNumber: "number", "CRL 番号", "CRL 编号";
    Delivered: "{} delivered", "{} 件を送信しました", "已提交 {} 条";
    DeliveredInPart: "{} delivered, {} in conflict", "{} 件を送信しました。競合 {} 件", "已提交 {} 条，冲突 {} 条";
    Detail: "detail", "詳細", "详情";
    Due: "due", "更新時期", "续期";
    DueAll: "{} of {} due", "更新が必要: {} 件 (全 {} 件)", "需续期 {} 张（共 {} 张）";
    DueNext: "{} of {} due; the next is on {}", "更新が必要: {} 件 (全 {} 件)。次の更新時期は {} です", "需续期 {} 张（共 {} 张），下次续期时间为 {}";
    DueNow: "now", "更新が必要", "需续期";
    Holder: "holder", "保持者", "持有者";
    InEtcd: "in etcd", "etcd でのキー", "etcd 中的键";
    InsteadOf: "instead of", "置き換え前のシリアル番号", "所取代的序列号";
    Issued: "issued", "発行した証明書", "已签发";
    IssuedAt: "issued on", "発行日時", "签发时间";
    Ledger: "ledger", "台帳", "台账";
    Names: "names", "名前", "名称";
    Next: "next", "次の手順", "下一步";
    NextCarry: "carry the certificates to where they are used (etcd reads its own at the next connection), then call ca rollover again with --endpoints", "証明書を使用場所に配置し (etcd は自身の証明書を次の接続時に読み直します)、--endpoints を付けて再度 ca rollover を実行してください", "将证书放到使用它们的位置（etcd 在下一次连接时重新读取自己的证书），然后带上 --endpoints 再次执行 ca rollover";
    NextDropBundle: "put {} in the place of the bundle of both everywhere, and restart the members one by one", "両方の CA を含むバンドルをすべて {} に置き換え、メンバーを 1 つずつ再起動してください", "把各处同时包含两个 CA 的文件换成 {}，并逐个重启成员";
    NextTrustBoth: "put {} in the place of every trusted-ca-file and peer-trusted-ca-file and of the --cacert of every client, restart the members one by one (etcd reads these files only at its start), each after the one before is healthy, then call ca rollover again with --endpoints", "すべての trusted-ca-file と peer-trusted-ca-file、およびすべてのクライアントの --cacert を {} に置き換え、メンバーを 1 つずつ、前のメンバーが正常になってから再起動し (etcd はこれらのファイルを起動時にしか読みません)、--endpoints を付けて再度 ca rollover を実行してください", "用 {} 替换所有 trusted-ca-file、peer-trusted-ca-file 以及每个客户端的 --cacert，逐个重启成员（etcd 只在启动时读取这些文件），等前一个恢复健康后再重启下一个，然后带上 --endpoints 再次执行 ca rollover";
    Node: "node", "ノード", "节点";
    NothingFound: "no certificate found", "証明書は見つかりませんでした", "没有找到证书";
    OfOtherTool: "of another tool", "別のツールの記録", "其他工具的记录";
    Reason: "reason", "失効理由", "吊销原因";
    Revoked: "revoked", "失効", "已吊销";
    RevokedAt: "revoked on", "失効日時", "吊销时间";
    RevokedBecomesTrue: "It counts once the list is written: etcd-tls ca crl", "CRL を書き出すと有効になります: etcd-tls ca crl", "写出 CRL 后生效：etcd-tls ca crl";
    RevokedNow: "revoked {} ({})", "{} ({}) を失効させました", "已吊销 {}（{}）";
    RootKey: "root key (keep it elsewhere)", "ルート CA の秘密鍵 (別の場所に保管)", "根 CA 的私钥（请另行保管）";
    Schema: "schema", "スキーマ", "格式";
    Service: "service", "サービス", "服务";
    StepBegun: "made a new CA beside the old one; nothing uses it yet", "現在の CA とは別に新しい CA を作成しました。まだどこからも使われていません", "已在现有 CA 之外生成新的 CA，目前尚未被使用";
    StepReissued: "issued every recorded certificate again, by the new CA", "記録にあるすべての証明書を新しい CA で再発行しました", "已用新 CA 重新签发所有记录在册的证书";
    StepTakenOver: "the new CA has taken the old one's place", "新しい CA に置き換わりました", "新 CA 已取代旧 CA";
    Superseded: "superseded", "置き換え済み", "已被取代";
    Where: "where", "場所", "位置";
}

words! { AuditWord, "What records and reality disagree about.";
    Accepted: "the endpoint lets this revoked certificate in", "失効した証明書をエンドポイントが受け入れています", "端点仍接受这张已吊销的证书";
    Gone: "the file is not there", "ファイルがありません", "文件不存在";
    Holds: "the file holds {}", "ファイルの内容は {} です", "文件中是 {}";
    NotDelivered: "the shared ledger does not have it as it is; ledger sync delivers it", "共有台帳に最新の記録がありません。ledger sync で送信できます", "共享台账中没有其最新记录；可用 ledger sync 提交";
    OtherRecord: "the shared ledger has another record of it", "共有台帳の記録が異なります", "共享台账中的记录不同";
    Served: "the endpoint still serves it", "エンドポイントがまだ使用しています", "端点仍在使用它";
    ServedInstead: "the endpoint still serves it, not its successor {}", "エンドポイントが後継の {} ではなく、まだこの証明書を使用しています", "端点仍在使用它，而不是取代它的 {}";
    Unrecorded: "issued by this CA, but there is no record of it", "この CA が発行したものですが、記録がありません", "由此 CA 签发，但没有记录";
}
