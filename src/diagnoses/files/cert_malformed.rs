//! A certificate that Go can't parse, in a given file or presented by a server.
//!
//! Go's `x509.ParseCertificate` is stricter than OpenSSL; one such certificate ends a handshake wherever it stands
//! in the chain, and makes etcd refuse a whole CA file.

use super::configured;
use super::flaw::{self, Flaw};
use crate::{
    diagnoses::client::client_cert_untrusted,
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts, file::Item},
    message::{ConfigMessage, EvidenceMessage, Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-malformed",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[&client_cert_untrusted::DIAGNOSIS, configured::CAUSES[0], configured::CAUSES[1]],
    text: Text {
        en: Prose {
            title: "Go cannot parse a certificate",
            why: "The certificate breaks a rule that Go enforces when it reads one; other programs \
                  let it pass. etcd and etcdctl give up at this point, before any check of trust, \
                  names or dates.",
            fix: "Issue this certificate again with a tool that follows RFC 5280.",
        },
        ja: Prose {
            title: "Go が証明書を解析できません",
            why: "証明書が、Go が読み取り時に課す規則に反しています。ほかのプログラムは見逃すことが\
                  あります。etcd と etcdctl は、信頼・名前・有効期間を調べる前のこの段階で中止します。",
            fix: "RFC 5280 に従うツールで証明書を再発行してください。",
        },
        zh: Prose {
            title: "Go 无法解析某张证书",
            why: "该证书违反了 Go 在读取时强制执行的规则，而其他程序会放行。\
                  etcd 和 etcdctl 在这一步就会放弃，根本不会进入信任、名称或日期的检查。",
            fix: "使用遵循 RFC 5280 的工具重新签发该证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = of_flags(facts);
    findings.extend(configured::findings(&DIAGNOSIS, facts, Flaw::Unparsable));
    findings
}

fn of_flags(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = given(facts);
    findings.extend(served(facts));
    findings
}

fn given(facts: &Facts<'_>) -> Vec<Finding> {
    let describe = |flawed: &flaw::Flawed<'_, '_>| {
        let mut finding = flawed.finding(&DIAGNOSIS);
        let content = flawed.file.content();
        for block in content.map(|content| content.blocks.as_slice()).unwrap_or_default() {
            let Item::Certificate(der) = &block.item else { continue };
            if let Err(error) = Certificate::parse(&der.0, facts.go) {
                finding = finding.evidence(Label::GoSays, Value::quoted(&error)).evidence(
                    Label::Defect,
                    ConfigMessage::LineSays {
                        line: block.line.into(),
                        what: block.label.as_str().into(),
                    },
                );
            }
        }
        flawed
            .given_by(finding)
            .fix(Fix::run("openssl x509 -noout -text").arg("-in", &flawed.file.path))
    };
    flaw::found(facts, Flaw::Unparsable).iter().map(describe).collect()
}

fn served(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .presented()
        .filter_map(|(endpoint, presented)| {
            let (position, error) = presented.unparsable.as_ref()?;
            let place = EvidenceMessage::CertificateOfChain { position: (position + 1).into() };
            let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
                .side(Side::Server)
                .evidence(Label::GoSays, Value::quoted(error))
                .evidence(Label::Certificate, place)
                .fix(Fix::fetch_chain(endpoint));
            Some(finding)
        })
        .collect()
}
