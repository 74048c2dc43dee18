//! What is wrong with a command line, and remarks on how it was taken.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    [
        "NAME:PASSWORD, --password or ETCDCTL_PASSWORD",
        "NAME:PASSWORD、--password、ETCDCTL_PASSWORD のいずれかで指定してください",
        "请使用 NAME:PASSWORD、--password 或 ETCDCTL_PASSWORD",
    ],
    [
        "a path is wanted behind the trust domain",
        "トラストドメインの後にパスが必要です",
        "信任域之后需要路径",
    ],
    ["{} is no SPIFFE ID: {}", "{} は SPIFFE ID ではありません: {}", "{} 不是 SPIFFE ID：{}"],
    ["it does not begin with spiffe://", "spiffe:// で始まっていません", "不以 spiffe:// 开头"],
    ["it is longer than 2048 bytes", "2048 バイトを超えています", "超过 2048 字节"],
    [
        "a trust domain is lower-case letters, digits, dots, dashes and underscores",
        "トラストドメインに使えるのは英小文字、数字、ドット、ハイフン、アンダースコアです",
        "信任域只能由小写字母、数字、点、连字符和下划线组成",
    ],
    [
        "its path has an empty segment, or ends with a slash",
        "パスに空のセグメントがあるか、末尾がスラッシュです",
        "路径中有空段，或以斜杠结尾",
    ],
    ["its path has a relative segment", "パスに . または .. があります", "路径中有 . 或 .. 段"],
    [
        "a path is letters, digits, dots, dashes and underscores between slashes",
        "パスに使えるのはスラッシュと英数字、ドット、ハイフン、アンダースコアです",
        "路径只能由斜杠以及字母、数字、点、连字符和下划线组成",
    ],
    [
        "a name without slash is wanted",
        "スラッシュを含まない名前を指定してください",
        "需要不含斜杠的名称",
    ],
    ["one of {} is wanted", "{} のいずれかを指定してください", "需要以下之一：{}"],
    [
        "a name, *.DOMAIN, an address, a network or a URI is wanted",
        "名前、*.DOMAIN、アドレス、ネットワーク、URI のいずれかを指定してください",
        "需要名称、*.DOMAIN、地址、网段或 URI",
    ],
    ["Passphrase of {}", "{} のパスフレーズ", "{} 的口令"],
];
