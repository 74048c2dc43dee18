//! What a file of settings says or lacks, and where a value stands.

messages! { ConfigMessage, "What a file of settings says or lacks, and where a value stands.";
    Line { line }: "line {line}", "{line} 行目", "第 {line} 行";
    LineSays { line, what }: "line {line}: {what}", "{line} 行目: {what}", "第 {line} 行：{what}";
    UnknownForm: "neither ETCD_NAME=value lines, a unit, a manifest, nor etcd's YAML", "ETCD_NAME=value の行、ユニット、マニフェスト、etcd の YAML のどれでもありません", "既不是 ETCD_NAME=value 形式的行、systemd 单元或清单，也不是 etcd 的 YAML";
    ByteOrderMark: "a byte order mark is part of the name", "バイト順マーク (BOM) が名前の一部になっています", "字节顺序标记（BOM）成了名称的一部分";
    NoAssignment: "no NAME=value", "NAME=value の形ではありません", "不是 NAME=value 形式";
    OpenQuote: "a quote is never closed", "引用符が閉じられていません", "引号没有闭合";
    SingleValue: "a single value instead of names and values", "名前と値の組ではなく単一の値になっています", "应为名称和值，实际为单个值";
    List: "a list instead of names and values", "名前と値の組ではなくリストになっています", "应为名称和值，实际为列表";
    NameNoText: "a name that is no text", "文字列でない名前です", "名称不是文本";
    NameOfFile { name, file }: "{name} of {file}", "{name}、{file}", "{name}，{file}";
    NameInLine { name, file, line }: "{name} in {file}:{line}", "{name}、{file}:{line}", "{name}，{file}:{line}";
    FoundIn { folder }: "found in {folder}", "{folder} で見つかりました", "在 {folder} 中找到";
    SrvRecordsOf { domain }: "SRV records of {domain}", "{domain} の SRV レコード", "{domain} 的 SRV 记录";
    MemberListOf { endpoint }: "member list of {endpoint}", "{endpoint} のメンバー一覧", "{endpoint} 的成员列表";
    Default: "default", "既定値", "默认值";
}
