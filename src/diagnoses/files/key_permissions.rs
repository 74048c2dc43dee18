//! Others than its owner may read the private key. Everything works.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "key-permissions",
    severity: Severity::Warning,
    side: Side::LocalFile,
    hardening: true,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Other users can read the private key",
            why: "Whoever reads this key can speak to etcd as its owner, and etcd holds every secret \
                  of the cluster. Nothing else will tell you: neither etcd nor etcdctl looks at the mode.",
            fix: "Take all rights on the key away from everyone but its owner.",
        },
        ja: Prose {
            title: "秘密鍵をほかのユーザーが読める状態です",
            why: "この鍵を読める人は、所有者になりすまして etcd に接続できます。etcd にはクラスターの\
                  すべての Secret があります。etcd も etcdctl もパーミッションを確認しないため、\
                  ほかから知らされることはありません。",
            fix: "所有者以外の権限を秘密鍵からすべて外してください。",
        },
        zh: Prose {
            title: "其他用户可以读取该私钥",
            why: "任何能读取此私钥的人都可以冒充其属主访问 etcd，而 etcd 中保存着集群的全部 Secret。\
                  etcd 和 etcdctl 都不检查文件权限，因此不会有别的提示。",
            fix: "收回属主以外所有人对该私钥的权限。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(key) = facts.flag("--key") else { return Vec::new() };
    let content = key.file.content().filter(|_| key.file.key().is_some());
    let open = content.filter(|content| is_open(content.mode));
    let found = open.map(|content| finding(&key.file.path, content.mode, content.uid, content.gid));
    found.into_iter().collect()
}

/// Whether others than the owner have rights to a key.
pub(in crate::diagnoses) fn is_open(mode: u32) -> bool {
    mode & 0o077 != 0
}

/// The finding about a key that is open.
pub(in crate::diagnoses) fn finding(path: &str, mode: u32, uid: u32, gid: u32) -> Finding {
    Finding::new(&DIAGNOSIS, super::file(path))
        .evidence(Label::Mode, format!("{:04o}", mode & 0o7777))
        .evidence(Label::Owner, format!("uid {uid}, gid {gid}"))
        .fix(Fix::run("chmod 600").value(path).changes(path))
}
