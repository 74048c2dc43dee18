//! Quotes became part of a value: no shell takes them off in a pod's arguments and variables.
//!
//! kubernetes/kubernetes#85392; docker's `--env-file` keeps them as well.

use super::{
    super::network::{tcp_refused, tcp_reset},
    config_file_missing, hostpath_missing,
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    etcd::option::{files_of, of_tls},
    facts::{Facts, Settings, Subject, show_setting},
    message::{Label, Prose, Text},
    observation::Setting,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-value-quoted",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[
        &config_file_missing::DIAGNOSIS,
        &hostpath_missing::DIAGNOSIS,
        &tcp_refused::DIAGNOSIS,
        &tcp_reset::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "Quotes are part of the configured value",
            why: "No shell reads a pod's arguments and variables, so quotes inside them \
                  stay: the program looks for a file or URL whose name begins with a quote \
                  and finds none.",
            fix: "Remove the inner quotes; the kubelet restarts the pod.",
        },
        ja: Prose {
            title: "設定値に引用符が含まれています",
            why: "Pod の引数や環境変数はシェルを通らないため、値の中の引用符はそのまま残ります。プログラムは引用符で始まる名前のファイルや URL を探し、見つけられません。",
            fix: "値の内側の引用符を取り除いてください。kubelet が Pod を再起動します。",
        },
        zh: Prose {
            title: "配置的值中含有引号",
            why: "Pod 的参数和环境变量不经过 shell，其中的引号会原样保留。程序会去找名称以引号开头的文件或 URL，自然找不到。",
            fix: "去掉值里面的引号，kubelet 会重启该 Pod。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.processes().flat_map(|process| quoted(process, facts)).collect()
}

fn quoted(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    let names =
        of_tls().chain(files_of(process.program)).chain(["initial-cluster", "etcd-servers"]);
    let mut found: Vec<Finding> = Vec::new();
    for (config, setting) in names.filter_map(|name| process.get(name)) {
        let Some(bare) = bare(setting) else { continue };
        let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
        if found.iter().any(|known| known.subject == subject) {
            continue;
        }
        found.push(
            super::finding(&DIAGNOSIS, process, subject, facts)
                .evidence(Label::Setting, show_setting(config, setting))
                .evidence(Label::Correct, bare)
                .fixes(super::replaced(config, setting, bare))
                .fixes(super::restart(process)),
        );
    }
    found
}

/// The value without the quotes around it, if there are any.
fn bare(setting: &Setting) -> Option<&str> {
    let stripped = |quote: char| setting.value.strip_prefix(quote)?.strip_suffix(quote);
    stripped('"').or_else(|| stripped('\'')).filter(|bare| !bare.is_empty())
}
