//! A member's certificate is another member's: a folder was copied from node to node.
//!
//! etcd-io/etcd#15949, kubernetes/kubernetes#118216: `localhost` and 127.0.0.1 are in all of them, so that it works on the node itself.

use super::{address_not_in_san, server_san_mismatch};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Certificate, ConfiguredPair, Facts, Listener, Member, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
    x509::San,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "cert-of-other-node",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[&server_san_mismatch::DIAGNOSIS, &address_not_in_san::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "This member uses the certificate of another member",
            why: "The names and addresses in the certificate are those of another member of \
                  this cluster, and none is this member's own. That happens when a node's \
                  folder is copied to the next. On the node itself localhost may work; \
                  clients and peers that dial its address refuse it.",
            fix: "Issue a certificate with this member's own name and addresses from the \
                  same CA.",
        },
        ja: Prose {
            title: "このメンバーが別のメンバーの証明書を使っています",
            why: "証明書の名前とアドレスはこのクラスターの別のメンバーのもので、このメンバー自身\
                  のものは 1 つもありません。ノードのディレクトリを別のノードにコピーしたときに起\
                  こります。ノード上では localhost で動いても、そのアドレスに接続するクライアント\
                  やピアは拒否します。",
            fix: "同じ CA で、このメンバー自身の名前とアドレスを含む証明書を発行してください。",
        },
        zh: Prose {
            title: "这个成员用的是另一个成员的证书",
            why: "证书中的名称和地址属于本集群的另一个成员，没有一个是这个成员自己的。把一个节点\
                  的目录复制到另一个节点就会这样。在本机用 localhost 连接或许可行，但用该成员的地\
                  址连接的客户端和对等成员都会拒绝这张证书。",
            fix: "用同一个 CA 签发包含该成员自己的名称和地址的证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let pairs = facts.configured_pairs().filter(|pair| {
        let serves = ["cert-file", "peer-cert-file"].contains(&pair.cert.setting.name.as_str());
        let process = pair.cert.process;
        serves && process.program == Program::Etcd && !facts.is_elsewhere(process)
    });
    pairs.filter_map(|pair| judge(&pair, facts)).collect()
}

fn judge(pair: &ConfiguredPair<'_, '_>, facts: &Facts<'_>) -> Option<Finding> {
    let (leaf, process) = (pair.leaf()?, pair.cert.process);
    let (_, own) = process.get("name")?;
    let members = process.members();
    let (mine, others): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|member| member.name == own.value);
    let listening = ["listen-client-urls", "advertise-client-urls", "initial-advertise-peer-urls"];
    let listening: Vec<Listener<'_>> =
        listening.into_iter().flat_map(|option| process.urls(option)).collect();
    let own_hosts =
        mine.iter().map(|member| member.url.host).chain(listening.iter().map(|url| url.host));
    let fits_here =
        own_hosts.filter(|host| !is_everyones(host)).any(|host| covers(leaf, host, facts))
            || covers(leaf, &own.value, facts)
            || is_local(leaf, facts);
    if mine.is_empty() || fits_here {
        return None;
    }
    let owner = others.into_iter().find(|other| is_named(leaf, other, facts))?;
    let subject = Subject::File(pair.cert.file.path.clone());
    let turned_away = facts
        .endpoints_of(process)
        .any(|endpoint| endpoint.presented.as_ref().is_some_and(|seen| seen.name_verdict.is_err()));
    let finding = super::super::config::finding(&DIAGNOSIS, process, subject, facts);
    let finding = if turned_away { finding.severity(Severity::Error) } else { finding };
    Some(
        finding
            .also_about(pair.cert.subject())
            .evidence(Label::Setting, super::super::config::place(&pair.cert))
            .evidence(Label::BelongsTo, format!("{} ({})", owner.name, owner.url.url))
            .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
            .evidence(Label::Subject, leaf.subject())
            .evidence(Label::Member, process.show("name")),
    )
}

fn covers(leaf: &Certificate, host: &str, facts: &Facts<'_>) -> bool {
    leaf.verify_host(host, facts.go).is_ok() || leaf.common_name().as_deref() == Some(host)
}

/// Whether a certificate speaks of a member: by its name, or by the host of its peer URL.
fn is_named(leaf: &Certificate, member: &Member<'_>, facts: &Facts<'_>) -> bool {
    covers(leaf, member.name, facts)
        || (!is_everyones(member.url.host) && covers(leaf, member.url.host, facts))
}

/// Whether one of its addresses is this machine's, loopback apart.
fn is_local(leaf: &Certificate, facts: &Facts<'_>) -> bool {
    let here = &facts.observation.viewer.addresses;
    leaf.sans.iter().flatten().any(|san| match san {
        San::Ip(address) => !address.is_loopback() && here.contains(address),
        _ => false,
    })
}

/// Whether every machine has it.
fn is_everyones(host: &str) -> bool {
    let loops = |address: std::net::IpAddr| address.is_loopback() || address.is_unspecified();
    host == "localhost" || host.is_empty() || host.parse().is_ok_and(loops)
}
