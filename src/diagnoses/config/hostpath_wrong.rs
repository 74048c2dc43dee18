//! A volume of a static pod leads to another folder of the host than the one with the files that the container names.
//!
//! Most of them are then missing at once: the path of the volume is one cause, not each file.

use super::{
    super::network::{tcp_refused, tcp_reset},
    config_file_missing,
};
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{Facts, Named},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "hostpath-wrong",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&config_file_missing::DIAGNOSIS, &tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "A volume of the pod leads to the wrong folder of the host",
            why: "The container sees the folder that hostPath names under its mountPath. Here that \
                  folder does not hold the files that the flags name, and several are missing at \
                  once.",
            fix: "Correct the path of the volume in the manifest; the kubelet restarts the pod.",
        },
        ja: Prose {
            title: "Pod のボリュームがホストの別のディレクトリを指しています",
            why: "コンテナの mountPath には hostPath が指すディレクトリの中身が見えます。ここではそのディレクトリに、フラグが指すファイルのうち複数がありません。",
            fix: "マニフェストのボリュームのパスを訂正してください。kubelet が Pod を再起動します。",
        },
        zh: Prose {
            title: "Pod 的卷指向了宿主机上错误的目录",
            why: "容器在 mountPath 下看到的是 hostPath 所指目录的内容。这里该目录中没有各标志所指的文件，而且同时缺少多个。",
            fix: "更正清单中卷的路径，kubelet 会重启该 Pod。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for named in facts.named_files().filter(|named| is_astray(named, facts)) {
        let known = findings.iter().any(|finding| finding.is_about(&named.subject()));
        if !known {
            findings.extend(describe(&named, facts));
        }
    }
    findings
}

/// One finding a volume, with all its settings of which this is the first.
fn describe(first: &Named<'_, '_>, facts: &Facts<'_>) -> Option<Finding> {
    let mount = first.mount()?;
    let host = mount.host.as_deref()?;
    let same = |named: &Named<'_, '_>| {
        named.config.path == first.config.path && named.mount() == Some(mount)
    };
    let missing: Vec<_> =
        facts.named_files().filter(|named| same(named) && named.is_missing()).collect();
    let finding = super::finding(&DIAGNOSIS, first.process, first.subject(), facts);
    let finding = missing.iter().fold(finding, |finding, named| {
        finding
            .evidence(Label::Setting, super::place(named))
            .also_about(named.subject())
            .also_about(super::file(&named.file.path))
    });
    let right = facts.folder_of(&missing);
    let edit =
        right.as_ref().and_then(|right| Edit::within(first.config, mount.lines.path, host, right));
    Some(
        finding
            .evidence(Label::Mounts, Value::list([format!("{} <- {host}", mount.inside)]))
            .evidence(Label::Correct, right.as_deref())
            .fixes(Fix::edits(edit)),
    )
}

pub(super) fn is_astray(named: &Named<'_, '_>, facts: &Facts<'_>) -> bool {
    named.is_astray() && !facts.is_elsewhere(named.process)
}
