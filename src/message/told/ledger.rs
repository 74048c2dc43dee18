//! The ledger, the rotation that reads it, and the exchange of a CA.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    [
        "the ledger has schema {}, this release knows {}",
        "台帳のスキーマは {} です。このリリースで扱えるのは {} までです",
        "台账的格式版本为 {}，此版本的 etcd-tls 只支持到 {}",
    ],
    [
        "the ledger is locked by another process",
        "台帳は別のプロセスがロックしています",
        "台账被另一个进程锁定",
    ],
    ["{} is no ledger", "{} は台帳ではありません", "{} 不是台账"],
    ["the ledger can't be written", "台帳に書き込めません", "台账无法写入"],
    ["no space left for the ledger", "台帳を書き込む空き領域がありません", "没有空间写入台账"],
    ["there is no ledger at {}", "{} に台帳がありません", "{} 处没有台账"],
    [
        "there is no ledger at {}; name it by --ca-dir, or name certificates or folders",
        "{} に台帳がありません。--ca-dir で指定するか、証明書かフォルダーを指定してください",
        "{} 处没有台账；请用 --ca-dir 指定，或直接给出证书或目录",
    ],
    ["no such serial in the ledger", "台帳にそのシリアル番号はありません", "台账中没有此序列号"],
    ["the shared ledger can't be reached", "共有台帳に接続できません", "无法连接共享台账"],
    ["the shared ledger does not answer", "共有台帳が応答しません", "共享台账没有应答"],
    [
        "{}; the record waits for ledger sync",
        "{}。記録は ledger sync を実行するまで保留します",
        "{}；记录留待 ledger sync 提交",
    ],
    [
        "the key of {} holds another record, left as it is: {}",
        "{} のキーには別の記録があります。そのまま残しました: {}",
        "{} 的键中已有另一条记录，保持不变：{}",
    ],
    ["not looked at: {}", "確認していません: {}", "未查看：{}"],
    ["using the CA in {}", "{} の CA を使います", "使用 {} 中的 CA"],
    [
        "completed {}, which an interrupted command had begun",
        "中断されたコマンドが始めた {} を完了しました",
        "已补完命令中断时未完成的 {}",
    ],
    [
        "undid {}, which an interrupted command had begun",
        "中断されたコマンドが始めた {} を取り消しました",
        "已撤销命令中断时未完成的 {}",
    ],
    [
        "{}: an interrupted command had begun it and its folder is gone; its record stays",
        "{}: 中断されたコマンドが始めたもので、フォルダーがなくなっています。記録は残します",
        "{}：命令中断时未完成，其目录已不存在；记录予以保留",
    ],
    ["nothing is due", "更新が必要なものはありません", "没有需续期的证书"],
    ["{}; looking again later", "{}。後でもう一度確認します", "{}；稍后再查看"],
    ["the hook after {}: {}", "{} の後のフック: {}", "{} 之后的钩子：{}"],
    ["the hook after {}", "{} の後のフック", "{} 之后的钩子"],
    ["{}; trying again in {}", "{}。{} 後に再試行します", "{}；{} 后重试"],
    [
        "{} missing; {} configurations looked at",
        "不足 {} 件。確認した設定は {} 個です",
        "缺少 {} 项；共查看 {} 份配置",
    ],
    ["{} is there, {} is not", "{} はありますが、{} がありません", "{} 存在，而 {} 不存在"],
    [
        "{} has no file here; issue it anew by hand",
        "{} のファイルがここにありません。手動で再発行してください",
        "{} 在此处没有文件；请手动重新签发",
    ],
    ["the certificate made for a trial", "試験用に作成した証明書", "为测试生成的证书"],
    [
        "--endpoints names every member; without them nothing can be checked",
        "--endpoints にすべてのメンバーを指定してください。指定がないと何も確認できません",
        "请用 --endpoints 列出所有成员，否则无法进行任何检查",
    ],
    [
        "member {} is not among --endpoints",
        "メンバー {} が --endpoints にありません",
        "成员 {} 不在 --endpoints 中",
    ],
    [
        "not every endpoint trusts the new CA yet",
        "新しい CA をまだ信頼していないエンドポイントがあります",
        "还有端点未信任新 CA",
    ],
    [
        "not every endpoint serves the new CA's certificates yet",
        "新しい CA の証明書をまだ使っていないエンドポイントがあります",
        "还有端点未使用新 CA 签发的证书",
    ],
    ["{} still serves {}", "{} はまだ {} を使っています", "{} 仍在使用 {}"],
    ["{} presents nothing", "{} は証明書を提示しません", "{} 没有出示证书"],
    ["no answer", "応答がありません", "没有应答"],
];
