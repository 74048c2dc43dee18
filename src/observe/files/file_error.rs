//! Why a file that somebody named is of no use to him: one type for every command, so that each tells the same of the same file.

use std::fmt;

use crate::{
    message::{FileMessage, Message, Say, Value, english_display},
    observation::file::{FileState, PemDefect},
    x509::ParseError,
};

/// A file that can't be used; names it.
#[derive(Debug, Clone)]
pub struct FileError {
    /// The path as given.
    pub path: String,
    /// What is wrong with it.
    pub fault: Box<FileFault>,
}

/// What is wrong with a file.
#[derive(Debug, Clone)]
pub enum FileFault {
    /// It can't be read: it is missing, denied, no regular file, or too large.
    Unread(FileState),
    /// It was read and holds no PEM block labelled `CERTIFICATE`, perhaps because of this.
    NoCertificate(Option<PemDefect>),
    /// It was read and holds no private key.
    NoKey,
    /// A certificate in it can't be parsed.
    Malformed { line: usize, error: ParseError },
    /// It holds no text.
    NotText,
    /// It is a certificate without its key, or the reverse.
    HalfAPair,
    /// What it holds can't be used, for this reason.
    Unusable(Message),
}

impl FileError {
    pub(crate) fn new(path: impl fmt::Display, fault: FileFault) -> Self {
        Self { path: path.to_string(), fault: Box::new(fault) }
    }
}

impl Say for FileFault {
    fn message(&self) -> Message {
        match self {
            Self::Unread(state) => {
                state.refusal().map_or_else(|| FileMessage::Missing.into(), |why| why.message())
            }
            Self::NoCertificate(None) => FileMessage::NoCertificate.into(),
            Self::NoCertificate(Some(defect)) => {
                Message::All(vec![FileMessage::NoCertificate.into(), defect.message()])
            }
            Self::Malformed { line, error } => {
                let why = Value::quoted(error);
                FileMessage::MalformedAt { line: (*line).into(), why }.into()
            }
            Self::NotText => FileMessage::NotUtf8.into(),
            Self::NoKey => FileMessage::NoKey.into(),
            Self::HalfAPair => FileMessage::HalfAPair.into(),
            Self::Unusable(why) => why.clone(),
        }
    }
}

impl Say for FileError {
    fn message(&self) -> Message {
        self.fault.message().about(&self.path)
    }
}

english_display!(FileError);
