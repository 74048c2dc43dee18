//! What is wrong with a file of settings, and where in one a value stands.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    ["line {}: {}", "{} 行目: {}", "第 {} 行：{}"],
    ["line {}", "{} 行目", "第 {} 行"],
    [
        "neither ETCD_NAME=value lines, a unit, a manifest, nor etcd's YAML",
        "ETCD_NAME=value の行、ユニット、マニフェスト、etcd の YAML のどれでもありません",
        "既不是 ETCD_NAME=value 形式的行、systemd 单元或清单，也不是 etcd 的 YAML",
    ],
    [
        "a byte order mark is part of the name",
        "バイト順マーク (BOM) が名前の一部になっています",
        "字节顺序标记（BOM）成了名称的一部分",
    ],
    ["no NAME=value", "NAME=value の形ではありません", "不是 NAME=value 形式"],
    ["a quote is never closed", "引用符が閉じられていません", "引号没有闭合"],
    [
        "{} instead of names and values",
        "名前と値の組ではなく{}になっています",
        "应为名称和值，实际为{}",
    ],
    ["a single value", "単一の値", "单个值"],
    ["a list", "リスト", "列表"],
    ["a name that is no text", "文字列でない名前", "非文本的名称"],
    ["--{} of {}", "--{}、{}", "--{}，{}"],
    ["--{} in {}:{}", "--{}、{}:{}", "--{}，{}:{}"],
    ["ETCD_{} of {}", "ETCD_{}、{}", "ETCD_{}，{}"],
    ["ETCD_{} in {}:{}", "ETCD_{}、{}:{}", "ETCD_{}，{}:{}"],
];
