//! etcd tells others to dial an address that its own certificate does not list.
//!
//! `--advertise-client-urls` reach every client that asks for the members (etcdctl --cluster, auto-sync); peers dial the peer URLs.
//! The endpoint that was dialled itself belongs to `server-san-mismatch`. kubernetes/kubernetes#88648: a node's address changed.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts, Listener, Named, Settings, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
    x509::San,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "address-not-in-san",
    severity: Severity::Warning,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd's certificate lacks an address that etcd gives out",
            why: "The URLs that etcd advertises or listens at name a host that is not among \
                  the SANs of its certificate. Clients that follow them, as etcdctl \
                  --cluster does, and peers refuse the certificate. It happens when a node's \
                  address changes.",
            fix: "Issue the certificate again with this address added, or correct the URL.",
        },
        ja: Prose {
            title: "etcd が公開しているアドレスが証明書にありません",
            why: "etcd が公開している、または待ち受けている URL のホストが、証明書の SAN に含まれていません。etcdctl --cluster のように URL をたどるクライアントやピアは、この証明書を拒否します。ノードのアドレスが変わったときに起こります。",
            fix: "このアドレスを加えて証明書を再発行するか、URL を訂正してください。",
        },
        zh: Prose {
            title: "etcd 公布的地址不在它的证书中",
            why: "etcd 对外公布或监听的 URL 中的主机不在其证书的 SAN 里。按这些 URL 访问的客户端\
                  （例如 etcdctl --cluster）和对等成员都会拒绝这张证书。节点地址变更后就会这样。",
            fix: "加入该地址后重新签发证书，或更正 URL。",
        },
    },
    detect,
};

/// The certificate, and the URLs at which it has to be good.
const SERVED: [(&str, [&str; 2]); 2] = [
    ("cert-file", ["advertise-client-urls", "listen-client-urls"]),
    ("peer-cert-file", ["initial-advertise-peer-urls", "listen-peer-urls"]),
];

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds
        .filter(|one| !facts.is_elsewhere(one))
        .flat_map(|process| {
            let certs =
                SERVED.iter().filter(|(cert, _)| *cert == "cert-file" || has_peers(process));
            certs.filter_map(|(cert, urls)| lacking(process, cert, urls, facts))
        })
        .collect()
}

/// Nobody dials the peer URL of a member that is alone.
fn has_peers(process: &Settings<'_>) -> bool {
    process.members().len() > 1
}

fn lacking(
    process: &Settings<'_>,
    cert: &str,
    options: &[&str; 2],
    facts: &Facts<'_>,
) -> Option<Finding> {
    let named = process.named(cert)?;
    let chain = process.certificates(cert, facts.go)?;
    let leaf =
        chain.first().filter(|leaf| leaf.sans.as_ref().is_some_and(|sans| !sans.is_empty()))?;
    let (option, url) = options.iter().find_map(|option| {
        let urls = process.urls(option).into_iter();
        let is_set = process.names(option);
        let mut lacking =
            urls.filter(|url| is_set && url.is_tls() && is_lacking(leaf, url, option, facts));
        Some((*option, lacking.next()?))
    })?;
    let name = San::of_host(url.host);
    Some(
        describe(&named, leaf, facts)
            .evidence(Label::Setting, process.show(option))
            .evidence(Label::Missing, name.to_string())
            .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
            .fixes(Fix::renew(facts, leaf, &facts.names_for(leaf, name), &[])),
    )
}

fn describe(named: &Named<'_, '_>, leaf: &Certificate, facts: &Facts<'_>) -> Finding {
    let subject = Subject::File(named.file.path.clone());
    super::super::config::finding(&DIAGNOSIS, named.process, subject, facts)
        .evidence(Label::Setting, super::super::config::place(named))
        .evidence(Label::Subject, leaf.subject())
}

fn is_lacking(leaf: &Certificate, url: &Listener<'_>, option: &str, facts: &Facts<'_>) -> bool {
    let loops = |address: std::net::IpAddr| address.is_loopback();
    let is_loopback = url.host == "localhost" || url.host.parse().is_ok_and(loops);
    // Only who is on the machine dials a loopback address, and that shows when it is dialled.
    let unheard = option.starts_with("listen-") && is_loopback;
    let told =
        facts.presented().any(|(_, seen)| seen.dialled == url.host && seen.name_verdict.is_err());
    !url.is_everywhere() && !unheard && !told && leaf.verify_host(url.host, facts.go).is_err()
}
