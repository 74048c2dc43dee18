//! What a report says besides its findings: parts put together, the same in every format.

messages! { ReportMessage, "A line of a report.";
    AsClient { program }: "as {program}", "{program} として", "以 {program} 的身份";
    From { value, origin }: "{value} ({origin})", "{value} ({origin})", "{value} ({origin})";
    Overrules { winner, others }: "{winner} > {others}", "{winner} > {others}", "{winner} > {others}";
    Serving { serving, voters, needed }: "{serving}/{voters} ({needed} needed)", "{serving}/{voters} ({needed} 必要数)", "{serving}/{voters} ({needed} 需要)";
    NotDialled: "no connection", "接続していません", "未连接";
    AdvertisedAlone { by }:
        "only a container or another user's process advertises this address ({by}); --all connects to it",
        "このアドレスを公開しているのはコンテナーまたは別ユーザーのプロセスだけです ({by})。接続するには --all を指定してください",
        "仅容器或其他用户的进程公布了该地址（{by}）；使用 --all 才会连接";
    ClusterNamed { name }: "cluster {name}", "クラスター {name}", "集群 {name}";
    Saved { path, bytes, seconds, rate }:
        "{path}  {bytes} bytes, {seconds} s, {rate} MB/s",
        "{path}  {bytes} バイト, {seconds} s, {rate} MB/s",
        "{path}  {bytes} 字节, {seconds} s, {rate} MB/s";
    Verified { path, bytes, revision, keys, hash }:
        "{path}  {bytes} bytes, revision {revision}, {keys} keys, hash {hash}",
        "{path}  {bytes} バイト, リビジョン {revision}, キー {keys} 個, ハッシュ {hash}",
        "{path}  {bytes} 字节, 修订版本 {revision}, {keys} 个键, 哈希 {hash}";
    Dials { from, to, verdict }: "{from} to {to}: {verdict}", "{from} から {to}: {verdict}", "{from} 到 {to}：{verdict}";
    EveryOther: "every other member", "ほかの全メンバー", "所有其他成员";
    DialsFrom { from, address, to, verdict }:
        "{from} ({address}) to {to}: {verdict}",
        "{from} ({address}) から {to}: {verdict}",
        "{from}（{address}）到 {to}：{verdict}";
    DialsFromOther { from, address, remark, to, verdict }:
        "{from} ({address}; {remark}) to {to}: {verdict}",
        "{from} ({address}; {remark}) から {to}: {verdict}",
        "{from}（{address}；{remark}）到 {to}：{verdict}";
}
