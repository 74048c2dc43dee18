//! The same option stands on the command line and in the environment.
//!
//! etcd exits (`pkg/flags`, `verifyEnv`; tried with 3.4.23, 3.5.16 and 3.6.16), unless a `--config-file` switches both off.

use super::super::network::{tcp_refused, tcp_reset};
use crate::observation::{Means, Program};
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    facts::{Facts, Settings, Subject, show_setting},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-conflict",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "The same option is set as a flag and in the environment",
            why: "etcd takes an option from one place only. When it meets the flag and \
                  the ETCD_ variable of one option together, it exits with \"conflicting \
                  environment variable is shadowed\", even if both say the same.",
            fix: "Remove one of the two, then restart etcd.",
        },
        ja: Prose {
            title: "同じオプションがフラグと環境変数の両方で設定されています",
            why: "etcd はオプションを 1 か所からしか受け取りません。同じオプションがフラグと \
                  ETCD_ 変数の両方で指定されていると、値が同じでも \"conflicting environment \
                  variable is shadowed\" と出力して終了します。",
            fix: "どちらか一方を削除して etcd を再起動してください。",
        },
        zh: Prose {
            title: "同一选项同时用标志和环境变量设置",
            why: "etcd 只接受一处设置。同一选项既有标志又有 ETCD_ 变量时，即使值相同，也会以 \"\
                  conflicting environment variable is shadowed\" 退出。",
            fix: "删除其中一处，然后重启 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd && !one.from_file());
    etcds.flat_map(|process| conflicts(process, facts)).collect()
}

fn conflicts(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    let mut names: Vec<&str> = Vec::new();
    let settings = process.configs().flat_map(|config| &config.settings);
    for setting in settings {
        if !names.contains(&setting.name.as_str()) {
            names.push(&setting.name);
        }
    }
    names
        .into_iter()
        .filter_map(|name| {
            let with =
                |means| process.each(name).find(|(config, setting)| config.means(setting) == means);
            let (flag, variable) = (with(Means::Flag)?, with(Means::Environment)?);
            let subject = Subject::Setting { file: variable.0.path.clone(), name: name.to_owned() };
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .evidence(Label::Setting, show_setting(flag.0, flag.1))
                    .evidence(Label::Setting, show_setting(variable.0, variable.1))
                    .fixes(Fix::edits(Edit::comment_out(variable.0, variable.1)))
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}
