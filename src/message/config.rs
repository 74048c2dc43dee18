//! What a file of settings says or lacks, and where a value stands.

messages! { ConfigMessage, "What a file of settings says or lacks, and where a value stands.";
    Line { line }: "line {line}", "{line} 行目", "第 {line} 行";
    LineSays { line, what }: "line {line}: {what}", "{line} 行目: {what}", "第 {line} 行：{what}";
}
