//! What this client presents: the certificate chain of `--cert` with the key of `--key`.

use super::{Anchors, Endpoint, Facts, Material, Neighbour, Usable};
use crate::{
    observation::file::{Item, KeySeen},
    x509::{
        Certificate, Go, Place, Question, Rejection, Usage, Verification, name_display, verify,
    },
};

/// The client's own pair.
#[derive(Debug)]
pub struct Client<'a> {
    /// Whether it can be presented at all.
    pub usable: Usable,
    /// `--cert`.
    pub cert: Option<&'a str>,
    /// `--key`.
    pub key: Option<&'a str>,
    /// The certificates of `--cert` that parse, in file order.
    pub chain: Vec<Certificate>,
    /// The private key of `--key`, reduced to its public half.
    pub private_key: Option<&'a KeySeen>,
}

/// What Go makes of the client's chain, judged by the CAs at hand.
#[derive(Debug)]
pub struct ClientVerdict {
    /// Whether these are the server's own, from its `trusted-ca-file`; else they are this client's `--cacert`.
    pub by_servers_cas: bool,
    /// Why it is refused, if it is.
    pub blamed: Option<Blamed>,
}

/// A refusal, and where the certificate that it speaks of lies.
#[derive(Debug)]
pub struct Blamed {
    /// Go's reason.
    pub rejection: Rejection,
    /// The certificate to blame.
    pub culprit: Certificate,
    /// The file that holds it.
    pub file: String,
}

/// How a server turned this client away during or right after the handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// With an alert, by its RFC 8446 name.
    Alert(String),
    /// By closing without a word: what etcd does after its own checks (CRL, source address).
    Closed,
}

impl<'a> Client<'a> {
    pub(super) fn of(material: &[Material<'a>], go: Go) -> Self {
        let find = |flag: &str| material.iter().find(|material| material.flag == flag);
        let (cert, key) = (find("--cert"), find("--key"));
        let chain: Vec<_> = cert
            .into_iter()
            .filter_map(|cert| cert.file.content())
            .flat_map(|content| &content.blocks)
            .filter(|block| block.label == "CERTIFICATE")
            .filter_map(|block| match &block.item {
                Item::Certificate(der) => Certificate::parse(&der.0, go).ok(),
                _ => None,
            })
            .collect();
        let private_key = key.filter(|key| key.is_pem()).and_then(|key| key.file.key());
        let fits = match (chain.first(), private_key.and_then(|key| key.spki.as_ref())) {
            (Some(leaf), Some(spki)) => leaf.spki == spki.0,
            _ => false,
        };
        let usable = match (cert, key) {
            (None, None) => Usable::NotGiven,
            (Some(_), Some(_)) if fits && private_key.is_some_and(|key| key.unusable.is_none()) => {
                Usable::Yes
            }
            _ => Usable::No,
        };
        Self {
            usable,
            cert: cert.map(|cert| cert.given.value.as_str()),
            key: key.map(|key| key.given.value.as_str()),
            chain,
            private_key,
        }
    }

    /// The end-entity certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.chain.first()
    }

    /// Go's verdict on the client's chain against some anchors, as a server reaches it.
    pub fn verdict_against(
        &self,
        anchors: &[Certificate],
        facts: &Facts<'_>,
    ) -> Option<Verification> {
        let (leaf, intermediates) = self.chain.split_first()?;
        let (when, go) = (facts.now(), facts.go);
        Some(verify(&Question {
            leaf,
            intermediates,
            anchors,
            when,
            host: None,
            usages: &[Usage::ClientAuth],
            go,
        }))
    }

    /// The anchor that issued this chain and is younger than it: the CA was renewed with its key, and an older certificate of it is
    /// about.
    pub fn renewed_issuer<'f>(&self, anchors: &'f Anchors) -> Option<&'f Certificate> {
        let given = (anchors.usable == Usable::Yes).then_some(&anchors.certificates)?;
        given.iter().find(|anchor| {
            let issued = |child: &Certificate| {
                child.raw_issuer == anchor.raw_subject
                    && child.not_before < anchor.not_before
                    && child.signed_by(anchor)
            };
            self.chain.iter().any(issued)
        })
    }

    /// The issuer that the server would have to know: that of the topmost certificate of the chain as sent.
    pub fn topmost_issuer(&self) -> Option<&Certificate> {
        let mut top = self.chain.first()?;
        while let Some(parent) =
            self.chain.iter().find(|c| c.raw_subject == top.raw_issuer && !c.is_self_issued())
        {
            if std::ptr::eq(parent, top) {
                break;
            }
            top = parent;
        }
        Some(top)
    }

    /// Whether the server's list of acceptable CAs names the issuer of the chain as sent; `None` when the list is
    /// empty, which means "any".
    pub fn issuer_is_listed(&self, endpoint: &Endpoint<'_>) -> Option<bool> {
        let list = &endpoint.request()?.acceptable_cas;
        if list.is_empty() {
            return None;
        }
        let listed = |name: &Vec<u8>| list.iter().any(|der| der.0 == *name);
        Some(
            self.chain.iter().any(|certificate| {
                listed(&certificate.raw_issuer) || listed(&certificate.raw_subject)
            }),
        )
    }

    /// The neighbour that holds the intermediate between this chain and a CA of the server's list.
    pub fn completed_by<'f>(
        &self,
        endpoint: &Endpoint<'_>,
        facts: &'f Facts<'a>,
    ) -> Option<&'f Neighbour<'a>> {
        let list = &endpoint.request()?.acceptable_cas;
        let top = self.topmost_issuer()?;
        facts.neighbours.iter().find(|neighbour| {
            neighbour.certificates.iter().any(|issuer| {
                issuer.raw_subject == top.raw_issuer
                    && top.signed_by(issuer)
                    && !issuer.is_self_issued()
                    && list.iter().any(|der| der.0 == issuer.raw_issuer)
            })
        })
    }
}

impl Facts<'_> {
    /// Go's verdict on the client's chain by the CAs of the server's `trusted-ca-file`, or else of `--cacert`; `None` when
    /// neither is at hand, or there is no chain.
    pub fn client_verdict(&self) -> Option<&ClientVerdict> {
        self.client_verdict.get_or_init(|| self.judged_client()).as_ref()
    }

    fn judged_client(&self) -> Option<ClientVerdict> {
        let configured = self.settings.certificates(self.section().trusted_ca, self.go);
        let by_servers_cas = configured.is_some();
        let (anchors, file) = match configured.zip(self.settings.file(self.section().trusted_ca)) {
            Some((anchors, file)) => (anchors, file),
            None => (self.anchors.certificates.clone(), self.flag("--cacert")?.file),
        };
        let outcome = self.client.verdict_against(&anchors, self)?.outcome;
        let blamed = outcome.err().and_then(|rejection| {
            let own = self.client.cert?;
            let (culprit, file) = match rejection.at {
                Place::Leaf => (self.client.chain.first()?, own),
                Place::Intermediate(index) => (self.client.chain.get(index + 1)?, own),
                Place::Anchor(index) => (anchors.get(index)?, file.path.as_str()),
            };
            Some(Blamed { culprit: culprit.clone(), file: file.to_owned(), rejection })
        });
        Some(ClientVerdict { by_servers_cas, blamed })
    }
}

/// The names of the CAs that a server accepts, as Go prints names.
pub(super) fn acceptable_names(endpoint: &Endpoint<'_>) -> Vec<String> {
    endpoint
        .request()
        .map(|request| request.acceptable_cas.iter().map(|der| name_display(&der.0)).collect())
        .unwrap_or_default()
}
