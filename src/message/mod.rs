//! The three languages of the tool and the shape of its prose. No diagnosis and no formatting belongs here.

/// A closed set of words with the same entry in each language; the compiler refuses a missing one.
macro_rules! words {
    ($type:ident, $doc:literal; $($name:ident: $en:literal, $ja:literal, $zh:literal;)*) => {
        #[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type { $(#[doc = concat!("~~~text\n", $en, "\n~~~")] $name),* }

        impl $type {
            /// Its name for programs, the same in every language: `acceptable_cas`.
            pub fn key(self) -> String {
                $crate::message::snake_case(match self { $(Self::$name => stringify!($name)),* })
            }

            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in one language.
            pub fn in_lang(self, lang: $crate::message::Lang) -> &'static str {
                match lang {
                    $crate::message::Lang::En => match self { $(Self::$name => $en),* },
                    $crate::message::Lang::Ja => match self { $(Self::$name => $ja),* },
                    $crate::message::Lang::Zh => match self { $(Self::$name => $zh),* },
                }
            }
        }
    };
}

pub(crate) use words as word_set;

/// Sentences of one area, each in three languages. What a sentence is about stands in it by name, as in `format!`; the compiler
/// refuses a missing language and a name that one of the languages lacks.
macro_rules! messages {
    ($type:ident, $doc:literal; $($name:ident $({ $($field:ident),+ $(,)? })?: $en:literal, $ja:literal, $zh:literal;)*) => {
        #[doc = $doc]
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $type { $(#[doc = concat!("~~~text\n", $en, "\n~~~")] $name $({ $(#[doc = "What stands in its place."] $field: $crate::message::Value),+ })?),* }

        impl $type {
            /// The sentence in one language.
            pub fn say(&self, lang: $crate::message::Lang) -> String {
                match self { $(Self::$name $({ $($field),+ })? => {
                    $($(let $field = $field.say(lang);)+)?
                    match lang {
                        $crate::message::Lang::En => format!($en),
                        $crate::message::Lang::Ja => format!($ja),
                        $crate::message::Lang::Zh => format!($zh),
                    }
                })* }
            }
        }
    };
}

/// `Display` and `Error` for a type that says a message: English of it, with its causes.
macro_rules! english_display {
    ($($type:ty),* $(,)?) => { $(
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&$crate::message::Say::message(self), f)
            }
        }

        impl std::error::Error for $type {}
    )* };
}
pub(crate) use english_display;

mod ca;
mod ca_words;
mod cli;
mod config;
mod evidence;
mod file;
mod labels;
mod ledger;
mod locale;
mod log_words;
mod network;
mod offer_words;
mod page_words;
mod record;
mod report;
mod system;
mod topic_words;
mod tree_words;
mod value;
mod verdict;
mod verify_words;
mod words;

pub use ca::CaMessage;
pub use ca_words::CaWord;
pub use cli::CliMessage;
pub use config::ConfigMessage;
pub use evidence::EvidenceMessage;
pub use file::FileMessage;
pub use labels::Label;
pub use ledger::{AuditMessage, LedgerMessage};
pub use locale::locale_is_utf8;
pub use log_words::LogWord;
pub use network::NetworkMessage;
pub use offer_words::OfferWord;
pub use page_words::PageWord;
pub use record::RecordMessage;
pub use report::ReportMessage;
pub use system::SystemMessage;
pub use topic_words::TopicWord;
pub use tree_words::TreeWord;
pub use value::{Message, Value};
pub use verdict::VerdictMessage;
pub use verify_words::{FieldWord, VerifyMessage, VerifyWord};
pub use words::Word;

/// `AcceptableCas` as programs write it: `acceptable_cas`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !key.is_empty() {
            key.push('_');
        }
        key.push(c.to_ascii_lowercase());
    }
    key
}

/// A language that the tool speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
    /// Chinese (simplified).
    Zh,
}

impl Lang {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::En, Self::Ja, Self::Zh];

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ja => "日本語",
            Self::Zh => "中文",
        }
    }

    /// What stands between a label and what it labels.
    pub fn colon(self) -> &'static str {
        match self {
            Self::En | Self::Ja => ": ",
            Self::Zh => "：",
        }
    }

    /// Its tag in a document (BCP 47), from which a browser takes the glyphs.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
            Self::Zh => "zh-Hans",
        }
    }
}

/// What a room says in one language: sentences without placeholders.
#[derive(Debug, Clone, Copy)]
pub struct Prose {
    /// One line, no full stop.
    pub title: &'static str,
    /// Two or three sentences.
    pub why: &'static str,
    /// One sentence that starts with the act.
    pub fix: &'static str,
}

/// The same in three languages; the compiler refuses a missing one.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// English.
    pub en: Prose,
    /// Japanese.
    pub ja: Prose,
    /// Chinese.
    pub zh: Prose,
}

impl Text {
    /// The prose in one language.
    pub fn in_lang(&self, lang: Lang) -> &Prose {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
            Lang::Zh => &self.zh,
        }
    }
}

/// Something that is told to people: an error, a reason, a remark. It stays a value; whoever shows it chooses the language.
pub trait Say {
    /// What it says.
    fn message(&self) -> Message;
}

/// A sentence or a part of one in three languages; the compiler refuses a missing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

impl Phrase {
    /// The phrase in one language.
    pub fn in_lang(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ja => self.ja,
            Lang::Zh => self.zh,
        }
    }
}
