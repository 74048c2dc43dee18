//! One line of a log, whoever wrote it and whatever carried it: when, and what it says.

use std::borrow::Cow;

use super::form;

/// A line without its wrapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'l> {
    /// The time that the line itself gives, as it gives it.
    pub time: Option<String>,
    /// What is said, with quotes that were escaped as quotes.
    pub text: Cow<'l, str>,
}

impl<'l> Line<'l> {
    /// Takes a line apart. Every line is one: what is not understood is text without a time.
    pub(super) fn read(raw: &'l str) -> Self {
        let (carried, said) = form::peel(raw);
        let (own, said) = match said {
            Cow::Borrowed(said) => {
                let (time, said) = form::head(said);
                (time, Cow::Borrowed(said))
            }
            Cow::Owned(said) => {
                let (time, rest) = form::head(&said);
                let rest = rest.to_owned();
                (time, Cow::Owned(rest))
            }
        };
        Self { time: own.or(carried), text: unquoted(said) }
    }
}

/// Backslashes in front of quotes are how one format travels inside another; nobody means them.
fn unquoted(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"\\\"").is_none() {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find("\\\"") {
        plain.push_str(rest[..at].trim_end_matches('\\'));
        plain.push('"');
        rest = &rest[at + 2..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn quotes_lose_their_backslashes() {
        let line = Line::read(r#"{"error":"rpc error: desc = \"because of \\\"x\\\"\""}"#);
        assert!(line.text.contains(r#"desc = "because of "x"""#), "{line:?}");
    }

    #[test]
    fn every_line_is_one() {
        for raw in ["", "{", "\\\"", "{\"log\":", "I1122", "Nov", "[pod/", "a | b"] {
            assert_eq!(Line::read(raw).time, None, "{raw}");
        }
    }
}
