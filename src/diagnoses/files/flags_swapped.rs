//! Files given to each other's flags: `--cert` and `--key` exchanged, or `--cert` and `--cacert`.

use super::{
    super::config,
    configured,
    swap::{self, Swap},
};
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{Facts, Named, file::FileSeen, show_setting},
    message::{Label, Message, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "flags-swapped",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &configured::CAUSES,
    text: Text {
        en: Prose {
            title: "Two files are given to each other's flags",
            why: "Each of the two files holds what the other flag needs. \
                  Go takes a file by its flag, not by its contents.",
            fix: "Exchange the two files on the command line, or in the configuration.",
        },
        ja: Prose {
            title: "2 つのファイルの指定が入れ替わっています",
            why: "どちらのファイルも、中身はもう一方のフラグに必要なものです。\
                  Go は内容ではなくフラグでファイルの役割を決めます。",
            fix: "コマンドラインまたは設定の 2 つのファイルを入れ替えてください。",
        },
        zh: Prose {
            title: "两个文件与标志的对应关系颠倒了",
            why: "两个文件各自的内容正是另一个标志所需要的。Go 按标志而不是按内容\
                  来判断文件的用途。",
            fix: "在命令行或配置中对调这两个文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = of_flags(facts);
    findings.extend(of_settings(facts));
    findings
}

/// Each certificate's setting that has its key's file, and the reverse.
fn of_settings<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = Finding> + 'f {
    let certificates = facts.named_files().filter(|named| named.setting.name.contains("cert"));
    let local = certificates.filter(|named| !facts.is_elsewhere(named.process));
    local.filter_map(|cert| {
        let key = swap::partner(&cert)?;
        let edits = [(&cert, &key), (&key, &cert)]
            .map(|(one, other)| Edit::replace(one.config, one.setting, &other.setting.value));
        let holds = |named: &Named<'_, '_>| {
            let setting = show_setting(named.config, named.setting);
            Message::Plain(labels(named.file)).about(setting)
        };
        let finding =
            config::finding(&DIAGNOSIS, cert.process, super::file(&cert.file.path), facts)
                .side(Side::Config)
                .also_about(super::file(&key.file.path))
                .also_about(cert.subject())
                .also_about(key.subject())
                .evidence(Label::Found, holds(&cert))
                .evidence(Label::Found, holds(&key))
                .fixes(Fix::edits(edits.into_iter().flatten()));
        Some(finding)
    })
}

fn of_flags(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(swap) = Swap::of(facts) else { return Vec::new() };
    let [one, other] = swap.flags();
    let (Some(blamed), Some(partner)) = (facts.flag(one), facts.flag(other)) else {
        return Vec::new();
    };
    let holds = |flag: &str, file: &FileSeen| {
        Message::Plain(labels(file)).about(format!("{flag} {}", file.path))
    };
    let mut finding = Finding::new(&DIAGNOSIS, super::file(&blamed.file.path))
        .also_about(super::file(&partner.file.path))
        .evidence(Label::Found, holds(one, blamed.file))
        .evidence(Label::Found, holds(other, partner.file));
    if let (Swap::CertAndCacert, Some(leaf)) = (swap, facts.client.leaf()) {
        finding = finding.evidence(Label::Certificate, format!("{} (CA)", leaf.subject()));
    }
    vec![finding.fixes(swap.corrected(facts))]
}

/// The labels of a file's blocks, in order.
fn labels(file: &FileSeen) -> Value {
    let blocks = file.content().map(|content| content.blocks.as_slice()).unwrap_or_default();
    Value::list(blocks.iter().map(|block| block.label.as_str()))
}
