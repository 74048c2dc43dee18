//! Why a file can't be had, and what the operating system refuses: kinds and numbers, put into words by whoever shows them.

use std::{fs::FileType, io, os::unix::fs::FileTypeExt};

use serde::{Deserialize, Serialize};

use crate::message::{FileMessage, Message, Say, Value};

/// What the operating system refuses.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SystemError {
    /// Its number, as in errno(3).
    Errno(i32),
    /// The words of a library that passes no number on.
    Other(String),
}

/// What stands at a path and is neither a file nor a directory: opening it may block, or have an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpecialFile {
    /// A named pipe.
    Fifo,
    /// A Unix socket.
    Socket,
    /// A character device, such as `/dev/zero`.
    CharacterDevice,
    /// A block device.
    BlockDevice,
    /// Of a type that this release does not know.
    Unknown,
}

/// Why a file has no bytes for us.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileRefusal {
    /// It does not exist.
    Missing,
    /// It is a directory.
    Directory,
    /// It is a FIFO, a socket or a device, and was not opened.
    NotRegular(SpecialFile),
    /// It is larger than anything that is read here.
    TooLarge {
        /// Its bytes.
        size: u64,
        /// How many are read at most.
        limit: u64,
    },
    /// The system refused.
    System(SystemError),
    /// In the words of another release.
    Other(String),
}

impl From<FileType> for SpecialFile {
    fn from(kind: FileType) -> Self {
        if kind.is_fifo() {
            Self::Fifo
        } else if kind.is_socket() {
            Self::Socket
        } else if kind.is_char_device() {
            Self::CharacterDevice
        } else if kind.is_block_device() {
            Self::BlockDevice
        } else {
            Self::Unknown
        }
    }
}

impl From<&io::Error> for SystemError {
    fn from(error: &io::Error) -> Self {
        error.raw_os_error().map_or_else(|| Self::Other(error.to_string()), Self::Errno)
    }
}

impl From<&io::Error> for FileRefusal {
    fn from(error: &io::Error) -> Self {
        Self::System(error.into())
    }
}

impl Say for SystemError {
    fn message(&self) -> Message {
        match self {
            Self::Errno(number) => Message::from(&io::Error::from_raw_os_error(*number)),
            Self::Other(words) => Message::Plain(Value::quoted(words)),
        }
    }
}

impl Say for SpecialFile {
    fn message(&self) -> Message {
        let kind = match self {
            Self::Fifo => FileMessage::Fifo,
            Self::Socket => FileMessage::Socket,
            Self::CharacterDevice => FileMessage::CharacterDevice,
            Self::BlockDevice => FileMessage::BlockDevice,
            Self::Unknown => FileMessage::UnknownType,
        };
        kind.into()
    }
}

impl Say for FileRefusal {
    fn message(&self) -> Message {
        match self {
            Self::Missing => FileMessage::Missing.into(),
            Self::Directory => FileMessage::Directory.into(),
            Self::NotRegular(kind) => {
                FileMessage::NotRegular { kind: kind.message().into() }.into()
            }
            Self::TooLarge { size, limit } => {
                FileMessage::TooLarge { size: (*size).into(), limit: (*limit).into() }.into()
            }
            Self::System(error) => error.message(),
            Self::Other(words) => Message::Plain(Value::quoted(words)),
        }
    }
}
