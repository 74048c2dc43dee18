//! Nothing was given and nothing found: etcdctl's default address was tried, and no etcd listens there.

use super::tcp_refused;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Facts, Reach},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "no-etcd-found",
    severity: Severity::Error,
    side: Side::Config,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "No etcd was found on this machine",
            why: "No endpoint was given. No manifest, unit, settings file or process here \
                  configures etcd or one of its clients, and nothing listens on etcdctl's \
                  default address.",
            fix: "Give the address of etcd, such as \
                  --endpoints https://etcd-1.example:2379 --cacert ca.crt \
                  --cert client.crt --key client.key, or run this on a machine that runs etcd.",
        },
        ja: Prose {
            title: "このマシンに etcd が見つかりません",
            why: "エンドポイントが指定されていません。etcd やそのクライアントを設定するマニフェスト、\
                  ユニット、設定ファイル、プロセスはこのマシンになく、etcdctl の既定のアドレスでも\
                  何も待ち受けていません。",
            fix: "--endpoints https://etcd-1.example:2379 --cacert ca.crt --cert client.crt \
                  --key client.key のように etcd のアドレスを指定するか、\
                  etcd が動くマシンで実行してください。",
        },
        zh: Prose {
            title: "本机上未找到 etcd",
            why: "没有给出端点。本机上没有配置 etcd 或其客户端的清单、单元、配置文件或进程，\
                  etcdctl 的默认地址上也没有程序在监听。",
            fix: "请给出 etcd 的地址，例如 --endpoints https://etcd-1.example:2379 \
                  --cacert ca.crt --cert client.crt --key client.key，\
                  或在运行 etcd 的机器上执行。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let situation = &facts.observation.target.situation;
    let refused = facts.endpoints.iter().filter(|endpoint| endpoint.reach == Reach::Refused);
    refused
        .filter(|_| facts.found_nothing())
        .map(|endpoint| {
            let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
                .evidence(Label::LookedAt, Value::list(&situation.searched));
            let left_out: Vec<_> = situation.left_out.iter().map(|given| &given.value).collect();
            if left_out.is_empty() {
                return finding;
            }
            let advertised = Value::list(left_out);
            finding.evidence(Label::NotDialled, advertised).fix(Fix::run("etcd-tls check --all"))
        })
        .collect()
}
