//! What commands of the CA and of the ledger say of what they did.

messages! { RecordMessage, "What a command of the CA or of the ledger did, and what is to be done next.";
    Audited { records, differences }: "{records} records, {differences} differences", "記録 {records} 件、相違 {differences} 件", "记录 {records} 条，不一致 {differences} 处";
    Delivered { delivered }: "{delivered} delivered", "{delivered} 件を送信しました", "已提交 {delivered} 条";
    DeliveredInPart { delivered, conflicts }: "{delivered} delivered, {conflicts} in conflict", "{delivered} 件を送信しました。競合 {conflicts} 件", "已提交 {delivered} 条，冲突 {conflicts} 条";
    DueAll { due, total }: "{due} of {total} due", "更新が必要: {due} 件 (全 {total} 件)", "需续期 {due} 张（共 {total} 张）";
    DueNext { due, total, next }: "{due} of {total} due; the next is on {next}", "更新が必要: {due} 件 (全 {total} 件)。次の更新時期は {next} です", "需续期 {due} 张（共 {total} 张），下次续期时间为 {next}";
    NextCarry: "carry the certificates to where they are used (etcd reads its own at the next connection), then call ca rollover again with --endpoints", "証明書を使用場所に配置し (etcd は自身の証明書を次の接続時に読み直します)、--endpoints を付けて再度 ca rollover を実行してください", "将证书放到使用它们的位置（etcd 在下一次连接时重新读取自己的证书），然后带上 --endpoints 再次执行 ca rollover";
    NextDropBundle { pool }: "put {pool} in the place of the bundle of both everywhere, and restart the members one by one", "両方の CA を含むバンドルをすべて {pool} に置き換え、メンバーを 1 つずつ再起動してください", "把各处同时包含两个 CA 的文件换成 {pool}，并逐个重启成员";
    NextTrustBoth { pool }: "put {pool} in the place of every trusted-ca-file and peer-trusted-ca-file and of the --cacert of every client, restart the members one by one (etcd reads these files only at its start), each after the one before is healthy, then call ca rollover again with --endpoints", "すべての trusted-ca-file と peer-trusted-ca-file、およびすべてのクライアントの --cacert を {pool} に置き換え、メンバーを 1 つずつ、前のメンバーが正常になってから再起動し (etcd はこれらのファイルを起動時にしか読みません)、--endpoints を付けて再度 ca rollover を実行してください", "用 {pool} 替换所有 trusted-ca-file、peer-trusted-ca-file 以及每个客户端的 --cacert，逐个重启成员（etcd 只在启动时读取这些文件），等前一个恢复健康后再重启下一个，然后带上 --endpoints 再次执行 ca rollover";
    NothingFound: "no certificate found", "証明書は見つかりませんでした", "没有找到证书";
    RevokedBecomesTrue { command }: "It counts once the list is written: {command}", "CRL を書き出すと有効になります: {command}", "写出 CRL 后生效：{command}";
    RevokedNow { serial, subject }: "revoked {serial} ({subject})", "{serial} ({subject}) を失効させました", "已吊销 {serial}（{subject}）";
    StepBegun: "made a new CA beside the old one; nothing uses it yet", "現在の CA とは別に新しい CA を作成しました。まだどこからも使われていません", "已在现有 CA 之外生成新的 CA，目前尚未被使用";
    StepReissued: "issued every recorded certificate again, by the new CA", "記録にあるすべての証明書を新しい CA で再発行しました", "已用新 CA 重新签发所有记录在册的证书";
    StepTakenOver: "the new CA has taken the old one's place", "新しい CA に置き換わりました", "新 CA 已取代旧 CA";
}
