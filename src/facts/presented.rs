//! What one server presented, verified against the client's anchors by `trust`.

use super::{Anchors, Facts, Neighbour, Usable};
use crate::{
    observation::endpoint::TlsSeen,
    trust::{
        Certificate, Go, Place, Question, Reason, Rejection, San, Usage, Verification, verify,
    },
};

/// A server's chain and what Go makes of it.
#[derive(Debug)]
pub struct Presented {
    /// The certificates that parse, end-entity first, up to the first that doesn't.
    pub chain: Vec<Certificate>,
    /// Position and parse error of the first certificate that Go can't parse: the handshake ends there.
    pub unparsable: Option<(usize, String)>,
    /// The host that was dialled.
    pub dialled: String,
    /// The chain apart from the name; `None` when it could not be judged (anchors unusable, or unparsable).
    pub chain_verdict: Option<Verification>,
    /// The name apart from the chain.
    pub name_verdict: Result<(), Rejection>,
}

impl Presented {
    pub(super) fn of(
        tls: &TlsSeen,
        dialled: &str,
        anchors: &Anchors,
        when: time::OffsetDateTime,
        go: Go,
    ) -> Option<Self> {
        let mut chain = Vec::with_capacity(tls.chain.len());
        let mut unparsable = None;
        for (position, der) in tls.chain.iter().enumerate() {
            match Certificate::parse(&der.0, go) {
                Ok(certificate) => chain.push(certificate),
                Err(error) => {
                    unparsable = Some((position, error.to_string()));
                    break;
                }
            }
        }
        if tls.chain.is_empty() {
            return None;
        }
        let judged = unparsable.is_none() && anchors.usable != Usable::No;
        let chain_verdict =
            judged.then(|| server_verdict(&chain, &anchors.certificates, when, go)).flatten();
        let name_verdict = chain.first().map_or(Ok(()), |leaf| leaf.verify_host(dialled, go));
        Some(Self { chain, unparsable, dialled: dialled.to_owned(), chain_verdict, name_verdict })
    }

    /// The end-entity certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.chain.first()
    }

    /// The dialled host as a SAN entry would have to list it.
    pub fn dialled_name(&self) -> String {
        match self.dialled.parse::<std::net::IpAddr>() {
            Ok(address) => San::Ip(address).to_string(),
            Err(_) => San::Dns(self.dialled.clone()).to_string(),
        }
    }

    /// Why Go refuses the chain, names apart; `None` when it accepts or could not judge.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.chain_verdict.as_ref()?.outcome.as_ref().err()
    }

    /// Whether the chain, names apart, leads to an anchor.
    pub fn is_trusted(&self) -> bool {
        self.chain_verdict.as_ref().is_some_and(|verdict| verdict.outcome.is_ok())
    }

    /// Whether a Go client accepts this server: chain and name.
    pub fn is_accepted(&self) -> bool {
        self.is_trusted() && self.name_verdict.is_ok()
    }

    /// The server certificate of etcd's configuration that this leaf stands in for: untrusted, another one, and by a
    /// CA that neither `--cacert` nor the configuration knows. Something between ends TLS with its own certificate.
    pub fn stands_in_for(&self, facts: &Facts<'_>) -> Option<Certificate> {
        // Between members no proxy ends TLS: a stranger's certificate there is a stranger's CA.
        if facts.among_peers() {
            return None;
        }
        let reason = self.rejection()?.reason;
        let leaf = self.leaf()?;
        let own = facts.settings.certificates("cert-file", facts.go)?;
        let clients = facts.settings.certificates("trusted-ca-file", facts.go).unwrap_or_default();
        let known = facts.anchors.certificates.iter().chain(&own).chain(&clients);
        let names = known.flat_map(|known| [&known.raw_subject, &known.raw_issuer]);
        let related = names.into_iter().any(|name| *name == leaf.raw_issuer);
        let untrusted = matches!(reason, Reason::UnknownAuthority | Reason::BadSignature);
        let expected = own.into_iter().next()?;
        (untrusted && !related && expected.der != leaf.der).then_some(expected)
    }

    /// The certificate that a rejection speaks of.
    pub fn at<'f>(&'f self, anchors: &'f Anchors, place: Place) -> Option<&'f Certificate> {
        match place {
            Place::Leaf => self.chain.first(),
            Place::Intermediate(index) => self.chain.get(index + 1),
            Place::Anchor(index) => anchors.certificates.get(index),
        }
    }

    /// The anchor with the name of the topmost issuer that is missing here, whose key did not sign it.
    pub fn namesake_anchor<'f>(&self, anchors: &'f Anchors) -> Option<&'f Certificate> {
        let namesake = |child: &Certificate| {
            anchors.certificates.iter().find(|anchor| {
                anchor.raw_subject == child.raw_issuer
                    && anchor.raw_subject != child.raw_subject
                    && !child.signed_by(anchor)
            })
        };
        self.chain.iter().find_map(namesake)
    }

    /// The anchor whose key signed a certificate of this chain other than itself, whether it was entitled to or not.
    pub fn signing_anchor<'f>(&self, anchors: &'f Anchors) -> Option<&'f Certificate> {
        anchors.certificates.iter().find(|anchor| {
            self.chain.iter().any(|child| {
                child.raw_issuer == anchor.raw_subject
                    && child.der != anchor.der
                    && child.signed_by(anchor)
            })
        })
    }

    /// The neighbour that completes the chain to the same anchors: it holds the intermediate that was not sent.
    pub fn completed_by<'f, 'a>(&self, facts: &'f Facts<'a>) -> Option<&'f Neighbour<'a>> {
        facts.neighbours.iter().find(|neighbour| {
            let mut longer = self.chain.clone();
            longer.extend(neighbour.certificates.iter().cloned());
            longer.len() > self.chain.len()
                && server_verdict(&longer, &facts.anchors.certificates, facts.now(), facts.go)
                    .is_some_and(|verdict| verdict.outcome.is_ok())
        })
    }

    /// The neighbour with a CA that would verify the chain as it was sent. The certificate presented is none: given as
    /// an anchor it would vouch for itself.
    pub fn verified_by<'f, 'a>(&self, facts: &'f Facts<'a>) -> Option<&'f Neighbour<'a>> {
        let leaf = &self.leaf()?.der;
        facts.neighbours.iter().find(|neighbour| {
            let may_issue =
                |certificate: &&Certificate| certificate.is_ca() && certificate.der != *leaf;
            let cas: Vec<_> = neighbour.certificates.iter().filter(may_issue).cloned().collect();
            server_verdict(&self.chain, &cas, facts.now(), facts.go)
                .is_some_and(|verdict| verdict.outcome.is_ok())
        })
    }
}

fn server_verdict(
    chain: &[Certificate],
    anchors: &[Certificate],
    when: time::OffsetDateTime,
    go: Go,
) -> Option<Verification> {
    let (leaf, intermediates) = chain.split_first()?;
    Some(verify(&Question {
        leaf,
        intermediates,
        anchors,
        when,
        host: None,
        usages: &[Usage::ServerAuth],
        go,
    }))
}
