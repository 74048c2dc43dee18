//! The files of a check: which option names which file, and what that is.

use crate::{
    facts::Facts,
    observation::{
        FileSeen,
        file::{Content, FileState, Form, Item},
    },
    x509::Go,
};

/// One option and the file that it names.
#[derive(Debug)]
pub(in crate::report) struct MaterialReport<'r> {
    pub(in crate::report) flag: &'r str,
    pub(in crate::report) file: &'r FileSeen,
    pub(in crate::report) kind: FileKind,
    /// By whose rules its certificates are read.
    pub(in crate::report) go: Go,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::report) enum FileKind {
    Missing,
    Unreadable,
    Directory,
    NotRegular,
    TooLarge,
    Certificate,
    Request,
    Crl,
    Key,
    PublicKey,
    Other,
    Empty,
    Pkcs12,
    Pkcs7,
    JavaKeystore,
    Text,
    Binary,
    /// Of `inspect`.
    Kubeconfig,
    /// Of `inspect`: what a server presents.
    Chain,
}

impl<'r> MaterialReport<'r> {
    /// Every option that names a file, in the order in which they were looked at.
    pub(super) fn all(facts: &Facts<'r>) -> Vec<Self> {
        let go = facts.go;
        let roles = |file: &'r FileSeen| {
            let kind = FileKind::of_state(&file.state);
            file.roles.iter().map(move |flag| Self { flag, file, kind, go })
        };
        facts.observation.files.iter().flat_map(roles).collect()
    }
}

impl FileKind {
    /// What a file is by how it was found.
    pub(in crate::report) fn of_state(state: &FileState) -> Self {
        match state {
            FileState::Missing { .. } => Self::Missing,
            FileState::Denied { .. } | FileState::Failed { .. } => Self::Unreadable,
            FileState::Directory { .. } => Self::Directory,
            FileState::NotRegular { .. } => Self::NotRegular,
            FileState::TooLarge { .. } => Self::TooLarge,
            FileState::Read(content) => Self::of_content(content),
        }
    }

    fn of_content(content: &Content) -> Self {
        let telling = |item: &&Item| !matches!(item, Item::Parameters);
        match content.blocks.iter().map(|block| &block.item).find(telling) {
            Some(Item::Certificate(_)) => Self::Certificate,
            Some(Item::Request(_)) => Self::Request,
            Some(Item::Crl(_)) => Self::Crl,
            Some(Item::Key(_)) => Self::Key,
            Some(Item::PublicKey) => Self::PublicKey,
            Some(Item::Parameters | Item::Other) => Self::Other,
            None => match content.form {
                Form::Empty => Self::Empty,
                Form::DerCertificate => Self::Certificate,
                Form::DerRequest => Self::Request,
                Form::DerCrl => Self::Crl,
                Form::DerKey => Self::Key,
                Form::Pkcs12 => Self::Pkcs12,
                Form::Pkcs7 => Self::Pkcs7,
                Form::JavaKeystore => Self::JavaKeystore,
                Form::Pem | Form::BareBase64 | Form::Text => Self::Text,
                Form::Binary => Self::Binary,
            },
        }
    }

    /// The word that programs read.
    pub(in crate::report) fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Directory => "directory",
            Self::NotRegular => "not-regular",
            Self::TooLarge => "too-large",
            Self::Certificate => "certificate",
            Self::Request => "request",
            Self::Crl => "crl",
            Self::Key => "key",
            Self::PublicKey => "public-key",
            Self::Other => "other",
            Self::Empty => "empty",
            Self::Pkcs12 => "pkcs12",
            Self::Pkcs7 => "pkcs7",
            Self::JavaKeystore => "java-keystore",
            Self::Text => "text",
            Self::Binary => "binary",
            Self::Kubeconfig => "kubeconfig",
            Self::Chain => "chain",
        }
    }
}
