//! `ETCD_NAME=value` lines as systemd's `EnvironmentFile=` reads them: systemd `src/basic/env-file.c`,
//! systemd.exec(5). A file that a shell sources, with `export`, is taken as well.

use std::iter::Peekable;
use std::str::Chars;

use super::command_line::proxy_variable;
use crate::observation::{
    Setting,
    config::{ConfigDefect, ConfigProblem},
};

const BLANKS: [char; 2] = [' ', '\t'];
const COMMENTS: [char; 2] = ['#', ';'];
const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Whether the first line that says anything assigns a variable, or any line one of etcd's.
pub(super) fn is_one(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    let assigned = |line: &str| {
        let (name, _) = line.split_once('=')?;
        let name = variable(name);
        let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        (!name.is_empty() && is_name(name)).then(|| name.to_owned())
    };
    let Some(first) = lines.next() else { return false };
    assigned(first).is_some()
        || lines.any(|line| assigned(line).is_some_and(|name| name.starts_with("ETCD_")))
}

/// One variable as the file sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) value: String,
    /// The line where it begins, 1-based.
    pub(super) line: usize,
}

/// Reads all variables in order, and what the first line that makes no sense is about.
pub(super) fn parse(text: &str) -> (Vec<Variable>, Option<ConfigProblem>) {
    let mut variables = Vec::new();
    let mut first_problem = None;
    let text = text.strip_prefix('\u{feff}').filter(|rest| is_comment(rest)).unwrap_or(text);
    let mut reader = Reader { ahead: text.chars().peekable(), line: 1 };
    while let Some(first) = reader.ahead.peek().copied() {
        if first.is_whitespace() || LINE_ENDS.contains(&first) {
            reader.next();
            continue;
        }
        if COMMENTS.contains(&first) {
            reader.comment();
            continue;
        }
        let line = reader.line;
        let problem = match reader.assignment() {
            Ok((name, value)) => {
                let marked = name.starts_with('\u{feff}');
                let name = variable(name.trim_start_matches('\u{feff}')).to_owned();
                variables.push(Variable { name, value, line });
                marked.then_some(ConfigDefect::ByteOrderMark)
            }
            Err(problem) => Some(problem),
        };
        if let Some(problem) = problem {
            first_problem.get_or_insert(ConfigProblem::in_line(line, problem));
        }
    }
    (variables, first_problem)
}

fn is_comment(line: &str) -> bool {
    line.starts_with(COMMENTS)
}

fn variable(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix("export").filter(|rest| rest.starts_with(BLANKS)).unwrap_or(name).trim()
}

struct Reader<'a> {
    ahead: Peekable<Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.ahead.next()?;
        self.line += usize::from(next == '\n');
        Some(next)
    }

    /// Skips to the end of the line; a backslash does not continue a comment since systemd 254.
    fn comment(&mut self) {
        while self.next().is_some_and(|c| !LINE_ENDS.contains(&c)) {}
    }

    fn assignment(&mut self) -> Result<(String, String), ConfigDefect> {
        let mut name = String::new();
        loop {
            match self.next() {
                Some('=') => break,
                None | Some('\n' | '\r') => return Err(ConfigDefect::NoAssignment),
                Some(c) => name.push(c),
            }
        }
        let mut value = String::new();
        loop {
            match self.next() {
                None | Some('\n' | '\r') => return Ok((name, value)),
                Some(quote @ ('"' | '\'')) => self.quoted(quote, &mut value)?,
                Some(blank) if BLANKS.contains(&blank) => {}
                Some(first) => {
                    self.bare(first, &mut value);
                    return Ok((name, value));
                }
            }
        }
    }

    /// Reads up to the closing quote; `$NAME` stays as it is, since systemd expands nothing here.
    fn quoted(&mut self, quote: char, value: &mut String) -> Result<(), ConfigDefect> {
        loop {
            match self.next() {
                None => return Err(ConfigDefect::OpenQuote),
                Some(c) if c == quote => return Ok(()),
                Some('\\') if quote == '"' => match self.next() {
                    Some('\n') | None => {}
                    Some(c @ ('"' | '\\' | '`' | '$')) => value.push(c),
                    Some(c) => value.extend(['\\', c]),
                },
                Some(c) => value.push(c),
            }
        }
    }

    /// Reads an unquoted value to the end of the line: quotes in it are literal, a backslash escapes, or continues.
    fn bare(&mut self, first: char, value: &mut String) {
        let mut next = Some(first);
        let mut kept = value.len();
        while let Some(c) = next.filter(|c| !LINE_ENDS.contains(c)) {
            if c == '\\' {
                let escaped = self.next();
                if escaped == Some('\r') {
                    self.ahead.next_if_eq(&'\n').inspect(|_| self.line += 1);
                }
                value.extend(escaped.filter(|c| !LINE_ENDS.contains(c)));
                kept = value.len();
            } else {
                value.push(c);
                if !BLANKS.contains(&c) {
                    kept = value.len();
                }
            }
            next = self.next();
        }
        value.truncate(kept);
    }
}

/// The variables about proxies, without the logins that their URLs may hold.
pub(super) fn proxies(variables: &[Variable]) -> Vec<Setting> {
    let proxy = |one: &Variable| proxy_variable(&one.name, &one.value, one.line);
    variables.iter().filter_map(proxy).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(text: &str) -> Vec<(String, String, usize)> {
        parse(text).0.into_iter().map(|v| (v.name, v.value, v.line)).collect()
    }

    fn value(written: &str) -> String {
        values(&format!("ETCD_A={written}\n")).remove(0).1
    }

    #[test]
    fn quotes_blanks_and_escapes_are_systemds() {
        assert_eq!(value("  plain value \t"), "plain value");
        assert_eq!(value("'a \"b\" $C' \"d\""), "a \"b\" $Cd");
        assert_eq!(value(r#""a \"b\" \$c \d""#), r#"a "b" $c \d"#);
        assert_eq!(value(r"a\ b\c it's"), "a bc it's");
        assert_eq!(value("a\\\nb"), "ab");
        assert_eq!(value("a\\\r\nb"), "ab");
        assert_eq!(value("\"a\nb\""), "a\nb");
        assert_eq!(value("a # no comment"), "a # no comment");
        assert_eq!(value(""), "");
    }

    #[test]
    fn variables_keep_their_line() {
        let text = "# ETCD_NAME=no\r\n; x\r\n\r\nPATH=/bin\r\nETCDCTL_CERT=/no\r\n\
                    export ETCD_CLIENT_CERT_AUTH=true\r\n  ETCD_TRUSTED_CA_FILE = \"/a b\"";
        let expected = [
            ("PATH", "/bin", 4),
            ("ETCDCTL_CERT", "/no", 5),
            ("ETCD_CLIENT_CERT_AUTH", "true", 6),
            ("ETCD_TRUSTED_CA_FILE", "/a b", 7),
        ];
        assert_eq!(values(text), expected.map(|(n, v, l)| (n.to_owned(), v.to_owned(), l)));
        assert_eq!(parse(text).1, None);
    }

    #[test]
    fn a_line_that_makes_no_sense_is_named() {
        let problem = |text| parse(text).1.unwrap();
        let (nothing, open) = (ConfigDefect::NoAssignment, ConfigDefect::OpenQuote);
        assert_eq!(problem("ETCD_A=1\nETCD_B\nETCD_C=2"), ConfigProblem::in_line(2, nothing));
        assert_eq!(problem("\nETCD_A=\"1\n"), ConfigProblem::in_line(2, open));
        assert_eq!(problem("\u{feff}ETCD_A=1").what, ConfigDefect::ByteOrderMark);
        assert_eq!(values("\u{feff}# hello\nETCD_A=1").len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text: String, lines in "(ETCD_A=|export |[\"'\\\\ \n\r#;x]){0,40}") {
            parse(&text);
            parse(&lines);
            is_one(&lines);
        }
    }
}
