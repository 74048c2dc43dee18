//! Values as each shell reads them: quoted so that blanks, quotes and `$` in a path survive.
//!
//! The crate shlex knows POSIX shells alone, and takes a line apart without its quotes; these have to be kept where a line is wrapped.

/// A shell, or a file of variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Shell {
    /// bash, and other POSIX shells.
    Bash,
    /// zsh.
    Zsh,
    /// fish.
    Fish,
    /// `PowerShell`.
    #[value(name = "powershell", alias = "pwsh")]
    PowerShell,
    /// A file of NAME=VALUE lines, as docker compose and dotenv libraries read it.
    Dotenv,
}

impl Shell {
    /// The shell of a path such as `/usr/bin/fish`, if it is one of these.
    pub fn of_path(path: &str) -> Option<Self> {
        match path.rsplit('/').next()? {
            "bash" | "sh" | "dash" | "ksh" | "ash" => Some(Self::Bash),
            "zsh" => Some(Self::Zsh),
            "fish" => Some(Self::Fish),
            "pwsh" | "powershell" => Some(Self::PowerShell),
            _ => None,
        }
    }

    /// The line that sets a variable for the commands that follow.
    pub fn assignment(self, name: &str, value: &str) -> String {
        match self {
            Self::Bash | Self::Zsh => format!("export {name}={}", quoted(value)),
            Self::Fish => format!("set -gx {name} {}", fish(value)),
            Self::PowerShell => format!("$env:{name} = {}", powershell(value)),
            Self::Dotenv => format!("{name}={}", dotenv(value)),
        }
    }
}

/// A word as a POSIX shell reads it; a leading `-` of a file name is kept, as commands here put options first.
pub fn quoted(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// The words of a line, each with its quotes.
pub(crate) fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut quote, mut escaped) = (0, None, false);
    for (at, c) in line.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (None | Some('"'), '\\') => escaped = true,
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ' ') => {
                words.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&line[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// In single quotes only the quote itself has a meaning, and `PowerShell` takes four typographic ones for it as well (its grammar,
/// `CharTraits.IsSingleQuote`).
fn powershell(value: &str) -> String {
    const QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];
    let mut word = String::with_capacity(value.len() + 2);
    word.push('\'');
    for c in value.chars() {
        word.extend(std::iter::repeat_n(c, if QUOTES.contains(&c) { 2 } else { 1 }));
    }
    word.push('\'');
    word
}

fn fish(word: &str) -> String {
    let escaped = word.replace('\\', r"\\").replace('\'', r"\'");
    if is_plain(word) { word.to_owned() } else { format!("'{escaped}'") }
}

/// In single quotes nothing has a meaning; a value that holds one is put into double quotes.
fn dotenv(value: &str) -> String {
    if is_plain(value) {
        return value.to_owned();
    }
    if !value.contains(['\'', '\n']) {
        return format!("'{value}'");
    }
    let escaped =
        value.replace('\\', r"\\").replace('"', r#"\""#).replace('$', r"\$").replace('\n', r"\n");
    format!("\"{escaped}\"")
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_survive_in_each_shell() {
        let value = "/a b/it's $HOME\\x";
        assert_eq!(Shell::Bash.assignment("A", value), r"export A='/a b/it'\''s $HOME\x'");
        assert_eq!(Shell::Fish.assignment("A", value), r"set -gx A '/a b/it\'s $HOME\\x'");
        assert_eq!(Shell::PowerShell.assignment("A", value), r"$env:A = '/a b/it''s $HOME\x'");
        let injected = "/ca\u{2019}; calc; \u{2018}.crt";
        let harmless = "$env:A = '/ca\u{2019}\u{2019}; calc; \u{2018}\u{2018}.crt'";
        assert_eq!(Shell::PowerShell.assignment("A", injected), harmless);
        assert_eq!(Shell::Dotenv.assignment("A", value), r#"A="/a b/it's \$HOME\\x""#);
        assert_eq!(Shell::Dotenv.assignment("A", "/a b"), "A='/a b'");
        assert_eq!(
            Shell::Zsh.assignment("A", "https://[::1]:2379"),
            "export A='https://[::1]:2379'"
        );
        assert_eq!(Shell::Bash.assignment("A", "/etc/etcd/ca.crt"), "export A=/etc/etcd/ca.crt");
    }
}
