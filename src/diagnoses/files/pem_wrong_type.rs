//! Well-formed PEM of another kind than the flag needs: a certificate request, a public key, a private key.
//!
//! etcd's `tlsutil.NewCertPool` takes every block of a CA file for a certificate, whatever its label, and fails as
//! a whole.

use super::configured;
use super::{
    flaw::{self, Flaw, Flawed},
    substitute,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{ConfigMessage, Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "pem-wrong-type",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &configured::CAUSES,
    text: Text {
        en: Prose {
            title: "A given file holds another kind of PEM than its flag needs",
            why: "The file is sound, but --cacert and --cert need CERTIFICATE blocks, and --key \
                  needs a PRIVATE KEY. A certificate request is no certificate until a CA has \
                  signed it. In --cacert one block of another kind makes etcd refuse the whole file.",
            fix: "Give the file of the kind that is needed here.",
        },
        ja: Prose {
            title: "ファイルの PEM の種類がフラグの求めるものと異なります",
            why: "ファイル自体は正常ですが、--cacert と --cert には CERTIFICATE、--key には PRIVATE KEY \
                  のブロックが必要です。証明書署名要求 (CSR) は CA が署名するまで証明書ではありません。\
                  --cacert に別の種類のブロックが 1 つでもあると、ファイル全体が拒否されます。",
            fix: "ここで必要な種類のファイルを指定してください。",
        },
        zh: Prose {
            title: "文件的 PEM 类型与标志所需的不符",
            why: "文件本身完好，但 --cacert 和 --cert 需要 CERTIFICATE 块，--key 需要 PRIVATE KEY 块。\
                  证书签名请求 (CSR) 在 CA 签名之前不是证书。\
                  --cacert 中只要有一个其他类型的块，etcd 就会拒绝整个文件。",
            fix: "改为指定此处所需类型的文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = of_flags(facts);
    findings.extend(configured::findings(&DIAGNOSIS, facts, Flaw::WrongType));
    findings
}

fn of_flags(facts: &Facts<'_>) -> Vec<Finding> {
    flaw::found(facts, Flaw::WrongType).iter().map(|flawed| describe(flawed, facts)).collect()
}

fn describe(flawed: &Flawed<'_, '_>, facts: &Facts<'_>) -> Finding {
    let blocks = flawed.file.content().map(|content| content.blocks.as_slice()).unwrap_or_default();
    let found = blocks.iter().map(|block| ConfigMessage::LineSays {
        line: block.line.into(),
        what: block.label.as_str().into(),
    });
    let finding = flawed.finding(&DIAGNOSIS).evidence(Label::Found, Value::list(found));
    let finding = flawed.given_by(finding);
    finding.fixes(substitute::fixes(&flawed.given, &[], facts))
}
