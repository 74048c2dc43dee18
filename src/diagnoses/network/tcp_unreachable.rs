//! The system itself can't bring a connection about: no route, a local rule, or a missing socket file.
//!
//! `connect` gives EHOSTUNREACH, ENETUNREACH, EPERM; for a Unix socket ENOENT or EACCES.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    diagnoses::etcd::{advertised_url_unreachable, no_leader, read_failed},
    facts::{Endpoint, Facts, Reach},
    message::{Label, Prose, Say, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tcp-unreachable",
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
            title: "This machine has no way to the endpoint's address",
            why: "The system gave up before etcd was reached: there is no route, a router answered that \
                  the host is unreachable, or a local rule forbids it. A Unix socket is either not \
                  there, or its permissions do not let this user in.",
            fix: "Correct the address, or mend the route, the local rule or the socket file.",
        },
        ja: Prose {
            title: "このマシンからエンドポイントのアドレスへ到達できません",
            why: "etcd に届く前にシステムが接続を断念しました。経路がない、ルーターが到達不能と応答した、\
                  ローカルの規則が禁じている、のいずれかです。Unix ソケットの場合は、ソケットファイルが\
                  存在しないか、このユーザーに開く権限がありません。",
            fix: "アドレスを直すか、経路、ローカルの規則、ソケットファイルの問題を解消してください。",
        },
        zh: Prose {
            title: "本机无法到达端点的地址",
            why: "还没有到达 etcd，系统就放弃了连接：没有路由、路由器答复主机不可达，或被本机规则禁止。\
                  若是 Unix 套接字，则是套接字文件不存在，或当前用户没有权限打开。",
            fix: "更正地址，或修复路由、本机规则或套接字文件。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.endpoints.iter().filter_map(|endpoint| unreachable(endpoint, facts)).collect()
}

fn unreachable(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let Reach::Unreachable(why) = &endpoint.reach else { return None };
    let dialled = endpoint.dialled();
    let look = match dialled.parse::<std::net::SocketAddr>() {
        Ok(address) => Fix::run("ip route get").value(address.ip()),
        Err(_) => Fix::run("ls -ld --").value(dialled),
    };
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject());
    Some(
        finding
            .evidence(Label::Dialled, dialled)
            .evidence(Label::System, why.message())
            .fixes(super::where_etcd_listens(facts, endpoint))
            .fix(look),
    )
}
