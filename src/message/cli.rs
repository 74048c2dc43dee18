//! What is wrong with a command line, and remarks on how it was taken.

messages! { CliMessage, "What is wrong with a command line, and remarks on how it was taken.";
    Error { what }: "error: {what}", "エラー: {what}", "错误：{what}";
    Note { what }: "note: {what}", "注: {what}", "说明：{what}";
    Conflict { what }: "conflict: {what}", "競合: {what}", "冲突：{what}";
    OfFlag { flag, what }: "{flag} {what}", "{flag} {what}", "{flag} {what}";
    Hint { what }: "hint: {what}", "ヒント: {what}", "提示：{what}";

    NoEndpoint: "--endpoints names no endpoint", "--endpoints にエンドポイントがありません", "--endpoints 未指定端点";
    RootsAndConfigs:
        "several --root want no --config, or one for each in the same order",
        "--root を複数指定するときは、--config を指定しないか、同じ順に 1 つずつ指定してください",
        "指定多个 --root 时，不要指定 --config，或按相同顺序为每个 --root 各指定一个";
    ZeroDuration:
        "must be more than nothing, such as 2s",
        "0 より長い時間を 2s のように指定してください",
        "必须大于零，例如 2s";
    LongDuration: "a duration of at most a hundred years is wanted", "期間は 100 年以内で指定してください", "时长不能超过一百年";
    NoDuration:
        "a number with a unit is wanted, such as 500ms, 2s, 1m30s or 30d",
        "500ms、2s、1m30s、30d のように単位付きの数で指定してください",
        "需要带单位的数值，例如 500ms、2s、1m30s 或 30d";
    NoGoRelease:
        "a Go release is wanted, such as 1.24 or 1.22.7",
        "1.24 や 1.22.7 のような Go のリリースを指定してください",
        "需要 Go 的版本号，例如 1.24 或 1.22.7";
    NoTime:
        "a time as RFC 3339 writes it is wanted, such as 2026-08-01T12:00:00Z",
        "2026-08-01T12:00:00Z のような RFC 3339 の時刻を指定してください",
        "需要 RFC 3339 格式的时间，例如 2026-08-01T12:00:00Z";
    OldName { old, new }:
        "{old} is the name of etcdctl's v2 API; taken as {new}",
        "{old} は etcdctl の v2 API での名前です。{new} として扱います",
        "{old} 是 etcdctl v2 API 的名称；按 {new} 处理";
    EmptyPath { source }:
        "{source} is empty: give a path or leave it out",
        "{source} が空です。パスを指定するか、省略してください",
        "{source} 为空：请给出路径，或不要指定";
    PasswordOf { user }: "Password of {user}", "{user} のパスワード", "{user} 的密码";
    NoPassword:
        "--user needs a password, and no terminal can be asked: NAME:PASSWORD, --password or ETCDCTL_PASSWORD",
        "--user にはパスワードが必要ですが、端末で尋ねることができません: NAME:PASSWORD、--password、ETCDCTL_PASSWORD のいずれかで指定してください",
        "--user 需要密码，但没有可供输入的终端：请使用 NAME:PASSWORD、--password 或 ETCDCTL_PASSWORD";
    PlaintextLeftOut { url }:
        "{url} of the SRV records is left out: it is clear text",
        "SRV レコードの {url} は平文のため使いません",
        "SRV 记录中的 {url} 是明文，已排除";
    PlaintextOnly:
        "names endpoints in clear text alone",
        "平文のエンドポイントしかありません",
        "只列出了明文端点";
    LogFormat:
        "--log is told as table or json",
        "--log の出力形式は table か json です",
        "--log 的输出格式只能是 table 或 json";
    FileNeeded { flag }: "{flag} needs a file here", "ここでは {flag} にファイルが必要です", "此处 {flag} 需要一个文件";
    PeerSnapshot:
        "--peer: a snapshot comes from a client URL",
        "--peer は使えません。スナップショットはクライアント URL から取得します",
        "--peer 不适用：快照来自客户端 URL";
    SeveralSnapshots:
        "--save takes a snapshot of one member: give one endpoint; without --save the best one is recommended",
        "--save は 1 つのメンバーからスナップショットを取得します。エンドポイントを 1 つ指定してください。--save なしで実行すると、最適なものを提案します",
        "--save 只从一个成员获取快照：请给出一个端点；不带 --save 运行时，会推荐最合适的端点";
    OfCluster { name }:
        "cluster {name} (--cluster-name {name} prints only this one)",
        "クラスター {name} (--cluster-name {name} でこれだけを表示)",
        "集群 {name}（--cluster-name {name} 只输出这一个）";
    NoSuchCluster { name, known }:
        "--cluster-name {name} names none of the clusters here: {known}",
        "--cluster-name {name} に当てはまるクラスターがありません。見つかったもの: {known}",
        "--cluster-name {name} 与此处的集群都不符：{known}";
    SeveralClusters { known }:
        "there are several clusters here: choose one with --cluster-name ({known})",
        "複数のクラスターがあります。--cluster-name で 1 つ選んでください ({known})",
        "此处有多个集群：请用 --cluster-name 选择一个（{known}）";
    NoCertificateFolder:
        "no folder of etcd's certificates was found here: name a DIR",
        "etcd の証明書のフォルダーが見つかりません。DIR を指定してください",
        "此处未找到存放 etcd 证书的目录：请指定 DIR";
    NoManifest:
        "--kubectl and --crictl need etcd's static pod manifest; none was found",
        "--kubectl と --crictl には etcd の静的 Pod のマニフェストが必要ですが、見つかりません",
        "--kubectl 和 --crictl 需要 etcd 的静态 Pod 清单，但未找到";
    NoWorkingFiles:
        "no working set of endpoint, CA, certificate and key was found; `etcd-tls check` says more",
        "接続できるエンドポイント、CA、証明書、鍵の組み合わせが見つかりません。詳しくは `etcd-tls check` を実行してください",
        "未找到可用的端点、CA、证书和私钥组合；详情请运行 `etcd-tls check`";
    Works { path, origin }:
        "tried and works: {path} ({origin})",
        "試したところ接続できました: {path} ({origin})",
        "已试过，可用：{path}（{origin}）";

    NoCase { path }:
        "--case {path} is no saved case",
        "--case {path} は保存されたケースではありません",
        "--case {path} 不是已保存的案例";
    CaseSchema { path, schema, known }:
        "--case {path} has schema {schema}; this release reads {known}",
        "--case {path} のスキーマは {schema} です。このリリースで読めるのは {known} です",
        "--case {path} 的格式版本为 {schema}；此版本的 etcd-tls 读取的是 {known}";
    NothingSaved { path, why }:
        "--save {path}: {why}; nothing was written",
        "--save {path}: {why}。何も書き込んでいません",
        "--save {path}：{why}；没有写入任何内容";
    NoStream: "no snapshot stream was opened", "スナップショットのストリームを開いていません", "没有打开快照流";
    SaveFailed { path, why, bytes, total }:
        "--save {path}: {why}, after {bytes} of {total} bytes; the part file was removed",
        "--save {path}: {why}。{bytes} / {total} バイトの時点で失敗しました。一時ファイルは削除しました",
        "--save {path}：{why}，已写入 {bytes}/{total} 字节；临时文件已删除";
    SnapshotBrokeOff { path, bytes, total, error }:
        "--save {path}: the snapshot broke off after {bytes} of {total} bytes ({error}); the part file was removed",
        "--save {path}: スナップショットが {bytes} / {total} バイトで途切れました ({error})。一時ファイルは削除しました",
        "--save {path}：快照在 {bytes}/{total} 字节处中断（{error}）；临时文件已删除";
    SnapshotDamaged { path, bytes }:
        "--save {path}: {bytes} bytes came, and their SHA-256 is not the one at their end; the part file was removed",
        "--save {path}: {bytes} バイト届きましたが、SHA-256 が末尾のものと一致しません。一時ファイルは削除しました",
        "--save {path}：收到 {bytes} 字节，但其 SHA-256 与末尾的不符；临时文件已删除";
    SaveInterrupted { path, bytes, total }:
        "--save {path}: interrupted after {bytes} of {total} bytes; the part file was removed",
        "--save {path}: {bytes} / {total} バイトの時点で中断されました。一時ファイルは削除しました",
        "--save {path}：在 {bytes}/{total} 字节处被中断；临时文件已删除";

    Usage { usage }: "Usage: {usage}", "使い方: {usage}", "用法：{usage}";
    MoreInformation { flag }:
        "For more information, try '{flag}'.",
        "詳しくは '{flag}' を付けて実行してください。",
        "要了解更多信息，请加上 '{flag}' 运行。";
    UnknownArgument { argument }:
        "unexpected argument '{argument}' found", "引数 '{argument}' は使えません", "意外的参数 '{argument}'";
    SurplusValue { value, argument }:
        "unexpected value '{value}' for '{argument}' found; no more were expected",
        "値 '{value}' は余分です ('{argument}')",
        "多余的值 '{value}'（参数 '{argument}'）";
    NumberOfValues { argument, wanted, given }:
        "'{argument}' takes {wanted} values, but {given} were provided",
        "'{argument}' には値が {wanted} 個必要ですが、{given} 個しかありません",
        "'{argument}' 需要 {wanted} 个值，但只给出了 {given} 个";
    UnknownSubcommand { name }:
        "unrecognized subcommand '{name}'", "サブコマンド '{name}' はありません", "没有子命令 '{name}'";
    SubcommandNeeded { command }:
        "'{command}' requires a subcommand but one was not provided",
        "'{command}' にはサブコマンドが必要です",
        "'{command}' 需要子命令";
    Subcommands { names }: "  [subcommands: {names}]", "  [サブコマンド: {names}]", "  [子命令：{names}]";
    InvalidValue { value, argument }:
        "invalid value '{value}' for '{argument}'",
        "'{value}' は '{argument}' の値として使えません",
        "'{value}' 不能用作 '{argument}' 的值";
    PossibleValues { values }: "  [possible values: {values}]", "  [使える値: {values}]", "  [可用的值：{values}]";
    ValueNeeded { argument }:
        "a value is required for '{argument}' but none was supplied",
        "'{argument}' には値が必要です",
        "'{argument}' 需要一个值";
    EqualSignNeeded { argument }:
        "equal sign is needed when assigning values to '{argument}'",
        "'{argument}' の値は等号でつないで指定してください",
        "'{argument}' 的值必须用等号连接";
    ArgumentsNeeded:
        "the following required arguments were not provided:", "次の引数が必要です:", "缺少以下必需的参数：";
    Excludes { argument, other }:
        "the argument '{argument}' cannot be used with '{other}'",
        "引数 '{argument}' は '{other}' と同時に使えません",
        "参数 '{argument}' 不能与 '{other}' 同时使用";
    ExcludesThese { argument }:
        "the argument '{argument}' cannot be used with:",
        "引数 '{argument}' は次のものと同時に使えません:",
        "参数 '{argument}' 不能与以下参数同时使用：";
    Repeated { argument }:
        "the argument '{argument}' cannot be used multiple times",
        "引数 '{argument}' は 1 回しか指定できません",
        "参数 '{argument}' 只能指定一次";
    SimilarArgument { name }:
        "  tip: a similar argument exists: '{name}'", "  ヒント: '{name}' のことですか", "  提示：是否想输入 '{name}'？";
    SimilarSubcommand { name }:
        "  tip: a similar subcommand exists: '{name}'",
        "  ヒント: サブコマンド '{name}' のことですか",
        "  提示：是否想输入子命令 '{name}'？";
    SimilarValue { name }:
        "  tip: a similar value exists: '{name}'",
        "  ヒント: 値 '{name}' のことですか",
        "  提示：是否想输入值 '{name}'？";
    PassAsValue { argument }:
        "  tip: to pass '{argument}' as a value, use '-- {argument}'",
        "  ヒント: '{argument}' を値として渡すには '-- {argument}' とします",
        "  提示：要把 '{argument}' 作为值传入，请写成 '-- {argument}'";
}
