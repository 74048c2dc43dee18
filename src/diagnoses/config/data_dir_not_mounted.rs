//! A pod's data directory lies in the container's own layer: no volume leads there, and the data ends with the container.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Settings, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "data-dir-not-mounted",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The pod's data directory is not on a volume",
            why: "--data-dir names a path that no volumeMount covers. etcd starts there with a new, empty \
                  cluster, and what it writes is lost with the container. After a restore into another \
                  directory the volume has to follow.",
            fix: "Mount the directory that holds the data at the path of --data-dir, or set --data-dir to a \
                  mounted path.",
        },
        ja: Prose {
            title: "Pod のデータディレクトリがボリューム上にありません",
            why: "--data-dir のパスはどの volumeMount にも含まれません。etcd はそこで空の新しいクラスターとして起動\
                  し、書き込んだ内容はコンテナーとともに失われます。別のディレクトリに復元した場合は、ボリュームも\
                  合わせて変更する必要があります。",
            fix: "データのあるディレクトリを --data-dir のパスにマウントするか、--data-dir をマウント済みのパスに変えてく\
                  ださい。",
        },
        zh: Prose {
            title: "Pod 的数据目录不在任何卷上",
            why: "--data-dir 指向的路径没有被任何 volumeMount 覆盖。etcd 会在那里以全新的空集群启动，写入的数据会\
                  随容器一起丢失。恢复到其他目录后，卷也必须相应修改。",
            fix: "将存放数据的目录挂载到 --data-dir 的路径，或把 --data-dir 改为已挂载的路径。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds.filter_map(describe).collect()
}

fn describe(process: &Settings<'_>) -> Option<Finding> {
    let (config, setting) = process.get("data-dir")?;
    let mounts = config.mounts.as_ref().filter(|_| !config.covers(&setting.value))?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let inside: Vec<_> = mounts.iter().map(|mount| mount.inside.as_str()).collect();
    // Where one volume alone could hold it, the path was changed and the volume was not.
    let is_data = |path: &&&str| path.starts_with("/var/lib/") || path.contains("data");
    let mut candidates = inside.iter().filter(is_data);
    let mounted = candidates.next().filter(|_| candidates.next().is_none());
    let finding = Finding::new(&DIAGNOSIS, subject)
        .evidence(Label::Setting, crate::facts::show_setting(config, setting))
        .evidence(Label::Mounts, Value::list(inside.iter().copied()))
        .evidence(Label::Expected, mounted.copied());
    Some(finding)
}
