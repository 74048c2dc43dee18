//! A certificate is configured without its key or the reverse, or an address without the one that is to be told others.
//!
//! etcd `client/pkg/transport`, `TLSInfo.baseConfig`: `KeyFile and CertFile must both be present`.

use super::super::network::{tcp_refused, tcp_reset};
use crate::observation::{ConfigFile, ConfigKind, Program, Setting};
use crate::{
    diagnoses::{
        engine::{Diagnosis, Finding, Fix, Severity, Side},
        fix::Edit,
    },
    etcd::FilePair,
    facts::{Facts, Listener, Settings, Subject},
    message::{Label, Prose, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "config-incomplete",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS, &tcp_reset::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "An option is set without the one that belongs to it",
            why: "A certificate needs its private key beside it, and etcd wants \
                  --advertise-client-urls as soon as --listen-client-urls is set. With one of \
                  them alone etcd and kube-apiserver exit at start.",
            fix: "Set the missing option beside the other one, then restart.",
        },
        ja: Prose {
            title: "対になるオプションが設定されていません",
            why: "証明書には対になる秘密鍵が必要で、--listen-client-urls を設定すると \
                  --advertise-client-urls も必要になります。片方だけでは etcd も kube-apiserver も\
                  起動時に終了します。",
            fix: "足りないオプションを設定してから再起動してください。",
        },
        zh: Prose {
            title: "缺少必须成对设置的选项",
            why: "证书需要与之配对的私钥；设置了 --listen-client-urls 就必须同时设置 \
                  --advertise-client-urls。缺少任何一方时，etcd 和 kube-apiserver 启动即退出。",
            fix: "补上缺少的选项，然后重启。",
        },
    },
    detect,
};

/// The pairs that are loaded because of URLs.
const PAIRS: [FilePair; 3] = [FilePair::SERVER, FilePair::PEER, FilePair::APISERVER];

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let halves = facts.processes().flat_map(|process| halves(process, facts));
    halves.chain(facts.processes().filter_map(|process| unadvertised(process, facts))).collect()
}

/// etcd demands `--advertise-client-urls` as soon as it is told where to listen (`server/embed/config.go`, `Validate`).
fn unadvertised(process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    // An environment file alone may be half of the story, the flags of a unit the other.
    let whole = process.configs().any(|config| {
        matches!(config.kind, ConfigKind::Unit | ConfigKind::Manifest | ConfigKind::EtcdYaml)
    });
    let lacks = process.names("listen-client-urls") && !process.names("advertise-client-urls");
    let is_etcd = process.program == Program::Etcd && whole && !facts.is_served(process);
    let (config, setting) = process.get("listen-client-urls").filter(|_| lacks && is_etcd)?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    Some(
        super::finding(&DIAGNOSIS, process, subject, facts)
            .evidence(Label::Setting, process.show("listen-client-urls"))
            .evidence(Label::Missing, "--advertise-client-urls")
            .fixes(Fix::edits(advertised(process, config, setting)))
            .fixes(super::restart(process)),
    )
}

fn halves(process: &Settings<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    let own = PAIRS.iter().filter(|pair| pair.program == process.program);
    let is_loaded = |pair: &&FilePair| {
        !process.names(pair.urls) || process.urls(pair.urls).iter().any(Listener::is_tls)
    };
    own.filter(is_loaded)
        .filter_map(|pair| match (process.names(pair.certificate), process.names(pair.key)) {
            (true, false) => Some((pair.certificate, pair.key)),
            (false, true) => Some((pair.key, pair.certificate)),
            _ => None,
        })
        .filter_map(|(present, absent)| {
            let (config, setting) = process.get(present)?;
            let name = setting.name.clone();
            let subject = Subject::Setting { file: config.path.clone(), name };
            Some(
                super::finding(&DIAGNOSIS, process, subject, facts)
                    .evidence(Label::Setting, process.show(present))
                    .evidence(Label::Missing, format!("--{absent}"))
                    .fixes(Fix::edits(other_half(process, present, absent, facts)))
                    .fixes(super::restart(process)),
            )
        })
        .collect()
}

/// The URLs where it listens, unless they mean every address: no one can dial those.
fn advertised<'a>(
    process: &Settings<'_>,
    config: &'a ConfigFile,
    listens: &Setting,
) -> Option<Edit<'a>> {
    let dialled = process.urls("listen-client-urls").iter().all(|url| !url.is_everywhere());
    let add = || Edit::add(config, listens, "advertise-client-urls", &listens.value);
    dialled.then(add).flatten()
}

/// The file at hand that fits the half that is there.
fn other_half<'a>(
    process: &Settings<'a>,
    present: &str,
    absent: &str,
    facts: &Facts<'a>,
) -> Option<Edit<'a>> {
    let (config, setting) = process.get(present)?;
    let file = process.file(present)?;
    let fits = match process.certificates(present, facts.go).and_then(|all| all.into_iter().next())
    {
        Some(leaf) => facts.key_of(&leaf)?,
        None => facts.certificate_of(&file.key()?.spki.as_ref()?.0)?,
    };
    Edit::add(config, setting, absent, &facts.path_for(config, fits)?)
}
