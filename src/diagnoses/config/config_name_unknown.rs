//! A variable, flag or key that etcd doesn't have, close to one that it has.
//!
//! etcd logs "unrecognized environment variable" and goes on (`pkg/flags`, `SetFlagsFromEnv`); a flag ends it ("flag provided but not
//! defined"); its configuration file is read without a word about unknown names. Other names with `ETCD_` in front are no mistake:
//! Kubernetes' service variables, `ETCD_UNSUPPORTED_ARCH`, what installers keep in the same file.

use super::{
    super::{
        client::client_auth_off,
        network::{tcp_refused, tcp_reset},
    },
    client_auth_without_ca, config_incomplete, listen_https_without_cert,
    loss::{Loss, about_consequences, loss},
};
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    etcd::option::{self, APISERVERS, is_etcds, of_tls},
    facts::{Facts, Settings, Subject, show_setting},
    message::{Label, Prose, Text},
    observation::{ConfigFile, Means, Program, Setting},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-name-unknown",
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
            title: "etcd or kube-apiserver has no option of this name",
            why: "No variable, flag or key of this name exists, but one that is spelt almost like it. \
                  etcd passes over unknown variables with a warning in its log and over unknown \
                  keys without any; an unknown flag ends etcd and kube-apiserver at start. What \
                  was meant is not in force.",
            fix: "Correct the name and restart the program.",
        },
        ja: Prose {
            title: "この名前のオプションは etcd や kube-apiserver にありません",
            why: "この変数・フラグ・キーは存在せず、綴りのよく似たものが存在します。未知の変数は etcd の\
                  ログに警告を残すだけで無視され、設定ファイルの未知のキーは警告なしに無\
                  視され、未知のフラグがあると起動時に終了します。意図した設定は有効になっていま\
                  せん。",
            fix: "名前を訂正してそのプログラムを再起動してください。",
        },
        zh: Prose {
            title: "etcd 或 kube-apiserver 没有这个名称的选项",
            why: "不存在这个名称的变量、标志或键，但有一个拼写几乎相同的选项。对未知的环境变量，etcd 只在日志中留下一条警告，配置文件中未知的键则被静默忽略；未知的标志会让 etcd 和 kube-apiserver 启动即退出。原本想要的设置并未生效。",
            fix: "更正名称并重启该程序。",
        },
    },
    detect,
};

/// Names by which other programs call these options, without `peer-` in front.
const SYNONYMS: [(&str, &[&str]); 3] = [
    (
        "trusted-ca-file",
        &[
            "ca",
            "ca-file",
            "cafile",
            "cacert",
            "ca-cert",
            "ca-cert-file",
            "client-ca-file",
            "trusted-ca",
        ],
    ),
    ("cert-file", &["cert", "server-cert-file", "tls-cert-file"]),
    ("key-file", &["key", "server-key-file", "tls-key-file", "tls-private-key-file"]),
];

/// Words that make a flag one about TLS.
const WORDS: [&str; 8] = ["ca", "cafile", "cert", "key", "crl", "tls", "ssl", "cipher"];

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let servers = facts.processes().filter(|one| one.program != Program::Etcdctl);
    // A file with ETCD_ENDPOINTS is a client's, Calico's for one, which has names of its own.
    servers.filter(|one| !one.names("endpoints")).flat_map(|one| unknown(one, facts)).collect()
}

fn unknown(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    let settings =
        process.configs().flat_map(|config| config.settings.iter().map(move |one| (config, one)));
    let is_known = |name: &str| match process.program {
        // Only its options for etcd are known here.
        Program::KubeApiserver => APISERVERS.contains(&name),
        _ => is_etcds(name),
    };
    settings
        .filter(|(config, setting)| process.counts(config, setting) && !is_known(&setting.name))
        .filter_map(|(config, setting)| judge(process, config, setting, facts))
        .collect()
}

fn judge(
    process: &Settings<'_>,
    config: &ConfigFile,
    setting: &Setting,
    facts: &Facts<'_>,
) -> Option<Finding> {
    let is_apiserver = process.program == Program::KubeApiserver;
    let meant = if is_apiserver {
        Some(meant_by_apiserver(&setting.name)?)
    } else {
        meant_by(&setting.name)
    };
    let means = config.means(setting);
    let is_flag = means == Means::Flag;
    let reported = match &meant {
        // A variable whose option is set all the same serves something else, the unit's command line for one.
        Some(meant) => is_flag || !process.names(meant),
        None => is_flag && !facts.is_served(process) && speaks_of_tls(&setting.name),
    };
    if !reported {
        return None;
    }
    let lost = meant.as_ref().map_or(Loss::Nothing, |meant| loss(process, meant, facts));
    let exits = is_flag && (is_apiserver || !facts.is_served(process));
    let severity = if exits || lost == Loss::Broken { Severity::Error } else { Severity::Warning };
    let spelt = |name: &str| match means {
        Means::Flag => format!("--{name}"),
        Means::Environment => option::variable("ETCD_", name),
        Means::File => name.to_owned(),
    };
    let (wrong, right) = (spelt(&setting.name), meant.as_deref().map(spelt).unwrap_or_default());
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let finding = super::finding(&DIAGNOSIS, process, subject, facts).severity(severity);
    Some(
        about_consequences(finding, process)
            .evidence(Label::Found, &wrong)
            .evidence(Label::Correct, &right)
            .evidence(Label::Setting, show_setting(config, setting))
            .fixes(Fix::edits(Edit::within(config, setting.line, &wrong, &right)))
            .fixes(super::restart(process)),
    )
}

/// The option of TLS that a name was meant for: another program's name for it, or one with a letter or two wrong.
fn meant_by(name: &str) -> Option<String> {
    let (peer, own) = name.strip_prefix("peer-").map_or(("", name), |own| ("peer-", own));
    let known = SYNONYMS.iter().find(|(_, names)| names.contains(&own));
    if let Some((option, _)) = known {
        return Some(format!("{peer}{option}"));
    }
    let plain = |name: &str| name.replace(['-', '_'], "");
    let wrong_letters = |option| strsim::osa_distance(&plain(name), &plain(option));
    let (distance, nearest) = of_tls().map(|option| (wrong_letters(option), option)).min()?;
    (distance <= if name.len() < 8 { 1 } else { 2 }).then(|| nearest.to_owned())
}

/// The option for etcd of kube-apiserver that a name was meant for.
fn meant_by_apiserver(name: &str) -> Option<String> {
    let plain = |name: &str| name.replace(['-', '_'], "");
    let wrong_letters = |option: &&str| strsim::osa_distance(&plain(name), &plain(option));
    let nearest = APISERVERS.iter().min_by_key(|option| wrong_letters(option))?;
    (wrong_letters(nearest) <= 2).then(|| (*nearest).to_owned())
}

fn speaks_of_tls(name: &str) -> bool {
    name.split(['-', '_']).any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_found_and_nothing_else() {
        let meant = |name: &str| meant_by(name).unwrap_or_default();
        assert_eq!(meant("trusted-cafile"), "trusted-ca-file");
        assert_eq!(meant("peer-ca-file"), "peer-trusted-ca-file");
        assert_eq!(meant("cert_file"), "cert-file");
        assert_eq!(meant("client-certauth"), "client-cert-auth");
        assert_eq!(meant("listen-client-url"), "listen-client-urls");
        for other in [
            "service-host",
            "port-2379-tcp",
            "unsupported-arch",
            "version",
            "image",
            "base-dir",
            "conf-file",
            "cert-dir",
            "ssl-dir",
            "opts",
            "hostname",
            "data",
            "key-dir",
            "static-pod-version",
            "client-cert-allowed-cn",
            "skip-client-san-verification",
        ] {
            assert_eq!(meant(other), "", "{other}");
        }
    }
}
