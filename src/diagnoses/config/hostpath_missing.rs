//! A static pod's container names a file that none of its volume mounts leads to.
//!
//! The file may well be on the host: inside the container it is not.

use super::super::network::{tcp_refused, tcp_reset};
use crate::observation::ConfigFile;
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{Facts, Named},
    message::{Label, Prose, Text, Value},
};

/// What a volume is called that is added.
const VOLUME: &str = "etcd-tls-files";

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
        .fixes(mounting(first, folder, facts))
}

/// The mount of the host's folder under the right name; where none leads there, a file that the container does see; else a volume more,
/// for reading.
fn mounting(first: &Named<'_, '_>, folder: &str, facts: &Facts<'_>) -> Vec<Fix> {
    let config = first.config;
    let mounts = config.mounts.as_deref().unwrap_or_default();
    let misnamed = mounts.iter().find(|mount| mount.host.as_deref() == Some(folder));
    let renamed =
        misnamed.and_then(|mount| Edit::within(config, mount.lines.inside, &mount.inside, folder));
    if renamed.is_some() {
        return Fix::edits(renamed);
    }
    let another = Fix::for_named(facts, first);
    if !another.is_empty() {
        return another;
    }
    let lines =
        mounts.iter().map(|mount| mount.lines).find(|lines| lines.mount > 0 && lines.volume > 0);
    let Some(lines) = lines else { return Vec::new() };
    let mount =
        [format!("mountPath: {folder}"), format!("name: {VOLUME}"), "readOnly: true".into()];
    let volume = ["hostPath:".into(), format!("  path: {folder}"), format!("name: {VOLUME}")];
    let items =
        [Edit::item(config, lines.mount, &mount), Edit::item(config, lines.volume, &volume)];
    Fix::edits(items.into_iter().flatten())
}

fn is_cut_off(named: &Named<'_, '_>, facts: &Facts<'_>) -> bool {
    named.is_unmounted() && !facts.is_elsewhere(named.process)
}

fn mounts(config: &ConfigFile) -> Value {
    let mounts = config.mounts.iter().flatten().map(|mount| match &mount.host {
        Some(host) => format!("{} <- {host}", mount.inside),
        None => mount.inside.clone(),
    });
    Value::list(mounts)
}
