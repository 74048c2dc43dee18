//! PEM that loses a block, or bytes that are no form of certificate or key at all.
//!
//! Go's `encoding/pem` skips what it can't parse without a word, so that a damaged `--cacert` becomes an empty pool
//! and shows as "unknown authority" five seconds later.

use super::configured;
use super::{
    flaw::{self, Flaw, Flawed},
    substitute,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    diagnoses::{
        chain::{ca_regenerated, missing_intermediate, unknown_authority, wrong_ca_file},
        client::client_cert_untrusted,
    },
    facts::{
        Facts, Usable,
        file::{Content, Form, Item, PemDefect},
    },
    message::{EvidenceMessage, Label, Prose, Say, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "pem-malformed",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[
        &client_cert_untrusted::DIAGNOSIS,
        &ca_regenerated::DIAGNOSIS,
        &missing_intermediate::DIAGNOSIS,
        &wrong_ca_file::DIAGNOSIS,
        &unknown_authority::DIAGNOSIS,
        configured::CAUSES[0],
        configured::CAUSES[1],
    ],
    text: Text {
        en: Prose {
            title: "A given file is damaged PEM",
            why: "Go reads PEM strictly: BEGIN at the start of a line, clean base64, and the same \
                  label at END. It skips everything else without a word. A damaged --cacert \
                  therefore just trusts fewer CAs, or none.",
            fix: "Export the file again as plain PEM, or mend the line that is named here.",
        },
        ja: Prose {
            title: "指定されたファイルの PEM が壊れています",
            why: "Go は PEM を厳密に読みます。BEGIN は行頭にあり、base64 が正しく、END のラベルが一\
                  致しなければなりません。それ以外は警告なしに読み飛ばすため、壊れた --cacert では信\
                  頼する CA が減るか、1 つもなくなります。",
            fix: "ファイルを通常の PEM で書き出し直すか、ここに示した行を修正してください。",
        },
        zh: Prose {
            title: "指定的 PEM 文件已损坏",
            why: "Go 严格解析 PEM：BEGIN 必须位于行首，base64 必须正确，END 的标签必须一致。\
                  其余内容会被静默跳过，因此损坏的 --cacert 只会让受信任的 CA 变少，甚至一个也没有。",
            fix: "重新导出为普通 PEM 文件，或修正此处指出的那一行。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = of_flags(facts);
    findings.extend(configured::findings(&DIAGNOSIS, facts, Flaw::Malformed));
    findings
}

fn of_flags(facts: &Facts<'_>) -> Vec<Finding> {
    flaw::found(facts, Flaw::Malformed).iter().map(|flawed| describe(flawed, facts)).collect()
}

fn describe(flawed: &Flawed<'_, '_>, facts: &Facts<'_>) -> Finding {
    let finding = flawed.finding(&DIAGNOSIS).severity(severity(flawed, facts));
    let Some(content) = flawed.file.content() else { return finding };
    let mut finding = finding;
    for defect in &content.defects {
        finding = finding.evidence(Label::Defect, defect.message());
    }
    for block in &content.blocks {
        let cut_off = match &block.item {
            Item::Certificate(der) => flaw::is_cut_off(&der.0),
            Item::Key(key) => key.algorithm.is_empty() && key.unusable.is_some(),
            _ => false,
        };
        if cut_off {
            let line = block.line;
            let label = &block.label;
            finding = finding.evidence(
                Label::Defect,
                EvidenceMessage::CutOff { line: line.into(), label: label.into() },
            );
        }
    }
    finding = flawed.given_by(finding.evidence(Label::Found, form(content)));
    let path = flawed.file.path.as_str();
    let is_key = flawed.is_given_as("--key");
    if let Some(fix) = mend(path, is_key, content) {
        let mended = format!("{path}.fixed.pem");
        let corrections: Vec<_> =
            flawed.given.iter().map(|given| (given.flag, mended.as_str())).collect();
        let protect = is_key.then(|| Fix::run("chmod 600").value(&mended));
        let finding = finding.fix(fix.into_file(&mended)).fixes(protect);
        return finding.fix(Fix::check(facts, &corrections));
    }
    finding.fixes(substitute::fixes(&flawed.given, &[], facts))
}

/// A lost block matters only when something is refused; a file that gives nothing always does.
fn severity(flawed: &Flawed<'_, '_>, facts: &Facts<'_>) -> Severity {
    let pool = flawed.is_given_as("--cacert");
    let pair = flawed.is_given_as("--cert") || flawed.is_given_as("--key");
    let refused = pool && facts.presented().any(|(_, presented)| !presented.is_trusted())
        || pair && facts.endpoints.iter().any(|endpoint| endpoint.refusal().is_some());
    let works = (!pool || facts.anchors.usable == Usable::Yes)
        && (!pair || facts.client.usable == Usable::Yes);
    if works && !refused { Severity::Warning } else { Severity::Error }
}

fn form(content: &Content) -> Option<EvidenceMessage> {
    Some(match content.form {
        Form::BareBase64 => EvidenceMessage::BareBase64,
        Form::Text => EvidenceMessage::NoBlock,
        Form::Binary => EvidenceMessage::UnknownForm,
        _ => return None,
    })
}

/// A command that undoes the damage, for damage of a kind that can be undone.
pub(super) fn mend(path: &str, is_key: bool, content: &Content) -> Option<Fix> {
    if content.form == Form::BareBase64 {
        let label = if is_key { "PRIVATE KEY" } else { "CERTIFICATE" };
        let line = |word: &str| format!("{{print \"-----{word} {label}-----\"}}");
        let program = format!("BEGIN{} 1; END{}", line("BEGIN"), line("END"));
        return Some(Fix::run("awk").value(program).value(path));
    }
    Some(match content.defects.first()? {
        PemDefect::ByteOrderMark { encoding } if encoding == "UTF-8" => {
            Fix::run("tail -c +4").value(path)
        }
        PemDefect::ByteOrderMark { .. } => Fix::run("iconv -f UTF-16 -t UTF-8").value(path),
        PemDefect::LiteralNewlines { .. } => {
            Fix::run("awk").value(r#"{gsub(/\\n/, "\n")} 1"#).value(path)
        }
        PemDefect::IndentedBegin { before, .. } if before.trim().is_empty() => {
            Fix::run("sed").value("s/^[[:space:]]*//").value(path)
        }
        _ => return None,
    })
}
