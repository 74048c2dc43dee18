//! Nothing answers: the connection request is neither accepted nor refused in time.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    diagnoses::etcd::{advertised_url_unreachable, no_leader, read_failed},
    facts::{Endpoint, Facts, Reach},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tcp-timeout",
    severity: Severity::Error,
    side: Side::Network,
    hardening: false,
    causes: &[
        &no_leader::DIAGNOSIS,
        &read_failed::DIAGNOSIS,
        &advertised_url_unreachable::DIAGNOSIS,
    ],
    text: Text {
        en: Prose {
            title: "Nothing answers at this address and port",
            why: "The connection request was neither accepted nor refused before the time was up. A \
                  firewall or security group drops the packets, no route leads there or back, or the \
                  process behind the port no longer accepts connections.",
            fix: "Open the port between this machine and etcd, or dial an address reachable from here.",
        },
        ja: Prose {
            title: "このアドレスとポートから応答がありません",
            why: "接続要求は制限時間内に受け入れも拒否もされませんでした。ファイアウォールやセキュリ\
                  ティグループがパケットを破棄しているか、往路または復路の経路がないか、ポートの先の\
                  プロセスが接続を受け付けなくなっています。",
            fix: "このマシンと etcd の間でポートを開放するか、ここから届くアドレスへ接続してください。",
        },
        zh: Prose {
            title: "该地址和端口没有任何应答",
            why: "连接请求在时限内既没有被接受，也没有被拒绝。要么防火墙或安全组丢弃了数据包，\
                  要么往返路由不通，要么端口背后的进程已不再接受连接。",
            fix: "在本机与 etcd 之间放行该端口，或改为连接从本机可达的地址。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let silent = facts.endpoints.iter().filter(|endpoint| endpoint.reach == Reach::TimedOut);
    silent.map(|endpoint| unanswered(endpoint, facts)).collect()
}

fn unanswered(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let resolved = endpoint.seen.lookup.as_ref().map(|lookup| lookup.addresses.as_slice());
    let resolved: Vec<_> = resolved.unwrap_or_default().iter().map(ToString::to_string).collect();
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .evidence(Label::Dialled, endpoint.dialled())
        .evidence(Label::Waited, endpoint.waited())
        .evidence(Label::Addresses, Value::list(resolved))
        .fixes(super::where_etcd_listens(facts, endpoint));
    match endpoint.dialled().parse::<std::net::SocketAddr>() {
        Ok(address) => finding.fix(Fix::run("ip route get").value(address.ip())),
        Err(_) => finding,
    }
}
