//! Connected, then silence: in the handshake, before HTTP/2, or before an answer.
//!
//! etcd gave handshakes no deadline before 3.5.33, 3.6.14 and 3.7.1, and binds its client port before it has a quorum.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    diagnoses::etcd::{advertised_url_unreachable, no_leader, read_failed},
    facts::{Endpoint, Facts, Reach, Stall},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "tls-stalled",
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
            title: "The server accepted the connection, then fell silent",
            why: "The connection stands, but the next step got no answer in time: the process hangs, a \
                  proxy has lost its backend, or a device on the way swallows packets. An etcd that \
                  still waits for its first quorum keeps its client port open and silent, too.",
            fix: "Look into etcd's log and at its other members, then at proxies and firewalls between.",
        },
        ja: Prose {
            title: "サーバーは接続を受け入れた後、応答しなくなりました",
            why: "接続は確立しましたが、次の段階で制限時間内に応答がありませんでした。プロセスが固ま\
                  っているか、プロキシの背後が停止しているか、途中の機器がパケットを破棄しています。\
                  起動後に過半数のメンバーがそろうのを待つ etcd も、クライアントポートを開いたまま応\
                  答しません。",
            fix: "etcd のログとほかのメンバーを調べ、続いて途中のプロキシとファイアウォールを調べてください。",
        },
        zh: Prose {
            title: "服务器接受连接后便没有回音",
            why: "连接已经建立，但下一步在时限内没有得到应答：进程卡住、代理的后端已失效，或途中的设\
                  备丢弃了数据包。启动后仍在等待首次达到法定人数 (quorum) 的 etcd，也会开着客户端端\
                  口却不作任何应答。",
            fix: "查看 etcd 的日志和其他成员的状态，再检查途中的代理和防火墙。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.endpoints.iter().filter_map(stalled).collect()
}

/// Who got a handshake through holds the port; before that it is anyone on the way.
fn stalled(endpoint: &Endpoint<'_>) -> Option<Finding> {
    let Reach::Stalled(stall) = &endpoint.reach else { return None };
    // An etcd without quorum: `no-leader`.
    if endpoint.awaits_quorum() {
        return None;
    }
    let (side, step) = match stall {
        Stall::Handshake(0) => (Side::Network, EvidenceMessage::SilentToHello),
        Stall::Handshake(bytes) => {
            (Side::Network, EvidenceMessage::SilentAfter { bytes: (*bytes).into() })
        }
        Stall::Http2 => (Side::Server, EvidenceMessage::AwaitingSettings),
        Stall::Http => (Side::Server, EvidenceMessage::AwaitingVersion),
        Stall::Grpc => (Side::Server, EvidenceMessage::AwaitingAnswer),
    };
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .side(side)
        .evidence(Label::Step, step)
        .evidence(Label::Waited, endpoint.waited())
        .evidence(Label::Dialled, endpoint.dialled())
        .evidence(Label::Found, unaccepted(endpoint))
        .fixes(stopped(endpoint).map(|pid| Fix::run("kill -CONT").value(pid).needs(Need::Root)))
        .fix(Fix::run("systemctl status etcd"));
    Some(finding)
}

/// The process that holds the port and was stopped.
fn stopped(endpoint: &Endpoint<'_>) -> Option<i32> {
    endpoint.main()?.listener.as_ref()?.stopped
}

/// The listener of this machine that takes no connections, if that is why.
fn unaccepted(endpoint: &Endpoint<'_>) -> Option<EvidenceMessage> {
    let listener = endpoint.main().and_then(|main| main.listener.as_ref());
    let seen = listener.filter(|seen| seen.unaccepted > 0)?;
    let unknown = || EvidenceMessage::AProcess.into();
    let process = seen.process.as_deref().map_or_else(unknown, Value::from);
    let count = seen.unaccepted.into();
    Some(match seen.stopped {
        Some(pid) => EvidenceMessage::StoppedListener { process, pid: pid.into(), count },
        None => EvidenceMessage::Listens { process, count },
    })
}
