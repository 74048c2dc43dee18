//! A static pod's container names a file that none of its volume mounts leads to.
//!
//! The file may well be on the host: inside the container it is not.

use super::super::network::{tcp_refused, tcp_reset};
use crate::observation::ConfigFile;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Named},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "hostpath-missing",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "The pod does not mount the folder that its flags name",
            why: "A container sees only what is mounted into it. These paths exist in \
                  no volumeMount of the manifest, so the program does not find the \
                  files, whatever the host has there.",
            fix: "Add a hostPath volume and a volumeMount for this folder to the manifest; the kubelet restarts the pod.",
        },
        ja: Prose {
            title: "フラグが指すディレクトリを Pod がマウントしていません",
            why: "コンテナから見えるのはマウントされたものだけです。これらのパスはマニフェストの\
                  どの volumeMount にも含まれないため、ホストにファイルがあってもプログラムからは\
                  見つかりません。",
            fix: "このディレクトリの hostPath ボリュームと volumeMount をマニフェストに追加してください。kubelet が Pod を再起動します。",
        },
        zh: Prose {
            title: "Pod 没有挂载标志所指的目录",
            why: "容器只能看到挂载进来的内容。这些路径不在清单的任何 volumeMount 之中，因此无论宿主机上有没有文件，程序都找不到。",
            fix: "在清单中为该目录添加 hostPath 卷和 volumeMount，kubelet 会重启该 Pod。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for named in facts.named_files().filter(|named| is_cut_off(named, facts)) {
        if known.contains(&named.config.path.as_str()) {
            continue;
        }
        known.push(&named.config.path);
        findings.push(describe(&named, facts));
    }
    findings
}

/// One finding a manifest, with all its settings of which this is the first.
fn describe(first: &Named<'_, '_>, facts: &Facts<'_>) -> Finding {
    let same =
        |named: &Named<'_, '_>| named.config.path == first.config.path && is_cut_off(named, facts);
    let finding = super::finding(&DIAGNOSIS, first.process, first.subject(), facts);
    let finding = facts.named_files().filter(same).fold(finding, |finding, named| {
        finding.evidence(Label::Setting, super::place(&named)).also_about(named.subject())
    });
    let folder = first.setting.value.rsplit_once('/').map_or("/", |(folder, _)| folder);
    finding
        .evidence(Label::Mounts, mounts(first.config))
        .evidence(Label::Required, format!("volumeMounts: mountPath: {folder}"))
        .fix(
            crate::diagnoses::engine::Fix::run("grep -n -A3 -E")
                .value("mountPath|hostPath")
                .value(&first.config.path),
        )
}

fn is_cut_off(named: &Named<'_, '_>, facts: &Facts<'_>) -> bool {
    named.is_unmounted() || (named.is_astray() && !facts.is_elsewhere(named.process))
}

fn mounts(config: &ConfigFile) -> Value {
    let mounts = config.mounts.iter().flatten().map(|mount| match &mount.host {
        Some(host) => format!("{} <- {host}", mount.inside),
        None => mount.inside.clone(),
    });
    Value::list(mounts)
}
