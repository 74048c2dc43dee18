//! The private key is protected by a passphrase, which neither etcd nor etcdctl can ask for.
//!
//! Either `ENCRYPTED PRIVATE KEY` (PKCS#8) or the older `Proc-Type: 4,ENCRYPTED` header (RFC 1421).

use super::configured;
use super::flaw::{self, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "key-encrypted",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &configured::CAUSES,
    text: Text {
        en: Prose {
            title: "The private key is protected by a passphrase",
            why: "Neither etcd nor etcdctl can ask for a passphrase or take one by option. \
                  They see a key that they cannot parse.",
            fix: "Write the key without a passphrase to a file that only its user can read.",
        },
        ja: Prose {
            title: "秘密鍵がパスフレーズで保護されています",
            why: "etcd にも etcdctl にも、パスフレーズを尋ねる機能や指定するオプションはありません。\
                  解析できない鍵として扱われます。",
            fix: "パスフレーズを外した秘密鍵を、使用者だけが読めるファイルに書き出してください。",
        },
        zh: Prose {
            title: "私钥受口令保护",
            why: "etcd 和 etcdctl 都不会询问口令，也没有传入口令的选项，\
                  在它们看来这只是一个无法解析的私钥。",
            fix: "去除口令，将私钥写入只有使用者本人可读的文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = of_flags(facts);
    findings.extend(configured::findings(&DIAGNOSIS, facts, Flaw::KeyEncrypted));
    findings
}

fn of_flags(facts: &Facts<'_>) -> Vec<Finding> {
    let describe = |flawed: &flaw::Flawed<'_, '_>| {
        let finding = flawed.finding(&DIAGNOSIS);
        let Some(key) = flawed.file.key() else { return finding };
        let path = flawed.file.path.as_str();
        let finding = flawed.given_by(finding.evidence(Label::Key, &key.container));
        let plain = format!("{path}.plain.pem");
        let again = Fix::check(facts, &[("--key", &plain)]);
        if key.container == "OpenSSH" {
            let copy = Fix::run("cp").value(path).value(&plain);
            let decrypt = Fix::run("ssh-keygen -p -m PEM").arg("-N", "").arg("-f", &plain);
            return finding.fix(copy).fix(decrypt).fix(again);
        }
        finding
            .fix(Fix::run("openssl pkey").arg("-in", path).arg("-out", &plain))
            .fix(Fix::run("chmod 600").value(&plain))
            .fix(again)
    };
    flaw::found(facts, Flaw::KeyEncrypted).iter().map(describe).collect()
}
