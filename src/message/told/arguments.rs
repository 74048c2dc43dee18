//! What the argument parser says of a command line, line by line (clap `error/format.rs`).

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    ["Usage: {}", "使い方: {}", "用法：{}"],
    [
        "For more information, try '{}'.",
        "詳しくは '{}' を付けて実行してください。",
        "要了解更多信息，请加上 '{}' 运行。",
    ],
    ["unexpected argument '{}' found", "引数 '{}' は使えません", "意外的参数 '{}'"],
    [
        "unexpected value '{}' for '{}' found; no more were expected",
        "値 '{}' は余分です ('{}')",
        "多余的值 '{}'（参数 '{}'）",
    ],
    ["unrecognized subcommand '{}'", "サブコマンド '{}' はありません", "没有子命令 '{}'"],
    [
        "'{}' requires a subcommand but one was not provided",
        "'{}' にはサブコマンドが必要です",
        "'{}' 需要子命令",
    ],
    ["  [subcommands: {}]", "  [サブコマンド: {}]", "  [子命令：{}]"],
    ["invalid value '{}' for '{}'", "'{}' は '{}' の値として使えません", "'{}' 不能用作 '{}' 的值"],
    [
        "invalid value '{}' for '{}': {}",
        "'{}' は '{}' の値として使えません: {}",
        "'{}' 不能用作 '{}' 的值：{}",
    ],
    ["  [possible values: {}]", "  [使える値: {}]", "  [可用的值：{}]"],
    [
        "a value is required for '{}' but none was supplied",
        "'{}' には値が必要です",
        "'{}' 需要一个值",
    ],
    [
        "equal sign is needed when assigning values to '{}'",
        "'{}' の値は等号でつないで指定してください",
        "'{}' 的值必须用等号连接",
    ],
    [
        "the following required arguments were not provided:",
        "次の引数が必要です:",
        "缺少以下必需的参数：",
    ],
    [
        "the argument '{}' cannot be used with '{}'",
        "引数 '{}' は '{}' と同時に使えません",
        "参数 '{}' 不能与 '{}' 同时使用",
    ],
    [
        "the argument '{}' cannot be used with:",
        "引数 '{}' は次のものと同時に使えません:",
        "参数 '{}' 不能与以下参数同时使用：",
    ],
    [
        "the argument '{}' cannot be used with one or more of the other specified arguments",
        "引数 '{}' はほかの引数のいずれかと同時に使えません",
        "参数 '{}' 不能与其他某些参数同时使用",
    ],
    [
        "the argument '{}' cannot be used multiple times",
        "引数 '{}' は 1 回しか指定できません",
        "参数 '{}' 只能指定一次",
    ],
    [
        "  tip: a similar argument exists: '{}'",
        "  ヒント: '{}' のことですか",
        "  提示：是否想输入 '{}'？",
    ],
    [
        "  tip: a similar subcommand exists: '{}'",
        "  ヒント: サブコマンド '{}' のことですか",
        "  提示：是否想输入子命令 '{}'？",
    ],
    [
        "  tip: a similar value exists: '{}'",
        "  ヒント: 値 '{}' のことですか",
        "  提示：是否想输入值 '{}'？",
    ],
    [
        "  tip: some similar arguments exist: {}",
        "  ヒント: 似た引数があります: {}",
        "  提示：有相近的参数：{}",
    ],
    [
        "  tip: some similar subcommands exist: {}",
        "  ヒント: 似たサブコマンドがあります: {}",
        "  提示：有相近的子命令：{}",
    ],
    [
        "  tip: some similar values exist: {}",
        "  ヒント: 似た値があります: {}",
        "  提示：有相近的值：{}",
    ],
    [
        "  tip: to pass '{}' as a value, use '{}'",
        "  ヒント: '{}' を値として渡すには '{}' とします",
        "  提示：要把 '{}' 作为值传入，请写成 '{}'",
    ],
    ["{} is not in {}", "{} は {} の範囲にありません", "{} 不在 {} 范围内"],
    ["invalid digit found in string", "数字以外の文字が含まれています", "不是数字"],
    ["number too large to fit in target type", "数値が大きすぎます", "数值过大"],
];
