//! Something stands at the path, and its bytes can't be had: no permission, a directory, a device, too much.

use super::{
    flaw::{self, Flaw, Flawed},
    substitute,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{Facts, file::FileState},
    message::{FileMessage, Label, Prose, Say, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "file-unreadable",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A given file cannot be read",
            why: "The path exists, but it is not a file that this user can read: a permission stops \
                  the way, or it is a directory or another thing that is no file. \
                  etcdctl stops before it dials.",
            fix: "Run the command as the owner of the file, or name the file inside the directory.",
        },
        ja: Prose {
            title: "指定されたファイルを読み取れません",
            why: "パスは存在しますが、このユーザーが読めるファイルではありません。途中のディレクトリ\
                  の権限で拒否されているか、ディレクトリなど通常のファイルではないものを指しています。\
                  etcdctl は接続を始める前に終了します。",
            fix: "ファイルの所有者として実行するか、ディレクトリ内のファイルを指定してください。",
        },
        zh: Prose {
            title: "无法读取指定的文件",
            why: "该路径存在，但不是当前用户能读取的文件：要么权限不足，要么它是目录或其他非普通文件。\
                  etcdctl 在建立连接之前就会退出。",
            fix: "以文件属主的身份运行命令，或改为指定该目录中的文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    flaw::found(facts, Flaw::Unreadable).iter().map(|flawed| describe(flawed, facts)).collect()
}

fn describe(flawed: &Flawed<'_, '_>, facts: &Facts<'_>) -> Finding {
    let finding = flawed.finding(&DIAGNOSIS);
    let finding = match &flawed.file.state {
        FileState::Denied { component, uid, gid, mode, error } => {
            let viewer = &facts.observation.viewer;
            let show = |number: &Option<u32>| {
                number.map_or_else(|| "?".to_owned(), |number| number.to_string())
            };
            let mode = mode.map(|mode| format!("{:04o}", mode & 0o7777)).unwrap_or_default();
            finding
                .evidence(Label::Stops, component)
                .evidence(Label::System, error.message())
                .evidence(Label::Owner, format!("uid {}, gid {}", show(uid), show(gid)))
                .evidence(Label::Mode, mode)
                .evidence(Label::Viewer, format!("uid {}", viewer.uid))
                .fix(as_owner(*uid, Fix::check(facts, &[])))
        }
        FileState::Directory { candidates } => {
            let shown: Vec<_> = candidates.iter().take(6).map(String::as_str).collect();
            let finding = finding
                .evidence(Label::System, FileMessage::Directory)
                .evidence(Label::Found, Value::list(shown));
            finding.fixes(substitute::check(&flawed.given, candidates, facts))
        }
        FileState::NotRegular { kind } => finding.evidence(Label::Found, kind.message()),
        FileState::TooLarge { size, limit } => finding.evidence(
            Label::Found,
            FileMessage::TooLarge { size: (*size).into(), limit: (*limit).into() },
        ),
        FileState::Failed { error } => finding.evidence(Label::System, error.message()),
        FileState::Missing { .. } | FileState::Read(_) => finding,
    };
    flawed.given_by(finding)
}

/// The same command as the user who may read the file.
fn as_owner(uid: Option<u32>, fix: Fix) -> Fix {
    let sudo = match uid {
        Some(uid) if uid != 0 => Fix::run("sudo -u").value(format!("#{uid}")),
        _ => Fix::run("sudo"),
    };
    fix.run_by(sudo).needs(Need::Root)
}
