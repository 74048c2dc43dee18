//! The words of a command line: which program runs, and what its flags set, as Go's `flag` package reads them.

use std::ops::ControlFlow;

use super::clients;
use crate::{
    etcd::{
        option::{self, SWITCHES, is_etcds},
        proxy,
    },
    observation::{Means, Program, Setting},
};

/// A word and the line in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) line: usize,
}

/// The program that the words start, directly or through a shell, and its arguments.
pub(super) fn program(words: &[Word]) -> Option<(Program, Vec<Word>)> {
    if let Some(script) = script_of(words) {
        let inner = shell_words(&script.text, script.line);
        return find(&inner);
    }
    find(words)
}

/// The settings that arguments make, in order. What is no flag is passed over, as the program's own subcommands are.
pub(super) fn settings(program: Program, arguments: &[Word]) -> Vec<Setting> {
    let mut settings = Vec::new();
    let mut words = arguments.iter().peekable();
    while let Some(word) = words.next() {
        let Some(flag) = word.text.strip_prefix("--").or_else(|| word.text.strip_prefix('-'))
        else {
            continue;
        };
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, value.to_owned()),
            None if program == Program::Etcd && SWITCHES.contains(&flag) => {
                (flag, "true".to_owned())
            }
            None => {
                // A word behind it is its value, unless the flag can't be one of etcd's and the word looks like a flag.
                let takes = |next: &&Word| is_etcds(flag) || !next.text.starts_with('-');
                match words.next_if(|next| takes(next)) {
                    Some(next) => (flag, next.text.clone()),
                    None => (flag, "true".to_owned()),
                }
            }
        };
        if name.is_empty()
            || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        {
            continue;
        }
        let means = Some(Means::Flag);
        let name = name.to_owned();
        let setting = Setting { name, value, line: word.line, means, ..Setting::default() };
        settings.extend(match program {
            Program::K3s => clients::of_k3s(setting),
            _ => Some(setting),
        });
    }
    settings
}

/// An environment variable as the setting that it makes, and for which program.
pub(super) fn variable(name: &str, value: &str, line: usize) -> Option<(Program, Setting)> {
    let (program, name) = match name.strip_prefix("ETCD_") {
        Some(name) => (Program::Etcd, name),
        None => (Program::Etcdctl, name.strip_prefix("ETCDCTL_")?),
    };
    let name = option::of_variable(name);
    let means = Some(Means::Environment);
    let value = value.to_owned();
    Some((program, Setting { name, value, line, means, ..Setting::default() }))
}

/// A variable about proxies, without the login that its URL may hold.
pub(crate) fn proxy_variable(name: &str, value: &str, line: usize) -> Option<Setting> {
    let value = proxy::without_login(value);
    let name = name.to_owned();
    let known = proxy::VARIABLES.contains(&name.as_str());
    known.then(|| Setting { name, value, line, ..Setting::default() })
}

/// Splits a text into words as a POSIX shell does, comments and line continuations included; expands nothing.
pub(super) fn shell_words(text: &str, first_line: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut line = first_line;
    let mut chars = text.chars().peekable();
    let mut quote = None;
    while let Some(c) = chars.next() {
        let push = |word: &mut Option<Word>, c: Option<char>| {
            let word = word.get_or_insert(Word { text: String::new(), line });
            word.text.extend(c);
        };
        match (quote, c) {
            (None, '\'' | '"') => {
                quote = Some(c);
                push(&mut word, None);
            }
            (Some(open), c) if c == open => quote = None,
            (Some('\''), c) => push(&mut word, Some(c)),
            (_, '\\') => match chars.next() {
                Some('\n') => line += 1,
                Some(c) if quote == Some('"') && !"\"\\$`".contains(c) => {
                    push(&mut word, Some('\\'));
                    push(&mut word, Some(c));
                }
                Some(c) => push(&mut word, Some(c)),
                None => {}
            },
            (None, '#') if word.is_none() => while chars.next_if(|c| *c != '\n').is_some() {},
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => push(&mut word, Some(c)),
        }
        line += usize::from(c == '\n');
    }
    words.extend(word);
    words
}

/// Replaces `$NAME`, `${NAME}` and Kubernetes' `$(NAME)` where the value is known; the rest stays as written.
pub(super) fn expand(text: &str, value_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        expanded.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let (name, length) = match behind.chars().next() {
            Some(open @ ('{' | '(')) => {
                let close = if open == '{' { '}' } else { ')' };
                match behind.find(close) {
                    Some(end) => (&behind[1..end], end + 1),
                    None => ("", 0),
                }
            }
            _ => {
                let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let end = behind.find(|c| !is_name(c)).unwrap_or(behind.len());
                (&behind[..end], end)
            }
        };
        match Some(name).filter(|name| !name.is_empty()).and_then(value_of) {
            Some(value) => expanded.push_str(&value),
            None => expanded.push_str(&rest[at..=at + length]),
        }
        rest = &behind[length..];
    }
    expanded.push_str(rest);
    expanded
}

/// The script that a shell is called with.
fn script_of(words: &[Word]) -> Option<&Word> {
    let shell = ["sh", "bash", "dash", "ash"];
    let first = words.iter().position(|word| shell.contains(&base_name(&word.text)))?;
    let behind = &words[first + 1..];
    let flag = behind.iter().position(|word| {
        word.text.starts_with('-') && !word.text.starts_with("--") && word.text.ends_with('c')
    })?;
    behind.get(flag + 1)
}

fn find(words: &[Word]) -> Option<(Program, Vec<Word>)> {
    let found = words.iter().enumerate().try_for_each(|(at, word)| match base_name(&word.text) {
        "etcd" => ControlFlow::Break((Program::Etcd, at)),
        "kube-apiserver" => ControlFlow::Break((Program::KubeApiserver, at)),
        "k3s" => ControlFlow::Break((Program::K3s, at)),
        _ => ControlFlow::Continue(()),
    });
    let ControlFlow::Break((program, at)) = found else { return None };
    let ends = |word: &&Word| !matches!(word.text.as_str(), ";" | "&&" | "||" | "|" | "&");
    Some((program, words[at + 1..].iter().take_while(ends).cloned().collect()))
}

fn base_name(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        shell_words(text, 1).into_iter().map(|word| word.text).collect()
    }

    fn flags(text: &str) -> Vec<(String, String)> {
        let (program, words) = program(&shell_words(text, 1)).unwrap();
        settings(program, &words).into_iter().map(|s| (s.name, s.value)).collect()
    }

    #[test]
    fn words_are_a_shells() {
        assert_eq!(
            texts("a 'b c' \"d \\\" $e\" f\\ g # h\ni"),
            ["a", "b c", "d \" $e", "f g", "i"]
        );
        assert_eq!(texts("--a='x'\\\n  --b=\"\""), ["--a=x", "--b="]);
        let words = shell_words("etcd \\\n --a 1 \\\n --b 2", 5);
        assert_eq!(words.iter().map(|word| word.line).collect::<Vec<_>>(), [5, 6, 6, 7, 7]);
    }

    #[test]
    fn flags_are_gos() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let found = flags(
            "/usr/bin/etcd --name a -data-dir=/d --client-cert-auth --auto-tls=false --key-file -x stray",
        );
        let expected = [
            pair("name", "a"),
            pair("data-dir", "/d"),
            pair("client-cert-auth", "true"),
            pair("auto-tls", "false"),
            pair("key-file", "-x"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_shell_is_looked_through() {
        let found = flags(
            "/bin/bash -euc 'exec nice -n -19 /usr/local/bin/etcd --name=\"x y\" \\\n --debug | tee log'",
        );
        assert_eq!(
            found,
            [("name".to_owned(), "x y".to_owned()), ("debug".to_owned(), "true".to_owned())]
        );
        assert_eq!(program(&shell_words("sleep 1", 1)), None);
    }

    #[test]
    fn known_variables_are_expanded() {
        let value_of = |name: &str| (name == "A").then(|| "1".to_owned());
        assert_eq!(expand("$A ${A}x $(A) $B ${B} $ $(x", &value_of), "1 1x 1 $B ${B} $ $(x");
    }

    proptest! {
        #[test]
        fn any_text_can_be_split(text in "(a|=|-|--b|\\\\|\"|'|\n| |\\$|\\{|\\}|\\(|\\)|#|é|sh -c ){0,30}") {
            let words = shell_words(&text, 1);
            if let Some((program, words)) = program(&words) {
                settings(program, &words);
            }
            expand(&text, &|_| None);
        }
    }
}
