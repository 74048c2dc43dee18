//! A file option of etcd or kube-apiserver names a path where nothing is.
//!
//! etcd exits at start (`open …: no such file or directory`); a revocation list alone is read per connection (`crl-missing`).

use super::super::{
    files::file_missing,
    network::{tcp_refused, tcp_reset},
    server::server_cert_unloadable,
};
use crate::observation::Program;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Named, Subject, file::FileState},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-file-missing",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[
        &file_missing::DIAGNOSIS,
        &server_cert_unloadable::DIAGNOSIS,
        &tcp_refused::DIAGNOSIS,
        &tcp_reset::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "The configuration names a file that does not exist",
            why: "etcd and kube-apiserver open these files when they start and exit \
                  if one is not there. While an old process still runs, the mistake \
                  waits for its next start.",
            fix: "Correct the path in the configuration, or put the file back, then restart.",
        },
        ja: Prose {
            title: "設定に書かれたファイルが存在しません",
            why: "etcd と kube-apiserver は起動時にこれらのファイルを開き、1 つでも見つからなければ終了します。古いプロセスが動いている間は表面化せず、次の起動で失敗します。",
            fix: "設定のパスを訂正するか、ファイルを元に戻してから再起動してください。",
        },
        zh: Prose {
            title: "配置中指定的文件不存在",
            why: "etcd 和 kube-apiserver 启动时会打开这些文件，缺少任何一个都会退出。旧进程仍在运行时问题不会显现，要到下次启动才会失败。",
            fix: "更正配置中的路径，或将文件放回原处，然后重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let missing = |named: &Named<'_, '_>| {
        let at_start = !named.setting.name.ends_with("crl-file");
        let others = named.process.program != Program::Etcdctl;
        let cut_off = named.is_unmounted();
        named.is_missing() && at_start && others && !cut_off
    };
    let mut findings: Vec<Finding> = Vec::new();
    for named in facts.named_files().filter(missing) {
        if facts.is_elsewhere(named.process) {
            continue;
        }
        let subject = Subject::File(named.file.path.clone());
        match findings.iter_mut().find(|finding| finding.subject == subject) {
            Some(known) => {
                *known = known
                    .clone()
                    .evidence(Label::Setting, super::place(&named))
                    .also_about(named.subject());
            }
            None => findings.push(describe(&named, subject, facts)),
        }
    }
    findings
}

fn describe(named: &Named<'_, '_>, subject: Subject, facts: &Facts<'_>) -> Finding {
    let finding = super::finding(&DIAGNOSIS, named.process, subject, facts)
        .also_about(named.subject())
        .evidence(Label::Setting, super::place(named));
    // A manifest none of whose files is here was written for another machine.
    let elsewhere = named.process.program != Program::Etcd
        && facts
            .named_files()
            .filter(|other| is_same(other, named))
            .all(|other| other.is_missing());
    let finding = if elsewhere { finding.severity(Severity::Warning) } else { finding };
    let FileState::Missing { first_missing, near, .. } = &named.file.state else { return finding };
    finding
        .evidence(Label::Missing, first_missing)
        .evidence(Label::Beside, Value::list(near.iter().take(3).map(String::as_str)))
        .fixes(Fix::for_named(facts, named))
        .fixes(super::restart(named.process))
}

/// Whether two options are of one process.
fn is_same(one: &Named<'_, '_>, other: &Named<'_, '_>) -> bool {
    std::ptr::eq(one.process, other.process)
}
