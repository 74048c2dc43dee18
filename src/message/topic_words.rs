//! The words around topics, options and files, in three languages.

words! { TopicWord, "A word or phrase of `explain`.";
    Before: "called before", "以前の名前", "旧名称";
    Commands: "Commands", "コマンド", "命令";
    ConfigKey: "in --config-file", "--config-file での書き方", "在 --config-file 中";
    Contents: "holds", "内容", "内容";
    Diagnoses: "Diagnoses", "診断", "诊断";
    Directory: "data directory", "データディレクトリ", "数据目录";
    EarlierThan34: "3.4 or earlier", "3.4 以前", "3.4 或更早";
    Everyday: "In everyday life", "身近なものにたとえると", "打个比方";
    Exam: "For the exam", "試験のポイント", "考试要点";
    Fits: "fits", "対になるもの", "配对文件";
    Layouts: "Laid out by", "配置するインストーラー", "由谁放置";
    NamedBy: "named by", "指定しているオプション", "由此选项指定";
    NothingHere:
        "Nothing of etcd was found; --root DIR, --config PATH or --cacert, --cert and --key say where to look.",
        "etcd に関するものは見つかりませんでした。--root DIR、--config PATH、または --cacert、--cert、--key で場所を指定できます。",
        "没有找到与 etcd 有关的内容；可用 --root DIR、--config PATH 或 --cacert、--cert、--key 指明位置。";
    Option: "option", "オプション", "选项";
    Purpose: "What it is for", "用途", "用途";
    SeeAlso: "See also", "関連項目", "另请参阅";
    Since: "since", "追加されたリリース", "起始版本";
    ThisMachine: "On this machine", "このマシンでは", "本机情况";
    Topics: "Topics", "トピック", "主题";
    Unknown: "nothing of that name", "その名前のものはありません", "没有这个名称的内容";
    Unreadable: "can't be read", "読めません", "无法读取";
    Until: "until", "期限", "有效期至";
    Variable: "variable", "環境変数", "环境变量";
    Wrong: "What goes wrong", "起こりやすい問題", "容易出错之处";
}
