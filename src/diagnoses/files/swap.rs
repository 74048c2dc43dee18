//! Files given to each other's flags: certificate and key exchanged, or the client's certificate given as the CA.

use crate::{
    diagnoses::engine::Fix,
    etcd::FilePair,
    facts::{
        Certificate, Facts, Material, Named,
        file::{FileSeen, Item},
    },
};

/// Two flags whose files are exchanged: the first is the one to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Swap {
    CertAndKey,
    CertAndCacert,
}

impl Swap {
    pub(super) fn of(facts: &Facts<'_>) -> Option<Self> {
        let file = |flag| facts.flag(flag).map(|material: &Material<'_>| material.file);
        let (cert, key) = (file("--cert")?, file("--key")?);
        if holds_only_a_key(cert) && holds_only_certificates(key) {
            return Some(Self::CertAndKey);
        }
        let spki = &facts.client.private_key?.spki.as_ref()?.0;
        let mut pool = file("--cacert")?.certificates();
        let given_as_ca = pool.find_map(|der| Certificate::parse(&der.0, facts.go).ok())?;
        let given_as_cert = facts.client.leaf()?;
        let swapped = given_as_ca.spki == *spki && given_as_cert.spki != *spki;
        (swapped && given_as_cert.is_ca()).then_some(Self::CertAndCacert)
    }

    /// The flags that exchange their files.
    pub(super) fn flags(self) -> [&'static str; 2] {
        match self {
            Self::CertAndKey => ["--cert", "--key"],
            Self::CertAndCacert => ["--cert", "--cacert"],
        }
    }

    /// The check with the files where they belong.
    pub(super) fn corrected(self, facts: &Facts<'_>) -> Option<Fix> {
        let [one, other] = self.flags();
        let path = |flag| Some(facts.flag(flag)?.given.value.as_str());
        Some(Fix::check(facts, &[(one, path(other)?), (other, path(one)?)]))
    }
}

/// Whether a flag's file belongs to another flag.
pub(super) fn is_involved(flag: &str, facts: &Facts<'_>) -> bool {
    Swap::of(facts).is_some_and(|swap| swap.flags().contains(&flag))
}

/// The other file of a configured pair, where each holds what the other's setting needs.
pub(super) fn partner<'f, 'a>(named: &Named<'f, 'a>) -> Option<Named<'f, 'a>> {
    let mut pairs = FilePair::ALL.into_iter().filter(|p| p.program == named.process.program);
    let pair = pairs.find(|pair| pair.has(&named.setting.name))?;
    let (cert, key) = (named.process.named(pair.certificate)?, named.process.named(pair.key)?);
    let swapped = holds_only_a_key(cert.file) && holds_only_certificates(key.file);
    let other = if named.setting.name == pair.key { cert } else { key };
    swapped.then_some(other)
}

fn holds_only_a_key(file: &FileSeen) -> bool {
    file.key().is_some() && file.certificates().next().is_none()
}

fn holds_only_certificates(file: &FileSeen) -> bool {
    let blocks = file.content().map(|content| content.blocks.as_slice()).unwrap_or_default();
    let certificate = |item: &Item| matches!(item, Item::Certificate(_));
    file.key().is_none() && blocks.iter().any(|block| certificate(&block.item))
}
