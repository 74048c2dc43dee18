//! What is wrong with a file of settings, and where in one a value stands.

use super::Row;

pub(super) const SENTENCES: &[Row] = &[
    ["line {}: {}", "{} 行目: {}", "第 {} 行：{}"],
    ["line {}", "{} 行目", "第 {} 行"],
    ["--{} of {}", "--{}、{}", "--{}，{}"],
    ["--{} in {}:{}", "--{}、{}:{}", "--{}，{}:{}"],
    ["ETCD_{} of {}", "ETCD_{}、{}", "ETCD_{}，{}"],
    ["ETCD_{} in {}:{}", "ETCD_{}、{}:{}", "ETCD_{}，{}:{}"],
];
