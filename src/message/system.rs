//! What the operating system says: our own sentence for each kind of error, the system's number or words in brackets.

use std::io::{self, ErrorKind};

use super::{Message, Value};

messages! { SystemMessage, "What the operating system refuses.";
    NotFound: "no such file or directory", "そのようなファイルやディレクトリはありません", "没有那个文件或目录";
    PermissionDenied: "permission denied", "アクセスが許可されていません", "权限不足";
    AlreadyExists: "it exists already", "すでに存在します", "已经存在";
    NotADirectory: "not a directory", "ディレクトリではありません", "不是目录";
    IsADirectory: "is a directory", "ディレクトリです", "是一个目录";
    DirectoryNotEmpty: "directory not empty", "ディレクトリが空ではありません", "目录非空";
    StorageFull: "no space left on device", "デバイスに空き領域がありません", "设备上没有剩余空间";
    QuotaExceeded: "disk quota exceeded", "ディスククォータを超過しました", "超出磁盘配额";
    ReadOnlyFilesystem: "read-only file system", "読み取り専用のファイルシステムです", "只读文件系统";
    FileTooLarge: "file too large", "ファイルが大きすぎます", "文件过大";
    CrossesDevices: "invalid cross-device link", "デバイスをまたぐリンクは作成できません", "无效的跨设备链接";
    InvalidFilename: "file name too long", "ファイル名が長すぎます", "文件名过长";
    InvalidInput: "invalid argument", "引数が無効です", "参数无效";
    InvalidData: "data of another form", "データの形式が違います", "数据格式不符";
    BrokenPipe: "broken pipe", "パイプが相手側で閉じられました", "管道已断开";
    OutOfMemory: "cannot allocate memory", "メモリを確保できません", "无法分配内存";
    ConnectionRefused: "connection refused", "接続が拒否されました", "连接被拒绝";
    ConnectionReset: "connection reset", "接続がリセットされました", "连接被重置";
    TimedOut: "timed out", "タイムアウトしました", "超时";
    NetworkUnreachable: "network is unreachable", "ネットワークに到達できません", "网络不可达";
    HostUnreachable: "no route to host", "ホストへの経路がありません", "没有到主机的路由";
    AddrInUse: "address in use", "アドレスは使用中です", "地址已被占用";
    AddrNotAvailable: "cannot assign requested address", "要求されたアドレスを割り当てられません", "无法分配所请求的地址";
    UnexpectedEof: "unexpected end of data", "データが途中で終わっています", "数据意外结束";
    TooManyLinks: "too many levels of symbolic links", "シンボリックリンクの段数が多すぎます", "符号链接的层数过多";
    TooManyOpenFiles: "too many open files", "開いているファイルが多すぎます", "打开的文件过多";
    InputOutput: "input/output error", "入出力エラーが発生しました", "输入/输出错误";
    NotPermitted: "operation not permitted", "この操作は許可されていません", "不允许的操作";
    NoJson { line, column, why }:
        "no JSON of the expected form at line {line}, column {column} ({why})",
        "{line} 行 {column} 列が期待される形の JSON ではありません ({why})",
        "第 {line} 行第 {column} 列不是所需格式的 JSON（{why}）";
    JsonEnds { line, column }:
        "the JSON ends too early, at line {line}, column {column}",
        "JSON が {line} 行 {column} 列で途中で終わっています",
        "JSON 在第 {line} 行第 {column} 列处意外结束";
    Numbered { what, number }: "{what} (os error {number})", "{what} (os error {number})", "{what} (os error {number})";
    InBrackets { what, original }: "{what} ({original})", "{what} ({original})", "{what}（{original}）";
}

/// An error of the system. What has no sentence of ours is quoted.
impl From<&io::Error> for Message {
    fn from(error: &io::Error) -> Self {
        // What our own readers refuse comes as a message already.
        let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        if let Some(message) = own {
            return message.clone();
        }
        let Some(sentence) = sentence(error) else { return Self::Plain(Value::quoted(error)) };
        let what = Value::from(sentence);
        match error.raw_os_error() {
            Some(number) => SystemMessage::Numbered { what, number: number.into() }.into(),
            None => SystemMessage::InBrackets { what, original: Value::quoted(error) }.into(),
        }
    }
}

/// Of a file of JSON: where, and what the parser says of it.
impl From<&serde_json::Error> for Message {
    fn from(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        if error.is_eof() {
            return SystemMessage::JsonEnds { line: line.into(), column: column.into() }.into();
        }
        let said = error.to_string();
        let why = Value::quoted(said.split(" at line ").next().unwrap_or_default());
        SystemMessage::NoJson { line: line.into(), column: column.into(), why }.into()
    }
}

fn sentence(error: &io::Error) -> Option<SystemMessage> {
    // ErrorKind has no stable name for these (errno.h of Linux).
    match error.raw_os_error() {
        Some(1) => return Some(SystemMessage::NotPermitted),
        Some(5) => return Some(SystemMessage::InputOutput),
        Some(23 | 24) => return Some(SystemMessage::TooManyOpenFiles),
        Some(40) => return Some(SystemMessage::TooManyLinks),
        _ => {}
    }
    Some(match error.kind() {
        ErrorKind::NotFound => SystemMessage::NotFound,
        ErrorKind::PermissionDenied => SystemMessage::PermissionDenied,
        ErrorKind::AlreadyExists => SystemMessage::AlreadyExists,
        ErrorKind::NotADirectory => SystemMessage::NotADirectory,
        ErrorKind::IsADirectory => SystemMessage::IsADirectory,
        ErrorKind::DirectoryNotEmpty => SystemMessage::DirectoryNotEmpty,
        ErrorKind::StorageFull => SystemMessage::StorageFull,
        ErrorKind::QuotaExceeded => SystemMessage::QuotaExceeded,
        ErrorKind::ReadOnlyFilesystem => SystemMessage::ReadOnlyFilesystem,
        ErrorKind::FileTooLarge => SystemMessage::FileTooLarge,
        ErrorKind::CrossesDevices => SystemMessage::CrossesDevices,
        ErrorKind::InvalidFilename => SystemMessage::InvalidFilename,
        ErrorKind::InvalidInput => SystemMessage::InvalidInput,
        ErrorKind::InvalidData => SystemMessage::InvalidData,
        ErrorKind::BrokenPipe => SystemMessage::BrokenPipe,
        ErrorKind::OutOfMemory => SystemMessage::OutOfMemory,
        ErrorKind::ConnectionRefused => SystemMessage::ConnectionRefused,
        ErrorKind::ConnectionReset => SystemMessage::ConnectionReset,
        ErrorKind::TimedOut => SystemMessage::TimedOut,
        ErrorKind::NetworkUnreachable => SystemMessage::NetworkUnreachable,
        ErrorKind::HostUnreachable => SystemMessage::HostUnreachable,
        ErrorKind::AddrInUse => SystemMessage::AddrInUse,
        ErrorKind::AddrNotAvailable => SystemMessage::AddrNotAvailable,
        ErrorKind::UnexpectedEof => SystemMessage::UnexpectedEof,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::Message;
    use crate::message::Lang;

    #[test]
    fn the_system_is_told_by_kind_and_number() {
        let denied = io::Error::from_raw_os_error(13);
        assert_eq!(Message::from(&denied).to_string(), "permission denied (os error 13)");
        assert_eq!(Message::from(&denied).say(Lang::Zh), "权限不足 (os error 13)");
        let other = io::Error::other("a: b");
        assert_eq!(Message::from(&other).say(Lang::Ja), "a: b");
    }
}
