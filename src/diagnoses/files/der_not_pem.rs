//! A given file is DER, PKCS#12, PKCS#7 or a Java keystore; etcd and etcdctl read PEM only.
//!
//! As `--cacert` it is not refused: Go finds no PEM block and starts with an empty pool.

use super::configured;
use super::flaw::{self, Flaw, Flawed};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, file::Form},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "der-not-pem",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &configured::CAUSES,
    text: Text {
        en: Prose {
            title: "A given file is binary, not PEM",
            why: "etcd and etcdctl read PEM only, the text form between BEGIN and END lines. As \
                  --cert or --key such a file is refused; as --cacert it silently gives an empty \
                  list of CAs, and every server then counts as signed by an unknown authority.",
            fix: "Convert the file to PEM and give the converted file.",
        },
        ja: Prose {
            title: "指定されたファイルは PEM ではなくバイナリ形式です",
            why: "etcd と etcdctl が読めるのは PEM (BEGIN 行と END 行の間のテキスト) だけです。\
                  --cert や --key では拒否され、--cacert ではエラーもなく CA が 1 つもないものとして\
                  扱われ、どのサーバーも unknown authority と判定されます。",
            fix: "ファイルを PEM に変換し、変換後のファイルを指定してください。",
        },
        zh: Prose {
            title: "指定的文件是二进制格式，不是 PEM",
            why: "etcd 和 etcdctl 只读取 PEM，即 BEGIN 与 END 行之间的文本格式。\
                  这样的文件用作 --cert 或 --key 会被拒绝；用作 --cacert 时则不报错，只得到空的 CA 列表，\
                  于是所有服务器都会被判为 unknown authority。",
            fix: "将文件转换为 PEM，并改为指定转换后的文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = of_flags(facts);
    findings.extend(configured::findings(&DIAGNOSIS, facts, Flaw::NotPem));
    findings
}

fn of_flags(facts: &Facts<'_>) -> Vec<Finding> {
    flaw::found(facts, Flaw::NotPem).iter().map(|flawed| describe(flawed, facts)).collect()
}

fn describe(flawed: &Flawed<'_, '_>, facts: &Facts<'_>) -> Finding {
    let finding = flawed.finding(&DIAGNOSIS);
    let Some(content) = flawed.file.content() else { return finding };
    let mut finding = flawed.given_by(finding.evidence(Label::Found, name(content.form)));
    let mut corrections = Vec::new();
    for given in &flawed.given {
        let path = flawed.file.path.as_str();
        let converted = format!("{path}.{}.pem", given.flag.trim_start_matches('-'));
        if let Some(tool) = converter(content.form, given.flag) {
            finding = finding.fix(Fix::run(tool).arg("-in", path).arg("-out", &converted));
            corrections.push((given.flag, converted));
        }
    }
    if content.form == Form::JavaKeystore {
        let store = format!("{}.p12", flawed.file.path);
        return finding.fix(
            Fix::run("keytool -importkeystore -deststoretype PKCS12")
                .arg("-srckeystore", &flawed.file.path)
                .arg("-destkeystore", store),
        );
    }
    if corrections.is_empty() {
        return finding;
    }
    let corrections: Vec<_> =
        corrections.iter().map(|(flag, path)| (*flag, path.as_str())).collect();
    finding.fix(Fix::check(facts, &corrections))
}

/// What turns a form into the PEM that a flag needs.
pub(super) fn converter(form: Form, flag: &str) -> Option<&'static str> {
    Some(match (form, flag) {
        (Form::DerCertificate, "--cacert" | "--cert") => "openssl x509 -inform der",
        (Form::DerKey, "--key") => "openssl pkey -inform der",
        (Form::Pkcs7, "--cacert" | "--cert") => "openssl pkcs7 -inform der -print_certs",
        (Form::Pkcs12, "--cacert") => "openssl pkcs12 -cacerts -nokeys",
        (Form::Pkcs12, "--cert") => "openssl pkcs12 -clcerts -nokeys",
        (Form::Pkcs12, _) => "openssl pkcs12 -nocerts -nodes",
        _ => return None,
    })
}

fn name(form: Form) -> Option<Value> {
    Some(match form {
        Form::DerCertificate => EvidenceMessage::DerCertificate.into(),
        Form::DerRequest => EvidenceMessage::DerRequest.into(),
        Form::DerCrl => EvidenceMessage::DerList.into(),
        Form::DerKey => EvidenceMessage::DerKey.into(),
        Form::Pkcs12 => "PKCS#12".into(),
        Form::Pkcs7 => "PKCS#7".into(),
        Form::JavaKeystore => EvidenceMessage::JavaKeystore.into(),
        Form::Empty | Form::Pem | Form::BareBase64 | Form::Text | Form::Binary => return None,
    })
}
