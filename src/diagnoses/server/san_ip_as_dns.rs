//! An address stands among the DNS names of a certificate, where no client looks for it.
//!
//! Go compares an address with the iPAddress entries alone (`crypto/x509/verify.go`, `VerifyHostname`); RFC 9525 §6.5. Where it keeps a
//! client out already, `server-san-mismatch` says so.

use std::net::IpAddr;

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
    x509::San,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "san-ip-as-dns",
    severity: Severity::Warning,
    side: Side::Server,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "An IP address is listed as a DNS name and never matches",
            why: "Clients look for an address among the IP entries of the SAN only. The \
                  certificate has this address as a DNS entry, so whoever dials it is turned \
                  away, although openssl prints the address and all looks right.",
            fix: "Issue the certificate again with the address as an IP entry, in openssl's \
                  words IP:10.0.0.1 instead of DNS:10.0.0.1.",
        },
        ja: Prose {
            title: "IP アドレスが DNS 名として記載されており一致しません",
            why: "クライアントは IP アドレスを SAN の IP 型の項目とだけ照合します。この証明書ではアドレスが DNS 型になっているため、openssl の表示では正しく見えても、このアドレスへの接続は拒否されます。",
            fix: "アドレスを IP 型で記載して証明書を再発行してください。openssl の書き方では DNS:10.0.0.1 ではなく IP:10.0.0.1 です。",
        },
        zh: Prose {
            title: "IP 地址被写成 DNS 名称，永远不会匹配",
            why: "客户端只在 SAN 的 IP 类型条目中查找地址。这张证书把该地址写成了 DNS 条目，因此用该地址连接会被拒绝，尽管 openssl 显示出来似乎没有问题。",
            fix: "将地址写成 IP 类型后重新签发证书；用 openssl 的写法是 IP:10.0.0.1，而不是 DNS:10.0.0.1。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let presented = facts.presented().filter_map(|(endpoint, seen)| {
        let leaf = seen.leaf()?;
        // The client that it keeps out is told already.
        seen.name_verdict.is_ok().then(|| (endpoint.subject(), leaf.clone()))
    });
    let pairs = facts.unseen_pairs().filter(|pair| {
        pair.cert.process.program == Program::Etcd && !pair.cert.setting.name.contains("client")
    });
    let configured = pairs.filter_map(|pair| {
        let leaf = pair.leaf()?.clone();
        Some((Subject::File(pair.cert.file.path.clone()), leaf))
    });
    presented.chain(configured).filter_map(|(at, leaf)| misread(at, &leaf, facts)).collect()
}

fn misread(at: Subject, leaf: &Certificate, facts: &Facts<'_>) -> Option<Finding> {
    let sans = leaf.sans.as_ref()?;
    let as_ip = |address: IpAddr| sans.contains(&San::Ip(address));
    let never: Vec<&San> = sans
        .iter()
        .filter(|san| {
            matches!(san, San::Dns(name) if name.parse().is_ok_and(|address| !as_ip(address)))
        })
        .collect();
    let names: Vec<San> = never
        .iter()
        .filter_map(|san| match san {
            San::Dns(name) => Some(San::Ip(name.parse().ok()?)),
            _ => None,
        })
        .collect();
    let shown: Vec<String> = never.iter().map(ToString::to_string).collect();
    (!never.is_empty()).then(|| {
        Finding::new(&DIAGNOSIS, at)
            .evidence(Label::NeverMatches, Value::list(shown))
            .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
            .evidence(Label::Subject, leaf.subject())
            .evidence(
                Label::OnDisk,
                facts.file_of(leaf).map(|file| file.path.as_str()).unwrap_or_default(),
            )
            .fixes(Fix::renew(facts, leaf, &names, &[]))
    })
}
