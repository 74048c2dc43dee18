//! What a sentence is about, and a sentence itself: values until a renderer says them in a language.

use std::{borrow::Cow, fmt};

use serde::{Serialize, Serializer};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    AuditMessage, CaMessage, CliMessage, ConfigMessage, EvidenceMessage, FileMessage, Label, Lang,
    LedgerMessage, NetworkMessage, Phrase, ReportMessage, SystemMessage, VerdictMessage, Word,
};

/// Something that is told to people. Only [`Value::Said`] is translated: names, paths, numbers and what others wrote are not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// A name, path, URL, subject, serial, time or size: the same in every language.
    Name(String),
    /// The words of others (Go, etcd, the system), as they came.
    Quoted(String),
    /// Several of them.
    List(Vec<Self>),
    /// Words of ours.
    Said(Box<Message>),
}

/// A sentence of ours, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Message {
    /// A word of the report.
    Word(Word),
    /// A label of evidence.
    Label(Label),
    /// What something is about and, behind a colon, what is to be said of it: a file and why it can't be read, say.
    About(Value, Box<Self>),
    /// Several sentences that belong together.
    All(Vec<Self>),
    /// A sentence about nothing in particular.
    Phrase(&'static Phrase),
    /// What has no sentence of ours: the words of others, a name.
    Plain(Value),
    /// Of the system.
    System(SystemMessage),
    /// Of a file.
    File(FileMessage),
    /// Of settings.
    Config(ConfigMessage),
    /// Of a connection.
    Network(NetworkMessage),
    /// Of evidence.
    Evidence(EvidenceMessage),
    /// Of a verdict on a chain.
    Verdict(VerdictMessage),
    /// Of the certificate authority.
    Ca(CaMessage),
    /// Of the ledger.
    Ledger(LedgerMessage),
    /// Of an audit of the ledger.
    Audit(AuditMessage),
    /// Of a command line.
    Cli(CliMessage),
    /// Of a report.
    Report(ReportMessage),
}

impl Value {
    /// The value in one language.
    pub fn say(&self, lang: Lang) -> Cow<'_, str> {
        match self {
            Self::Name(text) | Self::Quoted(text) => Cow::Borrowed(text),
            Self::List(values) => {
                let said: Vec<_> = values.iter().map(|value| value.say(lang)).collect();
                Cow::Owned(said.join(", "))
            }
            Self::Said(message) => Cow::Owned(message.say(lang)),
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Name(text) | Self::Quoted(text) => text.is_empty(),
            Self::List(values) => values.iter().all(Self::is_empty),
            Self::Said(_) => false,
        }
    }

    /// Words that others wrote.
    pub fn quoted(words: impl fmt::Display) -> Self {
        Self::Quoted(words.to_string())
    }

    /// A moment, as RFC 3339 writes it.
    pub fn time(when: OffsetDateTime) -> Self {
        Self::Name(when.format(&Rfc3339).unwrap_or_default())
    }

    /// Names, each by itself.
    pub fn list(names: impl IntoIterator<Item = impl Into<Self>>) -> Self {
        Self::List(names.into_iter().map(Into::into).collect())
    }
}

impl Message {
    /// The sentence in one language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Word(word) => word.in_lang(lang).to_owned(),
            Self::Label(label) => label.in_lang(lang).to_owned(),
            Self::About(value, message) => {
                format!("{}{}{}", value.say(lang), lang.colon(), message.say(lang))
            }
            Self::All(messages) => {
                let joint = if lang == Lang::Zh { "；" } else { "; " };
                messages.iter().map(|one| one.say(lang)).collect::<Vec<_>>().join(joint)
            }
            Self::Phrase(phrase) => phrase.in_lang(lang).to_owned(),
            Self::Plain(value) => value.say(lang).into_owned(),
            Self::System(message) => message.say(lang),
            Self::File(message) => message.say(lang),
            Self::Config(message) => message.say(lang),
            Self::Network(message) => message.say(lang),
            Self::Evidence(message) => message.say(lang),
            Self::Verdict(message) => message.say(lang),
            Self::Ca(message) => message.say(lang),
            Self::Ledger(message) => message.say(lang),
            Self::Audit(message) => message.say(lang),
            Self::Cli(message) => message.say(lang),
            Self::Report(message) => message.say(lang),
        }
    }

    /// A name, path, number or the like that stands where a sentence could.
    pub fn name(name: impl Into<String>) -> Self {
        Self::Plain(Value::Name(name.into()))
    }

    /// A label with what it stands for behind a colon; the label alone when there is nothing.
    pub fn labelled(label: impl Into<Self>, value: impl Into<Value>) -> Self {
        let (label, value) = (label.into(), value.into());
        if value.is_empty() { label } else { Self::Plain(value).about(label) }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Plain(value) if value.is_empty())
    }

    /// The same, said of something.
    #[must_use]
    pub fn about(self, value: impl Into<Value>) -> Self {
        Self::About(value.into(), Box::new(self))
    }
}

/// English, as logs, errors and programs read it.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl schemars::JsonSchema for Value {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": ["string", "array"], "items": {"type": "string"}})
    }
}

impl std::error::Error for Message {}

/// As a program reads it: a string, or an array where there are several, the same whatever language people read.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::List(values) if values.len() > 1 => {
                serializer.collect_seq(values.iter().map(|value| value.say(Lang::En)))
            }
            value => serializer.serialize_str(&value.say(Lang::En)),
        }
    }
}

impl<M: Into<Message>> From<M> for Value {
    fn from(message: M) -> Self {
        Self::Said(Box::new(message.into()))
    }
}

/// What there may be to say.
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::List(Vec::new()), Into::into)
    }
}

/// A kind of message that is one.
macro_rules! areas {
    ($($variant:ident($type:ty)),*) => { $(impl From<$type> for Message {
        fn from(message: $type) -> Self {
            Self::$variant(message)
        }
    })* };
}

areas!(
    Word(Word),
    Label(Label),
    Phrase(&'static Phrase),
    System(SystemMessage),
    File(FileMessage),
    Config(ConfigMessage)
);
areas!(
    Network(NetworkMessage),
    Evidence(EvidenceMessage),
    Verdict(VerdictMessage),
    Ca(CaMessage),
    Ledger(LedgerMessage),
    Audit(AuditMessage),
    Cli(CliMessage),
    Report(ReportMessage)
);

/// A type that is a name wherever it is shown.
macro_rules! names {
    ($($type:ty),*) => { $(impl From<$type> for Value {
        fn from(name: $type) -> Self {
            Self::Name(name.to_string())
        }
    })* };
}

names!(
    &str,
    &String,
    String,
    Cow<'_, str>,
    char,
    u8,
    u16,
    u32,
    u64,
    usize,
    i32,
    i64,
    std::net::IpAddr,
    std::net::SocketAddr
);
names!(std::path::Display<'_>);

#[cfg(test)]
mod tests {
    use super::{Lang, Message, Value, Word};

    #[test]
    fn names_and_quotations_stay_as_they_are() {
        for said in [Value::from("O=12 bytes"), Value::quoted("connect: connection refused")] {
            assert_eq!(said.say(Lang::Zh), said.say(Lang::En));
        }
    }

    #[test]
    fn only_our_words_are_translated() {
        let why = Message::from(Word::Why).about("a: b");
        assert_eq!(why.say(Lang::Zh), format!("a: b：{}", Word::Why.in_lang(Lang::Zh)));
        assert_eq!(why.to_string(), format!("a: b: {}", Word::Why.in_lang(Lang::En)));
    }

    #[test]
    fn programs_read_one_language() {
        let names = Value::list(["a", "b"]);
        assert_eq!(serde_json::to_value(names).unwrap(), serde_json::json!(["a", "b"]));
        let word = serde_json::to_value(Value::from(Word::Why)).unwrap();
        assert_eq!(word, Word::Why.in_lang(Lang::En));
    }
}
