//! The three languages of the tool and the shape of its prose. No diagnosis and no formatting belongs here.

mod labels;

pub use labels::Label;

/// A language that the tool speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

    /// The language of a locale name such as `ja_JP.UTF-8`; English for any other.
    pub fn from_locale(locale: &str) -> Self {
        match locale.get(..2) {
            Some("ja") => Self::Ja,
            Some("zh") => Self::Zh,
            _ => Self::En,
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
