//! What the record of certificates says of itself.

messages! { LedgerMessage, "What the record of certificates says of itself.";
    NoAnswer { endpoint }: "{endpoint}: no answer", "{endpoint}: 応答がありません", "{endpoint}：没有应答";
    Schema { found, known }: "the ledger has schema {found}, this release knows {known}", "台帳のスキーマは {found} です。このリリースで扱えるのは {known} までです", "台账的格式版本为 {found}，此版本的 etcd-tls 只支持到 {known}";
    Locked: "the ledger is locked by another process", "台帳は別のプロセスがロックしています", "台账被另一个进程锁定";
    NotALedger { path }: "{path} is no ledger", "{path} は台帳ではありません", "{path} 不是台账";
    ReadOnly: "the ledger can't be written", "台帳に書き込めません", "台账无法写入";
    Full: "no space left for the ledger", "台帳を書き込む空き領域がありません", "没有空间写入台账";
    NoLedger { path }: "there is no ledger at {path}", "{path} に台帳がありません", "{path} 处没有台账";
    NoSuchSerial: "no such serial in the ledger", "台帳にそのシリアル番号はありません", "台账中没有此序列号";
    Unreachable: "the shared ledger can't be reached", "共有台帳に接続できません", "无法连接共享台账";
    DoesNotAnswer: "the shared ledger does not answer", "共有台帳が応答しません", "共享台账没有应答";
    Silent: "no answer", "応答がありません", "没有应答";
    Waits { why }: "{why}; the record waits for ledger sync", "{why}。記録は ledger sync を実行するまで保留します", "{why}；记录留待 ledger sync 提交";
    Conflict { serial, found }: "the key of {serial} holds another record, left as it is: {found}", "{serial} のキーには別の記録があります。そのまま残しました: {found}", "{serial} 的键中已有另一条记录，保持不变：{found}";
    NotLookedAt { why }: "not looked at: {why}", "確認していません: {why}", "未查看：{why}";
}

messages! { AuditMessage, "What records and reality disagree about.";
    Accepted: "the endpoint accepts this revoked certificate", "失効した証明書をエンドポイントが受け入れています", "端点仍接受这张已吊销的证书";
    Gone: "the file does not exist", "ファイルがありません", "文件不存在";
    Holds { serial }: "the file holds {serial}", "ファイルの内容は {serial} です", "文件中是 {serial}";
    NotDelivered: "the shared ledger does not have it as it is; ledger sync delivers it", "共有台帳に最新の記録がありません。ledger sync で送信できます", "共享台账中没有其最新记录；可用 ledger sync 提交";
    OtherRecord: "the shared ledger has another record of it", "共有台帳の記録が異なります", "共享台账中的记录不同";
    Served: "the endpoint still serves it", "エンドポイントがまだ使用しています", "端点仍在使用它";
    ServedInstead { successor }: "the endpoint still serves it, not its successor {successor}", "エンドポイントが後継の {successor} ではなく、まだこの証明書を使用しています", "端点仍在使用它，而不是取代它的 {successor}";
    NoLedger: "there is no ledger: what was issued and revoked is not known", "台帳がないため、発行と失効の記録が分かりません", "没有台账：无法得知签发和吊销的记录";
    UnrecordedRevocation: "revoked by the list, but no record says so", "CRL では失効していますが、その記録がありません", "CRL 中已吊销，但没有相应记录";
    Unrecorded: "issued by this CA, but there is no record of it", "この CA が発行したものですが、記録がありません", "由此 CA 签发，但没有记录";
}
