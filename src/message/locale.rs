//! The user's language: `--lang`, else what POSIX says a program reads, `LC_ALL`, `LC_MESSAGES`, `LANG`.

use super::Lang;

/// Whether the locale's characters are UTF-8. `C`, `POSIX` and other encodings are not; without any locale nothing is known, and UTF-8 is
/// what terminals have.
pub fn locale_is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let mut set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable);
    set.find(|value| !value.is_empty()).is_none_or(|locale| {
        let encoding = locale.split(['.', '@']).nth(1).unwrap_or_default();
        match encoding.to_ascii_lowercase().replace('-', "").as_str() {
            "utf8" => true,
            // A locale without an encoding: what it is called for.
            "" => !matches!(locale.as_str(), "C" | "POSIX"),
            _ => false,
        }
    })
}

impl Lang {
    /// The language to speak: the one asked for, else that of the first locale variable with a value.
    pub fn choose(asked: Option<Self>, variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = || {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .filter_map(variable)
                .find(|value| !value.is_empty())
        };
        asked.unwrap_or_else(|| locale().map_or(Self::En, |locale| Self::from_locale(&locale)))
    }

    /// The language of a locale name such as `ja_JP.UTF-8`; English for any other.
    pub fn from_locale(locale: &str) -> Self {
        match locale.split(['_', '-', '.', '@']).next() {
            Some("ja") => Self::Ja,
            Some("zh") => Self::Zh,
            _ => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    fn chosen(asked: Option<Lang>, set: &[(&str, &str)]) -> Lang {
        Lang::choose(asked, |name| {
            set.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_variable_with_a_value_decides() {
        assert_eq!(chosen(None, &[("LC_ALL", ""), ("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(chosen(None, &[("LC_MESSAGES", "ja_JP"), ("LANG", "zh_CN.UTF-8")]), Lang::Ja);
        assert_eq!(chosen(None, &[("LC_ALL", "C.UTF-8"), ("LANG", "ja_JP.UTF-8")]), Lang::En);
        assert_eq!(chosen(None, &[]), Lang::En);
    }

    #[test]
    fn the_c_locale_is_no_utf8() {
        let is_utf8 = |set: &[(&str, &str)]| {
            super::locale_is_utf8(|name| {
                set.iter().find(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned())
            })
        };
        for utf8 in ["C.UTF-8", "C.utf8", "ja_JP.UTF-8", "de_DE.utf8@euro", "en_US"] {
            assert!(is_utf8(&[("LANG", utf8)]), "{utf8}");
        }
        for other in ["C", "POSIX", "en_US.ISO-8859-1", "ja_JP.eucJP"] {
            assert!(!is_utf8(&[("LANG", other)]), "{other}");
        }
        assert!(!is_utf8(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]), "the first one decides");
        assert!(is_utf8(&[]));
    }

    #[test]
    fn a_flag_beats_the_locale() {
        assert_eq!(chosen(Some(Lang::En), &[("LC_ALL", "ja_JP.UTF-8")]), Lang::En);
    }

    #[test]
    fn only_whole_language_codes_count() {
        assert_eq!(Lang::from_locale("jam_JM"), Lang::En);
        assert_eq!(Lang::from_locale("ja"), Lang::Ja);
        assert_eq!(Lang::from_locale("zh-Hant-TW"), Lang::Zh);
    }
}
