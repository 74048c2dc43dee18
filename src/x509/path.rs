//! The search for chains: Go's `Verify` and `buildChains` (`crypto/x509/verify.go`), recording every path it tries.
//!
//! The search is exhaustive and bounded by 100 signature checks; what it reports when nothing fits is Go's, oddities
//! included: the last candidate that was rightly signed, or else the first that was not.

use super::candidate;
use super::certificate::Certificate;
use super::finished_chain;
use super::pool::{Link, Pool};
use super::public_key::PublicKey;
use super::rejection::{Place, Reason, Rejection};
use super::usage::Usage;
use super::{Path, Question, Verification, policy_graph};
use crate::message::{Value, VerdictMessage};

/// Go's `maxChainSignatureChecks`.
const MAX_SIGNATURE_CHECKS: usize = 100;

/// Judges a certificate as that Go would, and says which paths were tried.
pub fn verify(question: &Question<'_>) -> Verification {
    let mut search = Search::new(question);
    let outcome = search.run();
    Verification { outcome, paths: search.paths }
}

struct Search<'a> {
    question: &'a Question<'a>,
    anchors: Pool<'a>,
    intermediates: Pool<'a>,
    chain: Vec<Link<'a>>,
    checks: usize,
    limit_is_recorded: bool,
    /// Complete chains, and which of `paths` each one is.
    complete: Vec<(usize, Vec<Link<'a>>)>,
    paths: Vec<Path>,
}

impl<'a> Search<'a> {
    fn new(question: &'a Question<'a>) -> Self {
        Self {
            question,
            anchors: Pool::new(question.anchors, Place::Anchor),
            intermediates: Pool::new(question.intermediates, Place::Intermediate),
            chain: vec![(Place::Leaf, question.leaf)],
            checks: 0,
            limit_is_recorded: false,
            complete: Vec::new(),
            paths: Vec::new(),
        }
    }

    fn run(&mut self) -> Result<(), Rejection> {
        let (question, leaf) = (self.question, self.question.leaf);
        let by_itself =
            candidate::check_leaf(leaf, question.when).and_then(|()| match question.host {
                Some(host) if !host.is_empty() => leaf.verify_host(host, question.go),
                _ => Ok(()),
            });
        if let Err(rejection) = by_itself {
            self.record(None, Err(rejection.clone()));
            return Err(rejection);
        }
        if self.anchors.contains(leaf) {
            self.complete.push((0, self.chain.clone()));
            self.record(None, Ok(()));
        } else {
            self.extend()?;
        }
        self.filter_complete()
    }

    /// Tries every issuer of the last link; the error is the one Go ends up with.
    fn extend(&mut self) -> Result<(), Rejection> {
        let Some(&(place, child)) = self.chain.last() else { return Ok(()) };
        let known = self.complete.len();
        let (mut error, mut hint) = (None, None);
        let mut tried = false;
        let anchors = self.anchors.issuers_of(child);
        let intermediates = self.intermediates.issuers_of(child);
        for link in anchors.into_iter().chain(intermediates) {
            if self.is_passed_over(link.1) {
                continue;
            }
            tried = true;
            self.checks += 1;
            if self.checks > MAX_SIGNATURE_CHECKS {
                // Whatever follows would meet the same limit.
                error = Some(self.limit_reached(link));
                break;
            }
            if let Err(rejection) = child.check_signature_from(link.1, self.question.go) {
                let rejection = rejection.at(link.0);
                hint.get_or_insert_with(|| (link.1, rejection.clone()));
                self.record(Some(link), Err(rejection));
                continue;
            }
            error = self.try_issuer(link).err();
        }
        if !tried {
            let unknown = unknown_authority(place, child);
            self.record(None, Err(unknown));
        }
        if self.complete.len() > known {
            return Ok(());
        }
        Err(error.unwrap_or_else(|| match hint {
            Some((candidate, rejection)) => hinted(candidate, &rejection),
            None => unknown_authority(place, child),
        }))
    }

    /// Checks a candidate whose signature is good, and goes on from it unless it is an anchor.
    fn try_issuer(&mut self, link: Link<'a>) -> Result<(), Rejection> {
        if let Err(rejection) = candidate::check_issuer(link, &self.chain, self.question) {
            self.record(Some(link), Err(rejection.clone()));
            return Err(rejection);
        }
        if let Place::Anchor(_) = link.0 {
            let mut chain = self.chain.clone();
            chain.push(link);
            self.complete.push((self.paths.len(), chain));
            self.record(Some(link), Ok(()));
            return Ok(());
        }
        if self.checks >= MAX_SIGNATURE_CHECKS && self.question.go.stops_when_budget_is_spent() {
            return Err(self.limit_reached(link));
        }
        self.chain.push(link);
        let extended = self.extend();
        self.chain.pop();
        extended
    }

    /// Keys that Go has no type for, and certificates that are on the chain already in all but validity.
    fn is_passed_over(&self, candidate: &Certificate) -> bool {
        if matches!(candidate.public_key, PublicKey::Unknown { .. })
            && self.question.go.passes_over_unknown_keys()
        {
            return true;
        }
        for (_, link) in &self.chain {
            let names = (candidate.san_bytes(), link.san_bytes());
            if matches!(names, (Some(one), Some(other)) if one != other) {
                continue;
            }
            let is_like = link.raw_subject == candidate.raw_subject
                && link.public_key == candidate.public_key
                && candidate.public_key != PublicKey::Dsa;
            if is_like {
                // Where one of them alone has a SAN, Go stops looking, even if a later link would match.
                return names.0.is_some() == names.1.is_some();
            }
        }
        false
    }

    fn limit_reached(&mut self, link: Link<'a>) -> Rejection {
        let message =
            "x509: signature check attempts limit reached while verifying certificate chain";
        let rejection = Rejection::new(Reason::SignatureLimit, link.0, message).expecting(
            VerdictMessage::Candidates { limit: MAX_SIGNATURE_CHECKS.into() },
            VerdictMessage::More,
        );
        // One path is enough to show it.
        if !std::mem::replace(&mut self.limit_is_recorded, true) {
            self.record(Some(link), Err(rejection.clone()));
        }
        rejection
    }

    fn record(&mut self, candidate: Option<Link<'a>>, end: Result<(), Rejection>) {
        let links = self.chain.iter().chain(candidate.iter()).map(|(place, _)| *place).collect();
        self.paths.push(Path { links, end });
    }

    /// Policies, usage and, since Go 1.26, name constraints: one chain that passes all is enough.
    fn filter_complete(&mut self) -> Result<(), Rejection> {
        let go = self.question.go;
        let mut chains = std::mem::take(&mut self.complete);
        let found = chains.len();
        if go.checks_policies() {
            self.keep(&mut chains, |chain| {
                let certificates: Vec<&Certificate> =
                    chain.iter().map(|(_, certificate)| *certificate).collect();
                let message =
                    "x509: no valid chains built: all candidate chains have invalid policies";
                let refused = Rejection::new(Reason::InvalidPolicies, chain[0].0, message);
                if policy_graph::are_valid(&certificates) { Ok(()) } else { Err(refused) }
            })?;
        }
        let without_policies = found - chains.len();
        let usable = chains.len();
        self.keep(&mut chains, |chain| check_usage(chain, self.question)).map_err(|refused| {
            if without_policies == 0 {
                return refused;
            }
            let message = format!(
                "x509: no valid chains built: {usable} chains with incompatible key usage, \
                 {without_policies} chains with invalid policies"
            );
            Rejection { reason: Reason::InvalidPolicies, message, ..refused }
        })?;
        if go.constrains_finished_chains() {
            self.keep(&mut chains, |chain| check_constraints(chain, self.question))?;
        }
        Ok(())
    }

    /// Drops the chains that fail, noting why on their paths; an error only if none is left.
    fn keep(
        &mut self,
        chains: &mut Vec<(usize, Vec<Link<'a>>)>,
        check: impl Fn(&[Link<'a>]) -> Result<(), Rejection>,
    ) -> Result<(), Rejection> {
        let mut first = None;
        chains.retain(|(path, chain)| match check(chain) {
            Ok(()) => true,
            Err(rejection) => {
                first.get_or_insert_with(|| rejection.clone());
                if let Some(path) = self.paths.get_mut(*path) {
                    path.end = Err(rejection);
                }
                false
            }
        });
        match first {
            Some(rejection) if chains.is_empty() => Err(rejection),
            _ => Ok(()),
        }
    }
}

fn check_usage(chain: &[Link<'_>], question: &Question<'_>) -> Result<(), Rejection> {
    let certificates: Vec<&Certificate> =
        chain.iter().map(|(_, certificate)| *certificate).collect();
    let Some(index) = usage_refusal(&certificates, question.usages) else { return Ok(()) };
    let usages = if question.usages.is_empty() { &[Usage::ServerAuth] } else { question.usages };
    let wanted = match usages {
        [one, other] => {
            VerdictMessage::EitherUsage { one: one.name().into(), other: other.name().into() }
                .into()
        }
        [one] => one.name().into(),
        usages => Value::list(usages.iter().map(|usage| usage.name())),
    };
    let (place, certificate) = chain[index];
    let message = "x509: certificate specifies an incompatible key usage";
    let refused = Rejection::new(Reason::IncompatibleUsage, place, message);
    Err(refused.expecting(wanted, Value::list(certificate.extended_key_usage_display())))
}

fn check_constraints(chain: &[Link<'_>], question: &Question<'_>) -> Result<(), Rejection> {
    let certificates: Vec<&Certificate> =
        chain.iter().map(|(_, certificate)| *certificate).collect();
    finished_chain::check(&certificates, question.go).map_err(|(issuer, message)| {
        let presented = certificates[..issuer].iter().flat_map(|below| below.names_display());
        let allowed = certificates[issuer]
            .name_constraints
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        Rejection::new(Reason::NameConstraints, chain[issuer].0, message)
            .expecting(allowed, Value::list(presented))
    })
}

fn unknown_authority(place: Place, child: &Certificate) -> Rejection {
    Rejection::new(Reason::UnknownAuthority, place, "x509: certificate signed by unknown authority")
        .expecting(
            VerdictMessage::CertificateOf { subject: child.issuer().into() },
            VerdictMessage::None,
        )
}

/// Go's `UnknownAuthorityError` with the first candidate that was not good enough.
fn hinted(candidate: &Certificate, rejection: &Rejection) -> Rejection {
    let message = format!(
        "x509: certificate signed by unknown authority (possibly because of {} while trying to verify candidate \
         authority certificate {})",
        super::quote::quoted(rejection.message.as_bytes()),
        super::quote::quoted(candidate.hint_name().as_bytes())
    );
    Rejection { message, ..rejection.clone() }
}

/// The index of the certificate that leaves none of `wanted`, walking from the anchor to the leaf.
fn usage_refusal(chain: &[&Certificate], wanted: &[Usage]) -> Option<usize> {
    if wanted.contains(&Usage::Any) {
        return None;
    }
    let mut remaining = if wanted.is_empty() { vec![Usage::ServerAuth] } else { wanted.to_vec() };
    chain.iter().enumerate().rev().find_map(|(index, certificate)| {
        remaining.retain(|&usage| certificate.allows(usage));
        remaining.is_empty().then_some(index)
    })
}
