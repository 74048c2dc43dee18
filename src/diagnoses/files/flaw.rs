//! The one thing that keeps a flag's file from doing its work: the rooms of this group each compare with one value.
//!
//! `--cert` and `--key` are read as Go's `tls.X509KeyPair` reads them, `--cacert` as etcd's `tlsutil.NewCertPool`,
//! which ignores labels and fails as a whole.

use super::configured;
use crate::{
    diagnoses::engine::{Diagnosis, Finding},
    facts::{
        Certificate, Facts, Material,
        file::{Block, Content, FileSeen, FileState, Form, Item},
    },
    message::{Label, Say, Value},
};

/// What is wrong with a file, seen from the flag that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    Missing,
    Unreadable,
    Empty,
    NotPem,
    /// PEM that loses a block, or no form at all.
    Malformed,
    WrongType,
    /// The file of another flag.
    Swapped,
    /// A certificate that Go can't parse.
    Unparsable,
    KeyEncrypted,
    KeyUnsupported,
}

/// One file with a flaw, and the flags for which it has it.
pub(super) struct Flawed<'f, 'a> {
    pub(super) file: &'a FileSeen,
    pub(super) given: Vec<&'f Material<'a>>,
}

impl Flawed<'_, '_> {
    /// A finding about the file.
    pub(super) fn finding(&self, diagnosis: &'static Diagnosis) -> Finding {
        Finding::new(diagnosis, super::file(&self.file.path))
    }

    /// Closes the evidence with the flags, variables or lines that name the file.
    pub(super) fn given_by(&self, finding: Finding) -> Finding {
        let origins = self.given.iter().map(|material| material.given.origin.message());
        finding.evidence(Label::GivenBy, Value::list(origins))
    }

    /// Whether one of the flags is `flag`.
    pub(super) fn is_given_as(&self, flag: &str) -> bool {
        self.given.iter().any(|material| material.flag == flag)
    }
}

/// The files that have this flaw, each once.
pub(super) fn found<'f, 'a>(facts: &'f Facts<'a>, flaw: Flaw) -> Vec<Flawed<'f, 'a>> {
    let mut found: Vec<Flawed<'f, 'a>> = Vec::new();
    let flawed = |material: &&Material<'_>| {
        let covered = flaw != Flaw::Unreadable && configured::covers(material, facts);
        of(material, facts) == Some(flaw) && !covered
    };
    for material in facts.material.iter().filter(flawed) {
        match found.iter_mut().find(|flawed| flawed.file.path == material.file.path) {
            Some(flawed) => flawed.given.push(material),
            None => found.push(Flawed { file: material.file, given: vec![material] }),
        }
    }
    found
}

/// The flaw of one flag's file, if it has one.
pub(super) fn of(material: &Material<'_>, facts: &Facts<'_>) -> Option<Flaw> {
    match &material.file.state {
        FileState::Missing { .. } => Some(Flaw::Missing),
        FileState::Read(content) => match content.form {
            Form::Pem if super::swap::is_involved(material.flag, facts) => Some(Flaw::Swapped),
            Form::Pem => in_pem(material.flag, content, facts),
            form => of_form(form),
        },
        _ => Some(Flaw::Unreadable),
    }
}

/// Whether something stands at the path, and its bytes can't be had.
pub(super) fn is_unreadable(file: &FileSeen) -> bool {
    !matches!(file.state, FileState::Missing { .. } | FileState::Read(_))
}

/// The flaw that the form of a whole file is.
pub(super) fn of_form(form: Form) -> Option<Flaw> {
    match form {
        Form::Pem => None,
        Form::Empty => Some(Flaw::Empty),
        Form::BareBase64 | Form::Text | Form::Binary => Some(Flaw::Malformed),
        Form::DerCertificate
        | Form::DerRequest
        | Form::DerCrl
        | Form::DerKey
        | Form::Pkcs12
        | Form::Pkcs7
        | Form::JavaKeystore => Some(Flaw::NotPem),
    }
}

/// The flaw of PEM, seen from the flag of etcdctl that is read in the same way.
pub(super) fn in_pem(flag: &str, content: &Content, facts: &Facts<'_>) -> Option<Flaw> {
    match flag {
        "--cacert" => in_pool(content, facts),
        "--cert" => in_chain(content, facts),
        _ => in_key(content),
    }
}

fn in_pool(content: &Content, facts: &Facts<'_>) -> Option<Flaw> {
    let is_certificate = |block: &Block| matches!(block.item, Item::Certificate(_));
    if !content.blocks.iter().all(is_certificate) {
        return Some(Flaw::WrongType);
    }
    if content.blocks.is_empty() {
        return Some(Flaw::Malformed);
    }
    unparsable(content.blocks.iter(), facts).or_else(|| hidden(content))
}

fn in_chain(content: &Content, facts: &Facts<'_>) -> Option<Flaw> {
    let blocks = || content.blocks.iter().filter(|block| block.label == "CERTIFICATE");
    if blocks().next().is_none() {
        return Some(not_there(content));
    }
    // A certificate with a key that Go doesn't know can't be parsed either; the key is what to change.
    let key = facts.client.private_key;
    let explained = key.is_some_and(|key| key.unusable.is_some() && !key.encrypted);
    match unparsable(blocks(), facts) {
        Some(Flaw::Unparsable) if explained => None,
        Some(flaw) => Some(flaw),
        None => hidden(content),
    }
}

fn in_key(content: &Content) -> Option<Flaw> {
    let Some(block) = content.blocks.iter().find(|block| is_key_label(&block.label)) else {
        return Some(not_there(content));
    };
    match &block.item {
        Item::Key(key) if key.encrypted => Some(Flaw::KeyEncrypted),
        Item::Key(key) => {
            key.unusable.as_ref()?;
            let unknown = key.algorithm.is_empty() && key.container != "OpenSSH";
            Some(if unknown { Flaw::Malformed } else { Flaw::KeyUnsupported })
        }
        _ => Some(Flaw::Malformed),
    }
}

/// Whether Go takes a block of this label for a private key.
pub(super) fn is_key_label(label: &str) -> bool {
    label == "PRIVATE KEY" || label.ends_with(" PRIVATE KEY")
}

/// The needed block is absent: lost to a defect, or never there.
fn not_there(content: &Content) -> Flaw {
    if content.blocks.is_empty() || !content.defects.is_empty() {
        Flaw::Malformed
    } else {
        Flaw::WrongType
    }
}

fn hidden(content: &Content) -> Option<Flaw> {
    (!content.defects.is_empty()).then_some(Flaw::Malformed)
}

fn unparsable<'b>(mut blocks: impl Iterator<Item = &'b Block>, facts: &Facts<'_>) -> Option<Flaw> {
    blocks.find_map(|block| match &block.item {
        Item::Certificate(der) if Certificate::parse(&der.0, facts.go).is_ok() => None,
        Item::Certificate(der) if is_cut_off(&der.0) => Some(Flaw::Malformed),
        _ => Some(Flaw::Unparsable),
    })
}

/// Whether the outer SEQUENCE promises more bytes than there are. X.690 §8.1.3.
pub(super) fn is_cut_off(der: &[u8]) -> bool {
    let &[0x30, length, ref rest @ ..] = der else { return der.len() < 2 };
    if length < 0x80 {
        return rest.len() < usize::from(length);
    }
    let size = usize::from(length & 0x7f);
    if size > 4 {
        return false;
    }
    let Some(bytes) = rest.get(..size) else { return true };
    let promised = bytes.iter().fold(0_usize, |sum, &byte| sum << 8 | usize::from(byte));
    rest.len() - size < promised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_longer_than_its_bytes_is_cut_off() {
        assert!(!is_cut_off(&[0x30, 0]));
        assert!(!is_cut_off(&[0x30, 0x81, 1, 5]));
        assert!(is_cut_off(&[0x30, 0x82, 1, 0, 5]));
        assert!(is_cut_off(&[0x30, 0x82]));
        assert!(!is_cut_off(&[0x04, 9]));
    }
}
