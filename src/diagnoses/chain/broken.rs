//! A chain that Go refuses, with the one flaw that the rooms of this group compare with.
//!
//! What is wrong with the end-entity certificate itself (dates, names, usage) belongs to `server` and `client`. Of a
//! chain without a known CA the order is: a CA made anew, a self-signed server, a missing intermediate, a better
//! file near by, and only then an unknown authority.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Side},
    etcd::ListenerOptions,
    facts::{
        Certificate, ClientFault, Endpoint, Facts, Place, Presented, Reason, Rejection, Skew,
        Subject, Usable,
    },
    message::{Label, Value},
};

/// What breaks a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::diagnoses) enum Flaw {
    CaExpired,
    CaNotYetValid,
    BasicConstraints,
    KeyUsage,
    PathLength,
    NameConstraint,
    WeakSignature,
    WeakKey,
    CriticalExtension,
    CaRegenerated,
    SelfSignedLeaf,
    MissingIntermediate,
    WrongCaFile,
    UnknownAuthority,
    /// A member's chain that is not of the CA that the members share.
    PeerAuthority,
    /// Refused for a reason without a room of its own.
    Other,
}

/// Who presented the chain.
#[derive(Debug, Clone, Copy)]
pub(in crate::diagnoses) enum Presenter<'f> {
    Server(&'f Presented),
    /// This client, from the file of `--cert`.
    Client(&'f str),
}

/// A refused chain.
pub(in crate::diagnoses) struct Broken<'f, 'a> {
    pub(in crate::diagnoses) facts: &'f Facts<'a>,
    pub(in crate::diagnoses) endpoint: &'f Endpoint<'a>,
    pub(in crate::diagnoses) presenter: Presenter<'f>,
    /// The certificate to blame, or the one whose issuer is not known.
    pub(in crate::diagnoses) culprit: Certificate,
    /// The local file that holds it, if one does.
    pub(in crate::diagnoses) file: Option<&'f str>,
    pub(in crate::diagnoses) rejection: Option<Rejection>,
}

/// The chains that break in this way.
pub(in crate::diagnoses) fn found<'f, 'a>(facts: &'f Facts<'a>, flaw: Flaw) -> Vec<Broken<'f, 'a>> {
    let broken = |endpoint| [served(endpoint, facts, flaw), own(endpoint, facts, flaw)];
    facts.endpoints.iter().flat_map(broken).flatten().collect()
}

/// The server's chain, as this client judges it, if it has this flaw.
fn served<'f, 'a>(
    endpoint: &'f Endpoint<'a>,
    facts: &'f Facts<'a>,
    flaw: Flaw,
) -> Option<Broken<'f, 'a>> {
    let presented = endpoint.presented.as_ref()?;
    let rejection = presented.rejection().filter(|_| !endpoint.is_auto_tls(facts))?;
    let culprit = presented.at(&facts.anchors, rejection.at)?;
    let found = match rejection.reason {
        Reason::UnknownAuthority | Reason::BadSignature => unknown(presented, facts)?,
        Reason::IncompatibleUsage => return None,
        _ => named(rejection, culprit, facts)?,
    };
    if found != flaw {
        return None;
    }
    let is_anchor = matches!(rejection.at, Place::Anchor(_));
    let file = facts.flag("--cacert").filter(|_| is_anchor).map(|cacert| cacert.file.path.as_str());
    Some(Broken {
        facts,
        endpoint,
        presenter: Presenter::Server(presented),
        culprit: culprit.clone(),
        file,
        rejection: Some(rejection.clone()),
    })
}

/// This client's chain, as the server judges it, as far as that can be said from here, if it has this flaw.
fn own<'f, 'a>(
    endpoint: &'f Endpoint<'a>,
    facts: &'f Facts<'a>,
    flaw: Flaw,
) -> Option<Broken<'f, 'a>> {
    let client = &facts.client;
    let cert = client.cert?;
    let with = |found, culprit: &Certificate, file, rejection: Option<&Rejection>| {
        let (culprit, rejection) = (culprit.clone(), rejection.cloned());
        let presenter = Presenter::Client(cert);
        let broken = Broken { facts, endpoint, presenter, culprit, file: Some(file), rejection };
        (found == flaw).then_some(broken)
    };
    match endpoint.client_fault(facts)? {
        ClientFault::WeakSignature => with(Flaw::WeakSignature, client.leaf()?, cert, None),
        ClientFault::MissingIntermediate => {
            with(Flaw::MissingIntermediate, client.topmost_issuer()?, cert, None)
        }
        ClientFault::Chain(_) => {
            let blamed = facts.client_verdict()?.blamed.as_ref()?;
            let found = named(&blamed.rejection, &blamed.culprit, facts)?;
            with(found, &blamed.culprit, &blamed.file, Some(&blamed.rejection))
        }
        _ => None,
    }
}

/// The flaw that a reason names by itself.
fn named(rejection: &Rejection, culprit: &Certificate, facts: &Facts<'_>) -> Option<Flaw> {
    let from_the_future = || matches!(facts.skew(), Some(Skew::AllFromTheFuture(_)));
    Some(match rejection.reason {
        Reason::Expired | Reason::NotYetValid if rejection.at == Place::Leaf => return None,
        Reason::NotYetValid if from_the_future() => return None,
        Reason::Expired => Flaw::CaExpired,
        Reason::NotYetValid => Flaw::CaNotYetValid,
        Reason::NotACa if culprit.is_ca() => Flaw::KeyUsage,
        Reason::NotACa => Flaw::BasicConstraints,
        Reason::TooManyIntermediates => Flaw::PathLength,
        Reason::NameConstraints => Flaw::NameConstraint,
        Reason::InsecureAlgorithm => Flaw::WeakSignature,
        Reason::WeakKey => Flaw::WeakKey,
        Reason::UnhandledCriticalExtension => Flaw::CriticalExtension,
        _ => Flaw::Other,
    })
}

/// Why no anchor is above a chain; `None` where another group says it.
fn unknown(presented: &Presented, facts: &Facts<'_>) -> Option<Flaw> {
    let given = facts.anchors.usable == Usable::Yes;
    // A proxy in between explains it: `intercepting-proxy`.
    if presented.stands_in_for(facts).is_some() {
        return None;
    }
    // Anchors that may sign nothing explain every unknown authority: `cacert-not-a-ca`.
    if given && !facts.anchors.hold_a_ca() {
        return None;
    }
    Some(if facts.among_peers() && presented.completed_by(facts).is_none() {
        Flaw::PeerAuthority
    } else if presented.namesake_anchor(facts).is_some() {
        Flaw::CaRegenerated
    } else if presented.leaf()?.is_self_signed() {
        Flaw::SelfSignedLeaf
    } else if presented.completed_by(facts).is_some() {
        Flaw::MissingIntermediate
    } else if given && presented.verified_by(facts).is_some() {
        Flaw::WrongCaFile
    } else {
        Flaw::UnknownAuthority
    })
}

impl<'f> Broken<'f, '_> {
    /// A finding about the file with the certificate to blame, or about the endpoint that presented it.
    pub(in crate::diagnoses) fn at_culprit(&self, diagnosis: &'static Diagnosis) -> Finding {
        match self.file {
            Some(path) => self.about(diagnosis, file(path)).side(Side::LocalFile),
            None => self.at_presenter(diagnosis),
        }
    }

    /// A finding about who presented the chain: the endpoint, or the file of `--cert`.
    pub(in crate::diagnoses) fn at_presenter(&self, diagnosis: &'static Diagnosis) -> Finding {
        match self.presenter {
            Presenter::Server(_) => {
                self.about(diagnosis, self.endpoint.subject()).side(Side::Server)
            }
            Presenter::Client(cert) => self.about(diagnosis, file(cert)).side(Side::LocalFile),
        }
    }

    /// A finding about the trust anchors: the file of `--cacert`, or the endpoint when the system's are in force.
    pub(in crate::diagnoses) fn at_anchors(&self, diagnosis: &'static Diagnosis) -> Finding {
        match self.facts.flag("--cacert") {
            Some(cacert) => self.about(diagnosis, file(&cacert.file.path)).side(Side::LocalFile),
            None => self.about(diagnosis, self.endpoint.subject()).side(Side::Client),
        }
    }

    fn about(&self, diagnosis: &'static Diagnosis, subject: Subject) -> Finding {
        let mut others = vec![self.endpoint.subject()];
        match self.presenter {
            Presenter::Server(_) => {
                others.extend(self.facts.flag("--cacert").map(|cacert| file(&cacert.file.path)));
            }
            Presenter::Client(cert) => others.push(file(cert)),
        }
        others.retain(|other| *other != subject);
        others.into_iter().fold(Finding::new(diagnosis, subject), Finding::also_about)
    }

    /// The chain as presented, end-entity first.
    pub(in crate::diagnoses) fn chain(&self) -> &'f [Certificate]
    where
        Self: 'f,
    {
        match self.presenter {
            Presenter::Server(presented) => &presented.chain,
            Presenter::Client(_) => &self.facts.client.chain,
        }
    }

    /// The subjects of the chain as presented, end-entity first.
    pub(in crate::diagnoses) fn subjects(&self) -> String {
        let subjects: Vec<_> = self.chain().iter().map(Certificate::subject).collect();
        subjects.join(" → ")
    }

    /// Closes the evidence with Go's own words, and with the server's alert where it is the server that refuses.
    pub(in crate::diagnoses) fn go_says(&self, finding: Finding) -> Finding {
        let message = self.rejection.as_ref().map(|rejection| rejection.message.as_str());
        let alert = match self.presenter {
            Presenter::Server(_) => None,
            Presenter::Client(_) => self.endpoint.alert(),
        };
        finding
            .evidence(Label::GoSays, Value::quoted(message.unwrap_or_default()))
            .evidence(Label::Alert, alert)
    }

    /// Shows the dates of the certificate to blame and the clocks that they were compared with.
    pub(in crate::diagnoses) fn clocks(&self, finding: Finding) -> Finding {
        finding.evidence(Label::Certificate, self.culprit.subject()).shows_validity(
            &self.culprit,
            self.facts,
            Some(self.endpoint),
        )
    }

    /// The check with the file near by whose CA verifies the server's chain.
    pub(in crate::diagnoses) fn with_better_cacert(&self) -> Option<Fix> {
        let Presenter::Server(presented) = self.presenter else { return None };
        let better = presented.verified_by(self.facts)?.file.path.as_str();
        Some(Fix::check(self.facts, &[("--cacert", better)]))
    }

    /// The root to blame and its key, when both are at hand: it can be issued again so that what it signed stays good. A bundle is
    /// left alone: to write the root anew would drop its other certificates.
    pub(in crate::diagnoses) fn root_pair(&self) -> Option<(&'f str, &'f str)> {
        let file = self.facts.file_of(&self.culprit).filter(|file| file.is_pem())?;
        if file.certificates().count() > 1 {
            return None;
        }
        let key = self.facts.key_of(&self.culprit)?;
        self.culprit.is_self_issued().then_some((&file.path, key))
    }

    /// The root with new dates, its subject, key and extensions kept; the old one keeps a second name.
    pub(in crate::diagnoses) fn renewed_root(&self) -> Vec<Fix> {
        let Some((path, key)) = self.root_pair() else { return Vec::new() };
        let old = format!("{path}.old");
        let renew = Fix::run("openssl x509 -days 3650").arg("-in", &old).arg("-signkey", key);
        self.in_place(path, &old, renew.arg("-out", path))
    }

    /// Commands that write a CA's file anew from a copy of it; who reads it only at start is started again.
    fn in_place(&self, path: &str, old: &str, renew: Fix) -> Vec<Fix> {
        let copy = Fix::run("cp -p").value(path).value(old);
        let reader = self.facts.processes().find(|process| {
            ListenerOptions::ALL.iter().any(|listener| {
                process.file(listener.trusted_ca).is_some_and(|file| file.path == path)
            })
        });
        let restart = reader.and_then(super::super::config::restart);
        [copy.and(renew).changes(path)].into_iter().chain(restart).collect()
    }

    /// The root issued again with the extensions of a CA, its subject and key kept byte for byte; the old one keeps a second name.
    pub(in crate::diagnoses) fn as_ca(&self) -> Vec<Fix> {
        let Some((path, key)) = self.root_pair() else { return Vec::new() };
        let (old, extensions) = (format!("{path}.old"), format!("{path}.ext"));
        let written = Fix::run("printf")
            .value("%s\\n")
            .value("basicConstraints=critical,CA:TRUE")
            .value("keyUsage=critical,keyCertSign,cRLSign")
            .value("subjectKeyIdentifier=hash")
            .into_file(&extensions);
        let signed = Fix::run("openssl x509 -clrext -days 3650")
            .arg("-in", &old)
            .arg("-signkey", key)
            .arg("-extfile", &extensions)
            .arg("-out", path);
        self.in_place(path, &old, written.and(signed))
    }

    /// The server's certificate issued by the CA of `--cacert`, whoever issued it before; a look at it where that takes more than is at
    /// hand.
    pub(in crate::diagnoses) fn issued_by_ours(&self, leaf: &Certificate) -> Fix {
        let ca =
            self.facts.flag("--cacert").and_then(|cacert| self.facts.authority_in(cacert.file));
        let pair = self.facts.pair_of(leaf).filter(|_| !leaf.is_ca()).zip(ca);
        let issued = pair.and_then(|(pair, ca)| Fix::reissue(leaf, &pair, &ca, &[], &[]));
        issued.map_or_else(|| self.served_certificates(), Fix::of_any_issuer)
    }

    /// A look at the certificates that the server presents.
    pub(in crate::diagnoses) fn served_certificates(&self) -> Fix {
        Fix::fetch_chain(self.endpoint)
    }
}

/// The subjects of the trust anchors.
pub(in crate::diagnoses) fn anchor_subjects(facts: &Facts<'_>) -> Value {
    Value::list(facts.anchors.certificates.iter().map(Certificate::subject))
}

/// A key identifier in hex; nothing when there is none.
pub(in crate::diagnoses) fn key_id(bytes: Option<&[u8]>) -> String {
    bytes.map(|bytes| data_encoding::HEXLOWER.encode(bytes)).unwrap_or_default()
}

fn file(path: &str) -> Subject {
    Subject::File(path.to_owned())
}
