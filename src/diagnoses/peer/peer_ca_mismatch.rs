//! Two members whose peer certificates come from CAs that the other side does not trust.
//!
//! Judged by signature where the chain is at hand, and by the list of acceptable CAs (RFC 8446 §4.2.4) where only that is.

use crate::{
    diagnoses::chain::broken::{self, Broken, Flaw, Presenter, anchor_subjects},
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, ClientFault, Endpoint, Facts, Presented, Subject, is_issued_by},
    message::{Label, Prose, Text, Value},
    observation::endpoint::CertificateRequest,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "peer-ca-mismatch",
    severity: Severity::Error,
    side: Side::Peer,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The peer certificates of the members do not come from the same CA",
            why: "Members verify one another in both directions with their peer-trusted-ca-file, \
                  which they read once at the start. Here one side presents a certificate of a CA \
                  that the other side does not trust, so that no connection between them holds.",
            fix: "Issue the peer certificates of all members from one CA, or put both CAs into \
                  peer-trusted-ca-file on every member and restart them one by one.",
        },
        ja: Prose {
            title: "メンバーのピア証明書が同じ CA から発行されていません",
            why: "メンバーは、起動時に一度だけ読み込む peer-trusted-ca-file で双方向に検証し合います。\
                  ここでは一方が提示した証明書の CA をもう一方が信頼していないため、両者の接続は成立\
                  しません。",
            fix: "全メンバーのピア証明書を 1 つの CA から発行するか、両方の CA を全メンバーの \
                  peer-trusted-ca-file に入れて 1 台ずつ再起動してください。",
        },
        zh: Prose {
            title: "各成员的对等证书并非出自同一个 CA",
            why: "成员用 peer-trusted-ca-file 双向互相验证，该文件只在启动时读取一次。这里一方所出示\
                  证书的 CA 不受另一方信任，因此二者之间无法建立连接。",
            fix: "用同一个 CA 签发所有成员的对等证书，或把两个 CA 都放进每个成员的 \
                  peer-trusted-ca-file 并逐个重启。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    if !facts.among_peers() {
        return Vec::new();
    }
    let strangers = broken::found(facts, Flaw::PeerAuthority);
    let is_stranger =
        |endpoint: &Endpoint<'_>| strangers.iter().any(|one| one.endpoint.url() == endpoint.url());
    let refused = facts.refused_for(ClientFault::Untrusted);
    let refused = refused.filter(|endpoint| !is_stranger(endpoint));
    let refused = refused.filter(|endpoint| {
        // A list without any CA: `peer-ca-missing`.
        endpoint.request().is_none_or(|request| !request.acceptable_cas.is_empty())
    });
    let refused: Vec<_> = refused.filter_map(|endpoint| refusal(facts, endpoint)).collect();
    let pairs = if refused.is_empty() { apart(facts, &is_stranger) } else { Vec::new() };
    strangers.iter().map(stranger).chain(refused).chain(pairs).collect()
}

/// A member that presents a certificate of another CA; `--cacert` is to blame where our own pair is not of it either.
fn stranger(chain: &Broken<'_, '_>) -> Finding {
    let facts = chain.facts;
    let better = match chain.presenter {
        Presenter::Server(presented) => presented.verified_by(facts),
        Presenter::Client(_) => None,
    };
    let ours = &facts.client.chain;
    let ours_is_good = ours.is_empty() || is_issued_by(ours, &facts.anchors.certificates);
    let finding = match better {
        Some(_) if !ours_is_good => chain.at_anchors(&DIAGNOSIS),
        _ => chain.at_presenter(&DIAGNOSIS).side(Side::Peer),
    };
    let cacert = facts.flag("--cacert").map(|cacert| cacert.given.value.as_str());
    let finding = finding
        .evidence(Label::Dialled, chain.endpoint.url())
        .evidence(Label::Issuer, chain.culprit.issuer())
        .evidence(Label::TrustAnchors, anchor_subjects(facts))
        .evidence(Label::GivenBy, cacert.map(|path| format!("--cacert {path}")))
        .evidence(Label::AcceptableCas, Value::list(chain.endpoint.acceptable_names()))
        .evidence(Label::Beside, better.map(|near| near.file.path.as_str()));
    let alert = chain.endpoint.alert().unwrap_or_default();
    let finding = chain.go_says(finding).evidence(Label::Alert, alert);
    match chain.chain().first() {
        Some(leaf) => {
            // Who presents a stranger's certificate may trust that stranger alone.
            let server = facts.server_of(chain.endpoint);
            let trusted = server.and_then(|server| server.file("peer-trusted-ca-file"));
            let added = trusted.zip(cacert).and_then(|(file, ca)| Fix::trusting(ca, &file.path));
            let restart = added.as_ref().map(|_| Fix::restart());
            finding.fix(chain.issued_by_ours(leaf)).fixes(added).fixes(restart)
        }
        None => finding,
    }
}

/// A member that turns our certificate away. Where other members take it, or the CA that all share made it, that
/// member is the odd one.
fn refusal(facts: &Facts<'_>, endpoint: &Endpoint<'_>) -> Option<Finding> {
    let (cert, leaf) = (facts.client.cert?, facts.client.leaf()?);
    let topmost = facts.client.topmost_issuer().unwrap_or(leaf);
    let taken =
        facts.endpoints.iter().any(|other| other.serves(facts) && other.request().is_some());
    let shared = is_issued_by(&facts.client.chain, &facts.anchors.certificates);
    let cert = Subject::File(cert.to_owned());
    let finding = if taken || shared {
        Finding::new(&DIAGNOSIS, endpoint.subject()).also_about(cert)
    } else {
        Finding::new(&DIAGNOSIS, cert).also_about(endpoint.subject()).side(Side::LocalFile)
    };
    let spare = facts.spare_pair(endpoint);
    let finding = finding
        .evidence(Label::Dialled, endpoint.url())
        .evidence(Label::Certificate, facts.client.cert)
        .evidence(Label::Issuer, topmost.issuer())
        .evidence(Label::AcceptableCas, Value::list(endpoint.acceptable_names()))
        .evidence(Label::Setting, facts.settings.show("peer-trusted-ca-file"))
        .evidence(Label::Alert, endpoint.alert())
        .fixes(spare.map(|spare| Fix::check_pair(facts, &spare)));
    Some(if finding.fixes.is_empty() { finding.fix(Fix::fetch_chain(endpoint)) } else { finding })
}

/// Members of which one would turn the other away: the CA of what it presents is not on the other's list.
fn apart(facts: &Facts<'_>, is_stranger: &dyn Fn(&Endpoint<'_>) -> bool) -> Vec<Finding> {
    let dialled = |endpoint: &&Endpoint<'_>| !is_stranger(endpoint);
    let members: Vec<_> = facts.endpoints.iter().filter(dialled).collect();
    let pairs = members.iter().flat_map(|from| members.iter().map(move |to| (*from, *to)));
    let mut found = Vec::new();
    for (from, to) in pairs {
        let (Some(presented), Some(request)) = (&from.presented, to.request()) else { continue };
        // A chain that does not reach its CA has another fault than a stranger's.
        let same = from.url() == to.url();
        let reaches = is_issued_by(&presented.chain, &facts.anchors.certificates);
        if same || !reaches || names_its_issuer(request, presented) {
            continue;
        }
        let issuer = presented.chain.last().map(Certificate::issuer).unwrap_or_default();
        let finding = Finding::new(&DIAGNOSIS, from.subject())
            .also_about(to.subject())
            .evidence(Label::Dialled, to.url())
            .evidence(Label::Issuer, issuer)
            .evidence(Label::AcceptableCas, Value::list(to.acceptable_names()))
            .fix(Fix::fetch_chain(from));
        found.push(finding);
    }
    found
}

fn names_its_issuer(request: &CertificateRequest, presented: &Presented) -> bool {
    let listed = |name: &Vec<u8>| request.acceptable_cas.iter().any(|der| der.0 == *name);
    request.acceptable_cas.is_empty()
        || presented.chain.iter().any(|one| listed(&one.raw_issuer) || listed(&one.raw_subject))
}
