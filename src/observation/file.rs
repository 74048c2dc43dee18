//! A local file as it was found: its state, its owner and mode, and what it holds, keys reduced to their public half.

use serde::{Deserialize, Serialize};

pub use super::key::{KeyDefect, KeySeen};

use super::{
    Der,
    refusal::{FileRefusal, SpecialFile, SystemError},
};
use crate::message::{ConfigMessage, FileMessage, Message, Say};

/// One file, looked at once even when several options name it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileSeen {
    /// The path as given.
    pub path: String,
    /// Why it was looked at: `--cacert`, `--cert`, `--key`, or the etcd option that names it (`trusted-ca-file` …).
    pub roles: Vec<String>,
    /// What was found there.
    pub state: FileState,
}

/// What stands at a path.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// ENOENT or ENOTDIR.
    Missing {
        /// The first path component that does not exist.
        first_missing: String,
        /// The target of the dangling symbolic link, if the path is one.
        dangling_link: Option<String>,
        /// Names in the same directory that are close, best first, as full paths.
        near: Vec<String>,
    },
    /// EACCES and other refusals.
    Denied {
        /// The first component that stops this user: a directory without `x`, or the file itself.
        component: String,
        /// Its owner's user id.
        uid: Option<u32>,
        /// Its group id.
        gid: Option<u32>,
        /// Its permission bits, such as `0o600`.
        mode: Option<u32>,
        /// What the system said.
        error: SystemError,
    },
    /// A directory; the certificate and key files directly in it, as full paths.
    Directory { candidates: Vec<String> },
    /// A FIFO, socket or device: never opened.
    NotRegular { kind: SpecialFile },
    /// More than the tool reads of a file.
    TooLarge { size: u64, limit: u64 },
    /// An I/O error that is none of the above.
    Failed { error: SystemError },
    /// It was read.
    Read(Content),
}

/// A file that was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Content {
    /// Bytes.
    pub size: u64,
    /// Permission bits, such as `0o644`.
    pub mode: u32,
    /// Owner's user id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
    /// What the bytes are.
    pub form: Form,
    /// PEM blocks as Go's `encoding/pem` finds them, in order.
    pub blocks: Vec<Block>,
    /// What stands in the way of a PEM reader, in the order met.
    pub defects: Vec<PemDefect>,
}

/// What the bytes of a file are as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// No byte, or white space only.
    Empty,
    /// At least one PEM block, or an attempt at one.
    Pem,
    /// A DER certificate.
    DerCertificate,
    /// A DER certificate request.
    DerRequest,
    /// A DER revocation list.
    DerCrl,
    /// A DER private key (its bytes are not kept).
    DerKey,
    /// PKCS#12.
    Pkcs12,
    /// PKCS#7.
    Pkcs7,
    /// A Java keystore.
    JavaKeystore,
    /// Base64 without BEGIN and END lines.
    BareBase64,
    /// Other text.
    Text,
    /// Other bytes.
    Binary,
}

/// One PEM block.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Block {
    /// The label between `BEGIN` and the dashes.
    pub label: String,
    /// The line of its BEGIN, 1-based.
    pub line: usize,
    /// What it holds.
    pub item: Item,
}

/// What a PEM block (or a DER file) holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// A certificate's DER, whether it parses or not.
    Certificate(Der),
    /// A certificate request's DER.
    Request(Der),
    /// A revocation list's DER.
    Crl(Der),
    /// A private key, reduced.
    Key(KeySeen),
    /// A public key.
    PublicKey,
    /// EC or DH parameters.
    Parameters,
    /// Anything else.
    Other,
}

/// Something that keeps PEM from being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PemDefect {
    /// A UTF-8 or UTF-16 byte order mark at the start.
    ByteOrderMark { encoding: String },
    /// A BEGIN line without its END line.
    NoEnd { line: usize, label: String },
    /// An END line that names something else.
    LabelMismatch { line: usize, begin: String, end: String },
    /// Base64 that does not decode.
    BadBase64 { line: usize, label: String },
    /// The two characters `\n` instead of line ends.
    LiteralNewlines { line: usize },
    /// Bytes in front of BEGIN on its line.
    IndentedBegin { line: usize, before: String },
    /// A line meant as BEGIN that is none: dashes are missing, or something follows them.
    BrokenBegin { line: usize, text: String },
}

impl FileState {
    /// Why there is nothing to read.
    pub fn refusal(&self) -> Option<FileRefusal> {
        Some(match self {
            Self::Missing { .. } => FileRefusal::Missing,
            Self::Denied { error, .. } | Self::Failed { error } => {
                FileRefusal::System(error.clone())
            }
            Self::Directory { .. } => FileRefusal::Directory,
            Self::NotRegular { kind } => FileRefusal::NotRegular(*kind),
            Self::TooLarge { size, limit } => FileRefusal::TooLarge { size: *size, limit: *limit },
            Self::Read(_) => return None,
        })
    }
}

impl PemDefect {
    /// Its line, 1-based.
    pub fn line(&self) -> usize {
        match self {
            Self::ByteOrderMark { .. } => 1,
            Self::NoEnd { line, .. }
            | Self::LabelMismatch { line, .. }
            | Self::BadBase64 { line, .. }
            | Self::LiteralNewlines { line }
            | Self::IndentedBegin { line, .. }
            | Self::BrokenBegin { line, .. } => *line,
        }
    }
}

impl Say for PemDefect {
    fn message(&self) -> Message {
        let what = match self {
            Self::ByteOrderMark { encoding } => {
                FileMessage::ByteOrderMark { encoding: encoding.into() }
            }
            Self::NoEnd { label, .. } => FileMessage::NoEnd { label: label.into() },
            Self::LabelMismatch { begin, end, .. } => {
                FileMessage::LabelMismatch { begin: begin.into(), end: end.into() }
            }
            Self::BadBase64 { label, .. } => FileMessage::BadBase64 { label: label.into() },
            Self::LiteralNewlines { .. } => FileMessage::LiteralNewlines,
            Self::IndentedBegin { before, .. } if before.trim().is_empty() => {
                FileMessage::BlanksBeforeBegin
            }
            Self::IndentedBegin { before, .. } => {
                FileMessage::TextBeforeBegin { text: format!("{before:?}").into() }
            }
            Self::BrokenBegin { text, .. } => FileMessage::BrokenBegin { text: text.into() },
        };
        ConfigMessage::LineSays { line: self.line().into(), what: what.into() }.into()
    }
}

impl FileSeen {
    /// The content, if the file was read.
    pub fn content(&self) -> Option<&Content> {
        match &self.state {
            FileState::Read(content) => Some(content),
            _ => None,
        }
    }

    /// What each of its PEM blocks gives someone who takes it for a certificate: its DER, or nothing where the block
    /// holds something else.
    pub fn blocks_as_certificates(&self) -> impl Iterator<Item = &[u8]> {
        let blocks = self.content().into_iter().flat_map(|content| &content.blocks);
        blocks.filter(|block| !block.label.is_empty()).map(|block| match &block.item {
            Item::Certificate(der) => der.0.as_slice(),
            _ => &[],
        })
    }

    /// The certificates in it, in order, as DER.
    pub fn certificates(&self) -> impl Iterator<Item = &Der> {
        self.content().into_iter().flat_map(|content| &content.blocks).filter_map(|block| {
            match &block.item {
                Item::Certificate(der) => Some(der),
                _ => None,
            }
        })
    }

    /// Whether it is PEM, the only form that etcd reads.
    pub fn is_pem(&self) -> bool {
        self.content().is_some_and(|content| content.form == Form::Pem)
    }

    /// The first private key in it.
    pub fn key(&self) -> Option<&KeySeen> {
        self.content()?.blocks.iter().find_map(|block| match &block.item {
            Item::Key(key) => Some(key),
            _ => None,
        })
    }

    /// Whether one of the options that named this file is `role`.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|r| r == role)
    }
}
