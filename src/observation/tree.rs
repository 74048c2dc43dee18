//! What a tree of files holds: each file as it was found, and what was passed over, with the reason.

use super::{
    FileSeen,
    file::Block,
    keystore::Keystore,
    refusal::{FileRefusal, SpecialFile},
};
use crate::message::{FileMessage, Message, Say};

/// One file of a tree.
#[derive(Debug, Clone)]
pub struct TreeFile {
    /// The file itself.
    pub seen: FileSeen,
    /// What a kubeconfig holds, if it is one.
    pub kubeconfig: Option<Kubeconfig>,
    /// What can be seen of a PKCS#12 file, if it is one.
    pub keystore: Option<Keystore>,
}

/// Certificates and keys in a kubeconfig; its tokens and passwords are not read.
#[derive(Debug, Clone, Default)]
pub struct Kubeconfig {
    /// What its `…-data` fields hold.
    pub embedded: Vec<Embedded>,
    /// The files that it names.
    pub referenced: Vec<Referenced>,
}

/// A field with base64 in it.
#[derive(Debug, Clone)]
pub struct Embedded {
    /// Such as `client-certificate-data`.
    pub field: String,
    /// Its line, 1-based.
    pub line: usize,
    /// What it holds; nothing if it could not be decoded.
    pub blocks: Vec<Block>,
}

/// A field with a path in it.
#[derive(Debug, Clone)]
pub struct Referenced {
    /// Such as `client-key`.
    pub field: String,
    /// The path as written.
    pub path: String,
}

/// Something in a tree that was not looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where it is.
    pub path: String,
    /// Why.
    pub why: Why,
}

/// Why something was not looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A symbolic link to a folder outside of the tree.
    FolderLink,
    /// A symbolic link to nothing, or in a circle.
    BrokenLink,
    /// With `--root`: a link that leads out of it.
    LeadsOut,
    /// A file system without files: proc, sys and their like.
    PseudoFileSystem,
    /// A FIFO, socket or device.
    NotRegular(SpecialFile),
    /// More than the tool reads of a file; its size.
    TooLarge(u64),
    /// It can't be read.
    Refused(FileRefusal),
}

impl Say for Why {
    fn message(&self) -> Message {
        let message = match self {
            Self::FolderLink => FileMessage::LinkToDirectory,
            Self::BrokenLink => FileMessage::BrokenLink,
            Self::LeadsOut => FileMessage::LinkOutOfRoot,
            Self::PseudoFileSystem => FileMessage::PseudoFileSystem,
            Self::NotRegular(kind) => return FileRefusal::NotRegular(*kind).message(),
            Self::TooLarge(size) => FileMessage::TooLargeForCertificate { size: (*size).into() },
            Self::Refused(refusal) => return refusal.message(),
        };
        message.into()
    }
}
