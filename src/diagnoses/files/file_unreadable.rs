//! Something stands at the path, and its bytes can't be had: no permission, a directory, a device, too much.

use super::{
    super::{
        network::{tcp_refused, tcp_reset},
        server::server_cert_unloadable,
    },
    closed,
    flaw::{self, Flaw, Flawed},
    substitute,
};
use crate::{
    diagnoses::client::client_cert_required,
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    facts::{
        Facts,
        file::{FileSeen, FileState},
    },
    message::{FileMessage, Label, Prose, Say, Text, Value},
    observation::target::Origin,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "file-unreadable",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[
        &client_cert_required::DIAGNOSIS,
        &tcp_refused::DIAGNOSIS,
        &tcp_reset::DIAGNOSIS,
        &server_cert_unloadable::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "A file that is needed cannot be read",
            why: "The user who runs the program lacks permission for the file or for a directory above it, \
                  or the path is not a regular file. etcdctl gives up before it connects; etcd and \
                  kube-apiserver exit at start. What depends on the file could not be checked.",
            fix: "Give the file to the user who runs the program, run the command as the file's owner, or \
                  name the file inside the directory.",
        },
        ja: Prose {
            title: "必要なファイルを読み取れません",
            why: "プログラムを実行するユーザーに、ファイルまたは途中のディレクトリへの権限がないか、パスがディレクト\
                  リなど通常のファイルではないものを指しています。etcdctl は接続を始める前に終了し、etcd と \
                  kube-apiserver は起動時に終了します。このファイルに依存する項目は確認できませんでした。",
            fix: "ファイルの所有者をプログラムの実行ユーザーにするか、ファイルの所有者としてコマンドを実行するか、ディレクトリ\
                  内のファイルを指定してください。",
        },
        zh: Prose {
            title: "无法读取所需的文件",
            why: "运行该程序的用户对文件或其上级目录没有权限，或者该路径不是普通文件。etcdctl 在建立连接之前就会\
                  退出；etcd 和 kube-apiserver 启动即退出。依赖该文件的项目无法检查。",
            fix: "将文件的属主改为运行该程序的用户，或以文件属主的身份运行命令，或改为指定该目录中的文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let given = flaw::found(facts, Flaw::Unreadable);
    let known = |file: &FileSeen| given.iter().any(|flawed| flawed.file.path == file.path);
    let given = given.iter().map(|flawed| describe_given(flawed, facts));
    let others = named(facts).into_iter().chain(discovered(facts));
    let own = given.chain(others.filter(|(file, _)| !known(file)).map(|(_, finding)| finding));
    closed::findings(&DIAGNOSIS, facts).into_iter().chain(own).collect()
}

fn describe_given(flawed: &Flawed<'_, '_>, facts: &Facts<'_>) -> Finding {
    let finding = describe(flawed.finding(&DIAGNOSIS), flawed.file, facts);
    let finding = match &flawed.file.state {
        FileState::Directory { candidates } => {
            finding.fixes(substitute::fixes(&flawed.given, candidates, facts))
        }
        _ => finding,
    };
    flawed.given_by(finding)
}

/// The files of configured processes: whether the process may read them is another question, but nothing in them was verified.
fn named<'a>(facts: &Facts<'a>) -> Vec<(&'a FileSeen, Finding)> {
    let mut found: Vec<(&FileSeen, Finding)> = Vec::new();
    let here = facts.named_files().filter(|named| !facts.is_elsewhere(named.process));
    for named in here.filter(|named| flaw::is_unreadable(named.file)) {
        if let Some((_, known)) = found.iter_mut().find(|(file, _)| file.path == named.file.path) {
            known.also_about.push(named.subject());
            continue;
        }
        let finding = Finding::new(&DIAGNOSIS, super::file(&named.file.path));
        let finding = facts
            .endpoints_of(named.process)
            .fold(finding.also_about(named.subject()), |finding, one| {
                finding.also_about(one.subject())
            });
        found.push((named.file, describe(finding, named.file, facts)));
    }
    found
}

/// Keys in the folders that were looked through because nothing was given, where no client pair was found in them.
fn discovered<'a>(facts: &Facts<'a>) -> Vec<(&'a FileSeen, Finding)> {
    let target = &facts.observation.target;
    let mut origins = target.endpoints.iter().map(|given| &given.origin);
    let is_given = origins.any(|origin| matches!(origin, Origin::Flag(_) | Origin::Environment(_)));
    if is_given || target.layouts.is_empty() || facts.client.cert.is_some() {
        return Vec::new();
    }
    let beside = facts.observation.neighbours.iter().filter(|file| flaw::is_unreadable(file));
    let finding = |file: &'a FileSeen| {
        let finding = Finding::new(&DIAGNOSIS, super::file(&file.path));
        let endpoints = facts.endpoints.iter().map(|endpoint| endpoint.subject());
        (file, describe(endpoints.fold(finding, Finding::also_about), file, facts))
    };
    beside.map(finding).collect()
}

fn describe(finding: Finding, file: &FileSeen, facts: &Facts<'_>) -> Finding {
    match &file.state {
        FileState::Denied { component, uid, gid, mode, error } => {
            let viewer = &facts.observation.viewer;
            let show = |number: &Option<u32>| {
                number.map_or_else(|| "?".to_owned(), |number| number.to_string())
            };
            let mode = mode.map(|mode| format!("{:04o}", mode & 0o7777)).unwrap_or_default();
            // Files that are kept back in the same way are one finding.
            let above = Some(component).filter(|component| **component != file.path);
            finding
                .evidence(Label::Stops, above)
                .evidence(Label::System, error.message())
                .evidence(Label::Owner, format!("uid {}, gid {}", show(uid), show(gid)))
                .evidence(Label::Mode, mode)
                .evidence(Label::Viewer, format!("uid {}", viewer.uid))
                .fix(as_owner(*uid, Fix::check(facts, &[])))
        }
        FileState::Directory { candidates } => {
            let shown: Vec<_> = candidates.iter().take(6).map(String::as_str).collect();
            finding
                .evidence(Label::System, FileMessage::Directory)
                .evidence(Label::Found, Value::list(shown))
        }
        FileState::NotRegular { kind } => finding.evidence(Label::Found, kind.message()),
        FileState::TooLarge { size, limit } => finding.evidence(
            Label::Found,
            FileMessage::TooLarge { size: (*size).into(), limit: (*limit).into() },
        ),
        FileState::Failed { error } => finding.evidence(Label::System, error.message()),
        FileState::Missing { .. } | FileState::Read(_) => finding,
    }
}

/// The same command as the user who may read the file.
fn as_owner(uid: Option<u32>, fix: Fix) -> Fix {
    let sudo = match uid {
        Some(uid) if uid != 0 => Fix::run("sudo -u").value(format!("#{uid}")),
        _ => Fix::run("sudo"),
    };
    fix.run_by(sudo).needs(Need::Root)
}
