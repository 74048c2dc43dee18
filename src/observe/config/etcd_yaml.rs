//! etcd's `--config-file`, YAML or JSON: `configYAML` and `securityConfig` in etcd's `server/embed/config.go`.
//!
//! Read as a stream of events, so that nesting costs no stack.

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use super::yaml;
use crate::{
    etcd::option::{SECTION_KEYS, is_etcds},
    observation::{
        Setting,
        config::{ConfigDefect, ConfigProblem},
    },
};

/// What stands in the file.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The settings in order; those of the two security sections have the names of etcd's flags.
    pub(super) settings: Vec<Setting>,
    /// Security options that etcd passes over without a word: outside a section, or in one that doesn't know them.
    pub(super) ignored: Vec<Setting>,
    /// The line that can't be read.
    pub(super) problem: Option<ConfigProblem>,
}

/// Keys of etcd's that configuration of any program may have.
const GENERIC: &[&str] =
    &["name", "debug", "version", "proxy", "discovery", "cors", "metrics", "logger", "log-level"];

impl Parsed {
    /// Whether etcd is meant, and not a program that has a `name` as well: one of the keys is etcd's alone, or none is foreign.
    pub(super) fn is_etcds(&self) -> bool {
        let names = || self.settings.iter().map(|setting| setting.name.as_str());
        let is_telling = |name: &str| is_etcds(name) && !GENERIC.contains(&name);
        !self.ignored.is_empty() || names().any(is_telling) || names().all(is_etcds)
    }
}

/// Reads the settings of the first document.
pub(super) fn parse(text: &str) -> Parsed {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let events = Parser::new_from_str(text);
    let mut reader = Reader { events, settings: Vec::new(), ignored: Vec::new() };
    let problem = reader.document().err();
    Parsed { settings: reader.settings, ignored: reader.ignored, problem }
}

/// Which struct of etcd's a mapping fills.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Top,
    Client,
    Peer,
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    settings: Vec<Setting>,
    ignored: Vec<Setting>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), ConfigProblem> {
        match self.events.next_event() {
            Some(event) => event.map_err(|error| yaml::problem(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    /// Reads the first document only, as Go's YAML does.
    fn document(&mut self) -> Result<(), ConfigProblem> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::MappingStart(..) => return self.mapping(Section::Top),
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::StreamEnd | Event::DocumentEnd => return Ok(()),
                Event::Scalar(value, ScalarStyle::Plain, ..) if is_null(&value) => {}
                Event::Scalar(..) => return Err(problem(span, ConfigDefect::SingleValue)),
                _ => return Err(problem(span, ConfigDefect::List)),
            }
        }
    }

    fn mapping(&mut self, section: Section) -> Result<(), ConfigProblem> {
        loop {
            let (event, span) = self.next()?;
            let key = match event {
                Event::MappingEnd | Event::StreamEnd => return Ok(()),
                Event::Scalar(key, ..) => key,
                other => {
                    self.skip(&other)?;
                    return Err(problem(span, ConfigDefect::NameNoText));
                }
            };
            let (event, _) = self.next()?;
            let inner = match (section, &*key) {
                (Section::Top, "client-transport-security") => Some(Section::Client),
                (Section::Top, "peer-transport-security") => Some(Section::Peer),
                _ => None,
            };
            let value = match event {
                Event::Scalar(value, style, ..) => scalar(&value, style),
                Event::SequenceStart(..) => self.list()?,
                other => {
                    match (other, inner) {
                        (Event::MappingStart(..), Some(inner)) => self.mapping(inner)?,
                        (other, _) => self.skip(&other)?,
                    }
                    continue;
                }
            };
            if inner.is_none() {
                let line = span.start.line();
                if has_no_place(section, &key) {
                    self.ignored.push(Setting {
                        name: key.into_owned(),
                        value,
                        line,
                        ..Setting::default()
                    });
                } else {
                    let name = flag_name(section, &key);
                    self.settings.push(Setting { name, value, line, ..Setting::default() });
                }
            }
        }
    }

    /// The scalars of a list, as etcd's flags join them.
    fn list(&mut self) -> Result<String, ConfigProblem> {
        let mut values = Vec::new();
        loop {
            match self.next()?.0 {
                Event::SequenceEnd | Event::StreamEnd => return Ok(values.join(",")),
                Event::Scalar(value, style, ..) => values.push(scalar(&value, style)),
                other => self.skip(&other)?,
            }
        }
    }

    /// Passes over whatever `start` opens.
    fn skip(&mut self, start: &Event<'_>) -> Result<(), ConfigProblem> {
        let mut depth = 0_usize;
        let mut event = start.clone();
        loop {
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
                Event::StreamEnd => return Ok(()),
                _ => {}
            }
            if depth == 0 {
                return Ok(());
            }
            event = self.next()?.0;
        }
    }
}

/// Whether etcd would pass over a security option here: its YAML knows those of a section only there, and some flags not at all.
fn has_no_place(section: Section, key: &str) -> bool {
    let unprefixed = key.strip_prefix("peer-").unwrap_or(key);
    match section {
        Section::Top => {
            SECTION_KEYS.contains(&unprefixed)
                || unprefixed.ends_with("crl-file")
                || key == "ca-file"
        }
        Section::Client | Section::Peer => !SECTION_KEYS.contains(&key),
    }
}

/// The name of the flag that sets the same; `client-cert-allowed-cn`, which has no flag, is named after the peers'.
fn flag_name(section: Section, key: &str) -> String {
    match (section, key) {
        (Section::Client, "allowed-cn" | "allowed-hostname") => format!("client-cert-{key}"),
        (Section::Peer, "allowed-cn" | "allowed-hostname") => format!("peer-cert-{key}"),
        (Section::Peer, key) => format!("peer-{key}"),
        (Section::Top | Section::Client, key) => key.to_owned(),
    }
}

/// A value as etcd's YAML takes it, which knows the truth words of YAML 1.1 unless they are quoted.
fn scalar(value: &str, style: ScalarStyle) -> String {
    let lower = value.to_ascii_lowercase();
    let word = match lower.as_str() {
        _ if style != ScalarStyle::Plain => value,
        "y" | "yes" | "on" | "true" => "true",
        "n" | "no" | "off" | "false" => "false",
        _ if is_null(value) => "",
        _ => value,
    };
    word.to_owned()
}

fn is_null(value: &str) -> bool {
    matches!(value, "" | "~" | "null" | "Null" | "NULL")
}

fn problem(span: Span, what: ConfigDefect) -> ConfigProblem {
    ConfigProblem::in_line(span.start.line(), what)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn settings(text: &str) -> Vec<(String, String, usize)> {
        let parsed = parse(text);
        assert_eq!((parsed.problem, parsed.ignored.len()), (None, 0));
        parsed.settings.into_iter().map(|s| (s.name, s.value, s.line)).collect()
    }

    fn owned<const N: usize>(expected: [(&str, &str, usize); N]) -> [(String, String, usize); N] {
        expected.map(|(name, value, line)| (name.to_owned(), value.to_owned(), line))
    }

    #[test]
    fn the_security_sections_get_the_names_of_flags() {
        let text = "name: a # comment\n\
                    client-transport-security:\n  cert-file: /a\n  client-cert-auth: yes\n  \
                    allowed-cn: [v, w]\n  allowed-hostname:\n  - h\n\
                    peer-transport-security:\n  trusted-ca-file: '/b'\n  allowed-cn: p\n  \
                    auto-tls: \"yes\"\n\
                    log-outputs: [stderr]\nlogger:\n  a: {b: [c]}\nname: b\n";
        let expected = owned([
            ("name", "a", 1),
            ("cert-file", "/a", 3),
            ("client-cert-auth", "true", 4),
            ("client-cert-allowed-cn", "v,w", 5),
            ("client-cert-allowed-hostname", "h", 6),
            ("peer-trusted-ca-file", "/b", 9),
            ("peer-cert-allowed-cn", "p", 10),
            ("peer-auto-tls", "yes", 11),
            ("log-outputs", "stderr", 12),
            ("name", "b", 15),
        ]);
        assert_eq!(settings(text), expected);
    }

    #[test]
    fn json_is_yaml() {
        let text = "\u{feff}{\n\"client-transport-security\": {\"cert-file\": \"/a\",\n\
                    \"client-cert-auth\": true}, \"wal-dir\": null}\n";
        let expected =
            owned([("cert-file", "/a", 2), ("client-cert-auth", "true", 3), ("wal-dir", "", 3)]);
        assert_eq!(settings(text), expected);
    }

    #[test]
    fn what_etcd_passes_over_is_kept_apart() {
        let text = "cert-file: /a\npeer-client-cert-auth: true\nclient-crl-file: /c\ncipher-suites: x\n\
                    client-transport-security:\n  client-crl-file: /c\n  ca-file: /d\n";
        let parsed = parse(text);
        let lines: Vec<_> = parsed.ignored.iter().map(|setting| setting.line).collect();
        assert_eq!(lines, [1, 2, 3, 6, 7]);
        assert_eq!(parsed.settings.len(), 1);
    }

    #[test]
    fn broken_yaml_names_its_line() {
        for (text, line) in [
            ("name: a\n\tcert-file: x\n", 1),
            ("- a\n", 1),
            ("just words\n", 1),
            ("name: a\n? [b]\n: c\n", 2),
        ] {
            assert_eq!(parse(text).problem.unwrap().line, Some(line), "{text}");
        }
        for text in ["name: a\ncert-file: [x\nkey: b\n", "name: \"a\n"] {
            assert!(parse(text).problem.unwrap().line.is_some(), "{text}");
        }
        let what = |text| parse(text).problem.unwrap().what;
        assert_eq!(what("- a\n"), ConfigDefect::List);
        assert_eq!(what("just words\n"), ConfigDefect::SingleValue);
        assert_eq!(what("name: a\n? [b]\n: c\n"), ConfigDefect::NameNoText);
    }

    #[test]
    fn nesting_costs_no_stack() {
        parse(&format!("a:\n {}", "- ".repeat(200_000)));
        parse(&"{a: ".repeat(200_000));
        parse(&format!("name: {}", "[".repeat(200_000)));
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text: String, tokens in "(a: |- |\\{|\\}|\\[|\\]|\n|  |&a |\\*a|\"|'|,|#|\\?|\\|){0,30}") {
            parse(&text);
            parse(&tokens);
        }
    }
}
