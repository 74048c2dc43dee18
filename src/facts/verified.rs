//! What follows from verifying one certificate offline: Go's verdict with every path, and the checks that etcd makes besides.

use crate::{
    message::Message,
    x509::{Certificate, ParseError, Place, SpiffeId, Verification},
};

/// A certificate that was verified, or a file that can't be.
#[derive(Debug)]
pub enum Verified {
    /// The certificates parse.
    Judged(Box<Judged>),
    /// Go can't parse one, and etcd refuses the whole file.
    Unparsed(Unparsed),
}

/// A certificate that Go can't parse.
#[derive(Debug)]
pub struct Unparsed {
    /// The file.
    pub file: String,
    /// Which of its certificates, counted from 1.
    pub number: usize,
    /// Why.
    pub error: ParseError,
}

/// Everything that was found out about one certificate.
#[derive(Debug)]
pub struct Judged {
    /// The certificate.
    pub leaf: Certificate,
    /// The certificates that came with it.
    pub intermediates: Vec<Certificate>,
    /// The CAs that are trusted.
    pub anchors: Vec<Certificate>,
    /// Go's verdict and every path.
    pub verification: Verification,
    /// What rustls makes of it.
    pub second_opinion: Result<(), String>,
    /// Whether a revocation list has it, if one was given.
    pub revocation: Option<Result<(), String>>,
    /// Whether it proves the SPIFFE ID, if one was expected.
    pub identity: Option<Result<SpiffeId, Message>>,
    /// Whether the private key belongs to it, if one was given.
    pub key: Option<KeyMatch>,
}

/// The verdict on one conformance case.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
pub struct CaseVerdict {
    /// The case.
    pub id: String,
    /// Whether the certificate is accepted.
    pub accept: bool,
    /// `ok`, or the reason's word.
    pub reason: &'static str,
    /// Go's text; empty if it is accepted.
    pub error: String,
}

/// How a private key relates to a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMatch {
    /// It belongs to it.
    Matches,
    /// It belongs to another one.
    Differs,
    /// It can't be read.
    Unreadable,
}

impl Verified {
    /// Whether everything that was checked is in order.
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Judged(judged) if judged.refusal().is_none())
    }
}

impl Judged {
    /// The first reason to refuse, in the order in which etcd would meet them, and the certificate that it concerns.
    pub fn refusal(&self) -> Option<(&'static str, Place)> {
        if let Err(rejection) = &self.verification.outcome {
            return Some((rejection.reason.word(), rejection.at));
        }
        let reason = match (self.key, &self.revocation, &self.identity) {
            (Some(KeyMatch::Differs), ..) => "key-mismatch",
            (Some(KeyMatch::Unreadable), ..) => "key-unreadable",
            (_, Some(Err(_)), _) => "revoked",
            (.., Some(Err(_))) => "spiffe-id-mismatch",
            _ => return None,
        };
        Some((reason, Place::Leaf))
    }

    /// A certificate of a path.
    pub fn certificate(&self, place: Place) -> Option<&Certificate> {
        match place {
            Place::Leaf => Some(&self.leaf),
            Place::Intermediate(index) => self.intermediates.get(index),
            Place::Anchor(index) => self.anchors.get(index),
        }
    }
}
