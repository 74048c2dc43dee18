//! The member closed the connection after the handshake: our source address is not among our certificate's names.
//!
//! etcd's peer listener compares the remote address with the SANs, by reverse and forward lookup where they are
//! names (`client/pkg/transport/listener_tls.go`, `checkCertSAN`); a certificate without SANs passes.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, ClientFault, Endpoint, Facts, Presented, Subject, show_answers},
    message::{EvidenceMessage, Label, Prose, Text, Value},
    x509::San,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-san-mismatch",
    severity: Severity::Error,
    side: Side::Peer,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A member's connections come from an address that its certificate does not list",
            why: "The handshake completed, then the peer port hung up without an alert: it compares \
                  the address that a connection comes from with the SAN entries of the certificate, \
                  directly or by looking up its names. Behind NAT or with several local addresses \
                  that is another address than the member's own.",
            fix: "Issue the peer certificate again with the outgoing address as SAN, or set \
                  --peer-skip-client-san-verification on every member (experimental- before 3.6).",
        },
        ja: Prose {
            title: "メンバーの接続元アドレスがピア証明書の SAN にありません",
            why: "ハンドシェイクの完了後、ピアポートはアラートなしで接続を切りました。ピアポートは\
                  接続元アドレスを証明書の SAN と、直接または名前解決によって照合します。NAT の内側や\
                  複数のアドレスを持つマシンでは、メンバー自身のアドレスと異なることがあります。",
            fix: "実際の接続元アドレスを SAN に加えてピア証明書を再発行するか、全メンバーに \
                  --peer-skip-client-san-verification を設定してください (3.6 より前は experimental- 付き)。",
        },
        zh: Prose {
            title: "成员的来源地址不在其对等证书的 SAN 中",
            why: "握手完成后，对等端口没有发送警报就断开了连接：它会将连接的来源地址与证书的 SAN \
                  直接比对，或通过域名解析比对。在 NAT 之后或有多个本地地址时，\
                  来源地址并不是成员自己的地址。",
            fix: "将实际的来源地址作为 SAN 重新签发对等证书，或在每个成员上设置 \
                  --peer-skip-client-san-verification（3.6 之前带 experimental- 前缀）。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut all = predicted(facts);
    all.extend(met(facts));
    all
}

/// By the files of all members, as far as the resolver here decides. Where a certificate does not even name its own member,
/// `address-not-in-san` has said so.
fn predicted(facts: &Facts<'_>) -> Vec<Finding> {
    let cells = facts.san_matrix();
    let refused = cells.iter().filter_map(|cell| {
        let (Some(Err(why)), Ok(address), Some(file)) = (&cell.verdict, &cell.address, cell.file)
        else {
            return None;
        };
        let answers = show_answers(cell.resolver?)?;
        let finding = Finding::new(&DIAGNOSIS, Subject::File(file.to_owned()))
            .severity(Severity::Warning)
            .evidence(Label::SourceAddress, *address)
            .evidence(Label::SubjectAltNames, Value::list(cell.leaf.names_display()))
            .evidence(Label::Resolver, answers)
            .evidence(Label::GoSays, why.clone())
            .fixes(Fix::renew(facts, &cell.leaf, &[San::Ip(*address)], &[]));
        cell.leaf.dns_names().next().map(|_| finding)
    });
    refused.collect()
}

/// What a member made of our own connection.
fn met(facts: &Facts<'_>) -> Vec<Finding> {
    let Some((cert, leaf)) = facts.client.cert.zip(facts.client.leaf()) else { return Vec::new() };
    // A member that Go refuses is refused before it could refuse us.
    let accepted =
        |endpoint: &&Endpoint<'_>| endpoint.presented.as_ref().is_some_and(Presented::is_accepted);
    let refused = facts.refused_for(ClientFault::SourceAddress).filter(|_| facts.among_peers());
    refused.filter(accepted).filter_map(|endpoint| found(facts, endpoint, cert, leaf)).collect()
}

fn found(
    facts: &Facts<'_>,
    endpoint: &Endpoint<'_>,
    cert: &str,
    leaf: &Certificate,
) -> Option<Finding> {
    let source = endpoint.main()?.from?.ip();
    let says = facts.peer_address_verdict(endpoint, leaf, source).err()?;
    let answers = endpoint.seen.resolver.as_ref().and_then(show_answers);
    let finding = Finding::new(&DIAGNOSIS, Subject::File(cert.to_owned()))
        .also_about(endpoint.subject())
        .evidence(Label::SourceAddress, source)
        .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
        .evidence(Label::Resolver, Value::list(answers))
        .evidence(Label::GoSays, Value::Quoted(says))
        .evidence(Label::Seen, EvidenceMessage::EndAfterHandshake)
        .fixes(Fix::renew(facts, leaf, &[San::Ip(source)], &[]));
    Some(finding)
}
