//! What is wrong with a command line, and remarks on how it was taken.

messages! { CliMessage, "What is wrong with a command line, and remarks on how it was taken.";
    Error { what }: "error: {what}", "エラー: {what}", "错误：{what}";
    Note { what }: "note: {what}", "注: {what}", "说明：{what}";
    Conflict { what }: "conflict: {what}", "競合: {what}", "冲突：{what}";
    OfFlag { flag, what }: "{flag} {what}", "{flag} {what}", "{flag} {what}";
    Hint { what }: "hint: {what}", "ヒント: {what}", "提示：{what}";
}
