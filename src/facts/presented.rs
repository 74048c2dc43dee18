//! What one server presented, verified against the client's anchors by `trust`.
//!
//! Many endpoints present one chain: what follows from the chain alone is worked out once, and shared.

use std::{cell::OnceCell, collections::HashMap, ops::Deref, rc::Rc};

use super::{Anchors, Facts, Neighbour, Usable};
use crate::{
    observation::{Der, endpoint::TlsSeen},
    x509::{
        Certificate, Go, Place, Question, Reason, Rejection, San, Usage, Verification,
        second_opinion, verify,
    },
};

/// A server's chain, the host it was presented for, and what Go makes of both.
#[derive(Debug)]
pub struct Presented {
    served: Rc<Served>,
    /// The host that was dialled.
    pub dialled: String,
    /// The name apart from the chain.
    pub name_verdict: Result<(), Rejection>,
}

/// A chain by itself, and what Go makes of it.
#[derive(Debug)]
pub struct Served {
    /// The certificates that parse, end-entity first, up to the first that doesn't.
    pub chain: Vec<Certificate>,
    /// Position and parse error of the first certificate that Go can't parse: the handshake ends there.
    pub unparsable: Option<(usize, String)>,
    /// The chain apart from the name; `None` when it could not be judged (anchors unusable, or unparsable).
    pub chain_verdict: Option<Verification>,
    second_opinion: OnceCell<Result<(), String>>,
    stood_in_for: OnceCell<Option<Certificate>>,
    namesake: OnceCell<Option<usize>>,
    completed_by: OnceCell<Option<usize>>,
    verified_by: OnceCell<Option<usize>>,
}

impl Deref for Presented {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.served
    }
}

/// Verifies chains by the rules of one check, each of them once.
pub(super) struct Verifier<'f, 'a> {
    pub(super) anchors: &'f Anchors,
    pub(super) when: time::OffsetDateTime,
    pub(super) go: Go,
    pub(super) known: HashMap<&'a [Der], Rc<Served>>,
}

impl<'a> Verifier<'_, 'a> {
    /// What a server presented to someone who dialled this host; `None` when it presented nothing.
    pub(super) fn presented(&mut self, tls: &'a TlsSeen, dialled: &str) -> Option<Presented> {
        if tls.chain.is_empty() {
            return None;
        }
        let (anchors, when, go) = (self.anchors, self.when, self.go);
        let served = self.known.entry(&tls.chain);
        let served = served.or_insert_with(|| Rc::new(Served::of(tls, anchors, when, go))).clone();
        let name_verdict = served.leaf().map_or(Ok(()), |leaf| leaf.verify_host(dialled, go));
        Some(Presented { served, dialled: dialled.to_owned(), name_verdict })
    }
}

impl Served {
    fn of(tls: &TlsSeen, anchors: &Anchors, when: time::OffsetDateTime, go: Go) -> Self {
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
        let judged = unparsable.is_none() && anchors.usable != Usable::No;
        let chain_verdict =
            judged.then(|| server_verdict(&chain, &anchors.certificates, when, go)).flatten();
        Self {
            chain,
            unparsable,
            chain_verdict,
            second_opinion: OnceCell::new(),
            stood_in_for: OnceCell::new(),
            namesake: OnceCell::new(),
            completed_by: OnceCell::new(),
            verified_by: OnceCell::new(),
        }
    }

    /// The end-entity certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.chain.first()
    }

    /// Why Go refuses the chain, names apart; `None` when it accepts or could not judge.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.chain_verdict.as_ref()?.outcome.as_ref().err()
    }

    /// Whether the chain, names apart, leads to an anchor.
    pub fn is_trusted(&self) -> bool {
        self.chain_verdict.as_ref().is_some_and(|verdict| verdict.outcome.is_ok())
    }

    /// The server certificate of etcd's configuration that this leaf stands in for: untrusted, another one, and by a
    /// CA that neither `--cacert` nor the configuration knows. Something between ends TLS with its own certificate.
    pub fn stands_in_for(&self, facts: &Facts<'_>) -> Option<&Certificate> {
        self.stood_in_for.get_or_init(|| self.replaced(facts)).as_ref()
    }

    fn replaced(&self, facts: &Facts<'_>) -> Option<Certificate> {
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
    pub fn namesake_anchor<'f>(&self, facts: &'f Facts<'_>) -> Option<&'f Certificate> {
        let anchors = &facts.anchors.certificates;
        let namesake = |child: &Certificate| {
            anchors.iter().position(|anchor| {
                anchor.raw_subject == child.raw_issuer
                    && anchor.raw_subject != child.raw_subject
                    && !child.signed_by(anchor)
            })
        };
        let index = self.namesake.get_or_init(|| self.chain.iter().find_map(namesake));
        anchors.get((*index)?)
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
        let completes = |neighbour: &Neighbour<'_>| {
            let mut longer = self.chain.clone();
            longer.extend(neighbour.certificates.iter().cloned());
            longer.len() > self.chain.len()
                && server_verdict(&longer, &facts.anchors.certificates, facts.now(), facts.go)
                    .is_some_and(|verdict| verdict.outcome.is_ok())
        };
        let neighbours = &facts.neighbours;
        let index = self.completed_by.get_or_init(|| neighbours.iter().position(completes));
        neighbours.get((*index)?)
    }

    /// The neighbour with a CA that would verify the chain as it was sent. The certificate presented is none: given as
    /// an anchor it would vouch for itself.
    pub fn verified_by<'f, 'a>(&self, facts: &'f Facts<'a>) -> Option<&'f Neighbour<'a>> {
        let leaf = &self.leaf()?.der;
        let verifies = |neighbour: &Neighbour<'_>| {
            let may_issue =
                |certificate: &&Certificate| certificate.is_ca() && certificate.der != *leaf;
            let cas: Vec<_> = neighbour.certificates.iter().filter(may_issue).cloned().collect();
            server_verdict(&self.chain, &cas, facts.now(), facts.go)
                .is_some_and(|verdict| verdict.outcome.is_ok())
        };
        let neighbours = &facts.neighbours;
        let index = self.verified_by.get_or_init(|| neighbours.iter().position(verifies));
        neighbours.get((*index)?)
    }

    /// What rustls-webpki says of the chain, where it and Go differ, names apart; `None` where they agree, or where the
    /// chain could not be judged.
    pub fn other_verdict(&self, facts: &Facts<'_>) -> Option<&Result<(), String>> {
        let go = &self.chain_verdict.as_ref()?.outcome;
        let (leaf, intermediates) = self.chain.split_first()?;
        let other = self.second_opinion.get_or_init(|| {
            let (when, anchors) = (facts.now(), facts.anchors.certificates.as_slice());
            second_opinion(&question(leaf, intermediates, anchors, when, facts.go))
        });
        (other.is_ok() != go.is_ok()).then_some(other)
    }
}

impl Presented {
    /// The dialled host as a SAN entry would have to list it.
    pub fn dialled_name(&self) -> San {
        San::of_host(&self.dialled)
    }

    /// Whether a Go client accepts this server: chain and name.
    pub fn is_accepted(&self) -> bool {
        self.is_trusted() && self.name_verdict.is_ok()
    }
}

fn server_verdict(
    chain: &[Certificate],
    anchors: &[Certificate],
    when: time::OffsetDateTime,
    go: Go,
) -> Option<Verification> {
    let (leaf, intermediates) = chain.split_first()?;
    Some(verify(&question(leaf, intermediates, anchors, when, go)))
}

fn question<'a>(
    leaf: &'a Certificate,
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
    when: time::OffsetDateTime,
    go: Go,
) -> Question<'a> {
    let usages = &[Usage::ServerAuth];
    Question { leaf, intermediates, anchors, when, host: None, usages, go }
}
