//! A private key of a kind that Go's TLS doesn't take: secp256k1, brainpool, Ed448, DSA, OpenSSH's container.

use super::configured;
use super::{
    flaw::{self, Flaw},
    substitute,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Say, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "key-unsupported",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &configured::CAUSES,
    text: Text {
        en: Prose {
            title: "Go cannot use this kind of private key",
            why: "Go's TLS takes RSA, ECDSA on P-224, P-256, P-384 or P-521, and Ed25519, in PKCS#1, \
                  SEC1 or PKCS#8. Another curve, algorithm or container is refused, and so is the \
                  certificate made with such a key.",
            fix: "Make a new key, P-256 or RSA 2048, and have a new certificate issued for it.",
        },
        ja: Prose {
            title: "Go が対応していない種類の秘密鍵です",
            why: "Go の TLS が使えるのは RSA、ECDSA (P-224、P-256、P-384、P-521)、Ed25519 で、形式は \
                  PKCS#1、SEC1、PKCS#8 です。それ以外の曲線・アルゴリズム・形式は拒否され、その鍵で\
                  作られた証明書も使えません。",
            fix: "P-256 または RSA 2048 の鍵を新しく作り、その鍵で証明書を再発行してください。",
        },
        zh: Prose {
            title: "Go 不支持这种私钥",
            why: "Go 的 TLS 支持 RSA、ECDSA（P-224、P-256、P-384、P-521）和 Ed25519，\
                  格式为 PKCS#1、SEC1 或 PKCS#8。其他曲线、算法或封装格式会被拒绝，\
                  用这种密钥生成的证书同样无法使用。",
            fix: "新建 P-256 或 RSA 2048 私钥，并为其重新签发证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = of_flags(facts);
    findings.extend(configured::findings(&DIAGNOSIS, facts, Flaw::KeyUnsupported));
    findings
}

fn of_flags(facts: &Facts<'_>) -> Vec<Finding> {
    let describe = |flawed: &flaw::Flawed<'_, '_>| {
        let finding = flawed.finding(&DIAGNOSIS);
        let Some(key) = flawed.file.key() else { return finding };
        let path = flawed.file.path.as_str();
        let kind = format!("{} {}", key.container, key.algorithm);
        let mut finding = finding.evidence(Label::Key, kind.trim());
        if let Some(defect) = &key.unusable {
            finding = finding.evidence(Label::Defect, defect.message());
        }
        let finding = flawed.given_by(finding);
        if key.container == "OpenSSH" && !key.algorithm.starts_with("Ed") {
            let pem = format!("{path}.pem");
            return finding
                .fix(Fix::run("cp").value(path).value(&pem))
                .fix(Fix::run("ssh-keygen -p -m PEM").arg("-N", "").arg("-f", &pem))
                .fix(Fix::check(facts, &[("--key", &pem)]));
        }
        finding.fixes(substitute::made_anew(facts))
    };
    flaw::found(facts, Flaw::KeyUnsupported).iter().map(describe).collect()
}
