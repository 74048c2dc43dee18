//! Who signed whom, and whether Go would accept it: each distinct certificate once, against the CAs of the tree.
//!
//! A CA that nothing else in the tree issued counts as trusted: what hangs below it is judged as if it were `--cacert`.

use std::collections::{HashMap, HashSet};

use super::{Authority, Certified, GO, Inventory, parallel};
use crate::x509::{Certificate, Question, Reason, Usage, verify};

/// As many CAs of one name as Go would try.
const MOST_NAMESAKES: usize = 100;

/// What a certificate is to the others of the tree.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Who signed it.
    pub signer: Signer,
    /// Whether Go accepts it with the CAs of the tree, if there is one above it and this was asked.
    pub verdict: Option<Result<(), Refused>>,
}

/// Who signed a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// It is self-signed.
    Itself,
    /// Another one of the tree, by index.
    Other(usize),
    /// One of the tree has the issuer's name, and its key did not sign.
    Namesake(usize),
    /// None of the tree.
    Unknown,
}

/// Why Go refuses a certificate.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The reason.
    pub reason: Reason,
    /// Go's words.
    pub message: Box<str>,
    /// The usage that was asked for.
    pub usage: Usage,
    /// The certificate to blame when it is another one, by index.
    pub at: Option<usize>,
}

/// The CAs above a name: those that nothing issued, and those between.
#[derive(Default)]
struct Above {
    anchors: Vec<Certificate>,
    intermediates: Vec<Certificate>,
}

impl Inventory {
    /// Finds every relation. `tell` makes something of each certificate on the way, `known` gets that in order.
    pub fn relate<T: Send>(
        &mut self,
        threads: usize,
        verifies: bool,
        tell: impl Fn(&Self, usize, &Certificate, &Relation) -> T + Sync,
        mut known: impl FnMut(T),
    ) {
        let above = if verifies { self.all_above() } else { HashMap::new() };
        let mut relations = Vec::with_capacity(self.certificates.len());
        let this: &Self = self;
        parallel::in_order(
            &this.certificates,
            threads,
            |index, kept| {
                // It was parsed before, so it parses again.
                let certificate = Certificate::read_again(&kept.der, GO).ok()?;
                let relation = this.relation(index, &certificate, verifies.then_some(&above));
                let told = tell(this, index, &certificate, &relation);
                Some((relation, told))
            },
            |done| {
                let (relation, told) = done.unzip();
                relations.push(relation);
                told.into_iter().for_each(&mut known);
            },
        );
        for (certificate, relation) in self.certificates.iter_mut().zip(relations) {
            certificate.relation = relation;
        }
    }

    fn relation(
        &self,
        index: usize,
        certificate: &Certificate,
        above: Option<&HashMap<&[u8], Above>>,
    ) -> Relation {
        match above {
            Some(above) => Relation {
                signer: self.signer(index, certificate),
                verdict: self.verdict(certificate, above),
            },
            None => Relation { signer: self.probable_signer(index, certificate), verdict: None },
        }
    }

    /// Whose key made the signature.
    fn signer(&self, index: usize, child: &Certificate) -> Signer {
        let namesakes = self.namesakes(child);
        let signed = namesakes.iter().find(|one| child.signed_by(&one.certificate));
        match (signed, namesakes.first()) {
            (Some(one), _) if self.is_same(one, index) => Signer::Itself,
            (Some(one), _) => Signer::Other(one.index),
            (None, _) if child.is_self_signed() => Signer::Itself,
            (None, Some(one)) if one.index != index => Signer::Namesake(one.index),
            (None, _) => Signer::Unknown,
        }
    }

    /// Who has the issuer's name and, as far as they are written, its key identifier.
    fn probable_signer(&self, index: usize, child: &Certificate) -> Signer {
        let fits =
            |one: &&&Authority| match (&child.authority_key_id, &one.certificate.subject_key_id) {
                (Some(wanted), Some(offered)) => wanted == offered,
                _ => true,
            };
        match self.namesakes(child).iter().find(fits) {
            Some(one) if self.is_same(one, index) => Signer::Itself,
            Some(one) => Signer::Other(one.index),
            None if child.is_self_issued() => Signer::Itself,
            None => Signer::Unknown,
        }
    }

    /// A CA that was renewed with its key is the same CA.
    fn is_same(&self, authority: &Authority, index: usize) -> bool {
        let (one, other) = (&self.certificates[authority.index], &self.certificates[index]);
        authority.index == index
            || one.public_key == other.public_key && one.subject == other.subject
    }

    /// The CAs that have the name of a certificate's issuer: first those of its key identifier, then the valid ones.
    fn namesakes(&self, child: &Certificate) -> Vec<&Authority> {
        let named = self.named.get(&child.raw_issuer).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<_> = named.iter().map(|&at| &self.authorities[at]).collect();
        found.sort_by_key(|one| {
            let ca = &one.certificate;
            let fits = child.authority_key_id == ca.subject_key_id;
            (!fits, !(ca.not_before..=ca.not_after).contains(&self.when))
        });
        found.truncate(MOST_NAMESAKES);
        found
    }

    /// For each name, the CAs that have it and all above them.
    fn all_above(&self) -> HashMap<&[u8], Above> {
        let tops: HashSet<usize> = self
            .authorities
            .iter()
            .filter(|one| !matches!(self.signer(one.index, &one.certificate), Signer::Other(_)))
            .map(|one| one.index)
            .collect();
        self.named.keys().map(|name| (name.as_slice(), self.above(name, &tops))).collect()
    }

    fn above(&self, name: &[u8], tops: &HashSet<usize>) -> Above {
        let mut above = Above::default();
        let mut open = vec![name];
        let mut known = HashSet::new();
        while let Some(name) = open.pop() {
            if !known.insert(name) {
                continue;
            }
            let named = self.named.get(name).map(Vec::as_slice).unwrap_or_default();
            for one in named.iter().take(MOST_NAMESAKES).map(|&at| &self.authorities[at]) {
                let list = if tops.contains(&one.index) {
                    &mut above.anchors
                } else {
                    open.push(&one.certificate.raw_issuer);
                    &mut above.intermediates
                };
                list.push(one.certificate.clone());
            }
        }
        above
    }

    /// What Go says to a certificate in each of its usages; the first refusal counts.
    fn verdict(
        &self,
        leaf: &Certificate,
        above: &HashMap<&[u8], Above>,
    ) -> Option<Result<(), Refused>> {
        let Above { anchors, intermediates } = above.get(leaf.raw_issuer.as_slice())?;
        let ask = |usage: Usage| {
            let (when, host, usages, go) = (self.when, None, &[usage][..], GO);
            let question = Question { leaf, intermediates, anchors, when, host, usages, go };
            verify(&question).outcome.map_err(|rejection| (usage, rejection))
        };
        let own = |usage: &Usage| !leaf.is_ca() && leaf.allows(*usage);
        let mut usages: Vec<_> =
            [Usage::ServerAuth, Usage::ClientAuth].into_iter().filter(own).collect();
        if usages.is_empty() {
            usages.push(Usage::Any);
        }
        let judged = usages.into_iter().try_for_each(ask);
        Some(judged.map_err(|(usage, rejection)| Refused {
            reason: rejection.reason,
            usage,
            at: match rejection.at {
                crate::x509::Place::Leaf => None,
                crate::x509::Place::Intermediate(at) => self.index_of(&intermediates[at]),
                crate::x509::Place::Anchor(at) => self.index_of(&anchors[at]),
            },
            message: rejection.message.into(),
        }))
    }

    fn index_of(&self, authority: &Certificate) -> Option<usize> {
        let found = self.authorities.iter().find(|one| one.certificate.der == authority.der);
        found.map(|one| one.index)
    }

    /// The certificates that a certificate signed, by index.
    pub fn signed_by_each(&self) -> Vec<Vec<usize>> {
        let mut signed = vec![Vec::new(); self.certificates.len()];
        for (index, certificate) in self.certificates.iter().enumerate() {
            if let Some(Signer::Other(issuer)) = signer_of(certificate) {
                signed[issuer].push(index);
            }
        }
        signed
    }
}

/// Who signed a certificate, once that is known.
fn signer_of(certificate: &Certified) -> Option<Signer> {
    certificate.relation.as_ref().map(|relation| relation.signer)
}

/// A certificate in the order in which trees of issuers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Which certificate.
    pub index: usize,
    /// How many issuers of the tree are above it.
    pub depth: usize,
    /// Whether nothing that the same issuer signed comes after it.
    pub is_last: bool,
}

impl Inventory {
    /// All certificates, each below its issuer.
    pub fn rows(&self) -> Vec<Row> {
        let signed = self.signed_by_each();
        let is_below = |one: &Certified| matches!(signer_of(one), Some(Signer::Other(_)));
        let tops =
            (0..self.certificates.len()).filter(|&index| !is_below(&self.certificates[index]));
        // CAs that signed each other in a circle are below each other: the first of them is drawn on top.
        let all = tops.chain(0..self.certificates.len());
        let mut drawn = vec![false; self.certificates.len()];
        let mut rows = Vec::with_capacity(self.certificates.len());
        for top in all {
            let mut left = vec![Row { index: top, depth: 0, is_last: true }];
            while let Some(row) = left.pop() {
                if std::mem::replace(&mut drawn[row.index], true) {
                    continue;
                }
                rows.push(row);
                let below = signed[row.index].iter().rev().enumerate();
                left.extend(below.map(|(position, &index)| Row {
                    index,
                    depth: row.depth + 1,
                    is_last: position == 0,
                }));
            }
        }
        rows
    }
}
