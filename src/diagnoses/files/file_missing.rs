//! A given path leads to no file.
//!
//! `stat` gives ENOENT or ENOTDIR; for a dangling symbolic link as well. etcdctl says so at once, exit status 128.

use super::{
    flaw::{self, Flaw, Flawed},
    substitute,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, file::FileState},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "file-missing",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A given file does not exist",
            why: "The path leads nowhere: a name in it is misspelt, a symbolic link points to \
                  something that is gone, or the file was never made. etcdctl stops before it dials.",
            fix: "Correct the path, or put the file back where the path says.",
        },
        ja: Prose {
            title: "指定されたファイルが存在しません",
            why: "パスの先に何もありません。名前の誤り、リンク先を失ったシンボリックリンク、\
                  またはファイルが作成されていないことが原因です。etcdctl は接続を始める前に終了します。",
            fix: "パスを訂正するか、そのパスにファイルを置き直してください。",
        },
        zh: Prose {
            title: "指定的文件不存在",
            why: "该路径下没有文件：路径中有名称写错，符号链接指向的目标已不存在，或者文件从未生成。\
                  etcdctl 在建立连接之前就会退出。",
            fix: "更正路径，或将文件放回该路径。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    flaw::found(facts, Flaw::Missing).iter().map(|flawed| describe(flawed, facts)).collect()
}

fn describe(flawed: &Flawed<'_, '_>, facts: &Facts<'_>) -> Finding {
    let mut finding = flawed.finding(&DIAGNOSIS);
    let FileState::Missing { first_missing, dangling_link, near } = &flawed.file.state else {
        return finding;
    };
    finding = finding.evidence(Label::Missing, first_missing);
    if let Some(target) = dangling_link {
        finding = finding.evidence(Label::LinkTarget, target);
    }
    let nearest: Vec<_> = near.iter().take(3).map(String::as_str).collect();
    finding = flawed.given_by(finding.evidence(Label::Beside, Value::list(nearest)));
    finding.fixes(substitute::fixes(&flawed.given, near, facts))
}
