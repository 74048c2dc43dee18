//! A given file holds nothing, or white space only.
//!
//! Go says "failed to find any PEM data"; an empty `--cacert` is not refused, but gives a pool without any CA
//! (etcd `client/pkg/tlsutil/tlsutil.go`).

use super::configured;
use super::{
    flaw::{self, Flaw},
    substitute,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{EvidenceMessage, Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "file-empty",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &configured::CAUSES,
    text: Text {
        en: Prose {
            title: "A given file is empty",
            why: "There is no certificate and no key in it, as after a full disk or a crash while it \
                  was being written. An empty --cacert is not even refused: it trusts nobody, and \
                  every server then counts as signed by an unknown authority.",
            fix: "Restore the file from its source or a backup, or issue it again.",
        },
        ja: Prose {
            title: "指定されたファイルが空です",
            why: "証明書も秘密鍵も入っていません。ディスクの容量不足や書き込み中のクラッシュでよく起\
                  こります。--cacert が空でもエラーにはならず、何も信頼しない状態になるため、どのサー\
                  バーも unknown authority と判定されます。",
            fix: "配布元やバックアップからファイルを復元するか、再発行してください。",
        },
        zh: Prose {
            title: "指定的文件是空的",
            why: "其中既没有证书也没有私钥，常见于磁盘写满或写入过程中崩溃之后。\
                  --cacert 为空时甚至不会报错，只是不信任任何 CA，\
                  于是所有服务器都会被判为 unknown authority。",
            fix: "从来源或备份恢复该文件，或重新签发。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = of_flags(facts);
    findings.extend(configured::findings(&DIAGNOSIS, facts, Flaw::Empty));
    findings
}

fn of_flags(facts: &Facts<'_>) -> Vec<Finding> {
    flaw::found(facts, Flaw::Empty)
        .iter()
        .map(|flawed| {
            let size = flawed.file.content().map_or(0, |content| content.size);
            let finding = flawed
                .finding(&DIAGNOSIS)
                .evidence(Label::Found, EvidenceMessage::Bytes { bytes: size.into() });
            let finding = flawed.given_by(finding);
            finding.fixes(substitute::fixes(&flawed.given, &[], facts))
        })
        .collect()
}
