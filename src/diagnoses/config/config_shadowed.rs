//! etcd's `--config-file` switches off flags and variables that stand beside it and speak of TLS.
//!
//! etcd `server/etcdmain/config.go`, `parse`: with a configuration file "flags and env are ignored"; tried with 3.4.23, 3.5.16, 3.6.16.

use super::{
    super::{
        client::client_auth_off,
        network::{tcp_refused, tcp_reset},
    },
    client_auth_without_ca, config_incomplete, listen_https_without_cert,
    loss::{Loss, about_consequences, loss},
};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    etcd::option::of_tls,
    facts::{Facts, Listener, Settings, Subject, show_setting},
    message::{Label, Prose, Text},
    observation::{ConfigFile, ConfigKind, Program, Setting},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-shadowed",
    severity: Severity::Warning,
    side: Side::Config,
    hardening: false,
    causes: &[
        &client_auth_without_ca::DIAGNOSIS,
        &client_auth_off::DIAGNOSIS,
        &config_incomplete::DIAGNOSIS,
        &listen_https_without_cert::DIAGNOSIS,
        &tcp_refused::DIAGNOSIS,
        &tcp_reset::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "etcd's configuration file switches these settings off",
            why: "With --config-file etcd reads its settings from that file alone. Flags and \
                  ETCD_ variables beside it count for nothing, and etcd does not say which \
                  it dropped.",
            fix: "Put the settings into the configuration file, or start etcd without \
                  --config-file.",
        },
        ja: Prose {
            title: "etcd の設定ファイルがこれらの設定を無効にしています",
            why: "--config-file を指定すると、etcd はそのファイルだけから設定を読みます。同時に指\
                  定したフラグや ETCD_ 変数は無視され、何が無視されたかは示されません。",
            fix: "設定を設定ファイルに書くか、--config-file なしで etcd を起動してください。",
        },
        zh: Prose {
            title: "etcd 的配置文件使这些设置失效",
            why: "指定 --config-file 后，etcd 只从该文件读取设置。同时给出的标志和 ETCD_ 变量一概不起作用，etcd 也不会说明忽略了哪些。",
            fix: "将这些设置写入配置文件，或去掉 --config-file 启动 etcd。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd && one.from_file());
    etcds.filter_map(|process| shadowed(process, facts)).collect()
}

fn shadowed(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    // What a file that could not be read says is not known.
    let read =
        |config: &&ConfigFile| config.kind == ConfigKind::EtcdYaml && config.problem.is_none();
    process.configs().find(read)?;
    let dropped: Vec<_> = of_tls()
        .flat_map(|name| process.each(name))
        .filter(|(config, setting)| !process.counts(config, setting))
        .collect();
    let differing: Vec<_> =
        dropped.iter().filter(|(_, setting)| !says_the_same(process, setting)).copied().collect();
    let broken = |(_, setting): &(&ConfigFile, &Setting)| {
        loss(process, &setting.name, facts) == Loss::Broken
    };
    let severity = if differing.is_empty() {
        Severity::Info
    } else if differing.iter().any(broken) {
        Severity::Error
    } else {
        Severity::Warning
    };
    let shown = if differing.is_empty() { dropped } else { differing };
    let (config, first) = shown.first()?;
    let subject = Subject::Setting { file: config.path.clone(), name: first.name.clone() };
    let (by, file) =
        process.configs().find_map(|config| Some((config, config.get("config-file")?)))?;
    let finding = super::finding(&DIAGNOSIS, process, subject, facts)
        .severity(severity)
        .evidence(Label::Setting, show_setting(by, file));
    let finding = shown.iter().fold(finding, |finding, (config, setting)| {
        finding.evidence(Label::Dropped, show_setting(config, setting))
    });
    Some(about_consequences(finding, process).fixes(super::restart(process)))
}

/// Whether the file has the same effect: of URLs the scheme alone matters here.
fn says_the_same(process: &Settings<'_>, dropped: &Setting) -> bool {
    let name = dropped.name.as_str();
    if name.ends_with("-urls") {
        let speaks = |urls: Vec<Listener<'_>>| urls.iter().any(Listener::is_tls);
        let own = dropped.value.split(',').filter_map(Listener::parse).collect();
        return speaks(own) == speaks(process.urls(name));
    }
    let in_force = process.get(name).map(|(_, setting)| setting);
    in_force.map_or(dropped.value.is_empty() || dropped.is_off(), |setting| {
        setting.value == dropped.value
            || (setting.is_on() && dropped.is_on())
            || (setting.is_off() && dropped.is_off())
    })
}
