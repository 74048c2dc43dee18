//! The member closed the connection after the handshake: our source address is not among our certificate's names.
//!
//! etcd's peer listener compares the remote address with the SANs, by reverse and forward lookup where they are
//! names (`client/pkg/transport/listener_tls.go`, `checkCertSAN`); a certificate without SANs passes.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    diagnoses::server::server_san_mismatch,
    facts::{Certificate, ClientFault, Endpoint, Facts, Presented, Subject, show_answers},
    message::{EvidenceMessage, Label, Prose, Text, Value},
    observation::target::Origin,
    x509::San,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-san-mismatch",
    severity: Severity::Error,
    side: Side::Peer,
    hardening: false,
    causes: &[&server_san_mismatch::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "A peer certificate does not list an address that its member is used with",
            why: "Members compare addresses with the SAN entries of peer certificates in both directions: \
                  whoever dials, the peer URL that the member list stores; the peer port, the address that \
                  a connection comes from, and it hangs up without an alert. Behind NAT, with several local \
                  addresses, or after a move that is another address than the certificate's.",
            fix: "Issue the peer certificate again with this address as SAN. For an address that connections \
                  come from, --peer-skip-client-san-verification on every member does as well (experimental- before 3.6).",
        },
        ja: Prose {
            title: "メンバーが使うアドレスがピア証明書の SAN にありません",
            why: "メンバーは双方向でアドレスをピア証明書の SAN と照合します。接続する側はメンバー一覧に保存\
                  されたピア URL を、ピアポートは接続元アドレスを照合し、一致しなければアラートなしで切断します。\
                  NAT の内側、複数のアドレスを持つマシン、アドレスの変更後は、証明書と異なるアドレスになります。",
            fix: "このアドレスを SAN に加えてピア証明書を再発行してください。接続元アドレスであれば、全メンバーに \
                  --peer-skip-client-san-verification を設定する方法もあります (3.6 より前は experimental- 付き)。",
        },
        zh: Prose {
            title: "成员使用的地址不在其对等证书的 SAN 中",
            why: "成员双向都会将地址与对等证书的 SAN 比对：发起连接的一方比对成员列表中保存的对等 URL；\
                  对等端口比对连接的来源地址，不符时不发警报就断开。在 NAT 之后、有多个本地地址时或\
                  更换地址之后，所用的并不是证书中的地址。",
            fix: "将该地址加入 SAN 重新签发对等证书。如果是来源地址，也可以在每个成员上设置 \
                  --peer-skip-client-san-verification（3.6 之前带 experimental- 前缀）。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let mut all = predicted(facts);
    all.extend(met(facts));
    all.extend(stored(facts));
    all
}

/// The URL that the member list stores, and by which members dial each other, is none of those that the certificate covers.
fn stored(facts: &Facts<'_>) -> Vec<Finding> {
    let among =
        facts.presented().filter(|_| facts.among_peers() && !facts.observation.target.cluster);
    let listed = among.filter_map(|(endpoint, presented)| {
        let Origin::Members(by) = endpoint.origin(facts)? else { return None };
        let says = presented.name_verdict.as_ref().err().filter(|_| presented.is_trusted())?;
        let (leaf, name) = (presented.leaf()?, presented.dialled_name());
        let id = endpoint.own_member_id().unwrap_or_default();
        let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
            .evidence(Label::PeerUrls, endpoint.url())
            .evidence(
                Label::Member,
                Value::list([id, by.clone()].into_iter().filter(|text| !text.is_empty())),
            )
            .evidence(Label::SubjectAltNames, Value::list(leaf.names_display()))
            .evidence(Label::GoSays, Value::quoted(&says.message))
            .fixes(Fix::renew(facts, leaf, &[name], &[]));
        Some(finding)
    });
    listed.collect()
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
