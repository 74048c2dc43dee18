//! What a refusal is: the reason, the certificate it is about, Go's words, and what was expected and presented.

use std::fmt;

use crate::message::Value;

/// Where in the question a certificate came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Leaf,
    /// An index into the intermediates.
    Intermediate(usize),
    /// An index into the anchors.
    Anchor(usize),
}

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub reason: Reason,
    pub at: Place,
    /// The text that Go prints.
    pub message: String,
    /// What would have been accepted.
    pub expected: Option<Value>,
    /// What was there instead.
    pub presented: Option<Value>,
}

/// Why, in the words of the conformance cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    ParseError,
    UnhandledCriticalExtension,
    Expired,
    NotYetValid,
    NameMismatch,
    NameConstraints,
    TooManyConstraints,
    TooManyIntermediates,
    NotACa,
    IncompatibleUsage,
    InvalidPolicies,
    SignatureLimit,
    UnknownAuthority,
    BadSignature,
    InsecureAlgorithm,
    UnsupportedAlgorithm,
    AlgorithmMismatch,
    WeakKey,
    InvalidKey,
}

impl Reason {
    /// The stable kebab-case word.
    pub fn word(self) -> &'static str {
        match self {
            Self::ParseError => "parse-error",
            Self::UnhandledCriticalExtension => "unhandled-critical-extension",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::NameMismatch => "name-mismatch",
            Self::NameConstraints => "name-constraints",
            Self::TooManyConstraints => "too-many-constraints",
            Self::TooManyIntermediates => "too-many-intermediates",
            Self::NotACa => "not-a-ca",
            Self::IncompatibleUsage => "incompatible-usage",
            Self::InvalidPolicies => "invalid-policies",
            Self::SignatureLimit => "signature-limit",
            Self::UnknownAuthority => "unknown-authority",
            Self::BadSignature => "bad-signature",
            Self::InsecureAlgorithm => "insecure-algorithm",
            Self::UnsupportedAlgorithm => "unsupported-algorithm",
            Self::AlgorithmMismatch => "algorithm-mismatch",
            Self::WeakKey => "weak-key",
            Self::InvalidKey => "invalid-key",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Rejection {
    pub(super) fn new(reason: Reason, at: Place, message: impl Into<String>) -> Self {
        Self { reason, at, message: message.into(), expected: None, presented: None }
    }

    pub(super) fn expecting(self, expected: impl Into<Value>, presented: impl Into<Value>) -> Self {
        Self { expected: Some(expected.into()), presented: Some(presented.into()), ..self }
    }

    pub(super) fn at(self, at: Place) -> Self {
        Self { at, ..self }
    }
}
