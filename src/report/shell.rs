//! Values as each shell reads them: quoted so that blanks, quotes and `$` in a path survive.

use crate::diagnoses::engine::shell_word;

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
            Self::Bash | Self::Zsh => format!("export {name}={}", shell_word(value)),
            Self::Fish => format!("set -gx {name} {}", fish(value)),
            Self::PowerShell => format!("$env:{name} = '{}'", value.replace('\'', "''")),
            Self::Dotenv => format!("{name}={}", dotenv(value)),
        }
    }
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
        assert_eq!(Shell::Dotenv.assignment("A", value), r#"A="/a b/it's \$HOME\\x""#);
        assert_eq!(Shell::Dotenv.assignment("A", "/a b"), "A='/a b'");
        assert_eq!(
            Shell::Zsh.assignment("A", "https://[::1]:2379"),
            "export A='https://[::1]:2379'"
        );
        assert_eq!(Shell::Bash.assignment("A", "/etc/etcd/ca.crt"), "export A=/etc/etcd/ca.crt");
    }
}
