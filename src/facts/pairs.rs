//! Which file at hand holds which certificate, the key that fits it, or a CA that could issue it again.

use super::{ClientFault, Endpoint, Facts, Neighbour, Settings, is_accepted_at};
use crate::{
    observation::FileSeen,
    x509::{Certificate, Usage},
};

/// A certificate and its private key, by path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The file that holds the certificate.
    pub cert: &'a str,
    /// The file that holds its key.
    pub key: &'a str,
}

impl<'a> Facts<'a> {
    /// Every file at hand: the given ones, those that the configuration names, those beside them.
    pub fn files(&self) -> impl Iterator<Item = &'a FileSeen> {
        self.observation.files.iter().chain(&self.observation.neighbours)
    }

    /// The file whose first certificate is this one.
    pub fn file_of(&self, certificate: &Certificate) -> Option<&'a FileSeen> {
        self.files()
            .find(|file| file.certificates().next().is_some_and(|der| der.0 == certificate.der))
    }

    /// The file that holds this certificate and nothing else, with its key, when both are at hand.
    pub fn pair_of(&self, certificate: &Certificate) -> Option<Pair<'a>> {
        let file = self.file_of(certificate)?;
        let alone = file.content().is_some_and(|content| content.blocks.len() == 1);
        let key = alone.then(|| self.key_of(certificate)).flatten()?;
        Some(Pair { cert: &file.path, key })
    }

    /// The CA that issued a certificate, when it is valid and its key is at hand too.
    pub fn authority_of(&self, certificate: &Certificate) -> Option<Pair<'a>> {
        let issuer = |ca: &Certificate| certificate.signed_by(ca);
        self.authority(&certificate.raw_issuer, issuer)
    }

    /// A CA that a server accepts clients of, when its key is at hand; not the one that issued a certificate which was not trusted.
    pub fn accepted_authority(&self, endpoint: &Endpoint<'_>) -> Option<Pair<'a>> {
        let trusted = self.trusted_by(endpoint);
        let distrusted = endpoint.client_fault(self) == Some(ClientFault::Untrusted);
        let accepts = |ca: &Certificate| {
            !is_namesake(ca, endpoint)
                && trusted
                    .as_ref()
                    .is_none_or(|trusted| trusted.iter().any(|known| known.der == ca.der))
                && !(distrusted && self.client.chain.iter().any(|sent| sent.signed_by(ca)))
        };
        let listed = &endpoint.request()?.acceptable_cas;
        listed.iter().find_map(|name| self.authority(&name.0, accepts))
    }

    /// The CAs by which a server judges its clients, as far as its settings and their file are at hand.
    fn trusted_by(&self, endpoint: &Endpoint<'_>) -> Option<Vec<Certificate>> {
        self.server_of(endpoint)?.certificates(self.section().trusted_ca, self.go)
    }

    /// Every certificate at hand that bears a CA's name as its issuer and was signed with another key: its file, and its key's.
    pub fn issued_by_namesake(&self, ca: &Certificate) -> Vec<(&'a str, Option<&'a str>)> {
        let first = |file: &'a FileSeen| {
            let der = file.certificates().next()?;
            Some((file, Certificate::parse(&der.0, self.go).ok()?))
        };
        let signed_before = |(_, leaf): &(&FileSeen, Certificate)| {
            leaf.raw_issuer == ca.raw_subject && !leaf.is_self_issued() && !leaf.signed_by(ca)
        };
        let old = self.files().filter_map(first).filter(signed_before);
        old.map(|(file, leaf)| (file.path.as_str(), self.key_of(&leaf))).collect()
    }

    /// The CA in a file, when it is valid and its key is at hand too.
    pub fn authority_in(&self, file: &FileSeen) -> Option<Pair<'a>> {
        let der = file.certificates().next()?;
        let ca = Certificate::parse(&der.0, self.go).ok()?;
        self.authority(&ca.raw_subject, |known| known.der == ca.der)
    }

    /// Another pair beside the given one that a server accepts, judged by its list of CAs and those of them at hand.
    /// One for clients alone comes before one that a server uses too.
    pub fn spare_pair(&self, endpoint: &Endpoint<'_>) -> Option<Pair<'a>> {
        let listed: Vec<_> = endpoint.request()?.acceptable_cas.iter().map(|der| &der.0).collect();
        let anchors = self.trusted_by(endpoint).unwrap_or_else(|| {
            let near = self.neighbours.iter().flat_map(|neighbour| &neighbour.certificates);
            let known = self.anchors.certificates.iter().chain(near);
            known
                .filter(|ca| ca.is_ca() && listed.contains(&&ca.raw_subject))
                .filter(|ca| !is_namesake(ca, endpoint))
                .cloned()
                .collect()
        });
        self.accepted_pair(&anchors, &listed, self.viewed_process())
    }

    /// The pair at hand that suits a configured client best, judged by the CA that its etcd trusts.
    pub fn pair_for(&self, client: &Settings<'a>) -> Option<Pair<'a>> {
        let anchors = self.settings.certificates(self.section().trusted_ca, self.go)?;
        self.accepted_pair(&anchors, &[], Some(client))
    }

    /// The best pair that the server's CAs accept: one that is made for the client by its name, then one for clients alone.
    fn accepted_pair(
        &self,
        anchors: &[Certificate],
        listed: &[&Vec<u8>],
        client: Option<&Settings<'a>>,
    ) -> Option<Pair<'a>> {
        let fits = |neighbour: &&Neighbour<'a>| {
            let chain = &neighbour.certificates;
            let Some(leaf) = chain.first() else { return false };
            if leaf.is_ca() || self.is_revoked(leaf) {
                return false;
            }
            if anchors.is_empty() {
                return listed.contains(&&leaf.raw_issuer)
                    && leaf.allows(Usage::ClientAuth)
                    && self.is_valid_now(leaf);
            }
            is_accepted_at(chain, anchors, Usage::ClientAuth, (self.now(), self.go))
        };
        let is_seen = |path: &str| {
            let pair = client.and_then(|client| client.get(client.client_pair()?.urls));
            pair.is_none_or(|(config, _)| config.inside(path).is_some())
        };
        let mut pairs: Vec<(bool, bool, Pair<'a>)> = self
            .neighbours
            .iter()
            .filter(fits)
            .filter_map(|neighbour| {
                let leaf = neighbour.certificates.first()?;
                let key = self.key_of(leaf)?;
                let name = leaf.common_name().unwrap_or_default();
                let is_its_own = client.is_some_and(|client| name.contains(client.program.name()));
                let serves = leaf.allows(Usage::ServerAuth);
                Some((!is_its_own, serves, Pair { cert: neighbour.file.path.as_str(), key }))
            })
            .filter(|(_, _, pair)| is_seen(pair.cert) && is_seen(pair.key))
            .collect();
        pairs.sort_by_key(|(other, serves, _)| (*other, *serves));
        pairs.first().map(|(_, _, pair)| *pair)
    }

    /// Whether the local clock lies within a certificate's validity.
    pub fn is_valid_now(&self, certificate: &Certificate) -> bool {
        (certificate.not_before..=certificate.not_after).contains(&self.now())
    }

    fn authority(&self, name: &[u8], fits: impl Fn(&Certificate) -> bool) -> Option<Pair<'a>> {
        let parsed = |file: &'a FileSeen| {
            let der = file.certificates().next()?;
            Some((file, Certificate::parse(&der.0, self.go).ok()?))
        };
        self.files().filter_map(parsed).find_map(|(file, ca)| {
            let issues = ca.raw_subject == name && ca.is_ca() && self.is_valid_now(&ca);
            let key = (issues && fits(&ca)).then(|| self.key_of(&ca)).flatten()?;
            Some(Pair { cert: &file.path, key })
        })
    }

    /// The file that holds the private key of a certificate in a form that Go's TLS uses.
    pub fn key_of(&self, certificate: &Certificate) -> Option<&'a str> {
        let fits = |file: &&FileSeen| {
            let key = file.key().filter(|key| file.is_pem() && key.unusable.is_none());
            key.and_then(|key| key.spki.as_ref()).is_some_and(|spki| spki.0 == certificate.spki)
        };
        self.files().find(fits).map(|file| file.path.as_str())
    }

    /// A client's pair at hand with this common name.
    pub fn pair_named(&self, name: &str) -> Option<Pair<'a>> {
        let first =
            |file: &FileSeen| Certificate::parse(&file.certificates().next()?.0, self.go).ok();
        self.files().find_map(|file| {
            let leaf = first(file).filter(|leaf| leaf.common_name().as_deref() == Some(name))?;
            let usable =
                !leaf.is_ca() && leaf.allows(Usage::ClientAuth) && self.is_valid_now(&leaf);
            let key = usable.then(|| self.key_of(&leaf)).flatten()?;
            Some(Pair { cert: &file.path, key })
        })
    }

    /// Whether a file's key belongs to a certificate at hand.
    pub fn is_owned(&self, key: &FileSeen) -> bool {
        let Some(spki) = key.key().and_then(|key| key.spki.as_ref()) else { return false };
        self.certificate_of(&spki.0).is_some()
    }

    /// The file whose first certificate belongs to a key, other than the one that this client gives.
    pub fn certificate_of(&self, spki: &[u8]) -> Option<&'a str> {
        let others = self.files().filter(|file| self.client.cert != Some(&file.path));
        let first =
            |file: &FileSeen| Certificate::parse(&file.certificates().next()?.0, self.go).ok();
        let mut pem = others.filter(|file| file.is_pem());
        pem.find(|file| first(file).is_some_and(|first| first.spki == spki))
            .map(|file| file.path.as_str())
    }

    fn is_revoked(&self, certificate: &Certificate) -> bool {
        self.settings.crl(self.section().crl).is_some_and(|crl| crl.revokes(certificate))
    }
}

/// Whether a CA only has the name of the one that issued what a server presents.
fn is_namesake(ca: &Certificate, endpoint: &Endpoint<'_>) -> bool {
    let chain = endpoint.presented.as_ref().map(|seen| seen.chain.as_slice());
    let mut named = chain.unwrap_or_default().iter().filter(|one| one.raw_issuer == ca.raw_subject);
    named.any(|one| !one.signed_by(ca))
}
