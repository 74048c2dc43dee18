//! What is wrong with a file, or what it is.

messages! { FileMessage, "What is wrong with a file, or what it is.";
    Missing: "no such file or directory", "そのようなファイルやディレクトリはありません", "没有那个文件或目录";
    Directory: "is a directory", "ディレクトリです", "是一个目录";
}
