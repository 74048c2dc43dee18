//! `--cacert` holds certificates, and none of them is a CA.
//!
//! Go trusts an end-entity certificate as anchor for itself only (crypto/x509 `Verify`); OpenSSL and webpki don't.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts, Usable},
    message::{Label, Prose, Text, Value},
};

use super::{flaw, substitute};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cacert-not-a-ca",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "There is no CA certificate in --cacert",
            why: "None of its certificates may issue others. Go accepts such a certificate for the \
                  one server that presents exactly this certificate, and for no other; programs \
                  that are not written in Go often refuse even that one.",
            fix: "Give the certificate of the CA that issued the server's certificate.",
        },
        ja: Prose {
            title: "--cacert に CA 証明書が含まれていません",
            why: "どの証明書にも、ほかの証明書を発行する権限がありません。Go は、まったく同じ証明書\
                  を提示するサーバーに限ってこれを受け入れ、ほかのサーバーは拒否します。Go 以外のプ\
                  ログラムではそれすら拒否されることが少なくありません。",
            fix: "サーバー証明書を発行した CA の証明書を指定してください。",
        },
        zh: Prose {
            title: "--cacert 中没有 CA 证书",
            why: "其中的证书都无权签发其他证书。只有服务器出示的恰好是同一张证书时 Go 才会接受，其他\
                  服务器一律拒绝；非 Go 程序往往连这一种情况也拒绝。",
            fix: "改为指定签发服务器证书的 CA 的证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(cacert) = facts.flag("--cacert") else { return Vec::new() };
    let anchors = &facts.anchors;
    let signs = facts.presented().any(|(_, presented)| presented.signing_anchor(anchors).is_some());
    let swapped = flaw::of(cacert, facts) == Some(flaw::Flaw::Swapped);
    if anchors.usable != Usable::Yes || anchors.hold_a_ca() || signs || swapped {
        return Vec::new();
    }
    let mut judged = facts.presented().map(|(_, presented)| presented.is_trusted()).peekable();
    let works = judged.peek().is_some() && judged.all(|trusted| trusted);
    let severity = if works { Severity::Warning } else { Severity::Error };
    let subjects: Vec<_> = anchors.certificates.iter().map(Certificate::subject).collect();
    let issuers: Vec<_> = anchors.certificates.iter().map(Certificate::issuer).collect();
    let finding = Finding::new(&DIAGNOSIS, super::file(&cacert.file.path))
        .severity(severity)
        .evidence(Label::Certificate, Value::list(subjects))
        .evidence(Label::Issuer, Value::list(issuers));
    let finding = match substitute::of("--cacert", &[], facts) {
        Some(path) => finding.fix(Fix::check(facts, &[("--cacert", path)])),
        None => finding,
    };
    vec![finding]
}
